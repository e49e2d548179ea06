"""The likeliest tags of sequences, and how likely a span is: Viterbi and forward-backward, many sequences at a time.

Step ``t`` treats the ``t``-th element of all sequences that are long enough, so that there are as many steps as the longest sequence has
elements. `Steps` lays the elements out by step, longer sequences first: what a step works on is then one block of
rows, and the block behind it, for those sequences that go on, begins with the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from zhibiao.pipes.crf.tags import can_begin, can_end, can_follow

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
# A tag this much less likely than the best one at its place is taken to be just so unlikely: no probability becomes 0.
_LEAST = -60.0


@dataclass(frozen=True, slots=True)
class Grammar:
    """Which tags may begin, end and follow one another, and the weights of the steps; what may not be is -inf."""

    begin: Floats
    end: Floats
    steps: Floats


def make_grammar(tags: Sequence[str], steps: npt.NDArray[np.float32]) -> Grammar:
    """Add to learned weights of steps, of shape (tags, tags), what no span can write."""
    may = np.array([[can_follow(first, second) for second in tags] for first in tags])
    return Grammar(
        np.where([can_begin(tag) for tag in tags], 0.0, -np.inf),
        np.where([can_end(tag) for tag in tags], 0.0, -np.inf),
        np.where(may, steps.astype(np.float64), -np.inf),
    )


class Steps:
    """The elements of sequences that lie one behind the other, by step.

    Parameters
    ----------
    lengths
        Of the sequences, each above 0.

    Examples
    --------
    >>> steps = Steps([1, 3])
    >>> steps.order.tolist(), list(steps)
    ([1, 0, 2, 3], [(0, 2), (2, 3), (3, 4)])
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        sizes = np.array(lengths, np.intp)
        longest_first = np.argsort(-sizes, kind="stable")
        starts = (np.cumsum(sizes) - sizes)[longest_first]
        # How many sequences have a t-th element.
        held = len(sizes) - np.cumsum(np.bincount(sizes))[:-1]
        blocks = [starts[:count] + step for step, count in enumerate(held.tolist())]
        self.order: Places = np.concatenate(blocks)
        self._ends = [0, *np.cumsum(held).tolist()]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Give the block of each step."""
        return pairwise(self._ends)

    def __reversed__(self) -> Iterator[tuple[int, int]]:
        """Give the blocks from the last step to the first."""
        return ((start, end) for end, start in pairwise(reversed(self._ends)))


def best_tags(scores: Floats, lengths: Sequence[int], grammar: Grammar) -> Places:
    """Give the number of the tag of each element on the likeliest way through each sequence (Viterbi).

    Parameters
    ----------
    scores
        A row for each element, a column for each tag.
    lengths
        Of the sequences.

    Examples
    --------
    >>> grammar = make_grammar(["O", "B-ORG", "E-ORG"], np.zeros((3, 3), np.float32))
    >>> best_tags(np.array([[0.0, 2, 0], [1, 0, 0], [0.0, 0, 9]]), [2, 1], grammar).tolist()
    [1, 2, 0]
    """
    steps = Steps(lengths)
    total = scores[steps.order]
    back = np.zeros(total.shape, np.intp)
    before = 0
    for start, end in steps:
        if start == 0:
            total[:end] += grammar.begin
            continue
        ways = total[before : before + end - start, :, None] + grammar.steps
        ways.argmax(axis=1, out=back[start:end])
        total[start:end] += ways.max(axis=1)
        before = start
    found: Places = (total + grammar.end).argmax(axis=1)
    after = (0, 0)
    for start, end in reversed(steps):
        size = after[1] - after[0]
        if size:
            rows = np.arange(after[0], after[1])
            found[start : start + size] = back[rows, found[after[0] : after[1]]]
        after = (start, end)
    tags: Places = np.empty_like(found)
    tags[steps.order] = found
    return tags


@dataclass(frozen=True, slots=True)
class Marginals:
    """Forward and backward probabilities, scaled at each element so that they sum to one."""

    forward: Floats
    backward: Floats
    steps: Floats
    local: Floats

    def of_span(self, first: int, tags: Sequence[int]) -> float:
        """Give the probability that the elements from ``first`` on have these tags, whatever the others have."""
        chance = self.forward[first, tags[0]]
        for place, (before, tag) in enumerate(pairwise(tags), first + 1):
            chance *= self.steps[before, tag] * self.local[place, tag]
        return float(chance * self.backward[first + len(tags) - 1, tags[-1]])


def find_marginals(scores: Floats, lengths: Sequence[int], grammar: Grammar) -> Marginals:
    """Run forward and backward over each sequence.

    Examples
    --------
    >>> grammar = make_grammar(["O", "S-ORG"], np.zeros((2, 2), np.float32))
    >>> marginals = find_marginals(np.log([[3.0, 1], [1, 1]]), [2], grammar)
    >>> round(marginals.of_span(0, [1]), 3), round(marginals.of_span(0, [1, 1]), 3)
    (0.25, 0.125)
    """
    steps = Steps(lengths)
    local = scores[steps.order]
    local = np.exp(np.maximum(local - local.max(axis=1, keepdims=True), _LEAST))
    forward, backward = np.empty_like(local), np.empty_like(local)
    ways, begin, last = np.exp(grammar.steps), np.exp(grammar.begin), np.exp(grammar.end)
    before = 0
    for start, end in steps:
        block = forward[start:end]
        np.multiply(local[start:end], begin if start == 0 else forward[before : before + end - start] @ ways, out=block)
        scale = block.sum(axis=1, keepdims=True)
        block /= scale
        local[start:end] /= scale
        before = start
    np.divide(last, (forward @ last)[:, None], out=backward)
    after = (0, 0)
    for start, end in reversed(steps):
        size = after[1] - after[0]
        if size:
            behind = slice(*after)
            np.matmul(local[behind] * backward[behind], ways.T, out=backward[start : start + size])
        after = (start, end)
    found = [np.empty_like(local) for _ in range(3)]
    for whole, laid in zip(found, (forward, backward, local), strict=True):
        whole[steps.order] = laid
    return Marginals(found[0], found[1], ways, found[2])
