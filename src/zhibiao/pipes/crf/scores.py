"""How sure a component is of each span it wrote, kept on the Doc as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from zhibiao.labels import EntityLabel

_SCORES = "zhibiao_scores"


@dataclass(frozen=True, slots=True, order=True)
class ScoredSpan:
    """``[start, end)`` of a text with its label and a confidence in 0..1."""

    start: int
    end: int
    label: EntityLabel
    score: float


def set_scores(doc: Doc, spans: Iterable[ScoredSpan]) -> None:
    """Keep the confidence of spans, beside those kept before."""
    kept = doc.user_data.get(_SCORES, [])
    doc.user_data[_SCORES] = [*kept, *((one.start, one.end, str(one.label), one.score) for one in spans)]


def span_scores(doc: Doc) -> dict[tuple[int, int, str], float]:
    """Give the confidence of spans by start, end and label; a span that is absent was written by a rule.

    Examples
    --------
    >>> from zhibiao.pipes.document import blank_pipeline
    >>> doc = blank_pipeline().make_doc("高企3家")
    >>> set_scores(doc, [ScoredSpan(0, 2, EntityLabel.METRIC, 0.9)])
    >>> span_scores(doc)
    {(0, 2, 'METRIC'): 0.9}
    """
    return {(start, end, label): score for start, end, label, score in doc.user_data.get(_SCORES, [])}
