from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Span
from spacy.training import Example

import zhibiao.pipes.encoder.component as encoder_component
from zhibiao.errors import ModelError
from zhibiao.pipes.crf.clues import make_clues
from zhibiao.pipes.document import blank_pipeline
from zhibiao.pipes.encoder.component import Encoder
from zhibiao.pipes.encoder.graph import make_graph
from zhibiao.pipes.encoder.inputs import CLUES, LONGEST
from zhibiao.pipes.encoder.packed import Packed
from zhibiao.pipes.encoder.scores import tag_scores
from zhibiao.pipes.encoder.weights import begin_weights

TEXTS = ["高企总数达125家。高企总数。", "高企,高企达3家,企业数12家。", "", "真好。"]


@pytest.fixture(scope="module")
def graph(packed: Packed) -> bytes:
    pytest.importorskip("onnx")
    weights = begin_weights(packed, range(len(packed.pieces)), depth=2, clues=CLUES, width=32, seed=1)
    weights["clues"] = np.random.default_rng(1).normal(0, 0.5, weights["clues"].shape).astype(np.float32)
    return make_graph(weights)


def make_pipeline(*, sentences: str = "figures", **config: object) -> tuple[Language, Encoder]:
    nlp = blank_pipeline()
    nlp.add_pipe("zhibiao_figures")
    component = nlp.add_pipe("zhibiao_encoder", config={"sentences": sentences, **config})
    assert isinstance(component, Encoder)
    return nlp, component


@pytest.fixture
def loaded(packed: Packed, graph: bytes) -> tuple[Language, Encoder]:
    nlp, component = make_pipeline()
    component._choose(packed)
    component._load(graph)
    return nlp, component


def test_untrained_component_says_so() -> None:
    nlp, _ = make_pipeline()
    with pytest.raises(ModelError, match="was not trained"):
        nlp("高企3家")


def test_elements_of_sentences_with_figures_have_probabilities_and_others_nothing(
    loaded: tuple[Language, Encoder],
) -> None:
    doc = loaded[0](TEXTS[0])
    elements = make_clues(doc).elements
    for label in ("ORG", "METRIC"):
        scores = tag_scores(doc, label)
        assert scores is not None
        assert scores.shape == (len(elements), 5)
        read = elements.at[TEXTS[0].index("。")] + 1
        assert np.allclose(np.exp(scores[:read]).sum(axis=1), 1, atol=1e-5)
        assert not scores[read:].any()


@pytest.mark.parametrize("text", ["", "真好。"])
def test_text_without_figures_needs_no_reading(loaded: tuple[Language, Encoder], text: str) -> None:
    scores = tag_scores(loaded[0](text), "ORG")
    assert scores is not None
    assert scores.shape == (len(text), 5)
    assert not scores.any()


def test_all_sentences_are_read_when_asked(packed: Packed, graph: bytes) -> None:
    nlp, component = make_pipeline(sentences="all")
    component._choose(packed)
    component._load(graph)
    scores = tag_scores(nlp("真好。"), "METRIC")
    assert scores is not None
    assert (scores < 0).all()


def test_neighbours_and_batches_change_nothing(loaded: tuple[Language, Encoder]) -> None:
    nlp, _ = loaded
    alone = [tag_scores(nlp(text), "ORG") for text in TEXTS]
    together = [tag_scores(doc, "ORG") for doc in nlp.pipe(TEXTS, batch_size=3)]
    behind = tag_scores(nlp(TEXTS[1] + TEXTS[0]), "ORG")
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))  # type: ignore[arg-type]
    assert behind is not None
    assert alone[0] is not None
    assert np.array_equal(behind[-len(alone[0]) :], alone[0])


def test_scores_tell_a_figure_from_its_unit(loaded: tuple[Language, Encoder]) -> None:
    nlp, component = loaded
    with_figure, bare = nlp("高企达3家"), nlp("高企达3家")
    bare.ents = []
    component.sentences = "all"
    assert not np.allclose(component.predict(with_figure)["METRIC"][:3], component.predict(bare)["METRIC"][:3])


def test_long_sentence_is_read_in_parts(loaded: tuple[Language, Encoder]) -> None:
    scores = tag_scores(loaded[0]("高企" * LONGEST + "达3家"), "METRIC")
    assert scores is not None
    assert (scores < 0).all()


@pytest.mark.parametrize("way", ["bytes", "disk"])
def test_saved_component_scores_the_same(loaded: tuple[Language, Encoder], tmp_path: Path, way: str) -> None:
    nlp, component = loaded
    again, other = make_pipeline()
    if way == "bytes":
        other.from_bytes(component.to_bytes())
    else:
        component.to_disk(tmp_path / "encoder")
        other.from_disk(tmp_path / "encoder")
    one, two = (tag_scores(pipeline(TEXTS[1]), "METRIC") for pipeline in (nlp, again))
    assert one is not None
    assert np.array_equal(one, two)  # type: ignore[arg-type]


def test_damaged_file_is_refused(tmp_path: Path, loaded: tuple[Language, Encoder]) -> None:
    loaded[1].to_disk(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="train it again"):
        make_pipeline()[1].from_disk(tmp_path)


def test_fitting_learns_and_its_graph_scores_as_torch_did(packed_path: Path) -> None:
    pytest.importorskip("torch")
    nlp, component = make_pipeline(depth=1, width=32, epochs=30)
    reference = nlp.make_doc("高企总数达125家")
    reference.set_ents([Span(reference, 0, 4, label="METRIC")])
    example = Example(nlp.make_doc(reference.text), reference)
    component.initialize(lambda: [example], nlp=nlp, weights=str(packed_path))
    scores = tag_scores(nlp("高企总数达125家"), "METRIC")
    assert scores is not None
    assert scores.argmax(axis=1).tolist() == [1, 2, 2, 3, 0, 0]
    first = component.to_bytes()
    component.initialize(lambda: [example], nlp=nlp, weights=str(packed_path))
    assert component.to_bytes() == first


def test_labels_are_those_that_the_scores_are_kept_under() -> None:
    assert [str(label) for label in encoder_component.LABELS] == ["ORG", "METRIC"]
