from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from zhibiao.alignment import AlignedText
from zhibiao.errors import ModelError
from zhibiao.labels import LEGAL_PAIRS, EntityLabel
from zhibiao.pipes.document import CodePointTokenizer, blank_pipeline, doc_annotation, doc_spans, make_doc, set_spans
from zhibiao.pipes.load import load_pipeline, rules_pipeline
from zhibiao.pipes.naming import create_naming
from zhibiao.records import ReadReport, Report, Source
from zhibiao.rules.spans import LabelledSpan
from zhibiao.text.reports import make_reports

RAW = Path(__file__).parents[2] / "corpus" / "raw"


def reports_of(text: str, name: str = "t.txt") -> tuple[Report, ...]:
    return make_reports(Source(name, sha256(text.encode()).hexdigest(), text, "txt", "utf-8", len(text.encode())))


@pytest.fixture(scope="module")
def raw_results() -> list[ReadReport]:
    pipeline = load_pipeline("rules")
    return [
        result
        for path in sorted(RAW.glob("*.txt"))
        for result in pipeline.read(reports_of(path.read_text("utf-8"), path.name))
    ]


@given(st.text(max_size=60))
def test_every_code_point_is_a_token(text: str) -> None:
    doc = CodePointTokenizer(spacy.vocab.Vocab())(text)
    assert [token.idx for token in doc] == list(range(len(text)))
    assert doc.text == text


def test_set_spans_keeps_the_first_of_overlapping_spans() -> None:
    doc = blank_pipeline().make_doc("高企总数达125家")
    first, second = LabelledSpan(0, 4, EntityLabel.METRIC), LabelledSpan(2, 6, EntityLabel.ORG)
    set_spans(doc, [first, second])
    assert doc_spans(doc) == [first]


def test_annotation_of_real_reports_is_what_the_standard_allows(raw_results: list[ReadReport]) -> None:
    assert len(raw_results) == 6
    for result in raw_results:
        text, entities = result.report.text, result.annotation.entities
        assert all(text[e.start : e.end] == e.text == e.text.strip() for e in entities)
        assert all(a.end <= b.start for a, b in pairwise(entities))
        sentence_of = {place: s for s in result.report.sentences for place in range(*s)}
        for relation in result.annotation.relations:
            head, child = entities[relation.head], entities[relation.child]
            assert (head.label, child.label) in LEGAL_PAIRS[relation.label]
            assert sentence_of[head.start] == sentence_of[child.start]
        heads = {relation.head for relation in result.annotation.relations}
        assert all(e.id in heads for e in entities if e.label is EntityLabel.METRIC)


def test_facts_of_real_reports_stand_where_they_say(raw_results: list[ReadReport]) -> None:
    for result in raw_results:
        source = (RAW / result.report.source).read_text("utf-8")
        ids = [fact.fact_id for fact in result.facts]
        assert len(ids) == len(set(ids)) > 0
        for fact in result.facts:
            assert result.report.text[fact.figure_start : fact.figure_end] == fact.figure
            assert fact.metric in fact.sentence
            # A page mark may stand between a figure's digits in the source (53. 14、 06億元): they are there, in order.
            found = iter(source[fact.figure_source_start : fact.figure_source_end])
            assert all(digit in found for digit in fact.figure if digit.isascii() and digit.isdigit())


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="全市高企达为125家%亿元增长,。；、()第三位居和分别均其中新省\n“”一是", max_size=80))
def test_no_text_breaks_the_pipeline(text: str) -> None:
    pipeline = load_pipeline("rules")
    for result in pipeline.read(reports_of(text)):
        assert all(fact.figure for fact in result.facts)


def test_the_result_does_not_depend_on_batches() -> None:
    pipeline = load_pipeline("rules")
    reports = [report for path in sorted(RAW.glob("*.txt")) for report in reports_of(path.read_text("utf-8"))]
    together = list(pipeline.read(reports))
    assert together == [result for report in reports for result in pipeline.read([report])]


@pytest.mark.parametrize("text", ["", "工作总结"])
def test_a_doc_without_figures_passes(text: str) -> None:
    nlp = rules_pipeline()
    report = Report("r", "r.txt", 0, AlignedText.from_source(text), sentences=((0, len(text)),) if text else ())
    doc = nlp(make_doc(nlp, report))
    assert (doc._.relations, doc._.facts) == ((), ())


def test_a_bare_text_is_its_own_report() -> None:
    (fact,) = rules_pipeline()("2021年工作总结\n宁国市高企总数达125家")._.facts
    assert (fact.metric, fact.figure, fact.period, fact.source) == ("高企总数", "125家", "2021", "text")


def test_relations_survive_a_docbin(tmp_path: Path) -> None:
    nlp = rules_pipeline()
    doc = nlp.make_doc("高企总数达125家")
    for name, component in nlp.pipeline:
        doc = component(doc) if name != "zhibiao_facts" else doc
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "one.spacy")
    (again,) = DocBin().from_disk(tmp_path / "one.spacy").get_docs(nlp.vocab)
    assert doc_annotation(again) == doc_annotation(doc)
    assert len(doc._.relations) == 1


def test_a_pipeline_survives_saving_and_loading(tmp_path: Path) -> None:
    rules_pipeline().to_disk(tmp_path)
    saved, fresh = load_pipeline(str(tmp_path)), load_pipeline("rules")
    (report,) = reports_of("2021年工作总结\n高企总数达125家,居全市第3位。")
    assert list(saved.read([report])) == list(fresh.read([report]))
    assert (saved.kind, fresh.kind) == ("trained", "rules")
    assert not list(tmp_path.rglob("*.pkl"))


def test_an_unknown_pipeline_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match="no pipeline 'nowhere'"):
        load_pipeline("nowhere")


def test_without_a_trained_pipeline_the_rules_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_pipeline().name == "rules"
    fast = create_naming("zh_fast", "…", [])(rules_pipeline())
    (tmp_path / "models" / "zhibiao_zh_fast").mkdir(parents=True)
    fast.to_disk(tmp_path / "models" / "zhibiao_zh_fast" / "model-best")  # where spacy train puts it
    assert load_pipeline().name == "zhibiao_zh_fast"
    best = create_naming("zh_best", "…", ["best"])(rules_pipeline())
    best.to_disk(tmp_path / "models" / "zhibiao_zh_best")
    assert load_pipeline().name == "zhibiao_zh_best"
    assert load_pipeline("models/zhibiao_zh_fast").name == "zhibiao_zh_fast"


def test_docs_carry_their_annotation() -> None:
    doc: Doc = rules_pipeline()(make_doc(rules_pipeline(), reports_of("2021年工作总结\n高企总数达125家。")[0]))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("高企总数", "METRIC"), ("125家", "AMOUNT")]
