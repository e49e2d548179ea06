import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from zhibiao.labels import EntityLabel
from zhibiao.weak.aggregation import UNKNOWN, Aggregation, get_fit
from zhibiao.weak.table import VoteTable

SPEAKS = (-1, 1, 0, 0, 0, 0)
EVERY = list(Aggregation)


def make(codes: NDArray[np.int8]) -> VoteTable:
    names = tuple(f"f{i}" for i in range(codes.shape[1]))
    return VoteTable("ORG", (None, EntityLabel.ORG), names, codes.astype(np.int8), SPEAKS)


def drawn(seed: int, items: int = 600) -> tuple[VoteTable, NDArray[np.int8]]:
    """Draw items of which half are right, two functions that know, one that guesses, and four copies of the guesser."""
    random = np.random.default_rng(seed)
    truth = random.random(items) < 0.5
    good = [np.where(random.random(items) < 0.9, np.where(truth, 1, 5), np.where(truth, 5, 1)) for _ in range(2)]
    guess = np.where(random.random(items) < 0.5, 1, 5)
    return make(np.stack([*good, guess, guess, guess, guess, guess], axis=1)), truth.astype(np.int8)


@pytest.mark.parametrize("aggregation", EVERY)
def test_probabilities_are_probabilities(aggregation: Aggregation) -> None:
    table, truth = drawn(1)
    found = get_fit(aggregation)(table, truth).probabilities(table)
    assert found.shape == (len(table), 2)
    assert np.allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()


@pytest.mark.parametrize("aggregation", EVERY)
def test_the_same_votes_give_the_same_probabilities(aggregation: Aggregation) -> None:
    table, truth = drawn(2)
    once, again = (get_fit(aggregation)(table, truth).probabilities(table) for _ in range(2))
    assert np.array_equal(once, again)


@pytest.mark.parametrize("aggregation", EVERY)
def test_an_empty_table_gives_no_probabilities(aggregation: Aggregation) -> None:
    table, truth = drawn(3)
    weigher = get_fit(aggregation)(table, truth)
    assert weigher.probabilities(make(np.zeros((0, 7)))).shape == (0, 2)


@given(st.lists(st.lists(st.sampled_from([0, 1, 5]), min_size=4, max_size=4), min_size=1, max_size=20))
def test_majority_follows_the_larger_number(rows: list[list[int]]) -> None:
    table = make(np.array(rows))
    found = get_fit(Aggregation.MAJORITY)(table, np.full(len(rows), UNKNOWN)).probabilities(table)
    for row, (none, org) in zip(rows, found, strict=True):
        assert (org > none) == (row.count(1) > row.count(5))


def test_generative_gives_copies_of_one_function_fewer_voices_than_functions_of_their_own() -> None:
    table, _ = drawn(4)
    model = get_fit(Aggregation.GENERATIVE)(table, np.full(len(table), UNKNOWN, dtype=np.int8))
    voices = model.voices  # type: ignore[attr-defined]  # only this way has voices
    assert voices[2:].max() < 0.35
    assert voices[:2].min() > 2 * voices[2:].max()


def test_gold_moves_the_generative_model_away_from_a_wrong_majority() -> None:
    table, truth = drawn(5)
    fit = get_fit(Aggregation.GENERATIVE)
    blind = fit(table, np.full(len(table), UNKNOWN, dtype=np.int8)).probabilities(table)
    some = truth.copy()
    some[300:] = UNKNOWN
    seeing = fit(table, some).probabilities(table)
    right = [np.mean((found[300:, 1] > 0.5) == truth[300:]) for found in (blind, seeing)]
    assert right[1] > right[0]
    assert right[1] > 0.85


def test_weighted_finds_the_functions_that_know() -> None:
    table, truth = drawn(6)
    some = truth.copy()
    some[200:] = UNKNOWN
    found = get_fit(Aggregation.WEIGHTED)(table, some).probabilities(table)
    assert np.mean((found[200:, 1] > 0.5) == truth[200:]) > 0.85


def test_weighted_counts_votes_where_gold_has_none_of_a_kind() -> None:
    table, _ = drawn(7)
    none = np.full(len(table), UNKNOWN, dtype=np.int8)
    weighted, majority = (get_fit(way)(table, none) for way in (Aggregation.WEIGHTED, Aggregation.MAJORITY))
    assert np.array_equal(weighted.probabilities(table), majority.probabilities(table))


def test_weighted_with_gold_of_one_class_gives_that_class() -> None:
    table, _ = drawn(8)
    found = get_fit(Aggregation.WEIGHTED)(table, np.ones(len(table), dtype=np.int8)).probabilities(table)
    assert (found[:, 1] == 1).all()


def test_generative_gives_no_class_that_nobody_votes_for() -> None:
    table, _ = drawn(9)
    silent = make(np.zeros((1, 7)))
    model = get_fit(Aggregation.GENERATIVE)(table, np.full(len(table), UNKNOWN, dtype=np.int8))
    assert model.probabilities(silent).tolist() == [[1.0, 0.0]]
