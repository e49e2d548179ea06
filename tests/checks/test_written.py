from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.checks.written import Written, agree, read_written
from zhibiao.numbers.amounts import parse_amount


def read(figure: str) -> Written:
    quantity = parse_amount(figure)
    assert quantity is not None
    return read_written(figure, quantity)


@pytest.mark.parametrize(
    ("figure", "step"),
    [
        ("125家", "0"),  # a count of things
        ("18,642个", "0"),
        ("0.94万家", "100"),
        ("22.89万人", "100"),
        ("910万亩", "10000"),
        ("2.41亿元", "1000000"),
        ("7840元", "1"),
        ("12430.39万元", "100"),
        ("46.8%", "0.1"),
        ("21%", "1"),
        ("100%", "1"),
        ("0.32个百分点", "0.01"),
        ("5000亿元", "50000000000"),  # a round number: a tenth of it
        ("100家", "10"),
        ("1300亿元", "10000000000"),
        ("4.5%—5%", "0"),
        ("两亿三千万元", "10000000"),
        ("六成", "10"),
        ("百分之三点五", "0.1"),
        ("一百二十家", "0"),
    ],
)
def test_step_is_the_value_of_the_last_written_digit(figure: str, step: str) -> None:
    assert read(figure).step == Decimal(step)


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("50余家", "50", None),
        ("100家以上", "100", None),
        ("不超过5%", None, "5"),
        ("约1000人", "800", "1200"),
        ("5%左右", "4", "6"),
        ("2-3家", "2", "3"),
        ("125家", "125", "125"),
    ],
)
def test_bounds_are_what_the_figure_allows(figure: str, low: str | None, high: str | None) -> None:
    found = read(figure)
    assert (found.low, found.high) == tuple(None if bound is None else Decimal(bound) for bound in (low, high))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("125家", "125家", True),
        ("125家", "126家", False),
        ("12.5%", "12.6%", False),
        ("12.5%", "12.46%", True),
        ("12.5%", "12.59%", True),  # cut off instead of rounded
        ("12.5%", "12.7%", False),
        ("5.67万亿元", "56708.71亿元", True),
        ("5000亿元", "5023亿元", True),
        ("500家", "512家", True),
        ("3万亿元以上", "32765亿元", True),
        ("50余家", "112家", True),
        ("50余家", "48家", False),
        ("约1000人", "1120人", True),
        ("约1000人", "1500人", False),
        ("不超过5%", "4.9%", True),
        ("不超过5%", "5.3%", True),  # 5% may be rounded
        ("不超过5%", "6.3%", False),
        ("10—15个", "12个", True),
        ("10—15个", "16个", False),
    ],
)
def test_figures_agree_when_they_can_be_the_same_number(first: str, second: str, same: bool) -> None:
    assert agree(read(first), read(second)) is same
    assert agree(read(second), read(first)) is same


numbers = st.decimals(min_value=1, max_value=10**9, places=2)


@given(numbers, st.integers(0, 2))
def test_a_number_agrees_with_itself_rounded(number: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    rounded = number.quantize(step)
    assert agree(Written(rounded, rounded, step), Written(number, number, Decimal("0.01")))
