"""What the gold says about the choices of a report, whose spans may be gold or predicted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhibiao.labels import FIGURES, EntityLabel, RelationLabel
from zhibiao.pipes.relations.features import Named
from zhibiao.pipes.relations.frame import Frame
from zhibiao.pipes.relations.targets import Choices, Targets
from zhibiao.records import Annotation
from zhibiao.rules.spans import LabelledSpan

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Sets = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Answers:
    """The right answers for the figures of a frame, by number.

    Parameters
    ----------
    metrics, holders
        The METRICs and holders of each figure that has any among the frame's spans.
    changes
        For each AMOUNT with a METRIC in the gold whether it tells a change.
    """

    metrics: Sets
    holders: Sets
    changes: Mapping[int, bool]


def read_answers(frame: Frame, gold: Annotation) -> Answers:
    """Read a frame's answers off the gold; a span stands for the gold span that it overlaps most.

    Examples
    --------
    >>> from zhibiao.pipes.relations.frame import read_frame
    >>> from zhibiao.records import Entity, Relation
    >>> entities = (Entity(0, EntityLabel.METRIC, 2, 6, "高企总数"), Entity(1, EntityLabel.AMOUNT, 7, 11, "125家"))
    >>> gold = Annotation(entities, (Relation(0, 1, RelationLabel.HAS_VALUE),))
    >>> spans = [LabelledSpan(4, 6, EntityLabel.METRIC), LabelledSpan(7, 11, EntityLabel.AMOUNT)]
    >>> read_answers(read_frame("全市高企总数达125家", [(0, 11)], spans), gold)
    Answers(metrics={0: frozenset({0})}, holders={}, changes={0: False})
    """
    spans = {entity.id: LabelledSpan(entity.start, entity.end, entity.label) for entity in gold.entities}
    figure, metric, holder = (
        _counterparts(found, [span for span in spans.values() if span.label in labels])
        for found, labels in (
            (frame.figures.spans, FIGURES),
            (frame.metrics.spans, (EntityLabel.METRIC,)),
            (frame.holders.spans, (EntityLabel.ORG,)),
        )
    )
    metrics: dict[int, set[int]] = {}
    holders: dict[int, set[int]] = {}
    changes: dict[int, bool] = {}
    for relation in gold.relations:
        head, child = spans[relation.head], spans[relation.child]
        if relation.label is RelationLabel.HELD_BY:
            if head in figure and child in holder:
                holders.setdefault(figure[head], set()).add(holder[child])
        elif child in figure:
            if head in metric:
                metrics.setdefault(figure[child], set()).add(metric[head])
            if relation.label is not RelationLabel.HAS_RANK:
                changes[figure[child]] = relation.label is RelationLabel.HAS_CHANGE
    return Answers(
        {number: frozenset(found) for number, found in metrics.items()},
        {number: frozenset(found) for number, found in holders.items()},
        changes,
    )


def _counterparts(found: Sequence[LabelledSpan], gold: Iterable[LabelledSpan]) -> dict[LabelledSpan, int]:
    """Give each gold span the number of the span that stands for it, one to one, the largest overlap first."""
    overlaps: list[tuple[int, int, LabelledSpan]] = []
    first = 0
    for span in sorted(gold):
        while first < len(found) and found[first].end <= span.start:
            first += 1
        number = first
        while number < len(found) and found[number].start < span.end:
            overlaps.append((max(found[number].start, span.start) - min(found[number].end, span.end), number, span))
            number += 1
    counterparts: dict[LabelledSpan, int] = {}
    taken: set[int] = set()
    for _, number, span in sorted(overlaps):
        if span not in counterparts and number not in taken:
            counterparts[span] = number
            taken.add(number)
    return counterparts


def right_choices(choices: Choices, targets: Targets, answers: Sets) -> Flags:
    """Mark the choice of each figure that comes closest to its answer, if any shares a span with it.

    Examples
    --------
    >>> from zhibiao.pipes.relations.targets import make_targets
    >>> spans = [LabelledSpan(0, 2, EntityLabel.ORG), LabelledSpan(3, 5, EntityLabel.ORG)]
    >>> targets = make_targets("中鼎、凤形共获5项", np.array([0]), spans)
    >>> choices = Choices(np.array([0, 0, 0]), np.array([0, 1, 2]), np.array([-1, -1, -1]))
    >>> right_choices(choices, targets, {0: frozenset({0, 1})}).tolist()
    [False, False, True]
    """
    right = np.zeros(len(choices), dtype=np.bool_)
    bounds = choices.bounds(int(choices.figure[-1]) + 1) if len(choices) else np.zeros(1, dtype=np.int64)
    for figure, answer in answers.items():
        if figure + 1 >= len(bounds):
            continue
        rows = range(bounds[figure], bounds[figure + 1])
        likeness = {row: _likeness(answer, targets.members[choices.target[row]]) for row in rows}
        best = max(rows, key=lambda row: likeness[row], default=None)
        if best is not None and likeness[best]:
            right[best] = True
    return right


def _likeness(answer: frozenset[int], members: Iterable[int]) -> float:
    chosen = frozenset(members)
    return len(answer & chosen) / len(answer | chosen)


def named_metrics(frame: Frame, metrics: Mapping[int, Iterable[int]]) -> Named:
    """Give where the METRIC of each figure begins and ends; of several coordinated ones the last, which stands next to it."""
    start = np.full(len(frame.figures), -1, dtype=np.int64)
    end = start.copy()
    for figure, members in metrics.items():
        span = frame.metrics.spans[max(members)]
        start[figure], end[figure] = span.start, span.end
    return Named(start, end)
