"""The table of findings in every format, read by the programs that people read it with."""

import csv
import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhibiao.formats import CHECKS, FACTS, ColumnType, Row, TableFormat, write_table
from zhibiao.formats.checks import make_check_row
from zhibiao.formats.csv import restore_text
from zhibiao.formats.jsonl import make_row_line, read_row_lines
from zhibiao.labels import CheckKind, Verdict
from zhibiao.records import CheckFinding, Fact

NAMES = CHECKS.column_names


@pytest.fixture
def findings(facts: list[Fact]) -> list[CheckFinding]:
    value, change, rank = facts
    return [
        CheckFinding(
            CheckKind.GROWTH, Verdict.CONTRADICTION, "高企: the text says 98%", value, change, rank,
            Decimal("102.5974"), Decimal("102.5975"), Decimal("2.65"), None, "percent",
        ),
        CheckFinding(CheckKind.UNIT, Verdict.NOTE, "=1+1: a share is given", change, found_low=Decimal(241_000_000)),
        CheckFinding(CheckKind.ATTAINMENT, Verdict.PAIR, "高企 2021", rank, value, ratio=Decimal("1.0214")),
    ]  # fmt: skip


@pytest.fixture
def rows(findings: list[CheckFinding]) -> list[Row]:
    return [make_check_row(finding) for finding in findings]


def test_a_row_shows_the_finding_and_its_facts(findings: list[CheckFinding], rows: list[Row]) -> None:
    row = dict(zip(NAMES, rows[0], strict=True))
    value, change, rank = findings[0].fact, findings[0].other, findings[0].base
    assert change is not None
    assert rank is not None
    assert (row["kind"], row["verdict"], row["explanation"]) == ("growth", "contradiction", "高企: the text says 98%")
    assert (row["holder"], row["holder_code"], row["indicator"]) == (value.holder, value.holder_code, value.indicator)
    assert (row["expected_low"], row["found_high"], row["unit"], row["ratio"]) == (
        Decimal("102.5974"),
        None,
        "percent",
        None,
    )
    for role, fact in (("", value), ("other_", change), ("base_", rank)):
        for name in ("fact_id", "report_id", "source", "metric", "figure", "period", "sentence"):
            assert row[f"{role}{name}"] == getattr(fact, name)
        assert row[f"{role}figure_source_start"] == fact.figure_source_start
        assert row[f"{role}figure_source_end"] == fact.figure_source_end


def test_a_fact_that_a_check_does_not_need_is_empty(rows: list[Row]) -> None:
    row = dict(zip(NAMES, rows[1], strict=True))
    assert {row[name] for name in NAMES if name.startswith(("other_", "base_"))} == {None}


def test_columns_are_described_and_may_be_empty_where_a_fact_may_lack() -> None:
    assert all(column.description.endswith(".") for column in CHECKS.columns)
    assert len({column.description for column in CHECKS.columns}) == len(CHECKS.columns)
    assert all(column.nullable for column in CHECKS.columns if column.name.startswith(("other_", "base_")))
    assert set(CHECKS.indexed) < set(NAMES)


def test_a_row_survives_its_line(rows: list[Row]) -> None:
    assert list(read_row_lines(CHECKS, [make_row_line(NAMES, row) for row in rows])) == rows


def test_csv_holds_the_cells(rows: list[Row], tmp_path: Path) -> None:
    write_table(CHECKS, rows, tmp_path / "checks.csv", TableFormat.CSV)
    with (tmp_path / "checks.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == NAMES
    texts = {column.name for column in CHECKS.columns if column.type is ColumnType.TEXT}
    restored = [
        [restore_text(cell) if name in texts else cell for name, cell in zip(NAMES, line, strict=True)]
        for line in lines
    ]
    assert restored == [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert lines[1][2] == "'=1+1: a share is given"


def test_jsonl_holds_the_cells(rows: list[Row], tmp_path: Path) -> None:
    write_table(CHECKS, rows, tmp_path / "checks.jsonl", TableFormat.JSONL)
    lines = (tmp_path / "checks.jsonl").read_text("utf-8").splitlines()
    assert [tuple(json.loads(line, parse_float=Decimal).values()) for line in lines] == rows


ARROW = {
    ColumnType.TEXT: pa.string(),
    ColumnType.CATEGORY: pa.dictionary(pa.int8(), pa.string()),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: pa.decimal128(38, 10),
    ColumnType.REAL: pa.float64(),
}


def test_parquet_has_types_and_meanings(rows: list[Row], tmp_path: Path) -> None:
    write_table(CHECKS, rows, tmp_path / "checks.parquet", TableFormat.PARQUET)
    schema = pq.read_schema(tmp_path / "checks.parquet")
    for column in CHECKS.columns:
        field = schema.field(column.name)
        assert (field.type, field.nullable) == (ARROW[column.type], column.nullable)
        assert field.metadata[b"description"].decode() == column.description
    assert [tuple(row.values()) for row in pq.read_table(tmp_path / "checks.parquet").to_pylist()] == rows


DUCKDB = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.CATEGORY: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DECIMAL: "DECIMAL(38,10)",
    ColumnType.REAL: "DOUBLE",
}


def query(sql: str, path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql, [str(path)]).fetchall()


@pytest.mark.parametrize("table", [FACTS, CHECKS], ids=lambda table: table.name)
def test_duckdb_sees_the_types_of_parquet(tmp_path: Path, table: Any) -> None:
    path = tmp_path / "table.parquet"
    write_table(table, [], path, TableFormat.PARQUET)
    seen = {name: kind for name, kind, *_ in query("DESCRIBE SELECT * FROM read_parquet(?)", path)}
    assert seen == {column.name: DUCKDB[column.type] for column in table.columns}


def test_duckdb_reads_exact_numbers_and_nulls(rows: list[Row], tmp_path: Path) -> None:
    path = tmp_path / "checks.parquet"
    write_table(CHECKS, rows, path, TableFormat.PARQUET)
    sql = "SELECT found_low, ratio, other_fact_id FROM read_parquet(?)"
    assert query(sql, path) == [
        (Decimal("2.65"), None, rows[0][NAMES.index("other_fact_id")]),
        (Decimal(241_000_000), None, None),
        (None, Decimal("1.0214"), rows[2][NAMES.index("other_fact_id")]),
    ]


SQLITE = {
    ColumnType.TEXT: "TEXT",
    ColumnType.CATEGORY: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DECIMAL: "DECIMAL",
    ColumnType.REAL: "REAL",
}


def test_sqlite_has_types_meanings_and_nulls(rows: list[Row], tmp_path: Path) -> None:
    path = tmp_path / "checks.sqlite"
    write_table(CHECKS, rows, path, TableFormat.SQLITE)
    with closing(sqlite3.connect(path)) as database:
        declared = database.execute("SELECT name, type, \"notnull\" FROM pragma_table_info('checks')").fetchall()
        assert declared == [(column.name, SQLITE[column.type], not column.nullable) for column in CHECKS.columns]
        described = database.execute("SELECT name, type, description FROM columns").fetchall()
        assert described == [(column.name, column.type, column.description) for column in CHECKS.columns]
        numbers = database.execute("SELECT expected_low, found_low, typeof(ratio) FROM checks").fetchall()
        assert numbers == [(102.5974, 2.65, "null"), (None, 241_000_000, "null"), (None, None, "real")]


def test_xlsx_has_a_sheet_of_findings_and_one_of_meanings(rows: list[Row], tmp_path: Path) -> None:
    write_table(CHECKS, rows, tmp_path / "checks.xlsx", TableFormat.XLSX)
    book = openpyxl.load_workbook(tmp_path / "checks.xlsx")
    assert book.sheetnames == ["checks", "columns"]
    header, *lines = book["checks"].iter_rows(values_only=True)
    assert header == NAMES
    assert [[None if cell is None else str(cell) for cell in line] for line in lines] == [
        [None if cell is None else str(cell) for cell in row] for row in rows
    ]
    # numbers as numbers
    assert {type(line[NAMES.index("found_low")]) for line in lines} == {float, int, type(None)}
