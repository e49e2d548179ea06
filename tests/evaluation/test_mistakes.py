from collections.abc import Callable

import pytest

from zhibiao.corpus.gold import GoldReport
from zhibiao.evaluation.mistakes import confuse_labels, count_mistakes, find_mistakes
from zhibiao.evaluation.outcomes import compare
from zhibiao.evaluation.systems import load_system

GOLD = "2021年，⟦O1:浙江大学⟧⟦M2:高企总数⟧达⟦A3:125家⟧，⟦M4:授权量⟧⟦A5:9件⟧。\n====\nperiod 2021\nM2 A3 value =125 unit:家\nM4 A5 value\nA3 O1 held"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", set()),
        ("⟦O1:浙江大学⟧", "浙江大学", {("missed", "ORG"), ("link without its span", "HELD_BY")}),
        ("达⟦A3", "⟦R9:达⟧⟦A3", {("spurious", "RANK")}),
        ("⟦M2:高企总数⟧", "高企⟦M2:总数⟧", {("boundary left", "METRIC"), ("link with a moved span", "HAS_VALUE")}),
        ("⟦M2:高企总数⟧", "⟦M2:高企⟧总数", {("boundary right", "METRIC"), ("link with a moved span", "HAS_VALUE")}),
        (
            "⟦M2:高企总数⟧",
            "高⟦M2:企总⟧数",
            {("boundary left and right", "METRIC"), ("link with a moved span", "HAS_VALUE")},
        ),
        ("⟦A3:125家⟧", "⟦R3:125家⟧", {("wrong label", "AMOUNT"), ("wrong link", "HAS_VALUE")}),
        ("\nM4 A5 value", "\nM2 A5 value", {("wrong link", "HAS_VALUE")}),
        ("\nM4 A5 value", "\nM4 A5 change up", {("wrong link", "HAS_VALUE")}),
        ("\nM4 A5 value", "", {("missed link", "HAS_VALUE")}),
        ("A3 O1 held", "A3 O1 held\nA5 O1 held", {("spurious link", "HELD_BY"), ("wrong holder", "value")}),
    ],
)
def test_a_disagreement_has_its_kind(
    gold_of: Callable[..., GoldReport],
    annotator: Callable[..., str],
    before: str,
    after: str,
    expected: set[tuple[str, str]],
) -> None:
    gold, copy = gold_of(GOLD), GOLD.replace(before, after, 1)
    if "O1:" not in copy:
        copy = copy.replace("\nA3 O1 held", "")
    if "R3" in copy:
        copy = copy.replace("M2 A3 value =125 unit:家", "M2 R3 rank #1").replace("A3 O1", "R3 O1")
    (one,) = compare(load_system(annotator(copy), [gold]), [gold])
    found = {(kind, label) for kind, label, _ in count_mistakes(find_mistakes(one))}
    assert expected <= found
    assert bool(found) == bool(expected)


def test_a_wrong_link_is_one_mistake(gold_of: Callable[..., GoldReport], annotator: Callable[..., str]) -> None:
    gold = gold_of(GOLD)
    (one,) = compare(load_system(annotator(GOLD.replace("M4 A5", "M2 A5")), [gold]), [gold])
    (mistake,) = find_mistakes(one)
    assert mistake.reference is not None and mistake.predicted is not None
    assert (mistake.reference.text, mistake.predicted.text) == ("授权量 → 9件", "高企总数 → 9件")


def test_the_rows_of_the_confusion_add_up_to_the_gold(
    gold_of: Callable[..., GoldReport], annotator: Callable[..., str]
) -> None:
    gold = gold_of(GOLD)
    compared = compare(
        load_system(annotator(GOLD.replace("⟦O1:浙江大学⟧", "⟦M1:浙江大学⟧").replace("\nA3 O1 held", "")), [gold]),
        [gold],
    )
    table = confuse_labels(compared)
    assert table["ORG"] == {"ORG": 0, "METRIC": 1, "AMOUNT": 0, "RANK": 0, "nothing": 0}
    assert {label: sum(row.values()) for label, row in table.items()} == {
        "ORG": 1,
        "METRIC": 2,
        "AMOUNT": 2,
        "RANK": 0,
        "nothing": 0,
    }
