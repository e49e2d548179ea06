"""HAS_VALUE, HAS_CHANGE, HAS_RANK: which METRIC a figure speaks of, by distance, by clause, by the words that align, share and inherit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.rules.left import LeftReading
from zhibiao.rules.slots import Slot
from zhibiao.rules.spans import LabelledSpan
from zhibiao.rules.words import joining_words
from zhibiao.weak.functions import PairVote, pair_function
from zhibiao.weak.views import PairsView

_VALUE, _CHANGE, _RANK, _HELD = RelationLabel
_ABOUT = (_VALUE, _CHANGE, _RANK)
_JOINED = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*$")
_ALIGN = re.compile("分别|依次|各为")
_SHARE = re.compile("均|都|皆|双双")
_AMONG = re.compile("其中")
_FROM_TO = re.compile(
    r"^\s*(?:[增减升降提下上扩压缩调发跃回]?[加少升降高低大展落整]?[到至为]|提高到|增长到|上升到|下降到)\s*$"
)
_BOUND = re.compile("以上|以下|以内|不足|不到")
_MEASURE = re.compile("元|%|％|亩|平方|吨|岁|年|米")
_COMPETITORS = re.compile(r"^(?:个|家)?[\u4e00-\u9fff（）()、]{0,12}(?:中|里)")
_POINTS = re.compile("百分点|倍|番")
_NEAR = 3
_REACH = 8


@pair_function(
    *RelationLabel,
    match=["⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧ | M2 A3 value; A3 O1 held"],
    abstain="⟦M1:高企总数⟧稳步增长。",
)
def links_rules(view: PairsView) -> Iterator[PairVote]:
    """Vote for what the rules link, and against the other metrics beside a figure that they link."""
    linked: dict[LabelledSpan, set[LabelledSpan]] = {}
    for link in view.links:
        yield view.vote(link.head, link.child, link.label)
        if link.label is not _HELD:
            linked.setdefault(link.child, set()).add(link.head)
    for figure, heads in linked.items():
        for metric in _around(view, figure):
            if metric not in heads:
                yield view.vote(metric, figure, None)


@pair_function(
    *_ABOUT,
    match=[
        "⟦M1:高企总数⟧达⟦A2:125家⟧,增长⟦A3:12%⟧ | M1 A2 value; M1 A3 change",
        "⟦M1:研发投入⟧居⟦R2:第2位⟧ | M1 R2 rank",
    ],
    abstain="新增⟦A1:5家⟧⟦M2:省级平台⟧",
)
def rel_nearest_left(view: PairsView) -> Iterator[PairVote]:
    """Vote for the nearest metric on the left, however far."""
    for slot, reading in zip(view.slots, view.readings, strict=True):
        metric = _last_before(view, slot.figure.start)
        if metric is not None:
            yield view.vote(metric, slot.figure, _label(slot, reading))


@pair_function(
    *_ABOUT, match="⟦M1:高企总数⟧达⟦A2:125家⟧,增长⟦A3:12%⟧ | M1 A2 value", abstain="新增⟦A1:5家⟧⟦M2:省级平台⟧"
)
def rel_same_clause(view: PairsView) -> Iterator[PairVote]:
    """Vote for the last metric in the figure's own stretch of its clause."""
    for slot, reading in zip(view.slots, view.readings, strict=True):
        own = view.own_metrics(slot)
        if own:
            yield view.vote(own[-1], slot.figure, _label(slot, reading))


@pair_function(
    *_ABOUT, match="⟦M1:高企总数⟧累计达到⟦A2:125家⟧ | M1 A2 value", abstain="⟦M1:高企总数⟧由市里核定后为⟦A2:125家⟧"
)
def rel_touching_left(view: PairsView) -> Iterator[PairVote]:
    """Vote for a metric between which and the figure nothing but joining words or words of change stands."""
    for slot, reading in zip(view.slots, view.readings, strict=True):
        own = view.own_metrics(slot)
        if own and not view.text[own[-1].end : reading.end].strip(" \u3000了"):
            yield view.vote(own[-1], slot.figure, _label(slot, reading))


@pair_function(_VALUE, match="新增⟦A1:5家⟧⟦M2:省级平台⟧ | M2 A1 value", abstain="⟦M1:高企⟧⟦A2:5家⟧,⟦M3:平台⟧⟦A4:3个⟧")
def rel_touching_right(view: PairsView) -> Iterator[PairVote]:
    """Vote for a metric that begins right behind an amount."""
    for figure in view.figures:
        if figure.label is EntityLabel.AMOUNT:
            begin = figure.end + view.text.startswith("的", figure.end)
            for metric in view.metrics:
                if metric.start == begin:
                    yield view.vote(metric, figure, _VALUE)


@pair_function(
    _VALUE, match="⟦A1:36家⟧企业⟦M2:进入培育库⟧ | M2 A1 value", abstain="⟦M1:高企⟧⟦A2:5家⟧,⟦M3:平台⟧⟦A4:3个⟧"
)
def rel_right_in_clause(view: PairsView) -> Iterator[PairVote]:
    """Vote for the first metric on the right, in the clause, of an amount whose left has none."""
    for slot in view.slots:
        if slot.figure.label is EntityLabel.AMOUNT and not view.own_metrics(slot):
            metric = next((m for m in view.metrics if slot.figure.end <= m.start and m.end <= slot.right_end), None)
            if metric is not None:
                yield view.vote(metric, slot.figure, _VALUE)


@pair_function(
    *_ABOUT,
    match="⟦M1:申请量⟧、⟦M2:授权量⟧分别达⟦A3:7件⟧、⟦A4:5件⟧ | M1 A3 value; M2 A4 value; M1 A4 none; M2 A3 none",
    abstain=["⟦M1:申请量⟧达⟦A2:7件⟧", "鄞州、慈溪⟦M1:申请量⟧分别达⟦A2:7件⟧、⟦A3:5件⟧"],
    needs="分依各",
)
def rel_respectively(view: PairsView) -> Iterator[PairVote]:
    """Pair as many metrics as there are figures in order, where 分别 says so, and against the crossings."""
    for series in _series(view):
        first = series[0]
        if len(series) < 2 or not _ALIGN.search(view.text, first.left_start, first.figure.start):
            continue
        metrics = _coordinated(view, first.figure.start)
        if len(metrics) != len(series):
            metrics = [m for m in view.metrics if m.end <= first.figure.start][-len(series) :]
        if len(metrics) != len(series):
            continue
        reading = view.readings[view.slots.index(first)]
        for row, metric in enumerate(metrics):
            for column, slot in enumerate(series):
                yield view.vote(metric, slot.figure, _label(slot, reading) if row == column else None)


@pair_function(
    *_ABOUT,
    match="⟦M1:总量⟧和⟦M2:占比⟧均居⟦R3:全省前列⟧ | M1 R3 rank; M2 R3 rank",
    abstain=["⟦M1:总量⟧居⟦R2:全省前列⟧", "企业均获⟦A1:5万元⟧"],
    needs="均都皆双",
)
def rel_shared(view: PairsView) -> Iterator[PairVote]:
    """Give a figure to every metric of the list in front, where 均 or 都 says so."""
    for slot, reading in zip(view.slots, view.readings, strict=True):
        if _SHARE.search(view.text, slot.left_start, slot.figure.start):
            for metric in _coordinated(view, slot.figure.start):
                yield view.vote(metric, slot.figure, _label(slot, reading))


@pair_function(
    _VALUE,
    match="⟦M1:高企总数⟧达⟦A2:125家⟧,其中⟦O3:鄞州⟧⟦A4:45家⟧ | M1 A4 value",
    abstain="⟦M1:高企总数⟧达⟦A2:125家⟧,其中⟦M3:规上企业⟧⟦A4:45家⟧",
    needs="其",
)
def rel_among(view: PairsView) -> Iterator[PairVote]:
    """Give figures behind 其中 that have no metric of their own the last metric in front of it."""
    match = _AMONG.search(view.text)
    if match is None:
        return
    metric = _last_before(view, match.start())
    for slot in view.slots if metric is not None else ():
        behind = slot.figure.start > match.end() and slot.figure.label is EntityLabel.AMOUNT
        if metric is not None and behind and not any(match.end() <= m.start < slot.right_end for m in view.metrics):
            yield view.vote(metric, slot.figure, _VALUE)


@pair_function(
    _CHANGE,
    match=[
        "⟦M1:产值⟧⟦A2:9亿元⟧,同比增长⟦A3:12%⟧ | M1 A3 change",
        "⟦M1:强度⟧⟦A2:2%⟧,提高⟦A3:0.3个百分点⟧ | M1 A3 change",
    ],
    abstain="⟦M1:增加值增速⟧⟦A2:12%⟧",
)
def rel_change_word(view: PairsView) -> Iterator[PairVote]:
    """Vote for change to the nearest metric on the left where a word of change, or a unit of change, joins the figure."""
    for slot, reading in zip(view.slots, view.readings, strict=True):
        figure = slot.figure
        unit = _POINTS.search(view.text, figure.start, figure.end)
        metric = _last_before(view, figure.start)
        if metric is not None and figure.label is EntityLabel.AMOUNT and (reading.change is not None or unit):
            yield view.vote(metric, figure, _CHANGE)


@pair_function(
    _VALUE,
    match="⟦M1:高企⟧由⟦A2:94家⟧增至⟦A3:125家⟧ | M1 A2 value; M1 A3 value",
    abstain="⟦M1:高企⟧⟦A2:94家⟧,增加⟦A3:31家⟧",
    needs="到至为",
)
def rel_from_to(view: PairsView) -> Iterator[PairVote]:
    """Vote for value on both sides of 由 … 增至 …."""
    for before, slot in zip(view.slots, view.slots[1:], strict=False):
        if _FROM_TO.match(view.text[before.figure.end : slot.figure.start]):
            metric = _last_before(view, before.figure.start)
            if metric is not None and before.figure.label is slot.figure.label is EntityLabel.AMOUNT:
                yield view.vote(metric, before.figure, _VALUE)
                yield view.vote(metric, slot.figure, _VALUE)


@pair_function(
    *_ABOUT,
    match="⟦M1:高企总数⟧达⟦A2:125家⟧,居⟦R3:全省第2位⟧ | M1 R3 rank",
    abstain="⟦M1:高企总数⟧达⟦A2:125家⟧,⟦M3:平台⟧⟦A4:5个⟧",
)
def rel_inherit(view: PairsView) -> Iterator[PairVote]:
    """Give a figure whose own stretch names nothing the metric of the figure in front of it."""
    held: LabelledSpan | None = None
    for slot, reading in zip(view.slots, view.readings, strict=True):
        own = view.own_metrics(slot)
        right = [m for m in view.metrics if slot.figure.end <= m.start and m.end <= slot.right_end]
        if own or right:
            held = (own or right)[-1]
            continue
        said = view.text[slot.left_start : reading.end].strip(" \u3000，,、（(）)")
        if held is not None and (len(said) <= 1 or said in joining_words("says_nothing")):
            yield view.vote(held, slot.figure, _label(slot, reading))


@pair_function(
    *_ABOUT, match="⟦M1:高企总数⟧历经三年培育达⟦A2:125家⟧ | M1 A2 value", abstain="⟦M1:高企⟧⟦A2:5家⟧,⟦M3:平台⟧⟦A4:3个⟧"
)
def rel_only_metric(view: PairsView) -> Iterator[PairVote]:
    """Give every figure of a sentence its only metric."""
    if len(view.metrics) == 1:
        for slot, reading in zip(view.slots, view.readings, strict=True):
            yield view.vote(view.metrics[0], slot.figure, _label(slot, reading))


@pair_function(
    against="⟦M1:高企⟧⟦A2:5家⟧,⟦M3:平台⟧⟦A4:3个⟧ | M1 A4 none; M3 A2 none",
    abstain=["⟦M1:总量⟧和⟦M2:占比⟧均居⟦R3:前列⟧", "⟦M1:总量⟧居⟦R2:前列⟧"],
)
def rel_no_other_owner(view: PairsView) -> Iterator[PairVote]:
    """Vote against a metric beside a figure that has one of its own in its stretch, unless a list joins the two."""
    for slot in view.slots:
        own = view.own_metrics(slot)
        if not own or _SHARE.search(view.text, slot.left_start, slot.figure.start):
            continue
        kept = set(_coordinated(view, slot.figure.start))
        for metric in _around(view, slot.figure):
            if metric not in kept:
                yield view.vote(metric, slot.figure, None)


@pair_function(
    against="主营收入⟦A1:3亿元以上⟧项目⟦M2:开工⟧⟦A3:2个⟧ | M2 A1 none", abstain="⟦M1:高企⟧⟦A2:100家以上⟧", needs="以不"
)
def rel_no_condition(view: PairsView) -> Iterator[PairVote]:
    """Vote against any metric for a measured threshold in front of a noun."""
    for slot in view.slots:
        figure = view.words_of(slot.figure)
        if _BOUND.search(figure) and _MEASURE.search(figure):
            behind = view.text[slot.figure.end : slot.right_end].lstrip("的")
            if behind and "\u4e00" <= behind[0] <= "\u9fff":
                for metric in _around(view, slot.figure):
                    yield view.vote(metric, slot.figure, None)


@pair_function(
    against="⟦M1:研发强度⟧在全市⟦A2:12个⟧县区中排⟦R3:第9位⟧ | M1 A2 none",
    abstain="⟦M1:高企⟧⟦A2:12家⟧,居⟦R3:第9位⟧",
    needs="中里",
)
def rel_no_competitors(view: PairsView) -> Iterator[PairVote]:
    """Vote against any metric for the number of competitors that a rank is reached among."""
    for slot in view.slots:
        if slot.figure.label is EntityLabel.AMOUNT and _COMPETITORS.match(view.text[slot.figure.end : slot.right_end]):
            for metric in _around(view, slot.figure):
                yield view.vote(metric, slot.figure, None)


@pair_function(against="⟦M1:平台⟧建成后,⟦M2:高企⟧达⟦A3:125家⟧ | M1 A3 none", abstain="⟦M1:高企⟧达⟦A2:125家⟧")
def rel_no_jump(view: PairsView) -> Iterator[PairVote]:
    """Vote against a metric on the left where another one stands between it and the figure and no list joins them."""
    for figure in view.figures:
        kept = set(_coordinated(view, figure.start))
        before = [m for m in view.metrics if m.end <= figure.start]
        for metric in before[-_NEAR - 1 : -1]:
            if metric not in kept:
                yield view.vote(metric, figure, None)


def _label(slot: Slot, reading: LeftReading) -> RelationLabel:
    if slot.figure.label is EntityLabel.RANK:
        return _RANK
    return _VALUE if reading.change is None else _CHANGE


def _last_before(view: PairsView, place: int) -> LabelledSpan | None:
    return next((metric for metric in reversed(view.metrics) if metric.end <= place), None)


def _around(view: PairsView, figure: LabelledSpan) -> Iterator[LabelledSpan]:
    """Give the few metrics nearest to a figure on either side."""
    before = [metric for metric in view.metrics if metric.end <= figure.start]
    yield from before[-_NEAR:]
    yield from view.metrics[len(before) : len(before) + _NEAR]


def _coordinated(view: PairsView, place: int) -> list[LabelledSpan]:
    """Give the last metric in front of a place and those that joining marks tie to it."""
    kept: list[LabelledSpan] = []
    for metric in reversed(view.metrics):
        if metric.end > place:
            continue
        if kept and not _JOINED.fullmatch(view.text, metric.end, kept[0].start):
            break
        kept.insert(0, metric)
    return kept


def _series(view: PairsView) -> Iterator[Sequence[Slot]]:
    """Group figures of one label with nothing but a joining mark between."""
    series: list[Slot] = []
    for slot in view.slots:
        same = series and series[-1].figure.label is slot.figure.label
        if same and _JOINED.fullmatch(view.text, series[-1].figure.end, slot.figure.start):
            series.append(slot)
            continue
        if series:
            yield series
        series = [slot]
    if series:
        yield series
