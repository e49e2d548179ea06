import dataclasses
from pathlib import Path

import openpyxl
import pytest

from zhibiao.formats.tables import COLUMN_NAMES, COLUMNS, FACTS, make_fact, make_row
from zhibiao.formats.xlsx import write_xlsx
from zhibiao.records import Fact


def read_facts(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[Fact]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [make_fact(dict(zip(header, row, strict=True))) for row in rows]


@pytest.fixture
def sheet(facts: list[Fact], tmp_path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    assert write_xlsx(FACTS, map(make_row, facts), tmp_path / "facts.xlsx") == 3
    return openpyxl.load_workbook(tmp_path / "facts.xlsx")["facts"]


def test_xlsx_reads_back(facts: list[Fact], sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    assert read_facts(sheet) == facts


def test_xlsx_has_a_frozen_header_and_a_filter(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert tuple(cell.value for cell in sheet[1]) == COLUMN_NAMES


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=SUM(A1)}",
        "http://example.org/高企",
        "mailto:a@example.org",
        "internal:Sheet1!A1",
        "-科技",
        "0012",
        "1E5",
    ],
)
def test_xlsx_writes_texts_as_texts(facts: list[Fact], tmp_path: Path, text: str) -> None:
    write_xlsx(FACTS, [make_row(dataclasses.replace(facts[0], metric=text))], tmp_path / "facts.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "facts.xlsx")["facts"].cell(2, COLUMN_NAMES.index("metric") + 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_xlsx_writes_numbers_as_numbers(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    cell = sheet.cell(3, COLUMN_NAMES.index("value_low") + 1)
    assert (cell.value, cell.data_type) == (-3.2, "n")


@pytest.mark.parametrize(("number", "sizes"), [(0, [0]), (1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_xlsx_goes_on_in_further_sheets(facts: list[Fact], tmp_path: Path, number: int, sizes: list[int]) -> None:
    rows = [dataclasses.replace(facts[0], part=part) for part in range(number)]
    assert write_xlsx(FACTS, map(make_row, rows), tmp_path / "facts.xlsx", sheet_rows=3) == number
    *sheets, columns = openpyxl.load_workbook(tmp_path / "facts.xlsx").worksheets
    assert [sheet.title for sheet in sheets] == ["facts", "facts 2", "facts 3"][: len(sizes)]
    assert [len(read_facts(sheet)) for sheet in sheets] == sizes
    assert [fact for sheet in sheets for fact in read_facts(sheet)] == rows
    assert columns.title == "columns"


def test_xlsx_explains_its_columns(facts: list[Fact], tmp_path: Path) -> None:
    write_xlsx(FACTS, map(make_row, facts), tmp_path / "facts.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "facts.xlsx")["columns"].iter_rows(min_row=2, values_only=True)
    assert list(rows) == [(column.name, column.type, column.description) for column in COLUMNS]


@pytest.mark.parametrize(("length", "kept"), [(32_767, 32_767), (32_768, 32_767)])
def test_xlsx_cuts_a_text_that_no_cell_can_hold(facts: list[Fact], tmp_path: Path, length: int, kept: int) -> None:
    write_xlsx(FACTS, [make_row(dataclasses.replace(facts[0], sentence="高" * length))], tmp_path / "facts.xlsx")
    (fact,) = read_facts(openpyxl.load_workbook(tmp_path / "facts.xlsx")["facts"])
    assert len(fact.sentence) == kept
    assert fact.sentence.endswith("…") == (kept < length)


def test_xlsx_is_the_same_to_the_byte_and_leaves_nothing_else(facts: list[Fact], tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(FACTS, map(make_row, facts), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]
