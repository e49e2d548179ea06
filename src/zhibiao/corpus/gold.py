"""Gold files: one report with its approved annotation, as one line of JSON that doccano imports.

``text``, ``entities`` and ``relations`` are doccano's; the other keys travel with the document as its metadata.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from zhibiao.corpus.marks import FactMark
from zhibiao.errors import InputError
from zhibiao.labels import Approx, Aspect, Direction, EntityLabel, FactStatus, RankKind, RelationLabel
from zhibiao.records import Annotation, Entity, Relation, Report
from zhibiao.text.metadata import Metadata
from zhibiao.text.reports import make_text_report


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldEntity(_Strict):
    """A span of the cleaned text, with the text it covers."""

    id: int
    start_offset: int
    end_offset: int
    label: EntityLabel
    text: str


class GoldRelation(_Strict):
    """A pair of entities, by their ids."""

    id: int
    from_id: int
    to_id: int
    type: RelationLabel


class GoldFact(_Strict):
    """What the annotator says of one HAS_* relation; a field that is absent was not annotated, null says unknown."""

    relation: int
    status: FactStatus
    aspect: Aspect
    period: str | None
    direction: Direction | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    approx: Approx | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    rank_kind: RankKind | None = None
    scope: str | None = None
    holder: str | None = None
    indicator: str | None = None

    @property
    def resolved(self) -> bool:
        """Whether holder and indicator were stated."""
        return "holder" in self.model_fields_set


class GoldHeader(_Strict):
    """What was known of the report where its file was read, which the cleaned text may no longer say.

    ``mended`` counts the places where cleaning took something out of it.
    """

    title: str | None
    issuer: str | None
    region_code: str | None
    year: int | None
    period: str | None
    published: str | None
    index_number: str | None
    mended: int


class GoldReport(_Strict):
    """One report of the gold corpus.

    Parameters
    ----------
    report_id
        ``r000-0`` of the real files, ``a001`` of the authored ones.
    origin
        real, or authored for training.
    source, part
        The file the text was cleaned from, and which of its reports it is.
    header
        Who reports on what, as the file's own report has it; None leaves it to the text.
    text_sha256
        Of the cleaned text in UTF-8: offsets hold for this text alone.
    """

    report_id: str
    origin: Literal["real", "authored"]
    source: str
    part: int
    header: GoldHeader | None = None
    text_sha256: str
    text: str
    entities: list[GoldEntity]
    relations: list[GoldRelation]
    facts: list[GoldFact]

    def annotation(self) -> Annotation:
        """Give the entities and relations as records."""
        return Annotation(
            tuple(Entity(e.id, e.label, e.start_offset, e.end_offset, e.text) for e in self.entities),
            tuple(Relation(r.from_id, r.to_id, r.type) for r in self.relations),
        )

    def report(self) -> Report:
        """Make the report that the annotation is of."""
        known = Metadata(**self.header.model_dump(exclude={"mended"})) if self.header else None
        return make_text_report(self.text, report_id=self.report_id, source=self.source, part=self.part, known=known)


def make_gold(
    report: Report,
    *,
    report_id: str,
    origin: Literal["real", "authored"],
    annotation: Annotation,
    facts: Sequence[FactMark],
) -> GoldReport:
    """Put a report and its annotation together."""
    number = {(relation.head, relation.child): i for i, relation in enumerate(annotation.relations)}
    return GoldReport(
        report_id=report_id,
        origin=origin,
        source=report.source,
        part=report.part,
        header=make_header(report),
        text_sha256=sha256(report.text.encode()).hexdigest(),
        text=report.text,
        entities=[
            GoldEntity(id=e.id, start_offset=e.start, end_offset=e.end, label=e.label, text=e.text)
            for e in annotation.entities
        ],
        relations=[
            GoldRelation(id=i, from_id=r.head, to_id=r.child, type=r.label) for i, r in enumerate(annotation.relations)
        ],
        facts=[
            GoldFact(
                relation=number[fact.relation.head, fact.relation.child],
                status=fact.status,
                aspect=fact.aspect,
                period=fact.period,
                direction=fact.direction,
                value_low=fact.value_low,
                value_high=fact.value_high,
                unit=fact.unit,
                approx=fact.approx,
                rank_low=fact.rank_low,
                rank_high=fact.rank_high,
                rank_kind=fact.rank_kind,
                scope=fact.scope,
                **({"holder": fact.holder, "indicator": fact.indicator} if fact.resolved else {}),
            )
            for fact in facts
        ],
    )


def make_header(report: Report) -> GoldHeader:
    r"""Say who reports on what, in the form of gold.

    Examples
    --------
    >>> report = make_text_report("宁国市科技局2021年工作总结\n高企达125家。", report_id="a-0", source="a.txt")
    >>> header = make_header(report)
    >>> header.issuer, header.period
    ('宁国市科技局', '2021')
    """
    starts, ends = report.aligned.starts, report.aligned.ends
    return GoldHeader(
        title=_as_utf8(report.title),
        issuer=_as_utf8(report.issuer),
        region_code=report.region_code,
        year=report.year,
        period=report.period,
        published=report.published,
        index_number=_as_utf8(report.index_number),
        mended=sum(start > end for start, end in zip(starts[1:], ends, strict=False)),
    )


def _as_utf8(words: str | None) -> str | None:
    """Make lone surrogates, which UTF-8 cannot hold, question marks: offsets stay true."""
    return None if words is None else words.encode("utf-8", "replace").decode()


def write_gold(report: GoldReport, folder: Path) -> Path:
    """Write ``<report_id>.jsonl``: one line, keys in a fixed order, so that a change shows as a change."""
    path = folder / f"{report.report_id}.jsonl"
    record = report.model_dump(mode="json", exclude_none=False)
    record["facts"] = [
        {
            key: value
            for key, value in fact.model_dump(mode="json", exclude_unset=True).items()
            if value is not None or key in ("period", "holder", "indicator")
        }
        for fact in report.facts
    ]
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    return path


def read_gold(path: Path) -> GoldReport:
    """Read one gold file.

    Raises
    ------
    InputError
        If the file is missing, is no JSON, or lacks or adds a field; the message names the field.
    """
    try:
        return GoldReport.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError("no such gold file", where=str(path)) from None
    except (UnicodeDecodeError, ValidationError) as error:
        place = ""
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            place = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise InputError(f"not a gold file: {place or 'not UTF-8'}", where=str(path)) from None
