import json
from collections.abc import Callable
from pathlib import Path

import pytest

from zhibiao.annotation.suggestions import read_suggestions
from zhibiao.corpus.gold import GoldReport, write_gold
from zhibiao.errors import InputError

SPANS = {
    "report_id": "8ab899e49ca3-0", "source": "宁国.txt", "part": 0, "issuer": "宁国市科技局", "region_code": "341881",
    "period": "2022-01/2022-05", "title": "工作总结", "text": "高企总数达125家",
    "entities": [
        {"id": 0, "label": "METRIC", "start": 0, "end": 4, "source_start": 0, "source_end": 4, "text": "高企总数", "score": 0.97},
        {"id": 1, "label": "AMOUNT", "start": 5, "end": 9, "text": "125家", "score": 0.9},
    ],
    "relations": [{"head": 0, "child": 1, "label": "HAS_VALUE", "score": 0.8}],
}  # fmt: skip
SILVER = {
    "report_id": "s-0", "origin": "silver", "source": "a.txt", "part": 0, "text_sha256": "0", "text": "高企总数达125家",
    "entities": [{"id": 0, "start_offset": 0, "end_offset": 4, "label": "METRIC", "text": "高企总数"}],
    "relations": [], "facts": [],
    "silver": {
        "aggregation": "generative", "missing": [], "missing_relations": [], "relations": [],
        "entities": [{"id": 0, "score": 0.7, "votes": ["metric_rules", "nouns"], "against": []}],
    },
}  # fmt: skip


def write(path: Path, *records: dict) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def test_spans_bring_scores_header_and_the_name_of_their_pipeline(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"model": {"name": "crf"}}')
    write(tmp_path / "spans.jsonl", SPANS)
    (report,) = read_suggestions([tmp_path])
    assert [(span.by, span.score) for span in report.spans] == [(("crf",), 0.97), (("crf",), 0.9)]
    assert (report.relations[0].head, report.relations[0].score) == (0, 0.8)
    assert report.header is not None and (report.header.issuer, report.header.year) == ("宁国市科技局", 2022)


def test_silver_brings_the_functions_behind_each_span(tmp_path: Path) -> None:
    (report,) = read_suggestions([write(tmp_path / "silver.jsonl", SILVER)])
    assert (report.spans[0].by, report.spans[0].score) == (("metric_rules", "nouns"), 0.7)
    assert report.origin == "real"


def test_gold_brings_its_facts(tmp_path: Path, make_report: Callable[..., GoldReport]) -> None:
    (report,) = read_suggestions([write_gold(make_report(), tmp_path)])
    assert [fact.period for fact in report.facts] == ["2021"] * 3
    assert {span.by for span in report.spans} == {("gold",)}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({**SPANS, "report_id": "../../etc/passwd"}, "report_id"),
        ({**SPANS, "entities": [{**SPANS["entities"][0], "label": "PLACE"}]}, "entities.0.label"),
        ({"text": "高企"}, "report_id"),
        ({**SILVER, "silver": {"entities": "all"}}, "silver.entities"),
    ],
)
def test_what_is_none_of_the_three_is_named(tmp_path: Path, record: dict, message: str) -> None:
    with pytest.raises(InputError, match=f"line 1: .*{message}"):
        read_suggestions([write(tmp_path / "spans.jsonl", record)])


def test_a_report_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="8ab899e49ca3-0 comes twice"):
        read_suggestions([write(tmp_path / "spans.jsonl", SPANS, SPANS)])


@pytest.mark.parametrize("content", ["[1]\n", "no json\n"])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(InputError, match=r"a\.jsonl, line 1"):
        read_suggestions([tmp_path / "a.jsonl"])
