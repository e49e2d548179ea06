"""Every span, relation and fact of the gold and of a system: matched, missed, or made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zhibiao.corpus.gold import GoldReport
from zhibiao.corpus.readings import read_gold_facts
from zhibiao.evaluation.systems import Prediction, System
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, Report
from zhibiao.scoring.annotations import pair_relations, pair_spans, relations_of, resolve, spans_of
from zhibiao.scoring.counts import Counts
from zhibiao.scoring.facts import FactReading, count_slots, pair_facts, pair_located, read_fact
from zhibiao.scoring.matching import Pair


class Layer(StrEnum):
    """What is counted, and when it is right."""

    ENTITIES = "entities, strict"
    ENTITIES_OVERLAP = "entities, overlap"
    RELATIONS_GIVEN = "relations, given gold entities"
    RELATIONS = "relations, strict"
    RELATIONS_RELAXED = "relations, relaxed"
    FACTS_LOCATED = "facts, located"
    FACTS = "facts, value right"


@dataclass(frozen=True, slots=True)
class Item:
    """A span, relation or fact of one side: its label, its spans in text order of their roles, its wording and its confidence."""

    label: str
    spans: tuple[tuple[int, int], ...]
    text: str
    score: float = 1.0

    @property
    def place(self) -> int:
        """Where it is counted: the start of a span, of a relation's child, of a fact's figure."""
        return self.spans[-1][0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An item of the gold with its partner, or one of the two alone.

    ``item`` is the gold's where there is one, else the system's: what the outcome is counted under.
    """

    layer: Layer
    item: Item
    reference: Item | None
    predicted: Item | None


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A gold report beside what a system made of it.

    Parameters
    ----------
    gold, report, prediction
        The two sides, and the report both are of.
    outcomes
        Of all layers.
    facts
        Pairs of facts at the same place, whatever they say.
    slots
        For each slot, in how many of the facts whose value is right (for ``value``, ``unit``, ``approx`` and ``rank``: of those
        located) it is right.
    slots_given
        For each slot, in how many of the gold facts the fact builder reads it right off the gold spans and relations.
    """

    gold: GoldReport
    report: Report
    prediction: Prediction
    outcomes: tuple[Outcome, ...]
    facts: tuple[tuple[FactReading, FactReading], ...]
    slots: dict[str, Counts]
    slots_given: dict[str, Counts]

    def counts(self, layer: Layer, label: str | None = None) -> Counts:
        """Count a layer's outcomes, all or those of a label."""
        return count_outcomes(one for one in self.outcomes if one.layer is layer and label in (None, one.item.label))


def compare(system: System, gold: Sequence[GoldReport]) -> list[ComparedReport]:
    """Let a system annotate gold reports and pair what it finds with the gold."""
    reports = [one.report() for one in gold]
    predictions = system.predict(gold, reports)
    return [_compare(*sides) for sides in zip(gold, reports, predictions, strict=True)]


def count_outcomes(outcomes: Iterable[Outcome]) -> Counts:
    """Count outcomes."""
    matched = reference = predicted = 0
    for one in outcomes:
        reference += one.reference is not None
        predicted += one.predicted is not None
        matched += one.reference is not None and one.predicted is not None
    return Counts(matched, reference, predicted)


def _compare(gold: GoldReport, report: Report, prediction: Prediction) -> ComparedReport:
    truth, found = gold.annotation(), prediction.annotation
    outcomes = [*_entity_outcomes(truth, found)]
    outcomes += _relation_outcomes(Layer.RELATIONS, truth, found)
    outcomes += _relation_outcomes(Layer.RELATIONS_RELAXED, truth, found)
    if prediction.given is not None:
        outcomes += _relation_outcomes(Layer.RELATIONS_GIVEN, truth, prediction.given)
    told = read_gold_facts(gold, report)
    # Nobody need state a holder: it follows from the gold relations.
    ours = [replace(stated, checked=stated.checked | {"holder"}) for stated, _ in told]
    theirs = [read_fact(fact) for fact in prediction.facts]
    located, right = pair_located(ours, theirs), pair_facts(ours, theirs)
    items = [fact_item(report.text, fact) for fact in ours], [fact_item(report.text, fact) for fact in theirs]
    items[1][:] = [replace(item, score=fact.score) for item, fact in zip(items[1], prediction.facts, strict=True)]
    outcomes += _outcomes(Layer.FACTS_LOCATED, located, *items)
    outcomes += _outcomes(Layer.FACTS, right, *items)
    together = tuple((ours[i], theirs[j]) for i, j in located if i is not None and j is not None)
    agreed = [(ours[i], theirs[j]) for i, j in right if i is not None and j is not None]
    values = ("value", "unit", "approx", "rank")
    slots = count_slots(agreed) | {slot: counts for slot, counts in count_slots(together).items() if slot in values}
    return ComparedReport(gold, report, prediction, tuple(outcomes), together, slots, count_slots(told))


def _entity_outcomes(truth: Annotation, found: Annotation) -> Iterator[Outcome]:
    for layer, overlap in ((Layer.ENTITIES, False), (Layer.ENTITIES_OVERLAP, True)):
        for label in EntityLabel:
            ours, theirs = spans_of(truth, label), spans_of(found, label)
            pairs = pair_spans(ours, theirs, overlap=overlap)
            yield from _outcomes(
                layer, pairs, [entity_item(span) for span in ours], [entity_item(span) for span in theirs]
            )


def _relation_outcomes(layer: Layer, truth: Annotation, found: Annotation) -> Iterator[Outcome]:
    for label in RelationLabel:
        relations = [relations_of(side, label) for side in (truth, found)]
        ours, theirs = (resolve(side, chosen) for side, chosen in zip((truth, found), relations, strict=True))
        pairs = pair_relations(ours, theirs, overlap=layer is Layer.RELATIONS_RELAXED)
        yield from _outcomes(
            layer,
            pairs,
            [relation_item(label, *pair) for pair in ours],
            [
                replace(relation_item(label, *pair), score=one.score)
                for pair, one in zip(theirs, relations[1], strict=True)
            ],
        )


def _outcomes(layer: Layer, pairs: Iterable[Pair], ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[Outcome]:
    for i, j in pairs:
        if i is not None:
            yield Outcome(layer, ours[i], ours[i], None if j is None else theirs[j])
        elif j is not None:
            yield Outcome(layer, theirs[j], None, theirs[j])


def entity_item(entity: Entity) -> Item:
    """Make the item of a span."""
    return Item(str(entity.label), ((entity.start, entity.end),), entity.text, entity.score)


def relation_item(label: RelationLabel, head: Entity, child: Entity) -> Item:
    """Make the item of a relation."""
    return Item(str(label), ((head.start, head.end), (child.start, child.end)), f"{head.text} → {child.text}")


def fact_item(text: str, fact: FactReading) -> Item:
    """Make the item of a fact."""
    metric, figure = text[slice(*fact.metric)], text[slice(*fact.figure)]
    return Item(str(fact.kind), (fact.metric, fact.figure), f"{metric} = {figure}")
