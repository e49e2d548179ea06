"""The line of ``spans.jsonl``: one report with its text, entities and relations."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from zhibiao.errors import InputError
from zhibiao.formats.jsonl import make_json_line
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, ReadReport, Relation, Report


def make_spans_line(read: ReadReport) -> str:
    """Write a report and its annotation as one line of JSON, without line end.

    Offsets count code points, of ``text`` and (``source_start``, ``source_end``) of the decoded source file.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText, Edit
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.records import Annotation
    >>> aligned = AlignedText.from_source("高企 总数达125家").edited([Edit(2, 3)])
    >>> report = Report("8ab899e49ca3-0", "宁国.txt", 0, aligned, issuer="宁国市科技局", period="2021")
    >>> entity = Entity(0, EntityLabel.METRIC, 0, 4, "高企总数", 0.97)
    >>> line = make_spans_line(ReadReport(report, Annotation((entity,))))
    >>> line[line.index('"start"') : line.index(', "score"')]
    '"start": 0, "end": 4, "source_start": 0, "source_end": 5, "text": "高企总数"'
    """
    report, annotation = read.report, read.annotation
    return make_json_line(
        {
            "report_id": report.report_id,
            "source": report.source,
            "part": report.part,
            "issuer": report.issuer,
            "region_code": report.region_code,
            "period": report.period,
            "title": report.title,
            "text": report.text,
            "entities": [_make_entity(report, entity) for entity in annotation.entities],
            "relations": [
                {"head": relation.head, "child": relation.child, "label": relation.label, "score": relation.score}
                for relation in annotation.relations
            ],
        }
    )


def read_spans_line(line: str, *, where: str) -> tuple[str, Annotation]:
    """Read the text and the annotation of a line that `make_spans_line` wrote.

    Raises
    ------
    InputError
        If the line is no such line, or a span covers another text than it says.

    Examples
    --------
    >>> line = '{"text": "高企125家", "entities": [{"id": 0, "label": "AMOUNT", "start": 2, "end": 6, "text": "125家"}], "relations": []}'
    >>> read_spans_line(line, where="spans.jsonl, line 1")[1].entities[0].text
    '125家'
    """
    try:
        record = _SpansLine.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"not a line of spans.jsonl: {place}: {first['msg']}", where=where) from None
    entities = tuple(Entity(e.id, e.label, e.start, e.end, e.text, e.score) for e in record.entities)
    ids = {entity.id for entity in entities}
    for entity in entities:
        if entity.start >= entity.end or record.text[entity.start : entity.end] != entity.text:
            raise InputError(f"entity {entity.id} says {entity.text!r}, its place says otherwise", where=where)
    for one in record.relations:
        if not {one.head, one.child} <= ids:
            raise InputError(f"a relation names entity {one.head} or {one.child}, which is missing", where=where)
    relations = tuple(Relation(one.head, one.child, one.label, one.score) for one in record.relations)
    return record.text, Annotation(entities, relations)


class _Loose(BaseModel):
    """Keys that are not needed here may be absent or new."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _SpansEntity(_Loose):
    id: int
    label: EntityLabel
    start: int
    end: int
    text: str
    score: float = 1.0


class _SpansRelation(_Loose):
    head: int
    child: int
    label: RelationLabel
    score: float = 1.0


class _SpansLine(_Loose):
    text: str
    entities: list[_SpansEntity]
    relations: list[_SpansRelation]


def _make_entity(report: Report, entity: Entity) -> dict[str, Any]:
    source_start, source_end = report.aligned.source_span(entity.start, entity.end)
    return {
        "id": entity.id,
        "label": entity.label,
        "start": entity.start,
        "end": entity.end,
        "source_start": source_start,
        "source_end": source_end,
        "text": entity.text,
        "score": entity.score,
    }
