"""Weighted vote: a logistic regression over the votes, fitted on a little gold."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from zhibiao.errors import MissingExtraError
from zhibiao.weak.aggregation import UNKNOWN, Probabilities, Truth
from zhibiao.weak.majority import Majority
from zhibiao.weak.table import VoteTable

try:
    from sklearn.linear_model import LogisticRegression
except ModuleNotFoundError as _error:
    raise MissingExtraError("the weighted vote needs scikit-learn: pip install 'zhibiao[train]'") from _error

_STRENGTH = 0.3
_STEPS = 400
# Fewer items of a class than this are no ground to learn from.
_FEWEST = 2


class WeightedVote:
    """A fitted logistic regression; a table whose gold has one class only keeps that class's share."""

    def __init__(self, model: Any, classes: NDArray[np.int8], total: int) -> None:
        self._model = model
        self._classes = classes
        self._total = total

    def probabilities(self, table: VoteTable) -> Probabilities:
        """Give items × classes."""
        found = np.zeros((len(table), self._total))
        if len(table) == 0:
            return found
        if self._model is None:
            found[:, self._classes[0]] = 1.0
            return found
        found[:, self._classes] = self._model.predict_proba(expand_codes(table))
        return found


def fit_weighted(table: VoteTable, truth: Truth) -> WeightedVote | Majority:
    """Fit on the items whose class is known; where gold has none of a kind, votes are counted."""
    known = truth != UNKNOWN
    if not known.any():
        return Majority()
    classes, counts = np.unique(truth[known], return_counts=True)
    classes, kept = classes[counts >= _FEWEST], counts >= _FEWEST
    if kept.sum() < 2:
        return WeightedVote(None, np.array([truth[known][0]]), len(table.labels))
    rows = known & np.isin(truth, classes)
    model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS)
    model.fit(expand_codes(table)[rows], truth[rows])
    return WeightedVote(model, cast("NDArray[np.int8]", model.classes_), len(table.labels))


def expand_codes(table: VoteTable) -> NDArray[np.float64]:
    """Turn codes into one column for each function and code, and the share of votes for each class.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> table = VoteTable("ORG", (None, EntityLabel.ORG), ("a",), np.array([[1], [0]], dtype=np.int8), (-1, 1, 0, 0, 0, 0))
    >>> expand_codes(table)[:, :2].tolist()
    [[1.0, 0.0], [0.0, 0.0]]
    """
    return np.concatenate([(table.codes == code) for code in range(1, len(table.speaks))], axis=1).astype(float)
