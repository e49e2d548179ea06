"""Counts of cues and spans in any stretch of a report, from one pass over its sentences with figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from zhibiao.labels import EntityLabel
from zhibiao.pipes.relations.cues import CLAUSE_ENDS, class_names, find_cues
from zhibiao.rules.spans import LabelledSpan

Ints = npt.NDArray[np.int64]

# Columns of a stretch behind those of the cues. Unnamed are the characters that belong to no cue and to no span.
SPANS = ("figures", "ranks", "metrics", "holders")
COLUMNS = (*SPANS, "length", "unnamed")


def column_names() -> tuple[str, ...]:
    """Name the columns of `Stretches.between`."""
    return (*class_names(), *COLUMNS)


def column(name: str) -> int:
    """Give the place of a column of `Stretches.between`.

    Examples
    --------
    >>> column("comma"), column("unnamed") == len(column_names()) - 1
    (0, True)
    """
    return column_names().index(name)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Running counts over a text: any stretch is the difference of two of them.

    Parameters
    ----------
    places, counts
        Where cues and spans begin, in text order, and how many of each class begin before each of these places.
    unnamed
        How many unnamed characters stand before each place of the text.
    clauses
        Where the marks stand that end a clause.
    """

    places: Ints
    counts: Ints
    unnamed: Ints
    clauses: Ints

    def between(self, start: Ints, end: Ints) -> Ints:
        """Describe the stretches ``[start, end)``: one row each, columns as in `column_names`, zeros for one of no length."""
        end = np.maximum(start, end)
        cues = self.counts[np.searchsorted(self.places, end)] - self.counts[np.searchsorted(self.places, start)]
        unnamed = self.unnamed[end] - self.unnamed[start]
        return np.concatenate([cues, (end - start)[:, None], unnamed[:, None]], axis=1)


def count_stretches(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    figures: Sequence[LabelledSpan],
    metrics: Sequence[LabelledSpan],
    holders: Sequence[LabelledSpan],
) -> Stretches:
    """Count the cues between the spans of some sentences.

    Parameters
    ----------
    text, sentences
        The text, and the sentences that are worth counting, in text order.
    figures, metrics, holders
        The spans in text order, none of which overlap.

    Examples
    --------
    >>> text = "高企总数达125家,同比增长12%"
    >>> spans = [LabelledSpan(5, 9, EntityLabel.AMOUNT), LabelledSpan(14, 17, EntityLabel.AMOUNT)]
    >>> found = count_stretches(text, [(0, 17)], figures=spans, metrics=[], holders=[])
    >>> row = found.between(np.array([9]), np.array([14]))[0]
    >>> [(name, int(count)) for name, count in zip(column_names(), row) if count]
    [('comma', 1), ('up', 1), ('length', 5)]
    """
    classes = len(class_names())
    clause_ends = {class_names().index(name) for name in CLAUSE_ENDS}
    spans = sorted([*figures, *metrics, *holders], key=attrgetter("start"))
    unnamed = bytearray(len(text) + 1)
    begins: list[tuple[int, int]] = []
    clauses: list[int] = []
    for start, end in _gaps(sentences, spans):
        unnamed[start:end] = b"\1" * (end - start)
        for cue in find_cues(text, start, end):
            unnamed[cue.start : cue.end] = bytes(cue.end - cue.start)
            begins += [(cue.start, number) for number in cue.classes]
            if not clause_ends.isdisjoint(cue.classes):
                clauses.append(cue.start)
    ranks = [figure for figure in figures if figure.label is EntityLabel.RANK]
    for number, some in enumerate((figures, ranks, metrics, holders), start=classes):
        begins += [(span.start, number) for span in some]
    events = np.array(sorted(begins), dtype=np.int64).reshape(-1, 2)
    counts = np.zeros((len(events) + 1, classes + len(SPANS)), dtype=np.int64)
    counts[np.arange(1, len(events) + 1), events[:, 1]] = 1
    running = np.concatenate([[0], np.cumsum(np.frombuffer(bytes(unnamed), dtype=np.uint8), dtype=np.int64)])
    return Stretches(events[:, 0], np.cumsum(counts, axis=0), running, np.array(clauses, dtype=np.int64))


def _gaps(sentences: Sequence[tuple[int, int]], spans: Sequence[LabelledSpan]) -> list[tuple[int, int]]:
    """List what the sentences hold beside the spans."""
    gaps: list[tuple[int, int]] = []
    number = 0
    for start, end in sentences:
        cursor = start
        while number < len(spans) and spans[number].start < end:
            span = spans[number]
            if span.start > cursor:
                gaps.append((cursor, span.start))
            cursor = max(cursor, span.end)
            number += 1
        if cursor < end:
            gaps.append((cursor, end))
    return gaps
