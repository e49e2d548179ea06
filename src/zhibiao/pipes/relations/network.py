"""The network behind a scorer, in thinc: one hidden layer over numbers and embedded symbols, and one score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
from thinc.api import Model, NumpyOps

from zhibiao.errors import MissingExtraError

if TYPE_CHECKING:
    from thinc.types import Floats2d

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
# Numbers of shape (choices, columns), and rows of the table of symbols of shape (choices, templates).
Inputs = tuple[Floats, Ints]
Network = Model[Inputs, Floats]

# The weights in the order they are saved in: over numbers, their bias, the table of symbols, the output's, its bias.
_WEIGHTS = ("W", "b", "E", "O", "c")
# Choices that are looked at in one go: what they need fits into the processor's cache.
_BLOCK = 512


def make_network(rows: int, width: int, columns: int, random: np.random.Generator) -> Network:
    """Make a network with weights to begin with.

    Parameters
    ----------
    rows, width
        Of the table of symbols; the width is that of the hidden layer.
    columns
        How many numbers describe a choice.
    random
        Where the weights come from.
    """
    return load_network(
        [
            random.standard_normal((width, columns)) / np.sqrt(columns),
            np.zeros(width),
            0.05 * random.standard_normal((rows, width)),
            random.standard_normal(width) / np.sqrt(width),
            np.zeros(1),
        ]
    )


def load_network(weights: Sequence[npt.NDArray[Any]]) -> Network:
    """Make a network of weights, as `network_weights` gives them.

    Raises
    ------
    ValueError
        If their shapes do not fit together.
    """
    linear, _, table, *_ = weights
    (width, columns), (rows, _) = linear.shape, table.shape
    network: Network = Model(
        "zhibiao_relation_scores",
        _forward,
        dims={"nO": 1, "nI": columns, "nV": rows},
        params=dict.fromkeys(_WEIGHTS),
        ops=NumpyOps(),
    )
    shapes = ((width, columns), (width,), (rows, width), (width,), (1,))
    for name, shape, values in zip(_WEIGHTS, shapes, weights, strict=True):
        if values.shape != shape:
            raise ValueError(f"weights {name} have shape {values.shape}, not {shape}")
        network.set_param(name, cast("Floats2d", values.astype(np.float32)))
    return network


def network_weights(network: Network) -> list[Floats]:
    """Give a network's weights."""
    return [cast("Floats", network.get_param(name)) for name in _WEIGHTS]


def merge_networks(networks: Sequence[Network]) -> Network:
    """Put networks side by side: one as wide as they are together, whose score is their mean.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> networks = [make_network(8, 4, 2, random) for _ in range(3)]
    >>> inputs = (np.ones((1, 2), np.float32), np.array([[1, 5]]))
    >>> mean = np.mean([run_network(network, *inputs) for network in networks])
    >>> bool(np.isclose(run_network(merge_networks(networks), *inputs)[0], mean))
    True
    """
    linear, bias, table, output, output_bias = zip(*map(network_weights, networks), strict=True)
    return load_network(
        [
            np.concatenate(linear),
            np.concatenate(bias),
            np.concatenate(table, axis=1),
            np.concatenate(output) / len(networks),
            np.mean(output_bias, axis=0),
        ]
    )


def run_network(network: Network, numbers: Floats, symbols: Ints) -> npt.NDArray[np.float64]:
    """Score choices, block by block."""
    blocks = range(0, len(numbers), _BLOCK)
    scores = [network.predict((numbers[low : low + _BLOCK], symbols[low : low + _BLOCK])) for low in blocks]
    return np.concatenate(scores).astype(np.float64)


def _forward(network: Network, inputs: Inputs, is_train: bool) -> tuple[Floats, Callable[[Floats], Inputs]]:
    """Add a linear layer over numbers and the table's rows for symbols, cut off below 0; then one more layer."""
    numbers, symbols = inputs
    linear, bias, table, output, output_bias = network_weights(network)
    total = numbers @ linear.T + bias
    found = np.empty_like(total)
    for column in symbols.T:
        np.take(table, column, axis=0, out=found, mode="clip")
        total += found
    hidden = np.maximum(total, 0)

    def backprop(gradient: Floats) -> Inputs:
        d_total = np.outer(gradient, output) * (hidden > 0)
        gradients = (
            *(d_total.T @ numbers, d_total.sum(axis=0), _sum_by_row(d_total, symbols, len(table))),
            *(hidden.T @ gradient, gradient.sum(keepdims=True)),
        )
        for name, values in zip(_WEIGHTS, gradients, strict=True):
            network.inc_grad(name, cast("Floats2d", values))
        return inputs

    return hidden @ output + output_bias, backprop


def _sum_by_row(gradient: Floats, symbols: Ints, rows: int) -> Floats:
    """Add up for each row of the table the gradients of the choices that have its symbol."""
    try:
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - a trained pipeline runs without it
    except ImportError as error:
        raise MissingExtraError("training the relation model needs scipy: pip install 'zhibiao[train]'") from error
    choices, templates = symbols.shape
    ends = np.arange(0, symbols.size + 1, templates)
    has = csr_matrix((np.ones(symbols.size, np.float32), symbols.ravel(), ends), shape=(choices, rows))
    return cast("Floats", has.T @ gradient)
