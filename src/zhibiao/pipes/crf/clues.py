"""What the rules, the word lists and the vocabulary say of a text, each found when a feature first asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from zhibiao.labels import FIGURES, EntityLabel
from zhibiao.pipes.crf.elements import Elements, Range, make_elements
from zhibiao.pipes.crf.words import NUMBER, Vocabulary, Word
from zhibiao.pipes.document import doc_spans, doc_text
from zhibiao.pipes.neural_words import tag_words
from zhibiao.records import Report
from zhibiao.rules.left import Outside, read_left, strip_lead
from zhibiao.rules.metrics import find_metrics, left_metrics, right_metric
from zhibiao.rules.organisations import Holders, find_holders
from zhibiao.rules.slots import Slot, find_slots
from zhibiao.rules.spans import LabelledSpan, SpanIndex
from zhibiao.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class SlotClue:
    """What the rules read beside one figure.

    Parameters
    ----------
    slot
        The figure with the stretches on its left and right.
    core
        The words on the left without what leads in and what joins them to the figure: 二是[高企总数]达125家.
    is_change
        Whether words of change join them.
    left, right
        The phrases on either side that may be the metric, before one is chosen.
    """

    slot: Slot
    core: Range
    is_change: bool
    left: tuple[Range, ...]
    right: Range | None


class Clues:
    """A text with what is known of it.

    Parameters
    ----------
    text, sentences
        The text and its sentence ranges.
    figures
        Its AMOUNT and RANK spans, in text order.
    periods
        The times it names.
    vocabulary
        Words to cut it into; only the features of words need one.

    Examples
    --------
    >>> figure = LabelledSpan(6, 10, EntityLabel.AMOUNT)
    >>> clues = Clues("全市高企总达125家", [(0, 10)], [figure], [])
    >>> clues.holders.places, clues.metrics
    ((LabelledSpan(start=0, end=2, label=<EntityLabel.ORG: 'ORG'>),), ((2, 5),))
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Range],
        figures: Sequence[LabelledSpan],
        periods: Sequence[Range],
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.figures = figures
        self.periods = periods
        self.vocabulary = vocabulary
        self._index = SpanIndex(figures)

    @cached_property
    def elements(self) -> Elements:
        """The text's characters, figures and times."""
        figures = [(figure.start, figure.end) for figure in self.figures]
        return make_elements(len(self.text), [*figures, *self.periods])

    def figures_of(self, sentence: Range) -> Sequence[LabelledSpan]:
        """Give the figures of a sentence."""
        return self._index.within(*sentence)

    @cached_property
    def holders(self) -> Holders:
        """Organisations that the rules find, and places that could hold a figure; none touches a figure."""
        found = find_holders(self.text)
        return Holders(self._beside_figures(found.organisations), self._beside_figures(found.places))

    @cached_property
    def slots(self) -> tuple[SlotClue, ...]:
        """What the rules read beside each figure."""
        return tuple(self._read(slot) for slots in self._slots_by_sentence for slot in slots)

    @cached_property
    def metrics(self) -> tuple[Range, ...]:
        """The metrics that the rules choose."""
        return tuple(
            (metric.start, metric.end)
            for slots in self._slots_by_sentence
            for metric in find_metrics(self.text, slots, self._outside)
        )

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words between figures and times, which stand among them as one word each."""
        if self.vocabulary is None:
            return ()
        elements = self.elements
        whole = [span for span in zip(elements.starts, elements.ends, strict=True) if span[1] - span[0] > 1]
        words: list[Word] = []
        for (_, start), (end, stop) in pairwise([(0, 0), *whole, (len(self.text), len(self.text))]):
            words += self.vocabulary.cut(self.text, start, end)
            if end < stop:
                words.append(Word(end, stop, NUMBER))
        return tuple(words)

    @cached_property
    def tagged(self) -> tuple[tuple[int, int, str], ...]:
        """The words that the neural tagger cuts each sentence into, with their tags."""
        return tuple(word for sentence in self.sentences for word in tag_words(self.text, *sentence))

    @cached_property
    def word_texts(self) -> list[str]:
        """The words as written, 0 for a number."""
        return ["0" if part == NUMBER else self.text[start:end] for start, end, part in self.words]

    @cached_property
    def word_parts(self) -> list[str]:
        """The parts of speech of the words."""
        return [part for _, _, part in self.words]

    @cached_property
    def word_sizes(self) -> npt.NDArray[np.intp]:
        """How many elements each word has."""
        at = self.elements.at
        return np.array([at[end - 1] - at[start] + 1 for start, end, _ in self.words], np.intp)

    @cached_property
    def _slots_by_sentence(self) -> list[list[Slot]]:
        return [
            find_slots(self.text, *sentence, figures)
            for sentence in self.sentences
            if (figures := self.figures_of(sentence))
        ]

    @cached_property
    def _outside(self) -> Outside:
        names = [*self.holders.places, *self.holders.organisations]
        return Outside([*self.periods, *((name.start, name.end) for name in names)])

    def _read(self, slot: Slot) -> SlotClue:
        rank = slot.figure.label is EntityLabel.RANK
        reading = read_left(self.text, slot.left_start, slot.figure.start, rank=rank, outside=self._outside)
        start = strip_lead(self.text, reading.start, reading.end, self._outside)
        left = left_metrics(self.text, slot, self._outside)
        right = right_metric(self.text, slot, alone=not left)
        return SlotClue(slot, (start, reading.end), reading.change is not None, tuple(left), right)

    def _beside_figures(self, spans: Sequence[LabelledSpan]) -> tuple[LabelledSpan, ...]:
        return tuple(span for span in spans if not self._index.overlaps(span.start, span.end))


def make_clues(doc: Doc, vocabulary: Vocabulary | None = None) -> Clues:
    """Find what is known of a Doc, whose figures and times are marked; it is cut into words of the vocabulary."""
    text = doc_text(doc)
    report: Report | None = doc._.report
    figures = [span for span in doc_spans(doc) if span.label in FIGURES]
    sentences = report.sentences if report is not None else split_sentences(text)
    return Clues(text, sentences, figures, doc._.periods, vocabulary)


def sentences_with_figures(clues: Clues) -> Iterator[Range]:
    """Give the sentences that hold a figure: no METRIC stands in another one.

    Examples
    --------
    >>> clues = Clues("高企3家。真好。", [(0, 5), (5, 8)], [LabelledSpan(2, 4, EntityLabel.AMOUNT)], [])
    >>> list(sentences_with_figures(clues))
    [(0, 5)]
    """
    return (sentence for sentence in clues.sentences if clues.figures_of(sentence))
