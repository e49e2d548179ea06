from decimal import Decimal
from pathlib import Path

import pytest

from zhibiao.labels import Approx
from zhibiao.numbers.amounts import Amount, find_amounts, parse_amount, read_context
from zhibiao.numbers.mentions import Quantity

DATA = Path(__file__).parent / "data" / "quantities.txt"
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in DATA.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def to_number(cell: str) -> Decimal | None:
    return None if cell == "-" else Decimal(cell)


@pytest.mark.parametrize(("span", "low", "high", "unit", "approx"), ROWS, ids=[row[0] for row in ROWS])
def test_parse_amount_reads_the_value_in_its_base_unit(span, low, high, unit, approx):
    expected = Quantity(to_number(low), to_number(high), None if unit == "-" else unit, Approx(approx))
    assert parse_amount(span) == expected


@pytest.mark.parametrize("text", ["", "研发投入", "第", "约", "　", "数据", "个体"])
def test_parse_amount_gives_none_where_there_is_no_number(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize("text", ["十之八九", "3家5户", "2024年5家"])
def test_parse_amount_gives_none_rather_than_half_of_what_is_said(text):
    assert parse_amount(text) is None


def test_parse_amount_writes_whole_numbers_without_exponent():
    quantity = parse_amount("2.41亿元")
    assert quantity is not None
    assert str(quantity.low) == "241000000"


@pytest.mark.parametrize(
    ("left", "approx"),
    [
        ("高企总数突破", Approx.MORE),
        ("首次突破了", Approx.MORE),
        ("产值破", Approx.MORE),
        ("占比不足", Approx.LESS),
        ("还不到", Approx.LESS),
        ("尚未达到", Approx.LESS),
        ("正逼近", Approx.ABOUT),
        ("总数不超过", Approx.LESS),
        ("力争", None),
        ("确保", None),
        ("达到", None),
        ("通过", None),
        ("签约", None),
        ("", None),
    ],
)
def test_read_context_tells_how_the_words_in_front_bound_the_number(left, approx):
    assert read_context(left) is approx


def test_find_amounts_gives_spans_with_quantities_in_text_order():
    text = "新认定18家,增长12.5%,居全省第3位。"
    assert find_amounts(text) == [
        Amount(3, 6, Quantity(Decimal(18), Decimal(18), "家", Approx.EXACT)),
        Amount(9, 14, Quantity(Decimal("12.5"), Decimal("12.5"), "percent", Approx.EXACT)),
    ]


def test_find_amounts_shares_the_unit_along_a_list():
    found = find_amounts("三地分别为3、2和5家。")
    assert [(str(amount.quantity.low), amount.quantity.unit) for amount in found] == [
        ("3", "家"),
        ("2", "家"),
        ("5", "家"),
    ]


def test_find_amounts_shares_the_multiplier_along_a_list():
    found = find_amounts("分别投资3、2和5亿元。")
    assert [str(amount.quantity.low) for amount in found] == ["300000000", "200000000", "500000000"]
