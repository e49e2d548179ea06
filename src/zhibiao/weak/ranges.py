"""Ranges of a text that can be asked for those in a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Range = tuple[int, int]


class RangeIndex:
    """Ranges in text order.

    Examples
    --------
    >>> RangeIndex([(5, 9), (0, 2), (8, 12)]).inside(4, 10)
    ((1, 5),)
    """

    def __init__(self, found: Iterable[Range]) -> None:
        self._found = sorted(found)
        self._starts = [start for start, _end in self._found]

    def inside(self, start: int, end: int) -> tuple[Range, ...]:
        """Give the ranges that lie in ``[start, end)``, counted from its start."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        return tuple((begin - start, stop - start) for begin, stop in self._found[first:last] if stop <= end)
