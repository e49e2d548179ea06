from collections.abc import Callable

import pytest

from zhibiao.checks.completion import check_completion
from zhibiao.checks.told import Told, tell_all
from zhibiao.labels import CheckKind, Verdict
from zhibiao.records import Fact

Tell = Callable[..., list[Told]]
PLAN = "2021年技术合同成交额力争达到5亿元。"


def with_plan(fact: Callable[..., Fact], sentence: str, rate: str, how: str = "gap", **plan: object) -> list[Told]:
    fields = {"report_id": "r0-0"} | plan
    return tell_all(
        [
            fact(PLAN, "技术合同成交额", "5亿元", "target", **fields),
            fact(sentence, "技术合同成交额", "2.83亿元"),
            fact(sentence, "技术合同成交额", rate, how),
        ]
    )


@pytest.mark.parametrize(
    ("sentence", "rate", "found"),
    [
        ("技术合同成交额2.83亿元，完成年度任务的56.6%。", "56.6%", 0),
        ("技术合同成交额2.83亿元，完成年度任务的66.5%。", "66.5%", 1),
        ("技术合同成交额2.83亿元，为年度目标的六成。", "六成", 0),
        ("技术合同成交额2.83亿元，为年度目标的四成。", "四成", 1),
        ("技术合同成交额2.83亿元，增长66.5%。", "66.5%", 0),
        ("技术合同成交额2.83亿元，占全市的66.5%。", "66.5%", 0),
    ],
)
def test_a_rate_of_completion_is_held_against_the_plan(
    fact: Callable[..., Fact], sentence: str, rate: str, found: int
) -> None:
    findings = list(check_completion(with_plan(fact, sentence, rate), Verdict.NOTE))
    assert len(findings) == found
    for finding in findings:
        assert (finding.check, finding.verdict) == (CheckKind.COMPLETION, Verdict.NOTE)
        assert (finding.fact.figure, finding.other.figure, finding.base.figure) == (rate, "2.83亿元", "5亿元")
        assert finding.expected_low < finding.expected_high < 57


@pytest.mark.parametrize("plan", [{"period": "2022"}, {"holder_code": "341800"}, {"unit": "USD"}])
def test_a_plan_of_another_year_place_or_unit_is_none(fact: Callable[..., Fact], plan: dict[str, object]) -> None:
    sentence = "技术合同成交额2.83亿元，完成年度任务的66.5%。"
    assert list(check_completion(with_plan(fact, sentence, "66.5%", **plan), Verdict.NOTE)) == []


@pytest.mark.parametrize(
    ("sentence", "rows", "found"),
    [
        ("高企达97家，完成2027年目标（120家）的80.8%。", ("高企|97家", "高企|80.8%|gap"), 0),
        ("高企达97家，完成2027年目标（120家）的75.8%。", ("高企|97家", "高企|75.8%|gap"), 1),
        ("高企达97家，完成目标任务120家的75.8%。", ("高企|97家", "高企|75.8%|gap"), 1),
        ("高企达97家，完成目标（12亿元）的75.8%。", ("高企|97家", "高企|75.8%|gap"), 0),
        ("高企超过97家，完成目标（120家）的85%。", ("高企|超过97家", "高企|85%|gap"), 0),
        ("高企达97家，超额完成目标任务12.4%。", ("高企|97家", "高企|12.4%|gap"), 0),
    ],
)
def test_a_target_in_the_words_of_the_rate_is_read(
    told: Tell, sentence: str, rows: tuple[str, ...], found: int
) -> None:
    assert len(list(check_completion(told(sentence, *rows), Verdict.CONTRADICTION))) == found


@pytest.mark.parametrize(("rate", "found"), [("20%", 0), ("12%", 1)])
def test_what_lies_above_a_target_counts_from_it(fact: Callable[..., Fact], rate: str, found: int) -> None:
    sentence = f"技术合同成交额6.02亿元，超额完成年度任务{rate}。"
    facts = [
        fact(PLAN, "技术合同成交额", "5亿元", "target"),
        fact(sentence, "技术合同成交额", "6.02亿元"),
        fact(sentence, "技术合同成交额", rate, "gap"),
    ]
    assert len(list(check_completion(tell_all(facts), Verdict.NOTE))) == found
