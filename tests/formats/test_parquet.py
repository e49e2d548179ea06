import dataclasses
import logging
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao import __version__
from zhibiao.formats import parquet
from zhibiao.formats.parquet import fit_decimal, write_parquet
from zhibiao.formats.tables import COLUMNS, FACTS, ColumnType, make_fact, make_row
from zhibiao.records import Fact


def test_parquet_reads_back(facts: list[Fact], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS_AT_ONCE", 2)
    assert write_parquet(FACTS, map(make_row, facts), tmp_path / "facts.parquet") == 3
    assert [make_fact(row) for row in pq.read_table(tmp_path / "facts.parquet").to_pylist()] == facts


def test_parquet_types_and_describes_its_columns(facts: list[Fact], tmp_path: Path) -> None:
    write_parquet(FACTS, map(make_row, facts), tmp_path / "facts.parquet")
    schema = pq.read_schema(tmp_path / "facts.parquet")
    assert schema.field("value_low").type == pa.decimal128(38, 10)
    assert schema.field("part").type == pa.int64()
    assert schema.field("rank_tied").type == pa.bool_()
    assert not schema.field("metric").nullable
    assert schema.metadata[b"title"] == b"facts"
    assert schema.metadata[b"description"].decode() == FACTS.description
    assert schema.metadata[b"creator"].decode() == f"zhibiao {__version__}"
    for column in COLUMNS:
        field = schema.field(column.name)
        assert field.metadata[b"description"].decode() == column.description
        assert pa.types.is_dictionary(field.type) == (column.type is ColumnType.CATEGORY)


def test_parquet_of_no_facts_has_its_columns(tmp_path: Path) -> None:
    assert write_parquet(FACTS, [], tmp_path / "facts.parquet") == 0
    table = pq.read_table(tmp_path / "facts.parquet")
    assert (table.num_rows, table.column_names) == (0, [column.name for column in COLUMNS])


def test_parquet_leaves_empty_what_does_not_fit_and_says_so(
    facts: list[Fact], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    large = dataclasses.replace(facts[0], value_low=Decimal("1E+28"), value_high=Decimal("9" * 28))
    with caplog.at_level(logging.WARNING):
        write_parquet(FACTS, [make_row(large)], tmp_path / "facts.parquet")
    row = pq.read_table(tmp_path / "facts.parquet").to_pylist()[0]
    assert (row["value_low"], row["value_high"]) == (None, Decimal("9" * 28))
    assert "1 numbers of 10^28 or more" in caplog.text


def test_parquet_is_the_same_to_the_byte(facts: list[Fact], tmp_path: Path) -> None:
    for name in "ab":
        write_parquet(FACTS, map(make_row, facts), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**27), max_value=10**27))
def test_fit_decimal_rounds_at_ten_places(number: Decimal) -> None:
    fitted = fit_decimal(number)
    assert fitted is not None
    assert fitted.as_tuple().exponent == -10
    assert abs(fitted - number) <= Decimal("5E-11")
