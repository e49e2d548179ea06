from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from zhibiao.corpus.examples import make_example, read_gold_paths
from zhibiao.corpus.gold import GoldReport
from zhibiao.errors import InputError
from zhibiao.evaluation.gate import find_losses, release_scores
from zhibiao.evaluation.harness import Evaluation, compare_evaluations, evaluate
from zhibiao.evaluation.outcomes import Layer
from zhibiao.evaluation.record import make_record
from zhibiao.evaluation.systems import Prediction, System, load_system
from zhibiao.pipes.load import rules_pipeline
from zhibiao.records import Annotation

ROOT = Path(__file__).parents[2]
GOLD = "⟦M1:高企总数⟧达⟦A2:125家⟧，⟦M3:授权量⟧⟦A4:9件⟧，⟦M5:产值⟧⟦A6:3亿元⟧。\n====\nperiod 2021\nM1 A2 value\nM3 A4 value\nM5 A6 value"
GoldOf = Callable[..., GoldReport]
Annotator = Callable[..., str]


@pytest.fixture(scope="module")
def authored_dev() -> list[GoldReport]:
    return read_gold_paths([ROOT / "annotations/gold"], splits=ROOT / "corpus/splits.toml", chosen=["authored_dev"])


@pytest.fixture(scope="module")
def of_rules(authored_dev: list[GoldReport]) -> Evaluation:
    return evaluate(load_system("rules", authored_dev), authored_dev, samples=200)


def test_the_harness_and_spacy_give_the_same_scores(authored_dev: list[GoldReport], of_rules: Evaluation) -> None:
    nlp = rules_pipeline()
    scores = nlp.evaluate([make_example(nlp, gold) for gold in authored_dev])
    for name, layer in (
        ("ents_f", Layer.ENTITIES),
        ("ents_overlap_f", Layer.ENTITIES_OVERLAP),
        ("rels_f", Layer.RELATIONS),
        ("rels_relaxed_f", Layer.RELATIONS_RELAXED),
    ):
        assert scores[name] == pytest.approx(of_rules.score(layer).counts.f1)


def test_labels_add_up_to_the_total(of_rules: Evaluation) -> None:
    for layer in Layer:
        lines = [score.counts for score in of_rules.scores if score.layer == layer and score.label != "all"]
        whole = of_rules.score(layer).counts
        assert sum(counts.matched for counts in lines) == whole.matched
        assert sum(counts.reference for counts in lines) == whole.reference
        assert sum(counts.predicted for counts in lines) == whole.predicted


def test_every_breakdown_adds_up_to_the_total(of_rules: Evaluation) -> None:
    for categories in of_rules.breakdowns.values():
        for layer in (Layer.ENTITIES, Layer.RELATIONS, Layer.FACTS):
            found = [layers[layer] for layers in categories.values() if layer in layers]
            assert sum(counts.reference for counts in found) == of_rules.score(layer).counts.reference
            assert sum(counts.predicted for counts in found) == of_rules.score(layer).counts.predicted


def test_an_interval_holds_its_score(of_rules: Evaluation) -> None:
    intervals = [(score.interval, score.counts.f1) for score in of_rules.scores if score.interval]
    assert len(intervals) > 20
    assert all(f1 is not None and interval.low <= f1 <= interval.high for interval, f1 in intervals)


def test_confidence_is_held_against_what_is_right(of_rules: Evaluation, gold_of: GoldOf) -> None:
    assert of_rules.reliability == ()  # rules are always sure
    gold = gold_of(GOLD)
    truth = gold.annotation()
    scores = {"高企总数": 0.9, "授权量": 0.8, "产值": 0.8}
    spans = [replace(one, score=scores.get(one.text, 1.0)) for one in truth.entities]
    spans[2] = replace(spans[2], start=spans[2].start + 1, text="权量")
    system = System("unsure", "", lambda *_: [Prediction(Annotation(tuple(spans)), ())])
    found = {(one.layer, one.label): one.bins for one in evaluate(system, [gold], samples=2).reliability}
    assert set(found) == {(Layer.ENTITIES, "all"), (Layer.ENTITIES, "METRIC")}
    assert [(one.number, one.confidence, one.right) for one in found[Layer.ENTITIES, "METRIC"]] == [
        (2, 0.8, 0.5),
        (1, 0.9, 1.0),
    ]


def test_every_mistake_opens_its_sentence(of_rules: Evaluation) -> None:
    record = make_record(of_rules)
    for mistake in record["mistakes"]:
        sentence = record["sentences"][mistake["sentence"]]
        assert sentence["report_id"] == mistake["report_id"]
        assert sentence["start"] <= mistake["place"] < sentence["start"] + len(sentence["text"])


def test_a_system_does_not_differ_from_itself(of_rules: Evaluation) -> None:
    differences = compare_evaluations(of_rules, of_rules, samples=100)
    assert len(differences) > 20
    assert {one.comparison.difference for one in differences} == {0.0}


def test_the_same_gold_in_another_order_has_the_same_signature(
    authored_dev: list[GoldReport], of_rules: Evaluation
) -> None:
    again = evaluate(load_system("rules", authored_dev), authored_dev[::-1], samples=200)
    assert again.signature.gold == of_rules.signature.gold
    assert again.score(Layer.ENTITIES).counts == of_rules.score(Layer.ENTITIES).counts


@pytest.fixture
def released(gold_of: GoldOf, annotator: Annotator, tmp_path: Path) -> tuple[Path, list[GoldReport], str]:
    """Release the scores of a perfect annotator on eight reports; give the file, the gold and the copies' folder."""
    texts = [GOLD.replace("125家", f"{125 + number}家") for number in range(8)]
    gold = [gold_of(text, f"g{number}") for number, text in enumerate(texts)]
    copies = annotator(*texts)
    path = tmp_path / "released.json"
    release_scores(evaluate(load_system(copies, gold), gold, samples=200), path)
    return path, gold, copies


def test_the_gate_passes_what_is_as_good(released: tuple[Path, list[GoldReport], str]) -> None:
    path, gold, copies = released
    assert find_losses(evaluate(load_system(copies, gold), gold, samples=200), path) == []


def test_the_gate_names_what_is_worse(released: tuple[Path, list[GoldReport], str]) -> None:
    path, gold, copies = released
    for copy in Path(copies).iterdir():
        text = copy.read_text("utf-8")
        copy.write_text(text.replace('"label": "AMOUNT", "text": "9件"', '"label": "RANK", "text": "9件"'), "utf-8")
    losses = find_losses(evaluate(load_system(copies, gold), gold, samples=200), path)
    assert {(loss.layer, loss.label) for loss in losses} >= {
        ("entities, strict", "AMOUNT"),
        ("entities, strict", "all"),
    }
    assert all(loss.now < loss.released for loss in losses)
    assert ("entities, strict", "METRIC") not in {(loss.layer, loss.label) for loss in losses}


def test_the_gate_refuses_other_gold(released: tuple[Path, list[GoldReport], str]) -> None:
    path, gold, copies = released
    with pytest.raises(InputError, match="differ in gold"):
        find_losses(evaluate(load_system(copies, gold[1:]), gold[1:], samples=200), path)


def test_the_gate_refuses_a_system_without_released_scores(released: tuple[Path, list[GoldReport], str]) -> None:
    path, gold, _ = released
    with pytest.raises(InputError, match="no scores are released for 'rules'"):
        find_losses(evaluate(load_system("rules", gold), gold, samples=200), path)


def test_releasing_one_system_keeps_the_others(released: tuple[Path, list[GoldReport], str]) -> None:
    path, gold, copies = released
    release_scores(evaluate(load_system("rules", gold), gold, samples=200), path)
    assert find_losses(evaluate(load_system(copies, gold), gold, samples=200), path) == []
    assert find_losses(evaluate(load_system("rules", gold), gold, samples=200), path) == []


def test_a_broken_file_of_released_scores_says_so(of_rules: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "released.json"
    with pytest.raises(InputError, match="no released scores here"):
        find_losses(of_rules, path)
    path.write_text("{", "utf-8")
    with pytest.raises(InputError, match="not a file of released scores"):
        find_losses(of_rules, path)
