"""The order in which reports are worth an annotator's time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhibiao.annotation.suggestions import SuggestedReport
from zhibiao.corpus.splits import shingles
from zhibiao.records import Annotation
from zhibiao.scoring.annotations import count_relations, count_spans
from zhibiao.scoring.counts import total
from zhibiao.text.sentences import split_sentences

# Three characters carry the words of an indicator, and few enough of them are of one report alone.
GRAM = 3
_FIGURE = re.compile(r"[0-9０-９一二两三四五六七八九十百千万亿]")


class Order(StrEnum):
    """What comes first."""

    UNCERTAINTY = "uncertainty"
    DISAGREEMENT = "disagreement"
    NOVELTY = "novelty"
    MIXED = "mixed"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A report in the queue: its place by the order asked for, 0 to 1, and the three measures behind it.

    ``uncertainty`` is the mean doubt (1 − score) of its suggestions; ``disagreement`` is 1 − F1 of the voters, None with one
    voter; ``novelty`` is the share of character triples, in sentences with figures, that no known report has.
    """

    report_id: str
    value: float
    uncertainty: float | None
    disagreement: float | None
    novelty: float | None


def measure_uncertainty(annotation: Annotation) -> float | None:
    """Give the mean of 1 − score over spans and relations; None without any.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.records import Entity
    >>> measure_uncertainty(Annotation((Entity(0, EntityLabel.METRIC, 0, 4, "高企总数", 0.75),)))
    0.25
    """
    scores = [*(entity.score for entity in annotation.entities), *(one.score for one in annotation.relations)]
    return sum(1 - score for score in scores) / len(scores) if scores else None


def measure_disagreement(voters: Sequence[Annotation]) -> float | None:
    """Give 1 − F1 of spans and relations, both ends right, averaged over all pairs of voters; None with one voter.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.records import Entity
    >>> one = Annotation((Entity(0, EntityLabel.METRIC, 0, 4, "高企总数"),))
    >>> measure_disagreement([one, Annotation((Entity(0, EntityLabel.METRIC, 2, 4, "总数"),))])
    1.0
    """
    pairs = [(one, other) for i, one in enumerate(voters) for other in voters[i + 1 :]]
    found: list[float] = []
    for one, other in pairs:
        spans = count_spans(one, other, overlap=False).values()
        relations = count_relations(one, other, overlap=False).values()
        f1 = total([*spans, *relations]).f1
        found.append(0.0 if f1 is None else 1 - f1)
    return sum(found) / len(found) if found else None


def measure_novelty(text: str, known: frozenset[str] | set[str]) -> float | None:
    """Give the share of character triples, in sentences with figures, that are not known; None without such a sentence.

    Examples
    --------
    >>> measure_novelty("高企达125家。天气晴好。", figure_grams("高企达120家。"))
    0.5
    """
    grams = figure_grams(text)
    return len(grams - known) / len(grams) if grams else None


def figure_grams(text: str) -> frozenset[str]:
    """Give the character triples of the sentences that hold a figure."""
    sentences = (text[start:end] for start, end in split_sentences(text))
    return frozenset(gram for sentence in sentences if _FIGURE.search(sentence) for gram in shingles(sentence, GRAM))


def rank_reports(
    voters: Sequence[Mapping[str, SuggestedReport]],
    known: Iterable[str] = (),
    *,
    order: Order = Order.MIXED,
    seed: int = 0,
) -> list[QueueItem]:
    """Put reports into the order in which they are worth annotating.

    Parameters
    ----------
    voters
        What one or more systems suggest, by report; the first says which reports there are.
    known
        Texts that are annotated already.
    order
        What comes first; ``mixed`` averages the places by the measures that there are.
    seed
        Of the random order, which also breaks ties.
    """
    grams = frozenset(gram for text in known for gram in figure_grams(text))
    names = list(voters[0])
    random.Random(seed).shuffle(names)  # noqa: S311 - an order of work, no secret
    measured = {name: _measure(name, voters, grams) for name in names}
    columns = list(zip(*measured.values(), strict=True))
    places = [_places(column) for column in columns]
    if order is Order.MIXED:
        used = [place for place, column in zip(places, columns, strict=True) if len(set(column)) > 1]
        values = [
            sum(found) / len(found) if (found := [place[i] for place in used]) else 0.0 for i in range(len(names))
        ]
    elif order is Order.RANDOM:
        values = [1 - i / len(names) for i in range(len(names))]
    else:
        values = places[[Order.UNCERTAINTY, Order.DISAGREEMENT, Order.NOVELTY].index(order)]
    items = [QueueItem(name, value, *measured[name]) for name, value in zip(names, values, strict=True)]
    return sorted(items, key=lambda item: -item.value)


_Measures = tuple[float | None, float | None, float | None]


def _measure(name: str, voters: Sequence[Mapping[str, SuggestedReport]], known: frozenset[str]) -> _Measures:
    found = [voter[name] for voter in voters if name in voter and voter[name].text == voters[0][name].text]
    annotations = [report.annotation() for report in found]
    doubts = [doubt for one in annotations if (doubt := measure_uncertainty(one)) is not None]
    return (
        sum(doubts) / len(doubts) if doubts else None,
        measure_disagreement(annotations),
        measure_novelty(found[0].text, known),
    )


def _places(column: Sequence[float | None]) -> list[float]:
    """Give each value its place among all, from 0 for the lowest to 1 for the highest; what is missing lies in the middle."""
    there = sorted(value for value in column if value is not None)
    most = max(len(there) - 1, 1)
    return [0.5 if value is None else there.index(value) / most for value in column]
