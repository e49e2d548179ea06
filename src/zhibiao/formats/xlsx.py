"""An Excel workbook: the rows (further sheets where one is full) and a sheet with the meaning of the columns.

Needs the extra ``xlsx``. Texts are written as texts, never as formulas or links; numbers as numbers (Excel keeps 15
digits). A text longer than a cell may hold (32,767 characters) is cut and ends in ``…``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import ColumnType, Row, Table

SHEET_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
_WIDTHS = {
    ColumnType.TEXT: 18,
    ColumnType.CATEGORY: 10,
    ColumnType.INTEGER: 10,
    ColumnType.BOOLEAN: 8,
    ColumnType.DECIMAL: 16,
    ColumnType.REAL: 8,
}
_WIDE = {"metric": 36, "sentence": 80, "explanation": 80}
# a fixed date of creation, so that the same facts give the same bytes
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)


def write_xlsx(table: Table, rows: Iterable[Row], path: Path, *, sheet_rows: int = SHEET_ROWS) -> int:
    """Write rows as an Excel workbook, atomically, and return how many there were.

    Parameters
    ----------
    sheet_rows
        How many rows a sheet may have, the header included.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with replacing(path) as temporary:
        try:
            return _write_workbook(table, iter(rows), temporary, sheet_rows)
        except FileCreateError as error:
            raise OSError(str(error)) from error


def _write_workbook(table: Table, rows: Iterator[Row], path: Path, sheet_rows: int) -> int:
    written = 0
    options = {"constant_memory": True, "tmpdir": str(path.parent), "use_zip64": True}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": _CREATED})
        header = workbook.add_format({"bold": True, "bottom": 1})
        for number, part in enumerate(_iter_parts(rows, sheet_rows - 1), start=1):
            sheet = workbook.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
            written += _fill_sheet(sheet, table, part, header)
        _describe_columns(workbook.add_worksheet("columns"), table, header)
    return written


def _iter_parts(rows: Iterator[Row], size: int) -> Iterator[Iterator[Row]]:
    """Cut rows into runs of ``size`` without holding one; the first run comes even when there are no rows."""
    for number in count():
        first = next(rows, None)
        if first is None and number:
            return
        yield chain(() if first is None else (first,), islice(rows, size - 1))


def _fill_sheet(sheet: Any, table: Table, rows: Iterator[Row], header: Any) -> int:
    for place, column in enumerate(table.columns):
        # other_sentence is as wide as sentence
        sheet.set_column(place, place, _WIDE.get(column.name.rpartition("_")[2], _WIDTHS[column.type]))
        sheet.write_string(0, place, column.name, header)
    sheet.freeze_panes(1, 0)
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, _fit_text(cell))
            elif isinstance(cell, bool):
                sheet.write_boolean(line, place, cell)
            elif cell is not None:
                sheet.write_number(line, place, float(cell) if isinstance(cell, Decimal) else cell)
    sheet.autofilter(0, 0, line, len(table.columns) - 1)
    return line


def _fit_text(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _describe_columns(sheet: Any, table: Table, header: Any) -> None:
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 100)
    described = [(column.name, column.type, column.description) for column in table.columns]
    lines = [("column", "type", "meaning"), *described]
    for line, cells in enumerate(lines):
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, cell, header if line == 0 else None)
