from collections.abc import Callable
from pathlib import Path

import pytest

from zhibiao.corpus.gold import GoldReport, make_gold, make_header
from zhibiao.errors import InputError
from zhibiao.pipes.document import blank_pipeline
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.functions import LabellingFunction
from zhibiao.weak.labelling import VotedReport, fit_labeller
from zhibiao.weak.silver import SilverReport, make_silver, make_silver_doc, read_silver, write_silver

TEXT = "全市高企总数达125家，同比增长12.5%。天气晴好，花开满园。支持中鼎入驻临港。"


@pytest.fixture
def silver(
    read_voted: Callable[[str], VotedReport],
    gold_reports: list[VotedReport],
    functions: tuple[LabellingFunction, ...],
) -> SilverReport:
    voted = read_voted(TEXT)
    labeller = fit_labeller([*gold_reports, voted], functions, Aggregation.GENERATIVE)
    return make_silver("r-0", voted, labeller.label(voted), Aggregation.GENERATIVE, source="a.txt", part=0)


def test_silver_is_read_back_as_it_was_written(silver: SilverReport, tmp_path: Path) -> None:
    path = write_silver([silver, silver], tmp_path / "silver.jsonl")
    assert list(read_silver(path)) == [silver, silver]


def test_silver_says_who_reports_on_what_as_gold_does(
    read_voted: Callable[[str], VotedReport], gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]
) -> None:
    text = f"宁国市科技局2021年工作总结\n{TEXT}"
    report = make_text_report(text, report_id="r-0", source="a.txt")
    voted = read_voted(report.text)
    labelled = fit_labeller(gold_reports, functions, Aggregation.MAJORITY).label(voted)
    header = make_header(report)
    found = make_silver("r-0", voted, labelled, Aggregation.MAJORITY, source="a.txt", part=0, header=header)
    gold = make_gold(report, report_id="r-0", origin="real", annotation=Annotation((), ()), facts=())
    assert found.header == header == gold.header
    assert found.report() == gold.report()
    assert found.report().issuer == "宁国市科技局"


def test_silver_has_the_fields_of_gold_and_one_more(silver: SilverReport) -> None:
    assert set(SilverReport.model_fields) == {*GoldReport.model_fields, "silver"}
    for entity in silver.entities:
        assert silver.text[entity.start_offset : entity.end_offset] == entity.text


def test_clauses_on_which_every_function_abstains_are_missing(silver: SilverReport) -> None:
    stretches = [
        silver.text[one.start_offset : one.end_offset] for one in silver.silver.missing if one.reason == "abstained"
    ]
    assert "天气晴好，花开满园。" in stretches


def test_missing_stretches_touch_no_entity(silver: SilverReport) -> None:
    for one in silver.silver.missing:
        assert one.start_offset < one.end_offset
        for entity in silver.entities:
            assert one.end_offset <= entity.start_offset or entity.end_offset <= one.start_offset


def test_every_entity_and_relation_has_its_votes(silver: SilverReport) -> None:
    assert [one.id for one in silver.silver.entities] == [entity.id for entity in silver.entities]
    assert [one.id for one in silver.silver.relations] == [relation.id for relation in silver.relations]
    amount = next(e for e in silver.entities if e.text == "125家")
    assert "amount_grammar" in silver.silver.entities[amount.id].votes


def test_a_doc_for_training_knows_nothing_where_silver_does_not(silver: SilverReport) -> None:
    doc = make_silver_doc(blank_pipeline(), silver, least=0.0)
    place = TEXT.index("天气")
    assert doc[place].ent_iob_ == ""
    assert doc[TEXT.index("125家")].ent_type_ == "AMOUNT"
    assert {(ent.start, ent.end, ent.label_) for ent in doc.ents} == {
        (e.start_offset, e.end_offset, e.label.value) for e in silver.entities
    }


def test_entities_less_sure_than_asked_for_are_missing_too(silver: SilverReport) -> None:
    doc = make_silver_doc(blank_pipeline(), silver, least=1.1)
    assert not doc.ents
    assert doc[TEXT.index("125家")].ent_iob_ == ""


@pytest.mark.parametrize(
    ("content", "said"), [("{}", "line 1"), ("not json", "line 1"), ('{"report_id": 5}', "report_id")]
)
def test_read_silver_names_what_is_wrong(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "silver.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        list(read_silver(path))


def test_read_silver_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such silver file"):
        list(read_silver(tmp_path / "none.jsonl"))


def test_a_lone_surrogate_becomes_a_question_mark(
    read_voted: Callable[[str], VotedReport], gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]
) -> None:
    voted = read_voted("全市高企总数达125家\ud800。")
    labelled = fit_labeller(gold_reports, functions, Aggregation.MAJORITY).label(voted)
    found = make_silver("r-0", voted, labelled, Aggregation.MAJORITY, source="a.txt", part=0)
    assert found.text == "全市高企总数达125家?。"
    assert "125家" in [entity.text for entity in found.entities]
