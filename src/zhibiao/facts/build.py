"""Build the fact rows of a report from its annotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibiao.catalog.indicators import Context, match_in_context
from zhibiao.facts.aspects import find_aspect
from zhibiao.facts.calendar import read_calendar
from zhibiao.facts.context import clause_start, section_at
from zhibiao.facts.directions import find_direction, share_of
from zhibiao.facts.holders import resolve_holders
from zhibiao.facts.levels import is_origin
from zhibiao.facts.measures import Measure, measure_amount, measure_rank
from zhibiao.facts.outlook import find_outlook
from zhibiao.facts.periods import default_period, section_year, seen_period
from zhibiao.facts.places import find_size, is_tied
from zhibiao.facts.scopes import Scope, find_scope
from zhibiao.facts.status import find_status, is_adjusted, is_goal
from zhibiao.facts.timing import Timing, find_timing, read_timings
from zhibiao.facts.topics import find_topics
from zhibiao.labels import Direction, EntityLabel, FactKind, FactStatus, RelationLabel
from zhibiao.numbers.ranks import parse_rank
from zhibiao.records import Annotation, Entity, Fact, Relation, Report, Section

# 出现2.8%[的负增长]: how far behind a figure a word may still say which way it points.
_BEHIND = 8
# What stands further away in a line without end is no paragraph of it.
_LONGEST_LINE = 1000
_VERB_REACH = 4

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
    metrics = [entity for entity in annotation.entities if entity.label is EntityLabel.METRIC]
    builder = _FactBuilder(report, metrics)
    return tuple(
        builder.build(relation, entities[relation.head], entities[relation.child], holders[relation.child])
        for relation in measured
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what holds for all its figures."""

    start: int
    end: int
    section: Section | None
    planned: bool
    timings: Sequence[Timing]


class _FactBuilder:
    """Builds the facts of one report; what is known of a sentence is worked out once."""

    def __init__(self, report: Report, metrics: Sequence[Entity]) -> None:
        self.report = report
        self.metrics = sorted(metrics, key=lambda metric: metric.start)
        self._starts = [metric.start for metric in self.metrics]
        self.calendar = read_calendar(report)
        self.outlook = find_outlook(report, self.calendar)
        self._sentences: dict[int, _Sentence] = {}
        self._orders: dict[int, Scope] = {}

    def build(self, relation: Relation, metric: Entity, figure: Entity, holders: Sequence[str]) -> Fact:
        """Make the row of one relation."""
        report, text = self.report, self.report.text
        sentence = self._sentence_at(figure.start)
        clause = clause_start(text, sentence.start, figure.start)
        origin = is_origin(text, figure.start, figure.end)
        status = self._find_status(sentence, clause, relation, metric, figure, origin=origin)
        measure = self._measure(sentence, clause, KINDS[relation.label], metric, figure)
        holder = resolve_holders(holders, report)
        metric_source, figure_source = (report.aligned.source_span(one.start, one.end) for one in (metric, figure))
        around = text[clause : figure.start].replace(metric.text, "")
        return Fact(
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
            indicator=self._find_indicator(sentence, relation, metric, figure, measure),
            value_low=measure.value_low,
            value_high=measure.value_high,
            unit=measure.unit,
            approx=measure.approx,
            direction=self._find_direction(sentence, clause, relation, metric, figure, measure=measure),
            rank_low=measure.rank_low,
            rank_high=measure.rank_high,
            rank_from_bottom=measure.rank_from_bottom,
            rank_tied=measure.rank_tied,
            rank_kind=measure.rank_kind,
            scope=measure.scope,
            scope_code=measure.scope_code,
            scope_size=measure.scope_size,
            status=status,
            period=self._find_period(sentence, figure, status, origin=origin),
            aspect=find_aspect(metric.text, around, apart=metric.end < clause),
            holder=holder.name if holder else None,
            holder_code=holder.code if holder else None,
            score=min(relation.score, metric.score, figure.score),
        )

    def _sentence_at(self, place: int) -> _Sentence:
        """Find a place's sentence; a span of a person's that no sentence covers has the whole text for one."""
        report = self.report
        number = bisect_right(report.sentences, (place, len(report.text))) - 1
        if number not in self._sentences:
            start, end = report.sentences[number] if number >= 0 else (0, len(report.text))
            section = section_at(report, place)
            planned = number >= 0 and self.outlook[number]
            year = section_year(report, section, self.calendar, planned=planned)
            timings = read_timings(report.text, start, end, self.calendar, year)
            self._sentences[number] = _Sentence(start, end, section, planned, timings)
        return self._sentences[number]

    def _find_indicator(
        self, sentence: _Sentence, relation: Relation, metric: Entity, figure: Entity, measure: Measure
    ) -> str | None:
        # Only the unit of a level says something of the indicator: 研发投入增长8%.
        unit = measure.unit if relation.label is RelationLabel.HAS_VALUE else None
        text = self.report.text
        line = text.rfind("\n", max(0, metric.start - _LONGEST_LINE), metric.start) + 1
        of_line, first, own = (bisect_left(self._starts, place) for place in (line, sentence.start, metric.start))
        # 惠及[46家次]企业: the verb stands in front of the figure
        at = figure.start if 0 <= metric.start - figure.end <= 1 else metric.start
        context = Context(
            [one.text for one in self.metrics[max(of_line, first) : own]],
            text[max(line, at - _VERB_REACH) : at],
            find_topics(text, line, sentence.section, metric, self.metrics[of_line:first]),
        )
        found = match_in_context(metric.text, unit, context)
        return found.id if found else None

    def _find_status(
        self, sentence: _Sentence, clause: int, relation: Relation, metric: Entity, figure: Entity, *, origin: bool
    ) -> FactStatus:
        text = self.report.text
        if origin:
            return FactStatus.TARGET if is_adjusted(text, figure.end) else FactStatus.ACTUAL
        if relation.label is RelationLabel.HAS_VALUE and is_goal(text, metric.text, clause, figure.start, figure.end):
            return FactStatus.TARGET
        return find_status(text, sentence.start, metric.start, figure.start, planned=sentence.planned)

    def _find_period(self, sentence: _Sentence, figure: Entity, status: FactStatus, *, origin: bool) -> str | None:
        timing = find_timing(sentence.timings, figure.start, of_origin=origin)
        if origin:
            return timing.period if timing else None
        if timing is None or (timing.within_year and status is FactStatus.TARGET):
            return default_period(self.report, sentence.section, status, self.calendar, planned=sentence.planned)
        return seen_period(timing, status, self.calendar)

    def _measure(self, sentence: _Sentence, clause: int, kind: FactKind, metric: Entity, figure: Entity) -> Measure:
        text = self.report.text
        if figure.label is not EntityLabel.RANK:
            between = text[max(clause, metric.end if metric.end <= figure.start else clause) : figure.start]
            return measure_amount(figure.text, between)
        rank = parse_rank(figure.text)
        if rank is None:
            return Measure()
        before = self._orders.get(sentence.start)
        scope = find_scope(rank, text, sentence.start, figure.start, before=before, home=self.report.region_code)
        scope = replace(scope, size=find_size(rank, scope.size, text, figure.end))
        if scope.text is not None:
            self._orders[sentence.start] = scope
        return measure_rank(rank, scope, tied=is_tied(rank, text, figure.start, figure.end))

    def _find_direction(
        self, sentence: _Sentence, clause: int, relation: Relation, metric: Entity, figure: Entity, *, measure: Measure
    ) -> Direction | None:
        if relation.label is not RelationLabel.HAS_CHANGE:
            return None
        text = self.report.text
        inside = clause <= metric.start and metric.end <= figure.start
        front, back = (metric.start, metric.end) if inside else (clause, clause)
        above = clause_start(text, sentence.start, max(clause - 1, sentence.start))
        return find_direction(
            text[clause:front],
            text[back : figure.start],
            text[above:clause],
            text[figure.end : figure.end + _BEHIND],
            share_of(measure.value_low, measure.unit),
        )
