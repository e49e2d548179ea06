"""Does the stated growth fit the two levels? 由154家增至312家，增长102.6%; last year's level may stand in another report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from zhibiao.checks.arithmetic import HUNDRED, Interval, difference, divide, growth, ratio, shift, show, turn
from zhibiao.checks.told import Told, year_before
from zhibiao.checks.wording import CAME_TO_BETWEEN, COMPARED, CONSTANT_PRICES, OTHER_BASE, SAME_TIME, SEVERAL_YEARS
from zhibiao.checks.written import Written
from zhibiao.labels import Aspect, CheckKind, Direction, FactKind, FactStatus, Verdict
from zhibiao.records import CheckFinding

_PLACES_IN_ORDER = "位"
_POINTS_OF: dict[str | None, str] = {"percent": "percentage_point"}


def check_moves(facts: Sequence[Told]) -> Iterator[CheckFinding]:
    """Check what one METRIC says of itself in one sentence.

    由a增至b has to rise, and the growth stated behind it has to be the way from a to b; of a level with its growth in
    number and in percent (125家，增加21家，增长20.2%), each of the three follows from the other two.

    Parameters
    ----------
    facts
        Of one report, in text order.
    """
    by_metric: dict[int, list[Told]] = defaultdict(list)
    for told in facts:
        if told.fact.kind is not FactKind.RANK:
            by_metric[told.fact.metric_start].append(told)
    for told_of_one in by_metric.values():
        if len(told_of_one) > 1:
            yield from _check_move(told_of_one)
            yield from _check_increment(told_of_one)


def check_growth(facts: Sequence[Told], verdict: Verdict) -> Iterator[CheckFinding]:
    """Check stated growth against the levels of its period and of the year before.

    Growth at constant prices or over the same units (GDP, value added, investment) is left out: levels need not give it.

    Parameters
    ----------
    facts
        Of one holder and one indicator.
    verdict
        What a misfit is: figures of two reports may differ because one of them was revised.
    """
    levels: dict[tuple[str, str], dict[str | None, Told]] = defaultdict(dict)
    changes: list[Told] = []
    for told in facts:
        fact = told.fact
        if fact.status is not FactStatus.ACTUAL or fact.period is None or told.spans_years:
            continue
        if fact.kind is FactKind.VALUE and fact.aspect is Aspect.LEVEL and not told.is_left_behind:
            levels[told.form, told.year].setdefault(fact.unit, told)
        elif fact.kind is FactKind.CHANGE and _compares_years(told):
            changes.append(told)
    for change in changes:
        earlier = levels.get((change.form, year_before(change.year)), {})
        for unit, after in levels.get((change.form, change.year), {}).items():
            if unit in earlier:
                yield from _check_change(change, earlier[unit], after, verdict)


def _compares_years(told: Told) -> bool:
    """Tell whether a change is one from the year before, which the levels give."""
    return (
        told.fact.direction in {Direction.UP, Direction.DOWN}
        and OTHER_BASE.search(told.left) is None
        and CONSTANT_PRICES.search(told.fact.metric) is None
    )


def _check_move(told_of_one: Sequence[Told]) -> Iterator[CheckFinding]:
    starts = [place for place, told in enumerate(told_of_one) if told.is_left_behind]
    # 分别从771家、481家增加到1076家、636家 pairs lists
    if len(starts) != 1 or starts[0] + 1 == len(told_of_one):
        return
    before, after, *rest = told_of_one[starts[0] :]
    between = before.until(after)
    match = CAME_TO_BETWEEN.search(between) if between else None
    if match is None or before.fact.unit != after.fact.unit or after.fact.kind is not FactKind.VALUE:
        return
    # 排名由369位上升到235位: a better place is a smaller number
    if (match["up"] or match["down"]) and after.fact.unit != _PLACES_IN_ORDER:
        yield from _check_way(before, after, rises=bool(match["up"]))
    if rest and _speaks_of_the_way(after, rest[0]):
        yield from _check_change(rest[0], before, after, Verdict.CONTRADICTION)


def _speaks_of_the_way(after: Told, change: Told) -> bool:
    """由a增至b，[增长]20%; not [年均]增长5.7%, [比上年]增长3%."""
    if not _is_growth(change, change.fact.unit):
        return False
    between = after.until(change)
    return between is not None and not any(p.search(between) for p in (SEVERAL_YEARS, OTHER_BASE, COMPARED))


def _check_way(before: Told, after: Told, *, rises: bool) -> Iterator[CheckFinding]:
    way = difference(before.written, after.written)
    wrong = way.high is not None and way.high < 0 if rises else way.low is not None and way.low > 0
    if wrong:
        fact, base = after.fact, before.fact
        yield CheckFinding(
            CheckKind.GROWTH,
            Verdict.CONTRADICTION,
            f"{fact.metric}: said to {'rise' if rises else 'fall'} from {base.figure} to {fact.figure}",
            fact,
            base=base,
            expected_low=base.value_low if rises else None,
            expected_high=None if rises else base.value_high,
            found_low=fact.value_low,
            found_high=fact.value_high,
            unit=fact.unit,
        )


def _check_increment(told_of_one: Sequence[Told]) -> Iterator[CheckFinding]:
    """Check 125家，比上年增加21家，增长20.2%: 21 of 104 is 20.2 %."""
    for level, added, rate in zip(told_of_one, told_of_one[1:], told_of_one[2:], strict=False):
        if not (_is_growth(rate, "percent") and _is_growth(added, level.fact.unit) and _continues(added, rate)):
            continue
        if level.fact.kind is not FactKind.VALUE or level.fact.unit == "percent":
            continue
        sign = -1 if added.fact.direction is Direction.DOWN else 1
        base = _subtract(level.written, added.written, sign)
        expected = None if base is None else ratio(added.written, base)
        if expected is not None and not expected.allows(rate.written):
            yield _report(rate, added, level, expected, Verdict.CONTRADICTION)


def _is_growth(told: Told, unit: str | None) -> bool:
    fact = told.fact
    return fact.kind is FactKind.CHANGE and fact.unit == unit and fact.direction in {Direction.UP, Direction.DOWN}


def _continues(added: Told, rate: Told) -> bool:
    """增加21家，[增长]20.2%; not 比2015年增加142家，[同比]增长3% over a base of its own."""
    between = added.until(rate)
    if between is None or added.fact.direction is not rate.fact.direction or rate.spans_years:
        return False
    return OTHER_BASE.search(added.left) is None and not any(
        p.search(between) for p in (OTHER_BASE, COMPARED, SAME_TIME)
    )


def _subtract(level: Written, added: Written, sign: int) -> Written | None:
    if level.low is None or level.high is None or added.low is None or added.high is None:
        return None
    low, high = level.low - sign * added.low, level.high - sign * added.high
    return Written(min(low, high), max(low, high), level.step + added.step)


def _check_change(change: Told, before: Told, after: Told, verdict: Verdict) -> Iterator[CheckFinding]:
    if len({change.fact.fact_id, before.fact.fact_id, after.fact.fact_id}) < 3:
        return
    expected = _expect(change, before, after)
    if change.fact.direction is Direction.DOWN:
        expected = [turn(one) for one in expected]
    if expected and not any(one.allows(change.written) for one in expected):
        yield _report(change, after, before, expected[0], verdict)


def _expect(change: Told, before: Told, after: Told) -> list[Interval]:
    """Give what the stated change may be: 增长2.3倍 is said of 100 to 330, and of 100 to 230 as well.

    A share that grows from 31% to 54% is said to grow by 23% and by 74%.
    """
    unit, level_unit = change.fact.unit, after.fact.unit
    added = [difference(before.written, after.written)] if unit in {level_unit, _POINTS_OF.get(level_unit)} else []
    found = growth(before.written, after.written) if unit in {"percent", "times"} else None
    if found is None:
        return added
    return [*added, found] if unit == "percent" else [divide(found, HUNDRED), divide(shift(found, HUNDRED), HUNDRED)]


def _report(change: Told, other: Told, base: Told, expected: Interval, verdict: Verdict) -> CheckFinding:
    fact = change.fact
    return CheckFinding(
        CheckKind.GROWTH,
        verdict,
        f"{fact.metric}: the text says {fact.figure}, but {base.fact.figure} and {other.fact.figure} give {show(expected)}",
        fact,
        other.fact,
        base.fact,
        expected_low=expected.low,
        expected_high=expected.high,
        found_low=fact.value_low,
        found_high=fact.value_high,
        unit=fact.unit,
    )
