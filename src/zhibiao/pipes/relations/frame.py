"""A report as the relation features see it: its figures, what each may choose, and the counts between them, as arrays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from zhibiao.labels import FIGURES, EntityLabel
from zhibiao.pipes.relations.stretches import Stretches, count_stretches
from zhibiao.pipes.relations.targets import Targets, make_targets
from zhibiao.rules.spans import LabelledSpan

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Zeros on both sides of the text's code points, so that a context that reaches over its ends needs no check.
PADDING = 8
_HEDGE = r"(?:以上|以下|以内|左右|上下|[多余强])*$"
# The kind of a figure's unit, by its end: 18.1[个百分点], 三[成]以上, 3,600余[万元].
_KINDS = {
    "point": "个?百分点|个点",
    "percent": r"[%％成半]|分之[^%％]{1,9}",
    "times": "[倍番]",
    "money": "元",
    "places": "位次?",
    "digits": "位数",
    "person": "人次?|名",
    "measure": "亩|平方[公千]?[米里]|公里|吨|千瓦时?|斤|米|升|公顷|标箱",
    "time": "年|个?月|天|岁|小时|分钟|秒",
    "count": "[家项个件户所支场次份篇期只台套条座批辆种类门块]",
}
KINDS = (*_KINDS, "other", "rank")
_OTHER, _RANK = len(_KINDS), len(_KINDS) + 1
_KIND = re.compile("|".join(f"(?P<{name}>(?:{pattern}){_HEDGE})" for name, pattern in _KINDS.items()))
# Figures that follow one another with nothing but a joining mark between: 分别达300家、200家.
_SERIES = re.compile(r"\s*(?:、|和|及|与|以及|或|，|,)\s*")


@dataclass(frozen=True, slots=True)
class Figures:
    """The AMOUNTs and RANKs in text order, one array entry each.

    Parameters
    ----------
    spans, start, end, sentence
        Where they stand, and the sentence's number.
    kind
        Place of the unit's kind in `KINDS`.
    lead, trail
        The stretch in front begins at ``lead``, behind the figure before it or where its clause begins; the stretch behind ends at
        ``trail``, at the next figure or the sentence's end.
    index, count
        Its place among the figures of its sentence, and how many these are.
    in_series, series
        Its place in a series of figures that marks alone part, and how many these are.
    """

    spans: Sequence[LabelledSpan]
    start: Ints
    end: Ints
    sentence: Ints
    kind: Ints
    lead: Ints
    trail: Ints
    index: Ints
    count: Ints
    in_series: Ints
    series: Ints

    def __len__(self) -> int:
        """Count the figures."""
        return len(self.spans)

    @property
    def is_rank(self) -> Flags:
        """Whether each is a RANK."""
        return np.equal(self.kind, _RANK)


@dataclass(frozen=True, slots=True)
class Frame:
    """A report's text with its figures and their targets; ``codes`` are its code points between `PADDING` zeros."""

    text: str
    codes: Ints
    sentence_start: Ints
    sentence_end: Ints
    stretches: Stretches
    figures: Figures
    metrics: Targets
    holders: Targets

    def clause_start(self, place: Ints, sentence: Ints) -> Ints:
        """Give where the clause of each place begins, in its sentence."""
        return clause_start(self.stretches.clauses, place, self.sentence_start[sentence])

    def clause_end(self, place: Ints, sentence: Ints) -> Ints:
        """Give where the clause of each place ends, in its sentence."""
        ends = np.append(self.stretches.clauses, len(self.text))[np.searchsorted(self.stretches.clauses, place)]
        end: Ints = np.maximum(np.minimum(ends, self.sentence_end[sentence]), place)
        return end


def clause_start(clauses: Ints, place: Ints, least: Ints) -> Ints:
    """Give the place behind the last of some marks before each place, or the least where there is none."""
    behind = np.append(0, clauses + 1)[np.searchsorted(clauses, place)]
    start: Ints = np.minimum(np.maximum(behind, least), place)
    return start


def read_frame(
    text: str,
    sentences: Sequence[tuple[int, int]],
    spans: Sequence[LabelledSpan],
    places: Iterable[LabelledSpan] = (),
) -> Frame:
    """Read a report's frame.

    Parameters
    ----------
    text, sentences
        The report.
    spans
        Its entities, flat, in text order.
    places
        Place names and self-references, which are an ORG only if they hold a figure. One that overlaps another ORG is left out.

    Examples
    --------
    >>> spans = [LabelledSpan(2, 4, EntityLabel.METRIC), LabelledSpan(5, 9, EntityLabel.AMOUNT)]
    >>> spans += [LabelledSpan(11, 16, EntityLabel.RANK)]
    >>> frame = read_frame("全市高企达125家,居全省第3位", [(0, 16)], spans, [LabelledSpan(0, 2, EntityLabel.ORG)])
    >>> [KINDS[kind] for kind in frame.figures.kind], frame.holders.place.tolist(), frame.figures.lead.tolist()
    (['count', 'rank'], [True], [0, 10])
    """
    figures = [span for span in spans if span.label in FIGURES]
    metrics = [span for span in spans if span.label is EntityLabel.METRIC]
    named = [span for span in spans if span.label is EntityLabel.ORG]
    holders = sorted([*named, *_free(places, spans)], key=attrgetter("start"))
    bounds = np.array([*sentences, (len(text), len(text))], dtype=np.int64).reshape(-1, 2)
    sentence_of = np.searchsorted(bounds[:, 0], [figure.start for figure in figures], side="right") - 1
    stretches = count_stretches(
        text,
        [sentences[number] for number in np.unique(sentence_of)],
        figures=figures,
        metrics=metrics,
        holders=holders,
    )
    known = set(spans)
    return Frame(
        text,
        _code_points(text),
        bounds[:, 0],
        bounds[:, 1],
        stretches,
        _make_figures(text, bounds, sentence_of.astype(np.int64), stretches.clauses, figures),
        make_targets(text, bounds[:, 0], metrics),
        make_targets(text, bounds[:, 0], holders, [holder not in known for holder in holders]),
    )


def _code_points(text: str) -> Ints:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.pad(codes.astype(np.int64), PADDING)


def _free(places: Iterable[LabelledSpan], spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Give the places that overlap neither a span nor an earlier place."""
    ends = np.array([span.end for span in spans], dtype=np.int64)
    cursor = 0
    for place in sorted(set(places)):
        number = int(np.searchsorted(ends, place.start, side="right"))
        if place.start >= cursor and (number == len(spans) or spans[number].start >= place.end):
            cursor = place.end
            yield place


def _make_figures(text: str, bounds: Ints, sentence: Ints, clauses: Ints, spans: Sequence[LabelledSpan]) -> Figures:
    start = np.array([span.start for span in spans], dtype=np.int64)
    end = np.array([span.end for span in spans], dtype=np.int64)
    numbers = np.arange(len(spans))
    first = np.searchsorted(sentence, sentence)
    last = np.searchsorted(sentence, sentence, side="right") - 1
    before = np.where(first < numbers, np.append(0, end)[numbers], 0)
    behind = np.where(last > numbers, np.append(start, 0)[1:], bounds[sentence, 1])
    in_series, series = _find_series(text, spans)
    return Figures(
        spans,
        start,
        end,
        sentence,
        np.array([figure_kind(text, span) for span in spans], dtype=np.int64),
        lead=np.maximum(clause_start(clauses, start, bounds[sentence, 0]), before),
        trail=np.maximum(behind, end),
        index=numbers - first,
        count=last - first + 1,
        in_series=np.array(in_series, dtype=np.int64),
        series=np.array(series, dtype=np.int64),
    )


def figure_kind(text: str, span: LabelledSpan) -> int:
    """Give the place in `KINDS` of a figure's unit.

    Examples
    --------
    >>> texts = ["18.1个百分点", "百分之三", "近三成", "3,600余万元", "100家以上", "10余家次", "146"]
    >>> [KINDS[figure_kind(text, LabelledSpan(0, len(text), EntityLabel.AMOUNT))] for text in texts]
    ['point', 'percent', 'percent', 'money', 'count', 'count', 'other']
    """
    if span.label is EntityLabel.RANK:
        return _RANK
    match = _KIND.search(text[span.start : span.end])
    return KINDS.index(str(match.lastgroup)) if match else _OTHER


def _find_series(text: str, spans: Sequence[LabelledSpan]) -> tuple[list[int], list[int]]:
    """Give each figure's place in its series, and the series' length."""
    index: list[int] = []
    for number, span in enumerate(spans):
        before = spans[number - 1] if number else None
        goes_on = before is not None and before.label is span.label and _SERIES.fullmatch(text, before.end, span.start)
        index.append(index[-1] + 1 if goes_on else 0)
    length = [0] * len(index)
    for number in reversed(range(len(index))):
        follows = number + 1 < len(index) and index[number + 1] > 0
        length[number] = length[number + 1] if follows else index[number] + 1
    return index, length
