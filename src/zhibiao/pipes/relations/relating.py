"""Relations of a report: the three questions asked of each figure, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhibiao.labels import RelationLabel
from zhibiao.pipes.relations.answers import named_metrics
from zhibiao.pipes.relations.decoding import Decisions, decide
from zhibiao.pipes.relations.features import (
    Description,
    describe_changes,
    describe_holders,
    describe_metrics,
    holder_choices,
    metric_choices,
)
from zhibiao.pipes.relations.frame import Frame
from zhibiao.pipes.relations.targets import Choices, Targets, choice_chances
from zhibiao.rules.spans import LabelledSpan

Ask = Callable[[Description], npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Askers:
    """What scores the answers to each question: which METRIC, which holder, and whether a figure tells a change."""

    metric: Ask
    holder: Ask
    change: Ask


@dataclass(frozen=True, slots=True)
class Least:
    """How likely a METRIC and a holder must be to be chosen."""

    metric: float
    holder: float


@dataclass(frozen=True, slots=True)
class ScoredLink:
    """A relation between two spans, and how likely it is."""

    head: LabelledSpan
    child: LabelledSpan
    label: RelationLabel
    score: float


def relate(frame: Frame, askers: Askers, least: Least) -> list[ScoredLink]:
    """Relate the spans of a report: the figures' METRICs, then their holders.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.pipes.relations.frame import read_frame
    >>> spans = [LabelledSpan(2, 6, EntityLabel.METRIC), LabelledSpan(7, 11, EntityLabel.AMOUNT)]
    >>> frame = read_frame("全市高企总数达125家", [(0, 11)], spans, [LabelledSpan(0, 2, EntityLabel.ORG)])
    >>> sure = lambda description: np.full(len(description), 5.0)
    >>> links = relate(frame, Askers(sure, sure, lambda description: -sure(description)), Least(0.5, 0.5))
    >>> [(link.label.value, link.head.start, link.child.start, round(link.score, 2)) for link in links]
    [('HAS_VALUE', 2, 7, 0.99), ('HELD_BY', 7, 0, 0.99)]
    """
    if not len(frame.figures):
        return []
    choices = metric_choices(frame)
    scores = askers.metric(describe_metrics(frame, choices))
    metrics = _decide(frame, frame.metrics, choices, scores, least.metric)
    named = named_metrics(frame, {figure: frame.metrics.members[target] for figure, target in metrics.targets.items()})
    changes = 1 / (1 + np.exp(-askers.change(describe_changes(frame, named))))
    choices = holder_choices(frame)
    scores = askers.holder(describe_holders(frame, choices, named))
    holders = _decide(frame, frame.holders, choices, scores, least.holder)
    return [*_has_links(frame, metrics, changes.tolist()), *_held_links(frame, holders, metrics)]


def _decide(
    frame: Frame, targets: Targets, choices: Choices, scores: npt.NDArray[np.float64], least: float
) -> Decisions:
    return decide(frame.figures, targets, choices, choice_chances(scores, choices.figure), least=least)


def _has_links(frame: Frame, metrics: Decisions, changes: Sequence[float]) -> Iterator[ScoredLink]:
    ranks = frame.figures.is_rank
    for figure, target in metrics.targets.items():
        label, chance = RelationLabel.HAS_RANK, 1.0
        if not ranks[figure]:
            change = changes[figure]
            label = RelationLabel.HAS_CHANGE if change > 0.5 else RelationLabel.HAS_VALUE
            chance = max(change, 1 - change)
        for member, sure in zip(frame.metrics.members[target], metrics.chances[figure], strict=True):
            yield ScoredLink(frame.metrics.spans[member], frame.figures.spans[figure], label, min(sure, 1.0) * chance)


def _held_links(frame: Frame, holders: Decisions, metrics: Decisions) -> Iterator[ScoredLink]:
    """Link the holders of figures that have a METRIC: by the standard the others have no relation."""
    for figure, target in holders.targets.items():
        if figure not in metrics.targets:
            continue
        for member, sure in zip(frame.holders.members[target], holders.chances[figure], strict=True):
            holder = frame.holders.spans[member]
            yield ScoredLink(frame.figures.spans[figure], holder, RelationLabel.HELD_BY, min(sure, 1.0))
