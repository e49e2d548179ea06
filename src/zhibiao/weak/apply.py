"""All functions on one report: their votes, and a line for each function that raised."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from zhibiao.errors import MissingExtraError
from zhibiao.labels import LEGAL_PAIRS, EntityLabel, RelationLabel
from zhibiao.rules.spans import LabelledSpan, SpanIndex
from zhibiao.weak.functions import LabellingFunction, PairFunction, PairVote, SpanFunction, SpanVote
from zhibiao.weak.views import PairsView, ReportView, SentenceView

logger = logging.getLogger(__name__)

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """A function that raised, or voted on what cannot be; its votes on that sentence are dropped, everything else stands."""

    function: str
    sentence: str
    error: str

    def __str__(self) -> str:
        """Say it on one line."""
        shown = self.sentence if len(self.sentence) <= _SHOWN else self.sentence[:_SHOWN] + "…"
        return f"{self.function}: {self.error}, on: {' '.join(shown.split())}"


class CastSpan(NamedTuple):
    """A vote on a span of a report's text, ``[start, end)``."""

    function: str
    label: EntityLabel
    start: int
    end: int
    against: bool


class CastPair(NamedTuple):
    """A vote on a pair of spans of a report's text; ``label`` None votes for no relation."""

    function: str
    head: LabelledSpan
    child: LabelledSpan
    label: RelationLabel | None


@dataclass(frozen=True, slots=True)
class SpanVotes:
    """The votes on spans of one report."""

    votes: tuple[CastSpan, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class PairVotes:
    """The votes on relations between given spans of one report.

    ``places`` are those among the spans that were not given: places that are an entity only if they hold a figure.
    """

    votes: tuple[CastPair, ...]
    places: frozenset[LabelledSpan]
    faults: tuple[Fault, ...]


def vote_on_spans(report: ReportView, functions: Iterable[LabellingFunction]) -> SpanVotes:
    """Run the functions for spans.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> votes = vote_on_spans(ReportView("高企达125家。"), load_functions()).votes
    >>> {(vote.start, vote.end) for vote in votes if vote.function == "amount_grammar"}
    {(3, 7)}
    """
    chosen = [function for function in functions if isinstance(function, SpanFunction)]
    # The standard has no METRIC in a sentence without a figure.
    without_metric = [function for function in chosen if function.label is not EntityLabel.METRIC]
    votes: list[CastSpan] = []
    faults: list[Fault] = []
    for sentence in report.sentences:
        begin, characters = sentence.start, sentence.characters
        for function in chosen if sentence.figures else without_metric:
            if function.needs and characters.isdisjoint(function.needs):
                continue
            found = _run_on_spans(function, sentence)
            if isinstance(found, Fault):
                faults.append(found)
            elif found:
                name, label = function.name, function.label
                votes += [CastSpan(name, label, begin + start, begin + end, no) for start, end, no in found]
    return SpanVotes(tuple(votes), tuple(faults))


def vote_on_pairs(
    report: ReportView, spans: Iterable[LabelledSpan], functions: Iterable[LabellingFunction]
) -> PairVotes:
    """Run the functions for relations on spans of the report, whoever found them: people, a model, or the vote.

    Examples
    --------
    >>> from zhibiao.weak.functions import load_functions
    >>> spans = [LabelledSpan(0, 2, EntityLabel.METRIC), LabelledSpan(3, 7, EntityLabel.AMOUNT)]
    >>> votes = vote_on_pairs(ReportView("高企达125家。"), spans, load_functions()).votes
    >>> {vote.label.value for vote in votes if vote.function == "links_rules"}
    {'HAS_VALUE'}
    """
    chosen = [function for function in functions if isinstance(function, PairFunction)]
    index = SpanIndex(spans)
    votes: list[CastPair] = []
    places: set[LabelledSpan] = set()
    faults: list[Fault] = []
    for sentence in report.sentences:
        inside = index.within(sentence.start, sentence.end)
        if not any(span.label in (EntityLabel.AMOUNT, EntityLabel.RANK) for span in inside):
            continue
        view = PairsView(sentence, [_shift(span, -sentence.start) for span in inside])
        moved = [_shift(span, sentence.start) for span in view.spans]
        places.update(there for here, there in zip(view.spans, moved, strict=True) if here not in view.entities)
        for function in chosen:
            if function.needs and sentence.characters.isdisjoint(function.needs):
                continue
            found = _run_on_pairs(function, view)
            if isinstance(found, Fault):
                faults.append(found)
            elif found:
                name = function.name
                votes += [CastPair(name, moved[head], moved[child], label) for head, child, label in found]
    return PairVotes(tuple(votes), frozenset(places), tuple(faults))


def _run_on_spans(function: SpanFunction, sentence: SentenceView) -> Sequence[SpanVote] | Fault:
    try:
        votes = list(function.vote(sentence))
        if not votes:
            return votes
        length = len(sentence.text)
        for vote in votes:
            if not 0 <= vote.start < vote.end <= length:
                raise ValueError(f"{vote} does not lie in a sentence of {length} characters")
    except MissingExtraError as error:
        _say_once(function.name, str(error))
        return ()
    except Exception as error:  # noqa: BLE001 - a function may raise anything, and the others must go on
        return Fault(function.name, sentence.text, _describe(error))
    return votes if len(votes) == 1 else list(dict.fromkeys(votes))


def _run_on_pairs(function: PairFunction, view: PairsView) -> Sequence[PairVote] | Fault:
    try:
        votes = list(function.vote(view))
        for vote in votes:
            pair = view.spans[vote.head].label, view.spans[vote.child].label
            if vote.head < 0 or vote.child < 0 or (vote.label is not None and pair not in LEGAL_PAIRS[vote.label]):
                raise ValueError(f"{vote} joins {pair[0]} to {pair[1]}")
    except Exception as error:  # noqa: BLE001 - as above
        return Fault(function.name, view.text, _describe(error))
    return votes if len(votes) < 2 else list(dict.fromkeys(votes))


@cache
def _say_once(function: str, message: str) -> None:
    logger.warning("%s abstains: %s", function, message)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _shift(span: LabelledSpan, by: int) -> LabelledSpan:
    return LabelledSpan(span.start + by, span.end + by, span.label)
