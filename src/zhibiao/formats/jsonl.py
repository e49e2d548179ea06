"""JSON lines: one object a line, UTF-8, numbers as the text has them (2.65, never 2.6499999999999999)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from math import isfinite
from pathlib import Path
from typing import Any

from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import COLUMN_NAMES, Cell, ColumnType, Row, Table, format_decimal, make_fact, make_row
from zhibiao.records import Fact

# JSON allows these three in a string, but str.splitlines would break the line there
_LINE_BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_jsonl(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write rows as JSON lines, atomically, and return how many there were.

    Raises
    ------
    OSError
        If the file cannot be written.
    ValueError
        If a number is infinite or no number.
    """
    names = table.column_names
    return write_lines((make_row_line(names, row) for row in rows), path)


def write_lines(lines: Iterable[str], path: Path) -> int:
    """Write lines (without their line ends) to a file, atomically, and return how many there were.

    A lone surrogate, which UTF-8 cannot hold, becomes a question mark: offsets stay true.
    """
    count = 0
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for line in lines:
            file.write(line)
            file.write("\n")
            count += 1
    return count


def make_json_line(record: dict[str, Any] | list[Any]) -> str:
    r"""Write a record as one line of JSON, without line end.

    Raises
    ------
    ValueError
        If a number is infinite or no number.

    Examples
    --------
    >>> make_json_line({"text": "一是\n二是", "score": 0.97})
    '{"text": "一是\\n二是", "score": 0.97}'
    """
    return _keep_on_one_line(json.dumps(record, ensure_ascii=False, allow_nan=False))


def make_row_line(names: Sequence[str], row: Row) -> str:
    """Write a row as one line of JSON, with every column in order and null for an empty cell.

    Raises
    ------
    ValueError
        If a number is infinite or no number.

    Examples
    --------
    >>> make_row_line(("metric", "value_low", "indicator"), ("高企总数", Decimal("2.50"), None))
    '{"metric": "高企总数", "value_low": 2.5, "indicator": null}'
    """
    pairs = zip(names, row, strict=True)
    return _keep_on_one_line("{" + ", ".join(f'"{name}": {_encode(cell)}' for name, cell in pairs) + "}")


def read_row_lines(table: Table, lines: Iterable[str | bytes]) -> Iterator[Row]:
    """Read rows back from lines that :func:`make_row_line` wrote.

    Categories come as plain texts. What other programs wrote is for :func:`read_fact_line`, which checks it.

    Raises
    ------
    ValueError
        If a line is no JSON.
    """
    # 125 is an int in JSON, and a Decimal in a column of amounts
    readers: dict[ColumnType, Callable[[Any], Cell]] = {ColumnType.DECIMAL: Decimal, ColumnType.REAL: float}
    columns = [(column.name, readers.get(column.type)) for column in table.columns]
    for line in lines:
        record = _decode(line)
        cells = ((record[name], read) for name, read in columns)
        yield tuple(cell if cell is None or read is None else read(cell) for cell, read in cells)


def make_fact_line(fact: Fact) -> str:
    """Write a fact as one line of JSON; see :func:`make_row_line`."""
    return make_row_line(COLUMN_NAMES, make_row(fact))


def read_fact_line(line: str | bytes) -> Fact:
    """Read a fact back from its line of JSON.

    Raises
    ------
    ValueError
        If the line is no JSON or a cell does not have its column's type.
    KeyError
        If a cell that may not be empty is missing.
    """
    return make_fact(_decode(line))


def _decode(line: str | bytes) -> dict[str, Any]:
    record: dict[str, Any] = _DECODER.decode(line.decode("utf-8") if isinstance(line, bytes) else line)
    return record


# one for all lines: json.loads makes a new one for each
_DECODER = json.JSONDecoder(parse_float=Decimal)


def _encode(cell: Cell) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, str):
        return encode_basestring(cell)
    if isinstance(cell, Decimal):
        return format_decimal(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return int.__repr__(cell)
    if not isfinite(cell):
        raise ValueError(f"{cell} is not a number that a table can hold")
    # not repr(): a numpy number names its type there
    return float.__repr__(float(cell))


def _keep_on_one_line(line: str) -> str:
    for character, escape in _LINE_BREAKS.items():
        line = line.replace(character, escape)
    return line
