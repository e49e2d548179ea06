"""Which labelling function is worth its keep: a table with one row for each.

Coverage, overlaps and conflicts need no gold; precision, recall, accuracy and what the vote loses without the function do. Items are the spans
of its label that any function votes for, or the pairs of spans that any function relates.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any

import numpy as np

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.scoring.counts import Counts
from zhibiao.weak.aggregation import UNKNOWN, Aggregation, Probabilities, Truth, get_fit
from zhibiao.weak.apply import vote_on_pairs
from zhibiao.weak.decoding import choose_relations, choose_spans
from zhibiao.weak.functions import LabellingFunction, PairFunction
from zhibiao.weak.labelling import (
    PAIR_THRESHOLD,
    SPAN_THRESHOLD,
    VotedReport,
    gold_pairs,
    pair_columns,
    pair_truth,
    span_truth,
)
from zhibiao.weak.table import Pair, PairTable, VoteTable, pair_kind, pair_kinds, tabulate_pairs

RELATIONS = "relations"


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """What a function does; shares are of 1, None where there is nothing to take a share of.

    Parameters
    ----------
    function, target
        Its name, and the label it votes on, or ``relations``.
    votes, against
        How many items it votes for, and on how many it votes against or for something else there.
    coverage
        Share of all items on which it votes.
    overlaps, conflicts
        Of those, the share on which another function votes too, and on which another one votes for something else.
    precision, recall
        Of the items it votes for, the share that gold has; of gold's with its labels, the share it votes for.
    accuracy
        Of all its votes, the share that is right.
    loss
        F1 of the vote on its target with it, less F1 without it.
    """

    function: str
    target: str
    votes: int
    against: int
    coverage: float | None
    overlaps: float | None
    conflicts: float | None
    precision: float | None
    recall: float | None
    accuracy: float | None
    loss: float | None


@dataclass(frozen=True, slots=True)
class VoteScore:
    """How good the vote of all functions on a target is against gold, weighed in one way."""

    target: str
    aggregation: Aggregation
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Field:
    """The tables of one kind with what gold says of them, and how many items of each label gold has in all."""

    tables: Sequence[VoteTable]
    truths: Sequence[Truth]
    items: Sequence[Sequence[LabelledSpan] | Sequence[Pair]]
    texts: Sequence[str]
    gold: Counter[EntityLabel | RelationLabel]

    @property
    def whole(self) -> tuple[VoteTable, Truth]:
        """The items of all reports in one table, with their classes."""
        return self.tables[0].joined(self.tables[1:]), np.concatenate(self.truths)


@dataclass(frozen=True, slots=True)
class _Tally:
    """Items that a function spoke on, for and against, beside others and in conflict; right for, right at all, of how many."""

    spoken: int = 0
    votes: int = 0
    against: int = 0
    beside: int = 0
    conflict: int = 0
    right_for: int = 0
    right: int = 0
    judged: int = 0

    def __add__(self, other: _Tally) -> _Tally:
        return _Tally(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def analyse(
    reports: Sequence[VotedReport], functions: Sequence[LabellingFunction], aggregation: Aggregation
) -> list[FunctionRow]:
    """Make the table; without gold its last four columns are None.

    Relations are looked at between gold's spans, or between those the vote finds where there is no gold.

    Parameters
    ----------
    reports
        Reports with their votes.
    functions
        The functions that cast them.
    aggregation
        How votes are weighed for the loss; `weighted` learns from the same gold.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> from zhibiao.weak.labelling import vote
    >>> from zhibiao.weak.views import ReportView
    >>> functions = load_functions()
    >>> rows = analyse([vote(ReportView("全市高企总数达125家。"), functions)], functions, Aggregation.MAJORITY)
    >>> next((row.votes, row.coverage, row.precision) for row in rows if row.function == "amount_grammar")
    (1, 1.0, None)
    """
    labels = {function.name: _labels(function) for function in functions}
    fields_of = _make_fields(reports, functions)
    return [row for target, kinds in fields_of.items() for row in _rows(target, kinds, labels, aggregation)]


def score_votes(
    reports: Sequence[VotedReport], functions: Sequence[LabellingFunction], aggregations: Iterable[Aggregation]
) -> list[VoteScore]:
    """Score the vote of all functions against gold, target by target; without gold there is nothing to give.

    Relations are scored between gold's spans. `weighted` learns from the gold it is scored against, which flatters it.

    Examples
    --------
    >>> from zhibiao.records import Annotation, Entity
    >>> from zhibiao.weak.functions import load_functions
    >>> from zhibiao.weak.labelling import vote
    >>> from zhibiao.weak.views import ReportView
    >>> functions, gold = load_functions(), Annotation((Entity(0, EntityLabel.AMOUNT, 3, 7, "125家"),))
    >>> scores = score_votes([vote(ReportView("高企达125家。"), functions, gold)], functions, [Aggregation.MAJORITY])
    >>> [(score.target, score.counts.f1) for score in scores if score.target == "AMOUNT"]
    [('AMOUNT', 1.0)]
    """
    if all(report.gold is None for report in reports):
        return []
    found: list[VoteScore] = []
    for target, kinds in _make_fields(reports, functions).items():
        wholes = [kind.whole for kind in kinds]
        found += [VoteScore(target, way, _count(kinds, wholes, way, None)) for way in aggregations]
    return found


def _make_fields(reports: Sequence[VotedReport], functions: Sequence[LabellingFunction]) -> dict[str, Sequence[_Field]]:
    found = [_relate(report, functions) for report in reports]
    return {
        **{label.value: [_span_field(label, reports)] for label in EntityLabel},
        RELATIONS: [_pair_field(kind, found, reports) for kind in pair_kinds()],
    }


def _labels(function: LabellingFunction) -> frozenset[EntityLabel | RelationLabel]:
    return function.labels if isinstance(function, PairFunction) else frozenset({function.label})


def _span_field(label: EntityLabel, reports: Sequence[VotedReport]) -> _Field:
    tables = [report.spans[label.value] for report in reports]
    entities = (entity.label for r in reports if r.gold is not None for entity in r.gold.entities)
    return _Field(
        [table.votes for table in tables],
        [span_truth(table, report.gold) for table, report in zip(tables, reports, strict=True)],
        [table.spans for table in tables],
        [report.view.text for report in reports],
        Counter(one for one in entities if one is label),
    )


def _pair_field(kind: str, found: Sequence[Mapping[str, PairTable]], reports: Sequence[VotedReport]) -> _Field:
    tables = [tables[kind] for tables in found]
    known = (item for report in reports if report.gold is not None for item in gold_pairs(report.gold).items())
    return _Field(
        [table.votes for table in tables],
        [pair_truth(table, report.gold) for table, report in zip(tables, reports, strict=True)],
        [table.pairs for table in tables],
        [report.view.text for report in reports],
        Counter(label for (head, child), label in known if pair_kind(head.label, child.label) == kind),
    )


def _relate(report: VotedReport, functions: Sequence[LabellingFunction]) -> dict[str, PairTable]:
    if report.gold is not None:
        spans = [LabelledSpan(entity.start, entity.end, entity.label) for entity in report.gold.entities]
    else:
        fit = get_fit(Aggregation.MAJORITY)
        weighed: dict[LabelledSpan, float] = {}
        for table in report.spans.values():
            weigher = fit(table.votes, np.full(len(table.spans), UNKNOWN, dtype=np.int8))
            weighed.update(zip(table.spans, weigher.probabilities(table.votes)[:, 1].tolist(), strict=True))
        spans = choose_spans(weighed, SPAN_THRESHOLD)
    voted = vote_on_pairs(report.view, spans, functions)
    return tabulate_pairs(voted.votes, pair_columns(functions))


def _rows(
    target: str,
    kinds: Sequence[_Field],
    labels: Mapping[str, frozenset[EntityLabel | RelationLabel]],
    aggregation: Aggregation,
) -> Iterator[FunctionRow]:
    """Make the rows of the functions of one target, whose items may be of several kinds."""
    wholes = [kind.whole for kind in kinds]
    known = any((truth != UNKNOWN).any() for _table, truth in wholes)
    best = _count(kinds, wholes, aggregation, None).f1 if known else None
    items = sum(len(table) for table, _truth in wholes)
    for column, name in enumerate(wholes[0][0].functions):
        tally = sum((_tally(table, truth, column) for table, truth in wholes), _Tally())
        reference = sum(kind.gold[label] for kind in kinds for label in labels[name])
        without = _count(kinds, wholes, aggregation, name).f1 if known and tally.spoken else best
        yield FunctionRow(
            function=name,
            target=target,
            votes=tally.votes,
            against=tally.against,
            coverage=_share(tally.spoken, items),
            overlaps=_share(tally.beside, tally.spoken),
            conflicts=_share(tally.conflict, tally.spoken),
            precision=_share(tally.right_for, tally.votes) if known else None,
            recall=_share(tally.right_for, reference) if known and tally.votes else None,
            accuracy=_share(tally.right, tally.judged),
            loss=None if best is None or without is None else best - without,
        )


def _tally(table: VoteTable, truth: Truth, column: int) -> _Tally:
    said = np.array(table.speaks)[table.codes]
    own = said[:, column]
    spoken = own >= 0
    others = np.delete(said, column, axis=1)
    right = spoken & (own == truth)
    masks = (
        spoken,
        own > 0,
        own == 0,
        spoken & (others >= 0).any(axis=1),
        spoken & ((others >= 0) & (others != own[:, None])).any(axis=1),
        right & (own > 0),
        right,
        spoken & (truth != UNKNOWN),
    )
    return _Tally(*(int(mask.sum()) for mask in masks))


def _count(
    kinds: Sequence[_Field], wholes: Sequence[tuple[VoteTable, Truth]], aggregation: Aggregation, left_out: str | None
) -> Counts:
    """Fit on all items and score the choice report by report, one function left out, or none."""
    fit = get_fit(aggregation)
    counts = Counts(0, 0, 0)
    for kind, (table, truth) in zip(kinds, wholes, strict=True):
        seen = table if left_out is None else table.without(left_out)
        used = truth if aggregation is Aggregation.WEIGHTED else np.full(len(truth), UNKNOWN, dtype=np.int8)
        found = fit(seen, used).probabilities(seen)
        counts += Counts(0, kind.gold.total(), 0)
        first = 0
        for items, report_truth, text in zip(kind.items, kind.truths, kind.texts, strict=True):
            last = first + len(items)
            counts += _score(items, report_truth, found[first:last], table, text)
            first = last
    return counts


def _score(
    items: Sequence[LabelledSpan] | Sequence[Pair], truth: Truth, found: Probabilities, table: VoteTable, text: str
) -> Counts:
    best = found[:, 1:].argmax(axis=1) + 1 if len(found) else np.zeros(0, dtype=int)
    likely = [float(row[place]) for row, place in zip(found, best, strict=True)]
    number = {item: i for i, item in enumerate(items)}
    if isinstance(table.labels[1], RelationLabel):
        labels = [table.labels[place] for place in best]
        rated: dict[Any, Any] = {item: (labels[i], likely[i]) for item, i in number.items()}
        chosen: list[Any] = list(choose_relations(text, rated, PAIR_THRESHOLD))
    else:
        rated = {item: likely[i] for item, i in number.items()}
        chosen = list(choose_spans(rated, SPAN_THRESHOLD))
    right = sum(int(truth[number[item]] == best[number[item]]) for item in chosen)
    return Counts(right, 0, len(chosen))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def as_records(rows: Sequence[FunctionRow]) -> list[dict[str, Any]]:
    """Give the table as plain data, for JSON or a page.

    Examples
    --------
    >>> as_records([FunctionRow("a", "ORG", 1, 0, 1.0, 0.0, 0.0, None, None, None, None)])[0]["function"]
    'a'
    """
    return [asdict(row) for row in rows]


def as_csv(rows: Sequence[FunctionRow]) -> str:
    """Give the table as CSV, empty where a share is of nothing.

    Examples
    --------
    >>> as_csv([FunctionRow("a", "ORG", 1, 0, 1.0, 0.0, 0.0, None, None, None, None)]).splitlines()[1]
    'a,ORG,1,0,1.0000,0.0000,0.0000,,,,'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(FunctionRow))
    for record in as_records(rows):
        writer.writerow(
            "" if value is None else f"{value:.4f}" if isinstance(value, float) else value for value in record.values()
        )
    return out.getvalue()
