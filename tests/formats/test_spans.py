import json

import pytest

from zhibiao.alignment import AlignedText, Edit
from zhibiao.formats.spans import make_spans_line
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, ReadReport, Relation, Report


def test_spans_line_has_the_fields_of_the_interface() -> None:
    source = "𠮷53.\n14、06亿元"
    aligned = AlignedText.from_source(source).edited([Edit(4, 8)])
    report = Report("8ab899e49ca3-1", "宁国.txt", 1, aligned, "总结", "宁国市科技局", "341881", 2021, "2021")
    annotation = Annotation(
        (Entity(0, EntityLabel.METRIC, 0, 1, "𠮷", 0.97), Entity(3, EntityLabel.AMOUNT, 1, 8, "53.06亿元", 0.9)),
        (Relation(0, 3, RelationLabel.HAS_VALUE, 0.93),),
    )
    assert json.loads(make_spans_line(ReadReport(report, annotation))) == {
        "report_id": "8ab899e49ca3-1", "source": "宁国.txt", "part": 1, "issuer": "宁国市科技局",
        "region_code": "341881", "period": "2021", "title": "总结", "text": "𠮷53.06亿元",
        "entities": [
            {"id": 0, "label": "METRIC", "start": 0, "end": 1, "source_start": 0, "source_end": 1, "text": "𠮷",
             "score": 0.97},
            {"id": 3, "label": "AMOUNT", "start": 1, "end": 8, "source_start": 1, "source_end": 12,
             "text": "53.06亿元", "score": 0.9},
        ],
        "relations": [{"head": 0, "child": 3, "label": "HAS_VALUE", "score": 0.93}],
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "一\n二\r三\u2028四\x85五\x0c六", '"引号"\\'])
def test_spans_line_keeps_any_text_on_one_line(text: str) -> None:
    report = Report("8ab899e49ca3-0", "宁国.txt", 0, AlignedText.from_source(text))
    line = make_spans_line(ReadReport(report))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == text
