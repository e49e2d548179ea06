from hypothesis import given
from hypothesis import strategies as st

from zhibiao.scoring.annotations import spans_touch
from zhibiao.scoring.counts import Counts, count_exact, count_overlapping, total

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=8).map(
    lambda drawn: [(start, start + length) for start, length in drawn]
)


@given(SPANS)
def test_a_side_against_itself_is_right(spans: list[tuple[int, int]]) -> None:
    for counts in (count_exact(spans, spans), count_overlapping(spans, spans, spans_touch)):
        assert counts.f1 in (None, 1.0)
        assert (counts.f1 is None) == (not spans)


@given(SPANS, SPANS)
def test_swapping_the_sides_swaps_precision_and_recall(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    there, back = count_overlapping(one, other, spans_touch), count_overlapping(other, one, spans_touch)
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)


@given(SPANS, SPANS)
def test_overlap_is_never_below_strict(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    unique_one, unique_other = sorted(set(one)), sorted(set(other))
    strict = count_exact(unique_one, unique_other)
    overlap = count_overlapping(unique_one, unique_other, spans_touch)
    assert overlap.found >= strict.found
    assert overlap.right >= strict.right


def test_a_missed_reference_lowers_recall() -> None:
    counts = total([count_exact({1, 2}, {1}), count_exact({3}, set())])
    assert (counts.precision, counts.recall) == (1.0, 1 / 3)


def test_nothing_on_both_sides_is_undefined() -> None:
    empty = Counts(0, 0, 0, 0)
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)
