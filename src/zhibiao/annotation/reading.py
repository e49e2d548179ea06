"""The marks of a document as the server has them, read so that no relation hangs in the air, in code points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from zhibiao.annotation.doccano.answers import MarkKind, RelationMark, ServerDocument, SpanMark
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.documents import Document
from zhibiao.annotation.offsets import Utf16Offsets

_TRIES = 3

# A span by its ends and label; a relation by its two spans and label.
SpanKey = tuple[int | None, int | None, str]
RelationKey = tuple[SpanKey | None, SpanKey | None, str]


@dataclass(frozen=True, slots=True)
class LabelNames:
    """The names of a project's span and relation types, by their numbers on the server."""

    spans: Mapping[int, str]
    relations: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its marks."""

    document: ServerDocument
    spans: tuple[SpanMark, ...]
    relations: tuple[RelationMark, ...]

    @property
    def utf16_length(self) -> int:
        """UTF-16 units in the text."""
        return Utf16Offsets.of(self.document.text).utf16_length

    def places(self) -> dict[int, tuple[int | None, int | None]]:
        """Give the ends of each span in code points of the document; None where there is no such place."""
        offsets = Utf16Offsets.of(self.document.text)
        return {
            span.id: (offsets.to_code_point(span.start_offset), offsets.to_code_point(span.end_offset))
            for span in self.spans
        }

    def span_keys(self, names: LabelNames) -> dict[int, SpanKey]:
        """Give what makes each span what it is."""
        places = self.places()
        return {span.id: (*places[span.id], names.spans.get(span.label, "?")) for span in self.spans}

    def relation_keys(self, names: LabelNames) -> dict[int, RelationKey]:
        """Give what makes each relation what it is."""
        spans = self.span_keys(names)
        return {
            relation.id: (
                spans.get(relation.from_id),
                spans.get(relation.to_id),
                names.relations.get(relation.type, "?"),
            )
            for relation in self.relations
        }


def read_label_names(transport: Transport, project: int) -> LabelNames:
    """Read what the types of a project are called."""
    spans, relations = (
        {one.id: one.text for one in transport.list_label_types(project, kind)}
        for kind in (MarkKind.SPAN, MarkKind.RELATION)
    )
    return LabelNames(spans, relations)


def read_marks(transport: Transport, project: int, document: ServerDocument) -> ReadDocument:
    """Read the marks of a document, again where somebody deleted a span in between."""
    for attempt in range(_TRIES):
        relations = transport.list_relations(project, document.id)
        spans = transport.list_spans(project, document.id)
        ids = {span.id for span in spans}
        if attempt == _TRIES - 1 or all({one.from_id, one.to_id} <= ids for one in relations):
            break
    return ReadDocument(document, tuple(spans), tuple(relations))


def sent_span_keys(document: Document) -> dict[int, SpanKey]:
    """Give what makes each span of a document what it is, as it is sent."""
    return {
        span.id: (span.start - document.start, span.end - document.start, str(span.label)) for span in document.spans
    }


def sent_relation_keys(document: Document) -> dict[int, RelationKey]:
    """Give what makes each relation of a document what it is, as it is sent."""
    spans = sent_span_keys(document)
    return {
        relation.id: (spans.get(relation.head), spans.get(relation.child), str(relation.label))
        for relation in document.relations
    }


def same_marks(read: ReadDocument, document: Document, names: LabelNames) -> bool:
    """Tell whether a document on the server has the marks that were sent, no more and no less."""
    return Counter(read.span_keys(names).values()) == Counter(sent_span_keys(document).values()) and Counter(
        read.relation_keys(names).values()
    ) == Counter(sent_relation_keys(document).values())
