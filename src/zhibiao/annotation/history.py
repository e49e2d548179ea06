"""What became of each suggestion, and what was drawn: who, when, from which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhibiao.annotation.pulled import PulledReport, Trace
from zhibiao.annotation.suggestions import SuggestedRelation, SuggestedSpan
from zhibiao.records import Entity
from zhibiao.scoring.annotations import pair_spans


class Change(StrEnum):
    """What became of a mark."""

    KEPT = "kept"
    RELABELLED = "relabelled"
    MOVED = "moved"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one mark.

    Parameters
    ----------
    report_id, annotator
        Where.
    kind
        ``span`` or ``relation``.
    change
        What became of it. A relation whose span was marked anew with another end, and which was drawn anew too, is kept.
    label, text, start
        What it is now; of a removed one, what it was. A relation's text is ``head → child``, its start the head's.
    was
        What it was suggested as, where that is another label or text.
    suggestion
        The suggestion, with who stands behind it and how sure they were; None for what was added.
    trace
        Who made it when on the server; None for what is gone.
    """

    report_id: str
    annotator: str
    kind: str
    change: Change
    label: str
    text: str
    start: int
    was: str | None
    suggestion: SuggestedSpan | SuggestedRelation | None
    trace: Trace | None

    @property
    def record(self) -> dict[str, Any]:
        """The event as a line of ``history.jsonl`` has it."""
        return {
            "report_id": self.report_id,
            "annotator": self.annotator,
            "kind": self.kind,
            "change": str(self.change),
            "label": self.label,
            "text": self.text,
            "start": self.start,
            "was": self.was,
            "suggestion": self.suggestion.id if self.suggestion else None,
            "suggested_by": list(self.suggestion.by) if self.suggestion else [],
            "score": self.suggestion.score if self.suggestion else None,
            "document": self.trace.document if self.trace else None,
            "by": self.trace.by if self.trace else None,
            "created": self.trace.created.isoformat() if self.trace else None,
            "changed": self.trace.changed.isoformat() if self.trace else None,
        }


def make_history(pulled: PulledReport) -> list[Event]:
    """Say what became of every suggestion of a report, and what was added."""
    spans = _match_spans(pulled)
    return [*_span_events(pulled, spans), *_relation_events(pulled, spans)]


def _match_spans(pulled: PulledReport) -> dict[int, int]:
    """Pair spans on the server with suggestions: by number, else by touching one of the same label that is gone."""
    suggested = {span.id: span for span in pulled.report.spans}
    matched = {
        span.id: number
        for span in pulled.spans
        if (number := pulled.span_traces[span.id].suggestion) is not None and number in suggested
    }
    taken = set(matched.values())
    gone = [span for span in pulled.report.spans if span.id not in taken]
    drawn = [span for span in pulled.spans if span.id not in matched]
    for label in {span.label for span in gone}:
        lost = [span for span in gone if span.label is label]
        new = [span for span in drawn if span.label is label]
        records = (_as_annotation_spans(lost), _as_annotation_spans(new))
        for i, j in pair_spans(*records, overlap=True):
            if i is not None and j is not None:
                matched[new[j].id] = lost[i].id
    # What is left may have been deleted and drawn anew at its place with another label.
    taken = set(matched.values())
    places = {(span.start, span.end): span.id for span in gone if span.id not in taken}
    for span in drawn:
        if span.id not in matched and (span.start, span.end) in places:
            matched[span.id] = places.pop((span.start, span.end))
    return matched


def _as_annotation_spans(spans: list[SuggestedSpan]) -> list[Entity]:
    return [Entity(span.id, span.label, span.start, span.end, span.text) for span in spans]


def _span_events(pulled: PulledReport, matched: dict[int, int]) -> Iterator[Event]:
    place = (pulled.report.report_id, pulled.annotator, "span")
    suggested = {span.id: span for span in pulled.report.spans}
    for span in pulled.spans:
        was = suggested.get(matched.get(span.id, -1))
        if was is None:
            change, before = Change.ADDED, None
        elif (was.start, was.end) != (span.start, span.end):
            change, before = Change.MOVED, was.text
        elif was.label is not span.label:
            change, before = Change.RELABELLED, str(was.label)
        else:
            change, before = Change.KEPT, None
        trace = pulled.span_traces[span.id]
        yield Event(*place, change, str(span.label), span.text, span.start, before, was, trace)
    for number in sorted(set(suggested) - set(matched.values())):
        was = suggested[number]
        yield Event(*place, Change.REMOVED, str(was.label), was.text, was.start, None, was, None)


def _relation_events(pulled: PulledReport, matched: dict[int, int]) -> Iterator[Event]:
    place = (pulled.report.report_id, pulled.annotator, "relation")
    now = {span.id: span for span in pulled.spans}
    before = {span.id: span for span in pulled.report.spans}
    by_ends = {(relation.head, relation.child): relation for relation in pulled.report.relations}
    seen: set[int] = set()
    for relation in pulled.relations:
        if relation.head not in now or relation.child not in now:
            continue  # a fault, told as such
        was = by_ends.get((matched.get(relation.head, -1), matched.get(relation.child, -1)))
        if was is None or was.id in seen:
            change, was = Change.ADDED, None
        else:
            seen.add(was.id)
            change = Change.KEPT if was.label is relation.label else Change.RELABELLED
        label = str(was.label) if was and change is Change.RELABELLED else None
        trace = pulled.relation_traces[relation.id]
        text, start = _describe(relation, now)
        yield Event(*place, change, str(relation.label), text, start, label, was, trace)
    for relation in pulled.report.relations:
        if relation.id not in seen:
            text, start = _describe(relation, before)
            yield Event(*place, Change.REMOVED, str(relation.label), text, start, None, relation, None)


def _describe(relation: SuggestedRelation, spans: dict[int, SuggestedSpan]) -> tuple[str, int]:
    head, child = spans[relation.head], spans[relation.child]
    return f"{head.text} → {child.text}", head.start
