from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.indicator_coverage import Coverage, Mention, Miss, measure_coverage

MENTIONS = [
    Mention("a", "高企总数", "家"),
    Mention("a", "新建量子驿站", "处"),
    Mention("a", "专利申请", "家"),
    Mention("a", "发明专利", "件"),
    Mention("b", "量子驿站", "处"),
    Mention("b", "量子驿站总数", "座"),
    Mention("b", "总数", "家"),
    Mention("b", "重新认定", "家"),
    Mention("c", "全市蜂群", "箱"),
    Mention("c", "高企", "家"),
]


def test_measure_coverage_counts_matches_and_says_why_the_others_are_none() -> None:
    found = measure_coverage(MENTIONS)
    assert (found.reports, found.mentions, found.matched, found.share) == (3, 10, 2, 0.2)
    assert found.indicators == {"hightech_enterprises": 2}
    assert found.missed == {Miss.UNKNOWN: 4, Miss.BARE: 2, Miss.UNIT: 1, Miss.SHARED: 1}


def test_misses_are_grouped_by_head_and_ranked_by_reports() -> None:
    first, second = measure_coverage(MENTIONS).misses
    assert (first.head, first.reports, first.mentions) == ("量子驿站", 2, 3)
    assert set(first.metrics) == {"新建量子驿站", "量子驿站", "量子驿站总数"}
    assert first.units == ("处", "座")
    assert (second.head, second.reports) == ("蜂群", 1)


def test_misses_are_no_more_than_asked_for() -> None:
    assert [one.head for one in measure_coverage(MENTIONS, limit=1).misses] == ["量子驿站"]


def test_coverage_of_nothing_has_no_share() -> None:
    assert measure_coverage([]) == Coverage(0, 0, 0, {}, {}, ())
    assert measure_coverage([]).share is None


@given(st.lists(st.sampled_from(MENTIONS)))
def test_every_mention_is_counted_once(mentions: list[Mention]) -> None:
    found = measure_coverage(mentions)
    assert found.matched + sum(found.missed.values()) == found.mentions == len(mentions)
    assert sum(one.mentions for one in found.misses) == found.missed.get(Miss.UNKNOWN, 0)
