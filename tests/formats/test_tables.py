import dataclasses
import typing
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.formats.tables import COLUMN_NAMES, COLUMNS, Column, ColumnType, format_decimal, make_fact, make_row
from zhibiao.records import Fact

TYPES = {
    str: ColumnType.TEXT,
    int: ColumnType.INTEGER,
    bool: ColumnType.BOOLEAN,
    float: ColumnType.REAL,
    Decimal: ColumnType.DECIMAL,
}


def test_columns_are_the_fields_of_a_fact_in_order() -> None:
    assert tuple(field.name for field in dataclasses.fields(Fact)) == COLUMN_NAMES


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_columns_have_the_type_of_their_field(column: Column) -> None:
    hint = typing.get_type_hints(Fact)[column.name]
    kinds = set(typing.get_args(hint) or [hint])
    assert column.nullable == (type(None) in kinds)
    (kind,) = kinds - {type(None)}
    if issubclass(kind, StrEnum):
        assert (column.type, column.category) == (ColumnType.CATEGORY, kind)
        assert column.values == tuple(member.value for member in kind)
    else:
        assert (column.type, column.category) == (TYPES[kind], None)


def test_columns_are_described_in_one_sentence() -> None:
    assert all(column.description.endswith(".") for column in COLUMNS)
    assert len({column.description for column in COLUMNS}) == len(COLUMNS)


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_make_fact_undoes_make_row(any_fact: st.SearchStrategy[Fact], data: st.DataObject) -> None:
    fact = data.draw(any_fact)
    assert make_fact(dict(zip(COLUMN_NAMES, make_row(fact), strict=True))) == fact


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"metric": None}, "the column metric may not be empty"),
        ({"kind": "level"}, "'level' is not a valid FactKind"),
        ({"part": "first"}, "invalid literal for int"),
        ({"rank_tied": "no"}, "'no' is neither true nor false"),
    ],
)
def test_make_fact_refuses_cells_of_the_wrong_type(facts: list[Fact], cells: dict[str, object], error: str) -> None:
    row = dict(zip(COLUMN_NAMES, make_row(facts[0]), strict=True))
    with pytest.raises(ValueError, match=error):
        make_fact(row | cells)


def test_make_fact_refuses_a_row_without_a_needed_cell() -> None:
    with pytest.raises(KeyError, match="fact_id"):
        make_fact({"metric": "高企总数"})


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("125", "125"),
        ("46.80", "46.8"),
        ("2.41E+8", "241000000"),
        ("-3.20", "-3.2"),
        ("0.00", "0"),
        ("-0", "0"),
        ("1000.0", "1000"),
        ("1E-7", "0.0000001"),
        ("1E+999999", "1E+999999"),
    ],
)
def test_format_decimal_writes_plain_digits(number: str, text: str) -> None:
    assert format_decimal(Decimal(number)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_format_decimal_keeps_the_number(number: Decimal) -> None:
    assert Decimal(format_decimal(number)) == number


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_format_decimal_refuses_what_is_no_number(number: str) -> None:
    with pytest.raises(ValueError, match="not a number that a table can hold"):
        format_decimal(Decimal(number))
