"""Put the dirt of the web on clean authored reports: what pages, share sites and scanners do to a text.

    python scripts/make_dirt.py corpus/authored/a010.txt corpus/authored/a010d.txt --seed 10 --kinds page entities

Kinds: ``page`` a government site's navigation and metadata table · ``share`` a share site's notices, page marks that cut sentences and
numbers, traditional characters with pinyin residue · ``sample`` a sample-text site's frame · ``ocr`` spaces scattered in words and
numbers · ``entities`` HTML entities and ideographic spaces · ``width`` full-width digits and letters.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

# Readings that share sites leave behind some traditional characters; enough of them to show the kind.
READINGS = {
    "負": "fù", "責": "zé", "實": "shí", "業": "yè", "產": "chǎn", "發": "fā", "導": "dǎo", "進": "jìn", "認": "rèn", "識": "shí",
    "權": "quán", "創": "chuàng", "務": "wù", "設": "shè", "優": "yōu", "機": "jī", "構": "gòu", "領": "lǐng", "團": "tuán", "縣": "xiàn",
}  # fmt: skip


def add_page(text: str, _: random.Random) -> str:
    """Frame a text as a government site's page."""
    title, _, body = text.partition("\n")
    head = (
        f"您现在所在的位置: 网站首页> 政府信息公开 > 规划总结\n索引号: 003015/202203-00017 组配分类: 规划总结\n发布机构: 办公室 主题分类: 综合政务\n"
        f"名称: {title} 文号:\n生成日期: 2022-03-04 发布日期: 2022-03-04\n{title}\n"
        "发布时间:2022-03-04 09:12 来源:办公室 浏览次数: 字体:[ 大 中 小 ]\n\n"
    )
    return f"{head}{body.rstrip()}\n\n扫一扫在手机打开当前页\n打印本页 关闭窗口\n"


def add_share(text: str, chance: random.Random) -> str:
    """Write a text as a share site previews it: traditional, with readings, cut into numbered pages anywhere."""
    joined = "".join(line.strip() for line in text.splitlines())
    written = OpenCC("s2t").convert(joined)
    written = "".join(
        f"{char}({READINGS[char]})" if char in READINGS and chance.random() < 0.6 else char for char in written
    )
    pages, start = [], 0
    while start < len(written):
        end = min(len(written), start + chance.randrange(320, 420))
        while end < len(written) and re.match(r"[a-zA-Z(\u00c0-\u01ff]|\)", written[end]):
            end += 1
        pages.append(f"{len(pages) + 1}、{written[start:end]}")
        start = end
    notice = "版權(quán)說明:本文檔由用戶提供并上傳,收益歸屬內(nèi)容提供方,若內(nèi)容存在侵權(quán),請進(jìn)行舉報或認(rèn)領(lǐng)\n文檔簡介\n"
    tail = (
        "\n溫馨提示\n- 1. 本站所有資源如無特殊說明,都需要本地電腦安裝OFFICE2007和PDF閱讀器。\n評論\n0/150\n提交評論\n"
    )
    return notice + "\n".join(pages) + tail


def add_sample(text: str, _: random.Random) -> str:
    """Frame a text as a site of sample texts does."""
    title, _, body = text.partition("\n")
    return (
        f"{title}\n\n时间:2021-06-18 10:05:02 来源:网友投稿\n\n下面是小编为大家整理的{title},供大家参考。\n\n{title}\n\n{body.rstrip()}\n\n"
        "推荐访问:工作总结 工作计划\n"
    )


def add_ocr(text: str, chance: random.Random) -> str:
    """Scatter spaces as a scanner's software does, in a fifth of the lines."""
    lines = text.splitlines()
    return "\n".join(
        lines[0:1]
        + [
            re.sub(
                r"(?<=[\u4e00-\u9fff\d.])(?=[\u4e00-\u9fff\d.])", lambda _: " " if chance.random() < 0.5 else "", line
            )
            if chance.random() < 0.2
            else line
            for line in lines[1:]
        ]
    )


def add_entities(text: str, chance: random.Random) -> str:
    """Leave HTML entities and ideographic indents."""
    lines = [f"\u3000\u3000{line}" if line and chance.random() < 0.7 else line for line in text.splitlines()]
    return "\n".join(lines).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("·", "&middot;")


def add_width(text: str, chance: random.Random) -> str:
    """Write some numbers with full-width digits."""
    wide = {ord(char): ord(char) + 0xFEE0 for char in "0123456789%."}
    return re.sub(r"\d[\d.%]*", lambda found: found[0].translate(wide) if chance.random() < 0.3 else found[0], text)


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "width": add_width,
    "ocr": add_ocr,
    "entities": add_entities,
    "page": add_page,
    "sample": add_sample,
    "share": add_share,
}


def main() -> None:
    """Write the dirty copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clean", type=Path)
    parser.add_argument("dirty", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--kinds", nargs="+", choices=sorted(KINDS), required=True)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    text = options.clean.read_text("utf-8")
    for kind, add in KINDS.items():
        if kind in options.kinds:
            text = add(text, chance)
    options.dirty.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
