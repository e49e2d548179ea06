import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.apply import CastPair, CastSpan
from zhibiao.weak.table import AGAINST, EXACT, OVERLAPS, SAME_END, SAME_START, tabulate_pairs, tabulate_spans

COLUMNS = {EntityLabel.ORG: ["a", "b"]}


def cast(function: str, start: int, end: int, against: bool = False) -> CastSpan:
    return CastSpan(function, EntityLabel.ORG, start, end, against)


def test_tabulate_spans_says_how_each_vote_meets_each_item() -> None:
    votes = [cast("a", 4, 8), cast("b", 4, 6), cast("b", 6, 8), cast("b", 7, 9), cast("b", 20, 21)]
    table = tabulate_spans(votes, COLUMNS)["ORG"]
    codes = {(s.start, s.end): row.tolist() for s, row in zip(table.spans, table.votes.codes, strict=True)}
    assert codes[4, 8] == [EXACT, SAME_START]
    assert codes[4, 6] == [SAME_START, EXACT]
    assert codes[6, 8] == [SAME_END, EXACT]
    assert codes[7, 9] == [OVERLAPS, EXACT]
    assert codes[20, 21] == [0, EXACT]


def test_a_vote_against_meets_what_lies_inside_it_and_makes_no_item() -> None:
    table = tabulate_spans([cast("a", 4, 6), cast("b", 3, 8, True), cast("b", 5, 6, True)], COLUMNS)["ORG"]
    assert [(span.start, span.end) for span in table.spans] == [(4, 6)]
    assert table.votes.codes.tolist() == [[EXACT, AGAINST]]
    assert tabulate_spans([cast("b", 3, 8, True)], COLUMNS)["ORG"].spans == ()


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.integers(1, 9), st.booleans()), max_size=25))
def test_tabulate_spans_codes_agree_with_the_votes(raw: list[tuple[str, int, int, bool]]) -> None:
    votes = [cast(name, start, start + length, against) for name, start, length, against in raw]
    table = tabulate_spans(votes, COLUMNS)["ORG"]
    for span, row in zip(table.spans, table.votes.codes, strict=True):
        for name, code in zip("ab", row, strict=True):
            own = [v for v in votes if v.function == name and not v.against]
            assert (code == EXACT) == any((v.start, v.end) == (span.start, span.end) for v in own)
            assert code != 0 or not any(v.start < span.end and span.start < v.end for v in own)


def test_tabulate_pairs_keeps_pairs_that_someone_relates() -> None:
    metric, amount = LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 5, EntityLabel.AMOUNT)
    other = LabelledSpan(8, 9, EntityLabel.AMOUNT)
    votes = [CastPair("a", metric, amount, RelationLabel.HAS_CHANGE), CastPair("b", metric, other, None)]
    table = tabulate_pairs(votes, ["a", "b"])["METRIC-AMOUNT"]
    assert table.pairs == ((metric, amount),)
    assert table.votes.labels[table.votes.speaks[table.votes.codes[0, 0]]] is RelationLabel.HAS_CHANGE


def test_without_silences_one_function() -> None:
    table = tabulate_spans([cast("a", 0, 2), cast("b", 0, 2)], COLUMNS)["ORG"].votes
    assert table.without("a").codes.tolist() == [[0, EXACT]]
    assert table.codes.tolist() == [[EXACT, EXACT]]


def test_joined_stacks_the_items() -> None:
    table = tabulate_spans([cast("a", 0, 2)], COLUMNS)["ORG"].votes
    assert np.array_equal(table.joined([table]).codes, [[EXACT, 0], [EXACT, 0]])
