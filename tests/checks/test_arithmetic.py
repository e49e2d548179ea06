from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.checks.arithmetic import HUNDRED, Interval, difference, growth, ratio, show, turn
from zhibiao.checks.written import Written

ZERO = Decimal(0)


def exact(number: Decimal) -> Written:
    return Written(number, number, ZERO)


amounts = st.decimals(min_value=1, max_value=10**9, places=2)
steps = st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(10)])


def rounded(number: Decimal, step: Decimal) -> Written:
    value = (number / step).quantize(Decimal(1)) * step
    return Written(value, value, step)


@given(amounts, amounts, steps)
def test_growth_of_rounded_figures_holds_that_of_the_true_ones(before: Decimal, after: Decimal, step: Decimal) -> None:
    found = growth(rounded(before, step), rounded(after, step))
    true = (after - before) / before * HUNDRED
    # a figure that rounds to nothing has no growth
    assert found is None or (found.low <= true <= found.high)


@given(amounts, amounts)
def test_ratio_and_difference_of_exact_figures_are_exact(part: Decimal, whole: Decimal) -> None:
    found = ratio(exact(part), exact(whole))
    assert found is not None
    assert found.high - found.low <= Decimal("0.0001")
    assert found.low <= part / whole * HUNDRED <= found.high
    assert difference(exact(whole), exact(part)) == Interval(part - whole, part - whole)


@given(amounts, amounts, st.sampled_from([Decimal("0.1"), Decimal(1)]))
def test_growth_that_is_stated_to_any_digit_is_allowed(before: Decimal, after: Decimal, step: Decimal) -> None:
    true = (after - before) / before * HUNDRED
    found = growth(exact(before), exact(after))
    assert found is not None
    assert found.allows(rounded(true, step))


@pytest.mark.parametrize(("part", "whole"), [(Decimal(-5), Decimal(10)), (Decimal(5), ZERO), (Decimal(5), Decimal(-1))])
def test_ratio_is_not_worked_out_over_zero_and_signs(part: Decimal, whole: Decimal) -> None:
    assert ratio(exact(part), exact(whole)) is None


def test_open_figures_give_open_intervals() -> None:
    more = Written(Decimal(120), None, ZERO)
    assert ratio(exact(Decimal(60)), more) == Interval(None, Decimal(50))
    assert ratio(more, exact(Decimal(60))) == Interval(Decimal(200), None)
    assert difference(more, exact(Decimal(60))) == Interval(None, Decimal(-60))
    assert turn(Interval(None, Decimal(-60))) == Interval(Decimal(60), None)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("12.5", "12.5", "12.5"),
        ("12.404", "12.6", "12.4 to 12.6"),
        ("3", None, "3 or more"),
        (None, "0.5", "0.5 or less"),
    ],
)
def test_show_writes_for_a_reader(low: str | None, high: str | None, shown: str) -> None:
    assert show(Interval(*(None if end is None else Decimal(end) for end in (low, high)))) == shown


def test_show_writes_any_number_for_no_bounds() -> None:
    assert show(Interval(None, None)) == "any number"
