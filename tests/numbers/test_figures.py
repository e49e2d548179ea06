from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.labels import Approx
from zhibiao.numbers.amounts import find_amounts, parse_amount
from zhibiao.numbers.dates import find_periods
from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.ranks import find_ranks, parse_rank

PIECES = [
    *"0123456789０９.,-—~～+/%‰:：、，。；！（）()“”《》〔〕\n 　",
    *"零〇一二两三四五六七八九十百千万亿几数半第前后末首约近超逾余多来至到由从达增年月日时点分上下历史新高最好并列",
    *(
        "不少于",
        "不低于",
        "以上",
        "以内",
        "左右",
        "个百分点",
        "万元",
        "亿元",
        "家",
        "项",
        "个",
        "人次",
        "平方公里",
        "倍",
        "成",
        "番",
    ),
    *(
        "全省",
        "全国",
        "宣城市",
        "15个副省级城市",
        "排名",
        "位居",
        "位",
        "名",
        "倒数第",
        "前列",
        "首位",
        "方面",
        "指标",
        "20××",
        "2021",
        "十四五",
        "截至",
    ),
    *(
        "G60",
        "1+N",
        "PM",
        "高新技术企业",
        "增长",
        "分别",
        "百分之",
        "分之",
        "两位数",
        "一半",
        "创",
        "之最",
        "以来",
        "有统计",
        "R&D",
    ),
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
any_text = st.one_of(texts, st.text(max_size=60))


def all_spans(text):
    figures = find_figures(text, year=2022)
    return sorted(
        (found.start, found.end) for found in (*figures.amounts, *figures.ranks, *figures.periods, *figures.traps)
    )


@given(any_text)
def test_mentions_lie_within_the_text_flat_and_not_empty(text):
    spans = all_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(any_text)
def test_figures_have_no_space_or_stop_at_their_edges(text):
    figures = find_figures(text)
    for found in (*figures.amounts, *figures.ranks):
        span = text[found.start : found.end]
        assert span == span.strip()
        assert span[0] not in "，。；、！：,.;:"
        assert span[-1] not in "，。；、！：,.;:"


@given(any_text)
def test_a_found_amount_reads_alike_alone(text):
    for found in find_figures(text).amounts:
        alone = parse_amount(text[found.start : found.end])
        assert alone is not None
        if alone.unit is None and found.quantity.unit is not None:
            # A unit shared along a list (3、2和5家) stands outside the span.
            continue
        assert alone == found.quantity


@given(any_text)
def test_a_found_amount_has_a_number_that_can_be_reckoned_with(text):
    for found in find_figures(text).amounts:
        low, high = found.quantity.low, found.quantity.high
        assert all(side is None or side.is_finite() for side in (low, high))
        assert low is None or high is None or low <= high
        assert found.quantity.approx is not Approx.MORE or high is None
        assert found.quantity.approx is not Approx.LESS or low is None


@given(any_text)
def test_a_found_rank_reads_alike_alone(text):
    for found in find_figures(text).ranks:
        assert parse_rank(text[found.start : found.end]) == found.rank


@given(texts)
def test_the_single_finders_give_what_the_one_pass_gives(text):
    figures = find_figures(text, year=2022)
    assert find_amounts(text) == list(figures.amounts)
    assert find_ranks(text) == list(figures.ranks)
    assert find_periods(text, year=2022) == list(figures.periods)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20000,
        "一" * 20000,
        "第1" * 10000,
        "百" * 20000,
        "1," * 10000,
        "（" * 20000,
        "“" * 20000,
        "全省" * 10000 + "第1",
    ],
)
def test_long_texts_of_the_worst_kind_come_to_an_end(text):
    # Linear work on 20,000 characters of the worst kind stays below a second; quadratic work would hold the run up.
    found = find_figures(text)
    assert all(mention.end <= len(text) for kind in (found.amounts, found.ranks) for mention in kind)


def test_scope_that_holds_a_count_is_one_rank():
    figures = find_figures("均位居15个副省级城市第一,分别增长5%。")
    assert len(figures.amounts) == 1
    assert len(figures.ranks) == 1


@pytest.mark.parametrize("name", ["000_1d018a89c7aa15cc.txt", "003_bbaa06e7afcfcd41.txt", "004_436b926cad533c7a.txt"])
def test_real_reports_give_figures(name):
    text = (Path(__file__).parents[2] / "corpus" / "raw" / name).read_text(encoding="utf-8")
    figures = find_figures(text, year=2021)
    assert len(figures.amounts) >= 15
    assert len(figures.ranks) >= 2
