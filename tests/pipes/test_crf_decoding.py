from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.pipes.crf.decoding import Floats, Grammar, best_tags, find_marginals, make_grammar
from zhibiao.pipes.crf.tags import can_begin, can_end, can_follow, read_tags, span_tags, tags_of

TAGS = tags_of(["ORG"])


def legal_ways(length: int) -> list[tuple[int, ...]]:
    return [
        way
        for way in product(range(len(TAGS)), repeat=length)
        if can_begin(TAGS[way[0]])
        and can_end(TAGS[way[-1]])
        and all(can_follow(TAGS[a], TAGS[b]) for a, b in pairwise(way))
    ]


def weigh(scores: Floats, grammar: Grammar, way: tuple[int, ...]) -> float:
    return sum(scores[place, tag] for place, tag in enumerate(way)) + sum(grammar.steps[a, b] for a, b in pairwise(way))


def random_problem(seed: int, length: int) -> tuple[Floats, Grammar]:
    random = np.random.default_rng(seed)
    grammar = make_grammar(TAGS, random.normal(size=(5, 5)).astype(np.float32))
    return random.normal(scale=2, size=(length, 5)), grammar


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 5))
def test_viterbi_finds_the_best_of_all_legal_ways(seed: int, length: int) -> None:
    scores, grammar = random_problem(seed, length)
    best = max(legal_ways(length), key=lambda way: weigh(scores, grammar, way))
    assert tuple(best_tags(scores, [length], grammar)) == best


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 5), st.data())
def test_a_span_is_as_likely_as_the_ways_that_hold_it(seed: int, length: int, data: st.DataObject) -> None:
    scores, grammar = random_problem(seed, length)
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first + 1, length))
    span = tuple(TAGS.index(tag) for tag in span_tags(first, last, "ORG"))
    chances = {way: np.exp(weigh(scores, grammar, way)) for way in legal_ways(length)}
    holding = sum(chance for way, chance in chances.items() if way[first:last] == span)
    found = find_marginals(scores, [length], grammar).of_span(first, span)
    assert found == pytest.approx(holding / sum(chances.values()))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_a_sequence_does_not_see_those_beside_it(seed: int, lengths: list[int]) -> None:
    scores, grammar = random_problem(seed, sum(lengths))
    together = best_tags(scores, lengths, grammar)
    marginals = find_marginals(scores, lengths, grammar)
    begin = 0
    for length in lengths:
        own = scores[begin : begin + length]
        assert together[begin : begin + length].tolist() == best_tags(own, [length], grammar).tolist()
        alone = find_marginals(own, [length], grammar)
        assert np.allclose(marginals.backward[begin : begin + length], alone.backward)
        assert np.allclose(marginals.forward[begin : begin + length], alone.forward)
        begin += length


def test_scores_far_apart_stay_numbers() -> None:
    scores = np.tile([1e4, -1e4, -1e4, -1e4, -1e4], (400, 1))
    scores[:, 2] = 2e4  # I, which nothing leads to
    marginals = find_marginals(scores, [400], make_grammar(TAGS, np.zeros((5, 5), np.float32)))
    assert 0 <= marginals.of_span(3, [TAGS.index("S-ORG")]) <= 1


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O O", []),
        ("S-ORG S-ORG", [(0, 1, "ORG"), (1, 2, "ORG")]),
        ("B-ORG E-ORG B-ORG I-ORG E-ORG", [(0, 2, "ORG"), (2, 5, "ORG")]),
        ("B-ORG B-ORG E-ORG", [(1, 3, "ORG")]),
        ("B-ORG E-METRIC", []),
        ("I-ORG E-ORG", []),
        ("B-ORG I-ORG", []),
    ],
)
def test_only_whole_spans_are_read(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert read_tags(tags.split()) == spans


@given(st.integers(1, 6))
def test_the_tags_of_a_span_are_read_as_that_span(length: int) -> None:
    tags = ["O", *span_tags(1, length + 1, "METRIC"), "O"]
    assert read_tags(tags) == [(1, length + 1, "METRIC")]
    assert all(can_follow(a, b) for a, b in pairwise(tags))
