"""A labelled range of a text, as rules pass it on before it becomes an entity of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhibiao.labels import EntityLabel


@dataclass(frozen=True, slots=True, order=True)
class LabelledSpan:
    """``[start, end)`` of a text with its label."""

    start: int
    end: int
    label: EntityLabel


class SpanIndex:
    """Sorted, flat spans that can be asked for a range.

    Examples
    --------
    >>> index = SpanIndex([LabelledSpan(0, 2, EntityLabel.ORG), LabelledSpan(5, 7, EntityLabel.AMOUNT)])
    >>> [span.start for span in index.within(1, 9)]
    [5]
    >>> index.overlaps(1, 3)
    True
    """

    def __init__(self, spans: Iterable[LabelledSpan]) -> None:
        self.spans: Sequence[LabelledSpan] = sorted(spans)
        self._starts = [span.start for span in self.spans]

    def within(self, start: int, end: int) -> Sequence[LabelledSpan]:
        """Give the spans that lie in ``[start, end)``, in text order."""
        found = self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return found if not found or found[-1].end <= end else found[:-1]

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether any span shares a character with ``[start, end)``."""
        before = bisect_right(self._starts, end - 1)
        return before > 0 and self.spans[before - 1].end > start
