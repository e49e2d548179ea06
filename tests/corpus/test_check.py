from hashlib import sha256
from pathlib import Path

import pytest

from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import GoldReport, make_gold, read_gold, write_gold
from zhibiao.corpus.marks import read_marked
from zhibiao.errors import InputError
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report

MARKED = "⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，居⟦R4:全省第3位⟧。⟦M5:授权量⟧⟦A6:9件⟧。\n====\nperiod 2021\nM2 A3 value\nM2 R4 rank\nA3 O1 held\nM5 A6 value"


@pytest.fixture
def report() -> GoldReport:
    read = read_marked(MARKED)
    return make_gold(
        make_text_report(read.text.rstrip(), report_id="x-0", source="a001.txt"),
        report_id="a001",
        origin="authored",
        annotation=Annotation(read.entities, read.relations),
        facts=read.facts,
    )


def change(report: GoldReport, part: str, number: int, **fields: object) -> GoldReport:
    """Copy a report with one entity or relation changed."""
    items = list(getattr(report, part))
    items[number] = items[number].model_copy(update=fields)
    return report.model_copy(update={part: items})


def test_a_report_that_keeps_the_standard_has_no_findings(report: GoldReport) -> None:
    assert check_gold(report) == []


@pytest.mark.parametrize(
    ("part", "number", "fields", "what"),
    [
        ("entities", 1, {"end_offset": 5}, "the text says '高企总'"),
        ("entities", 1, {"end_offset": 900}, "the text says"),
        ("entities", 2, {"end_offset": 12, "text": "125家，"}, "a space or mark at its edge"),
        ("entities", 1, {"end_offset": 8, "text": "高企总数达1"}, "overlap"),
        ("entities", 2, {"label": "RANK"}, "joins METRIC '高企总数' to RANK '125家'"),
        ("relations", 0, {"to_id": 99}, "names a missing span"),
        ("relations", 0, {"to_id": 5}, "leaves the sentence"),
        ("relations", 1, {"to_id": 2, "type": "HAS_VALUE"}, "stands twice"),
        ("relations", 3, {"from_id": 1}, "METRIC '授权量' has no figure"),
        ("entities", 5, {"start_offset": 18, "text": "。授权量9件"}, "at its edge"),
        ("facts", 0, {"relation": 77}, "a fact names relation 77"),
    ],
)
def test_check_gold_finds(report: GoldReport, part: str, number: int, fields: dict[str, object], what: str) -> None:
    findings = check_gold(change(report, part, number, **fields))
    assert any(what in str(finding) for finding in findings), list(map(str, findings))
    assert all("a001, offset" in str(finding) and "; " in str(finding) for finding in findings)


def test_a_changed_text_breaks_its_hash(report: GoldReport) -> None:
    findings = check_gold(report.model_copy(update={"text": report.text.replace("9件", "8件")}))
    assert "differs from its hash" in str(findings[0])


def test_gold_survives_writing_and_reading(report: GoldReport, tmp_path: Path) -> None:
    path = write_gold(report, tmp_path)
    assert read_gold(path) == report
    assert path.read_text("utf-8").count("\n") == 1
    assert report.text_sha256 == sha256(report.text.encode()).hexdigest()


@pytest.mark.parametrize("content", ["", "{}", '{"report_id": 3}', "高企"])
def test_read_gold_names_what_is_wrong(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a001.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="not a gold file"):
        read_gold(path)
