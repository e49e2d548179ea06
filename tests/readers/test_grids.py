"""Cells on a grid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.readers import grids
from zhibiao.readers.grids import MAX_COLUMNS, TableCell, compact, place_cells

CELLS = st.builds(
    TableCell,
    st.sampled_from([(), ("高企",), ("125", "家")]),
    columns=st.integers(-1, 4),
    rows=st.integers(0, 5),
)


def texts(rows: list[list[TableCell]]) -> list[list[str]]:
    return [[slot.text for slot in row] for row in place_cells(rows) or []]


def test_place_cells_fills_what_merged_cells_reach_into() -> None:
    rows = [
        [TableCell(("甲",), rows=2), TableCell(("乙",), columns=2)],
        [TableCell(("丙",)), TableCell(("丁",), rows=9)],
        [TableCell(("戊",))],
    ]
    assert texts(rows) == [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["戊", "", "丁"]]


def test_place_cells_gives_up_on_what_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert place_cells([[TableCell(("甲",), columns=MAX_COLUMNS), TableCell(("乙",))]]) is None
    monkeypatch.setattr(grids, "MAX_SLOTS", 1_000)
    assert place_cells([[TableCell(("甲",), columns=200)]] * 6) is None
    assert place_cells([[TableCell(("甲",), columns=200)], *[[TableCell(("甲",))]] * 6]) is None
    growing = [[TableCell(("甲",), columns=2, rows=9_999)]] * 200
    assert place_cells(growing) is None


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_place_cells_begins_each_cell_once_in_reading_order(rows: list[list[TableCell]]) -> None:
    grid = place_cells(rows) or []
    begun = [slot.cell for row in grid for slot in row if slot.begins]
    assert [id(cell) for cell in begun] == [id(cell) for row in rows for cell in row if cell.text]
    assert len({len(row) for row in grid}) <= 1
    kept = [slot.text for row in compact(grid) for slot in row if slot.begins]
    assert kept == [cell.text for cell in begun]
