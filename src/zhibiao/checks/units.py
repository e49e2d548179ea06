"""Does the unit fit the indicator? 研发经费投入达2.8% gives a share where the indicator is a sum of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from zhibiao.catalog.indicators import Indicator, load_indicators, match_indicator
from zhibiao.catalog.units import UnitKind
from zhibiao.checks.told import Told
from zhibiao.checks.wording import GROWS, NAMES_SHARE, SHARE_OF, SHARES
from zhibiao.checks.written import unit_kind
from zhibiao.labels import CheckKind, Direction, FactKind, Verdict
from zhibiao.records import CheckFinding, Fact

# a wording of the catalogue, with no more taken off than a place, a time or an aspect
_SURE = 0.9
_PERCENT = re.compile("[%％]")
_OF_SHARES = frozenset({UnitKind.RATIO, UnitKind.POINT, UnitKind.TIMES, UnitKind.FOLD, None})


def check_units(facts: Iterable[Told]) -> Iterator[CheckFinding]:
    """Find figures whose unit does not fit their indicator; a figure is read wrong, or the text is loose.

    Only figures written with % speak of a share here: 四成 and 一半 are mostly shares of something (企业研发经费的四成).
    """
    for told in facts:
        indicator = _find_indicator(told.fact)
        if indicator is None:
            continue
        shares = unit_kind(indicator.unit) is UnitKind.RATIO
        reason = _misfit_of_share(told, indicator) if shares else _misfit_of_amount(told, indicator)
        if reason:
            fact = told.fact
            yield CheckFinding(
                CheckKind.UNIT,
                Verdict.NOTE,
                f"{fact.metric} {fact.figure}: {reason}",
                fact,
                found_low=fact.value_low,
                found_high=fact.value_high,
                unit=fact.unit,
            )


def _find_indicator(fact: Fact) -> Indicator | None:
    """Find what the METRIC names whatever its figure is; None where its unit is not known."""
    if fact.kind is FactKind.RANK or fact.unit is None:
        return None
    name = fact.indicator or _match_without_unit(fact)
    indicator = _indicators().get(name) if name else None
    return indicator if indicator and unit_kind(indicator.unit) is not None else None


def _match_without_unit(fact: Fact) -> str | None:
    """Match again a METRIC that the unit of its figure kept from a match."""
    if _PERCENT.search(fact.figure) is None and NAMES_SHARE.search(fact.metric) is None:
        return None
    match = match_indicator(fact.metric)
    return match.id if match and match.score >= _SURE else None


def _misfit_of_amount(told: Told, indicator: Indicator) -> str | None:
    fact = told.fact
    if fact.kind is FactKind.CHANGE:
        if fact.unit != "percentage_point" or fact.direction is Direction.GAP:
            return None
        return (
            f"{indicator.name_zh} is measured in {indicator.unit}; only a rate or a share changes by percentage points"
        )
    if _PERCENT.search(fact.figure) is None or fact.figure_start < fact.metric_end:
        return None
    if SHARE_OF.search(told.left) or GROWS.search(fact.metric):
        return None
    return f"{indicator.name_zh} is measured in {indicator.unit}; a share or a rate is given"


def _misfit_of_share(told: Told, indicator: Indicator) -> str | None:
    fact = told.fact
    if fact.kind is FactKind.VALUE and unit_kind(fact.unit) not in _OF_SHARES:
        return f"{indicator.name_zh} is a share or a rate; {fact.unit} measures none"
    # 居民消费价格上涨2% is a rate by its nature: only a share by name changes by percentage points
    changed = fact.kind is FactKind.CHANGE and fact.direction is not Direction.GAP and SHARES.search(fact.metric)
    if changed and _PERCENT.search(fact.figure):
        return f"{indicator.name_zh} is a share or a rate; its change in percent may be meant in percentage points"
    return None


@cache
def _indicators() -> dict[str, Indicator]:
    return {indicator.id: indicator for indicator in load_indicators()}
