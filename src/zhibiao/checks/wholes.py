"""Do the parts stay within the whole? 高企120家，其中规上130家 cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from zhibiao.catalog.indicators import load_indicators
from zhibiao.catalog.units import UnitKind
from zhibiao.checks.arithmetic import HUNDRED
from zhibiao.checks.told import Told
from zhibiao.checks.wording import IN_A_FIELD, NOT_ADDED, OF_WHICH, ONE_LEVEL, SHARES
from zhibiao.checks.written import unit_kind
from zhibiao.labels import CheckKind, FactKind, Verdict
from zhibiao.records import CheckFinding, Fact

# the shares of two wholes do not add up
_SHARES = frozenset({UnitKind.RATIO, UnitKind.POINT, UnitKind.TIMES})


def check_wholes(facts: Sequence[Told]) -> Iterator[CheckFinding]:
    """Find shares above 100 %, and parts that exceed their whole: 其中 in one sentence, or the catalogue's parents.

    Parameters
    ----------
    facts
        Of one report, in text order.
    """
    levels = [told for told in facts if told.fact.kind is FactKind.VALUE]
    for told in levels:
        if told.fact.unit == "percent" and _exceeds(told, HUNDRED) and SHARES.search(told.fact.metric):
            yield _report_share(told)
    for whole, part in pairwise(levels):
        if _names_part(whole, part) and _is_above(part, whole):
            yield _report_part(part, whole, "其中 makes it a part")
    yield from _check_parents(levels)


def _names_part(whole: Told, part: Told) -> bool:
    """6个，[其中]3亿元以上项目2个: the same unit, and nothing but the part's own name behind 其中."""
    fact, other = part.fact, whole.fact
    if (
        fact.unit is None
        or fact.unit != other.unit
        or fact.status is not other.status
        or unit_kind(fact.unit) in _SHARES
    ):
        return False
    between = whole.until(part)
    if between is None or OF_WHICH.search(between) is None or IN_A_FIELD.search(part.left):
        return False
    return not any(NOT_ADDED.search(told.left[-len(told.fact.metric) - 4 :]) for told in (whole, part))


def _check_parents(levels: Sequence[Told]) -> Iterator[CheckFinding]:
    related = [told for told in levels if told.fact.indicator in _related()]
    wholes: dict[tuple[object, ...], Told] = {}
    parts: list[Told] = []
    for told in related:
        if told.spans_years or told.is_left_behind:
            continue
        if told.fact.indicator in _parents():
            parts.append(told)
        key = _key(told.fact, told.fact.indicator)
        # the largest figure told of the whole
        if ONE_LEVEL.search(told.fact.metric) is None and (key not in wholes or _top(told) > _top(wholes[key])):
            wholes[key] = told
    for told in parts:
        parent = _parents()[told.fact.indicator or ""]
        whole = wholes.get(_key(told.fact, parent))
        if whole is not None and _is_above(told, whole):
            yield _report_part(told, whole, f"the catalogue counts {told.fact.indicator} into {parent}")


def _top(told: Told) -> Decimal:
    high = told.written.rounded_high
    return Decimal("Infinity") if high is None else high


def _key(fact: Fact, indicator: str | None) -> tuple[object, ...]:
    return indicator, fact.holder, fact.holder_code, fact.unit, fact.period, fact.status, fact.aspect


def _is_above(part: Told, whole: Told) -> bool:
    return _exceeds(part, _top(whole))


def _exceeds(told: Told, limit: Decimal) -> bool:
    low = told.written.rounded_low
    return low is not None and low > limit


def _report_share(told: Told) -> CheckFinding:
    fact = told.fact
    return CheckFinding(
        CheckKind.WHOLE,
        Verdict.CONTRADICTION,
        f"{fact.metric} {fact.figure}: a share cannot exceed 100 %",
        fact,
        expected_high=HUNDRED,
        found_low=fact.value_low,
        found_high=fact.value_high,
        unit=fact.unit,
    )


def _report_part(part: Told, whole: Told, why: str) -> CheckFinding:
    fact, other = part.fact, whole.fact
    return CheckFinding(
        CheckKind.WHOLE,
        Verdict.CONTRADICTION,
        f"{fact.metric} {fact.figure} exceeds {other.metric} {other.figure}, of which {why}",
        fact,
        other,
        expected_high=other.value_high,
        found_low=fact.value_low,
        found_high=fact.value_high,
        unit=fact.unit,
    )


@cache
def _parents() -> dict[str, str]:
    """Give the parent of each indicator that adds up to it: 城镇居民人均可支配收入 is no part of 居民人均可支配收入."""
    names = {indicator.id: indicator.name_zh for indicator in load_indicators()}
    return {
        indicator.id: indicator.parent
        for indicator in load_indicators()
        if indicator.parent and not any(NOT_ADDED.search(names[one]) for one in (indicator.id, indicator.parent))
    }


@cache
def _related() -> frozenset[str]:
    """Give the indicators that are a part or a whole."""
    return frozenset(_parents()) | frozenset(_parents().values())
