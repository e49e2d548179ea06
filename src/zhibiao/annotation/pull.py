"""The annotation back from the server: every document and mark is compared with what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from zhibiao.annotation.doccano.answers import RelationMark, Remark, ServerDocument, SpanMark
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.documents import KEY
from zhibiao.annotation.faults import Fault, FaultKind, find_in_marks
from zhibiao.annotation.projects import name_project
from zhibiao.annotation.pulled import PulledRemark, PulledReport, Trace
from zhibiao.annotation.reading import LabelNames, ReadDocument, read_label_names, read_marks
from zhibiao.annotation.rounds import Round, RoundAnnotator, RoundInfo, SentDocument
from zhibiao.annotation.suggestions import SuggestedRelation, SuggestedReport, SuggestedSpan
from zhibiao.errors import InputError
from zhibiao.labels import EntityLabel, RelationLabel

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PulledAnnotator:
    """All that came back of an annotator's project; ``strays`` are documents there that nobody sent."""

    annotator: str
    reports: tuple[PulledReport, ...]
    strays: tuple[Fault, ...]


def pull(
    transport: Transport, folder: Round, *, annotators: Sequence[str] = (), progress: Progress | None = None
) -> list[PulledAnnotator]:
    """Fetch the annotation of a round.

    Parameters
    ----------
    transport
        A session whose account may read the projects.
    folder
        The round.
    annotators
        Whose projects; all without it.
    progress
        Is told the annotator, how many documents were read, of how many.

    Raises
    ------
    InputError
        If nothing was pushed to an annotator, or their project is not on this server under its name.
    """
    info = folder.read_info()
    known = {one.name: one for one in info.annotators}
    if unknown := sorted(set(annotators) - set(known)):
        raise InputError(f"nothing was pushed to {', '.join(unknown)}", where=str(folder.folder))
    reports = folder.read_reports()
    sent = folder.read_documents()
    # a push that broke off may not have come to everyone
    reached = annotators or [name for name, one in known.items() if one.project is not None]
    return [_Puller(transport, info, known[name], reports, sent).pull_all(progress) for name in reached]


@dataclass(slots=True)
class _Marks:
    """The marks of a report, as far as they were read."""

    spans: list[SuggestedSpan] = field(default_factory=list)
    relations: list[SuggestedRelation] = field(default_factory=list)
    span_traces: dict[int, Trace] = field(default_factory=dict)
    relation_traces: dict[int, Trace] = field(default_factory=dict)
    remarks: list[PulledRemark] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    raw: list[dict[str, object]] = field(default_factory=list)
    done: bool = True


class _Puller:
    """Fetches the annotation of one annotator."""

    def __init__(
        self,
        transport: Transport,
        info: RoundInfo,
        annotator: RoundAnnotator,
        reports: dict[str, SuggestedReport],
        sent: Sequence[SentDocument],
    ) -> None:
        self.transport, self.info, self.annotator, self.reports = transport, info, annotator.name, reports
        self.sent = [one for one in sent if one.annotator == annotator.name]
        self.project = self._check_project(annotator)
        self.names: LabelNames = read_label_names(transport, self.project)
        self.users = {member.user: member.username for member in transport.list_members(self.project)}

    def _check_project(self, annotator: RoundAnnotator) -> int:
        name = name_project(self.info.name, annotator.name)
        there = {one.id: one.name for one in self.transport.list_projects()}
        if annotator.project is None or there.get(annotator.project) != name:
            found = there.get(annotator.project or -1)
            raise InputError(
                f"project {annotator.project} should be {name!r}, and is {found!r}: is this the server it was pushed to "
                f"({self.info.url})?",
                where=self.transport.url,
            )
        return annotator.project

    def pull_all(self, progress: Progress | None) -> PulledAnnotator:
        """Fetch every report."""
        there = {one.id: one for one in self.transport.list_documents(self.project)}
        remarks: dict[int, list[Remark]] = defaultdict(list)
        for remark in self.transport.list_remarks(self.project):
            remarks[remark.example].append(remark)
        by_report: dict[str, list[SentDocument]] = defaultdict(list)
        for document in self.sent:
            by_report[document.report_id].append(document)
        pulled: list[PulledReport] = []
        read = 0
        for report_id, documents in by_report.items():
            marks = _Marks()
            for document in sorted(documents, key=lambda one: one.number):
                # A document that was missing in the list may have slipped from one of its pages to another.
                found = there.get(document.document) or self.transport.find_document(self.project, document.document)
                self._read(document, found, remarks[document.document], marks)
                read += 1
                if progress:
                    progress(self.annotator, read, len(self.sent))
            pulled.append(self._make_report(self.reports[report_id], marks))
        return PulledAnnotator(self.annotator, tuple(pulled), tuple(self._find_strays(there)))

    def _read(self, sent: SentDocument, found: ServerDocument | None, remarks: Sequence[Remark], marks: _Marks) -> None:
        if found is None:
            what = f"{sent.key} (number {sent.document}) is not on the server any more; its {len(sent.spans)} suggestions are in the round"
            marks.faults.append(
                Fault(sent.report_id, FaultKind.DELETED_DOCUMENT, what, "push the report in another round", sent.start)
            )
            marks.done = False
            return
        read = read_marks(self.transport, self.project, found)
        marks.raw.append(_keep_raw(read, remarks))
        marks.done &= found.is_confirmed
        marks.remarks += [
            PulledRemark(found.id, one.username, one.created_at, one.text, sent.start, sent.end) for one in remarks
        ]
        if sha256(found.text.encode()).hexdigest() != sent.text_sha256:
            what = f"the text of {sent.key} (number {sent.document}) is not the one that was sent"
            remedy = "restore it on the server, or mark the report anew"
            marks.faults.append(Fault(sent.report_id, FaultKind.EDITED_TEXT, what, remedy, sent.start))
            return
        self._read_spans(sent, read, marks)
        self._read_relations(sent, read, marks)

    def _read_spans(self, sent: SentDocument, read: ReadDocument, marks: _Marks) -> None:
        suggestions = dict(sent.spans)
        text = self.reports[sent.report_id].text
        for span, (start, end) in zip(read.spans, read.places().values(), strict=True):
            label = self.names.spans.get(span.label, "")
            if start is None or end is None or label not in set(EntityLabel):
                marks.faults.append(_tell_unplaced(sent, span, label, read.utf16_length))
                continue
            first, last = sent.start + start, sent.start + end
            marks.spans.append(
                SuggestedSpan(id=span.id, label=EntityLabel(label), start=first, end=last, text=text[first:last])
            )
            marks.span_traces[span.id] = self._trace(sent, span, suggestions)

    def _read_relations(self, sent: SentDocument, read: ReadDocument, marks: _Marks) -> None:
        suggestions = dict(sent.relations)
        for relation in read.relations:
            label = self.names.relations.get(relation.type, "")
            if label not in set(RelationLabel):
                what = f"a relation of {sent.key} has the type {label or relation.type!r}"
                remedy = "give it one of the standard's on the server"
                fault = Fault(sent.report_id, FaultKind.UNKNOWN_LABEL, what, remedy, relations=(relation.id,))
                marks.faults.append(fault)
                continue
            marks.relations.append(
                SuggestedRelation(
                    id=relation.id, head=relation.from_id, child=relation.to_id, label=RelationLabel(label)
                )
            )
            marks.relation_traces[relation.id] = self._trace(sent, relation, suggestions)

    def _trace(self, sent: SentDocument, mark: SpanMark | RelationMark, suggestions: dict[int, int]) -> Trace:
        by = self.users.get(mark.user, f"user {mark.user}")
        return Trace(sent.document, by, mark.created_at, mark.updated_at, suggestions.get(mark.id))

    def _make_report(self, report: SuggestedReport, marks: _Marks) -> PulledReport:
        faults = [*marks.faults, *find_in_marks(report.report_id, report.text, marks.spans, marks.relations)]
        return PulledReport(
            report=report,
            annotator=self.annotator,
            spans=tuple(marks.spans),
            relations=tuple(marks.relations),
            span_traces=marks.span_traces,
            relation_traces=marks.relation_traces,
            remarks=tuple(marks.remarks),
            done=marks.done,
            faults=tuple(faults),
            raw=tuple(marks.raw),
        )

    def _find_strays(self, there: dict[int, ServerDocument]) -> list[Fault]:
        keys = {one.key: one for one in self.sent}
        sent = {one.document for one in self.sent}
        faults: list[Fault] = []
        for document in there.values():
            if document.id in sent:
                continue
            key = str(document.meta.get(KEY, ""))
            kind = FaultKind.DOUBLE_DOCUMENT if key in keys else FaultKind.FOREIGN_DOCUMENT
            report_id = keys[key].report_id if key in keys else key.partition("#")[0] or "?"
            what = f"number {document.id} in the project of {self.annotator} was not sent by this round ({key or 'no key'})"
            remedy = "push again to take it in, or bring its marks to a document of the round and delete it"
            faults.append(Fault(report_id, kind, what, remedy))
        return faults


def _tell_unplaced(sent: SentDocument, span: SpanMark, label: str, length: int) -> Fault:
    """Say why a span has no place in the report, in a document of so many UTF-16 units."""
    place = f"a span of {sent.key}, UTF-16 units {span.start_offset}–{span.end_offset} of {length},"
    if label not in set(EntityLabel):
        what, remedy = f"{place} has the label {label or span.label!r}", "give it one of the standard's on the server"
        return Fault(sent.report_id, FaultKind.UNKNOWN_LABEL, what, remedy, spans=(span.id,))
    outside = max(span.start_offset, span.end_offset) > length
    kind, how = (FaultKind.OUTSIDE, "leaves the text") if outside else (FaultKind.CUT_CHARACTER, "cuts a character")
    return Fault(sent.report_id, kind, f"{place} {how}", "mark it anew on the server", spans=(span.id,))


def _keep_raw(read: ReadDocument, remarks: Sequence[Remark]) -> dict[str, object]:
    return {
        "document": read.document.model_dump(mode="json"),
        "spans": [span.model_dump(mode="json") for span in read.spans],
        "relations": [relation.model_dump(mode="json") for relation in read.relations],
        "remarks": [remark.model_dump(mode="json") for remark in remarks],
    }
