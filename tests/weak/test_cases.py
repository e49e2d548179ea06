from collections.abc import Iterator

import pytest

from zhibiao.errors import CatalogError
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.weak.cases import check_cases
from zhibiao.weak.functions import Cases, PairFunction, PairVote, SpanFunction, SpanVote
from zhibiao.weak.views import PairsView, SentenceView


def first_two(_sentence: SentenceView) -> Iterator[SpanVote]:
    yield SpanVote(0, 2)


def first_pair(view: PairsView) -> Iterator[PairVote]:
    head, child = view.pairs[0]
    yield PairVote(view.number[head], view.number[child], RelationLabel.HAS_VALUE)


@pytest.mark.parametrize(
    ("cases", "problem"),
    [
        (Cases(match=("⟦全市⟧高企",)), None),
        (Cases(match=("全市⟦高企⟧",)), "voted for 全市"),
        (Cases(against=("⟦全市⟧高企",)), "voted for 全市"),
        (Cases(abstain=("全市高企",)), "voted for 全市"),
    ],
)
def test_check_cases_of_spans(cases: Cases, problem: str | None) -> None:
    found = check_cases(SpanFunction("x", EntityLabel.ORG, first_two, cases))
    assert (not found) if problem is None else problem in found[0]


@pytest.mark.parametrize(
    ("cases", "problem"),
    [
        (Cases(match=("⟦M1:高企⟧⟦A2:5家⟧ | M1 A2 value",)), None),
        (Cases(match=("⟦M1:高企⟧⟦A2:5家⟧ | M1 A2 change",)), "voted HAS_VALUE"),
        (Cases(against=("⟦M1:高企⟧⟦A2:5家⟧ | M1 A2 none",)), "voted HAS_VALUE"),
        (Cases(abstain=("⟦M1:高企⟧⟦A2:5家⟧",)), "voted HAS_VALUE"),
    ],
)
def test_check_cases_of_pairs(cases: Cases, problem: str | None) -> None:
    found = check_cases(PairFunction("x", frozenset({RelationLabel.HAS_VALUE}), first_pair, cases))
    assert (not found) if problem is None else problem in found[0]


@pytest.mark.parametrize("cases", [Cases(match=("全市高企",)), Cases(abstain=("⟦全市⟧高企",))])
def test_check_cases_refuses_marks_in_the_wrong_place(cases: Cases) -> None:
    with pytest.raises(CatalogError, match="marks"):
        check_cases(SpanFunction("x", EntityLabel.ORG, first_two, cases))


def test_check_cases_refuses_an_unknown_arc() -> None:
    cases = Cases(match=("⟦M1:高企⟧⟦A2:5家⟧ | M1 A9 value",))
    with pytest.raises(CatalogError, match="M1 A9 value"):
        check_cases(PairFunction("x", frozenset(), first_pair, cases))


def test_a_case_without_what_the_function_needs_is_told() -> None:
    function = SpanFunction("x", EntityLabel.ORG, first_two, Cases(match=("⟦全市⟧高企",)), needs=frozenset("县"))
    assert "needs" in check_cases(function)[0]
