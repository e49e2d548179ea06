import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.formats.jsonl import (
    make_fact_line,
    make_json_line,
    read_fact_line,
    read_row_lines,
    write_jsonl,
    write_lines,
)
from zhibiao.formats.tables import COLUMN_NAMES, FACTS, make_row
from zhibiao.records import Fact


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_read_fact_line_undoes_make_fact_line(any_fact: st.SearchStrategy[Fact], data: st.DataObject) -> None:
    fact = data.draw(any_fact)
    assert read_fact_line(make_fact_line(fact)) == fact


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_read_row_line_gives_the_cells_of_the_fact(any_fact: st.SearchStrategy[Fact], data: st.DataObject) -> None:
    fact = data.draw(any_fact)
    (row,) = read_row_lines(FACTS, [make_fact_line(fact)])
    assert row == make_row(fact)
    assert [type(cell) for cell in row if isinstance(cell, Decimal | float | int)] == [
        type(cell) for cell in make_row(fact) if isinstance(cell, Decimal | float | int)
    ]


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_fact_line_is_one_line_of_json_for_every_reader(any_fact: st.SearchStrategy[Fact], data: st.DataObject) -> None:
    line = make_fact_line(data.draw(any_fact))
    assert len(line.splitlines()) == 1
    assert tuple(json.loads(line)) == COLUMN_NAMES


@given(st.text())
def test_json_line_is_one_line(text: str) -> None:
    line = make_json_line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}


@pytest.mark.parametrize(
    ("number", "written"), [("2.65", "2.65"), ("0.1", "0.1"), ("241000000.00", "241000000"), ("-3.2", "-3.2")]
)
def test_fact_line_has_numbers_without_float_noise(facts: list[Fact], number: str, written: str) -> None:
    line = make_fact_line(dataclasses.replace(facts[0], value_low=Decimal(number)))
    assert f'"value_low": {written}, "value_high"' in line


def test_fact_line_takes_a_score_from_numpy(facts: list[Fact]) -> None:
    assert make_fact_line(dataclasses.replace(facts[0], score=np.float64(0.5))).endswith('"score": 0.5}')


@pytest.mark.parametrize("change", [{"score": float("nan")}, {"value_low": Decimal("NaN")}])
def test_fact_line_refuses_what_is_no_number(facts: list[Fact], change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a number"):
        make_fact_line(dataclasses.replace(facts[0], **change))


def test_write_jsonl_writes_one_line_per_fact(facts: list[Fact], tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    assert write_jsonl(FACTS, map(make_row, facts), path) == 3
    assert [read_fact_line(line) for line in path.read_text("utf-8").splitlines()] == facts


def test_write_lines_replaces_what_utf8_cannot_hold(tmp_path: Path) -> None:
    write_lines(["总\udcbf结"], tmp_path / "lines")
    assert (tmp_path / "lines").read_bytes() == "总?结\n".encode()
