"""What people say the figures of the gold corpus mean, figure by figure, without any grammar of ours.

``annotations/figures.csv`` states one figure of each shape: of all that differ in their Arabic numbers alone (125家, 18家). The others
follow by proportion, so that every figure of the gold has its meaning.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from zhibiao.errors import InputError
from zhibiao.labels import Approx, EntityLabel, RankKind

_NUMBER = re.compile(r"[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """What a figure says: an AMOUNT's range in its base unit, or a RANK's places; None where the figure leaves it open."""

    label: EntityLabel
    text: str
    low: Decimal | None
    high: Decimal | None
    unit: str | None = None
    approx: Approx | None = None
    rank_kind: RankKind | None = None
    scope: str | None = None


@dataclass(frozen=True)
class StatedFigures:
    """The stated figures; `meaning` gives that of any figure of a stated shape."""

    stated: tuple[StatedFigure, ...]

    @cached_property
    def _by_shape(self) -> dict[tuple[EntityLabel, str], StatedFigure]:
        return {(one.label, figure_pattern(one.text)): one for one in self.stated}

    def meaning(self, label: EntityLabel, text: str) -> StatedFigure | None:
        """Give what a figure says; None if no figure of its shape is stated.

        Examples
        --------
        >>> one = StatedFigure(EntityLabel.AMOUNT, "2.5亿元", Decimal(250000000), Decimal(250000000), "CNY", Approx.EXACT)
        >>> StatedFigures((one,)).meaning(EntityLabel.AMOUNT, "12亿元").low
        Decimal('1200000000')
        """
        stated = self._by_shape.get((label, figure_pattern(text)))
        if stated is None:
            return None
        ours, theirs = _numbers(stated.text), _numbers(text)
        # 全省103个县第3位: a single value is of the last number, a range of the first and the last.
        first = -1 if stated.low == stated.high else 0
        low, high = (_scaled(value, ours, theirs, end) for value, end in ((stated.low, first), (stated.high, -1)))
        return replace(stated, text=text, low=low, high=high)


def read_stated_figures(path: Path) -> StatedFigures:
    """Read ``annotations/figures.csv``.

    Raises
    ------
    InputError
        If the file is missing or a line cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return StatedFigures(tuple(_read_row(row) for row in csv.DictReader(file)))
    except FileNotFoundError:
        raise InputError("no such file of stated figures", where=str(path)) from None
    except (KeyError, ValueError, ArithmeticError) as error:
        raise InputError(f"not a file of stated figures: {error}", where=str(path)) from None


def figure_pattern(text: str) -> str:
    """Give a figure with its Arabic numbers blanked.

    Examples
    --------
    >>> figure_pattern("不少于1,250家"), figure_pattern("2-3家"), figure_pattern("三百二十家")
    ('不少于#家', '#-#家', '三百二十家')
    """
    return _NUMBER.sub("#", text)


def _read_row(row: dict[str, str]) -> StatedFigure:
    low, high = (Decimal(row[end]) if row[end] else None for end in ("low", "high"))
    if row["kind"] == "rank":
        kind = RankKind(row["approx_or_rank_kind"])
        return StatedFigure(EntityLabel.RANK, row["figure"], low, high, rank_kind=kind, scope=row["scope"] or None)
    approx = Approx(row["approx_or_rank_kind"])
    return StatedFigure(EntityLabel.AMOUNT, row["figure"], low, high, row["unit"] or None, approx)


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(re.sub("[,，]", "", found)) for found in _NUMBER.findall(text)]


def _scaled(value: Decimal | None, ours: list[Decimal], theirs: list[Decimal], end: int) -> Decimal | None:
    """Scale a value as one of the numbers in the figure."""
    if value is None or not ours or not ours[end] or ours == theirs:
        return value
    return (value / ours[end] * theirs[end]).normalize() + 0
