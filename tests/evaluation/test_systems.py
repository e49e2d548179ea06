from collections.abc import Callable
from pathlib import Path

import pytest

from zhibiao.corpus.gold import GoldReport, write_gold
from zhibiao.errors import InputError, ModelError
from zhibiao.evaluation.systems import load_system
from zhibiao.formats.spans import make_spans_line
from zhibiao.pipes.load import load_pipeline

GOLD = "⟦M2:高企总数⟧达⟦A3:125家⟧。\n====\nM2 A3 value 2021"
GoldOf = Callable[..., GoldReport]


def test_a_spans_file_scores_as_the_pipeline_that_wrote_it(gold_of: GoldOf, tmp_path: Path) -> None:
    gold = gold_of(GOLD)
    reports = [gold.report()]
    spans = tmp_path / "spans.jsonl"
    spans.write_text("".join(f"{make_spans_line(read)}\n" for read in load_pipeline("rules").read(reports)), "utf-8")
    from_file, from_rules = (load_system(name, [gold]).predict([gold], reports) for name in (str(spans), "rules"))
    assert from_file[0].annotation == from_rules[0].annotation
    assert from_file[0].facts == from_rules[0].facts
    assert from_rules[0].given is not None and from_file[0].given is None


def test_a_folder_that_spacy_trained_into_is_its_best_pipeline(gold_of: GoldOf, tmp_path: Path) -> None:
    gold = gold_of(GOLD)
    load_pipeline("rules").nlp.to_disk(tmp_path / "model-best")
    found, rules = (load_system(name, [gold]).predict([gold], [gold.report()]) for name in (str(tmp_path), "rules"))
    assert found == rules


def test_marked_copies_are_an_annotator(gold_of: GoldOf, tmp_path: Path) -> None:
    gold = gold_of(GOLD)
    (tmp_path / "g1.txt").write_text(GOLD, "utf-8")
    (prediction,) = load_system(str(tmp_path), [gold]).predict([gold], [gold.report()])
    assert prediction.annotation == gold.annotation()


def test_a_gold_file_is_an_annotator(gold_of: GoldOf, tmp_path: Path) -> None:
    gold = gold_of(GOLD)
    (prediction,) = load_system(str(write_gold(gold, tmp_path)), [gold]).predict([gold], [gold.report()])
    assert prediction.annotation == gold.annotation()


def test_a_report_without_an_annotation_is_noted_and_counts_as_missed(gold_of: GoldOf, tmp_path: Path) -> None:
    known, unknown = gold_of(GOLD), gold_of(GOLD.replace("125", "126"), "g2")
    system = load_system(str(write_gold(known, tmp_path)), [known, unknown])
    assert "1 reports" in system.notes[0] and "g2" in system.notes[0]
    first, second = system.predict([known, unknown], [known.report(), unknown.report()])
    assert len(first.annotation.entities) == 2
    assert not second.annotation.entities


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("no json\n", "no JSON"),
        ("", "no JSON"),
        ('{"text": "高企"}\n', "not a line of spans.jsonl: entities"),
        ('{"text": "高企", "entities": [], "relations": []}\n', "none of the gold reports"),
        (
            '{"text": "高企", "entities": [{"id": 0, "label": "ORG", "start": 0, "end": 1, "text": "企"}], "relations": []}',
            "says '企'",
        ),
        (
            '{"text": "高企", "entities": [], "relations": [{"head": 0, "child": 1, "label": "HELD_BY"}]}',
            "names entity 0 or 1",
        ),
    ],
)
def test_a_broken_spans_file_says_why(gold_of: GoldOf, tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "spans.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=reason) as error:
        load_system(str(path), [gold_of(GOLD)])
    assert "spans.jsonl" in str(error.value)


def test_what_is_neither_file_nor_pipeline_says_so(gold_of: GoldOf) -> None:
    with pytest.raises(ModelError, match="no pipeline 'nothing'"):
        load_system("nothing", [gold_of(GOLD)])
