from pathlib import Path

import pytest

from zhibiao.text.cleaning import clean
from zhibiao.text.splitting import split_reports

PREVIEW = Path(__file__).parents[2] / "corpus/raw/001_8ab899e49ca3ccd3.txt"
BODY = "全县科技工作围绕创新驱动,狠抓落实,取得新的进展。" * 15


def test_the_preview_holds_three_reports() -> None:
    text = clean(PREVIEW.read_text("utf-8")).text
    parts = [text[part.start : part.end] for part in split_reports(text)]
    assert [part[:12] for part in parts] == ["20年,我局在市委、市政", "20年,在市委市政府的领", "20年,全市科技工作按照"]
    assert [part[-9:] for part in parts] == ["全国专用频道播放。", "式报科技部审批)。", "18家,新毕业企业"]
    assert {part.title for part in split_reports(text)} == {"市科技局工作总结"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("篇一：", "篇二："),
        ("【篇1】", "【篇2】"),
        ("第一篇 ", "第二篇 "),
        ("【第一篇：", "【第二篇："),
        ("范文一：", "范文二："),
        ("(篇一)", "(篇二)"),
    ],
)
def test_marks_at_the_start_of_lines(first: str, second: str) -> None:
    text = f"工作总结范文\n{first}甲县工作总结\n{BODY}\n{second}乙县工作总结\n{BODY}"
    parts = split_reports(text)
    assert [text[p.start : p.end].partition("\n")[0] for p in parts] == ["甲县工作总结", "乙县工作总结"]
    assert [p.title for p in parts] == ["甲县工作总结", "乙县工作总结"]


@pytest.mark.parametrize("numbers", [("(一)", "(二)"), ("1", "2"), (" 篇1", " 篇2"), ("（1）", "（2）"), ("一", "二")])
def test_numbered_titles(numbers: tuple[str, str]) -> None:
    text = f"县科技局工作总结{numbers[0]}\n{BODY}甲。\n县科技局工作总结{numbers[1]}\n{BODY}乙。"
    assert [text[p.start : p.end].strip() for p in split_reports(text)] == [BODY + "甲。", BODY + "乙。"]
    assert {p.title for p in split_reports(text)} == {"县科技局工作总结"}


@pytest.mark.parametrize(
    "text",
    [
        f"一、工作总结\n(一)平台。{BODY}\n(二)人才。{BODY}",
        f"一、工作总结(一)平台。{BODY}二、工作计划(二)人才。{BODY}",
        f"篇一：甲县工作总结\n{BODY}",
        f"甲县科技局2021年工作总结\n{BODY}\n附件：甲县科技局2022年工作计划\n{BODY}",
        f"甲县工作总结\n{BODY}今年新增高新技术企业,总数达到全省的百分之五以上,\n甲县工作总结\n21家。{BODY}",
    ],
)
def test_one_report_stays_whole(text: str) -> None:
    assert len(split_reports(text)) == 1


def test_reports_under_their_own_titles() -> None:
    text = f"甲县科技局2021年工作总结\n{BODY}\n甲县科技局\n乙县科技局2021年工作总结\n{BODY}"
    assert [p.title for p in split_reports(text)] == ["甲县科技局2021年工作总结", "乙县科技局2021年工作总结"]


def test_a_long_text_before_the_first_mark_is_a_report_too() -> None:
    text = f"甲县工作总结\n{BODY}{BODY}\n篇一：乙县工作总结\n{BODY}\n篇二：丙县工作总结\n{BODY}"
    assert [p.title for p in split_reports(text)] == [None, "乙县工作总结", "丙县工作总结"]
