import csv
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.formats.csv import defuse_text, restore_text, write_csv
from zhibiao.formats.tables import COLUMN_NAMES, COLUMNS, FACTS, ColumnType, make_fact, make_row
from zhibiao.records import Fact


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_fact(row: dict[str, str]) -> Fact:
    texts = {column.name for column in COLUMNS if column.type is ColumnType.TEXT}
    nullable = {column.name for column in COLUMNS if column.nullable}
    restored = {name: restore_text(cell) if name in texts else cell for name, cell in row.items()}
    return make_fact({name: None if cell == "" and name in nullable else cell for name, cell in restored.items()})


def test_csv_reads_back(facts: list[Fact], tmp_path: Path) -> None:
    assert write_csv(FACTS, map(make_row, facts), tmp_path / "facts.csv") == 3
    assert [read_fact(row) for row in read_rows(tmp_path / "facts.csv")] == facts


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_csv_reads_back_whatever_the_texts_hold(
    any_fact: st.SearchStrategy[Fact], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    facts = data.draw(st.lists(any_fact, max_size=3))
    path = tmp_path_factory.getbasetemp() / "any.csv"
    write_csv(FACTS, map(make_row, facts), path)
    assert [read_fact(row) for row in read_rows(path)] == facts


@pytest.mark.parametrize(("tied", "cell"), [(True, "true"), (False, "false"), (None, "")])
def test_csv_writes_true_and_false_in_words(facts: list[Fact], tmp_path: Path, tied: bool | None, cell: str) -> None:
    write_csv(FACTS, [make_row(dataclasses.replace(facts[2], rank_tied=tied))], tmp_path / "facts.csv")
    assert read_rows(tmp_path / "facts.csv")[0]["rank_tied"] == cell


def test_csv_begins_with_a_byte_order_mark_and_ends_lines_with_crlf(tmp_path: Path) -> None:
    write_csv(FACTS, [], tmp_path / "facts.csv")
    assert (tmp_path / "facts.csv").read_bytes() == b"\xef\xbb\xbf" + ",".join(COLUMN_NAMES).encode() + b"\r\n"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://example.org")', '\'=HYPERLINK("http://example.org")'),
        ("+86", "'+86"),
        ("-科技", "'-科技"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("'两个50'", "''两个50'"),
        ("高企=125", "高企=125"),
        ("", ""),
    ],
)
def test_csv_makes_formulas_safe(facts: list[Fact], tmp_path: Path, text: str, cell: str) -> None:
    write_csv(FACTS, [make_row(dataclasses.replace(facts[0], metric=text))], tmp_path / "facts.csv")
    assert read_rows(tmp_path / "facts.csv")[0]["metric"] == cell
    assert restore_text(cell) == text


def test_csv_leaves_negative_numbers_alone(facts: list[Fact], tmp_path: Path) -> None:
    write_csv(FACTS, [make_row(facts[1])], tmp_path / "facts.csv")
    assert read_rows(tmp_path / "facts.csv")[0]["value_low"] == "-3.2"


@given(st.text())
def test_restore_text_undoes_defuse_text(text: str) -> None:
    assert restore_text(defuse_text(text)) == text
    assert not defuse_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))
