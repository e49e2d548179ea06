"""What is known of each choice of a figure: counts of what stands between, and symbols for the characters and kinds involved.

Three questions are asked of each figure: which METRIC it speaks of, whether it tells a level or a change, and who holds it.
The first answer is known when the other two are asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhibiao.pipes.relations.frame import KINDS, PADDING, Frame
from zhibiao.pipes.relations.stretches import column
from zhibiao.pipes.relations.targets import Choices, Targets, make_choices

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Symbols = npt.NDArray[np.uint64]

# How many groups of METRICs and of holders a figure looks at on its left and right. In the training reports 99.9 % of
# METRICs stand within (4, 1) and of holders within (7, 1); the room is for spans that are none.
METRIC_REACH = (6, 2)
HOLDER_REACH = (12, 1)
# Counts above are all the same, so that a sentence of a thousand figures looks like one of fifty.
_CAP = 150
_CLAUSE_ENDS = [column(name) for name in ("comma", "semicolon", "colon")]
# FNV-1a over 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
_OFFSET, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)


@dataclass(frozen=True, slots=True)
class Description:
    """Features of some choices.

    Parameters
    ----------
    counts
        Numbers from 0, one row per choice.
    symbols
        Hashed symbols, one row per choice, one column per template.
    """

    counts: Ints
    symbols: Symbols

    def __len__(self) -> int:
        """Count the choices."""
        return len(self.counts)


@dataclass(frozen=True, slots=True)
class Named:
    """The METRIC of each figure, from its first character to the last of a coordinated group; -1 where it has none."""

    start: Ints
    end: Ints


def metric_choices(frame: Frame) -> Choices:
    """List the METRICs that each figure may choose.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.pipes.relations.frame import read_frame
    >>> from zhibiao.rules.spans import LabelledSpan
    >>> spans = [LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 5, EntityLabel.AMOUNT),
    ...          LabelledSpan(6, 8, EntityLabel.METRIC), LabelledSpan(9, 11, EntityLabel.AMOUNT)]
    >>> choices = metric_choices(read_frame("高企达5家,平台达3个", [(0, 11)], spans))
    >>> choices.figure.tolist(), choices.target.tolist(), choices.steps.tolist()
    ([0, 0, 1, 1], [0, 1, 0, 1], [-1, 1, -2, -1])
    """
    return _choices(frame, frame.metrics, METRIC_REACH)


def holder_choices(frame: Frame) -> Choices:
    """List the holders that each figure may choose."""
    return _choices(frame, frame.holders, HOLDER_REACH)


def _choices(frame: Frame, targets: Targets, reach: tuple[int, int]) -> Choices:
    figures = frame.figures
    return make_choices(figures.start, figures.end, figures.sentence, targets, left=reach[0], right=reach[1])


def describe_metrics(frame: Frame, choices: Choices) -> Description:
    """Describe the METRICs that figures may choose."""
    pairs = _Pairs(frame, frame.metrics, choices)
    kind, before = pairs.kind, pairs.kind_before
    step, clauses, between = np.clip(pairs.steps, -4, 3), np.minimum(pairs.clauses, 3), np.minimum(pairs.figures, 3)
    place = _pack(step + 4, clauses, between, pairs.whole)
    f1, f2, f3, f4 = pairs.before_figure(4)
    b1, b2, b3 = pairs.behind_figure(3)
    m1, m2, m3 = pairs.end_of_target(3)
    t1, t2, t3 = pairs.behind_target(3)
    l1, l2 = pairs.before_target(2)
    h1, h2 = pairs.start_of_target(2)
    symbols = _hash(
        0,
        [
            *[(f1,), (f1, f2), (f1, f2, f3), (f1, f2, f3, f4), (b1,), (b1, b2), (b1, b2, b3)],
            *[(m1,), (m1, m2), (m1, m2, m3), (t1,), (t1, t2), (t1, t2, t3), (l1,), (l1, l2), (h1, h2)],
            *[(kind, m1), (kind, m1, m2), (kind, f1, f2), (place,), (place, kind), (place, f1), (place, t1)],
            *[(place, b1), (step, clauses, f1, f2), (step, between, t1, t2), (kind, before, step), (step, b1, m1)],
            *[(place, np.minimum(pairs.lead_unnamed, 4)), (kind, *pairs.kinds_beside)],
        ],
    )
    rest = frame.stretches.between(frame.metrics.end, frame.clause_end(frame.metrics.end, frame.metrics.sentence))
    return Description(np.concatenate([pairs.counts(), np.minimum(rest[choices.target], _CAP)], axis=1), symbols)


def describe_holders(frame: Frame, choices: Choices, named: Named) -> Description:
    """Describe the holders that figures may choose, knowing the figures' METRICs."""
    pairs = _Pairs(frame, frame.holders, choices)
    start, end = named.start[choices.figure], named.end[choices.figure]
    has = start >= 0
    # What a subject stands in front of: the figure with its name, 全市[高企达125家], or the figure alone, 高企全市达[125家].
    said = np.where(has & (start < pairs.start), start, pairs.start)
    to_said = frame.stretches.between(pairs.target_end, said)
    lead = _subject_lead(frame)[choices.target]
    subject = _is_subject(lead)
    subjects_between = _subjects_between(frame, pairs.gap_start, pairs.gap_end)
    clauses = to_said[:, _CLAUSE_ENDS].sum(axis=1)
    in_front = pairs.target_end <= said
    inherited = has & (start < frame.figures.lead[choices.figure])
    flags = np.stack(
        [
            *[has, has & (end <= pairs.start), in_front, inherited],
            *[subject, subjects_between, clauses, lead[:, column("unnamed")], lead[:, column("length")]],
            pairs.target_start - frame.sentence_start[frame.figures.sentence[choices.figure]],
        ],
        axis=1,
    ).astype(np.int64)
    way = _pack(np.minimum(clauses, 3), np.minimum(to_said[:, column("figures")], 3), in_front)
    metric = [
        *(np.where(has, frame.codes[end + PADDING - back], 0) for back in (1, 2)),
        np.where(has, frame.codes[start + PADDING], 0),
    ]
    symbols = _holder_symbols(pairs, metric, way, subject, np.minimum(subjects_between, 3))
    counts = [pairs.counts(), np.clip(flags, 0, _CAP), np.minimum(to_said, _CAP)]
    return Description(np.concatenate(counts, axis=1), symbols)


def _holder_symbols(pairs: _Pairs, metric: list[Ints], way: Ints, subject: Flags, subjects_between: Ints) -> Symbols:
    """Hash what is known of holders, with the last two characters and the first of the figures' METRICs."""
    step, between = np.clip(pairs.steps, -4, 2), np.minimum(pairs.figures, 3)
    place = _pack(step + 4, np.minimum(pairs.clauses, 3), between, pairs.whole)
    kind = pairs.kind
    m1, m2, h1 = metric
    o1, o2 = pairs.end_of_target(2)
    s1, s2 = pairs.start_of_target(2)
    l1, l2, l3 = pairs.before_target(3)
    t1, t2, t3 = pairs.behind_target(3)
    f1, f2 = pairs.before_figure(2)
    return _hash(
        1,
        [
            *[(l1,), (l1, l2), (l1, l2, l3), (t1,), (t1, t2), (t1, t2, t3)],
            *[(o1,), (o1, o2), (s1,), (s1, s2), (f1,), (f1, f2)],
            *[(kind,), (place,), (place, o1), (place, t1), (place, l1), (kind, o1), (o1, t1), (o1, o2, t1, t2)],
            *[(subject, t1, t2), (subject, l1, np.minimum(pairs.clauses, 3)), (m1, o1), (h1, o1), (m1, m2, o1)],
            *[(way, place), (way, subject, o1), (subjects_between, subject, way), (s1, o1, t1)],
        ],
    )


def describe_changes(frame: Frame, named: Named) -> Description:
    """Describe each figure for the question whether it tells a change, knowing its METRIC."""
    figures, codes, stretches = frame.figures, frame.codes, frame.stretches
    has = named.start >= 0
    behind = np.where(has & (named.end <= figures.start), named.end, figures.start)
    since = stretches.between(behind, figures.start)
    counts = np.concatenate(
        [
            _figure_counts(frame),
            *(stretches.between(np.maximum(figures.start - width, 0), figures.start) for width in (3, 8)),
            since,
            np.stack([has, behind < figures.start], axis=1),
        ],
        axis=1,
    ).astype(np.int64)
    f = [codes[figures.start + PADDING - back] for back in range(1, PADDING + 1)]
    b1, b2, b3 = (codes[figures.end + PADDING + ahead] for ahead in range(3))
    e1, e2, e3 = (codes[figures.end + PADDING - back] for back in range(1, 4))
    m1, m2 = (np.where(has, codes[named.end + PADDING - back], 0) for back in (1, 2))
    t1, t2 = (np.where(has, codes[named.end + PADDING + ahead], 0) for ahead in (0, 1))
    kind, before, between = figures.kind, _kind_before(frame), np.minimum(since[:, column("figures")], 6)
    symbols = _hash(
        2,
        [
            *[tuple(f[:width]) for width in (1, 2, 3, 4, 5)],
            *[(f[1],), *(tuple(f[skip : skip + 2]) for skip in range(1, 7))],
            *[(b1,), (b1, b2), (b1, b2, b3), (kind,), (kind, f[0]), (kind, f[0], f[1]), (m1,), (m1, m2), (kind, m1)],
            *[(kind, m1, m2), (kind, t1), (t1, t2), (kind, before), (e1,), (e1, e2), (e1, e2, e3)],
            *[(between, kind, before), (between, t1, kind)],
        ],
    )
    return Description(np.minimum(counts, _CAP), symbols)


class _Pairs:
    """Figures beside targets they may choose: what both questions about such pairs share, one array entry per pair."""

    def __init__(self, frame: Frame, targets: Targets, choices: Choices) -> None:
        self.frame, self.targets, self.choices = frame, targets, choices
        figure, target = choices.figure, choices.target
        self.start, self.end = frame.figures.start[figure], frame.figures.end[figure]
        self.target_start, self.target_end = targets.start[target], targets.end[target]
        self.before = self.target_end <= self.start
        self.gap_start = np.where(self.before, self.target_end, self.end)
        self.gap_end = np.where(self.before, self.start, self.target_start)
        self.gap = frame.stretches.between(self.gap_start, self.gap_end)
        self.steps, self.whole = choices.steps, targets.whole[target]
        self.kind, self.kind_before = frame.figures.kind[figure], _kind_before(frame)[figure]
        self.clauses = self.gap[:, _CLAUSE_ENDS].sum(axis=1)
        self.figures = self.gap[:, column("figures")]
        lead = frame.stretches.between(frame.figures.lead, frame.figures.start)
        self.lead_unnamed = lead[figure, column("unnamed")]
        self.kinds_beside = [kinds[target] for kinds in _kinds_beside(frame, targets)]

    def counts(self) -> Ints:
        """Count what stands between and around, in columns."""
        frame, targets, figures = self.frame, self.targets, self.frame.figures
        figure, target = self.choices.figure, self.choices.target
        paired = (figures.series[figure] > 1) & (figures.series[figure] == targets.size[target])
        same = paired & ~self.whole & (figures.in_series[figure] == targets.index[target])
        flags = np.stack(
            [
                *[self.before, ~self.before, np.abs(self.steps), self.clauses, self.whole, targets.size[target] - 1],
                *[targets.index[target], targets.place[target], self.target_end - self.target_start],
                *[same, paired & ~self.whole & ~same, paired & self.whole],
                self.before & (self.target_start >= figures.lead[figure]),
            ],
            axis=1,
        ).astype(np.int64)
        counts = [
            flags,
            self.gap,
            _figure_counts(frame)[figure],
            _target_counts(frame, targets)[target],
        ]
        return np.minimum(np.concatenate(counts, axis=1), _CAP)

    def before_figure(self, width: int) -> list[Ints]:
        """Give the characters in front of the figure, from the nearest."""
        return [self.frame.codes[self.start + PADDING - back] for back in range(1, width + 1)]

    def behind_figure(self, width: int) -> list[Ints]:
        """Give the characters behind the figure."""
        return [self.frame.codes[self.end + PADDING + ahead] for ahead in range(width)]

    def before_target(self, width: int) -> list[Ints]:
        """Give the characters in front of the target, from the nearest."""
        return [self.frame.codes[self.target_start + PADDING - back] for back in range(1, width + 1)]

    def behind_target(self, width: int) -> list[Ints]:
        """Give the characters behind the target."""
        return [self.frame.codes[self.target_end + PADDING + ahead] for ahead in range(width)]

    def start_of_target(self, width: int) -> list[Ints]:
        """Give the target's first characters."""
        return [self.frame.codes[self.target_start + PADDING + ahead] for ahead in range(width)]

    def end_of_target(self, width: int) -> list[Ints]:
        """Give the target's last characters, from the last."""
        return [self.frame.codes[self.target_end + PADDING - back] for back in range(1, width + 1)]


def _figure_counts(frame: Frame) -> Ints:
    """Count what stands around each figure."""
    figures = frame.figures
    trail = frame.stretches.between(figures.end, figures.trail)
    columns = [
        *[figures.end - figures.start, figures.index, figures.count, figures.in_series, figures.series - 1],
        *[trail[:, column("length")], trail[:, column("metrics")]],
        figures.start - frame.clause_start(figures.start, figures.sentence),
    ]
    lead = frame.stretches.between(figures.lead, figures.start)
    return np.concatenate([np.stack(columns, axis=1), lead], axis=1)


def _target_counts(frame: Frame, targets: Targets) -> Ints:
    """Say how far each target is from the nearest figures, and what stands between it and the next."""
    figures = frame.figures
    number = np.searchsorted(figures.start, targets.end)
    ahead = np.append(figures.start, 0)[number]
    back = np.append(figures.end, 0)[np.searchsorted(figures.start, targets.start) - 1]
    one_ahead = (number < len(figures)) & (ahead < frame.sentence_end[targets.sentence])
    one_behind = (back > frame.sentence_start[targets.sentence]) & (back <= targets.start)
    gap = frame.stretches.between(np.where(one_ahead, targets.end, 0), np.where(one_ahead, ahead, 0))
    columns = [
        *[one_ahead, one_behind, np.where(one_behind, targets.start - back, 0)],
        *[gap[:, column(name)] for name in ("length", "unnamed", "enumeration")],
        gap[:, _CLAUSE_ENDS].sum(axis=1),
    ]
    return np.stack(columns, axis=1).astype(np.int64)


def _kinds_beside(frame: Frame, targets: Targets) -> tuple[Ints, Ints]:
    """Give the kinds of the figures before and behind each target in its sentence."""
    figures = frame.figures
    kinds = np.append(figures.kind, len(KINDS))
    sentence = np.append(figures.sentence, -1)
    before = np.searchsorted(figures.start, targets.start) - 1
    behind = np.minimum(np.searchsorted(figures.start, targets.end), len(figures))
    return tuple(  # type: ignore[return-value]  # two in, two out
        np.where(sentence[number] == targets.sentence, kinds[number], len(KINDS)) for number in (before, behind)
    )


def _kind_before(frame: Frame) -> Ints:
    """Give the kind of the figure before each in its sentence."""
    return np.where(
        frame.figures.index > 0, np.append(len(KINDS), frame.figures.kind)[: len(frame.figures)], len(KINDS)
    )


def _subject_lead(frame: Frame) -> Ints:
    """Describe what stands between the start of each holder's clause and the holder."""
    holders = frame.holders
    return frame.stretches.between(frame.clause_start(holders.start, holders.sentence), holders.start)


def _is_subject(lead: Ints) -> Flags:
    """Tell of stretches whether they hold nothing but cues, so that what stands behind them may be a subject."""
    subject: Flags = (lead[:, column("unnamed")] == 0) & (lead[:, column("holders")] == 0)
    return subject


def _subjects_between(frame: Frame, start: Ints, end: Ints) -> Ints:
    """Count the holders in some stretches that have nothing but cues between the start of their clause and themselves."""
    lead = _subject_lead(frame)[: len(frame.holders.spans)]
    leads = _is_subject(lead)
    starts = frame.holders.start[: len(leads)][leads]
    return np.searchsorted(starts, end) - np.searchsorted(starts, start)


def _pack(*numbers: npt.NDArray[np.generic]) -> Ints:
    """Write some small numbers (below 16) as one."""
    packed = np.zeros(len(numbers[0]), dtype=np.int64)
    for number in numbers:
        packed = packed * 16 + number.astype(np.int64)
    return packed


def _hash(question: int, templates: list[tuple[npt.NDArray[np.generic], ...]]) -> Symbols:
    """Hash the parts of each template to one symbol, different for each question and template."""
    firsts = _OFFSET ^ (np.uint64(question * 64) + np.arange(len(templates), dtype=np.uint64))
    symbols = np.broadcast_to(firsts * _PRIME, (len(templates[0][0]), len(templates))).copy()
    # All templates at once, part by part: a call of numpy costs more than what it has to do here.
    for place in range(max(map(len, templates))):
        columns = [number for number, parts in enumerate(templates) if len(parts) > place]
        parts = np.stack([templates[number][place] for number in columns], axis=1).astype(np.uint64)
        symbols[:, columns] = (symbols[:, columns] ^ parts) * _PRIME
    mixed: Symbols = symbols ^ (symbols >> np.uint64(29))
    return mixed
