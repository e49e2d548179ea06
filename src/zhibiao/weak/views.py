"""What a labelling function sees, computed once and only when a function asks for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from zhibiao.labels import FIGURES, LEGAL_PAIRS, EntityLabel, RelationLabel
from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.mentions import Figures, Trap
from zhibiao.rules.left import LeftReading, Outside, behind_field, read_left, strip_lead
from zhibiao.rules.links import Link, find_links
from zhibiao.rules.metrics import find_metrics, is_phrase, is_shared, split_coordinated, trim_phrase
from zhibiao.rules.organisations import Holders, Names, find_names, settle_holders
from zhibiao.rules.slots import Slot, find_slots
from zhibiao.rules.spans import LabelledSpan
from zhibiao.text.sentences import split_sentences
from zhibiao.weak.functions import PairVote
from zhibiao.weak.ranges import Range, RangeIndex
from zhibiao.weak.wordings import find_wordings
from zhibiao.weak.words import Word, split_words

# No sentence of the corpus is half as long; without marks a page of scraped text is one "sentence", and every pair of its spans a candidate.
_LONGEST = 800
_CLAUSE_MARK = re.compile("[，,；;：:。！？!?\n]")
_Computed = TypeVar("_Computed")
_LEGAL = frozenset(pair for pairs in LEGAL_PAIRS.values() for pair in pairs)


class ReportView:
    """A report's text with what is found in it as a whole.

    Parameters
    ----------
    text
        The cleaned text.
    sentences
        Its sentence ranges; None finds them.

    Examples
    --------
    >>> report = ReportView("全市高企125家。浙江大学参加。")
    >>> [sentence.text for sentence in report.sentences]
    ['全市高企125家。', '浙江大学参加。']
    """

    def __init__(self, text: str, sentences: Sequence[Range] | None = None) -> None:
        self.text = text
        self._ranges = split_sentences(text) if sentences is None else sentences
        self._indexes: dict[str, RangeIndex] = {}

    @cached_property
    def figures(self) -> Figures:
        """Amounts, ranks, periods and traps of the whole text."""
        return find_figures(self.text)

    @cached_property
    def names(self) -> Names:
        """Names and places, each part of the grammar by itself."""
        return find_names(self.text)

    @cached_property
    def holders(self) -> Holders:
        """Flat organisations and places."""
        return settle_holders(self.names)

    @cached_property
    def place_spans(self) -> frozenset[LabelledSpan]:
        """Places and self-references, whatever stands around them."""
        found = (*self.names.regions, *self.names.towns, *self.names.own_places)
        return frozenset(LabelledSpan(start, end, EntityLabel.ORG) for start, end in found)

    @cached_property
    def short_names(self) -> tuple[str, ...]:
        """Coined short names, each once, the shortest first."""
        return tuple(
            sorted({self.text[start:end] for start, end in self.names.short}, key=lambda name: (len(name), name))
        )

    def inside(self, kind: str, start: int, end: int) -> tuple[Range, ...]:
        """Give the ranges of a kind that lie in ``[start, end)``, counted from its start.

        A kind is ``amounts``, ``ranks`` or ``periods``, ``organisations`` or ``places``, or a field of
        `zhibiao.rules.organisations.Names`.
        """
        if kind not in self._indexes:
            self._indexes[kind] = RangeIndex(self._ranges_of(kind))
        return self._indexes[kind].inside(start, end)

    def _ranges_of(self, kind: str) -> Iterable[Range]:
        if kind in ("amounts", "ranks", "periods"):
            return [(found.start, found.end) for found in getattr(self.figures, kind)]
        if kind in ("organisations", "places"):
            return [(found.start, found.end) for found in getattr(self.holders, kind)]
        found: Iterable[Range] = getattr(self.names, kind)
        return found

    @cached_property
    def sentences(self) -> tuple[SentenceView, ...]:
        """The sentences in text order; one that is too long to be one is cut between clauses."""
        ranges = (piece for start, end in self._ranges for piece in _iter_pieces(self.text, start, end))
        return tuple(SentenceView(self, start, end) for start, end in ranges)


class SentenceView:
    """One sentence; every offset counts from its first character.

    Parameters
    ----------
    report
        The report it stands in.
    start, end
        Its range in the report's text.

    Examples
    --------
    >>> sentence = ReportView("见附件。全市高企总数达125家。").sentences[1]
    >>> [sentence.text[figure.start:figure.end] for figure in sentence.figures]
    ['125家']
    """

    def __init__(self, report: ReportView, start: int, end: int) -> None:
        self.report = report
        self.start = start
        self.end = end
        self.text = report.text[start:end]
        self._computed: dict[Callable[[SentenceView], Any], Any] = {}

    def once(self, compute: Callable[[SentenceView], _Computed]) -> _Computed:
        """Give what a function computes of the sentence, computed when it is first asked for.

        Examples
        --------
        >>> sentence = ReportView("全市高企125家").sentences[0]
        >>> sentence.once(lambda one: len(one.text))
        8
        """
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        found: _Computed = self._computed[compute]
        return found

    def named(self, kind: str) -> tuple[Range, ...]:
        """Give the names of a kind, a field of `zhibiao.rules.organisations.Names`: ``regions``, ``own_places``."""
        return self.report.inside(kind, self.start, self.end)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that stand in it."""
        return frozenset(self.text)

    @cached_property
    def amounts(self) -> tuple[Range, ...]:
        """Amounts that the number grammar reads."""
        return self.report.inside("amounts", self.start, self.end)

    @cached_property
    def ranks(self) -> tuple[Range, ...]:
        """Ranks that the number grammar reads."""
        return self.report.inside("ranks", self.start, self.end)

    @cached_property
    def periods(self) -> tuple[Range, ...]:
        """Times."""
        return self.report.inside("periods", self.start, self.end)

    @cached_property
    def traps(self) -> tuple[Trap, ...]:
        """Numbers that are no figures."""
        traps = self.report.figures.traps
        first = bisect_left(traps, self.start, key=lambda trap: trap.start)
        last = bisect_left(traps, self.end, lo=first, key=lambda trap: trap.start)
        return tuple(
            Trap(trap.start - self.start, trap.end - self.start, trap.kind)
            for trap in traps[first:last]
            if trap.end <= self.end
        )

    @cached_property
    def figures(self) -> tuple[LabelledSpan, ...]:
        """Amounts and ranks as spans, in text order."""
        if not self.amounts and not self.ranks:
            return ()
        spans = [LabelledSpan(*found, EntityLabel.AMOUNT) for found in self.amounts]
        return tuple(sorted([*spans, *(LabelledSpan(*found, EntityLabel.RANK) for found in self.ranks)]))

    @cached_property
    def organisations(self) -> tuple[LabelledSpan, ...]:
        """Organisations that the rules find."""
        return self._holders("organisations")

    @cached_property
    def places(self) -> tuple[LabelledSpan, ...]:
        """Places and self-references that are an ORG only if they hold a figure."""
        return self._holders("places")

    @cached_property
    def outside(self) -> Outside:
        """Times and names, which stay outside a metric's ends."""
        names = [(span.start, span.end) for span in (*self.places, *self.organisations)]
        return Outside([*self.periods, *names])

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Each figure with the stretches on its left and right."""
        return tuple(find_slots(self.text, 0, len(self.text), self.figures)) if self.figures else ()

    @cached_property
    def lefts(self) -> tuple[tuple[Slot, LeftReading, int], ...]:
        """Each slot with the reading of its left and the start of the phrase behind time, place and adverbs."""
        found = []
        for slot in self.slots:
            rank = slot.figure.label is EntityLabel.RANK
            reading = read_left(self.text, slot.left_start, slot.figure.start, rank=rank, outside=self.outside)
            found.append((slot, reading, strip_lead(self.text, reading.start, reading.end, self.outside)))
        return tuple(found)

    @cached_property
    def phrases(self) -> tuple[tuple[Slot, int, int], ...]:
        """Each slot's left phrases ``[start, end)`` that may be metrics: several where 均 or 分别 shares out a list."""
        found = []
        for slot, reading, lead in self.lefts:
            start, end = trim_phrase(self.text, lead, reading.end)
            if slot.figure.label is EntityLabel.RANK:
                start, end = trim_phrase(self.text, behind_field(self.text, start, end), end)
            rank = slot.figure.label is EntityLabel.RANK
            listed = rank or is_shared(self.text, end, slot.figure.start)
            parts = split_coordinated(self.text, start, end) if listed else [(start, end)]
            found += [(slot, *part) for part in parts if is_phrase(self.text, *part)]
        return tuple(found)

    @cached_property
    def rule_metrics(self) -> tuple[LabelledSpan, ...]:
        """Metrics that the rules find."""
        return tuple(find_metrics(self.text, self.slots, self.outside)) if self.figures else ()

    @cached_property
    def rule_links(self) -> tuple[Link, ...]:
        """Relations that the rules find between what they find; each joins a figure."""
        if not self.figures:
            return ()
        spans = [*self.figures, *self.rule_metrics]
        names = [span for span in self.organisations if not any(_overlap(span, metric) for metric in self.rule_metrics)]
        return tuple(find_links(self.text, 0, len(self.text), sorted([*spans, *names]), self.places))

    @cached_property
    def indicators(self) -> tuple[Range, ...]:
        """Wordings of the indicator catalogue; none in a sentence without a figure."""
        return tuple(find_wordings(self.text)) if self.figures else ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words with their part of speech, where a metric may stand: in the stretches beside figures."""
        stretches = {(slot.left_start, slot.figure.start) for slot in self.slots}
        stretches |= {(slot.figure.end, slot.right_end) for slot in self.slots}
        return tuple(sorted({word for start, end in stretches for word in split_words(self.text, start, end)}))

    @cached_property
    def clauses(self) -> tuple[Range, ...]:
        """Clauses, parted by commas, colons and semicolons."""
        return tuple(iter_clauses(self.text))

    def _holders(self, kind: str) -> tuple[LabelledSpan, ...]:
        return tuple(LabelledSpan(*found, EntityLabel.ORG) for found in self.report.inside(kind, self.start, self.end))


class PairsView:
    """A sentence with its spans, whoever found them, and the places that could hold a figure.

    Parameters
    ----------
    sentence
        The sentence.
    spans
        Flat spans, offsets in the sentence; places of `SentenceView` that touch none of them are added as holders.

    Examples
    --------
    >>> sentence = ReportView("全市高企125家").sentences[0]
    >>> view = PairsView(sentence, [LabelledSpan(2, 4, EntityLabel.METRIC), LabelledSpan(4, 8, EntityLabel.AMOUNT)])
    >>> [(view.words_of(head), view.words_of(child)) for head, child in view.pairs]
    [('高企', '125家'), ('125家', '全市')]
    """

    def __init__(self, sentence: SentenceView, spans: Iterable[LabelledSpan]) -> None:
        self.sentence = sentence
        self.text = sentence.text
        own = sorted(spans)
        free = [place for place in sentence.places if not any(_overlap(span, place) for span in own)]
        self.spans: tuple[LabelledSpan, ...] = tuple(sorted([*own, *free]))
        self.entities = frozenset(own)
        self._number = {(span.start, span.end): number for number, span in enumerate(self.spans)}
        self._own_metrics: dict[int, list[LabelledSpan]] = {}

    @cached_property
    def number(self) -> dict[LabelledSpan, int]:
        """The place of each span in the list of spans."""
        return {span: number for number, span in enumerate(self.spans)}

    def vote(self, head: LabelledSpan, child: LabelledSpan, label: RelationLabel | None) -> PairVote:
        """Make a vote on two of the spans; ``label`` None votes for no relation."""
        return PairVote(self._number[head.start, head.end], self._number[child.start, child.end], label)

    @cached_property
    def metrics(self) -> tuple[LabelledSpan, ...]:
        """The METRIC spans."""
        return tuple(span for span in self.spans if span.label is EntityLabel.METRIC)

    @cached_property
    def figures(self) -> tuple[LabelledSpan, ...]:
        """The AMOUNT and RANK spans."""
        return tuple(span for span in self.spans if span.label in FIGURES)

    @cached_property
    def holders(self) -> tuple[LabelledSpan, ...]:
        """The ORG spans, and places that are one if they hold a figure."""
        return tuple(span for span in self.spans if span.label is EntityLabel.ORG)

    @cached_property
    def pairs(self) -> tuple[tuple[LabelledSpan, LabelledSpan], ...]:
        """Every pair that the standard lets a relation join, head first."""
        return tuple(
            (head, child) for head in self.spans for child in self.spans if (head.label, child.label) in _LEGAL
        )

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Each figure with the stretches on its left and right."""
        if self.figures == self.sentence.figures:
            return self.sentence.slots
        return tuple(find_slots(self.text, 0, len(self.text), self.figures))

    @cached_property
    def readings(self) -> tuple[LeftReading, ...]:
        """For each slot what the words between its last metric on the left, if any, and the figure say."""
        return tuple(self._read(slot) for slot in self.slots)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What the rules' reading of the sentence's structure links."""
        own = [span for span in self.spans if span in self.entities]
        places = [span for span in self.spans if span not in self.entities]
        return tuple(find_links(self.text, 0, len(self.text), own, places))

    def own_metrics(self, slot: Slot) -> list[LabelledSpan]:
        """Give the metrics in the stretch on the left of a figure."""
        start, end = slot.left_start, slot.figure.start
        if end not in self._own_metrics:
            self._own_metrics[end] = [m for m in self.metrics if start <= m.start and m.end <= end]
        return self._own_metrics[end]

    def words_of(self, span: LabelledSpan) -> str:
        """Give the text of a span."""
        return self.text[span.start : span.end]

    def _read(self, slot: Slot) -> LeftReading:
        own = self.own_metrics(slot)
        start = own[-1].end if own else slot.left_start
        return read_left(self.text, start, slot.figure.start, rank=slot.figure.label is EntityLabel.RANK)


def _overlap(one: LabelledSpan, other: LabelledSpan) -> bool:
    return one.start < other.end and other.start < one.end


def iter_clauses(text: str) -> Iterator[Range]:
    """Cut a sentence into clauses.

    Examples
    --------
    >>> list(iter_clauses("全市,高企"))
    [(0, 2), (3, 5)]
    """
    start = 0
    for match in _CLAUSE_MARK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _iter_pieces(text: str, start: int, end: int) -> Iterator[Range]:
    """Cut a range behind the last clause mark that keeps each piece short."""
    while end - start > _LONGEST:
        marks = [match.end() for match in _CLAUSE_MARK.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
        cut = marks[-1] if marks else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end
