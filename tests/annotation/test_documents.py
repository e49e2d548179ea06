import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.annotation.documents import batches, cut_report, make_line
from zhibiao.annotation.suggestions import SuggestedReport, from_gold
from zhibiao.corpus.gold import GoldReport
from zhibiao.text.sentences import split_sentences

TEXTS = st.lists(
    st.sampled_from(["高企总数达125家。", "专利300件；", "一是加大投入\n", "\n\n", "  ", "𠮷林省"]),
    min_size=1,
    max_size=60,
).map("".join)


def bare(text: str) -> SuggestedReport:
    return SuggestedReport(
        report_id="t-0", origin="real", source="t.txt", part=0, header=None, text=text, spans=(), relations=()
    )


@given(TEXTS, st.integers(20, 200))
def test_documents_hold_all_text_but_outer_white_space(text: str, size: int) -> None:
    documents = cut_report(bare(text), size)
    assert "".join("".join(one.text.split()) for one in documents) == "".join(text.split())
    assert all(one.text == one.text.strip() for one in documents if len(documents) > 1)
    assert all(a.end <= b.start for a, b in pairwise(documents))


@given(TEXTS)
def test_a_document_is_too_long_only_where_one_sentence_is(text: str) -> None:
    for document in cut_report(bare(text), 40):
        assert len(document.text) <= 40 or len(split_sentences(document.text)) == 1


def test_no_sentence_span_or_relation_is_cut(make_report: Callable[..., GoldReport]) -> None:
    report = from_gold(make_report())
    documents = cut_report(report, 20)
    assert [one.text for one in documents] == ["全市高企总数达125家，增长5%。", "专利300件。\n技术合同88项。"]
    assert [(len(one.spans), len(one.relations)) for one in documents] == [(4, 3), (2, 1)]


def test_a_line_is_ascii_with_offsets_in_utf_16(make_report: Callable[..., GoldReport]) -> None:
    report = from_gold(make_report("𠮷林省⟦M1:高企⟧⟦A2:5家⟧\n====\nM1 A2 value"))
    line = make_line(cut_report(report)[0], {"issuer": "科技局"})
    record = json.loads(line)
    assert line.isascii()
    assert [(one["start_offset"], one["end_offset"]) for one in record["entities"]] == [(4, 6), (6, 8)]
    assert record["document"] == "t-0#1"


@pytest.mark.parametrize(("characters", "most", "sizes"), [(1000, 2, [2, 1]), (10, 9, [1, 1, 1]), (1000, 9, [3])])
def test_batches_are_bounded(
    make_report: Callable[..., GoldReport], characters: int, most: int, sizes: list[int]
) -> None:
    documents = [cut_report(from_gold(make_report(report_id=f"t-{i}")))[0] for i in range(3)]
    assert [len(batch) for batch in batches(documents, characters, most)] == sizes
