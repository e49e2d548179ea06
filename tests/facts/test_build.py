import csv
from hashlib import sha256
from pathlib import Path

import pytest

from zhibiao.alignment import AlignedText
from zhibiao.corpus.marks import read_marked
from zhibiao.facts.build import build_facts
from zhibiao.labels import Approx, FactKind
from zhibiao.pipes.load import load_pipeline
from zhibiao.records import Annotation, Fact, Report, Source
from zhibiao.text.reports import make_reports

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden" / "report_facts.csv"
COLUMNS = [
    "metric",
    "kind",
    "figure",
    "value_low",
    "value_high",
    "unit",
    "approx",
    "direction",
    "rank_low",
    "rank_high",
    "rank_kind",
    "scope",
    "scope_code",
    "status",
    "period",
    "aspect",
    "holder",
    "indicator",
]


def build(marked: str, **fields: object) -> tuple[Report, tuple[Fact, ...]]:
    """Build the facts of one marked sentence."""
    read = read_marked(marked)
    report = Report(
        "r",
        "r.txt",
        0,
        AlignedText.from_source(read.text),
        sentences=((0, len(read.text)),),
        **fields,  # type: ignore[arg-type]
    )
    return report, build_facts(report, Annotation(read.entities, read.relations))


def test_facts_of_a_whole_report_are_the_golden_ones() -> None:
    text = (TESTS / "data" / "report.txt").read_text("utf-8")
    source = Source("report.txt", sha256(text.encode()).hexdigest(), text, "txt", "utf-8", len(text.encode()))
    (read,) = load_pipeline("rules").read(make_reports(source))
    rows = [
        [("" if (cell := getattr(fact, column)) is None else str(cell)) for column in COLUMNS] for fact in read.facts
    ]
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert [list(COLUMNS), *rows] == expected


@pytest.mark.parametrize(
    ("sentence", "low", "high", "approx"),
    [
        ("⟦M1:高企⟧达⟦A2:125家⟧", 125, 125, Approx.EXACT),
        ("⟦M1:高企⟧突破⟦A2:125家⟧", 125, None, Approx.MORE),
        ("⟦M1:高企⟧不足⟦A2:125家⟧", None, 125, Approx.LESS),
        ("⟦M1:高企⟧⟦A2:100家以上⟧", 100, None, Approx.MORE),
        ("⟦M1:高企⟧⟦A2:约100家⟧", 100, 100, Approx.ABOUT),
        ("⟦M1:产值⟧⟦A2:2.41亿元⟧", 241_000_000, 241_000_000, Approx.EXACT),
    ],
)
def test_bounds_are_read_from_the_span_and_from_the_verb(
    sentence: str, low: int | None, high: int | None, approx: Approx
) -> None:
    _, (fact,) = build(f"{sentence}\n====\nM1 A2 value")
    assert (fact.value_low, fact.value_high, fact.approx) == (low, high, approx)


def test_a_figure_with_several_holders_is_one_row() -> None:
    _, (fact,) = build(
        "⟦O1:象山县⟧、⟦O2:宁海县⟧均完成⟦M3:创建⟧⟦A4:1项⟧\n====\nM3 A4 value\nA4 O1 held\nA4 O2 held",
        region_code="330200",
    )
    assert (fact.holder, fact.holder_code) == ("象山县、宁海县", None)


def test_without_holder_the_issuer_holds() -> None:
    _, (fact,) = build("⟦M1:高企⟧⟦A2:9家⟧\n====\nM1 A2 value", issuer="宁国市科技局", region_code="341881")
    assert (fact.holder, fact.holder_code) == ("宁国市科技局", "341881")


def test_a_masked_year_gives_no_period() -> None:
    _, (fact,) = build("20年⟦M1:高企⟧⟦A2:9家⟧\n====\nM1 A2 value")
    assert fact.period is None


def test_rank_scope_is_resolved_against_the_issuer() -> None:
    _, (fact,) = build("⟦M1:增加值⟧居⟦R2:全省第2位⟧\n====\nM1 R2 rank", region_code="341881")
    assert (fact.kind, fact.rank_low, fact.scope, fact.scope_code) == (FactKind.RANK, 2, "全省", "340000")


def test_what_cannot_be_read_keeps_its_text() -> None:
    _, (fact,) = build("⟦M1:参与人数⟧⟦A2:若干⟧\n====\nM1 A2 value")
    assert (fact.figure, fact.value_low, fact.value_high, fact.unit) == ("若干", None, None, None)


def test_source_offsets_point_into_the_source() -> None:
    _, (fact,) = build("⟦M1:高企总数⟧达⟦A2:125家⟧\n====\nM1 A2 value")
    assert (fact.figure_source_start, fact.figure_source_end) == (fact.figure_start, fact.figure_end) == (5, 9)
