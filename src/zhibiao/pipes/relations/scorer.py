"""Scores of choices by a small network.

The scores of a figure's choices compete with one another and with the choice of none, whose score is 0: softmax over them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
import srsly
from thinc.api import Adam, warmup_linear

from zhibiao.errors import ModelError
from zhibiao.pipes.relations.features import Description
from zhibiao.pipes.relations.network import (
    Inputs,
    Network,
    load_network,
    make_network,
    merge_networks,
    network_weights,
    run_network,
)
from zhibiao.pipes.relations.targets import choice_chances

if TYPE_CHECKING:
    from thinc.types import Generator

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Numbers further than this many standard deviations from the mean are cut.
_FAR = 5.0
# The row of the table for symbols that are hidden in training.
_HIDDEN = 0
# Weights are kept with half the digits: nothing is lost but size.
_SAVED = "<f2"
# Where to look for a temperature.
_TEMPERATURES = np.geomspace(0.5, 4, 61)


@dataclass(frozen=True, slots=True)
class Task:
    """Choices to learn from.

    Parameters
    ----------
    description
        Of the choices, those of a figure one after another.
    figure
        Which figure each choice belongs to.
    right
        Which choice each figure should make; none where it should make none.
    """

    description: Description
    figure: Ints
    right: Flags

    def __len__(self) -> int:
        """Count the choices."""
        return len(self.figure)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How networks are trained.

    Parameters
    ----------
    members
        How many are trained, each from other weights to begin with, to be asked together.
    rows, width
        Rows of the table that symbols are hashed into, and the width of the hidden layer.
    epochs
        Passes over the data.
    rate
        The highest learning rate; it rises over the first steps and falls to 0.
    batch
        Figures to a step.
    hiding
        Share of symbols that are hidden at each step.
    """

    members: int = 3
    rows: int = 2**13
    width: int = 32
    epochs: int = 6
    rate: float = 0.003
    batch: int = 256
    hiding: float = 0.2


class Scorer:
    """Scores the choices of figures.

    Parameters
    ----------
    network
        What scores.
    mean, spread
        Of the numbers it was trained on, of shape (columns,).
    """

    def __init__(self, network: Network, mean: Floats, spread: Floats) -> None:
        self.network = network
        self.mean = mean
        self.spread = spread

    def score(self, description: Description) -> Scores:
        """Score choices: log odds against choosing none."""
        if not len(description):
            return np.zeros(0)
        return run_network(self.network, *_inputs(description, self.mean, self.spread, self.network.get_dim("nV")))

    def fits(self, description: Description) -> bool:
        """Tell whether it was trained on descriptions with as many columns as this one."""
        return bool(2 * description.counts.shape[1] == len(self.mean))

    def cool(self, temperature: float) -> Scorer:
        """Make the scorer whose scores are a temperature times smaller."""
        *hidden, output, bias = network_weights(self.network)
        return Scorer(_rounded([*hidden, output / temperature, bias / temperature]), self.mean, self.spread)

    def to_bytes(self) -> bytes:
        """Write the weights."""
        weights = [(one.shape, one.astype(_SAVED).tobytes()) for one in network_weights(self.network)]
        data = {"weights": weights, "mean": self.mean.tobytes(), "spread": self.spread.tobytes()}
        packed: bytes = srsly.msgpack_dumps(data)
        return packed

    @classmethod
    def from_bytes(cls, packed: bytes) -> Scorer:
        """Read weights that `to_bytes` wrote.

        Raises
        ------
        ModelError
            If they are something else, or were damaged.
        """
        try:
            data: dict[str, Any] = srsly.msgpack_loads(packed)
            weights = [np.frombuffer(values, _SAVED).reshape(shape) for shape, values in data["weights"]]
            mean, spread = (np.frombuffer(data[name], "<f4") for name in ("mean", "spread"))
            network = load_network(weights)
            if not len(mean) == len(spread) == network.get_dim("nI"):
                raise ValueError("numbers and weights are not of one model")
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise ModelError(
                "the relation model of this pipeline cannot be read; train it again or copy it anew"
            ) from error
        return cls(network, mean, spread)


def fit_scorer(task: Task, schedule: Schedule, *, seed: int) -> Scorer:
    """Train a scorer: same task and same seed, same scorer.

    Raises
    ------
    ModelError
        If there is nothing to learn from.
    """
    if not task.right.any():
        raise ModelError("no text for training holds such a relation; check the corpus and its labels")
    numbers = _numbers(task.description)
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0) + np.float32(0.01)
    inputs = _inputs(task.description, mean, spread, schedule.rows)
    randoms = np.random.default_rng(seed).spawn(schedule.members)
    network = merge_networks([_fit_network(inputs, task, schedule, random) for random in randoms])
    return Scorer(_rounded(network_weights(network)), mean, spread)


def fit_temperature(scores: Scores, figure: Ints, right: Flags) -> float:
    """Find by what scores must be divided to be log odds: where what is right is likeliest.

    Examples
    --------
    >>> figure, right = np.arange(4), np.array([True, True, True, False])
    >>> float(np.round(fit_temperature(np.full(4, 3.3), figure, right), 1))  # odds of 3, not of 27
    3.0
    """
    firsts = _firsts(figure)
    chosen = np.add.reduceat(right, firsts) > 0

    def likelihood(temperature: float) -> float:
        chances = choice_chances(scores / temperature, figure)
        none = 1 - np.add.reduceat(chances, firsts)
        return float(np.log(np.maximum(np.append(chances[right], none[~chosen]), 1e-12)).sum())

    return float(max(_TEMPERATURES, key=likelihood))


def _fit_network(inputs: Inputs, task: Task, schedule: Schedule, random: np.random.Generator) -> Network:
    numbers, symbols = inputs
    network = make_network(schedule.rows, schedule.width, numbers.shape[1], random)
    firsts = _firsts(task.figure)
    steps = schedule.epochs * -(-len(firsts) // schedule.batch)
    rates = cast("Generator", warmup_linear(schedule.rate, min(100, steps // 10), steps))
    optimizer = Adam(rates, use_averages=False)
    for chosen, figures in _batches(firsts, len(task), schedule, random):
        shown = np.where(random.random((len(chosen), symbols.shape[1])) < schedule.hiding, _HIDDEN, symbols[chosen])
        scores, backprop = network.begin_update((numbers[chosen], shown))
        error = choice_chances(scores.astype(np.float64), task.figure[chosen]) - task.right[chosen]
        backprop((error / figures).astype(np.float32))
        network.finish_update(optimizer)
        optimizer.step_schedules()
    return network


def _rounded(weights: Sequence[Floats]) -> Network:
    """Make a network of weights as they will be saved: what is read again scores the same to the last digit."""
    return load_network([one.astype(_SAVED) for one in weights])


def _inputs(description: Description, mean: Floats, spread: Floats, rows: int) -> Inputs:
    numbers = np.clip((_numbers(description) - mean) / spread, -_FAR, _FAR)
    symbols = 1 + (description.symbols % np.uint64(rows - 1)).astype(np.int64)
    return numbers, symbols


def _numbers(description: Description) -> Floats:
    """Give each count's logarithm, and whether it is any at all."""
    counts = description.counts.astype(np.float32)
    return np.concatenate([np.log1p(counts), counts > 0], axis=1)


def _firsts(figure: Ints) -> Ints:
    return np.flatnonzero(np.diff(figure, prepend=-1))


def _batches(firsts: Ints, end: int, schedule: Schedule, random: np.random.Generator) -> Iterator[tuple[Ints, int]]:
    """Shuffle figures into batches: the rows of their choices, and how many they are."""
    counts = np.diff(firsts, append=end)
    for _ in range(schedule.epochs):
        order = random.permutation(len(firsts))
        for low in range(0, len(order), schedule.batch):
            chosen = order[low : low + schedule.batch]
            count = counts[chosen]
            begins = np.cumsum(count) - count
            yield np.repeat(firsts[chosen] - begins, count) + np.arange(count.sum()), len(chosen)
