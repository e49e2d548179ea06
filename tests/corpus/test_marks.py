import pytest

from zhibiao.corpus.marks import read_marked
from zhibiao.errors import InputError


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("⟦M1:高企⟧⟦M1:总数⟧", "used twice"),
        ("⟦M1: 高企⟧", "begins or ends with a space"),
        ("⟦M1:⟧", "covers nothing"),
        ("高企⟧总数", "broken mark"),
        ("⟦M1:高企总数⟧达⟦A2:3家⟧\n====\nM1 A3 value", "no mark A3"),
        ("⟦M1:高企总数⟧达⟦A2:3家⟧\n====\nA2 M1 value", "cannot join"),
        ("⟦M1:高企总数⟧达⟦A2:3家⟧\n====\nM1 A2 number", "expected"),
        ("⟦M1:高企总数⟧增⟦A2:3%⟧\n====\nM1 A2 change", "a change has a direction"),
        ("⟦M1:高企总数⟧达⟦A2:3家⟧\n====\nM1 A2 value 2021年", "cannot read"),
        ("⟦M1:高企总数⟧达⟦A2:3家⟧\n====\nM1 A2 value\nM1 A2 value", "two relations"),
    ],
)
def test_read_marked_refuses(marked: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_marked(marked, where="a001.txt")


def test_read_marked_reads_normalised_figures() -> None:
    marked = "⟦M1:研发机构⟧⟦A2:0-3家⟧，居⟦R3:全省前三⟧\n====\nplan-period 2022\nM1 A2 value target new =0..3 unit:家\nM1 R3 rank #1-3 scope:全省"
    amount, rank = read_marked(marked).facts
    assert (amount.value_low, amount.value_high, amount.unit, amount.approx) == (0, 3, "家", "exact")
    assert (amount.status, amount.aspect, amount.period) == ("target", "new", "2022")
    assert (rank.rank_low, rank.rank_high, rank.rank_kind, rank.scope, rank.period) == (1, 3, "band", "全省", None)
