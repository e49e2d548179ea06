"""Build the fact rows of a report from its annotation."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhibiao.catalog.indicators import match_indicator
from zhibiao.catalog.regions import resolve_region
from zhibiao.facts.context import clause_start, find_aspect, find_status, own_period, section_at
from zhibiao.facts.holders import resolve_holder
from zhibiao.facts.periods import default_period, section_year, sentence_periods
from zhibiao.labels import Approx, Direction, EntityLabel, FactKind, RelationLabel, SectionStatus
from zhibiao.numbers.amounts import parse_amount, read_context
from zhibiao.numbers.ranks import parse_rank
from zhibiao.records import Annotation, Entity, Fact, Relation, Report
from zhibiao.rules.left import read_left

KINDS = {
    RelationLabel.HAS_VALUE: FactKind.VALUE,
    RelationLabel.HAS_CHANGE: FactKind.CHANGE,
    RelationLabel.HAS_RANK: FactKind.RANK,
}
_LOOK_BACK = 90


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact stands: its sentence, and the clause of its figure."""

    sentence_start: int
    sentence_end: int
    clause_start: int


def build_facts(report: Report, annotation: Annotation) -> tuple[Fact, ...]:
    """Make one row per HAS_VALUE, HAS_CHANGE or HAS_RANK relation, in text order of the figures.

    Parameters
    ----------
    report
        The cleaned report with its sections and sentences.
    annotation
        Its entities and relations, from rules, a model or a person.

    Returns
    -------
    tuple of Fact
        With several HELD_BY relations on a figure, one row per holder.
    """
    entities = {entity.id: entity for entity in annotation.entities}
    holders: dict[int, list[Entity]] = defaultdict(list)
    for relation in annotation.relations:
        if relation.label is RelationLabel.HELD_BY:
            holders[relation.head].append(entities[relation.child])
    measured = [relation for relation in annotation.relations if relation.label in KINDS]
    measured.sort(key=lambda relation: (entities[relation.child].start, entities[relation.head].start))
    return tuple(
        fact
        for relation in measured
        for fact in _rows(report, relation, entities[relation.head], entities[relation.child], holders[relation.child])
    )


def _rows(report: Report, relation: Relation, metric: Entity, figure: Entity, holders: list[Entity]) -> Iterator[Fact]:
    fact = _row(report, relation, metric, figure)
    for number, holder in enumerate(holders or [None]):
        resolved = resolve_holder(holder.text if holder else None, report)
        yield replace(
            fact,
            fact_id=f"{fact.fact_id}-{number}" if number else fact.fact_id,
            holder=resolved.name if resolved else None,
            holder_code=resolved.code if resolved else None,
        )


def _row(report: Report, relation: Relation, metric: Entity, figure: Entity) -> Fact:
    text = report.text
    place = _find_place(report, min(metric.start, figure.start), figure.start)
    section = section_at(report, figure.start)
    status = section.status if section else SectionStatus.OTHER
    mentions = sentence_periods(text, place.sentence_start, place.sentence_end, section_year(report, section))
    named = own_period(text, mentions, place.sentence_start, figure.start)
    metric_source, figure_source = (report.aligned.source_span(span.start, span.end) for span in (metric, figure))
    fact = Fact(
        fact_id=f"{report.report_id}:{metric.start}-{figure.start}-{KINDS[relation.label]}",
        report_id=report.report_id,
        source=report.source,
        part=report.part,
        kind=KINDS[relation.label],
        metric=metric.text,
        figure=figure.text,
        sentence=text[place.sentence_start : place.sentence_end],
        metric_start=metric.start,
        metric_end=metric.end,
        figure_start=figure.start,
        figure_end=figure.end,
        metric_source_start=metric_source[0],
        metric_source_end=metric_source[1],
        figure_source_start=figure_source[0],
        figure_source_end=figure_source[1],
        status=find_status(text, place.sentence_start, place.clause_start, figure.start, status),
        period=named.period if named else default_period(report, section),
        score=min(relation.score, metric.score, figure.score),
    )
    if figure.label is EntityLabel.RANK:
        return _with_rank(fact, report)
    return _with_amount(fact, report, metric, figure)


def _find_place(report: Report, start: int, figure_start: int) -> _Place:
    """Find the sentence; an annotated span that no sentence covers stands as its own."""
    found = bisect_right(report.sentences, (start, len(report.text))) - 1
    sentence_start, sentence_end = report.sentences[found] if found >= 0 else (0, len(report.text))
    return _Place(sentence_start, sentence_end, clause_start(report.text, sentence_start, figure_start))


def _with_rank(fact: Fact, report: Report) -> Fact:
    rank = parse_rank(fact.figure)
    indicator = match_indicator(fact.metric)
    fact = replace(fact, indicator=indicator.id if indicator else None)
    if rank is None:
        return fact
    region = resolve_region(rank.scope, report.region_code) if rank.scope else None
    return replace(
        fact,
        rank_low=rank.low,
        rank_high=rank.high,
        rank_kind=rank.kind,
        scope=rank.scope,
        scope_code=region.code if region else None,
    )


def _with_amount(fact: Fact, report: Report, metric: Entity, figure: Entity) -> Fact:
    text = report.text
    quantity = parse_amount(figure.text)
    between_start = metric.end if metric.end <= figure.start else max(0, figure.start - _LOOK_BACK)
    between_start = max(between_start, clause_start(text, 0, figure.start))
    between = text[between_start : figure.start]
    direction = read_left(text, between_start, figure.start).change if fact.kind is FactKind.CHANGE else None
    if fact.kind is FactKind.CHANGE and direction is None:
        direction = Direction.UP
    fact = replace(fact, aspect=find_aspect(metric.text, between), direction=direction)
    if quantity is None:
        indicator = match_indicator(fact.metric)
        return replace(fact, indicator=indicator.id if indicator else None)
    low, high, approx = quantity.low, quantity.high, quantity.approx
    context = read_context(text[max(0, figure.start - 8) : figure.start])
    if context is not None and approx is Approx.EXACT and low == high:
        approx = context
        low, high = (low, None) if context is Approx.MORE else (None, high) if context is Approx.LESS else (low, high)
    # The unit of a change says nothing of the indicator: 研发投入增长8%.
    indicator = match_indicator(fact.metric, quantity.unit if fact.kind is FactKind.VALUE else None)
    return replace(
        fact,
        value_low=low,
        value_high=high,
        unit=quantity.unit,
        approx=approx,
        indicator=indicator.id if indicator else None,
    )
