"""List numbers as Word writes them."""

from __future__ import annotations

import pytest

from zhibiao.readers.docx_numbering import format_number, read_numbering
from zhibiao.readers.xml_trees import parse_xml


@pytest.mark.parametrize(
    ("number", "count_as", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (19, "japaneseCounting", "十九"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (21, "ideographDigital", "二一"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (4, "decimalEnclosedCircleChinese", "④"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (7, "decimalZero", "07"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (5, "vietnameseCounting", "5"),
        (0, "chineseCounting", "0"),
        (10**6, "upperRoman", "1000000"),
    ],
)
def test_format_number(number: int, count_as: str, written: str) -> None:
    assert format_number(number, count_as) == written


def levels(*marks: tuple[str, str, str]) -> str:
    return "".join(
        f"<lvl ilvl='{depth}'><numFmt val='{count_as}'/><lvlText val='{mark}'/>{more}</lvl>"
        for depth, (count_as, mark, more) in enumerate(marks)
    )


@pytest.mark.parametrize(
    ("marks", "depths", "expected"),
    [
        ((("upperRoman", "第%1章", ""), ("decimal", "%1.%2", "<isLgl/>")), (0, 1, 1), ["第I章", "1.1", "1.2"]),
        ((("decimal", "%1.", ""), ("decimal", "%1.%2", "")), (1, 1), ["1.1", "1.2"]),
        ((("bullet", "\uf06c", ""),), (0, 0), ["", ""]),
        ((("none", "%1", ""),), (0,), [""]),
        ((("decimal", "%1.", ""), ("decimal", "(%2)", "<lvlRestart val='0'/>")), (0, 1, 0, 1), ["1.", "(1)", "2.", "(2)"]),
        ((("decimal", "%1.", "<start val='3'/>"),), (0, 0), ["3.", "4."]),
        ((("decimal", "%1.", "<start val='x'/>"),), (0, 7), ["1.", ""]),
    ],
)  # fmt: skip
def test_next_mark_counts_as_word_does(
    marks: tuple[tuple[str, str, str], ...], depths: tuple[int, ...], expected: list[str]
) -> None:
    xml = f"<numbering><abstractNum abstractNumId='4'>{levels(*marks)}</abstractNum><num numId='1'><abstractNumId val='4'/></num></numbering>"
    numbering = read_numbering(parse_xml(xml.encode()))
    assert [numbering.next_mark("1", depth) for depth in depths] == expected


def test_two_lists_of_one_kind_count_on_together() -> None:
    xml = (
        f"<numbering><abstractNum abstractNumId='4'>{levels(('decimal', '%1.', ''))}</abstractNum>"
        "<num numId='1'><abstractNumId val='4'/></num><num numId='2'><abstractNumId val='4'/></num></numbering>"
    )
    numbering = read_numbering(parse_xml(xml.encode()))
    assert [numbering.next_mark(list_id, 0) for list_id in ("1", "2", "1", "3")] == ["1.", "2.", "3.", ""]
