from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from zhibiao.checks.told import Told, bring_to_form, name_year, tell_all, year_before
from zhibiao.records import Fact

Tell = Callable[..., list[Told]]


@pytest.mark.parametrize(
    ("sentence", "metric", "figure"),
    [
        ("高企总数由154家增至312家。", "高企总数", "154家"),
        ("人均GDP从2020年的5.2万元提高到2025年的7.4万元。", "人均GDP", "5.2万元"),
        ("地区总部、外资研发中心分别从771家、481家增加到1076家、636家。", "外资研发中心", "481家"),
        ("常住人口由上年729万人增加到732万人。", "常住人口", "729万人"),
        ("城镇登记失业率由3.9%下降为3.2%。", "城镇登记失业率", "3.9%"),
    ],
)
def test_the_first_value_of_a_move_is_left_behind(told: Tell, sentence: str, metric: str, figure: str) -> None:
    assert told(sentence, f"{metric}|{figure}")[0].is_left_behind


@pytest.mark.parametrize(
    ("sentence", "metric", "figure"),
    [
        ("高企总数由154家增至312家。", "高企总数", "312家"),
        ("高企总数达125家，总产值增至30亿元。", "高企总数", "125家"),
        ("从业人员125人，培训增加到150人次。", "从业人员", "125人"),
        ("由县科技局评定的企业达12家，奖励提高到5万元。", "企业", "12家"),
    ],
)
def test_other_values_are_not(told: Tell, sentence: str, metric: str, figure: str) -> None:
    assert not told(sentence, f"{metric}|{figure}")[0].is_left_behind


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("五年来，城镇新增就业124万人。", True),
        ("“十四五”期间，城镇新增就业124万人。", True),
        ("城镇新增就业年均24万人。", True),
        ("近3年城镇新增就业66万人。", True),
        ("2021年，城镇新增就业22.9万人。", False),
        ("二〇一二年，城镇新增就业22.9万人。", False),
        ("三年级扩招，城镇新增就业22.9万人。", False),
    ],
)
def test_words_for_several_years_are_seen(told: Tell, sentence: str, spans: bool) -> None:
    figure = sentence.removesuffix("。").rpartition("就业")[2].removeprefix("年均")
    assert told(sentence, f"城镇新增就业|{figure}")[0].spans_years is spans


def test_the_start_of_the_sentence_is_found_in_its_report(told: Tell) -> None:
    both = told("高企12家，科技型企业12家。", "高企|12家", at=700)
    assert (both[0].start, both[0].left) == (700, "高企")


def test_of_two_places_in_the_sentence_the_one_that_fits_the_offsets_is_taken(fact: Callable[..., Fact]) -> None:
    sentence = "高企12家，其中规上高企12家。"
    first = fact(sentence, "高企", "12家")
    second = replace(first, metric_start=10, metric_end=12, figure_start=12, figure_end=15)
    assert [told.left for told in tell_all([first, second])] == ["高企", "高企12家，其中规上高企"]


@pytest.mark.parametrize(
    "changes",
    [
        {"value_low": None, "value_high": None},
        {"value_low": Decimal("1E+999999")},
        {"sentence": "另一句话。"},
        {"metric_start": 3, "metric_end": 5},
    ],
)
def test_what_has_no_number_or_no_place_is_left_out(fact: Callable[..., Fact], changes: dict[str, object]) -> None:
    assert tell_all([replace(fact("高企12家。", "高企", "12家"), **changes)]) == []


def test_a_rank_from_the_bottom_has_no_number_to_compare(fact: Callable[..., Fact]) -> None:
    sentence = "专利授权量居全省第6位，发明专利居全省倒数第6位。"
    ranks = [fact(sentence, "专利授权量", "全省第6位", "rank"), fact(sentence, "发明专利", "全省倒数第6位", "rank")]
    assert [told.written.low for told in tell_all(ranks)] == [Decimal(6)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("高新技术企业总数", "高企数量", True),
        ("新认定高新技术企业", "高企", True),
        ("全社会研发经费投入", "研发投入", True),
        ("高新技术企业", "科技型中小企业", False),
        ("市级工程技术研究中心", "省级工程技术研究中心", False),
    ],
)
def test_wordings_of_one_thing_have_one_form(one: str, other: str, same: bool) -> None:
    assert (bring_to_form(one) == bring_to_form(other)) is same


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2021", "2021"),
        ("2021-12", "2021"),
        ("2021-01/12", "2021"),
        ("2021-06-30", "2021-06-30"),
        ("2016/2020", "2016/2020"),
    ],
)
def test_name_year(period: str, year: str) -> None:
    assert name_year(period) == year


@pytest.mark.parametrize(("period", "before"), [("2016/2020", "2015/2019"), ("2021-06-30", "2020-06-30")])
def test_year_before(period: str, before: str) -> None:
    assert year_before(period) == before
