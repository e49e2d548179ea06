from collections.abc import Callable

import pytest

from zhibiao.annotation.panel import PanelRow, as_marked, measure_panel
from zhibiao.corpus.gold import GoldReport
from zhibiao.corpus.marks import read_marked
from zhibiao.errors import InputError

Make = Callable[..., GoldReport]
FIRST = "⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，增长⟦A4:5%⟧。\n====\nperiod 2021\nM2 A3 value\nM2 A4 change up\nA3 O1 held"


def rows(make_report: Make, second: str) -> dict[str, PanelRow]:
    panel = measure_panel({"anna": {"t-0": make_report(FIRST)}, "bo": {"t-0": make_report(second)}})
    return {row.label: row for row in panel}


def test_the_same_agrees_throughout(make_report: Make) -> None:
    found = rows(make_report, FIRST)
    used = [row for row in found.values() if row.counts[0]]
    assert {row.strict for row in used} == {1.0}
    assert {found[label].alpha for label in ("METRIC", "HAS_VALUE", "HELD_BY")} == {1.0}
    assert found["RANK"].alpha is None


def test_a_moved_border_lowers_strict_and_alpha_not_overlap(make_report: Make) -> None:
    row = rows(make_report, FIRST.replace("⟦M2:高企总数⟧", "高企⟦M2:总数⟧"))["METRIC"]
    assert (row.strict, row.overlap) == (0.0, 1.0)
    assert row.alpha is not None and 0 < row.alpha < 1


def test_a_fact_agrees_when_all_that_is_said_does(make_report: Make) -> None:
    found = rows(make_report, FIRST.replace("M2 A3 value", "M2 A3 value target 2021"))
    assert (found["fact value"].strict, found["fact change"].strict) == (0.0, 1.0)
    assert found["said: status"].strict == 0.5
    assert found["HAS_VALUE"].strict == 1.0


def test_relations_are_counted_over_the_pairs_both_could_draw(make_report: Make) -> None:
    row = rows(make_report, FIRST.replace("A3 O1 held", "A4 O1 held"))["HELD_BY"]
    assert (row.strict, row.alpha) == (0.0, pytest.approx(-0.5))


def test_gold_takes_the_form_of_marks_whole(make_report: Make) -> None:
    marked = read_marked(FIRST)
    assert as_marked(make_report(FIRST)) == marked


def test_every_pair_with_a_common_report_is_measured(make_report: Make) -> None:
    one = {"t-0": make_report(FIRST)}
    panel = measure_panel({"a": one, "b": one, "c": one, "d": {}})
    assert {(row.first, row.second) for row in panel} == {("a", "b"), ("a", "c"), ("b", "c")}
    with pytest.raises(InputError, match="--double"):
        measure_panel({"a": one, "d": {}})
