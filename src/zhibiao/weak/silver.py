"""Silver: the vote's annotation in the gold format, with its confidence, what stands behind it, and where it does not know.

A silver file is a line of JSON for each report, with the keys of gold that doccano imports (``text``, ``entities``, ``relations``; the rest
travels as metadata) and one more::

    "silver": {
      "aggregation": "generative",
      "entities":  [{"id": 0, "score": 0.97, "votes": ["org_organ", "org_rules"], "against": []}, …],
      "relations": [{"id": 0, "score": 0.93, "votes": ["links_rules"], "against": []}, …],
      "missing": [{"start_offset": 120, "end_offset": 141, "reason": "abstained"}, …],
      "missing_relations": [{"from_id": 3, "to_id": 7, "score": 0.31}, …]
    }

``missing`` holds the stretches of which nothing is known: clauses in which every function abstained (``abstained``), and spans that were
voted for but neither taken nor likely enough to be none (``unsure``). Everything else outside an entity is no entity. ``missing_relations`` are pairs
of entities of which nothing is known. Whoever trains on silver leaves both out of the loss: `make_silver_doc` gives spaCy a Doc with the
stretches as missing labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from spacy.language import Language
from spacy.tokens import Doc, Span

from zhibiao.corpus.gold import GoldEntity, GoldHeader, GoldRelation
from zhibiao.errors import InputError
from zhibiao.formats.jsonl import write_lines
from zhibiao.records import Annotation, Entity, Relation, Report
from zhibiao.text.metadata import Metadata
from zhibiao.text.reports import make_text_report
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.labelling import Labelled, LabelledItem, VotedReport
from zhibiao.weak.views import iter_clauses

_DIGITS = 4


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Behind(_Strict):
    """The confidence of an entity or relation, by its id, the functions for it, and those for something else there."""

    id: int
    score: float
    votes: list[str]
    against: list[str]


class Missing(_Strict):
    """A stretch of the text of which nothing is known."""

    start_offset: int
    end_offset: int
    reason: Literal["abstained", "unsure"]


class MissingRelation(_Strict):
    """A pair of entities of which nothing is known; ``score`` is the probability of some relation."""

    from_id: int
    to_id: int
    score: float


class SilverNotes(_Strict):
    """What silver says beyond gold; see the module."""

    aggregation: Aggregation
    entities: list[Behind]
    relations: list[Behind]
    missing: list[Missing]
    missing_relations: list[MissingRelation]


class SilverReport(_Strict):
    """One report with silver annotation; the fields are those of `zhibiao.corpus.gold.GoldReport` and ``silver``; no facts.

    ``header`` says who reports on what, as in gold; None leaves it to the text.
    """

    report_id: str
    origin: Literal["silver"]
    source: str
    part: int
    header: GoldHeader | None = None
    text_sha256: str
    text: str
    entities: list[GoldEntity]
    relations: list[GoldRelation]
    facts: list[None]
    silver: SilverNotes

    def annotation(self) -> Annotation:
        """Give the entities and relations as records, with their scores."""
        sure = {behind.id: behind.score for behind in self.silver.entities}
        related = {behind.id: behind.score for behind in self.silver.relations}
        return Annotation(
            tuple(Entity(e.id, e.label, e.start_offset, e.end_offset, e.text, sure[e.id]) for e in self.entities),
            tuple(Relation(r.from_id, r.to_id, r.type, related[r.id]) for r in self.relations),
        )

    def report(self) -> Report:
        """Make the report that the annotation is of."""
        known = Metadata(**self.header.model_dump(exclude={"mended"})) if self.header else None
        return make_text_report(self.text, report_id=self.report_id, source=self.source, part=self.part, known=known)


def make_silver(
    report_id: str,
    voted: VotedReport,
    labelled: Labelled,
    aggregation: Aggregation,
    *,
    source: str,
    part: int,
    header: GoldHeader | None = None,
) -> SilverReport:
    """Put a report and what the vote says of it together.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> from zhibiao.weak.labelling import fit_labeller, vote
    >>> from zhibiao.weak.views import ReportView
    >>> functions = load_functions()
    >>> voted = vote(ReportView("全市高企总数达125家。天气晴好。"), functions)
    >>> labelled = fit_labeller([voted], functions, Aggregation.MAJORITY).label(voted)
    >>> silver = make_silver("a-0", voted, labelled, Aggregation.MAJORITY, source="a.txt", part=0)
    >>> [(found.text, found.label.value) for found in silver.entities]
    [('全市', 'ORG'), ('高企总数', 'METRIC'), ('125家', 'AMOUNT')]
    >>> [(silver.text[found.start_offset:found.end_offset], found.reason) for found in silver.silver.missing]
    [('天气晴好。', 'abstained')]
    """
    # A lone surrogate, which UTF-8 cannot hold, becomes a question mark: offsets stay true.
    text = voted.view.text.encode("utf-8", "replace").decode()
    annotation = labelled.annotation
    return SilverReport(
        report_id=report_id,
        origin="silver",
        source=source,
        part=part,
        header=header,
        text_sha256=sha256(text.encode()).hexdigest(),
        text=text,
        entities=[
            GoldEntity(id=e.id, start_offset=e.start, end_offset=e.end, label=e.label, text=text[e.start : e.end])
            for e in annotation.entities
        ],
        relations=[
            GoldRelation(id=i, from_id=r.head, to_id=r.child, type=r.label) for i, r in enumerate(annotation.relations)
        ],
        facts=[],
        silver=SilverNotes(
            aggregation=aggregation,
            entities=[_behind(e.id, one) for e, one in zip(annotation.entities, labelled.behind_entities, strict=True)],
            relations=[_behind(i, one) for i, one in enumerate(labelled.behind_relations)],
            missing=list(_iter_missing(voted, labelled)),
            missing_relations=[
                MissingRelation(from_id=head, to_id=child, score=round(p, _DIGITS))
                for (head, child), p in sorted(labelled.unsure_pairs.items())
            ],
        ),
    )


def _behind(number: int, item: LabelledItem) -> Behind:
    return Behind(id=number, score=round(item.score, _DIGITS), votes=list(item.votes), against=list(item.against))


def _iter_missing(voted: VotedReport, labelled: Labelled) -> Iterator[Missing]:
    """Give the stretches of which nothing is known, in text order, outside the entities and without overlap."""
    taken = bytearray(len(voted.view.text))
    for entity in labelled.annotation.entities:
        taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
    unsure = bytearray(len(taken))
    for span in labelled.unsure_spans:
        unsure[span.start : span.end] = b"\1" * (span.end - span.start)
    marked = sorted([*_abstained(voted), *((start, end, "unsure") for start, end in _runs(unsure, taken))])
    for start, end, reason in marked:
        yield Missing(start_offset=start, end_offset=end, reason="unsure" if reason == "unsure" else "abstained")


def _runs(marked: bytearray, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Give the runs of marked places that are not taken."""
    start = None
    for place, (mark, entity) in enumerate(zip(marked, taken, strict=True)):
        if mark and not entity:
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(marked)


def _abstained(voted: VotedReport) -> Iterator[tuple[int, int, str]]:
    """Give the runs of clauses that no vote touches, sentence by sentence."""
    touched = bytearray(len(voted.view.text))
    for vote in voted.votes:
        touched[vote.start : vote.end] = b"\1" * (vote.end - vote.start)
    for sentence in voted.view.sentences:
        start = None
        for begin, end in iter_clauses(sentence.text):
            first, last = sentence.start + begin, sentence.start + end
            if any(touched[first:last]):
                if start is not None:
                    yield start, first - 1, "abstained"
                start = None
            elif begin < end and start is None:
                start = first
        if start is not None:
            yield start, sentence.end, "abstained"


def write_silver(reports: Iterable[SilverReport], path: Path) -> Path:
    """Write reports, one a line; the file appears whole or not at all."""
    write_lines((report.model_dump_json() for report in reports), path)
    return path


def read_silver(path: Path) -> Iterator[SilverReport]:
    """Read the reports of a silver file, one after another.

    Raises
    ------
    InputError
        If the file is missing or a line is no silver report; the message names the line and the field.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield _parse(line, f"{path}, line {number}")
    except FileNotFoundError:
        raise InputError("no such silver file", where=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("not a silver file: not UTF-8", where=str(path)) from None


def _parse(line: str, where: str) -> SilverReport:
    try:
        return SilverReport.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"not silver: {'.'.join(map(str, first['loc']))}: {first['msg']}", where=where) from None


def make_silver_doc(nlp: Language, report: SilverReport, *, least: float = 0.5) -> Doc:
    """Make the Doc of a report for training: entities, and missing labels where nothing is known.

    Parameters
    ----------
    nlp
        A pipeline whose tokens are code points (`zhibiao.pipes.document.blank_pipeline`).
    report
        The report.
    least
        Entities less sure than this are missing too.

    Examples
    --------
    >>> from zhibiao.pipes.document import blank_pipeline
    >>> notes = SilverNotes(aggregation=Aggregation.MAJORITY, entities=[], relations=[], missing_relations=[],
    ...                     missing=[Missing(start_offset=0, end_offset=2, reason="unsure")])
    >>> silver = SilverReport(report_id="a-0", origin="silver", source="a.txt", part=0, text_sha256="", text="高企多",
    ...                       entities=[], relations=[], facts=[], silver=notes)
    >>> [token.ent_iob_ for token in make_silver_doc(blank_pipeline(), silver)]
    ['', '', 'O']
    """
    doc = nlp.make_doc(report.text)
    sure, missing = [], [Span(doc, one.start_offset, one.end_offset) for one in report.silver.missing]
    for entity in report.annotation().entities:
        if entity.score >= least:
            sure.append(Span(doc, entity.start, entity.end, label=str(entity.label)))
        else:
            missing.append(Span(doc, entity.start, entity.end))
    doc.set_ents(sure, missing=missing, default="outside")
    return doc
