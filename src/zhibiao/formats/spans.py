"""The line of ``spans.jsonl``: one report with its text, entities and relations."""

from __future__ import annotations

from typing import Any

from zhibiao.formats.jsonl import make_json_line
from zhibiao.records import Entity, ReadReport, Report


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
