from collections.abc import Callable

from zhibiao.corpus.gold import GoldReport
from zhibiao.evaluation.outcomes import ComparedReport, Layer, compare
from zhibiao.evaluation.systems import load_system
from zhibiao.scoring.counts import Counts

GoldOf = Callable[..., GoldReport]
Annotator = Callable[..., str]

GOLD = "2021年，⟦O1:宁国市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，居⟦R4:全省第3位⟧，增长⟦A5:8%⟧。\n====\nM2 A3 value =125 unit:家 2021\nM2 R4 rank #3 scope:全省 2021\nM2 A5 change up 2021\nA3 O1 held"


def compared(gold: GoldReport, system: str) -> ComparedReport:
    (one,) = compare(load_system(system, [gold]), [gold])
    return one


def test_a_copy_of_the_gold_is_right_in_every_layer(gold_of: GoldOf, annotator: Annotator) -> None:
    one = compared(gold_of(GOLD), annotator(GOLD))
    expected = {
        Layer.ENTITIES: 5,
        Layer.ENTITIES_OVERLAP: 5,
        Layer.RELATIONS: 4,
        Layer.RELATIONS_RELAXED: 4,
        Layer.FACTS_LOCATED: 3,
        Layer.FACTS: 3,
    }
    assert {layer: one.counts(layer) for layer in expected} == {
        layer: Counts(number, number, number) for layer, number in expected.items()
    }


def test_what_was_never_found_counts_as_missed(gold_of: GoldOf, annotator: Annotator) -> None:
    one = compared(gold_of(GOLD), annotator(GOLD.partition("\n====")[0].replace("⟦A5:8%⟧", "8%")))
    assert one.counts(Layer.ENTITIES) == Counts(4, 5, 4)
    assert one.counts(Layer.RELATIONS) == Counts(0, 4, 0)
    assert one.counts(Layer.FACTS) == Counts(0, 3, 0)


def test_a_moved_edge_breaks_strict_layers_and_keeps_the_fact(gold_of: GoldOf, annotator: Annotator) -> None:
    one = compared(gold_of(GOLD), annotator(GOLD.replace("⟦M2:高企总数⟧", "高企⟦M2:总数⟧")))
    assert one.counts(Layer.ENTITIES, "METRIC") == Counts(0, 1, 1)
    assert one.counts(Layer.ENTITIES_OVERLAP, "METRIC") == Counts(1, 1, 1)
    assert one.counts(Layer.RELATIONS, "HAS_VALUE") == Counts(0, 1, 1)
    assert one.counts(Layer.RELATIONS_RELAXED, "HAS_VALUE") == Counts(1, 1, 1)
    assert one.counts(Layer.FACTS) == Counts(3, 3, 3)


def test_a_wrong_value_is_located_and_not_right(gold_of: GoldOf, annotator: Annotator) -> None:
    one = compared(gold_of(GOLD), annotator(GOLD.replace("⟦A3:125家⟧", "⟦A3:125⟧家")))
    assert one.counts(Layer.FACTS_LOCATED, "value") == Counts(1, 1, 1)
    assert one.counts(Layer.FACTS, "value") == Counts(0, 1, 1)
    assert one.slots["value"] == Counts(1, 1, 1)
    assert one.slots["unit"] == Counts(0, 1, 1)


def test_slots_are_scored_where_a_person_stated_them(gold_of: GoldOf, annotator: Annotator) -> None:
    unstated = GOLD.replace(" =125 unit:家", "").replace(" #3 scope:全省", "")
    one = compared(gold_of(unstated), annotator(GOLD))
    assert one.slots["value"] == one.slots["rank"] == Counts(0, 0, 0)
    assert one.slots["status"] == Counts(3, 3, 3)
    assert one.counts(Layer.FACTS) == Counts(3, 3, 3)


def test_only_a_pipeline_relates_gold_entities(gold_of: GoldOf, annotator: Annotator) -> None:
    gold = gold_of(GOLD)
    assert compared(gold, "rules").counts(Layer.RELATIONS_GIVEN).reference == 4
    assert compared(gold, annotator(GOLD)).counts(Layer.RELATIONS_GIVEN) == Counts(0, 0, 0)
