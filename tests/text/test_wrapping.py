from collections import Counter
from pathlib import Path

import pytest

from zhibiao.text.cleaning import clean
from zhibiao.text.sentences import split_sentences
from zhibiao.text.wrapping import join_wrapped_lines

AUTHORED = sorted((Path(__file__).parents[2] / "corpus/authored").glob("a???.txt"))


def wrapped(text: str, columns: int) -> str:
    """Break lines as a page of that width does, with no punctuation at a line's start."""
    rows = []
    for line in text.split("\n"):
        row, used = "", 0
        for character in line:
            width = 1 if character.isascii() else 2
            if (
                used + width > columns
                and character not in "，。；：、！？）”》%,;:)"
                and not (row[-1:] + character).isascii()
            ):
                rows.append(row)
                row, used = "", 0
            row, used = row + character, used + width
        rows.append(row)
    return "\n".join(rows)


def sentences(text: str) -> Counter[str]:
    return Counter(text[start:end] for start, end in split_sentences(text))


@pytest.mark.parametrize("columns", [44, 60, 76])
def test_sentences_of_wrapped_reports_come_back(columns: int) -> None:
    whole = lost = 0
    for path in AUTHORED[::4]:
        text = clean(path.read_text("utf-8")).text
        before, after = sentences(text), sentences(clean(wrapped(text, columns)).text)
        whole += before.total()
        lost += (before - after).total()
    # What cannot be known stays apart: a heading, or a clause's end, that fills its line exactly.
    assert lost <= 0.025 * whole


@pytest.mark.parametrize(
    "text",
    [
        "研发经费支出：8.75亿元，占营业收入的比重达到了1.96%\n高新技术企业：71家，新认定16家，重新认定9家，减少2家\n"
        * 4,
        "加强顶层设计;\n9月8日,市委深改委专题研究科技工作;\n10月17日,市委市政府召开全市科技创新大会;\n" * 3,
        "一、以专利为抓手，创新产出明显放量，结构更加优化\n二、以平台为支撑，产学研合作渐入深处，成效更加明显\n" * 4,
    ],
)
def test_lists_and_headings_of_even_width_stay_apart(text: str) -> None:
    assert join_wrapped_lines(text) == []
