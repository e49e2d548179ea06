"""METRIC: each function has its own idea of where the phrase beside a figure begins and ends.

Ends are mostly agreed on; beginnings are not. So the functions differ in where they begin: behind time and place, behind who acts, at a
verb, at a name of the catalogue, behind the last 的. How they agree is for the aggregation to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibiao.labels import EntityLabel
from zhibiao.rules.metrics import (
    behind_agent,
    find_predicate,
    is_count,
    is_phrase,
    left_metrics,
    right_metric,
    split_coordinated,
    trim_phrase,
    verb_at,
)
from zhibiao.rules.words import lexicon_words
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.views import SentenceView

_TABLE_LINE = re.compile(r"^[\s\d一二三四五六七八九十.、（()）·•—-]*(?P<name>[^：:，,。；;\n]{2,30})[：:]\s*$")
_SHARE = re.compile(r"(?:[^，,；;。]{0,2})(?P<span>占[^，,；;。的]{0,24}?)的?(?:比重|比例)?[达为近约超仅只到至]*$")
_THRESHOLD = re.compile(r"(?:以上|以下|以内)$")
_CHANGE = re.compile(
    r"(?:(?:同比|环比|年均|累计)?(?:实际|净|大幅|快速)?(?:增长|增加|增幅|提高|提升|下降|减少|降低|上升|回落|增|降|多|少)了?|较?比?上年同?期?)\Z"
)
_LIGHT = re.compile(r"(?:开展|组织|完成|实现|举办|召开|进行|拥有|有|达到?|为|是|共|建有|超额完成|增至|降至|升至)\Z")
_AIM = re.compile(r"(?:年度|全年|预期|既定)?(?:目标|任务|计划)(?:任务)?")
_TIME_WORD = re.compile(
    r"(?:全年|今年|去年|上年|本年度?|当年|目前|截至目前|年末|年底|上半年|下半年|[一二三四]季度|累计|共计|总共|合计|其中|力争|预计|确保)\Z"
)


@span_function(
    EntityLabel.METRIC,
    match=["⟦新认定⟧18家,⟦高企总数⟧达125家", "新增5家⟦省级研发平台⟧"],
    abstain="同比增长12.5%",
)
def metric_rules(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for what the rules settle on, each figure's left weighed against its right."""
    for span in sentence.rule_metrics:
        yield SpanVote(span.start, span.end)


@span_function(
    EntityLabel.METRIC,
    match="⟦新认定⟧18家,⟦高企总数⟧达125家",
    abstain="同比增长12.5%",
)
def metric_rules_linked(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the rules' metrics that a figure speaks of, as the rules link them."""
    metrics = (link.head for link in sentence.rule_links if link.head.label is EntityLabel.METRIC)
    for span in dict.fromkeys(metrics):
        yield SpanVote(span.start, span.end)


@span_function(EntityLabel.METRIC, match="今年⟦兑现补助⟧5万元,⟦带动企业投入⟧1亿元", abstain="同比增长12%")
def metric_left_phrase(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the whole left of a figure behind time, place and adverbs."""
    for _slot, start, end in sentence.phrases:
        yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, match="由企业⟦申报项目⟧5项", abstain="同比增长12%")
def metric_behind_agent(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the left of a figure behind who acts and where."""
    for _slot, start, end in sentence.phrases:
        begin, stop = trim_phrase(sentence.text, behind_agent(sentence.text, start, end, sentence.outside), end)
        if is_phrase(sentence.text, begin, stop):
            yield SpanVote(begin, stop)


@span_function(
    EntityLabel.METRIC,
    match="龙头企业⟦营业收入⟧达12.6亿元",
    abstain="营业收入达12.6亿元",
)
def metric_behind_holder(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for what stands behind the last organisation, place or kind of organisation on the left of a figure."""
    text = sentence.text
    names = [(span.start, span.end) for span in (*sentence.places, *sentence.organisations)]
    generic, heads = lexicon_words("generic_organisations"), lexicon_words("metric_heads")
    for _slot, start, end in sentence.phrases:
        cut = max((stop for begin, stop in names if start <= begin and stop < end), default=start)
        for place in range(start, end):
            length = generic.prefix(text, place, end)
            if length and not heads.prefix(text, place, end) > length:
                cut = max(cut, place + length)
        begin, stop = trim_phrase(text, cut, end)
        if start < begin < stop - 1:
            yield SpanVote(begin, stop)


@span_function(EntityLabel.METRIC, match="与高校⟦签订合作协议⟧58份", abstain=["高企总数125家", "同比增长12%"])
def metric_last_verb(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the last verb on the left of a figure with its object."""
    for _slot, start, end in sentence.phrases:
        for place in range(end - 2, start - 1, -1):
            if 0 < verb_at(sentence.text, place, end) < end - place:
                yield SpanVote(place, end)
                break


@span_function(EntityLabel.METRIC, match="⟦签订合作协议⟧58份", abstain=["高企总数125家", "同比增长12%"])
def metric_first_verb(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the first verb on the left of a figure with all that follows."""
    for _slot, start, end in sentence.phrases:
        for place in range(start, end - 2):
            length = verb_at(sentence.text, place, end)
            if length:
                if length < end - place:
                    yield SpanVote(place, end)
                break


@span_function(EntityLabel.METRIC, match="⟦新认定⟧18家,⟦重新认定⟧24家", abstain="高企总数125家")
def metric_bare_verb(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a verb that stands alone in front of a figure, its object left out."""
    for _slot, start, end in sentence.phrases:
        if sentence.text[start:end] in lexicon_words("metric_verbs"):
            yield SpanVote(start, end)


@span_function(
    EntityLabel.METRIC,
    match="全市⟦技术合同成交额⟧达9.8亿元",
    abstain=["印发宣传册200份", "技术合同成交额稳步增长"],
)
def metric_catalogue(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for an indicator of the catalogue where the left of a figure ends with it."""
    ends = {end for _slot, _start, end in sentence.phrases}
    for start, end in sentence.indicators:
        if end in ends:
            yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, match="实现100亿元⟦高新技术产业增加值⟧", abstain="高新技术企业18家")
def metric_catalogue_right(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for an indicator of the catalogue right behind a figure."""
    ends = {figure.end for figure in sentence.figures}
    for start, end in sentence.indicators:
        if start in ends or (start - 1 in ends and sentence.text[start - 1] == "的"):
            yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, match="⟦规上工业增加值⟧达161亿元", abstain=["与蕲艾有关12家", "同比增长12%"])
def metric_head_word(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the left of a figure where it ends with a word that ends indicators' names, from behind the last 的."""
    for _slot, start, end in sentence.phrases:
        if lexicon_words("metric_heads").suffix(sentence.text, start, end):
            cut = sentence.text.rfind("的", start, end - 1) + 1
            yield SpanVote(max(start, cut), end)


@span_function(EntityLabel.METRIC, match="⟦专利申请量⟧、⟦授权量⟧达7件", abstain="高企125家")
def metric_coordinated(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for each of the phrases that 、 or 和 joins on the left of a figure."""
    for _slot, start, end in sentence.phrases:
        parts = split_coordinated(sentence.text, start, end)
        for part in parts if len(parts) > 1 else ():
            begin, stop = trim_phrase(sentence.text, *part)
            if is_phrase(sentence.text, begin, stop):
                yield SpanVote(begin, stop)


@span_function(
    EntityLabel.METRIC,
    match=["⟦R&D经费支出⟧:12.6亿元", "3.⟦良种覆盖率⟧：96%"],
    abstain="R&D经费支出12.6亿元",
)
def metric_table_line(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for what stands in front of a colon that a figure follows."""
    for slot in sentence.slots:
        match = _TABLE_LINE.match(sentence.text[: slot.figure.start])
        if match:
            yield SpanVote(*match.span("name"))


@span_function(
    EntityLabel.METRIC,
    match=["⟦占地区生产总值⟧的1.9%", "企业投入5.1亿元,⟦占⟧81%"],
    abstain="增长1.9%",
)
def metric_share(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for 占 with its base."""
    for slot in sentence.slots:
        match = _SHARE.search(sentence.text, max(slot.left_start, slot.figure.start - 34), slot.figure.start)
        if match:
            yield SpanVote(*match.span("span"))


@span_function(
    EntityLabel.METRIC,
    match=["新增3个⟦市级重点实验室⟧", "建立150家的⟦高企后备培育库⟧"],
    abstain=["高企125家", "增长12%,"],
)
def metric_right_rules(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the noun or verb phrase right of a count, whatever stands on its left."""
    for slot in sentence.slots:
        span = right_metric(sentence.text, slot)
        if span:
            yield SpanVote(*span)


@span_function(EntityLabel.METRIC, match="100万元⟦技术改造资金⟧", abstain="高企125家")
def metric_right_alone(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the phrase right of a measure whose left says nothing."""
    for slot in sentence.slots:
        if is_count(sentence.text, slot.figure):
            continue
        span = right_metric(sentence.text, slot, alone=True)
        if span and not left_metrics(sentence.text, slot, sentence.outside):
            yield SpanVote(*span)


@span_function(EntityLabel.METRIC, match="8家⟦企业⟧股权投资", abstain=["8家省级平台", "高企125家"])
def metric_right_generic(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a common noun for people or organisations right behind a count."""
    for slot in sentence.slots:
        length = lexicon_words("generic_organisations").prefix(sentence.text, slot.figure.end, slot.right_end)
        if length and is_count(sentence.text, slot.figure):
            yield SpanVote(slot.figure.end, slot.figure.end + length)


@span_function(EntityLabel.METRIC, match="36家企业⟦纳入省高企培育库⟧", abstain=["36家企业", "高企125家"])
def metric_right_predicate(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for what the counted do: the verb behind a counted noun with its object."""
    text = sentence.text
    for slot in sentence.slots:
        if not is_count(text, slot.figure):
            continue
        verb = find_predicate(text, slot.figure.end, min(slot.right_end, slot.figure.end + 60))
        if verb is not None:
            start, end = trim_phrase(text, verb, slot.right_end)
            if end - start > 2:
                yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, match="新增3个⟦重点实验室和平台⟧", abstain="高企125家")
def metric_right_phrase(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for all that stands between a count and the next boundary."""
    text = sentence.text
    for slot in sentence.slots:
        if is_count(text, slot.figure):
            begin = slot.figure.end + text.startswith("的", slot.figure.end)
            start, end = trim_phrase(text, begin, min(slot.right_end, begin + 40))
            if end - start >= 2 and start == begin:
                yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, against=["⟦同比增长⟧12.5%", "⟦下降⟧4.2%"], abstain="增加值增速12%")
def metric_no_change(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against words of change that stand alone in front of a figure."""
    yield from _against_left(sentence, _CHANGE)


@span_function(EntityLabel.METRIC, against="共⟦完成⟧18项", abstain="签订合同18项")
def metric_no_light_verb(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against light verbs that stand alone in front of a figure."""
    yield from _against_left(sentence, _LIGHT)


@span_function(EntityLabel.METRIC, against="完成⟦年度目标⟧的92%", abstain="签订合同18项")
def metric_no_aim(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against 目标 and 任务, which stay outside every METRIC."""
    for match in _AIM.finditer(sentence.text) if sentence.figures else ():
        yield SpanVote(*match.span(), against=True)


@span_function(EntityLabel.METRIC, against="⟦全年⟧18项", abstain="签订合同18项")
def metric_no_time(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against times and adverbs standing alone."""
    yield from _against_left(sentence, _TIME_WORD)


@span_function(EntityLabel.METRIC, against="主营收入1亿元以上⟦工业企业⟧38家", abstain="新增5家平台")
def metric_no_condition(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against the noun right behind a measured threshold, which only sets a condition."""
    text = sentence.text
    for slot in sentence.slots:
        figure = slot.figure
        if figure.label is EntityLabel.AMOUNT and not is_count(text, figure):
            end = slot.right_end
            if _THRESHOLD.search(text, figure.start, figure.end) and figure.end < end:
                start, end = trim_phrase(text, figure.end, end)
                if start < end:
                    yield SpanVote(start, end, against=True)


@span_function(EntityLabel.METRIC, against="⟦浙江大学⟧签订协议5份,全市", abstain="签订协议5份")
def metric_no_name(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against the names of organisations as metrics."""
    for span in sentence.organisations if sentence.figures else ():
        yield SpanVote(span.start, span.end, against=True)


def _against_left(sentence: SentenceView, pattern: re.Pattern[str]) -> Iterator[SpanVote]:
    r"""Vote against a stretch in front of a figure that is nothing but what the pattern matches up to its own ``\Z``."""
    for slot in sentence.slots:
        match = pattern.search(sentence.text, max(slot.left_start, slot.figure.start - 12), slot.figure.start)
        if match:
            yield SpanVote(*match.span(), against=True)
