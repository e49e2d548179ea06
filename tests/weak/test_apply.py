import logging
from collections.abc import Iterator

import pytest

from zhibiao.errors import MissingExtraError
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.apply import vote_on_pairs, vote_on_spans
from zhibiao.weak.functions import Cases, LabellingFunction, PairFunction, PairVote, SpanFunction, SpanVote
from zhibiao.weak.views import PairsView, ReportView, SentenceView

TEXT = "高企达125家。平台3个。"
SPANS = [LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 7, EntityLabel.AMOUNT)]


def broken(sentence: SentenceView) -> Iterator[SpanVote]:
    yield SpanVote(0, 1)
    if "平台" in sentence.text:
        raise ValueError("no platform")


def outside(_sentence: SentenceView) -> Iterator[SpanVote]:
    yield SpanVote(0, 99)


def illegal(view: PairsView) -> Iterator[PairVote]:
    yield PairVote(1, 0, RelationLabel.HAS_VALUE)


def make(vote: object, name: str = "x") -> SpanFunction:
    return SpanFunction(name, EntityLabel.ORG, vote, Cases())  # type: ignore[arg-type]


def test_a_function_that_raises_is_named_with_its_sentence_and_the_others_go_on() -> None:
    found = vote_on_spans(ReportView(TEXT), [make(broken, "bad"), make(lambda _s: [SpanVote(0, 2)], "good")])
    assert [str(fault) for fault in found.faults] == ["bad: ValueError: no platform, on: 平台3个。"]
    assert {(vote.function, vote.start) for vote in found.votes} == {("bad", 0), ("good", 0), ("good", 8)}


def test_a_vote_outside_the_sentence_is_a_fault() -> None:
    found = vote_on_spans(ReportView(TEXT), [make(outside)])
    assert found.votes == ()
    assert len(found.faults) == 2


def test_a_vote_for_an_illegal_relation_is_a_fault() -> None:
    function = PairFunction("x", frozenset(RelationLabel), illegal, Cases())
    found = vote_on_pairs(ReportView(TEXT), SPANS, [function])
    assert found.votes == ()
    assert "joins AMOUNT to METRIC" in found.faults[0].error


def test_a_function_whose_package_is_missing_abstains_with_one_message(caplog: pytest.LogCaptureFixture) -> None:
    def lacking(_sentence: SentenceView) -> Iterator[SpanVote]:
        raise MissingExtraError("pip install 'zhibiao[weak]'")

    with caplog.at_level(logging.WARNING, "zhibiao.weak.apply"):
        found = vote_on_spans(ReportView(TEXT), [make(lacking, "lacking_package")])
    assert (found.votes, found.faults) == ((), ())
    assert [record.getMessage() for record in caplog.records] == [
        "lacking_package abstains: pip install 'zhibiao[weak]'"
    ]


def test_votes_refer_to_the_report_not_to_the_sentence() -> None:
    found = vote_on_spans(ReportView(TEXT), [make(lambda _s: [SpanVote(0, 2)])])
    assert [TEXT[vote.start : vote.end] for vote in found.votes] == ["高企", "平台"]


def test_places_that_touch_no_span_may_hold_a_figure(functions: tuple[LabellingFunction, ...]) -> None:
    spans = [LabelledSpan(2, 4, EntityLabel.METRIC), LabelledSpan(4, 8, EntityLabel.AMOUNT)]
    found = vote_on_pairs(ReportView("全市高企125家。"), spans, functions)
    assert found.places == {LabelledSpan(0, 2, EntityLabel.ORG)}
    assert any(vote.label is RelationLabel.HELD_BY for vote in found.votes)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "。", "1" * 5000, "，" * 3000, "1,1," * 2000, "⟦]【（" * 500, "𠮷😀达5家。"]
)
def test_odd_texts_raise_nothing(text: str, functions: tuple[LabellingFunction, ...]) -> None:
    assert vote_on_spans(ReportView(text), functions).faults == ()


def test_a_sentence_without_what_a_function_needs_is_not_shown_to_it() -> None:
    function = SpanFunction("x", EntityLabel.ORG, lambda _s: [SpanVote(0, 2)], Cases(), needs=frozenset("台"))
    assert [vote.start for vote in vote_on_spans(ReportView(TEXT), [function]).votes] == [8]


def test_a_vote_that_is_cast_twice_counts_once() -> None:
    found = vote_on_spans(ReportView(TEXT), [make(lambda _s: [SpanVote(0, 2), SpanVote(0, 2)])])
    assert [vote.start for vote in found.votes] == [0, 8]
