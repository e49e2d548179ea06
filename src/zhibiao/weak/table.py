"""Votes as tables: one row for each item that a function voted for, one column for each function, a code in each cell.

Spans and pairs of spans become the same kind of table, so one aggregation serves both. What a code says:

- spans: 1 exactly this span · 2 another span that begins here · 3 another that ends here · 4 another that overlaps · 5 against it
- pairs: 1 no relation · 2, 3 … the relations that the pair's labels allow

and 0 that the function abstains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhibiao.labels import LEGAL_PAIRS, EntityLabel, RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.apply import CastPair, CastSpan

Codes = NDArray[np.int8]
Pair = tuple[LabelledSpan, LabelledSpan]

EXACT, SAME_START, SAME_END, OVERLAPS, AGAINST = 1, 2, 3, 4, 5
# What each code speaks for: nothing (-1), that the item is none (0), that it is one (1 …).
_SPAN_SPEAKS = (-1, 1, 0, 0, 0, 0)
# Where another span begins or ends matters only to who has gold to learn it from.
_SPAN_ALIKE = (0, 1, 2, 2, 2, 5)


@dataclass(frozen=True, slots=True)
class VoteTable:
    """The votes on items of one kind.

    Parameters
    ----------
    kind
        What the items are: METRIC, or METRIC-AMOUNT.
    labels
        The label of each class; class 0 is None, no entity or no relation.
    functions
        The name of each column.
    codes
        Items × functions.
    speaks
        For each code the class it speaks for, -1 for abstention.
    alike
        For each code the one that stands for all that say much the same.
    """

    kind: str
    labels: tuple[EntityLabel | RelationLabel | None, ...]
    functions: tuple[str, ...]
    codes: Codes
    speaks: tuple[int, ...]
    alike: tuple[int, ...] = _SPAN_ALIKE

    def __len__(self) -> int:
        """Count the items."""
        return len(self.codes)

    def joined(self, others: Sequence[VoteTable]) -> VoteTable:
        """Put the items of tables of one kind under one another."""
        return replace(self, codes=np.concatenate([self.codes, *(other.codes for other in others)]))

    def without(self, function: str) -> VoteTable:
        """Let a function abstain everywhere; items that nobody else votes for stay, with nothing said for them."""
        codes = self.codes.copy()
        codes[:, self.functions.index(function)] = 0
        return replace(self, codes=codes)

    def simplified(self) -> VoteTable:
        """Let one code stand for all that say much the same."""
        return replace(self, codes=np.array(self.alike, dtype=np.int8)[self.codes])


@dataclass(frozen=True, slots=True)
class SpanTable:
    """The spans of one label that were voted for in one report, with their votes."""

    spans: tuple[LabelledSpan, ...]
    votes: VoteTable


@dataclass(frozen=True, slots=True)
class PairTable:
    """The pairs of one kind that a relation was voted for in one report, with their votes."""

    pairs: tuple[Pair, ...]
    votes: VoteTable


def pair_kinds() -> dict[str, tuple[RelationLabel, ...]]:
    """Name the kinds of pair tables, with the relations each may have.

    Examples
    --------
    >>> sorted(pair_kinds())
    ['AMOUNT-ORG', 'METRIC-AMOUNT', 'METRIC-RANK', 'RANK-ORG']
    """
    kinds: dict[str, tuple[RelationLabel, ...]] = {}
    for label in RelationLabel:
        for head, child in sorted(LEGAL_PAIRS[label]):
            name = pair_kind(head, child)
            kinds[name] = (*kinds.get(name, ()), label)
    return kinds


def pair_kind(head: EntityLabel, child: EntityLabel) -> str:
    """Name the kind of a pair.

    Examples
    --------
    >>> pair_kind(EntityLabel.METRIC, EntityLabel.RANK)
    'METRIC-RANK'
    """
    return f"{head}-{child}"


def tabulate_spans(votes: Iterable[CastSpan], columns: Mapping[EntityLabel, Sequence[str]]) -> dict[str, SpanTable]:
    """Make one table for each label.

    Parameters
    ----------
    votes
        The votes of one report.
    columns
        For each label the functions that may vote on it.

    Examples
    --------
    >>> columns = {EntityLabel.ORG: ["a", "b"]}
    >>> votes = [CastSpan("a", EntityLabel.ORG, 0, 4, False), CastSpan("b", EntityLabel.ORG, 0, 6, False)]
    >>> table = tabulate_spans(votes, columns)["ORG"]
    >>> [(span.start, span.end) for span in table.spans], table.votes.codes.tolist()
    ([(0, 4), (0, 6)], [[1, 2], [2, 1]])
    """
    by_label: dict[EntityLabel, list[CastSpan]] = {label: [] for label in columns}
    for vote in votes:
        by_label[vote.label].append(vote)
    return {label.value: _tabulate(label, found, columns[label]) for label, found in by_label.items()}


def _tabulate(label: EntityLabel, votes: Sequence[CastSpan], functions: Sequence[str]) -> SpanTable:
    column = {name: number for number, name in enumerate(functions)}
    ranges = sorted({(vote.start, vote.end) for vote in votes if not vote.against})
    codes = np.zeros((len(ranges), len(column)), dtype=np.int8)
    for row, vote in _touching(ranges, votes):
        code = _code(ranges[row], vote)
        cell = row, column[vote.function]
        # Of several votes of one function on an item the plainest counts: exact, then one end, then overlap.
        if code and (codes[cell] == 0 or code < codes[cell]):
            codes[cell] = code
    spans = tuple(LabelledSpan(start, end, label) for start, end in ranges)
    return SpanTable(spans, VoteTable(label.value, (None, label), tuple(functions), codes, _SPAN_SPEAKS))


def _code(span: tuple[int, int], vote: CastSpan) -> int:
    start, end = span
    if vote.against:
        return AGAINST if vote.start <= start and end <= vote.end else 0
    if vote.start == start:
        return EXACT if vote.end == end else SAME_START
    return SAME_END if vote.end == end else OVERLAPS


def _touching(ranges: Sequence[tuple[int, int]], votes: Sequence[CastSpan]) -> Iterator[tuple[int, CastSpan]]:
    """Pair each vote with the rows it shares a character with; ranges are sorted by their start."""
    first = 0
    longest = max((end - start for start, end in ranges), default=0)
    for vote in sorted(votes, key=lambda one: one.start):
        while first < len(ranges) and ranges[first][0] + longest <= vote.start:
            first += 1
        for row in range(first, len(ranges)):
            start, end = ranges[row]
            if start >= vote.end:
                break
            if vote.start < end:
                yield row, vote


def tabulate_pairs(votes: Iterable[CastPair], functions: Sequence[str]) -> dict[str, PairTable]:
    """Make one table for each kind of pair; a pair on which nobody votes for a relation is no item.

    Examples
    --------
    >>> metric, amount = LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 5, EntityLabel.AMOUNT)
    >>> votes = [CastPair("a", metric, amount, RelationLabel.HAS_VALUE), CastPair("b", metric, amount, None)]
    >>> tabulate_pairs(votes, ["a", "b"])["METRIC-AMOUNT"].votes.codes.tolist()
    [[2, 1]]
    """
    cells: dict[Pair, dict[str, int]] = {}
    kinds = pair_kinds()
    for vote in votes:
        labels = kinds[pair_kind(vote.head.label, vote.child.label)]
        code = 1 if vote.label is None else 2 + labels.index(vote.label)
        row = cells.setdefault((vote.head, vote.child), {})
        row[vote.function] = max(code, row.get(vote.function, 0))
    column = {name: number for number, name in enumerate(functions)}
    tables = {}
    for kind, labels in kinds.items():
        pairs = sorted(
            pair
            for pair, row in cells.items()
            if pair_kind(pair[0].label, pair[1].label) == kind and max(row.values()) > 1
        )
        codes = np.zeros((len(pairs), len(column)), dtype=np.int8)
        for number, pair in enumerate(pairs):
            for name, code in cells[pair].items():
                codes[number, column[name]] = code
        votes_of = VoteTable(
            kind, (None, *labels), tuple(functions), codes, (-1, *range(len(labels) + 1)), tuple(range(len(labels) + 2))
        )
        tables[kind] = PairTable(tuple(pairs), votes_of)
    return tables
