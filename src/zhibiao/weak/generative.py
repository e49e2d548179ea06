"""A generative label model: how far each function can be trusted is learnt from how the functions agree, without gold.

Each item has a hidden class; given the class a function speaks or abstains, and says one code or another, with probabilities of its own (Dawid
and Skene 1979). Expectation-maximisation starts from the majority and is stopped after a few steps: run to its end, it fits classes of its
own. Functions that repeat each other would be counted as often as there are copies of them, so a function's voice is divided by the number of
voices it amounts to with those it agrees with more than the class explains. Gold, where there is some, holds the class of its items fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from zhibiao.weak.aggregation import UNKNOWN, Probabilities, Truth, count_votes
from zhibiao.weak.majority import Majority
from zhibiao.weak.table import Codes, VoteTable

Floats = NDArray[np.float64]

# The next three were chosen on train (training/experiments.md).
_STEPS = 2
# How much silence says, against 1 for a vote: silence is shared by all functions that look for another shape.
_SILENCE = 0.3
# Correlations up to this are no repetition.
_ALIKE = 0.5
# Votes that every function is given beforehand, most of them for what its codes say: a function seen twice is not known.
_BEFORE, _BEFORE_RIGHT = 0.5, 4.0
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class LabelModel:
    """A fitted model.

    Parameters
    ----------
    prior
        Log probability of each class.
    emissions
        Functions × classes × codes: log probability that a function casts a code, what its silence says toned down.
    voices
        For each function its weight, 1 where it repeats no other.
    """

    prior: Floats
    emissions: Floats
    voices: Floats

    def probabilities(self, table: VoteTable) -> Probabilities:
        """Give items × classes; a class that nobody votes for has none."""
        scores = np.tile(self.prior, (len(table), 1))
        for function, codes in enumerate(table.simplified().codes.T):
            scores += self.voices[function] * self.emissions[function].T[codes]
        scores -= scores.max(axis=1, keepdims=True)
        possible = count_votes(table) > 0
        possible[:, 0] = True
        found = np.exp(scores) * possible
        return cast("Probabilities", found / np.maximum(found.sum(axis=1, keepdims=True), _LEAST))


def fit_generative(table: VoteTable, truth: Truth) -> LabelModel:
    """Fit by expectation-maximisation; the same votes always give the same model.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> codes = np.array([[1, 1, 0]] * 6 + [[1, 0, 5]] * 2 + [[0, 1, 0]] * 4, dtype=np.int8)
    >>> table = VoteTable("ORG", (None, EntityLabel.ORG), tuple("abc"), codes, (-1, 1, 0, 0, 0, 0))
    >>> model = fit_generative(table, np.full(len(codes), UNKNOWN, dtype=np.int8))
    >>> bool(model.probabilities(table)[0, 1] > 0.9)
    True
    """
    table = table.simplified()
    belief = _hold(Majority().probabilities(table), truth)
    # The classes' shares stay those of the majority: left free they drift to whatever makes the votes look independent.
    prior = np.log((belief.sum(axis=0) + 1.0) / (len(belief) + belief.shape[1]))
    model = _maximise(belief, table, prior)
    for _ in range(_STEPS - 1):
        belief = _hold(model.probabilities(table), truth)
        model = _maximise(belief, table, prior)
    return model


def _hold(belief: Probabilities, truth: Truth) -> Probabilities:
    known = np.flatnonzero(truth != UNKNOWN)
    belief = belief.copy()
    belief[known] = 0.0
    belief[known, truth[known]] = 1.0
    return belief


def _maximise(belief: Probabilities, table: VoteTable, prior: Floats) -> LabelModel:
    """Count how often each function casts each code, items weighed by the belief in each class."""
    classes, codes = belief.shape[1], len(table.speaks)
    counts = np.stack([(table.codes == code).T.astype(float) @ belief for code in range(codes)], axis=2)
    start = np.full((classes, codes), _BEFORE)
    for code, said in enumerate(table.speaks):
        if said >= 0:
            start[said, code] = _BEFORE_RIGHT
    spoken = counts[:, :, 1:] + start[:, 1:]
    silent = (counts[:, :, :1] + 1.0) / (counts.sum(axis=2, keepdims=True) + 2.0)
    emissions = np.empty_like(counts)
    emissions[:, :, :1] = _SILENCE * np.log(silent)
    emissions[:, :, 1:] = np.log(spoken / spoken.sum(axis=2, keepdims=True)) + _SILENCE * np.log(1.0 - silent)
    return LabelModel(prior, emissions, _voices(belief, emissions, table.codes))


def _voices(belief: Probabilities, emissions: Floats, codes: Codes) -> Floats:
    """Divide each function's voice by what it shares with others beyond the class.

    What a function says of an item is its log odds for a class against none. Less what the belief in the classes leads one to expect, it
    should be unrelated to what any other function says; the correlations that are left say how many voices are one.
    """
    functions = codes.shape[1]
    shared = np.zeros((functions, functions))
    mass = belief.sum(axis=0) + _LEAST
    for label in range(1, belief.shape[1]):
        odds = emissions[:, label] - emissions[:, 0]
        said = np.stack([odds[function][codes[:, function]] for function in range(functions)], axis=1)
        rest = said - belief @ ((belief.T @ said) / mass[:, None])
        rest /= np.sqrt((rest**2).sum(axis=0)) + _LEAST
        shared = np.maximum(shared, rest.T @ rest)
    np.fill_diagonal(shared, 0.0)
    return cast("Floats", 1.0 / (1.0 + np.clip((shared - _ALIKE) / (1.0 - _ALIKE), 0.0, 1.0).sum(axis=1)))
