import numpy as np
import pytest

from zhibiao.errors import ModelError
from zhibiao.pipes.relations.features import Description
from zhibiao.pipes.relations.network import load_network, make_network, network_weights
from zhibiao.pipes.relations.scorer import Schedule, Scorer, Task, fit_scorer, fit_temperature

QUICK = Schedule(members=2, rows=64, width=8, epochs=30, rate=0.02, batch=16)


def make_task(figures: int = 40) -> Task:
    """Each figure has two choices: right is the one with a comma, or with symbol 7."""
    random = np.random.default_rng(0)
    figure = np.repeat(np.arange(figures), 2)
    right = np.tile([True, False], figures)
    comma = right & (figure % 2 == 0)
    symbol = np.where(right & (figure % 2 == 1), 7, 3)
    counts = np.stack([comma, random.integers(0, 5, len(figure))], axis=1).astype(np.int64)
    return Task(Description(counts, symbol[:, None].astype(np.uint64)), figure, right)


def test_it_learns_from_counts_and_symbols() -> None:
    task = make_task()
    scores = fit_scorer(task, QUICK, seed=0).score(task.description)
    assert scores[task.right].min() > scores[~task.right].max()


def test_same_seed_same_scorer() -> None:
    task = make_task()
    one, same, other = (fit_scorer(task, QUICK, seed=seed).to_bytes() for seed in (0, 0, 1))
    assert one == same != other


def test_bytes_keep_every_digit() -> None:
    task = make_task()
    scorer = fit_scorer(task, QUICK, seed=0)
    again = Scorer.from_bytes(scorer.to_bytes())
    assert np.array_equal(again.score(task.description), scorer.score(task.description))
    cooled = scorer.cool(1.7)
    assert np.array_equal(Scorer.from_bytes(cooled.to_bytes()).score(task.description), cooled.score(task.description))


def test_scores_of_many_are_those_of_each() -> None:
    task = make_task(600)
    scorer = fit_scorer(make_task(), QUICK, seed=0)
    rows = np.array([0, 511, 512, 1199])
    some = Description(task.description.counts[rows], task.description.symbols[rows])
    assert scorer.score(some) == pytest.approx(scorer.score(task.description)[rows], abs=1e-5)


def test_nothing_to_score_is_no_score() -> None:
    task = make_task()
    empty = Description(task.description.counts[:0], task.description.symbols[:0])
    assert fit_scorer(task, QUICK, seed=0).score(empty).shape == (0,)


def test_a_task_without_an_answer_teaches_nothing() -> None:
    task = make_task()
    with pytest.raises(ModelError, match="holds such a relation"):
        fit_scorer(Task(task.description, task.figure, np.zeros_like(task.right)), QUICK, seed=0)


@pytest.mark.parametrize("temperature", [0.7, 1.0, 1.6, 2.5])
def test_temperature_is_found(temperature: float) -> None:
    random = np.random.default_rng(1)
    odds = random.normal(0, 2, 4000)
    right = random.random(4000) < 1 / (1 + np.exp(-odds))
    assert fit_temperature(odds * temperature, np.arange(4000), right) == pytest.approx(temperature, rel=0.12)


@pytest.mark.parametrize("wrong", range(5))
def test_weights_that_do_not_fit_together_are_refused(wrong: int) -> None:
    weights = network_weights(make_network(16, 4, 3, np.random.default_rng(0)))
    weights[wrong] = np.zeros((3, 3), np.float32)
    with pytest.raises(ValueError, match="shape"):
        load_network(weights)
