"""What people say of facts, in the form that is scored."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from zhibiao.corpus.gold import GoldFact, GoldReport
from zhibiao.corpus.marks import FactMark
from zhibiao.facts.build import build_facts
from zhibiao.labels import FactKind
from zhibiao.records import Report
from zhibiao.scoring.facts import FactReading, read_fact


def stated_slots(fact: GoldFact | FactMark, kind: FactKind) -> dict[str, Hashable]:
    """Give the slots that a person has stated.

    Status, aspect and period are stated of every fact, the direction of every change, and the normalised value of those
    that the annotator was asked for (the real reports).
    """
    slots: dict[str, Hashable] = {"status": fact.status, "aspect": fact.aspect, "period": fact.period}
    if kind is FactKind.CHANGE:
        slots["direction"] = fact.direction
    if kind is FactKind.RANK and fact.rank_kind is not None:
        slots |= {"rank": (fact.rank_low, fact.rank_high, fact.rank_kind), "scope": fact.scope}
    if kind is not FactKind.RANK and fact.approx is not None:
        slots |= {"value": (fact.value_low, fact.value_high), "unit": fact.unit, "approx": fact.approx}
    return slots


def read_gold_facts(gold: GoldReport, report: Report) -> list[FactReading]:
    """Read the facts of a gold report: as stated, and where nothing is stated, as the fact builder reads the gold spans.

    Holders follow from the gold relations in any case, resolved by the fact builder.
    """
    spans = {entity.id: (entity.start_offset, entity.end_offset) for entity in gold.entities}
    relations = {relation.id: relation for relation in gold.relations}
    stated = {
        (*spans[relation.from_id], *spans[relation.to_id]): fact
        for fact in gold.facts
        for relation in [relations[fact.relation]]
    }
    readings: list[FactReading] = []
    for fact in build_facts(report, gold.annotation()):
        reading = read_fact(fact)
        slots = stated_slots(stated[reading.key], reading.kind) if reading.key in stated else {}
        checked = frozenset(slots) | {"holder"}
        readings.append(replace(reading, slots={**reading.slots, **slots}, checked=checked))
    return readings
