"""The indicator of a METRIC that leaves out what the sentence has named before: 研发投入16.9亿元,[占GDP比重]2.12%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from zhibiao.catalog.indicator_matching import IndicatorMatch, match_indicator
from zhibiao.catalog.indicator_wording import load_elliptical_words

# What is completed is less sure than what is named.
_COMPLETED = 0.8
# 高企净增56家,总数达236家,新认定74家: the name may stand behind others that are elliptical too.
_REACH = 4
_LEVELS = "国家级|省级|自治区级|市级|区级|县级|部级"
_LEVEL = re.compile(rf"(?:{_LEVELS}|国家|省|市)(?=[\u4e00-\u9fff])")
_LEVEL_ALONE = re.compile(rf"(?:新增|新建|新认定|新获批|其中)?(?P<level>{_LEVELS})(?:以上)?")


def match_in_context(metric: str, unit: str | None, earlier: Sequence[str]) -> IndicatorMatch | None:
    """Find the indicator that a METRIC names, by itself or with what the sentence has named before it.

    Parameters
    ----------
    metric, unit
        As for `match_indicator`.
    earlier
        The METRICs before it in the sentence, in text order.

    Examples
    --------
    >>> match_in_context("占GDP比重", "percent", ["研发投入"]).id, match_in_context("总数", "家", ["新增高企"]).id
    ('rd_intensity', 'hightech_enterprises')
    >>> match_in_context("授权", "件", ["专利申请"]).id, match_in_context("占GDP比重", "percent", []) is None
    ('patent_grants', True)
    """
    own = match_indicator(metric, unit)
    if own is not None:
        return own
    for name in reversed(earlier[-_REACH:]):
        for wording in _completions(metric, name):
            if (found := match_indicator(wording, unit)) is not None:
                return IndicatorMatch(found.id, round(found.score * _COMPLETED, 4))
    return None


def _completions(metric: str, name: str) -> Iterator[str]:
    """Write a METRIC out in full with the help of one named before, the likeliest first."""
    words = load_elliptical_words()
    for said, metrics, wording in words.steps:
        if metric in metrics and said in name:
            yield wording or name.replace(said, metric)
    if metric.startswith("占") or metric in words.measures:
        yield from (f"{base}{metric}" for base in _bases(name))
    elif metric in words.counts:
        # 申报高企50家,[新认定]18家,[总数]125家: the same indicator, of another aspect.
        yield from reversed(list(_bases(name)))
    elif (level := _LEVEL_ALONE.fullmatch(metric)) and (told := _LEVEL.search(name)):
        yield f"{name[: told.start()]}{level['level']}{name[told.end() :]}"


def _bases(name: str) -> Iterator[str]:
    """Give the name, and the name without the verb it begins with: [完成]研发投入."""
    yield name
    if (match := _verbs().match(name)) is not None:
        yield name[match.end() :]


@cache
def _verbs() -> re.Pattern[str]:
    verbs = sorted(load_elliptical_words().verbs, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, verbs)))
