"""What a table is, and the fact table: its columns in order, each with type and meaning.

This is the one definition that every writer and the data dictionary use. A field added to
:class:`zhibiao.records.Fact` needs its line in :data:`COLUMNS`, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

from zhibiao.labels import Approx, Aspect, Direction, FactKind, FactStatus, RankKind
from zhibiao.records import Fact

Cell = str | int | float | Decimal | None
Row = tuple[Cell, ...]
Category = type[StrEnum]


class ColumnType(StrEnum):
    """What a column holds; each format maps it to a type of its own."""

    TEXT = "text"
    CATEGORY = "category"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Its name, in the fact table that of the field of :class:`zhibiao.records.Fact`; an interface to scripts outside
        the project.
    type
        What its cells hold.
    description
        One sentence for the data dictionary.
    nullable
        Whether a cell may be empty, which means that the text does not say.
    category
        The enum of the values a category column may hold.
    """

    name: str
    type: ColumnType
    description: str
    nullable: bool = False
    category: Category | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The values a category column may hold, in the order of its enum; empty for other columns."""
        return tuple(member.value for member in self.category) if self.category else ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the results.

    Parameters
    ----------
    name
        Names its file, and its table or sheet inside.
    description
        What a row is, in one or two sentences.
    columns
        In order.
    indexed
        The columns that people look rows up by.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    indexed: tuple[str, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _text(name: str, description: str, *, nullable: bool = False) -> Column:
    return Column(name, ColumnType.TEXT, description, nullable)


def _category(name: str, category: Category, description: str, *, nullable: bool = False) -> Column:
    return Column(name, ColumnType.CATEGORY, description, nullable, category)


def _boolean(name: str, description: str, *, nullable: bool = False) -> Column:
    return Column(name, ColumnType.BOOLEAN, description, nullable)


def _integer(name: str, description: str, *, nullable: bool = False) -> Column:
    return Column(name, ColumnType.INTEGER, description, nullable)


COLUMNS: tuple[Column, ...] = (
    _text("fact_id", "Id of the row, unique in the table."),
    _text("report_id", "Id of the report: 12 hexadecimal digits of the file's sha256, a hyphen, the part's number."),
    _text("source", "Name of the input file."),
    _integer("part", "Which of the file's reports this is, from 0."),
    _category("kind", FactKind, "What the figure says: a level or count, a change, or a rank."),
    _text("metric", "The indicator as the text names it."),
    _text("figure", "The amount or rank as the text writes it."),
    _text("sentence", "The sentence that says so."),
    _integer("metric_start", "First code point of the metric in the cleaned text."),
    _integer("metric_end", "Code point behind the metric in the cleaned text."),
    _integer("figure_start", "First code point of the figure in the cleaned text."),
    _integer("figure_end", "Code point behind the figure in the cleaned text."),
    _integer("metric_source_start", "First code point of the metric in the decoded source file."),
    _integer("metric_source_end", "Code point behind the metric in the decoded source file."),
    _integer("figure_source_start", "First code point of the figure in the decoded source file."),
    _integer("figure_source_end", "Code point behind the figure in the decoded source file."),
    _text("indicator", "Id of the indicator in the catalogue; empty if it is not listed there.", nullable=True),
    Column("value_low", ColumnType.DECIMAL, "Lower bound in the base unit; empty if open or a rank.", nullable=True),
    Column("value_high", ColumnType.DECIMAL, "Upper bound in the base unit; empty if open or a rank.", nullable=True),
    _text("unit", "Base unit: CNY, percent, percentage_point, or the classifier (家 项 件 人 …).", nullable=True),
    _category(
        "approx", Approx, "How far the number binds: exact, 约 about, 余 超 以上 more, 不足 less.", nullable=True
    ),
    _category("direction", Direction, "Where a change points; gap is a distance to a reference.", nullable=True),
    _integer(
        "rank_low",
        "Best place of the rank, counted from the top; of 倒数第二 too, where the text says how many compete.",
        nullable=True,
    ),
    _integer("rank_high", "Worst place of the rank; equal to rank_low for an exact place.", nullable=True),
    _integer(
        "rank_from_bottom",
        "The place from the bottom, where the text counts so: 倒数第二 2, 末位 1, 后五位 5 (within the last five), 历史新低 1.",
        nullable=True,
    ),
    _boolean("rank_tied", "Whether others share the place (与旌德县并列第一); empty if no rank.", nullable=True),
    _category("rank_kind", RankKind, "An exact place, a band (前列, 前三), or a record (历史新高).", nullable=True),
    _text("scope", "What the rank is among, as the text says it (全省).", nullable=True),
    _text("scope_code", "Administrative code of the scope, where it is a region.", nullable=True),
    _integer("scope_size", "How many compete there, where the text says so (全省16个市: 16).", nullable=True),
    _category("status", FactStatus, "Reached, planned, or expected (预计)."),
    _text("period", "ISO 8601 date or interval; empty where the text masks it.", nullable=True),
    _category("aspect", Aspect, "Stock, addition (新增), running total (累计), or renewal (重新认定)."),
    _text("holder", "Whose figure it is: the organisation or region, resolved.", nullable=True),
    _text("holder_code", "Administrative code of the holder, where it is a region.", nullable=True),
    Column("score", ColumnType.REAL, "Confidence, 0 to 1."),
)

FACTS = Table(
    "facts",
    "One row per figure that a report gives for an indicator, with the sentence that says so.",
    COLUMNS,
    indexed=("fact_id", "report_id", "metric", "indicator", "holder"),
)
COLUMN_NAMES: tuple[str, ...] = FACTS.column_names

_cells: Callable[[Fact], Row] = attrgetter(*COLUMN_NAMES)


def make_row(fact: Fact) -> Row:
    """Give the cells of a fact in the order of :data:`COLUMNS`; None for an empty one."""
    return _cells(fact)


def make_fact(cells: Mapping[str, Any]) -> Fact:
    """Build a fact from its cells by column name.

    Numbers may come as text or as numbers of any type; a missing nullable cell counts as empty.

    Raises
    ------
    KeyError
        If a cell that may not be empty is missing.
    ValueError
        If a cell does not have the type of its column.

    Examples
    --------
    >>> from zhibiao.formats.jsonl import read_fact_line
    >>> fact = read_fact_line(
    ...     '{"fact_id": "8ab8-0-1", "report_id": "8ab8-0", "source": "宁国.txt", "part": 0, "kind": "value",'
    ...     ' "metric": "高企总数", "figure": "125家", "sentence": "高企总数达125家", "metric_start": 0,'
    ...     ' "metric_end": 4, "figure_start": 5, "figure_end": 9, "metric_source_start": 0, "metric_source_end": 4,'
    ...     ' "figure_source_start": 5, "figure_source_end": 9, "value_low": 125, "value_high": 125, "unit": "家",'
    ...     ' "status": "actual", "aspect": "level", "score": 0.9}'
    ... )
    >>> make_fact(dict(zip(COLUMN_NAMES, make_row(fact), strict=True))) == fact
    True
    """
    values: dict[str, Any] = {}
    for name, nullable, parse in _PARSERS:
        value = cells.get(name) if nullable else cells[name]
        if value is not None:
            values[name] = parse(value)
        elif nullable:
            values[name] = None
        else:
            raise ValueError(f"the column {name} may not be empty")
    return Fact(**values)


def _parse_decimal(value: str | int | float | Decimal) -> Decimal:
    # str() first: Decimal(2.65) would be 2.649999999999999911182158029987…
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _parse_boolean(value: str | int) -> bool:
    # "false" would be true for bool(); 0 and 1 are what SQLite gives back
    try:
        return _BOOLEANS[value]
    except KeyError:
        raise ValueError(f"{value!r} is neither true nor false") from None


_BOOLEANS: dict[str | int, bool] = {"true": True, "false": False, 1: True, 0: False}
_PARSERS_BY_TYPE: dict[ColumnType, Callable[[Any], Cell]] = {
    ColumnType.TEXT: str,
    ColumnType.INTEGER: int,
    ColumnType.BOOLEAN: _parse_boolean,
    ColumnType.DECIMAL: _parse_decimal,
    ColumnType.REAL: float,
}
# worked out once: millions of facts pass through make_fact
_PARSERS: tuple[tuple[str, bool, Callable[[Any], Cell]], ...] = tuple(
    (column.name, column.nullable, column.category or _PARSERS_BY_TYPE[column.type]) for column in COLUMNS
)


def format_decimal(number: Decimal) -> str:
    """Write a number as plain digits, without exponent and without zeros at the end of the fraction.

    Raises
    ------
    ValueError
        If the number is infinite or no number, which no table can hold.

    Examples
    --------
    2.41亿元 and 46.80%:

    >>> format_decimal(Decimal("2.41") * 10**8), format_decimal(Decimal("46.80"))
    ('241000000', '46.8')
    """
    if not number.is_finite():
        raise ValueError(f"{number} is not a number that a table can hold")
    # a figure such as 1E+999999 would unfold to a megabyte of zeros
    if abs(number.adjusted()) > _MOST_DIGITS:
        return str(number)
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain


_MOST_DIGITS = 60
