from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from zhibiao.annotation.dialogue import Stopped, choose_pair, settle_round
from zhibiao.annotation.faults import FaultKind
from zhibiao.annotation.pull import pull
from zhibiao.annotation.results import read_candidates, write_pulled
from zhibiao.annotation.rounds import Round, RoundInfo
from zhibiao.annotation.settle import Choice, Difference, settle_report
from zhibiao.annotation.settle_round import push_differences, unite
from zhibiao.annotation.suggestions import from_gold
from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.errors import InputError

Make = Callable[..., GoldReport]
FIRST = "⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，增长⟦A4:5%⟧。\n====\nperiod 2021\nM2 A3 value\nM2 A4 change up\nA3 O1 held"
# another border, no holder, another direction, and a span more
SECOND = "全市高企⟦M2:总数⟧达⟦A3:125家⟧，增长⟦A4:5%⟧。\n====\nperiod 2021\nM2 A3 value target 2022\nM2 A4 change down"


def settle_all(first: GoldReport, second: GoldReport, choose: Callable[[Difference], Choice]) -> GoldReport:
    choices: dict[str, Choice] = {}
    for _ in range(10):
        settlement = settle_report(first, second, choices)
        if settlement.gold is not None:
            return settlement.gold
        choices |= {difference.key: choose(difference) for difference in settlement.open}
    raise AssertionError("the differences do not end")


def always(choice: Choice) -> Callable[[Difference], Choice]:
    return lambda difference: choice


def test_the_same_needs_no_decision(make_report: Make) -> None:
    gold = make_report(FIRST)
    assert settle_report(gold, gold, {}).gold == gold


def test_spans_are_asked_first_in_groups_that_touch(make_report: Make) -> None:
    questions = settle_report(make_report(FIRST), make_report(SECOND), {}).open
    assert [(one.kind, one.first, one.second) for one in questions] == [
        ("span", ("ORG 全市",), ()),
        ("span", ("METRIC 高企总数",), ("METRIC 总数",)),
    ]


@pytest.mark.parametrize(("choice", "whole"), [(Choice.FIRST, FIRST), (Choice.SECOND, SECOND)])
def test_one_side_throughout_gives_that_side(make_report: Make, choice: Choice, whole: str) -> None:
    assert settle_all(make_report(FIRST), make_report(SECOND), always(choice)) == make_report(whole)


def test_a_relation_follows_its_span_and_facts_are_asked_last(make_report: Make) -> None:
    first, second = make_report(FIRST), make_report(SECOND)
    spans = {one.key: Choice.SECOND for one in settle_report(first, second, {}).open}
    questions = settle_report(first, second, spans).open
    assert [one.kind for one in questions] == ["fact", "fact"]
    assert '"status": "actual"' in questions[0].first[0]
    gold = settle_report(first, second, spans | {one.key: Choice.FIRST for one in questions}).gold
    assert gold is not None
    assert [(fact.status.value, fact.direction and fact.direction.value) for fact in gold.facts] == [
        ("actual", None),
        ("actual", "up"),
    ]


def test_what_neither_is_right_about_is_left_out_with_its_relations(make_report: Make) -> None:
    gold = settle_all(
        make_report(FIRST),
        make_report(SECOND),
        lambda one: Choice.NEITHER if Choice.NEITHER in one.choices else Choice.FIRST,
    )
    assert [entity.text for entity in gold.entities] == ["125家", "5%"]
    assert (gold.relations, gold.facts) == ([], [])


def test_both_is_offered_only_where_spans_do_not_clash(make_report: Make) -> None:
    apart = settle_report(make_report("⟦O1:市⟧⟦O2:县⟧局"), make_report("市⟦O1:县局⟧"), {}).open
    assert [Choice.BOTH in one.choices for one in apart] == [False, False]


def test_another_label_on_the_same_pair_is_one_question(make_report: Make) -> None:
    other = FIRST.replace("M2 A4 change up", "M2 A4 value")
    (question,) = settle_report(make_report(FIRST), make_report(other), {}).open
    assert (question.first, question.second) == (
        ("HAS_CHANGE: METRIC 高企总数 → AMOUNT 5%",),
        ("HAS_VALUE: METRIC 高企总数 → AMOUNT 5%",),
    )


def test_a_choice_that_does_not_fit_is_refused(make_report: Make) -> None:
    first, second = make_report(FIRST), make_report(SECOND)
    question = settle_report(first, second, {}).open[1]
    with pytest.raises(InputError, match="both does not fit"):
        settle_report(first, second, {question.key: Choice.BOTH})


def test_other_texts_are_refused(make_report: Make) -> None:
    with pytest.raises(InputError, match="not of one text"):
        settle_report(make_report(FIRST), make_report("别的"), {})


def annotated(make_report: Make) -> Mapping[str, Mapping[str, GoldReport]]:
    return {"anna": {"t-0": make_report(FIRST)}, "bo": {"t-0": make_report(SECOND)}}


def test_the_dialogue_goes_on_where_it_stopped(make_report: Make, tmp_path: Path) -> None:
    both = annotated(make_report)
    asked: list[str] = []

    def answer(question: str, difference: Difference) -> Choice | None:
        if len(asked) == 1:
            raise Stopped
        asked.append(question)
        return Choice.FIRST

    summary = settle_round(Round(tmp_path), both, ("anna", "bo"), tmp_path / "gold", answer)
    assert (summary.gold, summary.open) == ((), ("t-0",))
    again: list[str] = []
    summary = settle_round(
        Round(tmp_path), both, ("anna", "bo"), tmp_path / "gold", lambda q, _: again.append(q) or Choice.FIRST
    )
    assert set(asked).isdisjoint(again)
    assert [read_gold(path) for path in summary.gold] == [make_report(FIRST)]


def test_what_is_left_for_later_stays_open(make_report: Make, tmp_path: Path) -> None:
    summary = settle_round(
        Round(tmp_path), annotated(make_report), ("anna", "bo"), tmp_path / "gold", lambda q, _: None
    )
    assert summary.open == ("t-0",)


@pytest.mark.parametrize(
    ("names", "pair"),
    [((None, None), ("anna", "bo")), (("bo", None), ("bo", "anna")), (("bo", "anna"), ("bo", "anna"))],
)
def test_the_pair_is_the_one_named(make_report: Make, names: tuple[str | None, ...], pair: tuple[str, str]) -> None:
    assert choose_pair(annotated(make_report), *names) == pair


def test_a_pair_without_a_common_report_is_refused(make_report: Make) -> None:
    with pytest.raises(InputError, match="annotated by both"):
        choose_pair({"anna": {"a": make_report()}, "bo": {}})
    with pytest.raises(InputError, match="cy"):
        choose_pair(annotated(make_report), "cy")


def test_a_round_of_differences_holds_both_sides_and_is_not_done_until_each_is_settled(
    fake: Any, make_report: Make, setting: Any, tmp_path: Path
) -> None:
    names = ("anna", "bo")
    unions = [unite(make_report(FIRST), make_report(SECOND), names)]
    folder = Round(tmp_path / "settle")
    info = RoundInfo(name="settle", url=fake.url, settles="r", annotators=({"name": "eva", "weight": 1},))
    _, written = push_differences(fake, folder, info, unions, names=names, setting=setting)
    assert (written, fake.rows("projects")[0]["allow_overlapping"]) == (2, True)
    assert {row["text"] for row in fake.rows("remarks")} == {
        "? anna: ORG 全市 | bo: –",
        "? anna: METRIC 高企总数 | bo: METRIC 总数",
    }
    assert push_differences(fake, folder, info, unions, names=names, setting=setting)[1] == 0
    fake.rows("documents")[0]["is_confirmed"] = True
    summary = write_pulled(folder, *pull(fake, folder))
    assert {fault.kind for fault in summary.faults} == {FaultKind.OVERLAP}
    keep_first(fake)
    summary = write_pulled(folder, *pull(fake, folder))
    assert {fault.kind for fault in summary.faults} == set()
    gold = read_candidates(folder)["eva"]["t-0"]
    assert [entity.text for entity in gold.entities] == ["全市", "高企总数", "125家", "5%"]
    assert check_gold(gold) == []


def keep_first(fake: Any) -> None:
    """Take the second's METRIC out, as the adjudicator does, with its relations."""
    short = next(
        row["id"] for row in fake.rows("spans") if row["end_offset"] - row["start_offset"] == 2 and row["start_offset"]
    )
    del fake.tables["spans"][short]
    fake.tables["relations"] = {n: r for n, r in fake.tables["relations"].items() if r["from_id"] != short}


def test_facts_that_are_contested_need_a_remark(fake: Any, make_report: Make, setting: Any, tmp_path: Path) -> None:
    second = FIRST.replace("M2 A3 value", "M2 A3 value target 2022")
    union = unite(make_report(FIRST), make_report(second), ("anna", "bo"))
    assert len(union.contested) == 1
    folder = Round(tmp_path / "settle")
    info = RoundInfo(name="settle", url=fake.url, settles="r", annotators=({"name": "eva", "weight": 1},))
    push_differences(fake, folder, info, [union], names=("anna", "bo"), setting=setting)
    fake.rows("documents")[0]["is_confirmed"] = True
    assert {fault.kind for fault in write_pulled(folder, *pull(fake, folder)).faults} == {FaultKind.UNSETTLED}
    fake.add("remarks", project=1, example=1, text="125家: actual 2021", username="eva")
    assert write_pulled(folder, *pull(fake, folder)).candidates == ("t-0",)
    assert read_candidates(folder)["eva"]["t-0"].facts[0].status == "actual"


def test_unions_of_one_side_are_that_side(make_report: Make) -> None:
    gold = make_report(FIRST)
    union = unite(gold, gold, ("anna", "bo"))
    assert (union.differences, union.contested) == ((), ())
    assert union.report.annotation().relations == from_gold(gold).annotation().relations
