import pytest

from zhibiao.text.lineshapes import (
    ends_clause,
    ends_sentence,
    folded,
    looks_like_body,
    looks_like_title,
    split_lines,
    starts_item,
)


@pytest.mark.parametrize("text", ["", "\n", "一\n\n 二 \n三", "一\r\n二"])
def test_lines_cover_the_text(text: str) -> None:
    assert "\n".join(text[line.start : line.end] for line in split_lines(text)) == text


@pytest.mark.parametrize(
    "line",
    [
        "一、总结",
        "十二、附则",
        "（三）平台",
        "七)组织",
        "1.加大",
        "12、落实",
        "(3)人才",
        "①引进",
        "一是推进",
        "首先，",
        "第一部分 进展",
    ],
)
def test_item_marks(line: str) -> None:
    assert starts_item(line)


@pytest.mark.parametrize(
    "line", ["一、二、三产业", "二、三产业", "2.5亿元", "2021年", "一季度", "53.06亿元", "1、2、3号楼", "第一"]
)
def test_what_is_no_item_mark(line: str) -> None:
    assert not starts_item(line)


@pytest.mark.parametrize(
    "line",
    [
        "科技局2021年工作总结及2022年工作计划",
        "2026年政府工作报告",
        "关于2016年工作情况的报告",
        "述职报告",
        "科技发展规划中期评估报告",
    ],
)
def test_titles(line: str) -> None:
    assert looks_like_title(line)


@pytest.mark.parametrize(
    "line", ["现将工作总结如下。", "一、工作总结", "全年总结经验，分析问题，谋划工作。", "宁国市科技局", "总结" * 40]
)
def test_what_is_no_title(line: str) -> None:
    assert not looks_like_title(line)


def test_ends() -> None:
    assert [ends_sentence(t) for t in ("好。", "好！”", "好；", "好", "")] == [True, True, False, False, False]
    assert [ends_clause(t) for t in ("好。", "好；", "如下：", "好，", "53.")] == [True, True, True, False, False]


def test_body_and_folding() -> None:
    assert looks_like_body("一、总结")
    assert not looks_like_body("宁国市科技局 2022年2月24日")
    assert folded("总结 （2021年）") == folded("总结(2021年)")
