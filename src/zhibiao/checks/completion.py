"""Does the rate of completion fit target and value? 97家，完成目标（120家）的80.8%; the target may stand in last year's plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhibiao.checks.arithmetic import HUNDRED, Interval, ratio, shift, show
from zhibiao.checks.told import Told
from zhibiao.checks.wording import COMPLETED, EXCEEDED
from zhibiao.checks.written import Written, read_written
from zhibiao.labels import CheckKind, FactKind, FactStatus, Verdict
from zhibiao.numbers.amounts import parse_amount
from zhibiao.records import CheckFinding, Fact


@dataclass(frozen=True, slots=True)
class _Target:
    """A target with its figure; ``fact`` is None where it stands in the words of the rate."""

    written: Written
    figure: str
    fact: Fact | None


def check_completion(facts: Sequence[Told], verdict: Verdict) -> Iterator[CheckFinding]:
    """Check stated rates of completion against the value beside them and the target of the period.

    Parameters
    ----------
    facts
        Of one report, or of one place and indicator, in text order.
    verdict
        What a misfit is: a target may have been raised during the year, so one of another report only makes a note.
    """
    rates = [(told, match) for told in facts if told.fact.unit == "percent" and (match := COMPLETED.search(told.left))]
    if not rates:
        return
    values: dict[tuple[str, int], list[Told]] = defaultdict(list)
    targets: dict[tuple[object, ...], Told] = {}
    for told in filter(_is_level, facts):
        if told.fact.status is FactStatus.TARGET:
            targets.setdefault((_name_place(told.fact), told.form, told.fact.unit, told.year), told)
        else:
            values[told.fact.report_id, told.fact.metric_start].append(told)
    for rate, match in rates:
        # of the same METRIC, the last value in front of the words of completion
        words_at = rate.fact.figure_start - len(match.group())
        of_one = values[rate.fact.report_id, rate.fact.metric_start]
        value = next((told for told in reversed(of_one) if told.fact.figure_end <= words_at), None)
        if value is None:
            continue
        planned = targets.get((_name_place(value.fact), value.form, value.fact.unit, rate.year))
        target = _read_target(match["target"], value) or (
            planned and _Target(planned.written, planned.fact.figure, planned.fact)
        )
        # a target is set, not measured: 5亿元 is no rounded figure
        expected = ratio(value.written, replace(target.written, step=Decimal(0))) if target else None
        if expected is not None and EXCEEDED.search(rate.left):
            expected = shift(expected, -HUNDRED)
        if target and expected is not None and not expected.allows(rate.written):
            yield _report(rate.fact, value.fact, target, expected, verdict)


def _name_place(fact: Fact) -> str | None:
    return fact.holder_code or fact.holder


def _read_target(figure: str, value: Told) -> _Target | None:
    """Read a target that stands in the words of the rate: 完成2027年目标（[120家]）的80.8%."""
    quantity = parse_amount(figure) if figure else None
    if quantity is None or quantity.unit != value.fact.unit or (quantity.low is None and quantity.high is None):
        return None
    return _Target(read_written(figure, quantity), figure, None)


def _is_level(told: Told) -> bool:
    return told.fact.kind is FactKind.VALUE and told.fact.unit != "percent" and not told.is_left_behind


def _report(rate: Fact, value: Fact, target: _Target, expected: Interval, verdict: Verdict) -> CheckFinding:
    stated = f"{rate.metric}: the text says {rate.figure} of the target"
    return CheckFinding(
        CheckKind.COMPLETION,
        verdict,
        f"{stated}, but {value.figure} of {target.figure} is {show(expected)} %",
        rate,
        value,
        target.fact,
        expected_low=expected.low,
        expected_high=expected.high,
        found_low=rate.value_low,
        found_high=rate.value_high,
        unit=rate.unit,
    )
