"""JSON lines: one object a line, UTF-8, numbers as the text has them (2.65, never 2.6499999999999999)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from json.encoder import encode_basestring
from math import isfinite
from pathlib import Path
from typing import Any

from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import COLUMN_NAMES, Cell, format_decimal, make_fact, make_row
from zhibiao.records import Fact

# JSON allows these three in a string, but str.splitlines would break the line there
_LINE_BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_jsonl(facts: Iterable[Fact], path: Path) -> int:
    """Write facts as JSON lines, atomically, and return how many there were.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    return write_lines((make_fact_line(fact) for fact in facts), path)


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


def make_json_line(record: dict[str, Any]) -> str:
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


def make_fact_line(fact: Fact) -> str:
    """Write a fact as one line of JSON, with every column in order and null for an empty cell.

    Raises
    ------
    ValueError
        If a number is infinite or no number.
    """
    pairs = zip(COLUMN_NAMES, make_row(fact), strict=True)
    return _keep_on_one_line("{" + ", ".join(f'"{name}": {_encode(cell)}' for name, cell in pairs) + "}")


def read_fact_line(line: str | bytes) -> Fact:
    """Read a fact back from its line of JSON.

    Raises
    ------
    ValueError
        If the line is no JSON or a cell does not have its column's type.
    KeyError
        If a cell that may not be empty is missing.
    """
    return make_fact(json.loads(line, parse_float=Decimal))


def _encode(cell: Cell) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, str):
        return encode_basestring(cell)
    if isinstance(cell, Decimal):
        return format_decimal(cell)
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
