"""Counts of what was found, missed and made up, and the scores they give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items two sides have in common, and how many each has.

    Examples
    --------
    >>> counts = Counts(matched=8, reference=10, predicted=9)
    >>> round(counts.precision, 3), counts.recall, round(counts.f1, 3)
    (0.889, 0.8, 0.842)
    >>> Counts(0, 0, 0).f1 is None
    True
    """

    matched: int
    reference: int
    predicted: int

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None where nothing was predicted."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the reference that was found; None where there was nothing to find."""
        return self.matched / self.reference if self.reference else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where neither side has anything."""
        size = self.reference + self.predicted
        return 2 * self.matched / size if size else None

    def __add__(self, other: Counts) -> Counts:
        """Sum the counts of two texts."""
        return Counts(self.matched + other.matched, self.reference + other.reference, self.predicted + other.predicted)


def total(counts: Iterable[Counts]) -> Counts:
    """Sum counts over texts (micro average)."""
    return sum(counts, Counts(0, 0, 0))
