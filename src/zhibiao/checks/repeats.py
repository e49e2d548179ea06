"""Is the same figure the same when it is told again? 高企总数达125家 here and 高企总数126家 there cannot both be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhibiao.checks.told import Told
from zhibiao.checks.wording import OTHER_BASE, OTHER_MEASURE
from zhibiao.checks.written import agree
from zhibiao.labels import CheckKind, Direction, FactKind, Verdict
from zhibiao.records import CheckFinding

# Figures further apart are mostly of two things that share a name (22.9万人 of a year, 124.3万人 of five), or one is a
# plan that was not read as one (今年27.4亿元, 明年30亿元).
_NEAR = Decimal("1.05")
_NEAR_SHARE = Decimal("0.5")
# 5.67万亿元 and 5.67亿元, 125家 and 152家: the same three digits or more show a slip, however far apart.
_DIGITS_OF_A_SLIP = 3


def check_repeats(facts: Sequence[Told], verdict: Verdict) -> Iterator[CheckFinding]:
    """Find figures that are told twice and do not agree.

    Two facts tell the same when metric, holder, period, kind, aspect, status, unit and direction are the same. The first
    exact one told is what the others are held against. A figure that is far off is taken for another thing, unless it has the
    same digits at another magnitude.

    Parameters
    ----------
    facts
        Of one holder and one indicator.
    verdict
        What a misfit is: figures of two reports may differ because one of them was revised.
    """
    told_first: dict[tuple[object, ...], Told] = {}
    reported: set[tuple[object, ...]] = set()
    for told in facts:
        if not _tells_one_thing(told):
            continue
        key = _key(told)
        first = told_first.setdefault(key, told)
        misfit = _find_misfit(first, told)
        # one finding for each figure that differs, however often it is told
        figure = (key, told.written.low, told.written.high)
        if misfit and figure not in reported:
            reported.add(figure)
            yield _report(first, told, misfit, verdict)
        elif not _is_exact(first) and _is_exact(told) and agree(first.written, told.written):
            # 突破3万亿元 … 32,765亿元: the exact figure holds the later ones to more
            told_first[key] = told


def _tells_one_thing(told: Told) -> bool:
    fact = told.fact
    if fact.period is None or told.spans_years or told.is_left_behind or fact.direction is Direction.GAP:
        return False
    if fact.kind is FactKind.CHANGE and OTHER_BASE.search(told.left):
        return False
    return fact.kind is not FactKind.RANK or OTHER_MEASURE.search(told.left[-12:]) is None


def _is_exact(told: Told) -> bool:
    return told.written.low == told.written.high


def _key(told: Told) -> tuple[object, ...]:
    fact = told.fact
    same = (told.form, fact.kind, fact.unit, told.year, fact.aspect, fact.status, fact.direction)
    return (*same, fact.holder, fact.scope)


def _find_misfit(first: Told, told: Told) -> str | None:
    """Say how two figures differ; None where they agree or are of two things."""
    # 确保16亿元、冲刺18亿元, and the lists of one sentence
    if agree(first.written, told.written) or first.fact.sentence == told.fact.sentence:
        return None
    one, other = (abs(written.low or written.high or Decimal(0)) for written in (first.written, told.written))
    if not one or not other:
        return None
    small, large = sorted((one, other))
    share = first.fact.unit in {"percent", "percentage_point"}
    if first.fact.kind is FactKind.RANK or large <= small * _NEAR or (share and large - small <= _NEAR_SHARE):
        return "the figures differ"
    digits, others = (f"{number:f}".replace(".", "").strip("0") for number in (one, other))
    if len(digits) < _DIGITS_OF_A_SLIP or sorted(digits) != sorted(others):
        return None
    return "the same digits at another magnitude" if digits == others else "the same digits in another order"


def _report(first: Told, again: Told, misfit: str, verdict: Verdict) -> CheckFinding:
    fact, other = first.fact, again.fact
    return CheckFinding(
        CheckKind.REPEAT,
        verdict,
        f"{fact.metric}: told as {fact.figure} and as {other.figure} for {fact.period}; {misfit}",
        fact,
        other,
        expected_low=first.written.low,
        expected_high=first.written.high,
        found_low=again.written.low,
        found_high=again.written.high,
        unit=fact.unit,
    )
