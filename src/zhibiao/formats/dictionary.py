"""The data dictionary: every column of every table, in Markdown, made from the definitions that the writers use."""

from __future__ import annotations

from collections.abc import Iterator

from zhibiao.formats.checks import CHECKS
from zhibiao.formats.tables import FACTS, Column, ColumnType, Table

_INTRODUCTION = """\
# Data dictionary

Made by `python scripts/make_dictionary.py` from the definitions that the writers use; a test fails when it is not up to date.

`zhibiao extract` writes two tables in the format asked for. An empty cell (null) means that the text does not say, never that something
failed. Offsets count Unicode code points and are half-open.

| type here | csv | jsonl | parquet | sqlite | xlsx |
|---|---|---|---|---|---|
| text | text | string | `string` | `TEXT` | text |
| category | text | string | `dictionary<string>` | `TEXT` | text |
| integer | digits | number | `int64` | `INTEGER` | number |
| boolean | `true`, `false` | true, false | `bool` | `BOOLEAN`: 1, 0 | TRUE, FALSE |
| decimal | digits | number, exact | `decimal128(38, 10)` | `DECIMAL`: an integer, or a real of 15 digits | number of 15 digits |
| real | digits | number | `float64` | `REAL` | number |

csv is UTF-8 with a byte order mark; a text that a spreadsheet would take for a formula has an apostrophe in front, which programs take off.
Parquet has each column's meaning in the field's metadata under `description`; sqlite and xlsx have it in a table or sheet `columns`.
"""


def make_dictionary() -> str:
    """Write the data dictionary.

    Examples
    --------
    >>> "| `metric` | text | The indicator as the text names it. |" in make_dictionary()
    True
    """
    parts = [_INTRODUCTION, *("\n".join(_describe(table)) + "\n" for table in (FACTS, CHECKS))]
    return "\n".join(parts)


def _describe(table: Table) -> Iterator[str]:
    yield f"## `{table.name}`"
    yield ""
    yield table.description
    yield ""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {_name_type(column)} | {column.description}{_list_values(column)} |"


def _name_type(column: Column) -> str:
    return f"{column.type}, or null" if column.nullable else str(column.type)


def _list_values(column: Column) -> str:
    if column.type is not ColumnType.CATEGORY:
        return ""
    return " One of " + ", ".join(f"`{value}`" for value in column.values) + "."
