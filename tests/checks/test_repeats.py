import re
from collections.abc import Callable

import pytest

from zhibiao.checks.repeats import check_repeats
from zhibiao.checks.told import tell_all
from zhibiao.labels import Aspect, CheckKind, FactStatus, Verdict
from zhibiao.records import CheckFinding, Fact

MakeFact = Callable[..., Fact]


def compare(fact: MakeFact, metric: str, *figures: str, how: str = "value", **changes: object) -> list[CheckFinding]:
    """Tell figures of one metric, each in a sentence of its own; the changes are those of the last."""
    facts = [
        fact(f"{place}是{metric}为{figure}。", metric, figure, how, at=place * 100, **(changes if place else {}))
        for place, figure in enumerate(figures)
    ]
    return list(check_repeats(tell_all(facts), Verdict.CONTRADICTION))


@pytest.mark.parametrize(
    ("first", "again", "how", "why"),
    [
        ("125家", "126家", "value", "the figures differ"),
        ("12.5%", "12.8%", "up", "the figures differ"),
        ("5.3%", "5.6%", "up", "the figures differ"),
        ("46.8%", "47.1%", "value", "the figures differ"),
        ("全省第3位", "全省第5位", "rank", "the figures differ"),
        ("5.67万亿元", "5.67亿元", "value", "the same digits at another magnitude"),
        ("125家", "152家", "value", "the same digits in another order"),
    ],
)
def test_a_figure_told_twice_has_to_agree(fact: MakeFact, first: str, again: str, how: str, why: str) -> None:
    (finding,) = compare(fact, "高企总数", first, again, how=how)
    assert (finding.check, finding.verdict) == (CheckKind.REPEAT, Verdict.CONTRADICTION)
    assert finding.explanation == f"高企总数: told as {first} and as {again} for 2021; {why}"
    assert finding.other is not None
    assert (finding.fact.figure, finding.other.figure) == (first, again)


@pytest.mark.parametrize(
    ("first", "again"),
    [("125家", "125家"), ("120余家", "125家"), ("突破120家", "125家"), ("约120家", "125家"), ("5.67亿元", "56708万元"),
     ("22.89万人", "124.27万人"), ("12家", "21家"), ("0家", "1家")],
)  # fmt: skip
def test_figures_that_agree_or_are_of_two_things_are_none(fact: MakeFact, first: str, again: str) -> None:
    assert compare(fact, "高企总数", first, again) == []


@pytest.mark.parametrize(
    "changes",
    [{"period": "2020"}, {"period": None}, {"holder": "宣城市"}, {"status": FactStatus.TARGET}, {"aspect": Aspect.NEW}],
)
def test_another_year_place_status_or_aspect_is_another_figure(fact: MakeFact, changes: dict[str, object]) -> None:
    assert compare(fact, "高企总数", "125家", "126家", **changes) == []


def test_a_rank_in_another_order_is_another_figure(fact: MakeFact) -> None:
    assert compare(fact, "高企总数", "全省第3位", "全市第1位", how="rank") == []


@pytest.mark.parametrize(
    "sentences",
    [
        ("高企总数确保125家、冲刺126家。",),
        ("高企总数由125家增至126家。",),
        ("高企总数125家。", "五年来高企总数126家。"),
        ("高企总数增长12.5%。", "高企总数年均增长12.6%。"),
        ("高企总数增长12.5%。", "高企总数环比增长12.6%。"),
        ("高企总数居全省第3位。", "高企总数增幅全省第1位。"),
    ],
)
def test_words_that_make_another_figure_of_it_are_heeded(fact: MakeFact, sentences: tuple[str, ...]) -> None:
    facts = []
    for place, sentence in enumerate(sentences):
        for figure in re.findall(r"[\d.]+[家%]|全省第\d位", sentence):
            how = "rank" if "位" in figure else "up" if "%" in figure else "value"
            facts.append(fact(sentence, "高企总数", figure, how, at=place * 100))
    assert list(check_repeats(tell_all(facts), Verdict.CONTRADICTION)) == []


def test_a_difference_is_found_once_however_often_it_is_told(fact: MakeFact) -> None:
    found = compare(fact, "高企总数", "125家", "126家", "125家", "126家", "127家")
    assert [finding.other.figure for finding in found if finding.other] == ["126家", "127家"]


def test_later_figures_are_held_against_the_first_exact_one(fact: MakeFact) -> None:
    found = compare(fact, "高企总数", "突破120家", "125家", "126家")
    assert [(finding.fact.figure, finding.other.figure) for finding in found if finding.other] == [("125家", "126家")]
