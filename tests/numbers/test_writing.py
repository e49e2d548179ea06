from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.units import load_units
from zhibiao.labels import Approx
from zhibiao.numbers.amounts import parse_amount
from zhibiao.numbers.mentions import Quantity
from zhibiao.numbers.numerals import tidy
from zhibiao.numbers.writing import format_quantity

# 番 is read as a multiple, and 折 and its like as percent.
BASES = sorted({unit.base for unit in load_units()} - {"fold"})
values = st.decimals(min_value=0, max_value=10**15, places=4).map(lambda value: tidy(value.normalize()))


@st.composite
def quantities(draw) -> Quantity:
    unit, approx = draw(st.sampled_from([*BASES, "件/万人", None])), draw(st.sampled_from(list(Approx)))
    low, high = sorted((draw(values), draw(values)))
    known = draw(st.sampled_from(["point", "range", "nothing"]))
    if known == "nothing":
        return Quantity(None, None, unit, Approx.ABOUT if approx is Approx.EXACT else approx)
    if approx is Approx.MORE:
        return Quantity(low, None, unit, approx)
    if approx is Approx.LESS:
        return Quantity(None, high, unit, approx)
    return Quantity(low, low if known == "point" else high, unit, approx)


@given(quantities())
def test_a_quantity_that_is_written_is_read_back(quantity):
    assert parse_amount(format_quantity(quantity)) == quantity


@pytest.mark.parametrize(
    ("span", "written"),
    [
        ("2.41亿元", "241000000元"),
        ("2-3家", "2-3家"),
        ("约1000人", "约1000人"),
        ("50余家", "50家以上"),
        ("不足两成", "20%以下"),
        ("18.1个百分点", "18.1百分点"),
        ("两番", "4倍"),
        ("数十家", "几十家"),
        ("两位数", "两位数"),
        ("-3.5%", "-3.5%"),
    ],
)
def test_format_quantity_writes_the_base_unit(span, written):
    assert format_quantity(parse_amount(span)) == written


def test_negative_numbers_are_written_with_a_sign():
    assert format_quantity(Quantity(Decimal(-3), Decimal(-3), "percent", Approx.EXACT)) == "-3%"
