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
from zhibiao.text.reports import make_reports, make_text_report

TESTS = Path(__file__).parents[1]
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
    "rank_from_bottom",
    "rank_tied",
    "rank_kind",
    "scope",
    "scope_code",
    "scope_size",
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


@pytest.mark.parametrize("name", ["report", "ranks"])
def test_facts_of_a_whole_report_are_the_golden_ones(name: str) -> None:
    text = (TESTS / "data" / f"{name}.txt").read_text("utf-8")
    source = Source(f"{name}.txt", sha256(text.encode()).hexdigest(), text, "txt", "utf-8", len(text.encode()))
    (read,) = load_pipeline("rules").read(make_reports(source))
    rows = [
        [("" if (cell := getattr(fact, column)) is None else str(cell)) for column in COLUMNS] for fact in read.facts
    ]
    with (TESTS / "golden" / f"{name}_facts.csv").open(encoding="utf-8", newline="") as file:
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
    assert (fact.holder, fact.holder_code) == ("象山县、宁海县", "330225、330226")


def test_without_holder_the_issuer_holds() -> None:
    _, (fact,) = build("⟦M1:高企⟧⟦A2:9家⟧\n====\nM1 A2 value", issuer="宁国市科技局", region_code="341881")
    assert (fact.holder, fact.holder_code) == ("宁国市科技局", "341881")


def test_a_masked_year_gives_no_period() -> None:
    _, (fact,) = build("20年⟦M1:高企⟧⟦A2:9家⟧\n====\nM1 A2 value")
    assert fact.period is None


def test_rank_scope_is_resolved_against_the_issuer() -> None:
    _, (fact,) = build("⟦M1:增加值⟧居⟦R2:全省第2位⟧\n====\nM1 R2 rank", region_code="341881")
    assert (fact.kind, fact.rank_low, fact.scope, fact.scope_code) == (FactKind.RANK, 2, "全省", "340000")


def told(title: str, body: str, relations: str) -> list[tuple[str, str, str | None, str | None]]:
    """Tell each figure's status, period and direction in a report whose body is marked."""
    read = read_marked(f"{title}\n{body}\n====\n{relations}")
    report = make_text_report(read.text, report_id="r", source="r.txt")
    return [
        (fact.figure, str(fact.status), fact.period, fact.direction and str(fact.direction))
        for fact in build_facts(report, Annotation(read.entities, read.relations))
    ]


def test_a_report_tells_what_was_reached_and_what_is_planned() -> None:
    body = """一、2021年工作总结
⟦M1:高企⟧由⟦A2:98家⟧增至⟦A3:125家⟧,比上年增加⟦A4:27家⟧。年末⟦M5:余额⟧⟦A6:5亿元⟧。预计⟦M7:投入⟧⟦A8:9亿元⟧。
二、存在问题
⟦M9:投入⟧低于全省平均⟦A10:0.4个百分点⟧。
三、下一步打算
⟦M11:高企⟧达⟦A12:150家⟧,6月底前⟦M13:建成平台⟧⟦A14:2个⟧。目前⟦M15:在孵企业⟧⟦A16:40家⟧。到2025年⟦M17:产值⟧⟦A18:90亿元⟧。"""
    relations = "\n".join(
        (
            *("M1 A2 value", "M1 A3 value", "M1 A4 change up", "M5 A6 value", "M7 A8 value", "M9 A10 change gap"),
            *("M11 A12 value", "M13 A14 value", "M15 A16 value", "M17 A18 value"),
        )
    )
    assert told("县科技局2021年工作总结及2022年工作计划", body, relations) == [
        ("98家", "actual", None, None),
        ("125家", "actual", "2021", None),
        ("27家", "actual", "2021", "up"),
        ("5亿元", "actual", "2021-12-31", None),
        ("9亿元", "forecast", "2021", None),
        ("0.4个百分点", "actual", "2021", "gap"),
        ("150家", "target", "2022", None),
        ("2个", "target", "2022-06-30", None),
        ("40家", "actual", "2021", None),
        ("90亿元", "target", "2025", None),
    ]


def test_a_half_years_report_speaks_of_its_half() -> None:
    body = """一、上半年工作情况
今年⟦M1:高企新认定⟧⟦A2:5家⟧，比去年同期多⟦A3:2家⟧；去年同期⟦M4:入库⟧⟦A5:3家⟧。全年目标任务有序推进。
二、下半年打算
⟦M6:高企⟧力争⟦A7:9家⟧，全年⟦M8:投入⟧达⟦A9:4亿元⟧。"""
    relations = "M1 A2 value\nM1 A3 change up\nM4 A5 value\nM6 A7 value\nM8 A9 value"
    assert told("县科技局2022年上半年工作总结和下半年工作打算", body, relations) == [
        ("5家", "actual", "2022-01/2022-06", None),
        ("2家", "actual", "2022-01/2022-06", "up"),
        ("3家", "actual", "2021-01/2021-06", None),
        ("9家", "target", "2022-07/2022-12", None),
        ("4亿元", "target", "2022", None),
    ]


def test_a_rank_takes_its_order_from_the_sentence() -> None:
    _, facts = build(
        "⟦M1:强度⟧在全省16个市中由⟦R2:第8位⟧升至⟦R3:第5位⟧，⟦M4:专利⟧⟦R5:倒数第二⟧。\n====\nM1 R2 rank\nM1 R3 rank\nM4 R5 rank",
        region_code="341800",
    )
    assert [(fact.rank_low, fact.rank_from_bottom, fact.scope, fact.scope_code, fact.scope_size) for fact in facts] == [
        (8, None, "全省", "340000", 16),
        (5, None, "全省", "340000", 16),
        (15, 2, "全省", "340000", 16),
    ]


def test_a_rank_says_whether_others_share_it_and_an_amount_does_not() -> None:
    _, (tied, alone, amount) = build(
        "⟦M1:强度⟧与旌德县⟦R2:并列第三⟧，⟦M3:专利⟧列⟦R4:第五⟧，⟦M5:高企⟧⟦A6:9家⟧。\n====\nM1 R2 rank\nM3 R4 rank\nM5 A6 value"
    )
    assert (tied.rank_tied, alone.rank_tied, amount.rank_tied) == (True, False, None)


def test_what_cannot_be_read_as_a_rank_keeps_its_text() -> None:
    _, (fact,) = build("⟦M1:增速⟧⟦R2:名列其中⟧\n====\nM1 R2 rank")
    assert (fact.figure, fact.rank_low, fact.rank_kind, fact.rank_tied) == ("名列其中", None, None, None)


def test_what_cannot_be_read_keeps_its_text() -> None:
    _, (fact,) = build("⟦M1:参与人数⟧⟦A2:若干⟧\n====\nM1 A2 value")
    assert (fact.figure, fact.value_low, fact.value_high, fact.unit) == ("若干", None, None, None)


def test_source_offsets_point_into_the_source() -> None:
    _, (fact,) = build("⟦M1:高企总数⟧达⟦A2:125家⟧\n====\nM1 A2 value")
    assert (fact.figure_source_start, fact.figure_source_end) == (fact.figure_start, fact.figure_end) == (5, 9)
