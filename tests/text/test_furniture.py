import re
from pathlib import Path

import pytest

from zhibiao.alignment import AlignedText
from zhibiao.text.furniture import drop_furniture
from zhibiao.text.furniture_patterns import GLUED, PATTERNS, RELATED, Pattern

ROOT = Path(__file__).parents[2]
REPORT = "宁国市科技局2021年工作总结\n2021年,市科技局按照市委、市政府的总体要求,较好地完成了各项目标任务。\n一、总体情况\n高企达125家。"


def dropped(text: str) -> str:
    return AlignedText.from_source(text).edited(drop_furniture(text)).text.strip()


@pytest.mark.parametrize("pattern", [*PATTERNS, *GLUED], ids=lambda p: p.example[:20])
def test_pattern_matches_its_example(pattern: Pattern) -> None:
    find = re.search if pattern.zone == "glued" else re.match
    assert find(pattern.regex, pattern.example)
    assert re.search(pattern.cue, pattern.example)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.example[:20])
def test_example_goes_from_above_and_below_a_report(pattern: Pattern) -> None:
    assert dropped(f"{pattern.example}\n{pattern.example}\n{REPORT}\n{pattern.example}\n{pattern.example}") == REPORT


def test_no_line_of_a_report_is_furniture_anywhere() -> None:
    patterns = [re.compile(p.regex) for p in PATTERNS if p.zone == "anywhere"] + [RELATED]
    lines = {
        line.strip()
        for path in (ROOT / "corpus/authored").glob("a???.txt")
        for line in path.read_text("utf-8").split("\n")
    }
    assert [line for line in lines if line and any(p.match(line) for p in patterns)] == []


@pytest.mark.parametrize(
    "line",
    [
        "来源：全市28家企业的年报，统计口径与上年一致。",
        "时间：9月8日至10月17日，共40天。",
        "公开形式多样，主动公开政府信息1268条。",
        "本站共有4人，负责78家联网直报单位的统计。",
        "会员企业为大家提供了设备。",
        "位置优越，区位优势明显。",
        "收藏文物125件，新增展品30件。",
    ],
)
def test_a_sentence_inside_the_report_stays(line: str) -> None:
    text = f"{REPORT}\n{line}\n二、下一步打算\n新增高企20家以上，总数达到145家。"
    assert dropped(text) == text


@pytest.mark.parametrize("heading", ["统计数据", "规划计划", "工作动态"])
def test_a_menu_word_alone_below_the_title_is_a_heading(heading: str) -> None:
    text = f"某县统计局2021年工作总结\n{heading}\n2021年,全县统计工作稳中有进,各项任务较好完成,数据质量明显提高。"
    assert dropped(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the site's name, a table in cells, a label without its value
        (f"宁国市科技局\n当前位置：首页 > 规划\n索 引 号\n1134/2022\n文号\n无\n有效性\n有效\n{REPORT}", REPORT),
        (f"来源：\n宁国市科技局\n发布时间：\n2022-01-18 09:12\n阅读量：\n326\n{REPORT}", REPORT),
        # the page's title above the report's own
        (f"宁国市科技局2021年工作总结_宁国市政府网\n发布日期：2022-01-18\n\n{REPORT}", REPORT),
        (f"宁国市科技局2021年工作总结宁国市科技局2021年工作总结\n{REPORT.partition(chr(10))[2]}", REPORT),
        # blank lines around furniture do not add up
        (
            f"{REPORT[:15]}\n\n发布时间：2022-01-18 来源：宁国市科技局\n\n{REPORT[16:]}",
            f"{REPORT[:15]}\n\n{REPORT[16:]}",
        ),
        # furniture glued to a line
        (f"{REPORT}（责任编辑：李明）", REPORT),
        (f"{REPORT}【打印】【关闭】", REPORT),
        # a signature below the text is the report's
        (f"{REPORT}\n\n宁国市科技局\n2022年1月18日\n\n【打印本页】", f"{REPORT}\n\n宁国市科技局\n2022年1月18日"),
        # other pages' titles and teasers below
        (f"{REPORT}\n相关链接>>\n宁国市召开科技创新大会，部署下半年工作，强调要坚持创新驱动\n{REPORT[:15]}", REPORT),
    ],
)
def test_frame_goes(text: str, expected: str) -> None:
    assert dropped(text) == expected


def test_a_long_text_below_other_links_is_kept() -> None:
    second = "2021年,某县科技局坚持创新驱动,新增高新技术企业12家,总数达到86家,技术合同成交额增长。" * 9
    assert second in dropped(f"{REPORT}\n相关阅读\n{second}")
