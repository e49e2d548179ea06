from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from zhibiao.corpus.marks import read_marked
from zhibiao.errors import ModelError
from zhibiao.pipes.crf.clues import Clues
from zhibiao.pipes.crf.component import CrfTagger
from zhibiao.pipes.crf.elements import make_elements
from zhibiao.pipes.crf.fitting import Fit, Lesson, fit_model
from zhibiao.pipes.crf.lessons import make_lesson
from zhibiao.pipes.crf.model import SequenceModel
from zhibiao.pipes.crf.tags import span_tags, tags_of
from zhibiao.pipes.crf.templates import templates_of
from zhibiao.pipes.document import blank_pipeline, doc_annotation, make_doc, set_annotation
from zhibiao.pipes.encoder.scores import set_tag_scores
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report
from zhibiao.text.sentences import split_sentences

REPORTS = (
    """临江市科技局2021年工作总结
2021年，⟦O1:临江市科技局⟧⟦M2:新认定高新技术企业⟧⟦A3:18家⟧，⟦M4:高企总数⟧达⟦A5:125家⟧，居⟦R6:全省第3位⟧。⟦M7:技术合同成交额⟧⟦A8:9.8亿元⟧，
增长⟦A9:12.5%⟧。⟦O10:浙江大学⟧与企业合作，新增⟦A11:5家⟧⟦M12:省级研发平台⟧。加强队伍建设。⟦O13:市委⟧召开会议。
====
period 2021
M2 A3 value
M4 A5 value
M4 R6 rank
M7 A8 value
M12 A11 value
""",
    """青江县科技局2022年工作总结
2022年，⟦O1:青江县科技局⟧⟦M2:签订科技合作协议⟧⟦A3:21份⟧，⟦M4:专利授权量⟧达⟦A5:300件⟧，居⟦R6:全市第2位⟧。⟦M7:研发投入⟧⟦A8:3.2亿元⟧。
⟦O9:安徽大学⟧派专家来，新建⟦A10:3个⟧⟦M11:院士工作站⟧。⟦O12:县委⟧听取汇报，⟦O13:县政府⟧印发通知。
====
period 2022
M2 A3 value
M4 A5 value
M4 R6 rank
M7 A8 value
M11 A10 value
""",
)
GROUPS = ["characters", "kinds", "lexicons", "words", "figures", "distances", "names", "votes"]
TAGGERS: dict[str, dict[str, Any]] = {
    "metric": {"labels": ["METRIC"], "sentences": "figures", "features": GROUPS, "max_iterations": 30},
    "organisation": {"labels": ["ORG"], "features": GROUPS, "max_iterations": 30},
}
NEW = "三河市科技局新认定高新技术企业7家，高企总数达90家。省委召开会议。浙江大学来访，新建2个院士工作站。"


def examples_of(nlp: Language) -> list[Example]:
    examples = []
    for number, marked in enumerate(REPORTS):
        read = read_marked(marked)
        report = make_text_report(read.text, report_id=f"t{number}", source="t.txt")
        reference = make_doc(nlp, report)
        set_annotation(reference, Annotation(read.entities, read.relations))
        examples.append(Example(make_doc(nlp, report), reference))
    return examples


def pipeline(taggers: dict[str, dict[str, Any]] = TAGGERS) -> Language:
    nlp = blank_pipeline()
    nlp.add_pipe("zhibiao_figures")
    nlp.add_pipe("zhibiao_crf", config={"taggers": taggers, "min_word_count": 10_000})
    return nlp


def crf_of(nlp: Language) -> CrfTagger:
    component = nlp.get_pipe("zhibiao_crf")
    assert isinstance(component, CrfTagger)
    return component


def train(nlp: Language) -> Language:
    nlp.initialize(lambda: examples_of(nlp))
    return nlp


def spans_of(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


@pytest.fixture(scope="module")
def trained() -> Language:
    return train(pipeline())


def test_it_tags_what_it_has_seen(trained: Language) -> None:
    for example in examples_of(trained):
        assert spans_of(trained(example.predicted)) == spans_of(example.reference)


def entity_scores(doc: Doc) -> dict[tuple[int, int, str], float]:
    """Give the confidence of the entities that the tagger finds."""
    found = doc_annotation(doc).entities
    return {(one.start, one.end, str(one.label)): one.score for one in found if str(one.label) in ("ORG", "METRIC")}


def test_it_tags_what_is_like_it(trained: Language) -> None:
    found = spans_of(trained(NEW))
    assert {("新认定高新技术企业", "METRIC"), ("高企总数", "METRIC"), ("浙江大学", "ORG")} <= set(found)
    assert [text for text, label in found if label == "AMOUNT"] == ["7家", "90家", "2个"]


def test_every_span_of_it_has_a_confidence(trained: Language) -> None:
    doc = trained(NEW)
    scores = entity_scores(doc)
    assert scores
    assert all(0 < score < 1 for score in scores.values())
    srsly.msgpack_dumps(doc.user_data["zhibiao_scores"])  # plain enough for a DocBin


def test_the_same_texts_give_the_same_bytes(trained: Language) -> None:
    assert crf_of(train(pipeline())).to_bytes() == crf_of(trained).to_bytes()


def test_batches_change_nothing(trained: Language) -> None:
    texts = [NEW, "", "没有数字。", REPORTS[0], NEW * 3]
    one_by_one = [(spans_of(trained(text)), entity_scores(trained(text))) for text in texts]
    for size in (1, 2, 50):
        docs = trained.pipe(texts, batch_size=size)
        assert [(spans_of(doc), entity_scores(doc)) for doc in docs] == one_by_one


def test_with_and_without_the_gate_the_annotation_is_the_same(trained: Language) -> None:
    options = {name: {**given, "sentences": "all"} for name, given in TAGGERS.items()}
    open_gate = pipeline(options)
    open_gate.get_pipe("zhibiao_crf").from_bytes(crf_of(trained).to_bytes())
    text = NEW + "新认定高新技术企业情况良好。高企总数稳步提升。"
    read = [doc_annotation(with_relations(nlp)(text)) for nlp in (trained, open_gate)]
    assert read[0] == read[1]
    assert [entity.label for entity in read[0].entities].count("METRIC") >= 2


def with_relations(nlp: Language) -> Callable[[str], Doc]:
    relate = blank_pipeline().add_pipe("zhibiao_relations")
    return lambda text: relate(nlp(text))


def test_it_survives_disk_and_bytes(trained: Language, tmp_path: Path) -> None:
    trained.to_disk(tmp_path)
    from_disk = pipeline().from_disk(tmp_path)
    from_bytes = pipeline().from_bytes(trained.to_bytes())
    for nlp in (from_disk, from_bytes):
        assert spans_of(nlp(NEW)) == spans_of(trained(NEW))
        assert entity_scores(nlp(NEW)) == entity_scores(trained(NEW))
    assert {path.suffix for path in (tmp_path / "zhibiao_crf").iterdir()} == {".msgpack"}


@pytest.mark.parametrize("text", ["", " ", "\n", "工作总结", "5", "🙂５家"])
def test_texts_with_nothing_in_them_pass(trained: Language, text: str) -> None:
    assert trained(text).text == text


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="全市高企达为125家%亿元增长,。;、()第三位居分别新省大学局\n", max_size=60))
def test_metrics_stand_beside_figures_alone(trained: Language, text: str) -> None:
    doc = trained(text)
    figures = [ent.start for ent in doc.ents if ent.label_ in ("AMOUNT", "RANK")]
    held = [(start, end) for start, end in split_sentences(text) if any(start <= place < end for place in figures)]
    metrics = [ent for ent in doc.ents if ent.label_ == "METRIC"]
    assert all(any(start <= ent.start < end for start, end in held) for ent in metrics)


def test_rules_before_it_are_replaced(trained: Language) -> None:
    nlp = blank_pipeline()
    for name in ("figures", "organisations", "metrics"):
        nlp.add_pipe(f"zhibiao_{name}")
    nlp.add_pipe("zhibiao_crf", source=trained)
    assert spans_of(nlp(NEW)) == spans_of(trained(NEW))


def test_untrained_it_says_so() -> None:
    with pytest.raises(ModelError, match="was not trained"):
        pipeline()("高企达125家。")


def test_texts_without_spans_teach_nothing() -> None:
    nlp = pipeline()
    doc = nlp.make_doc("没有。")
    doc.set_ents([])
    with pytest.raises(ModelError, match="no text for training holds a span"):
        nlp.initialize(lambda: [Example(nlp.make_doc("没有。"), doc)])


@pytest.mark.parametrize(
    ("taggers", "message"),
    [
        ({}, "at least one tagger"),
        ({"../x": {"labels": ["ORG"], "features": ["kinds"]}}, "cannot be called"),
        ({"x": {"labels": ["AMOUNT"], "features": ["kinds"]}}, r"tagger x, labels\.0"),
        ({"x": {"labels": [], "features": ["kinds"]}}, "tagger x, labels"),
        ({"x": {"labels": ["ORG"], "features": ["kinds"], "c3": 1}}, "tagger x, c3"),
        ({"x": {"labels": ["ORG"], "features": ["colours"]}}, "no features called colours"),
        (
            {name: {"labels": ["ORG"], "features": ["kinds"]} for name in ("x", "y")},
            "ORG is already found by another tagger",
        ),
    ],
)
def test_a_wrong_config_is_named(taggers: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        pipeline(taggers)


def test_weights_of_other_features_are_refused(trained: Language) -> None:
    other = {name: {**options, "features": ["kinds"]} for name, options in TAGGERS.items()}
    with pytest.raises(ModelError, match="other features"):
        crf_of(pipeline(other)).from_bytes(crf_of(trained).to_bytes())


@pytest.mark.parametrize("damage", [b"", b"\xc1", srsly.msgpack_dumps({"tags": ["O"]}), srsly.msgpack_dumps([1])])
def test_damaged_weights_are_refused(damage: bytes) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        SequenceModel.from_bytes(damage)


def test_cut_off_weights_are_refused(trained: Language) -> None:
    parts = srsly.msgpack_loads(crf_of(trained).to_bytes())
    with pytest.raises(ModelError, match="cannot be read"):
        SequenceModel.from_bytes(parts["metric.msgpack"][:-100])


def lesson_of(tags: Iterable[str | None]) -> Lesson:
    text = "新增高企三"
    return Lesson(Clues(text, [(0, 5)], [], []), list(tags), [(0, 5)])


def test_what_nobody_knows_is_not_learned_from() -> None:
    known = lesson_of(["O", "O", "B-METRIC", "E-METRIC", "O"])
    unknown = lesson_of([None] * 5)
    templates = templates_of(["characters"])
    fit = Fit(c1=0.0, c2=1.0, max_iterations=20, min_frequency=0)
    alone = fit_model([known], ["METRIC"], templates, fit)
    together = fit_model([known, unknown, known], ["METRIC"], templates, fit)
    twice = fit_model([known, known], ["METRIC"], templates, fit)
    assert together.to_bytes() == twice.to_bytes() != alone.to_bytes()


@pytest.mark.parametrize(
    ("entity", "missing", "whole", "expected"),
    [
        ((0, 2), None, [], ["B-METRIC", "E-METRIC", "O", "O"]),
        ((0, 2), (2, 3), [], ["B-METRIC", "E-METRIC", None, "O"]),
        ((0, 1), None, [(2, 4)], ["S-METRIC", "O", "O"]),
        ((0, 4), None, [(2, 4)], ["B-METRIC", "I-METRIC", "E-METRIC"]),
        # The entity ends inside what the number grammar takes for one figure.
        ((0, 3), None, [(2, 4)], [None, None, None]),
        (None, (0, 4), [], [None] * 4),
    ],
)
def test_references_become_tags(
    entity: tuple[int, int] | None,
    missing: tuple[int, int] | None,
    whole: list[tuple[int, int]],
    expected: list[str | None],
) -> None:
    doc = blank_pipeline().make_doc("高企三家")
    entities = [Span(doc, *entity, label="METRIC")] if entity else []
    doc.set_ents(entities, missing=[Span(doc, *missing)] if missing else [])
    assert make_lesson(doc, make_elements(4, whole), ["METRIC"]) == expected


def test_a_doc_without_annotation_is_not_learned_from() -> None:
    doc = blank_pipeline().make_doc("高企三家")
    assert make_lesson(doc, make_elements(4, []), ["METRIC"]) == [None] * 4


def test_bytes_keep_every_weight(trained: Language) -> None:
    model = crf_of(trained)._models["metric"]
    again = SequenceModel.from_bytes(model.to_bytes())
    assert (again.tags, again.indexes) == (model.tags, model.indexes)
    assert all(np.array_equal(again.tables[template], table) for template, table in model.tables.items())
    assert np.array_equal(again.steps, model.steps)


class Hint:
    """An encoder that is sure of one stretch of text, and of nothing else."""

    def __init__(self, stretch: str) -> None:
        self.stretch = stretch

    def __call__(self, doc: Doc) -> Doc:
        figures = [(ent.start, ent.end) for ent in doc.ents]
        elements = make_elements(len(doc), [*figures, *doc._.periods])
        scores = np.zeros((len(elements), 5), np.float32)
        start = doc.text.index(self.stretch)
        first, last = elements.inside((start, start + len(self.stretch)))
        for place, tag in zip(range(first, last), span_tags(first, last, "METRIC"), strict=True):
            scores[place] = -50
            scores[place, tags_of(["METRIC"]).index(tag)] = 0
        set_tag_scores(doc, {"METRIC": scores})
        return doc


def beside_an_encoder(trained: Language, weight: float) -> Language:
    taggers = {name: {**given, "encoder": weight if name == "metric" else 0.0} for name, given in TAGGERS.items()}
    nlp = pipeline(taggers)
    nlp.get_pipe("zhibiao_crf").from_bytes(crf_of(trained).to_bytes())
    return nlp


def test_an_encoder_counts_as_much_as_it_is_given(trained: Language) -> None:
    (taught,) = {text for text, label in spans_of(trained(NEW)) if label == "METRIC" and text.startswith("新认定")}
    for weight, found in ((0.01, taught), (10.0, "高新技术企业")):
        nlp = beside_an_encoder(trained, weight)
        hinted = nlp.get_pipe("zhibiao_crf")(Hint("高新技术企业")(nlp.get_pipe("zhibiao_figures")(nlp.make_doc(NEW))))
        assert (found, "METRIC") in spans_of(hinted)


def test_an_encoder_that_is_not_there_is_a_clear_error(trained: Language) -> None:
    with pytest.raises(ModelError, match="put zhibiao_encoder before zhibiao_crf"):
        beside_an_encoder(trained, 1.0)(NEW)


def test_an_encoder_scores_one_label() -> None:
    with pytest.raises(ModelError, match="give each label a tagger of its own"):
        pipeline({"both": {"labels": ["ORG", "METRIC"], "features": ["characters"], "encoder": 1.0}})
