"""HELD_BY: whose figure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.rules.left import strip_lead
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.functions import PairVote, pair_function
from zhibiao.weak.views import PairsView, iter_clauses

_HELD = RelationLabel.HELD_BY
_JOINED = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*$")
_ALIGN = re.compile("分别|依次")
_NO_SUBJECT = re.compile(
    "(?:在|与|同|跟|对|向|为|从|给|被|按|据|赴|到|至|以|比|较|是|列|居|支持|引导|指导|帮助|组织|鼓励|推动|邀请|联合|会同|依托|落户|入驻|高于|低于|占|获|获得|入选|纳入|来自)$"
)
_MEMBERS = re.compile(r"[”）)]?\s*等")
_STOP = re.compile("[；;。！？]")
_NEAR = 3


@pair_function(
    _HELD,
    match="⟦O1:慈溪⟧高企⟦A2:200家⟧ | A2 O1 held",
    abstain=["⟦O1:慈溪⟧表示,高企⟦A2:200家⟧", "在⟦O1:慈溪⟧⟦A2:200家⟧"],
)
def held_clause_subject(view: PairsView) -> Iterator[PairVote]:
    """Vote for the last holder that stands in the figure's clause on its left, behind no preposition."""
    for figure, group in _in_clause(view):
        for holder in group:
            yield view.vote(figure, holder, _HELD)


@pair_function(_HELD, match="⟦O1:全市⟧⟦M2:高企⟧⟦A3:200家⟧ | A3 O1 held", abstain="⟦O1:全市⟧新增⟦A2:5家⟧⟦M3:平台⟧")
def held_by_modifier(view: PairsView) -> Iterator[PairVote]:
    """Vote for the holder right in front of the last metric on the figure's left."""
    for slot in view.slots:
        own = view.own_metrics(slot)
        if own:
            for holder in _group_ending_at(view, own[0].start):
                yield view.vote(slot.figure, holder, _HELD)


@pair_function(_HELD, match="其中⟦O1:慈溪⟧⟦A2:200家⟧ | A2 O1 held", abstain="⟦O1:慈溪⟧高企⟦A2:200家⟧")
def held_touching(view: PairsView) -> Iterator[PairVote]:
    """Vote for the holder that touches a figure on its left."""
    starts = {figure.start: figure for figure in view.figures}
    for holder in view.holders:
        if holder.end in starts:
            yield view.vote(starts[holder.end], holder, _HELD)


@pair_function(
    _HELD,
    match="⟦O1:全市⟧⟦M2:高企⟧⟦A3:200家⟧,⟦M4:平台⟧⟦A5:9个⟧ | A3 O1 held; A5 O1 held",
    abstain="引进⟦O1:全市⟧⟦A2:5家⟧",
)
def held_sentence_subject(view: PairsView) -> Iterator[PairVote]:
    """Vote for the holder that begins the sentence, for figures with no other holder between."""
    first = next(iter(view.holders), None)
    if first is None or strip_lead(view.text, 0, first.start) != first.start:
        return
    group = _group_from(view, first)
    limit = next((holder.start for holder in view.holders if holder not in group), len(view.text))
    for figure in view.figures:
        if group[-1].end <= figure.start < limit:
            for holder in group:
                yield view.vote(figure, holder, _HELD)


@pair_function(
    _HELD,
    match="去年⟦O1:鄞州⟧⟦M2:高企⟧⟦A3:300家⟧,⟦M4:平台⟧⟦A5:9个⟧ | A5 O1 held",
    abstain=["⟦O1:鄞州⟧⟦M2:高企⟧⟦A3:300家⟧", "⟦O1:鄞州⟧⟦A2:300家⟧;⟦M3:平台⟧⟦A4:9个⟧"],
)
def held_inherit(view: PairsView) -> Iterator[PairVote]:
    """Give figures of later clauses, up to a semicolon, the subject of the clause in front."""
    subject: list[LabelledSpan] = []
    direct = dict(_in_clause(view))
    before = 0
    for figure in view.figures:
        if _STOP.search(view.text, before, figure.start):
            subject = []
        before = figure.end
        if figure in direct:
            subject = direct[figure]
            continue
        for holder in subject:
            yield view.vote(figure, holder, _HELD)


@pair_function(
    _HELD,
    match="⟦O1:鄞州⟧、⟦O2:慈溪⟧高企分别达⟦A3:300家⟧、⟦A4:200家⟧ | A3 O1 held; A4 O2 held; A3 O2 none; A4 O1 none",
    abstain="⟦O1:鄞州⟧高企达⟦A2:300家⟧",
    needs="分依",
)
def held_respectively(view: PairsView) -> Iterator[PairVote]:
    """Pair as many holders as there are figures in order, where 分别 says so, and against the crossings."""
    series: list[LabelledSpan] = []
    for figure in [*view.figures, None]:
        goes_on = (
            figure is not None
            and bool(series)
            and series[-1].label is figure.label
            and bool(_JOINED.fullmatch(view.text, series[-1].end, figure.start))
        )
        if figure is not None and (goes_on or not series):
            series.append(figure)
            continue
        yield from _align(view, series)
        series = [figure] if figure is not None else []


@pair_function(
    against="⟦O1:中鼎⟧、⟦O2:保隆⟧等⟦A3:2家⟧企业获批 | A3 O1 none; A3 O2 none",
    abstain="⟦O1:鄞州⟧高企达⟦A2:300家⟧",
    needs="等",
)
def held_no_members(view: PairsView) -> Iterator[PairVote]:
    """Vote against the members that a count sums up."""
    for figure in view.figures:
        last = next((holder for holder in reversed(view.holders) if holder.end <= figure.start), None)
        if last is not None and figure.start - last.end <= 2 and _MEMBERS.match(view.text, last.end):
            for holder in _group_ending_at(view, last.end):
                yield view.vote(figure, holder, None)


@pair_function(against="与⟦O1:浙江大学⟧签订协议⟦A2:5份⟧ | A2 O1 none", abstain="⟦O1:鄞州⟧高企达⟦A2:300家⟧")
def held_no_subject(view: PairsView) -> Iterator[PairVote]:
    """Vote against holders behind a preposition or a verb, for the figures behind them."""
    for holder in view.holders:
        if _NO_SUBJECT.search(view.text, max(0, holder.start - 3), holder.start):
            for figure in _next_figures(view, holder):
                yield view.vote(figure, holder, None)


@pair_function(
    against="⟦O1:全市⟧统计,⟦O2:鄞州⟧高企达⟦A3:300家⟧ | A3 O1 none", abstain="⟦O1:鄞州⟧、⟦O2:慈溪⟧高企达⟦A3:300家⟧"
)
def held_no_jump(view: PairsView) -> Iterator[PairVote]:
    """Vote against a holder where another one stands nearer to the figure and no list joins them."""
    for figure in view.figures:
        before = [holder for holder in view.holders if holder.end <= figure.start]
        if before:
            kept = set(_group_ending_at(view, before[-1].end))
            for holder in before[-_NEAR - 1 : -1]:
                if holder not in kept:
                    yield view.vote(figure, holder, None)


@pair_function(
    against="⟦O1:市科技局⟧组织活动⟦A2:5场⟧,参加⟦A3:300人⟧ | A3 O1 none",
    abstain=["⟦M1:高企⟧⟦A2:300家⟧", "⟦O1:鄞州⟧⟦M2:高企⟧⟦A3:300家⟧"],
)
def held_no_metric(view: PairsView) -> Iterator[PairVote]:
    """Vote against any holder for a figure that has no metric in its stretch on either side, and is not the first behind it."""
    seen: set[LabelledSpan] = set()
    for slot in view.slots:
        figure = slot.figure
        last = next((holder for holder in reversed(view.holders) if holder.end <= figure.start), None)
        if last is None:
            continue
        named = any(slot.left_start <= m.start and m.end <= slot.right_end for m in view.metrics)
        if last in seen and not named:
            yield view.vote(figure, last, None)
        seen.add(last)


def _in_clause(view: PairsView) -> Iterator[tuple[LabelledSpan, list[LabelledSpan]]]:
    """Give figures with the last subject of their clause on their left, where there is one."""
    clauses = list(iter_clauses(view.text))
    for figure in view.figures:
        start = max((begin for begin, _end in clauses if begin <= figure.start), default=0)
        # A figure that holds a comma (1,260家) begins in the clause it is cut from.
        inside = [holder for holder in view.holders if start <= holder.start and holder.end <= figure.start]
        if inside and not _NO_SUBJECT.search(view.text, max(0, inside[-1].start - 3), inside[-1].start):
            group = _group_ending_at(view, inside[-1].end)
            if not _MEMBERS.match(view.text, inside[-1].end):
                yield figure, group


def _group_ending_at(view: PairsView, end: int) -> list[LabelledSpan]:
    """Give the coordinated holders of which the last ends here."""
    group: list[LabelledSpan] = []
    for holder in reversed(view.holders):
        if not group:
            if holder.end == end:
                group.append(holder)
        elif _JOINED.fullmatch(view.text, holder.end, group[0].start):
            group.insert(0, holder)
        else:
            break
    return group


def _group_from(view: PairsView, first: LabelledSpan) -> list[LabelledSpan]:
    """Give a holder and those that joining marks tie to it on its right."""
    group = [first]
    for holder in view.holders[view.holders.index(first) + 1 :]:
        if not _JOINED.fullmatch(view.text, group[-1].end, holder.start):
            break
        group.append(holder)
    return group


def _align(view: PairsView, series: list[LabelledSpan]) -> Iterator[PairVote]:
    if len(series) < 2:
        return
    before = [holder for holder in view.holders if holder.end <= series[0].start]
    group = _group_ending_at(view, before[-1].end) if before else []
    if len(group) != len(series) or not _ALIGN.search(view.text, group[-1].end, series[0].start):
        return
    for row, figure in enumerate(series):
        for column, holder in enumerate(group):
            yield view.vote(figure, holder, _HELD if row == column else None)


def _next_figures(view: PairsView, holder: LabelledSpan) -> list[LabelledSpan]:
    behind = [figure for figure in view.figures if figure.start >= holder.end and figure.label is not EntityLabel.ORG]
    return behind[:_NEAR]
