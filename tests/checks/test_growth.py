from collections.abc import Callable
from dataclasses import replace

import pytest

from zhibiao.checks.growth import check_growth, check_moves
from zhibiao.checks.told import Told, tell_all
from zhibiao.labels import CheckKind, Verdict
from zhibiao.records import Fact

Tell = Callable[..., list[Told]]


@pytest.mark.parametrize(
    ("sentence", "rows", "explanation"),
    [
        (
            "高企总数由154家增至132家。",
            ("高企总数|154家", "高企总数|132家"),
            "高企总数: said to rise from 154家 to 132家",
        ),
        ("空置率从3.1%下降到3.9%。", ("空置率|3.1%", "空置率|3.9%"), "空置率: said to fall from 3.1% to 3.9%"),
        (
            "高企总数由154家增至312家，增长98.6%。",
            ("高企总数|154家", "高企总数|312家", "高企总数|98.6%|up"),
            "高企总数: the text says 98.6%, but 154家 and 312家 give 102.6",
        ),
        (
            "高企总数由154家增至312家，增加148家。",
            ("高企总数|154家", "高企总数|312家", "高企总数|148家|up"),
            "高企总数: the text says 148家, but 154家 and 312家 give 158",
        ),
        (
            "占比由38.4%提高到46.1%，提高8.7个百分点。",
            ("占比|38.4%", "占比|46.1%", "占比|8.7个百分点|up"),
            "占比: the text says 8.7个百分点, but 38.4% and 46.1% give 7.6 to 7.8",
        ),
        (
            "收入由4120元增至13680元，增长2.9倍。",
            ("收入|4120元", "收入|13680元", "收入|2.9倍|up"),
            "收入: the text says 2.9倍, but 4120元 and 13680元 give 2.32",
        ),
        (
            "高企总数达125家，比上年增加21家，增长25%。",
            ("高企总数|125家", "高企总数|21家|up", "高企总数|25%|up"),
            "高企总数: the text says 25%, but 125家 and 21家 give 20.19",
        ),
        (
            "投诉84件，减少16件，下降21%。",
            ("投诉|84件", "投诉|16件|down", "投诉|21%|down"),
            "投诉: the text says 21%, but 84件 and 16件 give 16",
        ),
    ],
)
def test_a_move_that_does_not_fit_is_a_contradiction(
    told: Tell, sentence: str, rows: tuple[str, ...], explanation: str
) -> None:
    (finding,) = check_moves(told(sentence, *rows))
    assert (finding.check, finding.verdict) == (CheckKind.GROWTH, Verdict.CONTRADICTION)
    assert finding.explanation.startswith(explanation)


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("高企总数由154家增至312家，增长102.6%。", ("高企总数|154家", "高企总数|312家", "高企总数|102.6%|up")),
        ("高企总数由154家增至312家，增长一倍多。", ("高企总数|154家", "高企总数|312家", "高企总数|一倍多|up")),
        (
            "研发经费从30.6亿元增至36.8亿元，增长20.3%。",
            ("研发经费|30.6亿元", "研发经费|36.8亿元", "研发经费|20.3%|up"),
        ),
        ("收入由4120元增至13680元，增长2.3倍。", ("收入|4120元", "收入|13680元", "收入|2.3倍|up")),
        ("收入由4120元增至13680元，增长3.3倍。", ("收入|4120元", "收入|13680元", "收入|3.3倍|up")),
        ("占比由31%提升至54%，提高23%。", ("占比|31%", "占比|54%", "占比|23%|up")),
        ("人均GDP从5.6万元增至7.8万元，年均增长5.4%。", ("人均GDP|5.6万元", "人均GDP|7.8万元", "人均GDP|5.4%|up")),
        ("高企由154家增至312家，比上年增长12%。", ("高企|154家", "高企|312家", "高企|12%|up")),
        ("高企由154家增至312家，高于全省3%。", ("高企|154家", "高企|312家", "高企|3%|gap")),
        ("排名由369位上升到235位。", ("排名|369位", "排名|235位")),
        ("高企由150余家减至160家。", ("高企|150余家", "高企|160家")),
        ("高企由约150家减至160家。", ("高企|约150家", "高企|160家")),
        ("分别从771家、481家增加到176家、636家。", ("从|771家", "从|481家", "从|176家", "从|636家")),
        ("高企达125家，增加21家，增长20.2%。", ("高企|125家", "高企|21家|up", "高企|20.2%|up")),
        ("高企达125家，比2015年增加71家，同比增长20.2%。", ("高企|125家", "高企|71家|up", "高企|20.2%|up")),
        ("高企达125家，增加21家，完成目标的92%。", ("高企|125家", "高企|21家|up", "高企|92%|gap")),
        ("占比达41.7%，提高4.9%，增长27.4%。", ("占比|41.7%", "占比|4.9%|up", "占比|27.4%|up")),
    ],
)
def test_a_move_that_fits_or_says_something_else_is_not(told: Tell, sentence: str, rows: tuple[str, ...]) -> None:
    assert list(check_moves(told(sentence, *rows))) == []


LAST_YEAR = "2020年技术合同成交额20.2亿元。"
THIS_YEAR = "技术合同成交额24.5亿元，增长{}。"


def two_years(fact: Callable[..., Fact], growth: str, **changes: object) -> list[Told]:
    now = THIS_YEAR.format(growth)
    facts = [
        fact(LAST_YEAR, "技术合同成交额", "20.2亿元", period="2020", report_id="r0-0"),
        fact(now, "技术合同成交额", "24.5亿元"),
        fact(now, "技术合同成交额", growth, "up"),
    ]
    return tell_all([replace(facts[0], **changes), *facts[1:]])


@pytest.mark.parametrize(
    ("growth", "found"), [("21.3%", 0), ("21%", 0), ("23.1%", 1), ("超20%", 0), ("4.3亿元", 0), ("5.6亿元", 1)]
)
def test_growth_is_held_against_the_levels_of_two_years(fact: Callable[..., Fact], growth: str, found: int) -> None:
    findings = list(check_growth(two_years(fact, growth), Verdict.NOTE))
    assert len(findings) == found
    for finding in findings:
        assert finding.verdict is Verdict.NOTE
        assert finding.other is not None
        assert finding.base is not None
        assert (finding.fact.figure, finding.other.figure, finding.base.figure) == (growth, "24.5亿元", "20.2亿元")


@pytest.mark.parametrize(
    "changes", [{"period": "2019"}, {"unit": "项"}, {"metric": "年技术合同", "metric_start": 4, "metric_end": 9}]
)
def test_growth_is_not_held_against_a_level_of_something_else(
    fact: Callable[..., Fact], changes: dict[str, object]
) -> None:
    assert list(check_growth(two_years(fact, "23.1%", **changes), Verdict.NOTE)) == []


@pytest.mark.parametrize("words", ["年均增长", "环比增长", "比年初增长", "按可比价增长", "五年增长"])
def test_growth_over_another_time_or_price_is_left_out(fact: Callable[..., Fact], words: str) -> None:
    last = fact(LAST_YEAR, "技术合同成交额", "20.2亿元", period="2020")
    sentence = f"技术合同成交额24.5亿元，{words}9.9%。"
    facts = [fact(sentence, "技术合同成交额", "24.5亿元"), fact(sentence, "技术合同成交额", "9.9%", "up")]
    assert list(check_growth(tell_all([last, *facts]), Verdict.NOTE)) == []


def test_growth_of_indicators_at_constant_prices_is_left_out(fact: Callable[..., Fact]) -> None:
    last = fact("2020年地区生产总值100亿元。", "地区生产总值", "100亿元", period="2020")
    sentence = "地区生产总值126.7亿元，增长6.4%。"
    facts = [fact(sentence, "地区生产总值", "126.7亿元"), fact(sentence, "地区生产总值", "6.4%", "up")]
    assert list(check_growth(tell_all([last, *facts]), Verdict.NOTE)) == []
