"""One SQLite file with two tables: ``facts``, and ``columns`` with the meaning of each column of it.

Amounts are stored as INTEGER where they are whole and fit 64 bits, else as REAL (15 significant digits).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import COLUMNS, Cell, ColumnType, make_row
from zhibiao.records import Fact

_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.CATEGORY: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.DECIMAL: "NUMERIC",
    ColumnType.REAL: "REAL",
}
# what people look rows up by
_INDEXED = ("fact_id", "report_id", "metric", "indicator", "holder")


def write_sqlite(facts: Iterable[Fact], path: Path) -> int:
    """Write facts to a new SQLite file, atomically, and return how many there were.

    Raises
    ------
    sqlite3.Error, OSError
        If the file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(temporary, isolation_level=None)) as database:
            # a crash leaves only the temporary file, so SQLite's own journal would be work for nothing
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            _create_tables(database)
            marks = ", ".join("?" * len(COLUMNS))
            database.execute("BEGIN")
            cursor = database.executemany(f"INSERT INTO facts VALUES ({marks})", _iter_rows(facts))  # noqa: S608
            count = max(cursor.rowcount, 0)
            for name in _INDEXED:
                database.execute(f"CREATE INDEX facts_{name} ON facts ({name})")
            database.execute("COMMIT")
    return count


def _create_tables(database: sqlite3.Connection) -> None:
    columns = ", ".join(
        f"{column.name} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}" for column in COLUMNS
    )
    database.execute(f"CREATE TABLE facts ({columns})")
    database.execute("CREATE TABLE columns (name TEXT PRIMARY KEY, type TEXT NOT NULL, description TEXT NOT NULL)")
    database.executemany(
        "INSERT INTO columns VALUES (?, ?, ?)", [(column.name, column.type, column.description) for column in COLUMNS]
    )


def _iter_rows(facts: Iterable[Fact]) -> Iterator[list[str | int | float | None]]:
    for fact in facts:
        yield [_make_cell(cell) for cell in make_row(fact)]


def _make_cell(cell: Cell) -> str | int | float | None:
    if not isinstance(cell, Decimal):
        return cell
    if cell == cell.to_integral_value() and abs(cell) < 2**63:
        return int(cell)
    return float(cell)
