"""What the standard, or doccano, does not bear in an annotation: looked for before sending, and after fetching.

doccano drops spans that overlap or are empty without a word, takes ends beyond the text, and leaves copies of documents
when a relation names a span that is not there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise

from zhibiao.annotation.suggestions import SuggestedRelation, SuggestedReport, SuggestedSpan
from zhibiao.labels import LEGAL_PAIRS
from zhibiao.text.sentences import split_sentences


class FaultKind(StrEnum):
    """What is wrong."""

    EMPTY_TEXT = "empty text"
    UNSENDABLE_TEXT = "text that UTF-8 cannot hold"
    DOUBLE_ID = "double id"
    EMPTY_SPAN = "empty span"
    OUTSIDE = "outside the text"
    OTHER_TEXT = "other text than the span says"
    EDGE = "space at an edge"
    OVERLAP = "overlap"
    MISSING_SPAN = "relation to a missing span"
    ILLEGAL_PAIR = "pair that the standard does not join"
    CROSSES_SENTENCE = "relation out of its sentence"
    DOUBLE_RELATION = "double relation"
    CUT_CHARACTER = "end within a character"
    UNKNOWN_LABEL = "unknown label"
    EDITED_TEXT = "edited text"
    DELETED_DOCUMENT = "deleted document"
    DOUBLE_DOCUMENT = "double document"
    FOREIGN_DOCUMENT = "document of another round"
    UNREAD_REMARK = "remark that cannot be read"
    UNSETTLED = "difference not settled"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a report: what, where, what to do; the ids of the spans and relations it touches."""

    report_id: str
    kind: FaultKind
    what: str
    remedy: str
    start: int | None = None
    spans: tuple[int, ...] = ()
    relations: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Write one line for a person."""
        place = self.report_id if self.start is None else f"{self.report_id}, offset {self.start}"
        return f"{place}: {self.kind}: {self.what}; {self.remedy}"


def find_faults(report: SuggestedReport) -> list[Fault]:
    """Find what keeps a report from a safe round trip.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> spans = (SuggestedSpan(id=0, label=EntityLabel.METRIC, start=0, end=4, text="高企总数"),
    ...          SuggestedSpan(id=1, label=EntityLabel.METRIC, start=2, end=4, text="总数"))
    >>> report = SuggestedReport(report_id="a-0", origin="real", source="a.txt", part=0, header=None, text="高企总数达125家",
    ...                          spans=spans, relations=())
    >>> [fault.kind.value for fault in find_faults(report)]
    ['overlap']
    """
    return [
        *_find_in_text(report.report_id, report.text),
        *find_in_marks(report.report_id, report.text, report.spans, report.relations),
    ]


def _find_in_text(report_id: str, text: str) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(report_id, FaultKind.EMPTY_TEXT, "nothing to read", "leave the report out")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        what = f"{text[error.start]!r} is half a character"
        yield Fault(report_id, FaultKind.UNSENDABLE_TEXT, what, "extract the report anew", error.start)


def find_in_marks(
    report_id: str, text: str, spans: Sequence[SuggestedSpan], relations: Sequence[SuggestedRelation]
) -> list[Fault]:
    """Find what is wrong with the spans and relations of a text."""
    return [
        *_find_double_ids(report_id, spans, relations),
        *_find_in_spans(report_id, text, spans),
        *_find_overlaps(report_id, spans),
        *_find_in_relations(report_id, text, spans, relations),
    ]


def _find_double_ids(
    report_id: str, spans: Sequence[SuggestedSpan], relations: Sequence[SuggestedRelation]
) -> Iterator[Fault]:
    for name, ids in (("span", [s.id for s in spans]), ("relation", [r.id for r in relations])):
        for double in sorted({one for one in ids if ids.count(one) > 1} if len(ids) != len(set(ids)) else ()):
            yield Fault(report_id, FaultKind.DOUBLE_ID, f"two {name}s have the id {double}", "number them anew")


def _find_in_spans(report_id: str, text: str, spans: Iterable[SuggestedSpan]) -> Iterator[Fault]:
    for span in spans:
        fault = partial(Fault, report_id, start=span.start, spans=(span.id,))
        covered = text[max(span.start, 0) : max(span.end, 0)]
        if span.start >= span.end:
            yield fault(FaultKind.EMPTY_SPAN, f"{span.label} covers nothing", "mark it anew")
        elif span.start < 0 or span.end > len(text):
            what = f"{span.label} {span.start}–{span.end} in a text of {len(text)}"
            yield fault(FaultKind.OUTSIDE, what, "mark it anew")
        elif covered != span.text:
            what = f"{span.label} says {span.text!r}, the text says {covered!r}"
            yield fault(FaultKind.OTHER_TEXT, what, "set its offsets anew")
        elif covered != covered.strip():
            what = f"{span.label} {covered!r}"
            yield fault(FaultKind.EDGE, what, "leave the space outside")


def _find_overlaps(report_id: str, spans: Iterable[SuggestedSpan]) -> Iterator[Fault]:
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    for one, other in pairwise(ordered):
        if other.start < one.end:
            what = f"{one.label} {one.text!r} and {other.label} {other.text!r}"
            remedy = "spans are flat: keep one"
            yield Fault(report_id, FaultKind.OVERLAP, what, remedy, other.start, (one.id, other.id))


def _find_in_relations(
    report_id: str, text: str, spans: Iterable[SuggestedSpan], relations: Iterable[SuggestedRelation]
) -> Iterator[Fault]:
    known = {span.id: span for span in spans}
    sentences = [start for start, _ in split_sentences(text)]
    seen: dict[tuple[int, int], int] = {}
    for relation in relations:
        fault = partial(Fault, report_id, relations=(relation.id,))
        if relation.head not in known or relation.child not in known:
            what = f"{relation.label} joins span {relation.head} to {relation.child}"
            yield fault(FaultKind.MISSING_SPAN, what, "draw it anew")
            continue
        head, child = known[relation.head], known[relation.child]
        joined = f"{relation.label}: {head.label} {head.text!r} → {child.label} {child.text!r}"
        if (head.label, child.label) not in LEGAL_PAIRS[relation.label]:
            yield fault(FaultKind.ILLEGAL_PAIR, joined, "see the table of relations", head.start)
        elif bisect_right(sentences, head.start) != bisect_right(sentences, child.start):
            yield fault(FaultKind.CROSSES_SENTENCE, joined, "relations stay within one", head.start)
        if (relation.head, relation.child) in seen:
            both = (seen[relation.head, relation.child], relation.id)
            yield fault(FaultKind.DOUBLE_RELATION, joined, "keep one", head.start, relations=both)
        seen.setdefault((relation.head, relation.child), relation.id)
