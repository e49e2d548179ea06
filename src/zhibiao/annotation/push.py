"""Suggestions to the server: everything is checked before anything is sent, and looked at after it has arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zhibiao.annotation.doccano.answers import ServerDocument
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.documents import (
    DOCUMENT_SIZE,
    KEY,
    SENT_HASH,
    TEXT_HASH,
    Document,
    batches,
    cut_report,
    make_line,
)
from zhibiao.annotation.faults import Fault, FaultKind, find_faults
from zhibiao.annotation.projects import Setting, ensure_project
from zhibiao.annotation.reading import (
    LabelNames,
    ReadDocument,
    read_label_names,
    read_marks,
    same_marks,
    sent_relation_keys,
    sent_span_keys,
)
from zhibiao.annotation.rounds import Round, RoundAnnotator, RoundInfo, SentDocument
from zhibiao.annotation.shares import Share, assign
from zhibiao.annotation.suggestions import SuggestedReport
from zhibiao.errors import InputError, OutputError

# An import of this size takes one to three seconds; a bigger one makes annotators wait.
BATCH_CHARACTERS = 30_000
BATCH_DOCUMENTS = 40
# An import may be doubled by the server's queue, or broken off: what is missing is sent again, not for ever.
ROUNDS_OF_SENDING = 3

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class PushSummary:
    """What a push did.

    Parameters
    ----------
    sent, there
        Documents that were sent, and that were on the server already.
    repaired
        Documents that an earlier import had left without their marks, or twice.
    faults
        What was found on the server that nobody should meet: nothing was done about it.
    passwords
        Of accounts that were made, to be told once.
    """

    sent: int = 0
    there: int = 0
    repaired: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)


def check_reports(reports: Sequence[SuggestedReport], *, both_sides: bool = False) -> list[Fault]:
    """Find everything that keeps reports from being sent.

    Parameters
    ----------
    reports
        The reports.
    both_sides
        Whether they hold two annotations to settle, which overlap.
    """
    borne = (FaultKind.OVERLAP, FaultKind.DOUBLE_RELATION) if both_sides else ()
    return [fault for report in reports for fault in find_faults(report) if fault.kind not in borne]


def open_round(
    folder: Round,
    url: str,
    shares: Sequence[Share],
    *,
    size: int | None = None,
    double: float | None = None,
    settles: str | None = None,
    empty: bool = False,
) -> tuple[RoundInfo, list[Share]]:
    """Begin a round, or go on with the one in the folder, which more annotators may join.

    Parameters
    ----------
    folder
        Its folder, whose name is the round's.
    url
        The server.
    shares
        Who annotates; in a round that was begun, who joins.
    size, double, settles
        As `RoundInfo` has them; None for what the round has.
    empty
        Whether there is nothing to send, which only a round that was begun allows.

    Raises
    ------
    InputError
        If nobody is named, or the round was begun with other settings.
    """
    if not folder.exists:
        if not shares or empty:
            raise InputError("name suggestions, and who annotates them (--annotator)", where=str(folder.folder))
        info = RoundInfo(
            name=folder.folder.resolve().name,
            url=url,
            size=size or DOCUMENT_SIZE,
            double=double or 0.0,
            settles=settles,
            annotators=tuple(RoundAnnotator(name=share.annotator, weight=share.weight) for share in shares),
        )
        return info, list(shares)
    info = folder.read_info()
    asked = {"url": url, "size": size, "double": double, "settles": settles}
    for name, value in asked.items():
        if value is not None and value != getattr(info, name):
            raise InputError(f"the round was begun with {name} {getattr(info, name)}", where=str(folder.folder))
    named = {one.name for one in info.annotators}
    joining = [share for share in shares if share.annotator not in named]
    members = [*info.annotators, *(RoundAnnotator(name=one.annotator, weight=one.weight) for one in joining)]
    everyone = [Share(one.name, one.weight) for one in members]
    return info.model_copy(update={"annotators": tuple(members)}), everyone


def plan_round(
    folder: Round, info: RoundInfo, reports: Sequence[SuggestedReport], shares: Sequence[Share]
) -> dict[str, list[Document]]:
    """Say who gets which documents, and write the round and its reports down.

    Reports that were pushed before keep their annotators; more of them, and more annotators, may come to a round.

    Raises
    ------
    InputError
        If a report was pushed before with other suggestions, or cannot make the trip; nothing is written then.
    """
    known = folder.read_reports()
    for report in reports:
        if report.report_id in known and known[report.report_id] != report:
            raise InputError("pushed before with other suggestions: begin another round", where=report.report_id)
    if faults := check_reports(reports, both_sides=info.settles is not None):
        raise InputError(f"{len(faults)} faults, nothing was sent; the first: {faults[0]}")
    together = known | {report.report_id: report for report in reports}
    sizes = {name: len(report.text) for name, report in together.items()}
    owners = assign(sizes, shares, double=info.double, taken=info.owners)
    folder.write_reports(together.values())
    folder.write_info(info.model_copy(update={"owners": owners}))
    plan: dict[str, list[Document]] = {share.annotator: [] for share in shares}
    for name, report in together.items():
        for owner in owners[name]:
            plan.setdefault(owner, []).extend(cut_report(report, info.size))
    return plan


def push(
    transport: Transport,
    folder: Round,
    info: RoundInfo,
    plan: Mapping[str, Sequence[Document]],
    setting: Setting,
    *,
    scores: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> PushSummary:
    """Send documents that are not on the server, and write down those that arrived whole.

    The same call after an interruption goes on where it stopped: a document is known by its key and the hashes of its text
    and marks, so none is sent twice.

    Parameters
    ----------
    transport
        A session whose account may make projects.
    folder, info, plan
        The round, and who gets which documents (`plan_round`).
    setting
        Labels and guide; takes the passwords of new accounts.
    scores
        A number for each report by which annotators can sort, lowest first.
    progress
        Is told the annotator, how many documents are there, of how many.

    Raises
    ------
    OutputError
        If documents do not arrive though the server reports no error.
    """
    summary = PushSummary(passwords=setting.passwords)
    members: list[RoundAnnotator] = []
    weights = {annotator.name: annotator.weight for annotator in info.annotators}
    for annotator, documents in plan.items():
        project = ensure_project(
            transport, info.name, annotator, setting, allow_overlapping=info.settles is not None
        ).id
        members.append(RoundAnnotator(name=annotator, weight=weights.get(annotator, 1.0), project=project))
        sender = _Sender(transport, folder, annotator, project, summary)
        sender.send_all(documents, progress)
        sender.set_scores(documents, scores or {})
    folder.write_info(folder.read_info().model_copy(update={"annotators": tuple(members)}))
    return summary


class _Sender:
    """Brings the documents of one annotator onto the server."""

    def __init__(self, transport: Transport, folder: Round, annotator: str, project: int, summary: PushSummary) -> None:
        self.transport, self.folder, self.annotator, self.project = transport, folder, annotator, project
        self.summary = summary
        self.names: LabelNames = read_label_names(transport, project)
        self.known = {one.key: one for one in folder.read_documents() if one.annotator == annotator}

    def send_all(self, documents: Sequence[Document], progress: Progress | None) -> None:
        """Send what is missing, look, and send again what did not arrive."""
        first = True
        for _ in range(ROUNDS_OF_SENDING):
            missing = self._look(documents, counted=first)
            if not missing:
                return
            done = len(documents) - len(missing)
            for batch in batches(missing, BATCH_CHARACTERS, BATCH_DOCUMENTS):
                said = self.transport.import_lines(self.project, [make_line(one, _shown(one)) for one in batch])
                if said:
                    raise OutputError(f"the server refuses documents of {self.annotator}: {said[0]}")
                done += len(batch)
                if progress:
                    progress(self.annotator, done, len(documents))
            self.summary.sent += len(missing)
            first = False
        if missing := self._look(documents, counted=False):
            raise OutputError(
                f"{len(missing)} documents of {self.annotator} do not arrive, {missing[0].key} first: see the server's log"
            )

    def set_scores(self, documents: Sequence[Document], scores: Mapping[str, float]) -> None:
        """Set the number by which annotators can sort."""
        for document in documents:
            if document.key in self.known and (score := scores.get(document.report.report_id)) is not None:
                self.transport.set_score(self.project, self.known[document.key].document, score)

    def _look(self, documents: Sequence[Document], *, counted: bool) -> list[Document]:
        """Find out which documents are on the server and whole, write those down, and give the others."""
        found: dict[tuple[object, object, object], list[ServerDocument]] = defaultdict(list)
        there = self.transport.list_documents(self.project)
        for one in there:
            found[one.meta.get(KEY), one.meta.get(TEXT_HASH), one.meta.get(SENT_HASH)].append(one)
        ids = {one.id for one in there}
        missing: list[Document] = []
        arrived: list[SentDocument] = []
        for document in documents:
            known = self.known.get(document.key)
            if known is not None:
                self.summary.there += counted
                # asked for by itself, since one may slip from page to page while the list is read
                if known.document not in ids and self.transport.find_document(self.project, known.document) is None:
                    self._tell_deleted(document, known)
                continue
            sent = self._take(document, found[document.key, document.text_sha256, document.sent_sha256])
            if sent is None:
                missing.append(document)
            else:
                self.summary.there += counted
                arrived.append(sent)
        self.folder.add_documents(arrived)
        self.known |= {one.key: one for one in arrived}
        return missing

    def _take(self, document: Document, copies: Sequence[ServerDocument]) -> SentDocument | None:
        """Take one copy of a document as the one; remove copies that nobody worked on; None if none is whole."""
        read = [read_marks(self.transport, self.project, copy) for copy in sorted(copies, key=lambda one: one.id)]
        whole = [one for one in read if same_marks(one, document, self.names)]
        worked_on = [one for one in read if one not in whole and not _broken_off(one, document)]
        if len(worked_on) > 1:
            self._tell_double(document, worked_on)
        kept = next(iter(worked_on or whole), None)
        for copy in read:
            if copy is not kept and copy not in worked_on and not copy.document.is_confirmed:
                self.transport.delete_document(self.project, copy.document.id)
                self.summary.repaired.append(f"{document.key} of {self.annotator}")
        return None if kept is None else self._make_sent(document, kept)

    def _make_sent(self, document: Document, read: ReadDocument) -> SentDocument:
        """Pair the numbers on the server with those of the suggestions, by what each mark is."""
        spans = {key: number for number, key in sent_span_keys(document).items()}
        relations = {key: number for number, key in sent_relation_keys(document).items()}
        return SentDocument(
            annotator=self.annotator,
            project=self.project,
            document=read.document.id,
            key=document.key,
            report_id=document.report.report_id,
            number=document.number,
            start=document.start,
            end=document.end,
            text_sha256=document.text_sha256,
            spans=tuple((n, spans[key]) for n, key in read.span_keys(self.names).items() if key in spans),
            relations=tuple((n, relations[k]) for n, k in read.relation_keys(self.names).items() if k in relations),
        )

    def _tell_deleted(self, document: Document, known: SentDocument) -> None:
        what = f"{document.key} of {self.annotator} (number {known.document}) is not on the server any more"
        remedy = "if that was a mistake, push the report in another round"
        fault = Fault(document.report.report_id, FaultKind.DELETED_DOCUMENT, what, remedy)
        if fault not in self.summary.faults:
            self.summary.faults.append(fault)

    def _tell_double(self, document: Document, copies: Sequence[ReadDocument]) -> None:
        numbers = ", ".join(str(copy.document.id) for copy in copies)
        what = f"{document.key} of {self.annotator} is on the server as {numbers}, and each was worked on"
        remedy = "bring the work together in the first and delete the others"
        fault = Fault(document.report.report_id, FaultKind.DOUBLE_DOCUMENT, what, remedy)
        if fault not in self.summary.faults:
            self.summary.faults.append(fault)


def _broken_off(read: ReadDocument, document: Document) -> bool:
    """Tell whether an import that broke off left this: the server writes documents, then all spans, then all relations.

    Whoever takes every single suggestion out of a document, and leaves it unconfirmed, loses nothing by having them again.
    """
    no_spans = bool(document.spans) and not read.spans
    no_relations = bool(document.relations) and not read.relations and len(read.spans) == len(document.spans)
    return (no_spans or no_relations) and not read.document.is_confirmed


def _shown(document: Document) -> dict[str, str]:
    """Give what annotators see beside the text: whose report of which time it is."""
    header = document.report.header
    return {
        "issuer": (header and header.issuer) or "",
        "period": (header and header.period) or "",
        "source": document.report.source,
    }
