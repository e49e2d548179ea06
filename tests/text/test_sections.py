from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhibiao.records import Section
from zhibiao.text.cleaning import clean
from zhibiao.text.headings import find_headings
from zhibiao.text.sections import is_plan_only, make_sections, run_on_title, section_announcement

RAW = Path(__file__).parents[2] / "corpus/raw"


def sections_of(text: str, title: str | None = None, year: int | None = None) -> tuple[Section, ...]:
    return make_sections(text, find_headings(text), title=title, year=year)


def outline(text: str) -> list[tuple[int, str]]:
    return [(s.level, s.marker) for s in sections_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、a\n(一)b\n1.c\n(1)d\n2.e\n(二)f\n二、g",
            [(1, "一、"), (2, "(一)"), (3, "1."), (4, "(1)"), (3, "2."), (2, "(二)"), (1, "二、")],
        ),
        # nested as the report uses its marks
        ("1.a\n(一)b\n(二)c\n2.d", [(1, "1."), (2, "(一)"), (2, "(二)"), (1, "2.")]),
        # numbers that run on under the next chapter
        ("一、a\n(一)b\n(二)c\n二、d\n(三)e", [(1, "一、"), (2, "(一)"), (2, "(二)"), (1, "二、"), (2, "(三)")]),
        # a list inside a paragraph ends with it
        (
            "一、a\n好。一是b。二是c。\n(一)d\n好。一是e。",
            [(1, "一、"), (2, "一是"), (2, "二是"), (2, "(一)"), (3, "一是")],
        ),
        # a mark that lost its first half, and one that lost its 是
        ("(六)a\n七)b\n(八)c", [(1, "(六)"), (1, "七)"), (1, "(八)")]),
        ("一是a。二持续b。三是c。", [(1, "一是"), (1, "三是")]),
        # out of sequence inside a line
        ("一、a\n共3项。5.其他事项", [(1, "一、")]),
        ("1.a\n一、b\n(一)c\n第二部分 d", [(1, "1."), (1, "一、"), (2, "(一)"), (1, "第二部分")]),
    ],
)
def test_levels(text: str, expected: list[tuple[int, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("2021年工作总结", "review"),
        ("主要工作开展情况", "review"),
        ("目标任务完成情况", "review"),
        ("上半年做了哪些事", "review"),
        ("存在的短板和不足", "problems"),
        ("问题与不足", "problems"),
        ("差距和短板", "problems"),
        ("还有哪些不足", "problems"),
        ("2022年工作计划", "plan"),
        ("下半年工作安排", "plan"),
        ("下一步打算", "plan"),
        ("存在问题及下一步打算", "plan"),
        ("明年怎么干", "plan"),
        ("“十五五”时期的战略", "plan"),
        ("2023年要办的实事", "plan"),
        ("聚焦主导产业,壮大创新主体", "review"),
        ("整改举措", "plan"),
        ("改的办法", "plan"),
        ("对策建议", "plan"),
        ("今年往哪里使劲", "plan"),
        ("补齐平台短板", "review"),
    ],
)
def test_status_by_heading(heading: str, status: str) -> None:
    first, *_ = sections_of(f"一、{heading}\n内容。", title="2021年工作总结", year=2021)
    assert first.status == status


def test_status_comes_down_and_carries_on() -> None:
    text = "一、工作回顾\n(一)强化目标管理\n(二)存在问题\n二、2022年安排\n(一)完善问题导向\n三、加强自身建设\n附件1\n1.名词"
    found = sections_of(text, title="政府工作报告", year=2021)
    assert [s.status.value for s in found] == ["review", "review", "problems", "plan", "plan", "plan", "other", "other"]


@pytest.mark.parametrize(
    ("title", "status"),
    [("2022年工作要点", "plan"), ("2021年工作总结", "review"), ("在大会上的讲话", "other"), (None, "other")],
)
def test_status_by_title(title: str | None, status: str) -> None:
    assert sections_of("一、培育企业\n内容。", title=title)[0].status == status


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("桑珠孜区科学技术局2024年工作要点2024年是关键一年。我局", "桑珠孜区科学技术局2024年工作要点2024年是关键一年"),
        ("在会议上的讲话（2023年2月23日）同志们：会议开到现在", "在会议上的讲话（2023年2月23日）同志们"),
        ("述职报告——白山市教育局局长2024年度述职各位领导：这一年", "述职报告——白山市教育局局长2024年度述职各位领导"),
        # sentences that only mention such a thing
        ("2021年，我局按照市委工作部署，扎实推进各项工作。", None),
        ("我局认真落实市政府工作安排部署，", None),
        ("围绕2021年工作要点和任务，", None),
        ("", None),
    ],
)
def test_a_title_that_the_text_runs_on_behind(text: str, title: str | None) -> None:
    assert run_on_title(text) == title


def test_a_text_that_runs_on_behind_a_plans_title_is_a_plan() -> None:
    text = "桑珠孜区科学技术局2024年工作要点2024年是关键一年。一、建强平台。实验室2个。"
    assert sections_of(text)[0].status == "plan"


@pytest.mark.parametrize(
    ("heading", "announced"),
    [("2022年工作安排", "plan"), ("存在问题", "problems"), ("2022年要办的事", "plan"), ("培育企业", None)],
)
def test_what_a_heading_says_of_its_section(heading: str, announced: str | None) -> None:
    first, *_ = sections_of(f"一、{heading}\n内容。", title="2021年工作总结", year=2021)
    assert section_announcement(first, 2021) == announced


def test_plan_only_titles() -> None:
    titles = ("2022年工作要点", "2021年工作总结和2022年计划", "行动计划中期评估报告", "政府工作报告", None)
    assert [is_plan_only(title) for title in titles] == [True, False, False, False, False]


def test_run_in_headings_of_the_preview_make_a_tree() -> None:
    text = clean((RAW / "001_8ab899e49ca3ccd3.txt").read_text("utf-8")).text
    third = text[text.index("市科技局工作总结(三)") + 11 :]
    tree = [(s.level, s.marker, s.title[:8]) for s in sections_of(third) if s.level == 1]
    assert tree == [
        (1, "一、", "组织申报重大科技"),
        (1, "二、", "培育壮大优势企业"),
        (1, "三、", "提升专利工作服务"),
        (1, "四、", "强化科技创新载体"),
    ]
    assert [s.marker for s in sections_of(third) if s.level == 2] == [f"({n})" for n in "一二三四五六七八"]


@example(["。", "一是", "。", "1.", "\n", "(一)"])
@given(
    st.lists(
        st.sampled_from(["一、", "二、", "(一)", "(二)", "1.", "2.", "一是", "①", "\n", "。", "总结", "计划"]),
        max_size=25,
    )
)
def test_sections_nest_and_lie_inside_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    sections = sections_of(text)
    for section in sections:
        assert 0 <= section.start < section.end <= len(text)
        if section.parent is None:
            assert section.level == 1
        else:
            parent = sections[section.parent]
            assert parent.level == section.level - 1
            assert parent.start <= section.start
            assert section.end <= parent.end
