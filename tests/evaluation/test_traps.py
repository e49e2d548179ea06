"""The trap cases keep the standard, and every released pipeline passes as many of each class as it did when it was recorded."""

from collections import Counter
from pathlib import Path

import pytest

from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import make_gold
from zhibiao.errors import InputError
from zhibiao.evaluation.trap_rates import count_traps, find_falls, read_rates
from zhibiao.evaluation.traps import Trap, judge, mark_found, parse_trap, read_traps, run_traps
from zhibiao.labels import EntityLabel, FactKind, FactStatus, RelationLabel
from zhibiao.pipes.load import RULES, TRAINED, Pipeline, load_pipeline
from zhibiao.records import Annotation, Entity, Fact, ReadReport, Relation
from zhibiao.text.cleaning import clean

ROOT = Path(__file__).parents[2]
TRAPS = read_traps(ROOT / "tests/data/traps.txt")
RECORDED = read_rates(ROOT / "tests/data/trap_rates.toml")
RELEASED = [RULES, *(name for name in TRAINED if (ROOT / "models" / name / "config.cfg").is_file())]
REVIEW = parse_trap("x", ["x-1 ⟦O1:全市⟧⟦M1:高企总数⟧达⟦A1:125家⟧。", "M1 A1 value; A1 O1 held", "period 2021"])


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    return load_pipeline(RULES)


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_pipeline_passes_as_many_of_each_class_as_recorded(name: str) -> None:
    pipeline = load_pipeline(name if name == RULES else str(ROOT / "models" / name))
    falls = find_falls(count_traps(run_traps(pipeline, TRAPS)), RECORDED.get(pipeline.name, {}))
    assert falls == [], f"mend it, or say that it is meant: zhibiao traps {name} --record"


def test_there_are_enough_cases_of_enough_classes() -> None:
    classes = Counter(trap.group for trap in TRAPS)
    assert len(TRAPS) >= 320
    assert len(classes) >= 12
    assert min(classes.values()) >= 20


def test_no_sentence_serves_twice() -> None:
    assert [text for text, times in Counter(trap.marked.text for trap in TRAPS).items() if times > 1] == []


def test_every_case_keeps_the_standard() -> None:
    golds = [
        make_gold(
            trap.report(),
            report_id=trap.name,
            origin="authored",
            annotation=Annotation(trap.marked.entities, trap.marked.relations),
            facts=trap.marked.facts,
        )
        for trap in TRAPS
    ]
    assert [str(finding) for gold in golds for finding in check_gold(gold)] == []


def test_every_case_is_a_text_that_cleaning_leaves() -> None:
    assert [trap.name for trap in TRAPS if clean(trap.marked.text).text != trap.marked.text] == []


def test_a_case_may_stand_under_a_heading_and_in_a_year() -> None:
    lines = [
        "x-1 ⟦M1:流转土地⟧⟦A1:3万亩⟧。",
        "under 二、2020年工作计划",
        "period 2019",
        "plan-period 2020",
        "M1 A1 value target",
    ]
    trap = parse_trap("x", lines)
    assert trap.marked.text == "二、2020年工作计划\n流转土地3万亩。"
    assert (trap.marked.facts[0].status, trap.marked.facts[0].period) == (FactStatus.TARGET, "2020")
    assert (trap.report().year, trap.report().period) == (2019, "2019")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("== a: x\nb-01 高企。", "line 2: neither a class nor a case of class 'a'"),
        ("  M1 A1 value", "line 1: neither a class nor a case"),
        ("== a: x\na-01 ⟦M1:高企。", "a-01: a broken mark"),
        ("== a: x\na-01 ⟦M1:高企⟧⟦A1:5家⟧。\n  M1 A2 value", "a-01: no mark A2"),
        ("== a: x\na-01 高企。\na-01 专利。", "stands twice: a-01"),
    ],
)
def test_a_broken_file_is_named_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "traps.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_traps(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no trap cases"):
        read_traps(tmp_path / "traps.txt")


def found(
    trap: Trap, annotation: Annotation, status: FactStatus = FactStatus.ACTUAL, period: str = "2021"
) -> ReadReport:
    """Make what a pipeline finds in a case, with one fact for each HAS_VALUE."""
    spans = {entity.id: entity for entity in annotation.entities}
    facts = []
    for relation in annotation.relations:
        if relation.label is RelationLabel.HAS_VALUE:
            metric, figure = spans[relation.head], spans[relation.child]
            places = (metric.start, metric.end, figure.start, figure.end)
            facts.append(
                Fact(
                    "f",
                    "x",
                    "x",
                    0,
                    FactKind.VALUE,
                    metric.text,
                    figure.text,
                    "",
                    *places,
                    *places,
                    status=status,
                    period=period,
                )
            )
    return ReadReport(trap.report(), annotation, tuple(facts))


def test_a_case_passes_when_everything_is_right() -> None:
    result = judge(REVIEW, found(REVIEW, Annotation(REVIEW.marked.entities, REVIEW.marked.relations)))
    assert (result.overlap, result.spans, result.relations, result.faults, result.passed) == (
        True,
        True,
        True,
        (),
        True,
    )


def test_a_moved_span_end_is_right_in_the_soft_sense_alone() -> None:
    org, _, amount = REVIEW.marked.entities
    moved = Annotation((org, Entity(1, EntityLabel.METRIC, 2, 4, "高企"), amount), REVIEW.marked.relations)
    result = judge(REVIEW, found(REVIEW, moved))
    assert (result.overlap, result.spans, result.relations, result.passed) == (True, False, False, False)


def test_a_missing_relation_fails_with_right_spans() -> None:
    value_alone = tuple(one for one in REVIEW.marked.relations if one.label is RelationLabel.HAS_VALUE)
    result = judge(REVIEW, found(REVIEW, Annotation(REVIEW.marked.entities, value_alone)))
    assert (result.overlap, result.spans, result.relations, result.passed) == (False, True, False, False)


def test_a_relation_too_many_fails() -> None:
    trap = parse_trap("x", ["x-1 ⟦M1:项目⟧⟦A1:96个⟧，面积⟦A2:5亩以上⟧。", "M1 A1 value"])
    metric, _, condition = trap.marked.entities
    more = (*trap.marked.relations, Relation(metric.id, condition.id, RelationLabel.HAS_VALUE))
    result = judge(trap, found(trap, Annotation(trap.marked.entities, more)))
    assert (result.spans, result.relations, result.passed) == (True, False, False)


@pytest.mark.parametrize(
    ("status", "period", "faults"),
    [
        (FactStatus.TARGET, "2021", ("高企总数 = 125家: status should be actual, not target",)),
        (FactStatus.ACTUAL, "2022", ("高企总数 = 125家: period should be 2021, not 2022",)),
    ],
)
def test_a_wrong_fact_word_fails_and_is_named(status: FactStatus, period: str, faults: tuple[str, ...]) -> None:
    right = Annotation(REVIEW.marked.entities, REVIEW.marked.relations)
    result = judge(REVIEW, found(REVIEW, right, status, period))
    assert (result.relations, result.faults, result.passed) == (True, faults, False)


def test_a_period_that_is_not_stated_is_not_compared() -> None:
    trap = parse_trap("x", ["x-1 ⟦M1:高企总数⟧达⟦A1:125家⟧。", "M1 A1 value"])
    assert judge(trap, found(trap, Annotation(trap.marked.entities, trap.marked.relations), period="1999")).passed


def test_a_relation_without_its_fact_fails() -> None:
    whole = found(REVIEW, Annotation(REVIEW.marked.entities, REVIEW.marked.relations))
    assert judge(REVIEW, ReadReport(whole.report, whole.annotation)).faults == ("高企总数 = 125家: no fact",)


def test_every_case_is_read_on_its_own(rules: Pipeline) -> None:
    alone = [run_traps(rules, [trap])[0].found.annotation for trap in TRAPS[:3]]
    assert [result.found.annotation for result in run_traps(rules, TRAPS[:3])] == alone


def test_what_was_found_is_written_in_marks() -> None:
    whole = found(REVIEW, Annotation(REVIEW.marked.entities, REVIEW.marked.relations))
    assert mark_found(whole) == ("⟦O1:全市⟧⟦M1:高企总数⟧达⟦A1:125家⟧。", "A1 O1 held", "M1 A1 value")
