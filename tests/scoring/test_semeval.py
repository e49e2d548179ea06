from time import process_time

import pytest

from zhibiao.corpus.marks import read_marked
from zhibiao.labels import EntityLabel
from zhibiao.records import Entity
from zhibiao.scoring.semeval import Scheme, SchemeScore, scheme_scores


@pytest.mark.parametrize(
    ("reference", "predicted", "strict", "exact", "partial", "of_type"),
    [
        ("⟦M1:高企总数⟧达⟦A2:125家⟧", "⟦M1:高企总数⟧达⟦A2:125家⟧", 1, 1, 1, 1),
        ("⟦M1:高企总数⟧达125家", "高企⟦M1:总数⟧达125家", 0, 0, 0.5, 1),
        ("居⟦R1:全省第3位⟧", "居⟦A1:全省第3位⟧", 0, 1, 1, 0),
        ("居⟦R1:全省第3位⟧", "居⟦O1:全省⟧⟦R2:第3位⟧", 0, 0, 1 / 3, 0),
        ("⟦M1:高企⟧、⟦M2:科小⟧达125家", "⟦M1:高企、科小⟧达125家", 0, 0, 1 / 3, 2 / 3),
        ("⟦M1:发明专利申请量⟧和⟦M2:授权量增速⟧", "发明专利申请⟦M1:量和授权⟧量⟦M2:增速⟧", 0, 0, 0.5, 0.5),
        ("⟦M1:高企总数⟧达125家", "高企总数达⟦A1:125家⟧", 0, 0, 0, 0),
        ("⟦M1:高企总数⟧达125家", "高企总数达125家", 0, 0, 0, 0),
        ("高企总数达125家", "高企总数达125家", None, None, None, None),
    ],
)
def test_the_schemes_count(
    reference: str,
    predicted: str,
    strict: float | None,
    exact: float | None,
    partial: float | None,
    of_type: float | None,
) -> None:
    scores = scheme_scores([read_marked(reference).entities], [read_marked(predicted).entities])
    assert [scores[scheme].f1 for scheme in Scheme] == [strict, exact, partial, of_type]


def test_a_reference_span_given_twice_is_not_found_twice() -> None:
    twice, once = (
        [Entity(n, EntityLabel.METRIC, 0, 4, "高企总数") for n in (0, 1)],
        [Entity(0, EntityLabel.METRIC, 0, 4, "")],
    )
    assert scheme_scores([twice], [once])[Scheme.STRICT] == SchemeScore(1.0, 0.5, 2 / 3)


def test_texts_do_not_touch_each_other() -> None:
    one, other = [read_marked(text).entities for text in ("⟦M1:高企⟧总数", "⟦M1:高企⟧总数")]
    assert scheme_scores([one, ()], [(), other])[Scheme.TYPE] == SchemeScore(0.0, 0.0, 0.0)


def test_time_grows_with_the_number_of_spans() -> None:
    size = 30_000
    reference = [Entity(n, EntityLabel.METRIC, 10 * n, 10 * n + 6, "") for n in range(size)]
    predicted = [Entity(n, EntityLabel.METRIC, 10 * n + 3, 10 * n + 9, "") for n in range(size)]
    start = process_time()
    scores = scheme_scores([reference], [predicted])
    assert scores[Scheme.TYPE].f1 == 1.0
    assert process_time() - start < 5  # 0.3 s; looking through all spans for each takes a minute
