"""What a figure may choose: a METRIC or a holder, or several that are coordinated, as one choice.

By the standard a figure has one METRIC and one holder unless these are coordinated (总量和占比均居前列, 中鼎、凤形共获5项). With a
coordinated group as a choice of its own, a figure never chooses more than once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhibiao.rules.spans import LabelledSpan

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_JOIN = re.compile(r"(?:[（(][^（()）]*[)）])?[”\"》]?\s*(?:、|和|及|与|以及|或|，和|兼)\s*[“\"《]?|”“|》《")
# The longest gap between two coordinated spans: a bracket with a short name, and a joining word.
_GAP = 46
# More than this many are two groups, so that the pairs of a list of figures and a list of names stay linear. The longest group
# in the training reports has 6.
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Targets:
    """The spans a figure may choose from, then the coordinated groups of them, one array entry each.

    Parameters
    ----------
    spans
        The spans in text order; target ``i`` is span ``i`` alone as long as there are spans.
    members
        The spans that each target stands for.
    start, end, sentence
        From its first span to its last, and the number of the sentence.
    place
        Whether it is a mere place, which becomes an ORG only if it holds a figure.
    index, size
        Its place in its group, and how many that group has; 0 of 1 for a span that is not coordinated.
    whole
        Whether it is a group.
    unit
        The number of its group in text order; a span that is not coordinated is a group of its own here.
    unit_start
        Where each of these begins.
    """

    spans: Sequence[LabelledSpan]
    members: Sequence[tuple[int, ...]]
    start: Ints
    end: Ints
    sentence: Ints
    place: Flags
    index: Ints
    size: Ints
    whole: Flags
    unit: Ints
    unit_start: Ints


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of a figure and a target it may choose, sorted by figure.

    ``steps`` counts the groups from the figure to the target: -1 is the nearest on the left, 1 the nearest on the right.
    """

    figure: Ints
    target: Ints
    steps: Ints

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.figure)

    def bounds(self, figures: int) -> Ints:
        """Give where the pairs of each figure begin, and at last where they end."""
        return np.searchsorted(self.figure, np.arange(figures + 1))


def make_targets(
    text: str, sentence_start: Ints, spans: Sequence[LabelledSpan], places: Sequence[bool] = ()
) -> Targets:
    """Make the targets of the spans of one kind.

    Parameters
    ----------
    text, sentence_start
        The report's text, and where its sentences begin.
    spans
        METRICs or holders, in text order.
    places
        Whether each span is a mere place; none is if left out.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> text = "专利申请量、授权量分别达7件、5件"
    >>> metrics = [LabelledSpan(0, 5, EntityLabel.METRIC), LabelledSpan(6, 9, EntityLabel.METRIC)]
    >>> targets = make_targets(text, np.array([0]), metrics)
    >>> list(targets.members), targets.index.tolist(), targets.size.tolist()
    ([(0,), (1,), (0, 1)], [0, 1, 0], [2, 2, 2])
    """
    start = np.array([span.start for span in spans], dtype=np.int64)
    sentence = np.searchsorted(sentence_start, start, side="right") - 1
    groups = list(_coordinated(text, spans, sentence.tolist()))
    group_of = {member: group for group in groups for member in group}
    alone = [(number,) for number in range(len(spans))]
    members = [*alone, *groups]
    leader = np.array([group_of.get(one[0], one)[0] for one in members], dtype=np.int64)
    leaders, unit = np.unique(leader, return_inverse=True)
    first = np.array([one[0] for one in members], dtype=np.int64)
    return Targets(
        spans,
        members,
        start=start[first],
        end=np.array([spans[one[-1]].end for one in members], dtype=np.int64),
        sentence=sentence[first],
        place=np.array(places or [False] * len(spans), dtype=np.bool_)[first],
        index=np.array([group_of.get(one[0], one).index(one[0]) for one in members], dtype=np.int64),
        size=np.array([len(group_of.get(one[0], one)) for one in members], dtype=np.int64),
        whole=np.array([len(one) > 1 for one in members], dtype=np.bool_),
        unit=unit,
        unit_start=start[leaders],
    )


def _coordinated(text: str, spans: Sequence[LabelledSpan], sentence: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Find groups of spans that joining marks alone part; a short name in brackets between them belongs to none."""
    group: list[int] = []
    for number, span in enumerate(spans):
        near = group and sentence[number] == sentence[group[-1]] and span.start - spans[group[-1]].end <= _GAP
        if near and len(group) < _LONGEST:
            gap = text[spans[group[-1]].end : span.start]
            if _JOIN.fullmatch(gap):
                group.append(number)
                continue
            # 中国银行([中行])、建设银行
            if max(gap.rfind("("), gap.rfind("（")) > max(gap.rfind(")"), gap.rfind("）")):
                continue
        if len(group) > 1:
            yield tuple(group)
        group = [number]
    if len(group) > 1:
        yield tuple(group)


def make_choices(
    figure_start: Ints, figure_end: Ints, figure_sentence: Ints, targets: Targets, *, left: int, right: int
) -> Choices:
    """List for each figure the targets of its sentence, at most some groups away on either side.

    The limits keep the number of pairs linear in the text's length.

    Parameters
    ----------
    figure_start, figure_end, figure_sentence
        Of the figures, in text order.
    targets
        What they may choose.
    left, right
        How many groups to look at on either side.
    """
    before = np.searchsorted(targets.unit_start, figure_start)
    unit_sentence = np.zeros(len(targets.unit_start), dtype=np.int64)
    unit_sentence[targets.unit] = targets.sentence
    low = np.maximum(np.searchsorted(unit_sentence, figure_sentence), before - left)
    high = np.minimum(np.searchsorted(unit_sentence, figure_sentence, side="right"), before + right)
    by_unit = np.argsort(targets.unit, kind="stable")
    unit_bounds = np.searchsorted(targets.unit[by_unit], np.arange(len(targets.unit_start) + 1))
    first, last = unit_bounds[low], unit_bounds[np.maximum(low, high)]
    count = last - first
    figure = np.repeat(np.arange(len(figure_start)), count)
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    target = by_unit[first[figure] + offset]
    # A group that reaches over the figure is none of its choices.
    apart = (targets.end[target] <= figure_start[figure]) | (targets.start[target] >= figure_end[figure])
    figure, target = figure[apart], target[apart]
    steps = targets.unit[target] - before[figure]
    return Choices(figure, target, np.where(steps >= 0, steps + 1, steps))


def choice_chances(scores: Floats, figure: Ints) -> Floats:
    """Turn the scores of choices into chances; to choose none scores 0.

    Parameters
    ----------
    scores, figure
        Of each choice, and whose it is; those of a figure stand one after another.

    Examples
    --------
    >>> choice_chances(np.array([0.0, 0.0, 0.0]), np.array([0, 0, 1])).round(2).tolist()
    [0.33, 0.33, 0.5]
    """
    if not len(scores):
        return np.zeros(0)
    firsts = np.flatnonzero(np.diff(figure, prepend=-1))
    counts = np.diff(firsts, append=len(scores))
    highest = np.maximum(np.maximum.reduceat(scores, firsts), 0)
    weight = np.exp(scores - np.repeat(highest, counts))
    total = np.add.reduceat(weight, firsts) + np.exp(-highest)
    chances: Floats = weight / np.repeat(total, counts)
    return chances
