import html
import re
import unicodedata
from pathlib import Path

import opencc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhibiao.text.characters import narrow_width
from zhibiao.text.cleaning import clean
from zhibiao.text.furniture_patterns import GLUED, PATTERNS

ROOT = Path(__file__).parents[2]
RAW = sorted((ROOT / "corpus/raw").glob("*.txt"))
AUTHORED = sorted((ROOT / "corpus/authored").glob("a???.txt"))
SAMPLES = sorted((Path(__file__).parent / "data").glob("*.found.txt"))
TO_SIMPLIFIED = opencc.OpenCC("t2s")

SENTENCES = (
    "2021年,全市高新技术企业达125家,同比增长12.5%;研发经费投入占比2.8%。",
    "一、2021年工作总结\n(一)培育企业。新认定18家,重新认定24家,高企总数达125家。",
    "1.加大创新主体培育。一是大力培育企业创新梯队；二是引导企业加大研发投入。",
    "各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。",
    "二、问题与不足\n高企发展速度后劲不足，低于兴化市的39.73%和靖江市的32.29%。",
)
NOISE = (
    *(pattern.example for pattern in (*PATTERNS, *GLUED)),
    *("\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "\u3000", "\f", "\ufeff", "\u200b", "\u00ad", "\x00", "\ud800"),
    *("&nbsp;", "&amp;nbsp;", "&amp;", "amp;", "&", "lt;", "&#12288;", "<br>", "<p", ">", "１２", "％", "．", "⼯"),
    *(
        "負(fù)責(zé)",
        "(fù)",
        "工作總結",
        "著力",
        "乾县",
        "1、",
        "2、",
        "3、",
        "第3页",
        "- 3 -",
        "- 4 -",
        "3/12",
        "4/12",
        "5",
    ),
    *("全 市 高 新 技 术", "1 2 5 家", "1 830.7 亿 元", "市科技局工作总结", "市科技局工作总结(一)", "篇一：", "篇二："),
    *(
        "??",
        "?",
        "皟",
        "濏椖",
        "\ue000",
        "\ufffd",
        "首页",
        ">",
        "来源：",
        "发布日期：2022-01-01",
        "温馨提示",
        "最新文档",
        "评论",
    ),
)
noise = st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(NOISE), st.text(max_size=12)), max_size=30).map(
    "".join
)
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def is_declared(source: str, character: str) -> bool:
    """Tell whether a cleaned character is its source, or comes from it by a declared conversion."""
    plain = source
    for _ in range(4):
        plain = html.unescape(plain.replace("&nbsp", "&nbsp;").replace(";;", ";"))
    if character == "\n":
        return bool(re.search(r"[\r\n\v\f\u0085\u2028\u2029]|<", plain))
    if character == " ":
        return plain[0].isspace()
    forms = {source[0], plain[0], unicodedata.normalize("NFKC", plain[0])}
    forms |= {TO_SIMPLIFIED.convert(form) for form in forms if form.isprintable()}
    return character in forms or "\u2e80" <= plain[0] <= "\u2eff"


def check_places(source: str) -> None:
    aligned = clean(source).aligned
    done = 0
    for character, start, end in zip(aligned.text, aligned.starts, aligned.ends, strict=True):
        assert done <= start < end <= len(source)
        assert is_declared(source[start:end], character), (source[start:end], character)
        done = end


@pytest.mark.parametrize("path", [*RAW, *SAMPLES], ids=lambda path: path.name)
def test_every_character_is_its_source_or_a_declared_conversion_of_it(path: Path) -> None:
    check_places(read(path))


@relaxed
@given(noise)
def test_every_character_of_noise_is_its_source_or_a_declared_conversion_of_it(text: str) -> None:
    check_places(text)


@pytest.mark.parametrize("path", [*RAW, *SAMPLES], ids=lambda path: path.name)
def test_cleaning_a_cleaned_file_changes_nothing(path: Path) -> None:
    once = clean(read(path))
    twice = clean(once.text)
    assert twice.text == once.text
    assert twice.removed == ()


@relaxed
@given(noise)
def test_cleaning_cleaned_noise_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


def test_clean_reports_come_through_as_they_are() -> None:
    assert AUTHORED
    for path in AUTHORED:
        text = read(path).strip()
        for edit in reversed(narrow_width(text)):
            text = text[: edit.start] + edit.text + text[edit.end :]
        cleaned = clean(text)
        assert cleaned.removed == (), path.name
        assert cleaned.flags == (), path.name
        for line, cleaned_line in zip(text.split("\n"), cleaned.text.split("\n"), strict=True):
            # A title set in scattered characters (述 职 报 告) is the one thing that may change.
            assert cleaned_line in (line, line.replace(" ", "")), path.name


FRAMES = (
    (
        "首页 > 政务公开 > 规划总结\n索引号：003021487/2022-1 发布机构：县科技局\n文号：\n",
        "\n【打印本页】\n上一篇：没有了\n",
    ),
    ("您的位置：\n首页\n>\n工作动态\n", "\n扫一扫在手机打开当前页\n主办单位：县人民政府\n皖ICP备05012345号\n"),
    (
        "版權說明：本文檔由用戶提供並上傳，若內容存在侵權，請進行舉報\n文檔簡介\n",
        "\n溫馨提示\n1.本站資源\n最新文檔\n合同\n評論\n0/150\n",
    ),
    ("时间:2022-04-11 10:05 来源:网友投稿\n下面是小编为大家整理的范文,供大家参考。\n【正文】\n", "\n推荐访问:总结\n"),
    ("\ufeff.TRS_Editor P{line-height:2;}\n下载\n打印\n【字号：\n大\n中\n小\n】\n", "\n相关报道：\n责任编辑：李明\n"),
)


@pytest.mark.parametrize(("above", "below"), FRAMES)
def test_a_frame_goes_and_the_report_inside_stays(above: str, below: str) -> None:
    for path in AUTHORED[::7]:
        report = clean(read(path)).text
        assert clean(above + report + below).text == report, path.name


def test_removed_pieces_keep_their_place_in_the_source() -> None:
    source = "總首页\n索引号: 113/2022 文号:\n县科技局2021年工作总结\n一、高企达9家。\n- 3 -\n二、计划"
    removed = clean(source).removed
    assert [(r.kind, source[r.start : r.end].strip()) for r in removed] == [
        ("metadata", "索引号: 113/2022 文号:"),
        ("page_mark", "- 3 -"),
    ]


@pytest.mark.parametrize(
    "piece", ["（", "&amp;", "全 1 ", "首页>", "1、\n", "- 3 -\n", "?", "總\n", "市科技局工作总结", " "]
)
def test_long_noise_finishes(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(clean(text).text) <= len(text)


def test_a_dirty_report_is_cleaned_to_the_characters_of_its_clean_twin() -> None:
    twins = [
        path
        for path in (ROOT / "corpus/authored").glob("a???d.txt")
        if path.with_name(f"{path.stem[:4]}.txt").is_file()
    ]
    assert len(twins) == 21
    for dirty in twins:
        clean_text = clean(dirty.with_name(f"{dirty.stem[:4]}.txt").read_text("utf-8")).text
        found = clean(dirty.read_text("utf-8")).text
        assert "".join(found.split()) == "".join(clean_text.split()), dirty.name
