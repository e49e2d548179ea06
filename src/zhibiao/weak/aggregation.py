"""From votes to probabilities: what every way of weighing votes has in common.

A *weigher* is fitted on tables of votes, with the true classes of some items where there is gold, and then gives each item the probability
of each class. One weigher is fitted for each kind of table, so a function may be trusted with METRIC-RANK and not with METRIC-AMOUNT.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from zhibiao.weak.table import VoteTable

Probabilities = NDArray[np.float64]
Truth = NDArray[np.int8]

# What a gold class is where nobody knows it.
UNKNOWN = -1


class Aggregation(StrEnum):
    """The ways to weigh votes.

    ``majority`` counts them · ``generative`` learns from agreement alone how far each function can be trusted, and discounts functions that
    repeat each other · ``weighted`` learns it from gold.
    """

    MAJORITY = "majority"
    GENERATIVE = "generative"
    WEIGHTED = "weighted"


class Weigher(Protocol):
    """Weighs the votes of tables of the kind it was fitted on."""

    def probabilities(self, table: VoteTable) -> Probabilities:
        """Give items × classes, rows that sum to 1."""


Fit = Callable[[VoteTable, Truth], Weigher]

_FITS = {
    Aggregation.MAJORITY: ("majority", "fit_majority"),
    Aggregation.GENERATIVE: ("generative", "fit_generative"),
    Aggregation.WEIGHTED: ("weighted", "fit_weighted"),
}


def get_fit(aggregation: Aggregation) -> Fit:
    """Give the function that fits a weigher: from a table and the true classes of its items (`UNKNOWN` where there are none).

    Raises
    ------
    MissingExtraError
        If the way needs a package that is not installed.
    """
    module, name = _FITS[aggregation]
    return cast("Fit", getattr(import_module(f"zhibiao.weak.{module}"), name))


def normalised(scores: Probabilities) -> Probabilities:
    """Scale the rows of a non-negative matrix to sum to 1.

    Examples
    --------
    >>> normalised(np.array([[3.0, 1.0]])).tolist()
    [[0.75, 0.25]]
    """
    return cast("Probabilities", scores / scores.sum(axis=1, keepdims=True))


def count_votes(table: VoteTable) -> NDArray[np.float64]:
    """Count for each item the votes for each class.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> codes = np.array([[1, 1, 5, 0]], dtype=np.int8)
    >>> count_votes(VoteTable("ORG", (None, EntityLabel.ORG), tuple("abcd"), codes, (-1, 1, 0, 0, 0, 0))).tolist()
    [[1.0, 2.0]]
    """
    said = np.array(table.speaks)[table.codes]
    return np.stack([(said == number).sum(axis=1) for number in range(len(table.labels))], axis=1).astype(float)
