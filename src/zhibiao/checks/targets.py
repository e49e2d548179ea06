"""What became of a target: 力争达到140家 in one year's plan beside 高企总数达143家 in the next year's report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhibiao.checks.told import Told
from zhibiao.labels import CheckKind, Direction, FactKind, FactStatus, Verdict
from zhibiao.records import CheckFinding

_PLACES = Decimal("0.0001")
# An actual further off is of another thing, or of several years: 城镇新增就业900万人以上 and 5771万人.
_LEAST, _MOST = Decimal("0.33"), Decimal(3)

_COPIED = 10


def check_targets(facts: Sequence[Told]) -> Iterator[CheckFinding]:
    """Put each target beside the actual of its period, with the degree of attainment; no fault is implied.

    The actual stands in another report. A report that tells the actual of a period does not plan it: where it seems to,
    the target is of another year (新的一年力争超过16亿元).

    Parameters
    ----------
    facts
        Of one holder and one indicator.
    """
    actuals: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in facts:
        if told.fact.status is FactStatus.ACTUAL and _can_be_paired(told):
            actuals[_key(told)].append(told)
    # Of two targets in one report the last stands, since the plan comes behind the review.
    targets = {
        (told.fact.report_id, _key(told)): told
        for told in facts
        if told.fact.status is FactStatus.TARGET and _can_be_paired(told) and not told.has_come_far
    }
    seen: set[tuple[str, str]] = set()
    for (report_id, key), target in targets.items():
        found = actuals.get(key, [])
        degree = _degree(target, found[0]) if found else None
        own = any(told.fact.report_id == report_id or _is_copy(target, told) for told in found)
        if own or degree is None or not _LEAST <= degree <= _MOST:
            continue
        # a report that lies on two sites gives its pairs once
        if (pair := (target.fact.sentence, found[0].fact.sentence)) not in seen:
            seen.add(pair)
            yield _report(target, found[0], degree)


def _is_copy(target: Told, actual: Told) -> bool:
    """Tell whether both are the same words: a report that lies on two sites may have lost its headings on one."""
    return target.fact.figure == actual.fact.figure and target.left[-_COPIED:] == actual.left[-_COPIED:]


def _can_be_paired(told: Told) -> bool:
    fact = told.fact
    way = fact.kind is FactKind.VALUE or (fact.kind is FactKind.CHANGE and fact.direction is not Direction.GAP)
    return way and fact.period is not None and not told.spans_years and not told.is_left_behind


def _key(told: Told) -> tuple[object, ...]:
    fact = told.fact
    return told.form, fact.kind, fact.direction, fact.unit, told.year, fact.aspect


def _report(target: Told, actual: Told, degree: Decimal) -> CheckFinding:
    fact, other = target.fact, actual.fact
    return CheckFinding(
        CheckKind.ATTAINMENT,
        Verdict.PAIR,
        f"{fact.metric} {fact.period}: target {fact.figure}, actual {other.figure}, {degree * 100:.1f} % of the target",
        fact,
        other,
        expected_low=fact.value_low,
        expected_high=fact.value_high,
        found_low=other.value_low,
        found_high=other.value_high,
        unit=fact.unit,
        ratio=degree,
    )


def _degree(target: Told, actual: Told) -> Decimal | None:
    """Divide the actual by the target; the bound that an open figure gives stands for it."""
    wanted, reached = (
        fact.value_low if fact.value_low is not None else fact.value_high for fact in (target.fact, actual.fact)
    )
    if wanted is None or reached is None or wanted <= 0 or reached < 0 or reached > wanted * 10**6:
        return None
    return (reached / wanted).quantize(_PLACES)
