"""Which indicator a METRIC names: by a listed wording, by its normal form, or by the nearest one; else none.

Between several that would do there is no choosing: 发明专利 may be applied for, granted or in force, and names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from zhibiao.catalog.indicator_table import Indicator, load_indicators
from zhibiao.catalog.indicator_wording import (
    core_of,
    find_verb,
    is_action,
    load_unit_groups,
    normalise_wording,
    nouns_of,
    parts_of,
    peel_wording,
    stem_of,
)
from zhibiao.catalog.units import UnitKind, load_units

# Units of change say nothing of the indicator's own unit: 技术合同成交额增长12个百分点, 翻一番.
_NEUTRAL = frozenset({UnitKind.POINT, UnitKind.TIMES, UnitKind.FOLD})
# Water is saved in cubic metres or in tonnes.
_QUANTITIES = frozenset({UnitKind.MASS, UnitKind.VOLUME})
_COUNTED_COST, _NOUN_COST, _NEAREST_COST = 0.97, 0.9, 0.9
# Measured on the METRICs of the train split and of fifteen reports from outside: of 31 nearest wordings above it 30 are right, of the
# two below one.
_NEAR_ENOUGH = 0.8
_LONGEST_METRIC = 60
_CACHED_METRICS = 1 << 15
# 投资额 is not 投资总额, and 企业 is a noun that any number may count: two characters are too few to tell.
_SHORTEST_STEM = 3
_SHORTEST_HEAD, _HEAD_COST = 4, 0.75
_PERSON = "person"
# “局长面对面”座谈: a name of its own does not make it less of a meeting
_QUOTED = re.compile("“[^”]{1,16}”等?")
_OF_A_KIND = frozenset("类型性")
# 农业类省级研发平台 are a part of them
_PART = re.compile("类")
_JOINED = re.compile("[、和与及](?!.*等)")


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """An indicator's id, and how sure the match is: 1 for a listed wording, less for each part taken off."""

    id: str
    score: float


class MatchWay(StrEnum):
    """How a wording of the catalogue was found in a METRIC, the surest first."""

    LISTED = "a listed wording"
    PEELED = "a listed wording, without what stands around it"
    COUNTED = "a listed wording with another word of counting"
    NEAREST = "the nearest listed wording, of the same characters"
    HEAD = "a listed wording, without what stands between its verb and its noun"
    UNIT_NOUN = "a listed wording with the noun that the unit stands for"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a METRIC has an indicator, or why not.

    Parameters
    ----------
    form
        The listed wording that was found, in its normal form; None if there is none.
    way, score
        How it was found, and how sure that is.
    meanings
        The indicators that have this wording.
    fitting
        Those of them that can be given in the unit.
    """

    form: str | None = None
    way: MatchWay | None = None
    score: float = 0.0
    meanings: tuple[Indicator, ...] = ()
    fitting: tuple[Indicator, ...] = ()

    @property
    def match(self) -> IndicatorMatch | None:
        """The match, if one indicator alone will do."""
        return IndicatorMatch(self.fitting[0].id, round(self.score, 2)) if len(self.fitting) == 1 else None


@dataclass(frozen=True, slots=True)
class _Found:
    form: str
    way: MatchWay
    score: float
    meanings: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    by_form: dict[str, tuple[Indicator, ...]]
    by_stem: dict[str, tuple[Indicator, ...]]
    by_core: dict[str, tuple[str, ...]]


def match_indicator(metric: str, unit: str | None = None) -> IndicatorMatch | None:
    """Find the indicator that a METRIC names; None when the catalogue has none, or more than one would do.

    Parameters
    ----------
    metric
        The METRIC's text.
    unit
        Base unit of a level of it. A unit of another kind vetoes: percent speaks of no sum of money. Leave it out for a
        change, whose percent is not the indicator's own unit. It never turns an indicator that it fits into another; it
        tells those apart that share a wording, and stands for a noun left out (温室20万平方米, 技术合作协议100万元).

    Examples
    --------
    >>> match_indicator("全市有效期内国家高企"), match_indicator("新认定高新技术企业")
    (IndicatorMatch(id='hightech_enterprises', score=0.98), IndicatorMatch(id='hightech_enterprises', score=0.95))
    >>> match_indicator("研发投入", "CNY").id, match_indicator("研发投入", "percent")
    ('rd_expenditure', None)
    >>> match_indicator("技术合同", "CNY").id, match_indicator("技术合同", "项").id, match_indicator("技术合同")
    ('tech_contract_value', 'tech_contracts', None)
    """
    return explain_match(metric, unit).match


def explain_match(metric: str, unit: str | None = None) -> Explanation:
    """Match a METRIC and tell why it has an indicator or has none; the parameters are those of `match_indicator`.

    Examples
    --------
    >>> found = explain_match("发明专利", "件")
    >>> found.match, [one.id for one in found.fitting]
    (None, ['invention_applications', 'invention_grants', 'valid_inventions'])
    >>> found = explain_match("专利申请", "家")
    >>> found.match, [one.id for one in found.meanings], found.fitting
    (None, ['patent_applications'], ())
    """
    return _explain(metric[:_LONGEST_METRIC], unit)


@lru_cache(maxsize=_CACHED_METRICS)
def _explain(metric: str, unit: str | None) -> Explanation:
    found = _find(metric)
    fitting = _fitting(found, unit)
    if not fitting and unit is not None:
        # 技术合作协议 in yuan is no number of agreements, but 技术合作协议[金额] is listed
        nouns = nouns_of(_unit_kinds().get(unit), unit)
        for other in (_find_with_noun(metric, nouns), _find_head(metric), _find(_QUOTED.sub("", metric))):
            if other is not None and (fitting := _fitting(other, unit)):
                found = other
                break
    if found is None:
        return Explanation()
    return Explanation(found.form, found.way, found.score, found.meanings, fitting)


def _fitting(found: _Found | None, unit: str | None) -> tuple[Indicator, ...]:
    fitting = tuple(one for one in found.meanings if fits_unit(one, unit)) if found else ()
    if len(fitting) > 1 and unit is not None and load_unit_groups().get(unit) != _PERSON:
        # 科普讲座2次 are lectures, 科普讲座300人次 listeners
        return tuple(one for one in fitting if load_unit_groups().get(one.unit) != _PERSON)
    return fitting


def fits_unit(indicator: Indicator, unit: str | None) -> bool:
    """Tell whether a level of the indicator can be given in a unit.

    Examples
    --------
    >>> patents = next(one for one in load_indicators() if one.id == "patent_applications")
    >>> fits_unit(patents, "件"), fits_unit(patents, "家"), fits_unit(patents, "CNY"), fits_unit(patents, None)
    (True, False, False, True)
    """
    given = _unit_kinds().get(unit) if unit else None
    if unit is None or given is None or given in _NEUTRAL:
        return True
    groups = load_unit_groups()
    own = _unit_kinds().get(indicator.unit)
    if own is None:
        return given is UnitKind.RATIO or groups.get(unit) == "mark"
    if own is not given:
        return {own, given} <= _QUANTITIES
    pair = {groups.get(unit), groups.get(indicator.unit)}
    return len(pair) == 1 or None in pair or pair == {"event", "object"}


def measure_similarity(one: str, other: str) -> float:
    """Give the share of characters and pairs of characters that two texts have in common: Dice's coefficient.

    Examples
    --------
    >>> measure_similarity("企业参会", "参会企业"), round(measure_similarity("专利申请", "专利授权"), 2)
    (0.8571428571428571, 0.43)
    """
    parts, others = parts_of(one), parts_of(other)
    return 2 * len(parts & others) / (len(parts) + len(others)) if parts or others else 1.0


@lru_cache(maxsize=_CACHED_METRICS)
def _find(metric: str) -> _Found | None:
    """Find what a wording may mean, whatever its unit."""
    index = _index()
    nearest: _Found | None = None
    for form, score in peel_wording(normalise_wording(metric)):
        if nearest is not None and nearest.score > score:
            break
        found = _look_up(form, score, index)
        if found is not None:
            return found
        near = _find_nearest(form, score, index)
        if near is not None and (nearest is None or near.score > nearest.score):
            nearest = near
    return nearest


def _look_up(form: str, score: float, index: _Index) -> _Found | None:
    exact = index.by_form.get(form)
    if exact is not None:
        return _Found(form, MatchWay.LISTED if score == 1 else MatchWay.PEELED, score, exact)
    stem = stem_of(form)
    if len(stem) < _SHORTEST_STEM and (stem == form or stem not in index.by_form):
        return None
    counted = index.by_stem.get(stem)
    return _Found(stem, MatchWay.COUNTED, score * _COUNTED_COST, counted) if counted is not None else None


def _find_nearest(form: str, score: float, index: _Index) -> _Found | None:
    """Find the listed wording most like a form of those that differ from it in order and light words only."""
    alike = [(measure_similarity(form, other), other) for other in index.by_core.get(core_of(form), ())]
    similarity, nearest = max(alike, default=(0.0, ""))
    if similarity < _NEAR_ENOUGH:
        return None
    meanings = _merge(index.by_form[other] for likeness, other in alike if likeness == similarity)
    return _Found(nearest, MatchWay.NEAREST, score * similarity * _NEAREST_COST, meanings)


@lru_cache(maxsize=_CACHED_METRICS)
def _find_with_noun(metric: str, nouns: tuple[str, ...]) -> _Found | None:
    """Find what a wording means with the noun that its unit stands for."""
    index = _index()
    for form, score in peel_wording(normalise_wording(metric)) if nouns else ():
        # 新增5家 may be anything
        if is_action(form):
            continue
        for noun in nouns:
            exact = index.by_form.get(form + noun)
            if exact is not None:
                return _Found(form + noun, MatchWay.UNIT_NOUN, score * _NOUN_COST, exact)
    return None


@lru_cache(maxsize=_CACHED_METRICS)
def _find_head(metric: str) -> _Found | None:
    """Find the wording that a verb and the last noun make up: [发放]知识产权、节能减排等方面的[宣传资料]."""
    form = normalise_wording(metric)
    verb = find_verb(form)
    if not verb or form[len(verb) : len(verb) + 1] in _OF_A_KIND:
        return None
    by_form = _index().by_form
    # 培训校长、骨干教师 counts no teachers in office, 新增[高级工程师等]高层次人才 counts talents
    alone = is_action(verb) and "的" not in metric
    for start in range(len(verb) + 1, len(form) - _SHORTEST_HEAD + 1):
        between, head = form[len(verb) : start], form[start:]
        if _PART.search(between):
            continue
        if verb + head in by_form:
            return _Found(verb + head, MatchWay.HEAD, _HEAD_COST, by_form[verb + head])
        if alone and head in by_form and not _JOINED.search(between):
            return _Found(head, MatchWay.HEAD, _HEAD_COST, by_form[head])
    return None


@cache
def _unit_kinds() -> dict[str, UnitKind]:
    return {unit.base: unit.kind for unit in load_units()}


@cache
def _index() -> _Index:
    by_form: dict[str, list[tuple[Indicator, ...]]] = {}
    by_stem: dict[str, list[tuple[Indicator, ...]]] = {}
    by_core: dict[str, list[str]] = {}
    for one in load_indicators():
        for form in map(normalise_wording, one.wordings):
            by_form.setdefault(form, []).append((one,))
            by_stem.setdefault(stem_of(form), []).append((one,))
    for form in by_form:
        core = core_of(form)
        if core:
            by_core.setdefault(core, []).append(form)
    return _Index(
        {form: _merge(found) for form, found in by_form.items()},
        {stem: _merge(found) for stem, found in by_stem.items()},
        {core: tuple(found) for core, found in by_core.items()},
    )


def _merge(groups: Iterable[tuple[Indicator, ...]]) -> tuple[Indicator, ...]:
    """Put groups of indicators together, each once."""
    return tuple({one.id: one for group in groups for one in group}.values())
