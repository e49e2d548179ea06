"""What came back, as gold candidates: entities and relations numbered anew, facts as they were or as they read now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhibiao.annotation.faults import Fault, FaultKind
from zhibiao.annotation.pulled import PulledReport
from zhibiao.annotation.remarks import apply_words, has_words, names_figure, read_remark
from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import GoldEntity, GoldFact, GoldRelation, GoldReport
from zhibiao.errors import InputError
from zhibiao.facts.build import KINDS, build_facts
from zhibiao.labels import FactKind, RelationLabel
from zhibiao.records import Fact
from zhibiao.scoring.annotations import RelationKey


@dataclass(frozen=True, slots=True)
class Candidate:
    """A gold candidate; ``faults`` are remarks that could not be read, ``doubts`` what the standard asks of gold besides."""

    gold: GoldReport
    faults: tuple[Fault, ...]
    doubts: tuple[str, ...]


def make_candidate(pulled: PulledReport, contested: Sequence[RelationKey] = ()) -> Candidate:
    """Make the gold candidate of a report that came back without a fault.

    A relation between the same two spans as in the suggestion keeps what the suggestion said of its fact. Of any other one
    status, period, aspect and direction are read from the text, as the fact builder does. What the annotator remarked
    (``150家: target 2025``) goes before both.

    Parameters
    ----------
    pulled
        The report.
    contested
        Facts that stay unsettled unless a remark speaks of them, by the ends of METRIC and figure.
    """
    gold = _make_bare(pulled)
    facts = _make_facts(pulled, gold)
    faults, named = _apply_remarks(pulled, gold, facts)
    faults += _find_unsettled(gold, contested, named)
    whole = gold.model_copy(
        update={"facts": [facts[relation.id] for relation in gold.relations if relation.id in facts]}
    )
    return Candidate(whole, tuple(faults), tuple(str(finding) for finding in check_gold(whole)))


def _make_bare(pulled: PulledReport) -> GoldReport:
    """Put marks into gold: entities in text order, known relations in theirs, new ones behind them."""
    report = pulled.report
    ordered = sorted(pulled.spans, key=lambda span: (span.start, span.end))
    number = {span.id: i for i, span in enumerate(ordered)}
    place = {span.id: (span.start, span.end) for span in ordered}
    order = {relation.id: i for i, relation in enumerate(report.relations)}

    def rank(relation_id: int, head: int, child: int) -> tuple[int, tuple[int, int], tuple[int, int]]:
        suggestion = pulled.relation_traces[relation_id].suggestion
        return (order.get(suggestion if suggestion is not None else -1, len(order)), place[head], place[child])

    relations = sorted(pulled.relations, key=lambda one: rank(one.id, one.head, one.child))
    return GoldReport(
        report_id=report.report_id,
        origin=report.origin,
        source=report.source,
        part=report.part,
        header=report.header,
        text_sha256=report.text_sha256,
        text=report.text,
        entities=[
            GoldEntity(id=number[s.id], start_offset=s.start, end_offset=s.end, label=s.label, text=s.text)
            for s in ordered
        ],
        relations=[
            GoldRelation(id=i, from_id=number[r.head], to_id=number[r.child], type=r.label)
            for i, r in enumerate(relations)
        ],
        facts=[],
    )


def _make_facts(pulled: PulledReport, gold: GoldReport) -> dict[int, GoldFact]:
    """Give the fact of each relation: the suggestion's, else as built."""
    told = _told_facts(pulled)
    built: dict[RelationKey, Fact] = {
        (fact.metric_start, fact.metric_end, fact.figure_start, fact.figure_end): fact
        for fact in build_facts(gold.report(), gold.annotation())
    }
    spans = {entity.id: (entity.start_offset, entity.end_offset) for entity in gold.entities}
    facts: dict[int, GoldFact] = {}
    for relation in gold.relations:
        key = (*spans[relation.from_id], *spans[relation.to_id])
        if relation.type is RelationLabel.HELD_BY:
            continue
        if (known := told.get((key, relation.type))) is not None:
            facts[relation.id] = known.model_copy(update={"relation": relation.id})
        elif (fact := built.get(key)) is not None and fact.kind is KINDS[relation.type]:
            facts[relation.id] = _read_built(fact, relation.id)
    return facts


def _told_facts(pulled: PulledReport) -> dict[tuple[RelationKey, RelationLabel], GoldFact]:
    spans = {span.id: (span.start, span.end) for span in pulled.report.spans}
    relations = {relation.id: relation for relation in pulled.report.relations}
    return {
        ((*spans[relation.head], *spans[relation.child]), relation.label): fact
        for fact in pulled.report.facts
        if (relation := relations.get(fact.relation)) is not None
    }


def _read_built(fact: Fact, relation: int) -> GoldFact:
    if fact.kind is not FactKind.CHANGE:
        return GoldFact(relation=relation, status=fact.status, aspect=fact.aspect, period=fact.period)
    return GoldFact(
        relation=relation, status=fact.status, aspect=fact.aspect, period=fact.period, direction=fact.direction
    )


def _apply_remarks(pulled: PulledReport, gold: GoldReport, facts: dict[int, GoldFact]) -> tuple[list[Fault], set[int]]:
    """Change the facts that remarks speak of; give what cannot be read or names no single figure, and the relations named."""
    entities = {entity.id: entity for entity in gold.entities}
    faults: list[Fault] = []
    changed: set[int] = set()
    for remark in pulled.remarks:
        for said in read_remark(remark.text):
            named = [
                relation
                for relation in gold.relations
                if relation.id in facts
                and remark.start <= entities[relation.to_id].start_offset < remark.end
                and names_figure(said, entities[relation.from_id].text, entities[relation.to_id].text)
            ]
            figures = {relation.to_id for relation in named}
            if not figures and not has_words(said.words):
                continue
            try:
                if len(figures) != 1:
                    raise InputError(f"{len(figures)} figures with a METRIC are called {said.figure!r}")
                for relation in named:
                    facts[relation.id] = apply_words(facts[relation.id], relation.type, said.words)
                    changed.add(relation.id)
            except InputError as error:
                what = f"{remark.by} wrote {said.line!r}: {error}"
                remedy = "name METRIC and figure, and use the words of the guide's section 2"
                faults.append(Fault(gold.report_id, FaultKind.UNREAD_REMARK, what, remedy, remark.start))
    return faults, changed


def _find_unsettled(gold: GoldReport, contested: Sequence[RelationKey], named: set[int]) -> Iterator[Fault]:
    spans = {entity.id: entity for entity in gold.entities}
    for relation in gold.relations:
        head, child = spans[relation.from_id], spans[relation.to_id]
        key = (head.start_offset, head.end_offset, child.start_offset, child.end_offset)
        if key in contested and relation.id not in named:
            what = f"the annotators say different things of {head.text} {child.text}"
            remedy = f"write a comment such as “{head.text} {child.text}: actual”"
            yield Fault(gold.report_id, FaultKind.UNSETTLED, what, remedy, child.start_offset)
