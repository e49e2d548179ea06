from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.corpus.marks import read_marked
from zhibiao.errors import ModelError
from zhibiao.labels import LEGAL_PAIRS, EntityLabel
from zhibiao.pipes.document import blank_pipeline, doc_annotation, make_doc, set_annotation
from zhibiao.pipes.relations.component import RelationModel
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report
from zhibiao.text.sentences import split_sentences

REPORTS = (
    """临江市科技局2021年工作总结
2021年，⟦O1:全市⟧⟦M2:高新技术企业总数⟧达⟦A3:125家⟧，居⟦R4:全省第3位⟧，增长⟦A5:12.5%⟧。⟦M6:技术合同成交额⟧⟦A7:9.8亿元⟧，同比增长⟦A8:20%⟧。
⟦M9:专利申请量⟧、⟦M10:授权量⟧分别达⟦A11:700件⟧、⟦A12:500件⟧。⟦O13:临江区⟧新增⟦A14:5家⟧⟦M15:省级研发平台⟧。
====
period 2021
M2 A3 value
M2 R4 rank
M2 A5 change up
M6 A7 value
M6 A8 change up
M9 A11 value
M10 A12 value
M15 A14 value
A3 O1 held
R4 O1 held
A5 O1 held
A14 O13 held
""",
    """青江县科技局2022年工作总结
2022年，⟦O1:全县⟧⟦M2:研发投入总量⟧和⟦M3:占比⟧均居⟦R4:全市前列⟧。⟦M5:研发经费投入⟧达⟦A6:3.2亿元⟧，居⟦R7:全市第2位⟧，增长⟦A8:8.1%⟧。
⟦O9:青江镇⟧新增⟦A10:3家⟧⟦M11:院士工作站⟧。⟦M12:发明专利⟧、⟦M13:商标⟧分别达⟦A14:30件⟧、⟦A15:90件⟧。
====
period 2022
M2 R4 rank
M3 R4 rank
R4 O1 held
M5 A6 value
M5 R7 rank
M5 A8 change up
M11 A10 value
A10 O9 held
M12 A14 value
M13 A15 value
""",
    """白河区科技局2022年工作总结
2022年，⟦O1:全区⟧⟦M2:科技型中小企业⟧达⟦A3:210家⟧，居⟦R4:全市第5位⟧，同比增长⟦A5:15%⟧。⟦M6:高企数量⟧和⟦M7:增速⟧均居⟦R8:全市首位⟧。
⟦M9:签订合同⟧、⟦M10:引进专家⟧分别达⟦A11:40份⟧、⟦A12:60名⟧。⟦O13:白河镇⟧新增⟦A14:2家⟧⟦M15:众创空间⟧。
====
period 2022
M2 A3 value
M2 R4 rank
M2 A5 change up
A3 O1 held
R4 O1 held
A5 O1 held
M6 R8 rank
M7 R8 rank
M9 A11 value
M10 A12 value
M15 A14 value
A14 O13 held
""",
)
QUICK: dict[str, Any] = {"members": 2, "rows": 2**10, "width": 16, "epochs": 40, "folds": 0}
NEW = "2023年，全市高新技术企业达90家，居全省第4位，增长8%。论文、专著分别达70篇、20部。河口区新增4家省级众创空间。"
ALPHABET = "全市高企达为125家%亿元增长,。;、()第三位居和分别均其中新省大学局“”\n"


def examples_of(nlp: Language) -> list[Example]:
    examples = []
    for number, marked in enumerate(REPORTS):
        read = read_marked(marked)
        report = make_text_report(read.text, report_id=f"t{number}", source="t.txt")
        reference = make_doc(nlp, report)
        set_annotation(reference, Annotation(read.entities, read.relations))
        examples.append(Example(make_doc(nlp, report), reference))
    return examples


def pipeline(**config: Any) -> Language:
    nlp = blank_pipeline()
    for name in ("figures", "organisations", "metrics"):
        nlp.add_pipe(f"zhibiao_{name}")
    nlp.add_pipe("zhibiao_relation_model", config=QUICK | config)
    return nlp


def model_of(nlp: Language) -> RelationModel:
    component = nlp.get_pipe("zhibiao_relation_model")
    assert isinstance(component, RelationModel)
    return component


def train(nlp: Language) -> Language:
    nlp.initialize(lambda: examples_of(nlp))
    return nlp


def marked_doc(nlp: Language, marked: str) -> Doc:
    """Give a Doc with the entities of a marked text and no relations."""
    read = read_marked(f"{marked}\n====\nperiod 2022\n")
    doc = make_doc(nlp, make_text_report(read.text, report_id="n", source="n.txt"))
    set_annotation(doc, Annotation(read.entities))
    return doc


def pairs_of(doc: Doc) -> list[tuple[str, str, str]]:
    ents = [ent.text for ent in doc.ents]
    return sorted((str(one.label), ents[one.head], ents[one.child]) for one in doc._.relations)


def all_of(doc: Doc) -> tuple[Any, ...]:
    return tuple((ent.start, ent.end, ent.label_) for ent in doc.ents), doc._.relations


@pytest.fixture(scope="module")
def trained() -> Language:
    return train(pipeline())


def test_it_relates_what_it_has_seen(trained: Language) -> None:
    for example in examples_of(trained):
        doc = example.predicted
        set_annotation(doc, Annotation(doc_annotation(example.reference).entities))
        assert pairs_of(model_of(trained)(doc)) == pairs_of(example.reference)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "2023年，⟦M1:论文⟧、⟦M2:专著⟧分别达⟦A3:70篇⟧、⟦A4:20部⟧。",
            [("HAS_VALUE", "专著", "20部"), ("HAS_VALUE", "论文", "70篇")],
        ),
        (
            "2023年，⟦M1:高企总量⟧和⟦M2:占比⟧均居⟦R3:全省前列⟧。",
            [("HAS_RANK", "占比", "全省前列"), ("HAS_RANK", "高企总量", "全省前列")],
        ),
        (
            "2023年，⟦M1:高企总数⟧达⟦A2:90家⟧，居⟦R3:全省第4位⟧，增长⟦A4:8%⟧。",
            [
                ("HAS_CHANGE", "高企总数", "8%"),
                ("HAS_RANK", "高企总数", "全省第4位"),
                ("HAS_VALUE", "高企总数", "90家"),
            ],
        ),
        (
            "2023年，⟦O1:河口区⟧新增⟦A2:4家⟧⟦M3:省级众创空间⟧。",
            [("HAS_VALUE", "省级众创空间", "4家"), ("HELD_BY", "4家", "河口区")],
        ),
    ],
    ids=["lists pair in order", "a shared predicate", "level, rank and change", "a holder"],
)
def test_it_relates_what_is_like_it(trained: Language, marked: str, expected: list[tuple[str, str, str]]) -> None:
    assert pairs_of(model_of(trained)(marked_doc(trained, marked))) == expected


def test_a_metric_without_a_figure_is_no_entity(trained: Language) -> None:
    doc = model_of(trained)(marked_doc(trained, "⟦M1:高企总数⟧增加。⟦O2:市科技局⟧印发通知。"))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("市科技局", "ORG")]


def test_a_place_is_an_entity_where_it_holds_a_figure_alone(trained: Language) -> None:
    doc = trained("2023年，全市高新技术企业总数达90家。全市召开大会。")
    assert [ent.start for ent in doc.ents if ent.text == "全市"] == [6]
    assert ("HELD_BY", "90家", "全市") in pairs_of(doc)


def test_every_relation_has_a_score(trained: Language) -> None:
    scores = [relation.score for relation in trained(NEW)._.relations]
    assert scores
    assert all(0 < score <= 1 for score in scores)


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=ALPHABET, max_size=70))
def test_relations_are_what_the_standard_allows(trained: Language, text: str) -> None:
    doc = trained(text)
    sentence_of = {
        place: number for number, (start, end) in enumerate(split_sentences(text)) for place in range(start, end)
    }
    spoken: dict[int, list[int]] = {}
    for relation in doc._.relations:
        head, child = doc.ents[relation.head], doc.ents[relation.child]
        assert (EntityLabel(head.label_), EntityLabel(child.label_)) in LEGAL_PAIRS[relation.label]
        assert sentence_of[head.start] == sentence_of[child.start]
        if relation.label != "HELD_BY":
            spoken.setdefault(relation.child, []).append(relation.head)
    assert all(relation.head in spoken for relation in doc._.relations if relation.label == "HELD_BY")
    for metrics in spoken.values():
        between = [text[doc.ents[a].end : doc.ents[b].start] for a, b in pairwise(metrics)]
        assert all(gap.strip("、,和”“()及") == "" for gap in between)


def test_the_same_texts_give_the_same_bytes(trained: Language) -> None:
    assert model_of(train(pipeline())).to_bytes() == model_of(trained).to_bytes()
    assert model_of(train(pipeline(seed=1))).to_bytes() != model_of(trained).to_bytes()


def test_batches_change_nothing(trained: Language) -> None:
    texts = [NEW, "", "没有数字。", NEW * 3, "高企达3家"]
    one_by_one = [all_of(trained(text)) for text in texts]
    for size in (1, 2, 50):
        assert [all_of(doc) for doc in trained.pipe(texts, batch_size=size)] == one_by_one


def test_it_survives_disk_and_bytes(trained: Language, tmp_path: Path) -> None:
    trained.to_disk(tmp_path)
    for nlp in (pipeline().from_disk(tmp_path), pipeline().from_bytes(trained.to_bytes())):
        assert all_of(nlp(NEW)) == all_of(trained(NEW))
        assert model_of(nlp).to_bytes() == model_of(trained).to_bytes()
    assert {path.suffix for path in (tmp_path / "zhibiao_relation_model").iterdir()} == {".msgpack"}


def test_what_is_excluded_is_not_saved(trained: Language, tmp_path: Path) -> None:
    model_of(trained).to_disk(tmp_path, exclude=["holder.msgpack"])
    from_disk = model_of(pipeline()).from_disk(tmp_path)
    from_bytes = model_of(pipeline()).from_bytes(model_of(trained).to_bytes(), exclude=["holder.msgpack"])
    for component in (from_disk, from_bytes):
        with pytest.raises(ModelError, match=r"was not trained \(holder\)"):
            component(trained.make_doc(NEW))


@pytest.mark.parametrize("text", ["", " ", "\n", "工作总结", "5", "🙂５家", "全市", "，5%"])
def test_texts_with_nothing_in_them_pass(trained: Language, text: str) -> None:
    assert trained(text).text == text


def test_untrained_it_says_so() -> None:
    with pytest.raises(ModelError, match="was not trained"):
        pipeline()("高企达125家。")


@pytest.mark.parametrize(
    ("text", "message"), [("没有。", "holds a figure"), ("高企达125家。", "holds such a relation")]
)
def test_texts_without_relations_teach_nothing(text: str, message: str) -> None:
    nlp = pipeline()
    doc = nlp.make_doc(text)
    doc.set_ents([])
    with pytest.raises(ModelError, match=message):
        nlp.initialize(lambda: [Example(nlp.make_doc(text), doc)])


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"members": 0}, "members"),
        ({"views": []}, "views"),
        ({"views": ["silver"]}, "views"),
        ({"least_holder": 1.5}, "least_holder"),
        ({"rows": 1}, "rows"),
    ],
)
def test_a_wrong_config_is_named(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=f"zhibiao_relation_model, {message}"):
        pipeline(**config)


@pytest.mark.parametrize("damage", ["empty", "cut", "other", "columns"])
def test_damaged_weights_are_refused(trained: Language, damage: str) -> None:
    parts = srsly.msgpack_loads(model_of(trained).to_bytes())
    parts["metric.msgpack"] = {
        "empty": b"",
        "cut": parts["metric.msgpack"][:-100],
        "other": srsly.msgpack_dumps({"weights": []}),
        "columns": parts["change.msgpack"],
    }[damage]
    message = "other features" if damage == "columns" else "cannot be read"
    with pytest.raises(ModelError, match=message):
        model_of(pipeline()).from_bytes(srsly.msgpack_dumps(parts))


def test_weights_for_other_cues_are_refused(trained: Language) -> None:
    parts = srsly.msgpack_loads(model_of(trained).to_bytes())
    parts["columns.msgpack"] = srsly.msgpack_dumps(["comma"])
    with pytest.raises(ModelError, match="other features"):
        model_of(pipeline()).from_bytes(srsly.msgpack_dumps(parts))


def test_it_scores_what_it_relates(trained: Language) -> None:
    scores = trained.evaluate(examples_of(trained))
    assert scores["rels_f"] > 0.5


def test_texts_are_parted_to_learn_how_far_scores_can_be_trusted() -> None:
    plain, cooled = train(pipeline(folds=0)), pipeline(folds=3)
    # Texts without a figure, which teach nothing, leave no part empty.
    nothing = [Example(cooled.make_doc("没有。"), cooled.make_doc("没有。")) for _ in range(9)]
    cooled.initialize(lambda: [*nothing, *examples_of(cooled)])
    links = [model_of(nlp).predict(marked_doc(nlp, "⟦M1:高企总数⟧达⟦A2:90家⟧。")) for nlp in (plain, cooled)]
    assert [[link.label for link in found] for found in links] == [["HAS_VALUE"]] * 2
    assert links[0][0].score != links[1][0].score
