from collections.abc import Callable

import pytest

from zhibiao.checks.told import Told
from zhibiao.checks.units import check_units
from zhibiao.labels import CheckKind, Verdict

Tell = Callable[..., list[Told]]


@pytest.mark.parametrize(
    ("sentence", "row", "why"),
    [
        ("力争全社会研发经费投入达2.8%以上。", "全社会研发经费投入|2.8%以上", "a share or a rate is given"),
        ("研发强度3.9亿元。", "研发强度|3.9亿元", "CNY measures none"),
        (
            "粮食总产量比上年提高0.4个百分点。",
            "粮食总产量|0.4个百分点|up",
            "only a rate or a share changes by percentage points",
        ),
        ("研发投入占GDP比重提高0.3%。", "研发投入占GDP比重|0.3%|up", "may be meant in percentage points"),
    ],
)
def test_a_unit_that_does_not_fit_is_noted(told: Tell, sentence: str, row: str, why: str) -> None:
    (finding,) = check_units(told(sentence, row))
    assert (finding.check, finding.verdict) == (CheckKind.UNIT, Verdict.NOTE)
    assert finding.explanation.startswith(" ".join(row.split("|")[:2]))
    assert why in finding.explanation
    assert (finding.found_low, finding.unit) == (finding.fact.value_low, finding.fact.unit)


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("全社会研发经费投入12.6亿元。", "全社会研发经费投入|12.6亿元"),
        ("研发强度2.8%。", "研发强度|2.8%"),
        ("企业研发经费的四成来自两户企业。", "企业研发经费|四成"),  # a share of something
        ("研发投入合计不到全省的3%。", "研发投入|3%"),
        ("亩均增产8%。", "亩均增产|8%"),
        ("财政支出八成以上投向民生。", "财政支出|八成以上"),
        ("110家企业享受高企所得税减免。", "享受高企所得税减免|110家"),  # who, not how much
        ("地区生产总值增长5.4%。", "地区生产总值|5.4%|up"),
        ("地区生产总值高于全国0.4个百分点。", "地区生产总值|0.4个百分点|gap"),
        ("研发强度提高0.3个百分点。", "研发强度|0.3个百分点|up"),
        ("居民消费价格上涨2%。", "居民消费价格|2%|up"),
        ("高企总数居全省第3位。", "高企总数|全省第3位|rank"),
        ("新建小广场12%。", "新建小广场|12%"),  # not in the catalogue
    ],
)
def test_a_unit_that_fits_is_not(told: Tell, sentence: str, row: str) -> None:
    assert list(check_units(told(sentence, row))) == []
