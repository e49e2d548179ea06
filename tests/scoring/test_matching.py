from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from zhibiao.scoring.counts import Counts
from zhibiao.scoring.matching import Key, count_pairs, pair_exactly, pair_touching, touch

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=6).map(
    lambda drawn: [(start, start + length) for start, length in drawn]
)
RELATIONS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 4), st.integers(9, 16), st.integers(1, 4)), max_size=6
).map(lambda drawn: [(a, a + b, c, c + d) for a, b, c, d in drawn])


@given(SPANS)
def test_a_side_against_itself_is_right(spans: list[Key]) -> None:
    for pairs in (pair_exactly(spans, spans), pair_touching(spans, spans)):
        assert count_pairs(pairs) == Counts(len(spans), len(spans), len(spans))


@given(SPANS, SPANS)
def test_every_item_stands_in_exactly_one_pair(one: list[Key], other: list[Key]) -> None:
    for pairs in (pair_exactly(one, other), pair_touching(one, other)):
        assert sorted(i for i, _ in pairs if i is not None) == list(range(len(one)))
        assert sorted(j for _, j in pairs if j is not None) == list(range(len(other)))


@given(SPANS | RELATIONS, SPANS | RELATIONS)
def test_swapping_the_sides_swaps_precision_and_recall(one: list[Key], other: list[Key]) -> None:
    if one and other and len(one[0]) != len(other[0]):
        return
    there, back = count_pairs(pair_touching(one, other)), count_pairs(pair_touching(other, one))
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)


@given(SPANS, SPANS)
def test_overlap_is_never_below_strict(one: list[Key], other: list[Key]) -> None:
    assert count_pairs(pair_touching(one, other)).matched >= count_pairs(pair_exactly(one, other)).matched


def flat(cuts: list[int]) -> list[Key]:
    ends = sorted(set(cuts))
    return list(zip(ends[::2], ends[1::2], strict=False))


@given(st.lists(st.integers(0, 20), max_size=10), st.lists(st.integers(0, 20), max_size=10))
def test_as_many_flat_spans_are_paired_as_can_be(one: list[int], other: list[int]) -> None:
    ours, theirs = sorted((flat(one), flat(other)), key=len)
    best = max(
        sum(touch(a, b) for a, b in zip(ours, chosen, strict=True)) for chosen in permutations(theirs, len(ours))
    )
    assert count_pairs(pair_touching(ours, theirs)).matched == best


def test_a_span_over_everything_finds_one_thing() -> None:
    assert count_pairs(pair_touching([(0, 2), (3, 5), (6, 8)], [(0, 9)])) == Counts(1, 3, 1)


def test_a_partner_moves_on_when_another_item_needs_its_place() -> None:
    assert pair_touching([(0, 9), (0, 2)], [(1, 3), (5, 7)]) == [(0, 1), (1, 0)]


def test_a_further_condition_forbids_pairs() -> None:
    assert pair_touching([(0, 4)], [(0, 4)], fits=lambda i, j: False) == [(0, None), (None, 0)]


def test_a_long_chain_of_moves_is_no_deep_recursion() -> None:
    size = 3000
    reference = [(3 * n, 3 * n + 4) for n in range(size)]
    predicted = [(3 * n + 3, 3 * n + 5) for n in range(size)]
    assert count_pairs(pair_touching(list(reversed(reference)), predicted)).matched == size


def test_one_span_over_everything_does_not_slow_the_others() -> None:
    short = [(10 * n, 10 * n + 5) for n in range(20_000)]
    assert count_pairs(pair_touching(short, [(0, 200_000), *short])) == Counts(20_000, 20_000, 20_001)
