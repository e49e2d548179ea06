"""The numbers that a written figure allows: its bounds, and how far it was rounded.

2.41亿元 may stand for anything that rounds to it, 50余家 for fifty or more, 约1000人 for a number near a thousand. A check
compares what figures allow, so a rounded or hedged figure contradicts nothing that it could mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from zhibiao.catalog.units import UnitKind, load_units
from zhibiao.labels import Approx
from zhibiao.numbers.mentions import Quantity
from zhibiao.numbers.numerals import ARABIC, read_digits, tidy

_NUMBER = re.compile(ARABIC)
_ZERO: Final = Decimal(0)
# 约, 近 and 左右 say "about": a fifth either way covers every use that was met.
_ABOUT_LOW, _ABOUT_HIGH = Decimal("0.8"), Decimal("1.2")
# 5000亿元 may be 4,980 or 5,020: a number that ends in two or more zeros is taken for rounded, by a tenth of it at most.
_ROUND_ZEROS: Final = 2
_ROUND_SHARE: Final = Decimal("0.1")
_SHARES: Final = frozenset({UnitKind.RATIO, UnitKind.POINT})
# units that the table does not list are classifiers
_COUNTED: Final = frozenset({UnitKind.COUNT, None})


@dataclass(frozen=True, slots=True)
class Written:
    """What a figure says: bounds in the base unit, None where open, and the value of its last written digit.

    ``step`` is 0 for a count of things and for a range, which are not rounded.
    """

    low: Decimal | None
    high: Decimal | None
    step: Decimal

    @property
    def rounded_low(self) -> Decimal | None:
        """The smallest number that rounds to the figure."""
        return None if self.low is None else self.low - self.step / 2

    @property
    def rounded_high(self) -> Decimal | None:
        """The largest number that rounds to the figure."""
        return None if self.high is None else self.high + self.step / 2


@lru_cache(maxsize=4096)
def read_written(figure: str, quantity: Quantity) -> Written:
    """Read the bounds and the precision of a figure.

    Parameters
    ----------
    figure
        The AMOUNT as the text writes it.
    quantity
        Its value, with a number on one side at least.

    Examples
    --------
    >>> from zhibiao.numbers.amounts import parse_amount
    >>> read_written("2.41亿元", parse_amount("2.41亿元"))
    Written(low=Decimal('241000000'), high=Decimal('241000000'), step=Decimal('1000000'))
    >>> read_written("125家", parse_amount("125家")).step, read_written("50余家", parse_amount("50余家")).high
    (Decimal('0'), None)
    """
    low, high = quantity.low, quantity.high
    step = _ZERO if low is not None and high is not None and low != high else _find_step(figure, quantity)
    if quantity.approx is Approx.ABOUT:
        low = None if low is None else min(low * _ABOUT_LOW, low * _ABOUT_HIGH)
        high = None if high is None else max(high * _ABOUT_LOW, high * _ABOUT_HIGH)
    return Written(low, high, step)


def agree(first: Written, second: Written) -> bool:
    """Tell whether two figures can be the same number.

    Figures written to the same digit have to be equal; of two that are not, the coarser may be rounded or cut off.

    Examples
    --------
    >>> def written(low: str, step: str) -> Written:
    ...     return Written(Decimal(low), Decimal(low), Decimal(step))
    >>> agree(written("12.5", "0.1"), written("12.46", "0.01")), agree(written("12.5", "0.1"), written("12.6", "0.1"))
    (True, False)
    """
    slack = _ZERO if first.step == second.step else max(first.step, second.step)
    return _reaches(first.high, second.low, slack) and _reaches(second.high, first.low, slack)


def _reaches(high: Decimal | None, low: Decimal | None, slack: Decimal) -> bool:
    return high is None or low is None or high + slack >= low


def _find_step(figure: str, quantity: Quantity) -> Decimal:
    """Give the value of the last written digit: 0.01亿 in 2.41亿元, ten in 六成."""
    value = abs(quantity.low if quantity.low is not None else quantity.high or _ZERO)
    match = _NUMBER.search(figure)
    if match:
        number = read_digits(match.group())
        places = len(match.group().replace("．", ".").partition(".")[2])
    else:
        # 百分之三点五 and 六成 have the digits of their value
        number, places = value, max(0, -int(value.normalize().as_tuple().exponent))
    scale = value / number if number else Decimal(1)
    if places:
        return tidy(scale * Decimal(1).scaleb(-places))
    zeros = _count_zeros(number)
    if unit_kind(quantity.unit) in _SHARES:
        return scale if match else Decimal(1).scaleb(zeros)
    if zeros >= _ROUND_ZEROS:
        return min(scale * Decimal(1).scaleb(zeros), value * _ROUND_SHARE)
    # a count of things without 万 or 亿 is not rounded: 125家
    return _ZERO if scale == 1 and unit_kind(quantity.unit) in _COUNTED else scale


def _count_zeros(number: Decimal) -> int:
    digits = f"{number:f}"
    return len(digits) - len(digits.rstrip("0")) if number else 0


def unit_kind(unit: str | None) -> UnitKind | None:
    """Tell what a base unit measures; None for a unit that is not in the table.

    Examples
    --------
    >>> unit_kind("CNY"), unit_kind("家"), unit_kind("件/万人") is None
    (<UnitKind.MONEY: 'money'>, <UnitKind.COUNT: 'count'>, True)
    """
    return None if unit is None else _unit_kinds().get(unit)


@cache
def _unit_kinds() -> dict[str, UnitKind]:
    return {unit.base: unit.kind for unit in load_units()}
