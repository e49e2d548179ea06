import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.intervals import compare_reports, enough, f1_interval

REPORTS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 10), st.integers(0, 10)).map(
        lambda drawn: Counts(drawn[0], drawn[0] + drawn[1], drawn[0] + drawn[2])
    ),
    min_size=1,
    max_size=12,
)


@given(REPORTS)
def test_an_interval_lies_within_zero_and_one(reports: list[Counts]) -> None:
    interval = f1_interval(reports, samples=200)
    assert (interval is None) == (not enough(reports))
    if interval is not None:
        assert 0 <= interval.low <= interval.high <= 1


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    # Reports drawn from a population whose micro F1 is known: 40 reports each, 150 trials.
    rng = np.random.default_rng(0)
    rates = rng.beta(8, 2, size=4000)
    truth = rates.mean()
    covered = 0
    for trial in range(150):
        drawn = rng.choice(rates, size=40)
        reports = [Counts(int(rng.binomial(30, rate)), 30, 30) for rate in drawn]
        interval = f1_interval(reports, samples=400, seed=trial)
        assert interval is not None
        covered += interval.low <= truth <= interval.high
    assert 0.86 <= covered / 150 <= 0.99


def test_the_same_seed_gives_the_same_interval() -> None:
    reports = [Counts(n, 10, 12) for n in range(10)]
    assert f1_interval(reports, seed=3) == f1_interval(reports, seed=3)
    assert f1_interval(reports, seed=3) != f1_interval(reports, seed=4)


@pytest.mark.parametrize("reports", [[Counts(90, 100, 100)] * 5, [Counts(1, 2, 2)] * 9, []])
def test_too_few_reports_or_items_give_no_interval(reports: list[Counts]) -> None:
    assert f1_interval(reports) is None


def test_a_system_compared_with_itself_differs_in_nothing() -> None:
    reports = [Counts(n, 10, 12) for n in range(10)]
    comparison = compare_reports(reports, reports)
    assert comparison is not None
    assert comparison.difference == 0
    assert comparison.p_value == 1


def test_a_clear_difference_is_significant_and_has_its_sign() -> None:
    first = [Counts(5 + n % 3, 10, 10) for n in range(12)]
    second = [Counts(8 + n % 2, 10, 10) for n in range(12)]
    there, back = compare_reports(first, second), compare_reports(second, first)
    assert there is not None and back is not None
    assert there.interval is not None and there.p_value is not None
    assert there.difference == -back.difference > 0
    assert there.interval.low > 0
    assert there.p_value < 0.01


def test_noise_between_equal_systems_is_rarely_significant() -> None:
    rng = np.random.default_rng(1)
    significant = 0
    for trial in range(60):
        first, second = ([Counts(int(matched), 20, 20) for matched in rng.binomial(20, 0.8, size=12)] for _ in range(2))
        comparison = compare_reports(first, second, samples=50, rounds=300, seed=trial)
        assert comparison is not None and comparison.p_value is not None
        significant += comparison.p_value < 0.05
    assert significant <= 9


def test_too_few_reports_leave_only_the_difference() -> None:
    comparison = compare_reports([Counts(5, 10, 10)] * 3, [Counts(9, 10, 10)] * 3)
    assert comparison is not None
    assert (comparison.interval, comparison.p_value) == (None, None)
    assert comparison.difference == pytest.approx(0.4)


def test_systems_without_anything_cannot_be_compared() -> None:
    assert compare_reports([Counts(0, 0, 0)] * 8, [Counts(0, 0, 0)] * 8) is None


def test_the_micro_average_weighs_reports_by_size() -> None:
    assert total([Counts(9, 10, 10), Counts(0, 90, 90)]).f1 == pytest.approx(0.09)
