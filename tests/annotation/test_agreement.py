import pytest

from zhibiao.annotation.agreement import measure_agreement
from zhibiao.corpus.marks import read_marked
from zhibiao.errors import InputError

FIRST = "⟦M1:高企总数⟧达⟦A2:125家⟧，增长⟦A3:5%⟧\n====\nperiod 2021\nM1 A2 value\nM1 A3 change up"


def test_the_same_annotation_agrees_in_everything() -> None:
    agreement = measure_agreement([(read_marked(FIRST), read_marked(FIRST))])
    used = {row.label: row for row in agreement.labels if row.first}
    assert {row.strict for row in used.values()} == {row.overlap for row in used.values()} == {1.0}
    assert used["METRIC"].kappa == pytest.approx(1.0)
    assert {slot.slot for slot in agreement.slots if slot.equal == 1.0} == {"status", "period", "aspect", "direction"}
    assert all(slot.equal is None for slot in agreement.slots if not slot.facts)


def test_labels_that_neither_side_uses_are_undefined() -> None:
    rows = {row.label: row for row in measure_agreement([(read_marked(FIRST), read_marked(FIRST))]).labels}
    assert (rows["RANK"].strict, rows["RANK"].overlap, rows["RANK"].kappa) == (None, None, None)


def test_a_moved_edge_lowers_strict_and_keeps_overlap() -> None:
    second = FIRST.replace("⟦M1:高企总数⟧", "高企⟦M1:总数⟧")
    rows = {row.label: row for row in measure_agreement([(read_marked(FIRST), read_marked(second))]).labels}
    assert (rows["METRIC"].strict, rows["METRIC"].overlap) == (0.0, 1.0)
    assert (rows["HAS_VALUE"].strict, rows["HAS_VALUE"].overlap) == (0.0, 1.0)
    assert 0 < rows["METRIC"].kappa < 1
    assert rows["AMOUNT"].strict == 1.0


def test_a_different_status_shows_in_its_slot_alone() -> None:
    second = FIRST.replace("M1 A2 value", "M1 A2 value target 2021")
    slots = {slot.slot: slot for slot in measure_agreement([(read_marked(FIRST), read_marked(second))]).slots}
    assert (slots["status"].facts, slots["status"].equal, slots["period"].equal) == (2, 0.5, 1.0)


def test_kappa_of_relations_is_over_the_pairs_both_could_draw() -> None:
    text = "⟦M1:授权量⟧⟦A2:9件⟧、⟦M3:申请量⟧⟦A4:8件⟧\n====\nperiod 2021\n"
    one, other = read_marked(f"{text}M1 A2 value\nM3 A4 value"), read_marked(f"{text}M1 A2 value\nM1 A4 value")
    rows = {row.label: row for row in measure_agreement([(one, other)]).labels}
    # Four pairs of METRIC and AMOUNT: both say yes to one and no to one, and differ on two.
    assert rows["HAS_VALUE"].kappa == pytest.approx(0.0)
    assert rows["HAS_CHANGE"].kappa is None


def test_different_texts_are_refused() -> None:
    with pytest.raises(InputError, match="texts differ"):
        measure_agreement([(read_marked(FIRST), read_marked(FIRST.replace("125", "126")))])
