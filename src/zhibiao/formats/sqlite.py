"""One SQLite file with two tables: the rows (``facts``), and ``columns`` with the meaning of each column of them.

SQLite has no decimal type: amounts are stored as INTEGER where they are whole and fit 64 bits, else as REAL, which gives
back every number of up to 15 digits as it was. Nor has it a boolean one: true is 1, false 0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import Cell, Column, ColumnType, Row, Table

_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.CATEGORY: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DECIMAL: "DECIMAL",
    ColumnType.REAL: "REAL",
}


def write_sqlite(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write rows to a new SQLite file, atomically, and return how many there were.

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
            _create_tables(database, table)
            marks = ", ".join("?" * len(table.columns))
            database.execute("BEGIN")
            cursor = database.executemany(
                f"INSERT INTO {table.name} VALUES ({marks})",  # noqa: S608 - the names are ours
                (tuple(map(_make_cell, row)) for row in rows),
            )
            count = max(cursor.rowcount, 0)
            for name in table.indexed:
                database.execute(f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})")
            database.execute("COMMIT")
    return count


def _create_tables(database: sqlite3.Connection, table: Table) -> None:
    database.execute(f"CREATE TABLE {table.name} ({', '.join(map(_define, table.columns))})")
    database.execute("CREATE TABLE columns (name TEXT PRIMARY KEY, type TEXT NOT NULL, description TEXT NOT NULL)")
    database.executemany(
        "INSERT INTO columns VALUES (?, ?, ?)",
        [(column.name, column.type, column.description) for column in table.columns],
    )


def _define(column: Column) -> str:
    return f'"{column.name}" {_TYPES[column.type]}{"" if column.nullable else " NOT NULL"}'


def _make_cell(cell: Cell) -> str | int | float | None:
    if not isinstance(cell, Decimal):
        return cell
    if cell == cell.to_integral_value() and abs(cell) < 2**63:
        return int(cell)
    return float(cell)
