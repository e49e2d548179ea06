"""METRIC by words and their part of speech: another source than the rules' word lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhibiao.labels import EntityLabel
from zhibiao.rules.metrics import is_count, is_phrase, trim_phrase
from zhibiao.rules.slots import Slot
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.views import SentenceView
from zhibiao.weak.words import Word

# What a name is made of; verbs only where nouns stand behind them.
_NOMINAL = ("n", "b", "j", "l", "i", "a", "x", "s", "k", "h", "g", "eng", "q", "z")
_VERBAL = ("v",)
_LINKS = frozenset("、和及与")


@span_function(EntityLabel.METRIC, match="去年⟦技术合同成交额⟧达9.8亿元", abstain="同比增长12%")
def metric_noun_run(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the run of nouns that ends the left of a figure."""
    for words, end in sentence.once(_left_words):
        yield from _run(sentence, words, end, _NOMINAL)


@span_function(EntityLabel.METRIC, match="全年⟦签订合作协议⟧58份", abstain="同比增长12%")
def metric_verb_run(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the run of verbs and nouns that ends the left of a figure."""
    for words, end in sentence.once(_left_words):
        yield from _run(sentence, words, end, _NOMINAL + _VERBAL)


@span_function(
    EntityLabel.METRIC,
    match="分别⟦认定高新技术企业⟧31家",
    abstain=["高企总数125家", "增长12%", "县财政安排资金5万元"],
)
def metric_verb_object(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a verb and its object in front of a figure, where nothing or an adverb stands in front of the verb."""
    for start, end, before in sentence.once(_verb_objects):
        if before is None or not before.part.startswith(("n", "v")):
            yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, match="县财政⟦安排资金⟧5万元", abstain=["分别认定高新技术企业31家"])
def metric_behind_subject(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a verb and its object in front of a figure, where a noun that may be the subject stands in front of the verb."""
    for start, end, before in sentence.once(_verb_objects):
        if before is not None and before.part.startswith("n"):
            yield SpanVote(start, end)


@span_function(EntityLabel.METRIC, match="汽车产业⟦吸引⟧两千人", abstain="吸引两千人")
def metric_verb_alone(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a verb right in front of a figure whose object is left out, behind its subject or an adverb."""
    for words, end in sentence.once(_left_words):
        inside = [word for word in words if word.end <= end]
        if len(inside) > 1 and inside[-1].part in ("v", "vn") and inside[-1].end == end:
            yield SpanVote(inside[-1].start, end)


@span_function(EntityLabel.METRIC, match="引进16项⟦重大科技项目⟧,", abstain="高企125家")
def metric_right_noun_run(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the run of nouns right behind a count."""
    for _slot, start, end in sentence.once(_right_runs):
        yield SpanVote(start, end)


@span_function(
    EntityLabel.METRIC,
    match=["有7项⟦成果⟧停在纸上", "引进16项⟦重大科技项目⟧,"],
    abstain="高企总数125家企业",
)
def metric_right_noun_alone(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the run of nouns right behind a count whose left names nothing, or ends with a verb."""
    verb_ends = {word.end for word in sentence.words if word.part.startswith("v")}
    silent = {slot.figure for slot, reading, lead in sentence.lefts if lead >= reading.end or reading.end in verb_ends}
    for slot, start, end in sentence.once(_right_runs):
        if slot.figure in silent:
            yield SpanVote(start, end)


def _verb_objects(sentence: SentenceView) -> Sequence[tuple[int, int, Word | None]]:
    """Give a verb with the run of nouns behind it in front of each figure, and the word in front of the verb."""
    found = []
    for words, end in sentence.once(_left_words):
        inside = [word for word in words if word.end <= end]
        place = len(inside)
        while place and inside[place - 1].part.startswith(_NOMINAL):
            place -= 1
        if 0 < place < len(inside) and inside[place - 1].part == "v":
            start = inside[place - 1].start
            if is_phrase(sentence.text, start, end):
                found.append((start, end, inside[place - 2] if place > 1 else None))
    return found


def _right_runs(sentence: SentenceView) -> Sequence[tuple[Slot, int, int]]:
    """Give the run of nouns right behind each count."""
    found = []
    first = 0
    words = sentence.words
    for slot in sentence.slots:
        if not is_count(sentence.text, slot.figure):
            continue
        begin = end = slot.figure.end + sentence.text.startswith("的", slot.figure.end)
        while first < len(words) and words[first].start < begin:
            first += 1
        for word in words[first:]:
            if word.start != end or word.end > slot.right_end or not word.part.startswith(_NOMINAL):
                break
            end = word.end
        start, end = trim_phrase(sentence.text, begin, end)
        if start == begin and end - start >= 2:
            found.append((slot, start, end))
    return found


def _left_words(sentence: SentenceView) -> Sequence[tuple[Sequence[Word], int]]:
    """Give the words on the left of each figure and where the phrase ends behind which only joining words stand."""
    found = []
    words = sentence.words
    first = 0
    for slot, reading, _lead in sentence.lefts:
        while first < len(words) and words[first].start < slot.left_start:
            first += 1
        last = first
        while last < len(words) and words[last].start < reading.end:
            last += 1
        if first < last and reading.start < reading.end:
            found.append((words[first:last], reading.end))
    return found


def _run(sentence: SentenceView, words: Sequence[Word], end: int, parts: tuple[str, ...]) -> Iterator[SpanVote]:
    start = end
    for word in reversed(words):
        joined = sentence.text[word.start : word.end] in _LINKS and start < end
        if word.end > end or not (word.part.startswith(parts) or joined):
            break
        start = word.start
    start, end = trim_phrase(sentence.text, start, end)
    while start < end and sentence.text[start] in _LINKS:
        start += 1
    if is_phrase(sentence.text, start, end):
        yield SpanVote(start, end)
