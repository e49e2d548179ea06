"""Deciding all choices of a report under what the standard allows.

- A figure has at most one METRIC and one holder, or one coordinated group of them: it chooses once, and a group is a choice.
- Lists pair in order, one to one (专利申请量、授权量分别达7件、5件): in a series of figures beside a group of as many targets, either every
  figure chooses its own mate, or none chooses a single one of them.

Nothing else binds figures together, so the likeliest of all allowed decisions is found exactly, series by series.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhibiao.pipes.relations.frame import Figures
from zhibiao.pipes.relations.targets import Choices, Targets

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# So that a chance of 0 has a logarithm.
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Decisions:
    """What figures chose.

    Parameters
    ----------
    targets
        The target of each figure that chose one, by number.
    chances
        For each of these the chance that the figure has to do with each member of the target.
    """

    targets: dict[int, int]
    chances: dict[int, tuple[float, ...]]


def decide(figures: Figures, targets: Targets, choices: Choices, chances: Floats, *, least: float) -> Decisions:
    """Decide what each figure chooses.

    Parameters
    ----------
    figures, targets, choices
        Who may choose what.
    chances
        Of each choice, as from `choice_chances`.
    least
        A choice less likely than this is not made.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.pipes.relations.features import metric_choices
    >>> from zhibiao.pipes.relations.frame import read_frame
    >>> from zhibiao.rules.spans import LabelledSpan
    >>> spans = [LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 5, EntityLabel.METRIC),
    ...          LabelledSpan(8, 11, EntityLabel.AMOUNT), LabelledSpan(12, 15, EntityLabel.AMOUNT)]
    >>> frame = read_frame("论文、专著分别达70篇、20部", [(0, 15)], spans)
    >>> choices = metric_choices(frame)
    >>> [frame.metrics.members[target] for target in choices.target[:3]]
    [(0,), (1,), (0, 1)]
    >>> chances = np.array([0.8, 0.1, 0.1, 0.1, 0.4, 0.0])
    >>> decide(frame.figures, frame.metrics, choices, chances, least=0.45).targets
    {0: 0, 1: 1}
    """
    mates = _mates(figures, targets, choices)
    chosen = _best_rows(choices, np.where(mates, -1.0, chances), least)
    none = 1 - np.bincount(choices.figure, chances, minlength=len(figures))
    for pairing in _pairings(figures, targets, choices, np.flatnonzero(mates)):
        series = choices.figure[pairing].tolist()
        instead = [chances[chosen[figure]] if figure in chosen else none[figure] for figure in series]
        if chances[pairing].mean() >= least and _likelihood(chances[pairing]) > _likelihood(instead):
            chosen.update(zip(series, pairing, strict=True))
    return Decisions(
        {figure: int(choices.target[row]) for figure, row in sorted(chosen.items())},
        _member_chances(targets, choices, chances, chosen, choices.bounds(len(figures))),
    )


def _best_rows(choices: Choices, chances: Floats, least: float) -> dict[int, int]:
    """Give the row of the likeliest choice of each figure whose chance is enough; of equals the first."""
    order = np.lexsort((-chances, choices.figure))
    first = order[np.flatnonzero(np.diff(choices.figure[order], prepend=-1))]
    return {int(choices.figure[row]): int(row) for row in first if chances[row] >= least}


def _mates(figures: Figures, targets: Targets, choices: Choices) -> Flags:
    """Mark the choices of one target out of a group that is as long as the figure's series."""
    size = targets.size[choices.target]
    found: Flags = (size > 1) & (size == figures.series[choices.figure]) & ~targets.whole[choices.target]
    return found


def _pairings(figures: Figures, targets: Targets, choices: Choices, mates: Ints) -> Iterator[list[int]]:
    """Give for each series beside a group as long the rows where each figure chooses its own mate, in order."""
    pairings: dict[tuple[int, int], list[int]] = {}
    for row in mates.tolist():
        figure, target = choices.figure[row], choices.target[row]
        if figures.in_series[figure] == targets.index[target]:
            series = int(figure - figures.in_series[figure])
            pairings.setdefault((series, int(targets.unit[target])), []).append(row)
    for (series, _), rows in pairings.items():
        if len(rows) == figures.series[series]:
            yield rows


def _likelihood(chances: npt.ArrayLike) -> float:
    return float(np.log(np.maximum(chances, _TINY)).sum())


def _member_chances(
    targets: Targets, choices: Choices, chances: Floats, chosen: Mapping[int, int], bounds: Ints
) -> dict[int, tuple[float, ...]]:
    """Add up, for each span that a figure chose, the chances of all its choices that have the span in them."""
    found: dict[int, tuple[float, ...]] = {}
    for figure, row in chosen.items():
        members = targets.members[choices.target[row]]
        if targets.size[choices.target[row]] == 1:
            found[figure] = (float(chances[row]),)
            continue
        rows = range(bounds[figure], bounds[figure + 1])
        found[figure] = tuple(
            float(sum(chances[other] for other in rows if member in targets.members[choices.target[other]]))
            for member in members
        )
    return found
