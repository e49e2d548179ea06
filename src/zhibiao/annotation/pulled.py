"""What came back of a report: marks with who made them when and from which suggestion, remarks, and faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhibiao.annotation.faults import Fault
from zhibiao.annotation.suggestions import SuggestedRelation, SuggestedReport, SuggestedSpan


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a mark comes from.

    Parameters
    ----------
    document
        Number of the document on the server.
    by
        The account that made it; whoever pushed, for a suggestion.
    created, changed
        When it was made and last changed, as the server tells.
    suggestion
        Number of the suggestion it was sent as; None for one that was drawn.
    """

    document: int
    by: str
    created: datetime
    changed: datetime
    suggestion: int | None


@dataclass(frozen=True, slots=True)
class PulledRemark:
    """A comment on a document, and the stretch of the report the document is."""

    document: int
    by: str
    when: datetime
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PulledReport:
    """A report as one annotator has it.

    Parameters
    ----------
    report
        The report with its suggestions.
    annotator
        Whose project it comes from.
    spans, relations
        The marks in offsets of the report, known by their numbers on the server; marks whose place cannot be told are only
        in ``faults`` and in ``raw``.
    traces
        Where each span, and each relation, comes from, by its number.
    remarks
        What was written about its documents.
    done
        Whether every document was marked as done.
    faults
        What was lost, moved or illegal; with any, the report is quarantined.
    raw
        The documents as the server gave them.
    """

    report: SuggestedReport
    annotator: str
    spans: tuple[SuggestedSpan, ...]
    relations: tuple[SuggestedRelation, ...]
    span_traces: dict[int, Trace]
    relation_traces: dict[int, Trace]
    remarks: tuple[PulledRemark, ...]
    done: bool
    faults: tuple[Fault, ...]
    raw: tuple[dict[str, object], ...]
