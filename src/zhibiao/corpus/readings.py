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
    if fact.resolved:
        slots |= {"holder": fact.holder, "indicator": fact.indicator}
    return slots


def read_gold_facts(gold: GoldReport, report: Report) -> list[tuple[FactReading, FactReading]]:
    """Read the facts of a gold report.

    Returns
    -------
    list of pairs
        Each fact as people state it, and as the fact builder reads it off their spans and relations. Slots that nobody
        stated are the builder's in both, and not ``checked`` in the first.
    """
    spans = {entity.id: (entity.start_offset, entity.end_offset) for entity in gold.entities}
    relations = {relation.id: relation for relation in gold.relations}
    stated = {
        (*spans[relation.from_id], *spans[relation.to_id]): fact
        for fact in gold.facts
        for relation in [relations[fact.relation]]
    }
    readings: list[tuple[FactReading, FactReading]] = []
    for fact in build_facts(report, gold.annotation()):
        built = read_fact(fact)
        slots = stated_slots(stated[built.key], built.kind) if built.key in stated else {}
        told = replace(built, slots={**built.slots, **slots}, checked=frozenset(slots))
        readings.append((told, built))
    return readings
