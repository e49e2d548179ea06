"""Suggested annotation of a report: gold, silver, or what a pipeline extracted, in one form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhibiao.corpus.gold import GoldFact, GoldHeader, GoldReport
from zhibiao.errors import InputError
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, Relation

# A report's number becomes the name of a file.
REPORT_ID = r"^[0-9A-Za-z_][0-9A-Za-z_.-]{0,79}$"
GOLD, SILVER = "gold", "silver"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class SuggestedSpan(_Strict):
    """A span in code points; ``by`` names the rules, functions or the model that stand behind it."""

    id: int
    label: EntityLabel
    start: int
    end: int
    text: str
    score: float = 1.0
    by: tuple[str, ...] = ()


class SuggestedRelation(_Strict):
    """A relation between two spans, by their ids."""

    id: int
    head: int
    child: int
    label: RelationLabel
    score: float = 1.0
    by: tuple[str, ...] = ()


class SuggestedReport(_Strict):
    """A report with what is suggested to annotators, and what of it doccano cannot hold: header and facts."""

    report_id: str = Field(pattern=REPORT_ID)
    origin: Literal["real", "authored"]
    source: str
    part: int
    header: GoldHeader | None
    text: str
    spans: tuple[SuggestedSpan, ...]
    relations: tuple[SuggestedRelation, ...]
    facts: tuple[GoldFact, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Of the text in UTF-8: offsets hold for this text alone."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def annotation(self) -> Annotation:
        """Give the spans and relations as records."""
        return Annotation(
            tuple(Entity(s.id, s.label, s.start, s.end, s.text, s.score) for s in self.spans),
            tuple(Relation(r.head, r.child, r.label, r.score) for r in self.relations),
        )


def read_suggestions(paths: Iterable[Path]) -> list[SuggestedReport]:
    """Read suggestions from files, and folders of them, in their order.

    Each line tells by its keys what it is: gold, silver (``zhibiao weak label``), or a line of ``spans.jsonl``
    (``zhibiao extract``). In a folder of ``zhibiao extract`` only ``spans.jsonl`` is read.

    Raises
    ------
    InputError
        If a file is missing, a line is none of these, or a report comes twice.
    """
    reports: dict[str, SuggestedReport] = {}
    for path in paths:
        for file in _files(path):
            for report in _read_file(file):
                if report.report_id in reports:
                    raise InputError(f"report {report.report_id} comes twice", where=str(file))
                reports[report.report_id] = report
    if not reports:
        raise InputError("no report found", where=", ".join(map(str, paths)))
    return list(reports.values())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    for name in ("spans.jsonl", "silver.jsonl"):
        if (path / name).is_file():
            return [path / name]
    return sorted(path.glob("*.jsonl"))


def _read_file(path: Path) -> Iterator[SuggestedReport]:
    model = _model_beside(path)
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield read_suggestion(line, model=model, where=f"{path}, line {number}")
    except FileNotFoundError:
        raise InputError("no such file", where=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8", where=str(path)) from None


def _model_beside(path: Path) -> str:
    """Give the name of the pipeline that wrote a spans.jsonl, by the run's record beside it; else the file's own name."""
    try:
        model = json.loads((path.parent / "run.json").read_text("utf-8")).get("model")
    except (OSError, ValueError, AttributeError):
        model = None
    name = model.get("name") if isinstance(model, dict) else model
    return name if isinstance(name, str) and name else path.stem


def read_suggestion(line: str, *, model: str, where: str) -> SuggestedReport:
    """Read one line.

    Raises
    ------
    InputError
        If it is neither gold nor silver nor a line of spans.jsonl.

    Examples
    --------
    >>> span = {"id": 0, "label": "AMOUNT", "start": 2, "end": 6, "text": "125家", "score": 0.9}
    >>> report = {"report_id": "r-0", "source": "a.txt", "part": 0, "text": "高企125家", "relations": []}
    >>> line = json.dumps({**report, "entities": [span]})
    >>> read_suggestion(line, model="rules", where="spans.jsonl, line 1").spans[0].by
    ('rules',)
    """
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise InputError("not an object of JSON", where=where)
        if SILVER in record:
            return _from_silver(record)
        if "text_sha256" in record:
            return from_gold(GoldReport.model_validate_json(line))
        return _from_spans(record, model)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"neither gold, silver nor spans: {place}: {first['msg']}", where=where) from None
    except ValueError as error:
        raise InputError(f"not JSON: {error}", where=where) from None


def from_gold(gold: GoldReport) -> SuggestedReport:
    """Take gold, or a gold candidate, as a suggestion."""
    return SuggestedReport(
        report_id=gold.report_id,
        origin=gold.origin,
        source=gold.source,
        part=gold.part,
        header=gold.header,
        text=gold.text,
        spans=tuple(
            SuggestedSpan(id=e.id, label=e.label, start=e.start_offset, end=e.end_offset, text=e.text, by=(GOLD,))
            for e in gold.entities
        ),
        relations=tuple(
            SuggestedRelation(id=r.id, head=r.from_id, child=r.to_id, label=r.type, by=(GOLD,)) for r in gold.relations
        ),
        facts=tuple(gold.facts),
    )


class _Behind(_Loose):
    id: int
    score: float = 1.0
    votes: tuple[str, ...] = ()


class _SilverNotes(_Loose):
    entities: list[_Behind] = []
    relations: list[_Behind] = []


class _SilverSpan(_Loose):
    id: int
    start_offset: int
    end_offset: int
    label: EntityLabel
    text: str


class _SilverRelation(_Loose):
    id: int
    from_id: int
    to_id: int
    type: RelationLabel


class _SilverLine(_Loose):
    report_id: str
    source: str
    part: int
    header: GoldHeader | None = None
    text: str
    entities: list[_SilverSpan]
    relations: list[_SilverRelation]
    silver: _SilverNotes


def _from_silver(record: Mapping[str, Any]) -> SuggestedReport:
    line = _SilverLine.model_validate(record)
    spans = {behind.id: behind for behind in line.silver.entities}
    relations = {behind.id: behind for behind in line.silver.relations}
    unknown = _Behind(id=-1)
    return SuggestedReport(
        report_id=line.report_id,
        origin="real",
        source=line.source,
        part=line.part,
        header=line.header,
        text=line.text,
        spans=tuple(
            SuggestedSpan(
                id=e.id, label=e.label, start=e.start_offset, end=e.end_offset, text=e.text,
                score=behind.score, by=behind.votes or (SILVER,),
            )
            for e in line.entities
            for behind in [spans.get(e.id, unknown)]
        ),
        relations=tuple(
            SuggestedRelation(
                id=r.id, head=r.from_id, child=r.to_id, label=r.type, score=behind.score, by=behind.votes or (SILVER,)
            )
            for r in line.relations
            for behind in [relations.get(r.id, unknown)]
        ),
    )  # fmt: skip


class _ExtractedSpan(_Loose):
    id: int
    label: EntityLabel
    start: int
    end: int
    text: str
    score: float = 1.0


class _ExtractedRelation(_Loose):
    head: int
    child: int
    label: RelationLabel
    score: float = 1.0


class _SpansLine(_Loose):
    report_id: str
    source: str
    part: int
    issuer: str | None = None
    region_code: str | None = None
    period: str | None = None
    title: str | None = None
    text: str
    entities: list[_ExtractedSpan]
    relations: list[_ExtractedRelation]


def _from_spans(record: Mapping[str, Any], model: str) -> SuggestedReport:
    line = _SpansLine.model_validate(record)
    return SuggestedReport(
        report_id=line.report_id,
        origin="real",
        source=line.source,
        part=line.part,
        header=GoldHeader(
            title=line.title,
            issuer=line.issuer,
            region_code=line.region_code,
            # the year a report is of is that of its period: 2022-01/2022-05 speaks of 2022
            year=int(line.period[:4]) if line.period and line.period[:4].isdigit() else None,
            period=line.period,
            published=None,
            index_number=None,
            mended=0,
        ),
        text=line.text,
        spans=tuple(
            SuggestedSpan(id=e.id, label=e.label, start=e.start, end=e.end, text=e.text, score=e.score, by=(model,))
            for e in line.entities
        ),
        relations=tuple(
            SuggestedRelation(id=i, head=r.head, child=r.child, label=r.label, score=r.score, by=(model,))
            for i, r in enumerate(line.relations)
        ),
    )
