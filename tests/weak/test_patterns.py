from pathlib import Path

import pytest

from zhibiao.errors import CatalogError
from zhibiao.weak.apply import vote_on_spans
from zhibiao.weak.cases import check_cases
from zhibiao.weak.functions import LabellingFunction, check_names
from zhibiao.weak.patterns import parse_patterns, read_patterns
from zhibiao.weak.views import ReportView

ROW = """
[org_sample_{n}]
label = "ORG"
pattern = '第{n}(?P<span>研究站)'
match = "第{n}⟦研究站⟧"
abstain = "第{n}中学"
"""


def test_sixteen_functions_come_from_a_file_without_code(
    tmp_path: Path, functions: tuple[LabellingFunction, ...]
) -> None:
    path = tmp_path / "own.toml"
    path.write_text("".join(ROW.replace("{n}", str(n)) for n in range(16)), "utf-8")
    added = read_patterns(path)
    assert len(added) == 16
    assert [problem for function in added for problem in check_cases(function)] == []
    every = check_names([*functions, *added])
    votes = vote_on_spans(ReportView("第7研究站和第15研究站。"), every).votes
    assert {vote.function for vote in votes} >= {"org_sample_7", "org_sample_15"}


def test_a_pattern_may_vote_against() -> None:
    row = '[org_no_x]\nlabel = "ORG"\nagainst = true\npattern = "大赛"\nmatch = "参加⟦大赛⟧"\nabstain = "参加"'
    (function,) = parse_patterns(row, where="x.toml")
    assert check_cases(function) == []
    assert function.cases.against


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("[a]\nlabel = 'ORG'\n", "a: pattern"),
        ("[a]\nlabel = 'PLACE'\npattern = 'x'\nmatch = 'x'\nabstain = ''\n", "a: label"),
        ("[a]\nlabel = 'ORG'\npattern = '('\nmatch = 'x'\nabstain = ''\n", "a: pattern"),
        ("[a]\nlabel = 'ORG'\npattern = 'x'\nmatch = 'x'\nabstain = ''\nextra = 1\n", "a: extra"),
        ("not toml", "not TOML"),
    ],
)
def test_parse_patterns_names_the_row_that_is_wrong(row: str, said: str) -> None:
    with pytest.raises(CatalogError, match=r"f\.toml") as caught:
        parse_patterns(row, where="f.toml")
    assert said in str(caught.value)


def test_read_patterns_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="cannot be read"):
        read_patterns(tmp_path / "none.toml")
