"""Build the fact rows of a report from its annotation."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibiao.catalog.indicators import match_indicator
from zhibiao.catalog.regions import resolve_region
from zhibiao.facts.context import clause_start, find_aspect, find_status, own_period, section_at
from zhibiao.facts.holders import resolve_holders
from zhibiao.facts.periods import default_period, section_year, sentence_periods
from zhibiao.labels import Approx, Direction, EntityLabel, FactKind, RelationLabel, SectionStatus
from zhibiao.numbers.amounts import parse_amount, read_context
from zhibiao.numbers.mentions import PeriodMention
from zhibiao.numbers.ranks import parse_rank
from zhibiao.records import Annotation, Entity, Fact, Relation, Report
from zhibiao.rules.left import read_left

KINDS = {
    RelationLabel.HAS_VALUE: FactKind.VALUE,
    RelationLabel.HAS_CHANGE: FactKind.CHANGE,
    RelationLabel.HAS_RANK: FactKind.RANK,
}


def build_facts(report: Report, annotation: Annotation) -> tuple[Fact, ...]:
    """Make one row per HAS_VALUE, HAS_CHANGE or HAS_RANK relation, in text order of the figures.

    Parameters
    ----------
    report
        The cleaned report with its sections and sentences.
    annotation
        Its entities and relations, from rules, a model or a person.
    """
    entities = {entity.id: entity for entity in annotation.entities}
    holders: dict[int, list[str]] = defaultdict(list)
    for relation in annotation.relations:
        if relation.label is RelationLabel.HELD_BY:
            holders[relation.head].append(entities[relation.child].text)
    measured = [relation for relation in annotation.relations if relation.label in KINDS]
    measured.sort(key=lambda relation: (entities[relation.child].start, entities[relation.head].start))
    builder = _FactBuilder(report)
    return tuple(
        builder.build(relation, entities[relation.head], entities[relation.child], holders[relation.child])
        for relation in measured
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what holds for all its figures: the times it names, and the period where it names none."""

    start: int
    end: int
    status: SectionStatus
    mentions: Sequence[PeriodMention]
    default_period: str | None


class _FactBuilder:
    """Builds the facts of one report; what is known of a sentence is worked out once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._sentences: dict[int, _Sentence] = {}

    def build(self, relation: Relation, metric: Entity, figure: Entity, holders: Sequence[str]) -> Fact:
        """Make the row of one relation."""
        report, text = self.report, self.report.text
        sentence = self._sentence_at(figure.start)
        clause = clause_start(text, sentence.start, figure.start)
        named = own_period(text, sentence.mentions, figure.start)
        holder = resolve_holders(holders, report)
        metric_source = report.aligned.source_span(metric.start, metric.end)
        figure_source = report.aligned.source_span(figure.start, figure.end)
        fact = Fact(
            fact_id=f"{report.report_id}:{metric.start}-{figure.start}",
            report_id=report.report_id,
            source=report.source,
            part=report.part,
            kind=KINDS[relation.label],
            metric=metric.text,
            figure=figure.text,
            sentence=text[sentence.start : sentence.end],
            metric_start=metric.start,
            metric_end=metric.end,
            figure_start=figure.start,
            figure_end=figure.end,
            metric_source_start=metric_source[0],
            metric_source_end=metric_source[1],
            figure_source_start=figure_source[0],
            figure_source_end=figure_source[1],
            status=find_status(text, sentence.start, clause, figure.start, sentence.status),
            period=named.period if named else sentence.default_period,
            holder=holder.name if holder else None,
            holder_code=holder.code if holder else None,
            score=min(relation.score, metric.score, figure.score),
        )
        around = text[clause : figure.start].replace(metric.text, "")
        fact = replace(fact, aspect=find_aspect(metric.text, around))
        if figure.label is EntityLabel.RANK:
            return self._with_rank(fact)
        between = text[max(clause, metric.end if metric.end <= figure.start else clause) : figure.start]
        return self._with_amount(fact, between)

    def _sentence_at(self, place: int) -> _Sentence:
        """Find a place's sentence; a span of a person's that no sentence covers has the whole text for one."""
        report = self.report
        number = bisect_right(report.sentences, (place, len(report.text))) - 1
        if number not in self._sentences:
            start, end = report.sentences[number] if number >= 0 else (0, len(report.text))
            section = section_at(report, place)
            self._sentences[number] = _Sentence(
                start,
                end,
                section.status if section else SectionStatus.OTHER,
                sentence_periods(report.text, start, end, section_year(report, section)),
                default_period(report, section),
            )
        return self._sentences[number]

    def _with_rank(self, fact: Fact) -> Fact:
        rank = parse_rank(fact.figure)
        indicator = match_indicator(fact.metric)
        region = resolve_region(rank.scope, self.report.region_code) if rank and rank.scope else None
        return replace(
            fact,
            indicator=indicator.id if indicator else None,
            rank_low=rank.low if rank else None,
            rank_high=rank.high if rank else None,
            rank_kind=rank.kind if rank else None,
            scope=rank.scope if rank else None,
            scope_code=region.code if region else None,
        )

    def _with_amount(self, fact: Fact, between: str) -> Fact:
        """Read the amount; ``between`` is what stands in front of it in its clause, behind the metric."""
        quantity = parse_amount(fact.figure)
        change = fact.kind is FactKind.CHANGE
        # The unit of a change says nothing of the indicator: 研发投入增长8%.
        indicator = match_indicator(fact.metric, quantity.unit if quantity and not change else None)
        low, high, approx = (quantity.low, quantity.high, quantity.approx) if quantity else (None, None, None)
        # 突破 and 不足 stand outside the span, and bound the number all the same.
        if approx is Approx.EXACT and low == high and (bound := read_context(between)) is not None:
            approx = bound
            low, high = (None if bound is Approx.LESS else low), (None if bound is Approx.MORE else high)
        return replace(
            fact,
            indicator=indicator.id if indicator else None,
            value_low=low,
            value_high=high,
            unit=quantity.unit if quantity else None,
            approx=approx,
            direction=(read_left(between, 0, len(between)).change or Direction.UP) if change else None,
        )
