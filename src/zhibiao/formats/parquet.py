"""Parquet, for DuckDB, pandas and Spark. Needs the extra ``parquet``.

Amounts are ``decimal128(38, 10)``, exact up to ten places behind the point (a longer fraction is rounded there). A
number of 10^28 or more does not fit: its cell is empty and a warning says how many there were. Category columns are
dictionary-encoded. Every column carries its meaning in the field's metadata under ``description``, and the file says under
``title``, ``description`` and ``creator`` what it holds and what wrote it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zhibiao import __version__
from zhibiao.formats.atomic import replacing
from zhibiao.formats.tables import Cell, Column, ColumnType, Row, Table

logger = logging.getLogger(__name__)

_ROWS_AT_ONCE = 20_000
_DIGITS, _PLACES = 38, 10
_STEP = Decimal(1).scaleb(-_PLACES)
_CONTEXT = Context(prec=_DIGITS)


def write_parquet(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write rows as Parquet, atomically, and return how many there were.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    rows = iter(rows)
    schema = make_schema(table)
    count = unfit = 0
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            arrays = [
                _make_array(column, cells)
                for column, cells in zip(table.columns, zip(*batch, strict=True), strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(batch)
            unfit += sum(_is_unfit(cell) for row in batch for cell in row)
    if unfit:
        logger.warning(
            "%s: %d numbers of 10^%d or more do not fit the Parquet column and were left empty; use another format",
            path.name, unfit, _DIGITS - _PLACES,
        )  # fmt: skip
    return count


def make_schema(table: Table) -> pa.Schema:
    """Give a table's Arrow schema, with each column's meaning under ``description``."""
    return pa.schema(
        [
            pa.field(column.name, _make_type(column), column.nullable, metadata={"description": column.description})
            for column in table.columns
        ],
        metadata={"title": table.name, "description": table.description, "creator": f"zhibiao {__version__}"},
    )


def _make_type(column: Column) -> pa.DataType:
    if column.type is ColumnType.CATEGORY:
        return pa.dictionary(pa.int8(), pa.string())
    types: dict[ColumnType, pa.DataType] = {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DECIMAL: pa.decimal128(_DIGITS, _PLACES),
        ColumnType.REAL: pa.float64(),
    }
    return types[column.type]


def _make_array(column: Column, cells: Sequence[Cell]) -> pa.Array[Any]:
    if column.type is ColumnType.CATEGORY:
        # the same dictionary in every batch, whatever values it happens to hold
        places = {value: place for place, value in enumerate(column.values)}
        indices = [None if cell is None else places[str(cell)] for cell in cells]
        return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int8()), pa.array(column.values, pa.string()))
    if column.type is ColumnType.DECIMAL:
        cells = [fit_decimal(cell) if isinstance(cell, Decimal) else None for cell in cells]
    return pa.array(cells, _make_type(column))


def fit_decimal(number: Decimal) -> Decimal | None:
    """Round a number to the column's ten places; None if it is too large for the column.

    Examples
    --------
    2.65% fits, a figure that lost its unit and point may not:

    >>> fit_decimal(Decimal("2.65")), fit_decimal(Decimal("1E+40"))
    (Decimal('2.6500000000'), None)
    """
    try:
        return number.quantize(_STEP, context=_CONTEXT)
    except InvalidOperation:
        return None


def _is_unfit(cell: Cell) -> bool:
    return isinstance(cell, Decimal) and fit_decimal(cell) is None
