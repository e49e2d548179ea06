"""The checks of one report, and those across the reports of one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from zhibiao.checks.completion import check_completion
from zhibiao.checks.growth import check_growth, check_moves
from zhibiao.checks.repeats import check_repeats
from zhibiao.checks.targets import check_targets
from zhibiao.checks.told import Told, tell_all
from zhibiao.checks.units import check_units
from zhibiao.checks.wholes import check_wholes
from zhibiao.labels import Verdict
from zhibiao.records import CheckFinding, Fact


def check_report(facts: Iterable[Fact]) -> list[CheckFinding]:
    """Run the checks that one report allows.

    Parameters
    ----------
    facts
        The facts of one report, in text order.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from zhibiao.labels import FactKind
    >>> sentence = "高企由154家增至132家"
    >>> def tell(figure: str) -> Fact:
    ...     at, value = sentence.index(figure), Decimal(figure[:-1])
    ...     return Fact(figure, "r-0", "r.txt", 0, FactKind.VALUE, "高企", figure, sentence, 0, 2, at, at + 4, 0, 2, at,
    ...                 at + 4, value_low=value, value_high=value, unit="家")
    >>> [finding.explanation for finding in check_report([tell("154家"), tell("132家")])]
    ['高企: said to rise from 154家 to 132家']
    """
    told = tell_all(facts)
    found = [*check_units(told), *check_wholes(told), *check_moves(told)]
    found += check_completion(told, Verdict.CONTRADICTION)
    groups: dict[tuple[str | None, ...], list[Told]] = defaultdict(list)
    for one in told:
        if one.fact.indicator:
            groups[one.fact.holder, one.fact.holder_code, one.fact.indicator].append(one)
    for group in groups.values():
        if len(group) > 1:
            found += _compare(group, Verdict.CONTRADICTION)
    return found


def check_across(facts: Iterable[Fact]) -> list[CheckFinding]:
    """Run the checks that need figures of several reports.

    Parameters
    ----------
    facts
        Facts of several reports that share :func:`zhibiao.checks.keys.find_key`, report by report, in text order.

    Returns
    -------
    list
        Findings about more than one report; what lies within one is found by :func:`check_report`.
    """
    told = tell_all(facts)
    found = [*_compare(told, Verdict.NOTE), *check_completion(told, Verdict.NOTE), *check_targets(told)]
    return [one for one in found if _spans_reports(one)]


def _compare(group: Sequence[Told], verdict: Verdict) -> Iterator[CheckFinding]:
    yield from check_growth(group, verdict)
    yield from check_repeats(group, verdict)


def _spans_reports(finding: CheckFinding) -> bool:
    facts = (finding.fact, finding.other, finding.base)
    return len({fact.report_id for fact in facts if fact}) > 1
