"""Majority: every vote counts as much as any other."""

from __future__ import annotations

from zhibiao.weak.aggregation import Probabilities, Truth, count_votes, normalised
from zhibiao.weak.table import VoteTable

# Half a vote for each class: one vote alone is no certainty.
_PRIOR = 0.5


class Majority:
    """Counts votes; it has nothing to learn."""

    def probabilities(self, table: VoteTable) -> Probabilities:
        """Give each class its share of the votes.

        Examples
        --------
        >>> import numpy as np
        >>> from zhibiao.labels import EntityLabel
        >>> codes = np.array([[1, 1, 5, 0]], dtype=np.int8)
        >>> table = VoteTable("ORG", (None, EntityLabel.ORG), tuple("abcd"), codes, (-1, 1, 0, 0, 0, 0))
        >>> Majority().probabilities(table).tolist()
        [[0.375, 0.625]]
        """
        return normalised(count_votes(table) + _PRIOR)


def fit_majority(table: VoteTable, truth: Truth) -> Majority:
    """Give the weigher; it is the same for every table."""
    return Majority()
