from hypothesis import given
from hypothesis import strategies as st

from zhibiao.labels import EntityLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.views import PairsView, ReportView, iter_clauses


def test_mentions_are_counted_from_the_sentence() -> None:
    sentence = ReportView("2020年高企5家。2021年全市高企125家，居全省第2位。").sentences[1]
    assert [sentence.text[slice(*found)] for found in sentence.amounts] == ["125家"]
    assert [sentence.text[slice(*found)] for found in sentence.ranks] == ["全省第2位"]
    assert [sentence.text[slice(*found)] for found in sentence.periods] == ["2021年"]
    assert [sentence.text[span.start : span.end] for span in sentence.places] == ["全市", "全省"]


def test_pairs_are_legal_and_places_are_added_as_holders() -> None:
    sentence = ReportView("全市高企125家").sentences[0]
    view = PairsView(sentence, [LabelledSpan(2, 4, EntityLabel.METRIC), LabelledSpan(4, 8, EntityLabel.AMOUNT)])
    assert [view.words_of(holder) for holder in view.holders] == ["全市"]
    assert view.holders[0] not in view.entities
    assert {(head.label, child.label) for head, child in view.pairs} == {
        (EntityLabel.METRIC, EntityLabel.AMOUNT),
        (EntityLabel.AMOUNT, EntityLabel.ORG),
    }


def test_a_place_inside_a_span_is_no_holder() -> None:
    sentence = ReportView("居全省第2位").sentences[0]
    assert PairsView(sentence, [LabelledSpan(1, 6, EntityLabel.RANK)]).holders == ()


@given(st.text(alphabet="高企，；。\n ", max_size=30))
def test_clauses_cover_all_but_the_marks(text: str) -> None:
    kept = "".join(text[start:end] for start, end in iter_clauses(text))
    assert kept == "".join(char for char in text if char not in "，；。\n")
