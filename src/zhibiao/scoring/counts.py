"""Counts of what was found, missed and made up, and the scores they give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives counted from the reference and from the prediction, with the size of both.

    In strict matching both counts of true positives are the same; in overlap matching several predicted spans can touch
    one reference span.

    Examples
    --------
    >>> counts = Counts(found=8, reference=10, right=8, predicted=9)
    >>> round(counts.precision, 3), counts.recall, round(counts.f1, 3)
    (0.889, 0.8, 0.842)
    >>> Counts(0, 0, 0, 0).f1 is None
    True
    """

    found: int
    reference: int
    right: int
    predicted: int

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None where nothing was predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the reference that was found; None where there was nothing to find."""
        return self.found / self.reference if self.reference else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where neither side has anything."""
        if not self.reference and not self.predicted:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def __add__(self, other: Counts) -> Counts:
        """Sum the counts of two texts."""
        return Counts(
            self.found + other.found,
            self.reference + other.reference,
            self.right + other.right,
            self.predicted + other.predicted,
        )


def count_exact(reference: Collection[Key], predicted: Collection[Key]) -> Counts:
    """Count keys that stand on both sides.

    Examples
    --------
    >>> count_exact({"125家", "18家"}, {"125家", "3位"})
    Counts(found=1, reference=2, right=1, predicted=2)
    """
    both = len(set(reference) & set(predicted))
    return Counts(both, len(set(reference)), both, len(set(predicted)))


def count_overlapping(
    reference: Sequence[Key], predicted: Sequence[Key], touches: Callable[[Key, Key], bool]
) -> Counts:
    """Count keys that have a partner on the other side which they touch."""
    return Counts(
        sum(any(touches(key, other) for other in predicted) for key in reference),
        len(reference),
        sum(any(touches(other, key) for other in reference) for key in predicted),
        len(predicted),
    )


def total(counts: Iterable[Counts]) -> Counts:
    """Sum counts over texts (micro average)."""
    return sum(counts, Counts(0, 0, 0, 0))
