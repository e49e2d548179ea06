"""spaCy Docs whose tokens are code points, and the way between them and records.

With one token per code point a token index is a character offset: spans of the standard always align.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, Fact, Relation, Report
from zhibiao.rules.spans import LabelledSpan

_RELATIONS = "zhibiao_relations"
_SCORES = "zhibiao_scores"


@dataclass(frozen=True, slots=True, order=True)
class ScoredSpan:
    """``[start, end)`` of a text with its label and a confidence in 0..1."""

    start: int
    end: int
    label: EntityLabel
    score: float


class CodePointTokenizer:
    """Make every code point, white space too, a token of its own.

    Examples
    --------
    >>> doc = CodePointTokenizer(Vocab())("达 12.5亿元")
    >>> len(doc), doc.text
    (8, '达 12.5亿元')
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))

    def to_disk(self, path: str | Path, **_kwargs: Any) -> None:
        """Write nothing: the tokenizer has no state."""

    def from_disk(self, path: str | Path, **_kwargs: Any) -> CodePointTokenizer:
        """Read nothing."""
        return self

    def to_bytes(self, **_kwargs: Any) -> bytes:
        """Give no bytes."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: Any) -> CodePointTokenizer:
        """Read nothing."""
        return self


@registry.tokenizers("zhibiao.CodePointTokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy has no types here
def create_code_point_tokenizer() -> Callable[[Language], CodePointTokenizer]:
    """Create the factory that a pipeline's config names."""
    return lambda nlp: CodePointTokenizer(nlp.vocab)


def register_extensions() -> None:
    """Declare the places on a Doc that zhibiao's components read and write.

    ``relations`` are kept as plain lists, so that a DocBin that stores user data keeps them too.
    """
    if not Doc.has_extension("report"):
        Doc.set_extension("report", default=None)
        Doc.set_extension("periods", default=())
        Doc.set_extension("places", default=())
        Doc.set_extension("relations", getter=_get_relations, setter=_set_relations)
        Doc.set_extension("facts", default=())


def _get_relations(doc: Doc) -> tuple[Relation, ...]:
    stored: list[tuple[int, int, str, float]] = doc.user_data.get(_RELATIONS, [])
    return tuple(Relation(head, child, RelationLabel(label), score) for head, child, label, score in stored)


def _set_relations(doc: Doc, relations: Iterable[Relation]) -> None:
    doc.user_data[_RELATIONS] = [(one.head, one.child, str(one.label), one.score) for one in relations]


def blank_pipeline() -> Language:
    """Make an empty Chinese pipeline with code points as tokens."""
    register_extensions()
    config = {"nlp": {"tokenizer": {"@tokenizers": "zhibiao.CodePointTokenizer.v1"}}}
    return spacy.blank("zh", config=config)


def make_doc(nlp: Language, report: Report) -> Doc:
    """Make the Doc of a report; components find the report under ``doc._.report``."""
    register_extensions()
    doc = nlp.make_doc(report.text)
    doc._.report = report
    return doc


def doc_text(doc: Doc) -> str:
    """Give the Doc's text: its report's, which needs no putting together token by token."""
    report: Report | None = doc._.report
    return doc.text if report is None else report.text


def doc_spans(doc: Doc) -> list[LabelledSpan]:
    """Read the entities of a Doc as spans, in text order."""
    return [LabelledSpan(ent.start, ent.end, EntityLabel(ent.label_)) for ent in doc.ents]


def set_spans(doc: Doc, spans: Iterable[LabelledSpan]) -> None:
    """Make spans the entities of a Doc; where two overlap the one given first stays."""
    taken = bytearray(len(doc))
    ents: list[Span] = []
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            ents.append(Span(doc, span.start, span.end, label=str(span.label)))
    doc.set_ents(sorted(ents, key=lambda ent: ent.start))


def set_scores(doc: Doc, spans: Iterable[ScoredSpan]) -> None:
    """Keep how sure a component is of spans, as plain data beside what others kept; a span without it was written by a rule."""
    kept = doc.user_data.get(_SCORES, [])
    doc.user_data[_SCORES] = [*kept, *((one.start, one.end, str(one.label), one.score) for one in spans)]


def set_annotation(doc: Doc, annotation: Annotation) -> None:
    """Write entities and relations onto a Doc, as reference for training and scoring."""
    ordered = sorted(annotation.entities, key=lambda entity: entity.start)
    doc.set_ents([Span(doc, entity.start, entity.end, label=str(entity.label)) for entity in ordered])
    number = {entity.id: i for i, entity in enumerate(ordered)}
    doc._.relations = [
        replace(relation, head=number[relation.head], child=number[relation.child]) for relation in annotation.relations
    ]


def doc_annotation(doc: Doc) -> Annotation:
    """Read entities and relations off a Doc; an entity's id is its place in text order.

    Examples
    --------
    >>> doc = blank_pipeline().make_doc("高企3家")
    >>> set_spans(doc, [LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(2, 4, EntityLabel.AMOUNT)])
    >>> set_scores(doc, [ScoredSpan(0, 2, EntityLabel.METRIC, 0.9)])
    >>> [(entity.text, entity.score) for entity in doc_annotation(doc).entities]
    [('高企', 0.9), ('3家', 1.0)]
    """
    scores = {(start, end, label): score for start, end, label, score in doc.user_data.get(_SCORES, ())}
    entities = tuple(
        Entity(
            i,
            EntityLabel(ent.label_),
            ent.start_char,
            ent.end_char,
            ent.text,
            scores.get((ent.start_char, ent.end_char, ent.label_), 1.0),
        )
        for i, ent in enumerate(doc.ents)
    )
    relations: tuple[Relation, ...] = doc._.relations
    return Annotation(entities, relations)


def doc_facts(doc: Doc) -> tuple[Fact, ...]:
    """Read the fact rows off a Doc."""
    facts: tuple[Fact, ...] = doc._.facts
    return facts
