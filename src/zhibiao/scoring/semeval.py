"""Four ways to count spans that the field uses, defined for the SemEval-2013 task 9.1 and kept alive by nervaluate.

========  ===========================  ==============================
scheme    correct                      half right
========  ===========================  ==============================
strict    both ends and the label
exact     both ends
partial   both ends                    one character in common
type      label, one character common
========  ===========================  ==============================

Source: I. Segura-Bedmar et al., SemEval-2013 Task 9, and https://github.com/MantisAI/nervaluate, whose order of pairing
(predicted spans from left to right) is followed. ``docs/scoring.md`` says where the two still differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhibiao.records import Entity


class Scheme(StrEnum):
    """A way to count."""

    STRICT = "strict"
    EXACT = "exact"
    PARTIAL = "partial"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class SchemeScore:
    """Precision, recall and F1 of a scheme; None where there was nothing on that side."""

    precision: float | None
    recall: float | None
    f1: float | None


def scheme_scores(
    reference: Sequence[Sequence[Entity]], predicted: Sequence[Sequence[Entity]]
) -> dict[Scheme, SchemeScore]:
    """Score the spans of several texts by all four schemes, in time linear in their number but for sorting.

    The labels count together: for the scores of one label give its spans alone.

    Parameters
    ----------
    reference, predicted
        The spans of each text, in the same order of texts; those of the reference are flat.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> gold = [[Entity(0, EntityLabel.METRIC, 0, 4, "高企总数")]]
    >>> found = [[Entity(0, EntityLabel.METRIC, 2, 4, "总数")]]
    >>> {scheme.value: score.f1 for scheme, score in scheme_scores(gold, found).items()}
    {'strict': 0.0, 'exact': 0.0, 'partial': 0.5, 'type': 1.0}
    """
    texts = list(zip(reference, predicted, strict=True))
    sizes = (sum(map(len, reference)), sum(map(len, predicted)))
    return {scheme: _score(sum(count(*text) for text in texts), *sizes) for scheme, count in _CREDIT.items()}


def _score(credit: float, reference: int, predicted: int) -> SchemeScore:
    return SchemeScore(
        credit / predicted if predicted else None,
        credit / reference if reference else None,
        2 * credit / (reference + predicted) if reference + predicted else None,
    )


def _strict(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    return _common(reference, predicted, lambda span: (span.start, span.end, span.label))


def _exact(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    return _common(reference, predicted, lambda span: (span.start, span.end))


def _common(reference: Sequence[Entity], predicted: Sequence[Entity], key: Callable[[Entity], Hashable]) -> float:
    return (Counter(map(key, reference)) & Counter(map(key, predicted))).total()


def _partial(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    """Count spans that touch one, half unless both ends are right; each predicted span takes the first that is free."""
    taken: set[int] = set()
    credit = 0.0
    for span, touching in _touching(reference, predicted):
        first = next(((number, other) for number, other in touching if number not in taken), None)
        if first:
            number, other = first
            taken.add(number)
            credit += 1 if (span.start, span.end) == (other.start, other.end) else 0.5
    return credit


def _type(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    """Count spans that touch one of their label.

    Each predicted span takes the one whose ends are nearest; where it touches spans of other labels alone, it uses up the
    first of them.
    """
    taken: set[int] = set()
    correct = 0
    for span, touching in _touching(reference, predicted):
        free = [(number, other) for number, other in touching if number not in taken]
        same = [(number, other) for number, other in free if other.label is span.label]
        if same:
            correct += 1
            taken.add(min(same, key=lambda found: _distance(span, found[1]))[0])
        elif free:
            taken.add(free[0][0])
    return correct


def _distance(one: Entity, other: Entity) -> int:
    return abs(one.start - other.start) + abs(one.end - other.end)


def _touching(
    reference: Sequence[Entity], predicted: Sequence[Entity]
) -> Iterator[tuple[Entity, list[tuple[int, Entity]]]]:
    """Give each predicted span, from the left, with the reference spans it shares a character with, numbered from the left.

    The reference is flat, so that one sweep finds them all: a reference span that ends before a predicted one begins touches
    none of those behind it either.
    """
    ordered = sorted(reference, key=lambda span: span.start)
    first = 0
    for span in sorted(predicted, key=lambda span: span.start):
        while first < len(ordered) and ordered[first].end <= span.start:
            first += 1
        last = first
        while last < len(ordered) and ordered[last].start < span.end:
            last += 1
        yield span, list(enumerate(ordered[first:last], first))


_CREDIT: dict[Scheme, Callable[[Sequence[Entity], Sequence[Entity]], float]] = {
    Scheme.STRICT: _strict,
    Scheme.EXACT: _exact,
    Scheme.PARTIAL: _partial,
    Scheme.TYPE: _type,
}
