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
(predicted spans from left to right) is followed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhibiao.records import Entity
from zhibiao.scoring.annotations import pair_spans


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
    """Score the spans of several texts by all four schemes.

    Parameters
    ----------
    reference, predicted
        The flat spans of each text, in the same order of texts.

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
    found = {(span.start, span.end, span.label) for span in predicted}
    return sum((span.start, span.end, span.label) in found for span in reference)


def _exact(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    return sum(i is not None and j is not None for i, j in pair_spans(reference, predicted, overlap=False))


def _partial(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    touching = sum(i is not None and j is not None for i, j in pair_spans(reference, predicted, overlap=True))
    exact = _exact(reference, predicted)
    return exact + (touching - exact) / 2


def _type(reference: Sequence[Entity], predicted: Sequence[Entity]) -> float:
    """Count spans that touch one of their label.

    Each predicted span, from the left, takes the one whose ends are nearest; where it touches spans of other labels alone, it
    uses up the first of them.
    """
    free = sorted(reference, key=lambda span: span.start)
    correct = 0
    for span in sorted(predicted, key=lambda span: span.start):
        touching = [other for other in free if span.start < other.end and other.start < span.end]
        same = [other for other in touching if other.label is span.label]
        if same:
            correct += 1
            free.remove(min(same, key=lambda other: abs(other.start - span.start) + abs(other.end - span.end)))
        elif touching:
            free.remove(touching[0])
    return correct


_CREDIT: dict[Scheme, Callable[[Sequence[Entity], Sequence[Entity]], float]] = {
    Scheme.STRICT: _strict,
    Scheme.EXACT: _exact,
    Scheme.PARTIAL: _partial,
    Scheme.TYPE: _type,
}
