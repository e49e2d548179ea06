import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from zhibiao.formats.sqlite import write_sqlite
from zhibiao.formats.tables import COLUMNS, FACTS, make_fact, make_row
from zhibiao.records import Fact


@pytest.fixture
def database(facts: list[Fact], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    assert write_sqlite(FACTS, map(make_row, facts), tmp_path / "facts.sqlite") == 3
    with closing(sqlite3.connect(tmp_path / "facts.sqlite")) as database:
        database.row_factory = sqlite3.Row
        yield database


def test_sqlite_reads_back(facts: list[Fact], database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT * FROM facts ORDER BY rowid").fetchall()
    assert [make_fact(dict(row)) for row in rows] == facts


@pytest.mark.parametrize(
    ("number", "kind", "stored"),
    [
        ("241000000.00", "integer", 241_000_000),
        ("-3.2", "real", -3.2),
        ("2.65", "real", 2.65),
        ("9223372036854775808", "real", 2.0**63),
    ],
)
def test_sqlite_stores_numbers_as_numbers(
    facts: list[Fact], tmp_path: Path, number: str, kind: str, stored: float
) -> None:
    write_sqlite(FACTS, [make_row(dataclasses.replace(facts[0], value_low=Decimal(number)))], tmp_path / "facts.sqlite")
    with closing(sqlite3.connect(tmp_path / "facts.sqlite")) as database:
        assert database.execute("SELECT typeof(value_low), value_low FROM facts").fetchone() == (kind, stored)


def test_sqlite_stores_nothing_as_null(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT count(*) FROM facts WHERE rank_low IS NULL AND scope IS NULL").fetchone()[0] == 2


def test_sqlite_stores_true_and_false_as_one_and_zero(facts: list[Fact], tmp_path: Path) -> None:
    rows = [make_row(dataclasses.replace(facts[2], rank_tied=tied)) for tied in (True, False, None)]
    write_sqlite(FACTS, rows, tmp_path / "facts.sqlite")
    with closing(sqlite3.connect(tmp_path / "facts.sqlite")) as database:
        assert database.execute("SELECT rank_tied FROM facts").fetchall() == [(1,), (0,), (None,)]


def test_sqlite_explains_its_columns(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT name, type, description FROM columns ORDER BY rowid").fetchall()
    assert [tuple(row) for row in rows] == [(column.name, column.type, column.description) for column in COLUMNS]


@pytest.mark.parametrize("name", ["fact_id", "report_id", "metric", "indicator", "holder"])
def test_sqlite_looks_rows_up_by_index(database: sqlite3.Connection, name: str) -> None:
    plan = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM facts WHERE {name} = '高企'").fetchone()
    assert f"USING INDEX facts_{name}" in plan["detail"]


def test_sqlite_takes_the_place_of_an_older_file(facts: list[Fact], tmp_path: Path) -> None:
    (tmp_path / "facts.sqlite").write_text("no database")
    assert write_sqlite(FACTS, map(make_row, facts), tmp_path / "facts.sqlite") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["facts.sqlite"]


def test_sqlite_of_no_facts_has_its_tables(tmp_path: Path) -> None:
    assert write_sqlite(FACTS, [], tmp_path / "facts.sqlite") == 0
    with closing(sqlite3.connect(tmp_path / "facts.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM facts").fetchone() == (0,)


def test_sqlite_is_the_same_to_the_byte(facts: list[Fact], tmp_path: Path) -> None:
    for name in "ab":
        write_sqlite(FACTS, map(make_row, facts), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
