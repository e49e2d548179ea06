"""The formats of the result tables, and the line of ``spans.jsonl``.

Every writer takes rows one by one, holds a bounded number of them, and puts the file in its place only when it is
whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from zhibiao.errors import MissingExtraError
from zhibiao.formats.checks import CHECKS
from zhibiao.formats.spans import make_spans_line
from zhibiao.formats.tables import FACTS, Column, ColumnType, Row, Table

__all__ = [
    "CHECKS", "FACTS", "Column", "ColumnType", "Row", "Table", "TableFormat", "make_spans_line", "require_format",
    "write_table",
]  # fmt: skip


class TableFormat(StrEnum):
    """A format of a table; its value is the file's suffix and the module that writes it."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    XLSX = "xlsx"


# what a format needs beyond the core install; the extra has the format's name
_NEEDED_PACKAGES = {TableFormat.PARQUET: "pyarrow", TableFormat.XLSX: "xlsxwriter"}


def require_format(table_format: TableFormat) -> None:
    """Make sure that a format can be written here, before any work is done for it.

    Raises
    ------
    MissingExtraError
        If the package that writes it is not installed.
    """
    package = _NEEDED_PACKAGES.get(table_format)
    if package is not None and find_spec(package) is None:
        raise MissingExtraError(
            f"the format {table_format} needs {package}: run pip install 'zhibiao[{table_format}]', or choose csv"
        )


def write_table(table: Table, rows: Iterable[Row], path: Path, table_format: TableFormat) -> int:
    """Write the rows of a table to ``path`` in a format, atomically, and return how many there were.

    Raises
    ------
    MissingExtraError
        If the package that writes the format is not installed.
    OSError, sqlite3.Error
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "facts.csv")
    ...     write_table(FACTS, [], path, TableFormat.CSV), path.read_text(encoding="utf-8-sig")[:22]
    (0, 'fact_id,report_id,sour')
    """
    require_format(table_format)
    # imported here: pyarrow alone takes a tenth of a second, and may not be installed
    writer = import_module(f"zhibiao.formats.{table_format}")
    count: int = getattr(writer, f"write_{table_format}")(table, rows, path)
    return count
