"""CSV for Excel and for programs: UTF-8 with a byte order mark, commas, CRLF line ends, quotes as in RFC 4180.

A spreadsheet takes a text cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and the texts come from
the web. Such a text cell gets an apostrophe in front; a text that begins with an apostrophe gets one more. Numbers are
left alone (``-3.2`` stays a number). **A program undoes it by taking one leading apostrophe off each cell that has
one**, which is what :func:`restore_text` does; read the file as ``utf-8-sig``. An empty cell is a null.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import Cell, Row, Table, format_decimal

# the full-width signs count as the plain ones in Chinese spreadsheets; tab, CR and LF are skipped before a formula
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def write_csv(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write rows as CSV, atomically, and return how many there were.

    Raises
    ------
    OSError
        If the file cannot be written.
    ValueError
        If a number is infinite or no number.
    """
    count = 0
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.column_names)
        for row in rows:
            writer.writerow([_make_cell(cell) for cell in row])
            count += 1
    return count


def defuse_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> defuse_text("-科技"), defuse_text("=1+1"), defuse_text("高企总数")
    ("'-科技", "'=1+1", '高企总数')
    """
    return f"'{text}" if text.startswith(_ACTIVE) else text


def restore_text(cell: str) -> str:
    """Undo :func:`defuse_text`.

    Examples
    --------
    >>> restore_text(defuse_text("'两个50'"))
    "'两个50'"
    """
    return cell.removeprefix("'")


def _make_cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return defuse_text(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return format_decimal(cell) if isinstance(cell, Decimal) else cell
