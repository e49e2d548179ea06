from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from zhibiao.checks.targets import check_targets
from zhibiao.checks.told import tell_all
from zhibiao.labels import Aspect, CheckKind, FactStatus, Verdict
from zhibiao.records import CheckFinding, Fact

MakeFact = Callable[..., Fact]
PLAN = "力争高企总数达到{}。"
REPORT = "全年高企总数{}。"


def pair(fact: MakeFact, target: str, actual: str, how: str = "value", **changes: object) -> list[CheckFinding]:
    """Put a target of last year's plan beside an actual; the changes are those of the actual."""
    planned = fact(PLAN.format(target), "高企总数", target, how, report_id="r0-0")
    told = fact(REPORT.format(actual), "高企总数", actual, how, **changes)
    return list(check_targets(tell_all([replace(planned, status=FactStatus.TARGET), told])))


@pytest.mark.parametrize(
    ("target", "actual", "how", "ratio"),
    [
        ("140家以上", "143家", "value", "1.0214"),
        ("140家", "125家", "value", "0.8929"),
        ("12亿元", "12.6亿元", "value", "1.05"),
        ("8%左右", "9%", "up", "1.125"),
        ("不超过5%", "4.9%", "value", "0.98"),
        ("30—35家", "33家", "value", "1.1"),
    ],
)
def test_a_target_is_paired_with_the_actual_of_its_period(
    fact: MakeFact, target: str, actual: str, how: str, ratio: str
) -> None:
    (finding,) = pair(fact, target, actual, how)
    assert (finding.check, finding.verdict, finding.ratio) == (CheckKind.ATTAINMENT, Verdict.PAIR, Decimal(ratio))
    assert finding.other is not None
    assert (finding.fact.report_id, finding.other.report_id) == ("r0-0", "r1-0")
    assert finding.explanation.startswith(f"高企总数 2021: target {target}, actual {actual}, ")


@pytest.mark.parametrize(
    ("actual", "changes"),
    [
        ("143家", {"period": "2022"}),
        ("143家", {"aspect": Aspect.NEW}),
        ("143亿元", {}),
        ("5771家", {}),  # of several years
        ("12家", {}),
    ],
)
def test_an_actual_of_another_year_aspect_unit_or_size_is_no_pair(
    fact: MakeFact, actual: str, changes: dict[str, object]
) -> None:
    assert pair(fact, "140家", actual, **changes) == []


def test_a_report_that_tells_the_actual_does_not_plan_it(fact: MakeFact) -> None:
    assert pair(fact, "140家", "125家", report_id="r0-0") == []


def test_a_report_on_two_sites_is_no_pair_with_itself(fact: MakeFact) -> None:
    words = "——主体:高企总数突破140家。"
    facts = [fact(words, "高企总数", "140家", "target", report_id="r0-0"), fact(words, "高企总数", "140家")]
    assert list(check_targets(tell_all(facts))) == []


def test_a_report_on_two_sites_gives_its_pairs_once(fact: MakeFact) -> None:
    plans = [fact(PLAN.format("140家"), "高企总数", "140家", "target", report_id=name) for name in ("r0-0", "r9-0")]
    facts = [*plans, fact(REPORT.format("143家"), "高企总数", "143家")]
    assert [finding.fact.report_id for finding in check_targets(tell_all(facts))] == ["r0-0"]


def test_of_two_targets_in_a_report_the_last_stands(fact: MakeFact) -> None:
    facts = [
        fact("全年高企总数应达130家。", "高企总数", "130家", "target", report_id="r0-0"),
        fact(PLAN.format("140家"), "高企总数", "140家", "target", report_id="r0-0", at=500),
        fact(REPORT.format("143家"), "高企总数", "143家"),
    ]
    assert [finding.fact.figure for finding in check_targets(tell_all(facts))] == ["140家"]


@pytest.mark.parametrize("sentence", ["五年来高企总数140家。", "高企总数由90家提高到140家。", "高企总数年均140家。"])
def test_a_target_for_several_years_is_not_paired(fact: MakeFact, sentence: str) -> None:
    facts = [
        fact(sentence, "高企总数", "140家", "target", report_id="r0-0"),
        fact(REPORT.format("143家"), "高企总数", "143家"),
    ]
    assert list(check_targets(tell_all(facts))) == []
