"""Pairing the items of two annotations of one text, one to one; what stays alone was missed or made up.

An item is known by its key: the ends of its spans, as ``(start, end)`` for a span and ``(start, end, start, end)`` for a
relation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from zhibiao.scoring.counts import Counts

Key = tuple[int, ...]
# Numbers of a reference and a predicted item; None where an item has no partner.
Pair = tuple[int | None, int | None]


def pair_exactly(reference: Sequence[Key], predicted: Sequence[Key]) -> list[Pair]:
    """Pair items whose keys are equal; a key that one side gives twice counts twice.

    Examples
    --------
    >>> pair_exactly([(0, 4), (6, 9)], [(6, 9), (9, 12)])
    [(0, None), (1, 0), (None, 1)]
    """
    free: dict[Key, list[int]] = {}
    for number in range(len(predicted) - 1, -1, -1):
        free.setdefault(predicted[number], []).append(number)
    partners = {i: numbers.pop() for i, key in enumerate(reference) if (numbers := free.get(key))}
    return _all_pairs(len(reference), len(predicted), partners)


def pair_touching(
    reference: Sequence[Key], predicted: Sequence[Key], *, fits: Callable[[int, int], bool] | None = None
) -> list[Pair]:
    """Pair items whose spans share a character each, as many as can be, equal keys first.

    One predicted item is the partner of one reference item at most: a span over a whole sentence finds one thing in it, not
    all. The largest set of pairs is found by augmenting paths (Kuhn's algorithm), so the order of items does not matter
    for the counts.

    Parameters
    ----------
    reference, predicted
        Keys of the two sides.
    fits
        A further condition on a reference and a predicted number, such as an equal value.

    Examples
    --------
    >>> pair_touching([(0, 4), (6, 9)], [(2, 8)])
    [(0, 0), (1, None)]
    """
    fitting = [
        [j for j in near if fits is None or fits(i, j)] for i, near in enumerate(_touching(reference, predicted))
    ]
    partners: dict[int, int] = {}
    taken: dict[int, int] = {}
    for i, near in enumerate(fitting):
        same = next((j for j in near if predicted[j] == reference[i] and j not in taken), None)
        if same is not None:
            partners[i], taken[same] = same, i
    loose = [[j for j in near if j not in taken] for near in fitting]
    for i in range(len(reference)):
        if i not in partners:
            _augment(i, loose, partners, taken)
    return _all_pairs(len(reference), len(predicted), partners)


def count_pairs(pairs: Iterable[Pair]) -> Counts:
    """Count pairs and what stayed alone.

    Examples
    --------
    >>> count_pairs([(0, None), (1, 0), (None, 1)])
    Counts(matched=1, reference=2, predicted=2)
    """
    matched = missed = spurious = 0
    for i, j in pairs:
        if j is None:
            missed += 1
        elif i is None:
            spurious += 1
        else:
            matched += 1
    return Counts(matched, matched + missed, matched + spurious)


def touch(one: Key, other: Key) -> bool:
    """Tell whether each span of one key shares a character with its counterpart.

    Examples
    --------
    >>> touch((0, 4), (3, 9)), touch((0, 4), (4, 9)), touch((0, 4, 6, 9), (0, 4, 10, 12))
    (True, False, False)
    """
    return all(one[at] < other[at + 1] and other[at] < one[at + 1] for at in range(0, len(one), 2))


def _touching(reference: Sequence[Key], predicted: Sequence[Key]) -> Iterator[list[int]]:
    """Give for each reference item the predicted ones it touches, in text order.

    Predicted items of about one length are searched together: one span over the whole text would else make every window as
    long as the text.
    """
    by_size: dict[int, list[int]] = {}
    for j in sorted(range(len(predicted)), key=lambda j: predicted[j]):
        by_size.setdefault((predicted[j][1] - predicted[j][0]).bit_length(), []).append(j)
    groups = [([predicted[j][0] for j in group], 1 << size, group) for size, group in by_size.items()]
    for key in reference:
        near = [
            j
            for starts, longest, group in groups
            for j in group[bisect_left(starts, key[0] - longest) : bisect_left(starts, key[1])]
            if touch(key, predicted[j])
        ]
        yield sorted(near, key=lambda j: predicted[j])


def _augment(start: int, fitting: Sequence[Sequence[int]], partners: dict[int, int], taken: dict[int, int]) -> None:
    """Give an item a partner if there is one, moving others to another one of theirs where that is needed."""
    reached: dict[int, int] = {}
    queue = [start]
    for i in queue:
        for j in fitting[i]:
            if j in reached:
                continue
            reached[j] = i
            if j in taken:
                queue.append(taken[j])
                continue
            free: int | None = j
            while free is not None:
                holder = reached[free]
                taken[free], free_next = holder, partners.get(holder)
                partners[holder], free = free, free_next
            return


def _all_pairs(reference: int, predicted: int, partners: dict[int, int]) -> list[Pair]:
    matched = set(partners.values())
    pairs: list[Pair] = [(i, partners.get(i)) for i in range(reference)]
    return pairs + [(None, j) for j in range(predicted) if j not in matched]
