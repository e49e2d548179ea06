from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.decoding import choose_relations, choose_spans

SPANS = st.dictionaries(
    st.builds(
        lambda start, length, label: LabelledSpan(start, start + length, label),
        st.integers(0, 14),
        st.integers(1, 5),
        st.sampled_from(EntityLabel),
    ),
    st.floats(0.01, 0.99),
    max_size=8,
)


def flat(spans: tuple[LabelledSpan, ...]) -> bool:
    return all(one.end <= other.start or other.end <= one.start for one, other in combinations(spans, 2))


@given(SPANS)
def test_choose_spans_finds_the_best_flat_choice(weighed: dict[LabelledSpan, float]) -> None:
    chosen = tuple(choose_spans(weighed, 0.4))
    assert flat(chosen)
    every = (some for size in range(len(weighed) + 1) for some in combinations(weighed, size))
    best = max(sum(weighed[span] - 0.4 for span in some) for some in every if flat(some))
    assert sum(weighed[span] - 0.4 for span in chosen) == pytest.approx(best)


@given(SPANS)
def test_choose_spans_is_in_text_order_and_above_the_threshold(weighed: dict[LabelledSpan, float]) -> None:
    chosen = choose_spans(weighed, 0.4)
    assert chosen == sorted(chosen)
    assert all(weighed[span] > 0.4 for span in chosen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("申请量、授权量均增长两成", 2), ("申请量高，授权量增长两成", 1), ("申请量以及授权量增长两成", 2)],
)
def test_choose_relations_gives_a_figure_several_metrics_only_in_a_list(text: str, expected: int) -> None:
    metrics = [LabelledSpan(0, 3, EntityLabel.METRIC)]
    begin = text.index("授权量")
    metrics.append(LabelledSpan(begin, begin + 3, EntityLabel.METRIC))
    figure = LabelledSpan(text.index("两成"), len(text), EntityLabel.AMOUNT)
    found = {(metric, figure): (RelationLabel.HAS_CHANGE, 0.6 + i / 10) for i, metric in enumerate(metrics)}
    chosen = choose_relations(text, found, 0.5)
    assert len(chosen) == expected
    assert (metrics[1], figure) in chosen


def test_choose_relations_leaves_out_what_is_unlikely() -> None:
    pair = (LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(2, 4, EntityLabel.AMOUNT))
    assert choose_relations("高企5家", {pair: (RelationLabel.HAS_VALUE, 0.3)}, 0.4) == {}


def test_choose_relations_keeps_metric_and_holder_of_one_figure_apart() -> None:
    metric, amount = LabelledSpan(2, 4, EntityLabel.METRIC), LabelledSpan(4, 6, EntityLabel.AMOUNT)
    holder = LabelledSpan(0, 2, EntityLabel.ORG)
    found = {(metric, amount): (RelationLabel.HAS_VALUE, 0.9), (amount, holder): (RelationLabel.HELD_BY, 0.6)}
    assert choose_relations("全市高企5家", found, 0.4) == found
