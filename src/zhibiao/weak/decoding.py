"""From probabilities of single items to annotation that the standard allows: flat spans, legal relations.

The spans that were voted for are the states of a sequence: a path through the text steps over one character, or over a whole span, so every
path is flat. Whole spans, not characters with B and I, because the votes are on whole spans: no path can begin as one function says and end as
another. The best path is found by dynamic programming, as Viterbi's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from zhibiao.labels import RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.table import Pair

_JOINED = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*")


def choose_spans(weighed: Mapping[LabelledSpan, float], threshold: float) -> list[LabelledSpan]:
    """Take the flat spans whose probabilities exceed the threshold by the largest sum.

    The best F1 to be expected is reached near a threshold of half its own value, so it lies below one half.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> one, two = LabelledSpan(0, 4, EntityLabel.METRIC), LabelledSpan(2, 6, EntityLabel.METRIC)
    >>> [span.start for span in choose_spans({one: 0.5, two: 0.45}, 0.4)]
    [0]
    """
    spans = sorted((span for span, p in weighed.items() if p > threshold), key=lambda span: (span.end, span.start))
    ends = [span.end for span in spans]
    best, taken = [0.0], []
    for span in spans:
        gain = best[bisect_right(ends, span.start)] + weighed[span] - threshold
        taken.append(gain > best[-1])
        best.append(max(gain, best[-1]))
    chosen, place = [], len(spans)
    while place:
        place -= 1
        if taken[place]:
            chosen.append(spans[place])
            place = bisect_right(ends, spans[place].start)
    return chosen[::-1]


def choose_relations(
    text: str, found: Mapping[Pair, tuple[RelationLabel, float]], threshold: float
) -> dict[Pair, tuple[RelationLabel, float]]:
    """Take relations above the threshold, at most one METRIC and one holder for each figure unless a list joins them.

    Parameters
    ----------
    text
        The report's text.
    found
        For each pair the likeliest relation and its probability.
    threshold
        The least probability.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> a, b = LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 5, EntityLabel.METRIC)
    >>> figure = LabelledSpan(7, 9, EntityLabel.RANK)
    >>> both = {(a, figure): (RelationLabel.HAS_RANK, 0.6), (b, figure): (RelationLabel.HAS_RANK, 0.9)}
    >>> [len(choose_relations(text, both, 0.5)) for text in ("总量和占比均居前列", "总量是占比均居前列")]
    [2, 1]
    """
    groups: dict[tuple[LabelledSpan, bool], list[Pair]] = {}
    for pair, (label, probability) in found.items():
        if probability > threshold:
            held = label is RelationLabel.HELD_BY
            groups.setdefault((pair[0] if held else pair[1], held), []).append(pair)
    chosen: dict[Pair, tuple[RelationLabel, float]] = {}
    for (_figure, held), pairs in groups.items():
        other = 1 if held else 0
        best = max(pairs, key=lambda pair: (found[pair][1], pair))
        for pair in pairs:
            if pair == best or _listed(text, pair[other], best[other], [p[other] for p in pairs]):
                chosen[pair] = found[pair]
    return chosen


def _listed(text: str, one: LabelledSpan, best: LabelledSpan, all_of: Sequence[LabelledSpan]) -> bool:
    """Tell whether a chain of joining marks leads from one span to the best, over spans that share the figure."""
    first, last = sorted((one, best))
    reached = first
    for span in sorted(all_of):
        if reached.end <= span.start and span <= last and _JOINED.fullmatch(text, reached.end, span.start):
            reached = span
    return reached == last
