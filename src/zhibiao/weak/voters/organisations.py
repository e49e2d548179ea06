"""ORG: each part of the names' grammar by itself, places that hold a figure, and what is no organisation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from zhibiao.labels import EntityLabel
from zhibiao.rules.words import any_of, lexicon_words
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.ranges import Range
from zhibiao.weak.views import SentenceView

_LIST_MARK = re.compile(r"[、]|和(?!谐|平)|及(?!时)|与")
_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,24}")
_PREPOSITION = re.compile(r"(?:在|向|对|到|赴|从|与|比|较|由|为|给)$")
# A figure further off is another thought.
_REACH = 90
_MARK = frozenset("，,。；;：:！!？?\n")
_NOT_NAMES = re.compile(r"计划|基金|项目|工程|大赛|论坛|政策|办法|方案|意见|规划|制度|条例|奖|活动|资金|称号|试点|行动")


@span_function(EntityLabel.ORG, match="⟦宁国市科技局⟧支持企业与⟦浙江大学⟧合作", abstain="企业与高校合作")
def org_rules(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the organisations that the rules settle on."""
    for span in sentence.organisations:
        yield SpanVote(span.start, span.end)


@span_function(EntityLabel.ORG, match="⟦宁国市科技局⟧、⟦市委⟧领导到会", abstain="企业与浙江大学合作")
def org_organ(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for government organs with the place in front."""
    yield from _votes(sentence.named("organs"))


@span_function(EntityLabel.ORG, match="⟦我局⟧开展调研", abstain="市科技局开展调研")
def org_own_organ(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for how an issuer speaks of itself."""
    yield from _votes(sentence.named("own_organs"))


@span_function(EntityLabel.ORG, match="落户⟦安庆经开区⟧", abstain="安庆市科技局")
def org_zone(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for development zones."""
    yield from _votes(sentence.named("zones"))


@span_function(EntityLabel.ORG, match="企业与⟦浙江大学⟧合作", abstain="市科技局开展调研")
def org_suffix(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for names that end with a suffix and begin with a place or a word of their own."""
    yield from _votes(sentence.named("suffixed"))


@span_function(EntityLabel.ORG, match="利宸精工、⟦华冠电子⟧获奖", abstain="市科技局开展调研")
def org_short(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for coined short names where a bracket or a list gives them."""
    yield from _votes(sentence.named("short"))


@span_function(EntityLabel.ORG, match="富朗石墨股份公司（简称⟦富朗石墨⟧）投产,⟦富朗石墨⟧获奖", abstain="市科技局")
def org_repeated(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for every place where a short name stands again, if it is no part of a longer word."""
    for name in sentence.report.short_names:
        place = sentence.text.find(name)
        while place >= 0:
            end = place + len(name)
            if not sentence.text.startswith(("股份", "公司", "有限"), end):
                yield SpanVote(place, end)
            place = sentence.text.find(name, end)


@span_function(
    EntityLabel.ORG,
    match="⟦全市⟧高企总数达125家",
    against="经验推广到⟦全省⟧,高企总数达125家",
    abstain="新增高企125家",
)
def org_rules_linked(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the places that hold a figure as the rules link them, and against the other places beside figures."""
    holding = {link.child for link in sentence.rule_links}
    for place in sentence.places if sentence.figures else ():
        yield SpanVote(place.start, place.end, against=place not in holding)


@span_function(EntityLabel.ORG, match="⟦全市⟧高企达125家", abstain=["全市上下一心", "新增高企125家"])
def org_own_place(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a self-reference where its clause or the next one has a figure and names no other place first."""
    for start, end in sentence.named("own_places"):
        if _figure_follows(sentence, end):
            yield SpanVote(start, end)


@span_function(EntityLabel.ORG, match="⟦慈溪市⟧高企达125家", abstain=["在慈溪市举办大赛", "新增高企125家"])
def org_place_subject(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a place that begins a clause or an item of a list, with a figure behind it."""
    for start, end in (*sentence.named("regions"), *sentence.named("towns")):
        if (start == 0 or sentence.text[start - 1] in "，,。；;：:、\n和与") and _figure_follows(sentence, end):
            yield SpanVote(start, end)


@span_function(EntityLabel.ORG, match="其中⟦慈溪⟧200家", abstain="慈溪高企200家")
def org_place_figure(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a place that touches its figure."""
    starts = {figure.start for figure in sentence.figures}
    for start, end in (*sentence.named("regions"), *sentence.named("towns")):
        if end in starts:
            yield SpanVote(start, end)


@span_function(
    EntityLabel.ORG,
    match="支持宁波大学、⟦中南院⟧。",
    abstain="项目、平台、人才",
    needs="、和及与",
)
def org_listed(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the items of a list in which another item is an organisation."""
    text = sentence.text
    if not sentence.organisations:
        return
    ends = {span.end for span in sentence.organisations}
    starts = {span.start for span in sentence.organisations}
    for mark in _LIST_MARK.finditer(text):
        if mark.start() in ends:
            item = _ITEM.match(text, mark.end())
            end = _item_end(text, mark.end(), item.end()) if item else 0
            if end and _may_be_name(text[mark.end() : end]):
                yield SpanVote(mark.end(), end)
        if mark.end() in starts:
            begin = _item_start(text, mark.start())
            if begin < mark.start() and _may_be_name(text[begin : mark.start()]):
                yield SpanVote(begin, mark.start())


@span_function(EntityLabel.ORG, against=["支持⟦企业⟧与⟦高校院所⟧合作"], abstain="支持浙江大学")
def org_no_generic(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against the words for kinds of organisations."""
    for match in _generic_pattern().finditer(sentence.text):
        yield SpanVote(*match.span(), against=True)


@span_function(EntityLabel.ORG, against="居⟦全省⟧第2位", abstain="全省高企125家")
def org_no_rank_scope(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against the place that a rank is reached in."""
    for start, end in sentence.ranks:
        for place in (*sentence.named("own_places"), *sentence.named("regions")):
            if start <= place[0] and place[1] <= end:
                yield SpanVote(*place, against=True)


@span_function(EntityLabel.ORG, against="在⟦慈溪市⟧举办大赛,⟦全市⟧上下一心", abstain="全市高企125家")
def org_no_figure(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against places in a sentence without any figure."""
    if not sentence.figures:
        for place in _places(sentence):
            yield SpanVote(*place, against=True)


@span_function(EntityLabel.ORG, against="在⟦慈溪市⟧举办大赛3场", abstain="慈溪市高企125家")
def org_no_locative(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against places behind a preposition, where things happen or what is compared with."""
    for start, end in _places(sentence):
        if _PREPOSITION.search(sentence.text, max(0, start - 1), start):
            yield SpanVote(start, end, against=True)


@span_function(EntityLabel.ORG, against="入选⟦安徽省重大专项计划⟧", abstain="安徽省科技厅批准")
def org_no_programme(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against names that end like programmes, funds, prizes and contests."""
    text = sentence.text
    for start, end in sentence.named("regions"):
        item = _ITEM.match(text, end)
        match = _NOT_NAMES.search(text, end, min(len(text), end + 12)) if item else None
        if item and match and match.end() <= item.end():
            yield SpanVote(start, match.end(), against=True)


def _places(sentence: SentenceView) -> tuple[Range, ...]:
    return (*sentence.named("own_places"), *sentence.named("regions"), *sentence.named("towns"))


def _votes(found: Iterable[Range]) -> Iterator[SpanVote]:
    for start, end in found:
        yield SpanVote(start, end)


def _figure_follows(sentence: SentenceView, place: int) -> bool:
    """Tell whether a figure begins in the rest of the clause or in the clause behind it."""
    starts = [figure.start for figure in sentence.figures]
    first = bisect_left(starts, place)
    if first == len(starts) or starts[first] - place > _REACH:
        return False
    return sum(char in _MARK for char in sentence.text[place : starts[first]]) <= 1


def _item_end(text: str, start: int, end: int) -> int:
    """Stop a list item at the next joining mark or 等."""
    stop = min((place for mark in "、等和与" if (place := text.find(mark, start, end)) >= 0), default=end)
    return stop if stop < end or end == len(text) or text[end] in _MARK else 0


def _item_start(text: str, end: int) -> int:
    start = end
    while start > max(0, end - 16) and _ITEM.match(text, start - 1, start + 1) and text[start - 1] not in "、和与及等":
        start -= 1
    return start if start == 0 or text[start - 1] in "、，,。；;：:\n和与及" else end


def _may_be_name(item: str) -> bool:
    return 2 <= len(item) <= 24 and item not in lexicon_words("generic_organisations") and not _NOT_NAMES.search(item)


@cache
def _generic_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(lexicon_words('generic_organisations').words)})")
