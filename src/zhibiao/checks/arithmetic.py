"""Growth, ratio and difference of figures that are only known within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from zhibiao.checks.written import Written

HUNDRED: Final = Decimal(100)
_SHOWN: Final = Decimal("0.01")
# quotients are kept to four places, outwards, so that an interval never gets narrower
_STEP: Final = Decimal("0.0001")
_CONTEXT: Final = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from ``low`` to ``high``; None where it is open."""

    low: Decimal | None
    high: Decimal | None

    def allows(self, found: Written) -> bool:
        """Tell whether a figure can be a number of the interval; its last digit may be rounded or cut off.

        Examples
        --------
        >>> stated = Written(Decimal("12.5"), Decimal("12.5"), Decimal("0.1"))
        >>> Interval(Decimal("12.59"), Decimal(13)).allows(stated), Interval(Decimal(14), None).allows(stated)
        (True, False)
        """
        above = self.low is None or found.high is None or found.high + found.step >= self.low
        return above and (self.high is None or found.low is None or found.low - found.step <= self.high)


def ratio(part: Written, whole: Written) -> Interval | None:
    """Divide two figures, in percent; None where the divisor may be zero or the figures change sign.

    Examples
    --------
    97 of a target of 120 is 80.8 %:

    >>> exact = [Written(Decimal(number), Decimal(number), Decimal(0)) for number in (97, 120)]
    >>> round(ratio(*exact).low, 1)
    Decimal('80.8')
    """
    part_low, whole_low = part.rounded_low, whole.rounded_low
    if part_low is None or part_low < 0 or whole_low is None or whole_low <= 0:
        return None
    return Interval(
        None if whole.rounded_high is None else _round(part_low / whole.rounded_high * HUNDRED, ROUND_FLOOR),
        None if part.rounded_high is None else _round(part.rounded_high / whole_low * HUNDRED, ROUND_CEILING),
    )


def growth(before: Written, after: Written) -> Interval | None:
    """Give the growth from one figure to another, in percent; negative for a fall, None as for :func:`ratio`.

    Examples
    --------
    从2.57万元增加到3.52万元, each rounded to a hundred yuan:

    >>> before, after = (Written(Decimal(n), Decimal(n), Decimal(100)) for n in (25700, 35200))
    >>> found = growth(before, after)
    >>> round(found.low, 1), round(found.high, 1)
    (Decimal('36.5'), Decimal('37.4'))
    """
    found = ratio(after, before)
    return None if found is None else shift(found, -HUNDRED)


def difference(before: Written, after: Written) -> Interval:
    """Give what was added from one figure to another; negative for a fall.

    Examples
    --------
    从154家增加到312家:

    >>> difference(*(Written(Decimal(n), Decimal(n), Decimal(0)) for n in (154, 312))).low
    Decimal('158')
    """
    return Interval(
        _subtract(after.rounded_low, before.rounded_high), _subtract(after.rounded_high, before.rounded_low)
    )


def shift(interval: Interval, by: Decimal) -> Interval:
    """Add a number to both ends.

    Examples
    --------
    >>> shift(Interval(Decimal(112), None), -HUNDRED)
    Interval(low=Decimal('12'), high=None)
    """
    return Interval(*(None if end is None else end + by for end in (interval.low, interval.high)))


def divide(interval: Interval, by: Decimal) -> Interval:
    """Divide both ends by a positive number: 230 % are 2.3 times.

    Examples
    --------
    >>> divide(Interval(Decimal(230), None), HUNDRED)
    Interval(low=Decimal('2.3'), high=None)
    """
    return Interval(*(None if end is None else end / by for end in (interval.low, interval.high)))


def turn(interval: Interval) -> Interval:
    """Give a fall as a positive number: 下降3% is a growth of -3 %.

    Examples
    --------
    >>> turn(Interval(Decimal(-4), Decimal(-3)))
    Interval(low=Decimal('3'), high=Decimal('4'))
    """
    low, high = interval.low, interval.high
    return Interval(None if high is None else -high, None if low is None else -low)


def show(interval: Interval) -> str:
    """Write an interval for a reader: ``12.4``, ``12.4 to 12.6``, ``100 or more``.

    Examples
    --------
    >>> show(Interval(Decimal("12.401"), Decimal("12.62"))), show(Interval(None, Decimal(5)))
    ('12.4 to 12.62', '5 or less')
    """
    low, high = (None if end is None else _plain(end) for end in (interval.low, interval.high))
    if low is None or high is None:
        return f"{low} or more" if low else f"{high} or less" if high else "any number"
    return low if low == high else f"{low} to {high}"


def _round(number: Decimal, way: str) -> Decimal:
    return number.quantize(_STEP, way, _CONTEXT)


def _plain(number: Decimal) -> str:
    text = f"{number.quantize(_SHOWN):f}" if abs(number) < 10**18 else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _subtract(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else first - second
