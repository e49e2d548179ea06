"""What the number readers give: mentions in a text, ``[start, end)`` in code points, with their values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhibiao.labels import Approx, RankKind


class PeriodKind(StrEnum):
    """What a time expression points at.

    ``year`` 2021年, 去年 · ``part`` months, quarters, half-years · ``day`` 9月8日, 11月底 · ``range`` 2020—2022年, 近三年 ·
    ``plan`` 十四五 · ``as_of`` 截至6月30日 · ``deadline`` 到2025年 · ``length`` a stretch of years that is not placed (三年行动)
    · ``clock`` 8时30分 · ``masked`` 20××年.
    """

    YEAR = "year"
    PART = "part"
    DAY = "day"
    RANGE = "range"
    PLAN = "plan"
    AS_OF = "as_of"
    DEADLINE = "deadline"
    LENGTH = "length"
    CLOCK = "clock"
    MASKED = "masked"


class TrapKind(StrEnum):
    """Why a number is no figure.

    ``time`` 2025中国足协杯 · ``ordinal`` 第十届 · ``mark`` 一是, （三）, 1. · ``document`` 〔2021〕15号 · ``code`` telephone and
    index numbers · ``name`` G60, 两个50, 1+N, “21条” · ``structure`` 三个方面, 以上两项, 分两批 · ``word`` 一批, 千家万户 ·
    ``loose`` a bare number that no clause ends behind.
    """

    TIME = "time"
    ORDINAL = "ordinal"
    MARK = "mark"
    DOCUMENT = "document"
    CODE = "code"
    NAME = "name"
    STRUCTURE = "structure"
    WORD = "word"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in its base unit.

    ``low`` and ``high`` are equal for an exact or rounded figure, one is None where the figure is open (100家以上), both
    where the text gives no number (两位数, 数十家). ``unit`` is a base unit of ``units.csv``, a ratio of two (件/万人),
    or None where the text lost it.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str | None
    approx: Approx


@dataclass(frozen=True, slots=True)
class RankValue:
    """A place in an order.

    ``low`` and ``high`` are places counted from the top, or from the bottom where ``from_bottom`` says so; None for
    前列 and for records. ``scope`` is the order ranked in, as the span writes it; ``field_size`` its number of members.
    """

    low: int | None
    high: int | None
    kind: RankKind
    scope: str | None = None
    field_size: int | None = None
    from_bottom: bool = False
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An AMOUNT span."""

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class RankMention:
    """A RANK span."""

    start: int
    end: int
    rank: RankValue


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time expression; ``period`` is an ISO 8601 date or interval, None where the text does not place it."""

    start: int
    end: int
    period: str | None
    kind: PeriodKind


@dataclass(frozen=True, slots=True)
class Trap:
    """A number that is no figure."""

    start: int
    end: int
    kind: TrapKind


@dataclass(frozen=True, slots=True)
class Figures:
    """Every mention of one text, each tuple in text order; no two mentions of any kind overlap."""

    amounts: tuple[Amount, ...] = ()
    ranks: tuple[RankMention, ...] = ()
    periods: tuple[PeriodMention, ...] = ()
    traps: tuple[Trap, ...] = ()
