"""How sure a score is: intervals and tests over whole reports, since the sentences of one report are alike.

Sources: B. Efron and R. Tibshirani, *An Introduction to the Bootstrap* (1993), for the percentile interval; E. Noreen,
*Computer-Intensive Methods for Testing Hypotheses* (1989), for approximate randomisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhibiao.scoring.counts import Counts

# Below these a resampled score is an anecdote: five reports have only 126 different resamples, and one item among
# twenty moves the score by five points.
FEWEST_REPORTS = 6
FEWEST_ITEMS = 20
SAMPLES = 2000
ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Interval:
    """The range that holds a share ``level`` of the resampled scores."""

    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """The F1 of two systems on the same reports.

    Parameters
    ----------
    difference
        F1 of the second less F1 of the first.
    interval
        Of the difference; None where there is too little to say.
    p_value
        How often a difference as large comes up when each report's outputs are swapped at random; None likewise.
    """

    difference: float
    interval: Interval | None
    p_value: float | None


def enough(reports: Sequence[Counts]) -> bool:
    """Tell whether there are enough reports with something to find, and enough to find, for an interval."""
    held = [counts.reference for counts in reports if counts.reference]
    return len(held) >= FEWEST_REPORTS and sum(held) >= FEWEST_ITEMS


def f1_interval(reports: Sequence[Counts], *, samples: int = SAMPLES, seed: int = 0) -> Interval | None:
    """Give the 95 % bootstrap interval of the micro-averaged F1, drawing whole reports.

    Parameters
    ----------
    reports
        Counts of each report.
    samples
        How many times to draw.

    Returns
    -------
    Interval or None
        None where `enough` says that there is too little to say.

    Examples
    --------
    >>> f1_interval([Counts(9, 10, 10)] * 8)
    Interval(low=0.9, high=0.9, level=0.95)
    >>> f1_interval([Counts(9, 10, 10)] * 2) is None
    True
    """
    if not enough(reports):
        return None
    drawn = _draw(len(reports), samples, seed)
    return _percentiles(_f1(_sums(reports, drawn)))


def compare_reports(
    first: Sequence[Counts], second: Sequence[Counts], *, samples: int = SAMPLES, rounds: int = ROUNDS, seed: int = 0
) -> Comparison | None:
    """Compare two systems by the F1 of the same reports.

    Returns
    -------
    Comparison or None
        None where one of them has no score at all.

    Examples
    --------
    >>> worse, better = [Counts(6, 10, 10)] * 8, [Counts(9, 10, 10)] * 8
    >>> comparison = compare_reports(worse, better)
    >>> round(comparison.difference, 3), comparison.p_value < 0.05
    (0.3, True)
    """
    table_first, table_second = _table(first), _table(second)
    observed = [float(score) for score in _f1(np.stack([table_first.sum(axis=0), table_second.sum(axis=0)]))]
    if np.isnan(observed).any():
        return None
    difference = observed[1] - observed[0]
    if not (enough(first) and enough(second)):
        return Comparison(difference, None, None)
    drawn = _draw(len(first), samples, seed)
    spread = _f1(_sums(second, drawn)) - _f1(_sums(first, drawn))
    swapped = np.random.default_rng(seed).random((rounds, len(first))) < 0.5
    change = swapped @ (table_second - table_first)
    differences = _f1(table_second.sum(axis=0) - change) - _f1(table_first.sum(axis=0) + change)
    # A hair of tolerance: equal differences come out of different sums. One more for the observed itself (Noreen).
    as_large = int((np.abs(differences) >= abs(difference) - 1e-12).sum())
    return Comparison(difference, _percentiles(spread), (as_large + 1) / (rounds + 1))


Table = npt.NDArray[np.float64]


def _table(reports: Sequence[Counts]) -> Table:
    """Give matched, reference, predicted of each report, of shape (reports, 3)."""
    rows = [(counts.matched, counts.reference, counts.predicted) for counts in reports]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _draw(reports: int, samples: int, seed: int) -> Table:
    """Say how often each report is drawn in each sample, of shape (samples, reports)."""
    return np.random.default_rng(seed).multinomial(reports, [1 / reports] * reports, size=samples).astype(np.float64)


def _sums(reports: Sequence[Counts], drawn: Table) -> Table:
    sums: Table = drawn @ _table(reports)
    return sums


def _f1(sums: Table) -> Table:
    size = sums[:, 1] + sums[:, 2]
    scores: Table = np.divide(2 * sums[:, 0], size, out=np.full(len(sums), np.nan), where=size > 0)
    return scores


def _percentiles(scores: Table, level: float = 0.95) -> Interval:
    tail = (1 - level) / 2
    low, high = np.nanquantile(scores, [tail, 1 - tail])
    return Interval(float(low), float(high), level)
