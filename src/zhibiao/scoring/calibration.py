"""Whether a confidence means what it says: of what is given 0.8, eight of ten should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The predictions whose confidence lies in ``(low, high]``: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    number: int
    confidence: float
    right: float


def bin_by_confidence(scores: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Sort predictions into bins of equal width; bins without any are left out.

    Parameters
    ----------
    scores
        The confidence of each prediction, in 0..1.
    right
        Whether it is right.

    Examples
    --------
    >>> bin_by_confidence([0.9, 0.95, 0.3], [True, False, False], bins=2)
    (Bin(low=0.0, high=0.5, number=1, confidence=0.3, right=0.0), Bin(low=0.5, high=1.0, number=2, confidence=0.925, right=0.5))
    """
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for score, is_right in zip(scores, right, strict=True):
        # A bin holds its upper end: 1.0 belongs to the last.
        place = min(bins - 1, max(0, -int(-score * bins // 1) - 1))
        sorted_in.setdefault(place, []).append((score, is_right))
    return tuple(
        Bin(
            place / bins,
            (place + 1) / bins,
            len(found),
            sum(score for score, _ in found) / len(found),
            sum(is_right for _, is_right in found) / len(found),
        )
        for place, found in sorted(sorted_in.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Give the expected calibration error: the distance of confidence and share right, weighed by the number in each bin.

    After Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning (AAAI 2015). None of nothing.

    Examples
    --------
    >>> round(calibration_error(bin_by_confidence([0.9, 0.95, 0.3], [True, False, False], bins=2)), 3)
    0.383
    """
    total = sum(one.number for one in bins)
    return sum(one.number * abs(one.confidence - one.right) for one in bins) / total if total else None
