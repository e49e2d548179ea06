"""Reports cut into documents of readable size, at ends of lines and sentences, and put together again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from zhibiao.annotation.offsets import Utf16Offsets
from zhibiao.annotation.suggestions import SuggestedRelation, SuggestedReport, SuggestedSpan
from zhibiao.text.sentences import split_sentences

# Characters in a document: docs/annotation-loop.md has the measurements.
DOCUMENT_SIZE = 2400
# Keys of a document's metadata, which annotators see beside the text.
REPORT, PART, KEY, TEXT_HASH, SENT_HASH = "report", "part", "document", "text_sha256", "suggestions_sha256"


@dataclass(frozen=True, slots=True)
class Document:
    """A stretch ``[start, end)`` of a report's text, with the marks in it.

    Offsets of the marks are the report's; ``number`` counts the report's documents from 0.
    """

    report: SuggestedReport
    number: int
    of: int
    start: int
    end: int
    spans: tuple[SuggestedSpan, ...]
    relations: tuple[SuggestedRelation, ...]

    @property
    def key(self) -> str:
        """Its name within a round."""
        return f"{self.report.report_id}#{self.number + 1}"

    @property
    def text(self) -> str:
        """Its text."""
        return self.report.text[self.start : self.end]

    @property
    def text_sha256(self) -> str:
        """Of its text in UTF-8."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def sent_sha256(self) -> str:
        """Of its marks: a second push of the same is known by it."""
        spans = [(span.id, span.start, span.end, span.label) for span in self.spans]
        relations = [(relation.head, relation.child, relation.label) for relation in self.relations]
        return sha256(json.dumps([self.text_sha256, spans, relations]).encode()).hexdigest()


def cut_report(report: SuggestedReport, size: int = DOCUMENT_SIZE) -> list[Document]:
    """Cut a report into documents of about equal size, ``size`` characters at most where its sentences allow that.

    No sentence is cut, nor a span or relation, whatever it crosses. White space between documents belongs to none: doccano
    trims a text whenever it is saved.

    Examples
    --------
    >>> report = SuggestedReport(report_id="a-0", origin="real", source="a.txt", part=0, header=None,
    ...                          text="高企总数达125家。专利300件。" * 2, spans=(), relations=())
    >>> [document.text for document in cut_report(report, 20)]
    ['高企总数达125家。专利300件。', '高企总数达125家。专利300件。']
    """
    bounds = _bounds(report, size)
    documents: list[Document] = []
    for number, (first, last) in enumerate(bounds):
        piece = report.text[first:last]
        start, end = first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())
        spans = tuple(span for span in report.spans if start <= span.start < end)
        ids = {span.id for span in spans}
        relations = tuple(relation for relation in report.relations if relation.head in ids)
        documents.append(Document(report, number, len(bounds), start, end, spans, relations))
    return documents


def _bounds(report: SuggestedReport, size: int) -> list[tuple[int, int]]:
    length = len(report.text)
    parts = max(1, -(-length // size))
    wanted = length / parts
    places = list(_cutting_places(report))
    bounds, start = [], 0
    while length - start > size and places:
        near = [place for place in places if start < place <= start + size] or [min(p for p in places if p > start)]
        # Of the places that fit, the one nearest to equal shares; a line's end is worth a tenth of a document.
        best = min(near, key=lambda p: abs(p - start - wanted) - (wanted / 10 if report.text[p - 1] == "\n" else 0))
        bounds.append((start, best))
        start, places = best, [place for place in places if place > best]
    if start < length or not bounds:
        bounds.append((start, length))
    return bounds


def _cutting_places(report: SuggestedReport) -> Iterator[int]:
    """Give the places behind sentences, with the white space that follows them, where nothing is cut."""
    inside = bytearray(len(report.text) + 1)
    where = {span.id: (span.start, span.end) for span in report.spans}
    ranges = list(where.values())
    for relation in report.relations:
        if relation.head in where and relation.child in where:
            ends = (*where[relation.head], *where[relation.child])
            ranges.append((min(ends), max(ends)))
    for start, end in ranges:
        inside[start + 1 : end] = b"\1" * (end - start - 1)
    starts = [start for start, _ in split_sentences(report.text)]
    for start in starts[1:]:
        if not inside[start]:
            yield start


def make_line(document: Document, extra: dict[str, Any]) -> str:
    """Write a document as a line that doccano imports: ASCII, offsets in UTF-16 from the document's start.

    ASCII, because doccano guesses the encoding of what is uploaded.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> span = SuggestedSpan(id=7, label=EntityLabel.AMOUNT, start=3, end=5, text="5家")
    >>> report = SuggestedReport(report_id="a-0", origin="real", source="a.txt", part=0, header=None,
    ...                          text="𠮷林省5家", spans=(span,), relations=())
    >>> json.loads(make_line(cut_report(report)[0], {}))["entities"]
    [{'id': 7, 'label': 'AMOUNT', 'start_offset': 4, 'end_offset': 6}]
    """
    offsets = Utf16Offsets.of(document.text)
    return json.dumps(
        {
            "text": document.text,
            "entities": [
                {
                    "id": span.id,
                    "label": span.label,
                    "start_offset": offsets.to_utf16(span.start - document.start),
                    "end_offset": offsets.to_utf16(span.end - document.start),
                }
                for span in document.spans
            ],
            "relations": [
                {"id": relation.id, "from_id": relation.head, "to_id": relation.child, "type": relation.label}
                for relation in document.relations
            ],
            REPORT: document.report.report_id,
            PART: f"{document.number + 1}/{document.of}",
            **extra,
            KEY: document.key,
            TEXT_HASH: document.text_sha256,
            SENT_HASH: document.sent_sha256,
        }
    )


def batches(documents: Sequence[Document], characters: int, most: int) -> Iterator[list[Document]]:
    """Give documents in batches of at most so many characters and documents."""
    batch: list[Document] = []
    held = 0
    for document in documents:
        if batch and (held + len(document.text) > characters or len(batch) >= most):
            yield batch
            batch, held = [], 0
        batch.append(document)
        held += len(document.text)
    if batch:
        yield batch
