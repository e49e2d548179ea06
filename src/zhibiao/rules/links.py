"""Relations of one sentence, from its spans and its text alone.

Each figure looks for its metric: in the stretch on its left, then on its right, then at the figure before it (when its own stretch
says nothing but 同比增长 or 均居). 分别 pairs in order, 均 shares. Then each figure looks for its holder, the subject closest above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhibiao.labels import Direction, EntityLabel, RelationLabel
from zhibiao.rules.left import LeftReading, Outside, behind_field, read_left, strip_lead
from zhibiao.rules.slots import Slot, find_slots
from zhibiao.rules.spans import LabelledSpan
from zhibiao.rules.words import joining_words

_JOINED = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*$")
_SHARED = re.compile("均|都|皆|双双")
_RESPECTIVELY = re.compile("分别|依次|各")
_BOUND = re.compile("以上|以下|以内|以外|不足|不到|及以上")
# Units that count nothing: in front of a noun such an amount sets a condition (主营业务收入[1亿元以上]的企业).
_MEASURE = re.compile("元|%|％|百分点|倍|亩|平方|公里|吨|岁|年|小时|分钟|米")
# A place or organisation behind these is no subject: [在]武汉, [与]浙江大学, [支持]中鼎公司.
_NO_SUBJECT = re.compile(
    "(?:在|与|同|跟|对|向|为|从|于|给|被|按|据|赴|到|至|以|经|比|较|由全|是|列|居|支持|引导|指导|帮助|组织|鼓励|推动|邀请|联合|会同|协助|依托|落户|入驻|走进|高于|低于|占|获|获得|超过|入选|纳入)$"
)
_CLAUSE_MARK = re.compile("[，,；;：:。！？!?\n]")
_AMONG = re.compile("[中里内]$")
_MEMBERS = re.compile(r"[”）)]?\s*等")


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two spans."""

    head: LabelledSpan
    child: LabelledSpan
    label: RelationLabel
    direction: Direction | None = None


@dataclass(slots=True)
class _State:
    """What later figures of the sentence can inherit: the metrics in force, and whether a figure has inherited them."""

    outside: Outside
    group: list[LabelledSpan] = field(default_factory=list)
    inherited: bool = False


def find_links(
    text: str, start: int, end: int, spans: Sequence[LabelledSpan], places: Sequence[LabelledSpan] = ()
) -> list[Link]:
    """Link the spans of the sentence ``[start, end)``.

    Parameters
    ----------
    text, start, end
        The report's text and the sentence's range in it.
    spans
        The sentence's entities in text order.
    places
        Place names and self-references that are an ORG only if they hold a figure.

    Examples
    --------
    >>> text = "专利申请量、授权量分别达7件、5件"
    >>> spans = [LabelledSpan(0, 5, EntityLabel.METRIC), LabelledSpan(6, 9, EntityLabel.METRIC),
    ...          LabelledSpan(12, 14, EntityLabel.AMOUNT), LabelledSpan(15, 17, EntityLabel.AMOUNT)]
    >>> [(text[x.head.start:x.head.end], text[x.child.start:x.child.end]) for x in find_links(text, 0, 17, spans)]
    [('专利申请量', '7件'), ('授权量', '5件')]
    """
    metrics = [span for span in spans if span.label is EntityLabel.METRIC]
    figures = [span for span in spans if span.label in (EntityLabel.AMOUNT, EntityLabel.RANK)]
    holders = sorted([*(span for span in spans if span.label is EntityLabel.ORG), *places])
    slots = find_slots(text, start, end, figures)
    links: list[Link] = []
    state = _State(outside=Outside([(holder.start, holder.end) for holder in holders]))
    for series in _series(text, slots):
        links += _link_series(text, series, metrics, state)
    return links + list(_find_holders(text, start, slots, links, holders))


def _series(text: str, slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Group figures that follow one another with nothing but a joining mark between: 分别达300家、200家."""
    series: list[Slot] = []
    for slot in slots:
        if series and _goes_on(text, series[-1].figure, slot.figure):
            series.append(slot)
            continue
        if series:
            yield series
        series = [slot]
    if series:
        yield series


def _goes_on(text: str, before: LabelledSpan, figure: LabelledSpan) -> bool:
    return before.label is figure.label and bool(_JOINED.fullmatch(text, before.end, figure.start))


def _link_series(text: str, series: Sequence[Slot], metrics: Sequence[LabelledSpan], state: _State) -> list[Link]:
    """Link the figures of one series, which share the stretch in front of the first."""
    first = series[0]
    own = [m for m in metrics if first.left_start <= m.start and m.end <= first.figure.start]
    rank = first.figure.label is EntityLabel.RANK
    reading = read_left(text, own[-1].end if own else first.left_start, first.figure.start, rank=rank)
    stretch = text[first.left_start : first.figure.start]
    if _sets_condition(text, first, metrics):
        return []
    if own:
        own = _coordinated(text, own)
        names = {text[metric.start : metric.end] for metric in own}
        if state.inherited or any(text[metric.start : metric.end] in names for metric in state.group):
            state.group = []
        state.group = [*state.group, *own]
        state.inherited = False
        targets = own
    elif (right := _right_metric(text, first, metrics)) is not None and len(series) == 1:
        state.group, state.inherited = [right], False
        return [_link(right, first, reading)]
    elif state.group and _says_nothing(text, first, reading, state.outside):
        state.inherited = True
        targets = state.group if _SHARED.search(stretch) or _RESPECTIVELY.search(stretch) else state.group[-1:]
    else:
        return []
    if len(series) > 1 and len(targets) >= len(series):
        return [_link(target, slot, reading) for target, slot in zip(targets[-len(series) :], series, strict=True)]
    return [_link(target, slot, reading) for slot in series for target in targets]


def _link(metric: LabelledSpan, slot: Slot, reading: LeftReading) -> Link:
    if slot.figure.label is EntityLabel.RANK:
        return Link(metric, slot.figure, RelationLabel.HAS_RANK)
    if reading.change is not None:
        return Link(metric, slot.figure, RelationLabel.HAS_CHANGE, reading.change)
    return Link(metric, slot.figure, RelationLabel.HAS_VALUE)


def _coordinated(text: str, metrics: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """Keep the last metric and those that a joining mark ties to it: 总量和占比均居前列."""
    kept = [metrics[-1]]
    for metric in reversed(metrics[:-1]):
        if not _JOINED.fullmatch(text, metric.end, kept[0].start):
            break
        kept.insert(0, metric)
    return kept


def _right_metric(text: str, slot: Slot, metrics: Sequence[LabelledSpan]) -> LabelledSpan | None:
    """Find the metric behind a figure, unless the figure counts a field: 在全省14个[市州中]研发投入列第6位."""
    metric = next((m for m in metrics if slot.figure.end <= m.start and m.end <= slot.right_end), None)
    if metric is None or _AMONG.search(text, slot.figure.end, metric.start):
        return None
    return metric


def _says_nothing(text: str, slot: Slot, reading: LeftReading, outside: Outside) -> bool:
    """Tell whether nothing nameable stands in front of the figure, so that it speaks of what was named before."""
    start = strip_lead(text, reading.start, reading.end, outside)
    if slot.figure.label is EntityLabel.RANK:
        start = behind_field(text, start, reading.end)
    return start >= reading.end or text[start : reading.end] in joining_words("says_nothing")


def _sets_condition(text: str, slot: Slot, metrics: Sequence[LabelledSpan]) -> bool:
    """Recognise a threshold: [3亿元以上]项目2个."""
    figure = text[slot.figure.start : slot.figure.end]
    if not (_BOUND.search(figure) and _MEASURE.search(figure)):
        return False
    behind = text[slot.figure.end : slot.right_end].lstrip("的")
    return bool(behind) and "\u4e00" <= behind[0] <= "\u9fff"


def _find_holders(
    text: str, start: int, slots: Sequence[Slot], links: Sequence[Link], holders: Sequence[LabelledSpan]
) -> Iterator[Link]:
    """Give each linked figure the subject closest above: of its clause, else of a clause before it."""
    metric_of = {link.child: link.head for link in reversed(links)}
    subject: list[LabelledSpan] = []
    cursor = start
    for series in _series(text, slots):
        first = series[0]
        metric = metric_of.get(first.figure)
        named_before = metric is not None and first.left_start <= metric.start < first.figure.start
        limit = metric.start if metric is not None and named_before else first.figure.start
        for clause_start, clause_end in _clauses(text, cursor, limit):
            last = clause_end == limit
            subject = _subjects(text, clause_start, clause_end, holders, anywhere=last) or subject
        cursor = series[-1].figure.end
        for number, slot in enumerate(series):
            if slot.figure in metric_of:
                paired = [subject[number]] if len(subject) == len(series) > 1 else subject
                for holder in paired:
                    yield Link(slot.figure, holder, RelationLabel.HELD_BY)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut ``[start, end)`` into clauses; the last one ends at ``end`` and may be empty."""
    for match in _CLAUSE_MARK.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _subjects(
    text: str, start: int, end: int, holders: Sequence[LabelledSpan], *, anywhere: bool
) -> list[LabelledSpan]:
    """Find the holders that stand as subject in a clause: the last coordinated group, or the one it begins with."""
    group: list[LabelledSpan] = []
    for holder in holders:
        if holder.start < start or holder.end > end:
            continue
        if group and _JOINED.fullmatch(text, group[-1].end, holder.start):
            group.append(holder)
        elif _NO_SUBJECT.search(text, max(start, holder.start - 4), holder.start):
            continue
        elif anywhere or strip_lead(text, start, holder.start) == holder.start:
            group = [holder]
    if group and _MEMBERS.match(text, group[-1].end):
        return []
    return group
