import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.indicator_search import rank_candidates
from zhibiao.catalog.indicator_table import Indicator, load_indicators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("企业研发费用加计扣除优惠", "super_deduction_amount"),
        ("科技特派员队伍人数", "sci_tech_commissioners"),
        ("R&D intensity", "rd_intensity"),
        ("gazelle", "gazelle_enterprises"),
        ("tech_contract_value", "tech_contract_value"),
        ("技术合同成交", "tech_contract_value"),
    ],
)
def test_rank_candidates_puts_the_likest_first(text: str, expected: str) -> None:
    assert rank_candidates(text, 3)[0].indicator.id == expected


@pytest.mark.parametrize("one", load_indicators()[::20], ids=lambda one: one.id)
def test_an_indicator_is_found_by_its_own_names(one: Indicator) -> None:
    for name in (one.name_zh, one.id):
        best = rank_candidates(name, 1)[0]
        assert (best.indicator, pytest.approx(best.similarity)) == (one, 1)


@given(st.text(max_size=20), st.integers(0, 8))
def test_rank_candidates_gives_each_indicator_once_in_falling_order(text: str, limit: int) -> None:
    found = rank_candidates(text, limit)
    assert len({one.indicator.id for one in found}) == len(found) <= limit
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)
    assert all(0 < one.similarity <= 1.0001 for one in found)
