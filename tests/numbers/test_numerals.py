from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.numbers.numerals import format_numeral, parse_numeral, read_numeral

VALUES = [
    ("125", "125"),
    ("12,345.6", "12345.6"),
    ("1,234,567", "1234567"),
    ("８９６", "896"),
    ("3.5万", "35000"),
    ("1.2万亿", "1200000000000"),
    ("10万亿", "10000000000000"),
    ("1千5百万", "15000000"),
    ("1亿2000万", "120000000"),
    ("2万3千", "23000"),
    ("一百二十", "120"),
    ("两千三", "2300"),
    ("两千零三", "2003"),
    ("三百二", "320"),
    ("一万二", "12000"),
    ("一万零五十", "10050"),
    ("十", "10"),
    ("十五", "15"),
    ("廿三", "23"),
    ("一点五亿", "150000000"),
    ("三点一四", "3.14"),
    ("两亿三千万", "230000000"),
    ("一万二千亿", "1200000000000"),
    ("二〇二一", "2021"),
    ("二〇三五", "2035"),
    ("零", "0"),
    ("〇", "0"),
    ("半", "0.5"),
    ("百", "100"),
    ("万亿", "1000000000000"),
    ("叁佰伍拾万", "3500000"),
    ("-3.5", "-3.5"),
    ("负十五", "-15"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_parse_numeral_reads_the_value(text, value):
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "家", "十家", "数十", "五六百", "三百五千", "一二", "12,34", "1.2.3", "第一", "百千", "一亿亿", "一二三"],
)
def test_parse_numeral_gives_none_for_what_is_no_single_number(text):
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"), [("五六百", 500, 600), ("十五六", 15, 16), ("两三", 2, 3), ("三五", 3, 5)]
)
def test_read_numeral_reads_neighbouring_digits_as_a_range(text, low, high):
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert (numeral.low, numeral.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "end"), [("9万千瓦", 2), ("5百分点", 1), ("20万千克", 3), ("3千人", 2), ("十百分之", 1)]
)
def test_read_numeral_leaves_the_unit_its_first_character(text, end):
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert numeral.end == end


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "零"),
        ("15", "十五"),
        ("110", "一百一十"),
        ("10010", "一万零一十"),
        ("100000010", "一亿零一十"),
        ("1.50", "一点五"),
    ],
)
def test_format_numeral_writes_chinese_numerals(value, written):
    assert format_numeral(Decimal(value)) == written


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_format_numeral_refuses_what_cannot_be_written(value):
    with pytest.raises(ValueError, match="finite"):
        format_numeral(Decimal(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_format_numeral_is_read_back(value):
    assert parse_numeral(format_numeral(value)) == value


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_format_numeral_of_whole_numbers_holds_no_digits_and_is_read_back(value):
    written = format_numeral(Decimal(value))
    assert not any(character.isascii() for character in written)
    assert parse_numeral(written) == value


@given(st.text(alphabet="0123456789.,万亿千百十零一二三四五六七八九两点半负廿", max_size=12))
def test_parse_format_parse_is_the_identity(text):
    value = parse_numeral(text)
    if value is not None:
        assert parse_numeral(format_numeral(value)) == value
