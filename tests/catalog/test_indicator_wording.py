import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.indicator_table import load_indicators
from zhibiao.catalog.indicator_wording import core_of, head_of, is_bare, normalise_wording, peel_wording, stem_of

WORDINGS = [wording for one in load_indicators() for wording in one.wordings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("R&D经费支出占地区生产总值的比重", "研发投入占GDP比例"),
        ("研究与试验发展（R&D）经费内部支出", "研发费用"),
        ("国家高新技术企业", "高企"),
        ("规模以上工业企业主营业务收入", "规上工业企业营业收入"),
        ("研发投入仅占生产总值", "研发投入占地区生产总值的比重"),
        ("“专精特新”企业", "专精特新企业"),
        ("科技小巨人企业（含培育）", "科技小巨人企业"),
        ("省科技进步奖二等奖", "省科技进步奖"),
        ("万人发明专利拥有量", "每万人口发明专利拥有量"),
        ("自治区级众创空间", "省级众创空间"),
    ],
)
def test_normalise_wording_brings_wordings_of_one_thing_to_one_form(one: str, other: str) -> None:
    assert normalise_wording(one) == normalise_wording(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("专利申请量", "专利授权量"),
        ("高新技术产业产值", "高技术产业产值"),
        ("省级重点实验室", "市级重点实验室"),
        ("研发投入", "研发投入强度"),
        ("占地面积", "占地"),
    ],
)
def test_normalise_wording_keeps_different_things_apart(one: str, other: str) -> None:
    assert normalise_wording(one) != normalise_wording(other)


@given(st.sampled_from(WORDINGS))
def test_normalise_wording_is_idempotent(wording: str) -> None:
    once = normalise_wording(wording)
    assert normalise_wording(once) == once


@given(st.text(max_size=30) | st.sampled_from(WORDINGS))
def test_peel_wording_begins_with_the_form_and_gets_ever_less_sure(text: str) -> None:
    forms, scores = zip(*peel_wording(text), strict=True)
    assert (forms[0], scores[0]) == (text, 1.0)
    assert list(scores) == sorted(scores, reverse=True)
    assert len(set(forms)) == len(forms)
    assert all(form in text and len(form) >= 2 for form in forms[1:])


@given(st.text(alphabet="高企总数家量额新增", max_size=12))
def test_stem_and_core_only_take_away(text: str) -> None:
    assert text.startswith(stem_of(text))
    assert set(core_of(text)) <= set(text)


@pytest.mark.parametrize(
    ("metric", "head"),
    [
        ("今年以来全市新建科普驿站总数", "科普驿站"),
        ("宁国市科普驿站", "科普驿站"),
        ("新能源汽车产量", "新能源汽车产量"),
        ("家数", "家数"),
        ("", ""),
    ],
)
def test_head_of_is_what_is_counted(metric: str, head: str) -> None:
    assert head_of(metric) == head


@pytest.mark.parametrize(
    ("metric", "bare"),
    [
        ("占全市的比重", True),
        ("年末总数", True),
        ("通过复审", True),
        ("", True),
        ("科普驿站", False),
        ("占地面积", True),
    ],
)
def test_is_bare_tells_words_that_name_nothing_by_themselves(metric: str, bare: bool) -> None:
    assert is_bare(metric) is bare
