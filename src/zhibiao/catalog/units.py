"""Units and classifiers: what may follow a number, and how it is written in its base unit.

The table ``data/units.csv`` has one row for each way to write a unit:

``surface``
    As it stands in the text: 个百分点, 平方公里, 人次.
``base``, ``factor``
    The unit it is counted in, and what to multiply by: ‰ is 0.1 ``percent``, 成 is 10 ``percent``. Money has its ISO
    4217 code, shares are ``percent``, differences of shares ``percentage_point``, ratios ``times``, doublings (番)
    ``fold``, areas in square metres and kilometres ``m2`` and ``km2``; every other unit or classifier is its own base.
``kind``
    What is measured; ``count`` for classifiers.
``counting``
    How freely a Chinese numeral below eleven counts with it: ``free`` (三公里), ``usual`` (两家), or ``strict`` (三个),
    which mostly speaks of the text itself (三个方面) and needs a verb of counting in front.
``not_before``
    A pattern that shows another word when it follows: 项 before 目 is no classifier, but it is one before 目标.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files

from zhibiao.errors import CatalogError


class UnitKind(StrEnum):
    """What a unit measures."""

    MONEY = "money"
    RATIO = "ratio"
    POINT = "point"
    TIMES = "times"
    FOLD = "fold"
    AREA = "area"
    LENGTH = "length"
    MASS = "mass"
    VOLUME = "volume"
    ENERGY = "energy"
    POWER = "power"
    TIME = "time"
    DATA = "data"
    COUNT = "count"


class Counting(StrEnum):
    """How freely a Chinese numeral below eleven counts with a unit."""

    FREE = "free"
    USUAL = "usual"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Unit:
    """One way to write a unit; a number times ``factor`` counts the ``base`` unit.

    ``not_before`` is None, or matches what shows that the characters belong to another word.
    """

    surface: str
    base: str
    factor: Decimal
    kind: UnitKind
    counting: Counting
    not_before: re.Pattern[str] | None = None


@cache
def load_units() -> tuple[Unit, ...]:
    """Read the table of units, in its own order.

    Raises
    ------
    CatalogError
        If a row names no base, a factor that is no positive number, or an unknown kind or way of counting.

    Examples
    --------
    >>> next(unit for unit in load_units() if unit.surface == "‰").factor
    Decimal('0.1')
    """
    table = files("zhibiao.catalog").joinpath("data/units.csv").read_text(encoding="utf-8")
    return tuple(_read_row(row) for row in csv.DictReader(table.splitlines()))


def _read_row(row: dict[str, str]) -> Unit:
    try:
        unit = Unit(
            surface=row["surface"],
            base=row["base"],
            factor=Decimal(row["factor"]),
            kind=UnitKind(row["kind"]),
            counting=Counting(row["counting"]),
            not_before=re.compile(row["not_before"]) if row["not_before"] else None,
        )
    except (KeyError, TypeError, ValueError, InvalidOperation, re.error) as error:
        raise CatalogError(f"units.csv: row {row} cannot be read ({error}); correct that row") from error
    if not unit.surface or not unit.base or not unit.factor > 0:
        raise CatalogError(f"units.csv: row {row} needs a surface, a base and a factor above zero")
    return unit


@cache
def _units_by_initial() -> dict[str, tuple[Unit, ...]]:
    by_initial: dict[str, list[Unit]] = {}
    for unit in sorted(load_units(), key=lambda unit: len(unit.surface), reverse=True):
        by_initial.setdefault(unit.surface[0], []).append(unit)
    return {initial: tuple(units) for initial, units in by_initial.items()}


def match_unit(text: str, start: int) -> Unit | None:
    """Find the longest unit that stands at ``start`` and is not the beginning of another word.

    Examples
    --------
    >>> match_unit("18.1个百分点", 4).base
    'percentage_point'
    >>> match_unit("3项目标", 1).base, match_unit("3项目", 1)
    ('项', None)
    """
    for unit in _units_by_initial().get(text[start : start + 1], ()):
        if text.startswith(unit.surface, start) and not (
            unit.not_before and unit.not_before.match(text, start + len(unit.surface))
        ):
            return unit
    return None


def unit_initials() -> frozenset[str]:
    """Give the characters that a unit can begin with.

    Examples
    --------
    >>> "家" in unit_initials(), "步" in unit_initials()
    (True, False)
    """
    return frozenset(_units_by_initial())
