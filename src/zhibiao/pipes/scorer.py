"""The scorer that spaCy calls in training and in ``spacy evaluate``: the same counts as ``zhibiao evaluate``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from spacy.training import Example
from spacy.util import registry

from zhibiao.pipes.document import doc_annotation
from zhibiao.records import Annotation
from zhibiao.scoring.annotations import count_relations, count_spans
from zhibiao.scoring.counts import Counts, total

CountBoth = Callable[..., Mapping[Any, Counts]]


def score_annotations(examples: Iterable[Example], **_options: Any) -> dict[str, Any]:
    """Score entities and relations of predicted Docs against their references.

    Returns
    -------
    dict
        ``ents_f``, ``ents_p``, ``ents_r`` and ``ents_per_type`` (strict), ``ents_overlap_f``, and ``rels_f``, ``rels_p``, ``rels_r``,
        ``rels_per_type`` (end to end, both spans exact), ``rels_relaxed_f``. None where there is nothing to score.
    """
    pairs = [(doc_annotation(example.reference), doc_annotation(example.predicted)) for example in examples]
    scores: dict[str, Any] = {}
    for name, relaxed, count in (("ents", "ents_overlap", count_spans), ("rels", "rels_relaxed", count_relations)):
        strict = _by_label(pairs, partial(count, overlap=False))
        scores |= {f"{name}_{key}": value for key, value in _rates(total(strict.values())).items()}
        scores[f"{name}_per_type"] = {label: _rates(counts) for label, counts in strict.items()}
        scores[f"{relaxed}_f"] = total(_by_label(pairs, partial(count, overlap=True)).values()).f1
    return scores


@registry.scorers("zhibiao.AnnotationScorer.v1")  # type: ignore[untyped-decorator]  # spaCy has no types here
def create_annotation_scorer() -> Callable[..., dict[str, Any]]:
    """Create the scorer that a component's config names."""
    return score_annotations


def _by_label(pairs: Iterable[tuple[Annotation, Annotation]], count: CountBoth) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for reference, predicted in pairs:
        for label, found in count(reference, predicted).items():
            counts[str(label)] = counts.get(str(label), Counts(0, 0, 0)) + found
    return counts


def _rates(counts: Counts) -> dict[str, float | None]:
    return {"p": counts.precision, "r": counts.recall, "f": counts.f1}
