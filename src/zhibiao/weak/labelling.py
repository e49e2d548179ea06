"""Fit the weighing of votes, and label reports with it: spans first, then relations between the spans that were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhibiao.errors import InputError
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, Relation
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.aggregation import UNKNOWN, Aggregation, Truth, Weigher, get_fit
from zhibiao.weak.apply import CastSpan, Fault, vote_on_pairs, vote_on_spans
from zhibiao.weak.decoding import choose_relations, choose_spans
from zhibiao.weak.functions import LabellingFunction, PairFunction, SpanFunction
from zhibiao.weak.table import EXACT, Pair, PairTable, SpanTable, VoteTable, tabulate_pairs, tabulate_spans
from zhibiao.weak.views import ReportView

# Chosen on train: the expected F1 is best near half its own value, so below one half.
SPAN_THRESHOLD = 0.4
PAIR_THRESHOLD = 0.35
UNSURE = 0.15


@dataclass(frozen=True, slots=True)
class VotedReport:
    """A report with the votes on its spans; ``gold`` is its annotation where people made one."""

    view: ReportView
    votes: tuple[CastSpan, ...]
    spans: Mapping[str, SpanTable]
    gold: Annotation | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class LabelledItem:
    """What stands behind a span or a relation: the functions for it, and those for something else there."""

    score: float
    votes: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Silver annotation of one report.

    Parameters
    ----------
    annotation
        Entities with their ids in text order, and relations, with scores.
    behind_entities, behind_relations
        The votes, in the order of the annotation.
    unsure_spans
        Spans that were voted for, not taken, and too likely to be called none: span to probability.
    unsure_pairs
        The same for pairs of taken entities, by their ids.
    faults
        Functions that raised.
    """

    annotation: Annotation
    behind_entities: tuple[LabelledItem, ...]
    behind_relations: tuple[LabelledItem, ...]
    unsure_spans: Mapping[LabelledSpan, float]
    unsure_pairs: Mapping[tuple[int, int], float]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Labeller:
    """Labels reports with functions and fitted weighers.

    Parameters
    ----------
    functions
        The labelling functions.
    weighers
        One for each kind of table.
    span_threshold, pair_threshold
        The least probabilities of spans and relations that are taken.
    unsure
        What is not taken but at least this probable is not called none.
    """

    functions: tuple[LabellingFunction, ...]
    weighers: Mapping[str, Weigher]
    span_threshold: float = SPAN_THRESHOLD
    pair_threshold: float = PAIR_THRESHOLD
    unsure: float = UNSURE

    def label(self, report: VotedReport) -> Labelled:
        """Label a report whose spans were voted on."""
        weighed = self.weigh_spans(report)
        chosen = choose_spans(weighed, self.span_threshold)
        voted = vote_on_pairs(report.view, chosen, self.functions)
        tables = tabulate_pairs(voted.votes, pair_columns(self.functions))
        # A pair is no more likely than the spans it joins, and a place is an entity by its relation alone.
        found = self.weigh_pairs(tables)
        relations = choose_relations(report.view.text, found, self.pair_threshold)
        linked = {span for pair in relations for span in pair}
        entities = [
            span
            for span in sorted({*chosen, *(voted.places & linked)})
            if span in linked or (span.label is not EntityLabel.METRIC and not _is_loose_place(span, report.view))
        ]
        return self._collect(
            report,
            entities=entities,
            weighed=weighed,
            tables=tables,
            found=found,
            relations=relations,
            faults=voted.faults,
        )

    def weigh_spans(self, report: VotedReport) -> dict[LabelledSpan, float]:
        """Give every span that was voted for its probability."""
        found: dict[LabelledSpan, float] = {}
        for kind, table in report.spans.items():
            if table.spans:
                likely = self.weighers[kind].probabilities(table.votes)[:, 1].tolist()
                found.update(zip(table.spans, likely, strict=True))
        return found

    def weigh_pairs(self, tables: Mapping[str, PairTable]) -> dict[Pair, tuple[RelationLabel, float]]:
        """Give every pair that was voted for its likeliest relation with the probability of it."""
        found: dict[Pair, tuple[RelationLabel, float]] = {}
        for kind, table in tables.items():
            if not table.pairs:
                continue
            probabilities = self.weighers[kind].probabilities(table.votes)
            best = probabilities[:, 1:].argmax(axis=1) + 1
            for pair, place, row in zip(table.pairs, best, probabilities, strict=True):
                label = table.votes.labels[place]
                if isinstance(label, RelationLabel):
                    found[pair] = label, float(row[place])
        return found

    def _collect(
        self,
        report: VotedReport,
        *,
        entities: Sequence[LabelledSpan],
        weighed: Mapping[LabelledSpan, float],
        tables: Mapping[str, PairTable],
        found: Mapping[Pair, tuple[RelationLabel, float]],
        relations: Mapping[Pair, tuple[RelationLabel, float]],
        faults: tuple[Fault, ...],
    ) -> Labelled:
        number = {span: i for i, span in enumerate(entities)}
        kept = sorted(pair for pair in relations if pair[0] in number and pair[1] in number)
        held = {span: p for pair, (_label, p) in relations.items() for span in pair}
        scores = {span: weighed.get(span, held.get(span, 0.0)) for span in entities}
        text = report.view.text
        annotation = Annotation(
            tuple(Entity(number[s], s.label, s.start, s.end, text[s.start : s.end], scores[s]) for s in entities),
            tuple(Relation(number[h], number[c], relations[h, c][0], relations[h, c][1]) for h, c in kept),
        )
        span_rows = {span: (t.votes, row) for t in report.spans.values() for row, span in enumerate(t.spans)}
        pair_rows = {pair: (t.votes, row) for t in tables.values() for row, pair in enumerate(t.pairs)}
        return Labelled(
            annotation,
            tuple(_behind_span(scores[s], span_rows.get(s)) for s in entities),
            tuple(_behind_pair(relations[pair], *pair_rows[pair]) for pair in kept),
            {s: p for s, p in weighed.items() if s not in number and p >= self.unsure},
            {
                (number[h], number[c]): p
                for (h, c), (_label, p) in found.items()
                if (h, c) not in relations and p >= self.unsure and h in number and c in number
            },
            (*report.faults, *faults),
        )


def vote(view: ReportView, functions: Sequence[LabellingFunction], gold: Annotation | None = None) -> VotedReport:
    """Let the span functions vote on a report.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> report = vote(ReportView("高企达125家。"), load_functions())
    >>> [(span.start, span.end) for span in report.spans["AMOUNT"].spans]
    [(3, 7)]
    """
    cast = vote_on_spans(view, functions)
    return tabulate(view, cast.votes, functions, gold=gold, faults=cast.faults)


def tabulate(
    view: ReportView,
    votes: Sequence[CastSpan],
    functions: Sequence[LabellingFunction],
    *,
    gold: Annotation | None = None,
    faults: tuple[Fault, ...] = (),
) -> VotedReport:
    """Put a report and votes on its spans together, when they were cast before."""
    return VotedReport(view, tuple(votes), tabulate_spans(votes, _span_columns(functions)), gold, faults)


def fit_labeller(
    reports: Sequence[VotedReport], functions: Sequence[LabellingFunction], aggregation: Aggregation
) -> Labeller:
    """Fit weighers for spans, then for the relations between the spans they choose.

    The votes on relations are learnt between the spans that are chosen, not between gold's: those are what they will be cast on.

    Raises
    ------
    InputError
        If the weighted vote finds no gold.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> functions = load_functions()
    >>> report = vote(ReportView("全市高企总数达125家。"), functions)
    >>> labelled = fit_labeller([report], functions, Aggregation.MAJORITY).label(report)
    >>> [(entity.label.value, entity.text) for entity in labelled.annotation.entities]
    [('ORG', '全市'), ('METRIC', '高企总数'), ('AMOUNT', '125家')]
    """
    if aggregation is Aggregation.WEIGHTED and all(report.gold is None for report in reports):
        raise InputError("the weighted vote needs gold to learn from: give some, or use majority or generative")
    fit = get_fit(aggregation)
    weighers: dict[str, Weigher] = {}
    for label in EntityLabel:
        tables = [report.spans[label.value] for report in reports]
        truth = [span_truth(table, report.gold) for table, report in zip(tables, reports, strict=True)]
        weighers[label.value] = fit(_stack([table.votes for table in tables]), np.concatenate(truth))
    spans_only = Labeller(tuple(functions), weighers)
    pairs = [_pair_tables(report, spans_only) for report in reports]
    for kind in pairs[0]:
        truth = [pair_truth(found[kind], report.gold) for found, report in zip(pairs, reports, strict=True)]
        weighers[kind] = fit(_stack([found[kind].votes for found in pairs]), np.concatenate(truth))
    return Labeller(tuple(functions), weighers)


def _pair_tables(report: VotedReport, labeller: Labeller) -> dict[str, PairTable]:
    spans = choose_spans(labeller.weigh_spans(report), labeller.span_threshold)
    voted = vote_on_pairs(report.view, spans, labeller.functions)
    return tabulate_pairs(voted.votes, pair_columns(labeller.functions))


def span_truth(table: SpanTable, gold: Annotation | None) -> Truth:
    """Give the class of each span of a table: 1 where gold has it, `UNKNOWN` without gold.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> report = vote(ReportView("高企达125家。"), load_functions())
    >>> gold = Annotation((Entity(0, EntityLabel.AMOUNT, 3, 7, "125家"),))
    >>> span_truth(report.spans["AMOUNT"], gold).tolist(), span_truth(report.spans["AMOUNT"], None).tolist()
    ([1], [-1])
    """
    if gold is None:
        return np.full(len(table.spans), UNKNOWN, dtype=np.int8)
    known = {LabelledSpan(entity.start, entity.end, entity.label) for entity in gold.entities}
    return np.array([span in known for span in table.spans], dtype=np.int8)


def pair_truth(table: PairTable, gold: Annotation | None) -> Truth:
    """Give the class of each pair of a table: the place of its relation among the table's labels, 0 for none."""
    if gold is None:
        return np.full(len(table.pairs), UNKNOWN, dtype=np.int8)
    known = gold_pairs(gold)
    labels = table.votes.labels
    return np.array([labels.index(known.get(pair)) for pair in table.pairs], dtype=np.int8)


def gold_pairs(gold: Annotation) -> dict[Pair, RelationLabel]:
    """Give the relations of an annotation by their spans.

    Examples
    --------
    >>> entities = Entity(0, EntityLabel.METRIC, 0, 2, "高企"), Entity(1, EntityLabel.AMOUNT, 3, 7, "125家")
    >>> list(gold_pairs(Annotation(entities, (Relation(0, 1, RelationLabel.HAS_VALUE),))).values())
    [<RelationLabel.HAS_VALUE: 'HAS_VALUE'>]
    """
    spans = {entity.id: LabelledSpan(entity.start, entity.end, entity.label) for entity in gold.entities}
    return {(spans[one.head], spans[one.child]): one.label for one in gold.relations}


def _stack(tables: Sequence[VoteTable]) -> VoteTable:
    return tables[0].joined(tables[1:])


def _span_columns(functions: Iterable[LabellingFunction]) -> dict[EntityLabel, list[str]]:
    columns: dict[EntityLabel, list[str]] = {label: [] for label in EntityLabel}
    for function in functions:
        if isinstance(function, SpanFunction):
            columns[function.label].append(function.name)
    return columns


def pair_columns(functions: Iterable[LabellingFunction]) -> list[str]:
    """Name the functions that vote on relations: the columns of pair tables."""
    return [function.name for function in functions if isinstance(function, PairFunction)]


def _is_loose_place(span: LabelledSpan, view: ReportView) -> bool:
    """Tell whether an ORG is a mere place, which is one only if it holds a figure."""
    return span.label is EntityLabel.ORG and span in view.place_spans


def _behind_span(score: float, found: tuple[VoteTable, int] | None) -> LabelledItem:
    if found is None:
        return LabelledItem(score, (), ())
    table, row = found
    codes = table.codes[row]
    names = table.functions
    exact = tuple(name for name, code in zip(names, codes, strict=True) if code == EXACT)
    return LabelledItem(score, exact, tuple(n for n, code in zip(names, codes, strict=True) if code > EXACT))


def _behind_pair(chosen: tuple[RelationLabel, float], table: VoteTable, row: int) -> LabelledItem:
    said = [table.labels[table.speaks[code]] if code else "" for code in table.codes[row]]
    votes = tuple(name for name, label in zip(table.functions, said, strict=True) if label is chosen[0])
    against = tuple(n for n, label in zip(table.functions, said, strict=True) if label != "" and label is not chosen[0])
    return LabelledItem(chosen[1], votes, against)
