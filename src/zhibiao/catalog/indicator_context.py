"""The indicator of a METRIC that leaves out what was said before: 研发投入16.9亿元,[占GDP比重]2.12%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zhibiao.catalog.indicator_matching import IndicatorMatch, MatchWay, explain_match, match_indicator
from zhibiao.catalog.indicator_wording import is_bare, load_elliptical_words

# What is completed is less sure than what is named, and what the paragraph completes less than what the sentence does.
_COMPLETED, _OF_THE_TOPIC = 0.8, 0.7
# 高企净增56家,总数达236家,新认定74家: the name may stand behind others that are elliptical too.
_REACH = 4
# 减税 by itself is any tax relief, and behind 加计扣除 that of R&D: a completed name goes before a general one.
_GENERAL = frozenset({"tax_relief", "enterprises_benefited", "central_funds"})
_SHORTEST_VERB, _LONGEST_VERB = 2, 4
_SHORTEST_NAME = 2
_BREAK = re.compile("[^\u4e00-\u9fff]")
_LEVELS = "国家级|省级|自治区级|市级|区级|县级|部级"
_LEVEL = re.compile(rf"(?:{_LEVELS}|国家|省|市)(?=[\u4e00-\u9fff])")
_LEVEL_ALONE = re.compile(rf"(?:新增|新建|新认定|新获批|其中)?(?P<level>{_LEVELS})(?:以上)?")
_GRADE = re.compile("[特一二三]等奖")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a METRIC.

    Parameters
    ----------
    earlier
        The METRICs before it in the sentence, in text order.
    before
        The text in front of it, or in front of its figure where that comes first: [惠及]148家企业.
    topics
        What its paragraph is about, the likeliest first: [专利]：申请量687件，授权量401件.
    """

    earlier: Sequence[str] = ()
    before: str = ""
    topics: Sequence[str] = ()


def match_in_context(metric: str, unit: str | None, context: Context) -> IndicatorMatch | None:
    """Find the indicator that a METRIC names, by itself or with what was said before it.

    Parameters
    ----------
    metric, unit
        As for `match_indicator`.
    context
        What stands around it.

    Examples
    --------
    >>> match_in_context("占GDP比重", "percent", Context(["研发投入"])).id, match_in_context("总数", "家", Context(["新增高企"])).id
    ('rd_intensity', 'hightech_enterprises')
    >>> match_in_context("授权量", "件", Context(topics=["专利"])).id, match_in_context("企业", "家", Context(before="全年惠及")).id
    ('patent_grants', 'enterprises_benefited')
    >>> match_in_context("占GDP比重", "percent", Context()) is None
    True
    """
    earlier = context.earlier[-_REACH:]
    own = match_indicator(metric, unit)
    if own is not None and own.id not in _GENERAL:
        return own
    for name in reversed(earlier):
        for wording in _completions(metric, name):
            if (found := match_indicator(wording, unit)) is not None:
                return IndicatorMatch(found.id, round(found.score * _COMPLETED, 4))
    if own is not None:
        return own
    if not is_bare(metric) or len(metric) < _SHORTEST_NAME:
        return None
    return _match_with_verb(metric, unit, context.before) or _match_of_topic(metric, unit, context.topics)


def _match_with_verb(metric: str, unit: str | None, before: str) -> IndicatorMatch | None:
    """Match with the verb in front, parted from its object by the figure: 新[开工]20个[项目]."""
    *_, words = ("", *_BREAK.split(before[-_LONGEST_VERB:]))
    for length in range(len(words), _SHORTEST_VERB - 1, -1):
        found = explain_match(words[-length:] + metric, unit)
        if found.way is MatchWay.LISTED and found.match is not None:
            return IndicatorMatch(found.match.id, round(found.score * _COMPLETED, 4))
    return None


def _match_of_topic(metric: str, unit: str | None, topics: Sequence[str]) -> IndicatorMatch | None:
    for topic in topics:
        for wording in _completions(metric, topic):
            found = explain_match(wording, unit)
            if found.match is not None and found.way is not MatchWay.NEAREST:
                return IndicatorMatch(found.match.id, round(found.score * _OF_THE_TOPIC, 4))
        found = explain_match(topic + metric, unit)
        if found.match is not None and found.way is MatchWay.LISTED:
            return IndicatorMatch(found.match.id, round(found.score * _OF_THE_TOPIC, 4))
    return None


def _completions(metric: str, name: str) -> Iterator[str]:
    """Write a METRIC out in full with the help of one named before, the likeliest first."""
    words = load_elliptical_words()
    for said, metrics, wording in words.steps:
        if metric in metrics and said in name:
            yield wording or name.replace(said, metric)
    if metric.startswith("占") or metric in words.measures:
        yield from (f"{base}{metric}" for base in _bases(name))
        if (head := _head().search(name)) is not None and head.start() >= _SHORTEST_NAME:
            # 夏粮[播种面积]46.5万亩,[总产]18.3万吨
            yield from (f"{base}{metric}" for base in _bases(name[: head.start()]))
    elif metric in words.counts:
        # 申报高企50家,[新认定]18家,[总数]125家: the same indicator, of another aspect.
        yield from reversed(list(_bases(name)))
    elif metric in words.applications:
        yield from (f"申报{base}" for base in _bases(name))
    elif level := _LEVEL_ALONE.fullmatch(metric):
        told = _LEVEL.search(name)
        yield f"{name[: told.start()]}{level['level']}{name[told.end() :]}" if told else f"{level['level']}{name}"
    elif (grade := _GRADE.search(metric)) and (told := _GRADE.search(name)):
        # 获大赛一等奖1项、[三等奖]2项
        yield f"{name[: told.start()]}{grade.group()}{name[told.end() :]}"


def _bases(name: str) -> Iterator[str]:
    """Give the name, and the name without the verb it begins with: [完成]研发投入."""
    yield name
    if (match := _verbs().match(name)) is not None:
        yield name[match.end() :]


@cache
def _verbs() -> re.Pattern[str]:
    verbs = sorted(load_elliptical_words().verbs, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, verbs)))


@cache
def _head() -> re.Pattern[str]:
    """Match a word of measure that a name ends with."""
    measures = sorted(load_elliptical_words().measures, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, measures))})$")
