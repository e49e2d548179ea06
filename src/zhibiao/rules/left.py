"""Reading the words on the left of a figure: [全市高企总数][同比增长]12%.

From the end: words that join, words of change and what is compared with. From the start: time, place, adverbs,
light verbs. What stays is the metric, by the standard's rules 1, 2 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.labels import Direction
from zhibiao.rules.words import WordList, joining_words, lexicon_words

# Nouns that end a metric or are counted.
NOUNS = ("metric_heads", "generic_organisations")
# The longest stretch that can hold a metric with everything around it; what lies further left is another thought.
REACH = 90
_COMPARED = re.compile(
    r"(?:(?<![占对同环类])比|较|与|同|为|是|相当于|占(?!比))(?!重|例|率|值|武|赛|好|大|强|高|快|多|少|为)[^，,；;。]{0,18}$"
)
# Reference times and places: [比上年]增加, [较2020年末]提高, [为去年同期的]2.4倍.
_REFERENCE = re.compile(
    r"上年|去年|前年|同期|年初|年末|年底|上月|上季|往年|平均|水平|目标|任务|计划|\d年|全国|全省|全市|基期|期末|以来"
)
_RATIO = re.compile(
    r"(?:为|是|达到?|相当于)(?:\d{2,4}年|上年|去年|前年|上年同期|去年同期|同期|[^，,；;。]{0,8}期?末?)的?$"
)
_COMPLETION = re.compile(
    r"(?:超额?完成|完成|达到?|超|占|实现)(?:了)?[^，,；;。]{0,14}(?:目标|任务|计划|预算|指标|进度)(?:任务|值|数|进度)?的?$"
)
_LIST_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[)）]|[\d①-⑳]+[.、．)）](?!\d)|[-—·•*●◆■]+)\s*"
)
_COMPARATIVE = re.compile(r"(?:比|较)(?!重|例|率|值|赛)[^，,；;。、]{1,16}?(?P<way>[多少高低快慢])了?$")
_IN_TIME = re.compile(r"年|月|季|期|上")
# Nouns of change, which are part of a name where one stands in front, and words of change where none does.
# Where something holds, in front of what holds: 在全省统计中, 在省级以上媒体上.
_FRAME = re.compile(
    r"在[^，,；;。、]{1,24}?(?:中|里|内|(?<!以)上(?!市|级|年|半|报|线|升)|下(?!降|达)|方面|期间|范围内)"
)
# In front of a rank: 在全省9个[设区市中]居第3位, [与定西市]并列全省第八.
_FIELD = re.compile(r"[^，,；;。]{1,24}[中里内](?=$|[已由列居排位])|[与同][^，,；;。]{1,20}$")
# A bracket in front of a phrase is an aside: 石墨股份[（简称富朗石墨）]自筹3100万元.
_ASIDE = re.compile(r"[（(][^（）()]{1,30}[)）](?=.)")
_FUSED = ("增速", "增幅", "增长率", "增长速度", "增长幅度", "降幅", "涨幅", "跌幅", "减幅", "升幅", "递增率", "下降率")


class Outside:
    """Stretches that stay outside a metric's ends: organisations, places and times.

    Examples
    --------
    >>> outside = Outside([(0, 2), (5, 7)])
    >>> outside.end_of.get(0), outside.start_of.get(7), outside.end_of.get(1)
    (2, 5, None)
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.end_of = dict(spans)
        self.start_of = {end: start for start, end in self.end_of.items()}


NOTHING_OUTSIDE = Outside()


@dataclass(frozen=True, slots=True)
class LeftReading:
    """What the left of a figure says.

    ``[start, end)`` is the phrase that may be the metric, empty when nothing stays. ``change`` is the direction when
    words of change join it to the figure; None for a level.
    """

    start: int
    end: int
    change: Direction | None


@cache
def _change_words() -> dict[Direction, WordList]:
    words: dict[Direction, set[str]] = {direction: set() for direction in Direction}
    for word, direction in load_lexicon("change_words").items():
        # 增速, 降幅 are nouns: behind a name they are part of it (工业增加值增速).
        if not word.endswith(_FUSED):
            words[Direction(direction)].add(word)
    return {direction: WordList(found) for direction, found in words.items()}


@cache
def _joints(rank: bool) -> WordList:
    words = joining_words("reach").words | joining_words("adverb").words
    return WordList(words | joining_words("place").words if rank else words)


def read_left(
    text: str, start: int, end: int, *, rank: bool = False, outside: Outside = NOTHING_OUTSIDE
) -> LeftReading:
    """Cut the joining words and the words of change off the end of a left stretch.

    Parameters
    ----------
    text, start, end
        The stretch is ``text[start:end]``, ``end`` where the figure begins.
    rank
        The figure is a RANK: 位居, 跻身 join it too.
    outside
        Times and places of the text, which may stand at the end too: 支付进度[12月底前]达到95%.

    Examples
    --------
    >>> text = "高新技术产业产值比上年增长"
    >>> reading = read_left(text, 0, 13)
    >>> text[reading.start:reading.end], reading.change.value
    ('高新技术产业产值', 'up')
    >>> read_left("增加值增速回落到", 0, 8).end
    5
    """
    strip = _Stripper(text, max(start, end - REACH), _joints(rank), outside)
    end = strip.joints(end)
    for read in (_read_completion, _read_ratio, _read_bare_noun, _read_change, _read_comparative, _read_gap):
        if reading := read(strip, end):
            # 增速高于全市平均: the noun of change alone names nothing.
            bare = text[reading.start : reading.end] in _FUSED
            return LeftReading(reading.start, reading.start, reading.change) if bare else reading
    return LeftReading(strip.start, end, None)


def _read_completion(strip: _Stripper, end: int) -> LeftReading | None:
    """完成年度目标的|92.3%."""
    match = _COMPLETION.search(strip.text, strip.start, end)
    return LeftReading(strip.start, strip.joints(match.start()), Direction.GAP) if match else None


def _read_ratio(strip: _Stripper, end: int) -> LeftReading | None:
    """为去年同期的|2.4倍."""
    match = _RATIO.search(strip.text, strip.start, end)
    if match and _REFERENCE.search(strip.text, match.start(), end):
        return LeftReading(strip.start, strip.joints(match.start()), Direction.UP)
    return None


def _read_bare_noun(strip: _Stripper, end: int) -> LeftReading | None:
    """增速|11.4%: a noun of change that has no name in front."""
    if end - strip.start <= 4 and strip.text[strip.start : end].endswith(_FUSED):
        return LeftReading(
            strip.start, strip.start, Direction.DOWN if strip.text[end - 2] in "降跌减" else Direction.UP
        )
    return None


def _read_change(strip: _Stripper, end: int) -> LeftReading | None:
    """产值比上年增长|11.4%."""
    for direction in (Direction.UP, Direction.DOWN):
        length = _change_words()[direction].suffix(strip.text, strip.start, end)
        if length and strip.text[end - length - 1 : end - length] not in ("新", "倍"):
            return LeftReading(strip.start, strip.reference(end - length), direction)
    return None


def _read_comparative(strip: _Stripper, end: int) -> LeftReading | None:
    """比上年多|19家 is a change in time, 比全省平均高|2个百分点 a distance."""
    match = _COMPARATIVE.search(strip.text, strip.start, end)
    if not match:
        return None
    in_time = Direction.UP if match["way"] in "多高快" else Direction.DOWN
    return LeftReading(
        strip.start, strip.joints(match.start()), in_time if _IN_TIME.search(match.group()) else Direction.GAP
    )


def _read_gap(strip: _Stripper, end: int) -> LeftReading | None:
    """增速高于全市平均水平|18.1个百分点: the comparison begins at the word."""
    found = _change_words()[Direction.GAP].find_last(strip.text, strip.start, end)
    return (
        LeftReading(strip.start, strip.reference(found[0]), Direction.GAP) if found and end - found[1] <= 24 else None
    )


@dataclass(frozen=True, slots=True)
class _Stripper:
    """Takes words off the end of a stretch that begins at ``start``."""

    text: str
    start: int
    words: WordList
    outside: Outside

    def joints(self, end: int) -> int:
        """Strip joining words, spaces and times, but never the end of a noun: 各类人[才] is no adverb."""
        while self.start < end:
            if self.text[end - 1] in " \u3000“‘的：:" or (self.text[end - 1] in "”’" and not self._opens(end)):
                end -= 1
            elif (length := self.words.suffix(self.text, self.start, end)) and lexicon_words(*NOUNS).suffix(
                self.text, self.start, end
            ) <= length:
                end -= length
            elif (begin := self.outside.start_of.get(end, -1)) >= self.start and self.text[
                begin - 1
            ] not in "比较与为于":
                end = begin
            else:
                break
        return end

    def _opens(self, end: int) -> bool:
        """Tell whether the closing quote in front of ``end`` has its partner in the stretch."""
        opening = "“" if self.text[end - 1] == "”" else "‘"
        return self.text.find(opening, self.start, end) >= 0

    def reference(self, end: int) -> int:
        """Strip adverbs and the thing compared with: 增加值[比上年同期]."""
        end = self.joints(joining_words("compared").strip_end(self.text, self.start, end))
        match = _COMPARED.search(self.text, self.start, end)
        if match and _REFERENCE.search(self.text, match.start(), end):
            end = match.start()
        return self.joints(end)


def strip_lead(text: str, start: int, end: int, outside: Outside = NOTHING_OUTSIDE) -> int:
    """Give the start of the metric in ``[start, end)``: behind list marks, times, places, adverbs and light verbs.

    Examples
    --------
    >>> strip_lead("二是累计引进人才", 0, 8)
    4
    """
    while start < end:
        step = _lead_length(text, start, end, outside)
        if not step:
            return start
        start += step
    return start


def behind_field(text: str, start: int, end: int) -> int:
    """Give the start behind the field of a ranking, or behind whom a place is shared with.

    Examples
    --------
    >>> behind_field("设区市中", 0, 4), behind_field("与定西市", 0, 4), behind_field("增加值", 0, 3)
    (4, 4, 0)
    """
    match = _FIELD.match(text, start, end)
    return match.end() if match else start


def _lead_length(text: str, start: int, end: int, outside: Outside) -> int:
    if text[start] in " \u3000”’\"'）)》】、的·":
        return 1
    for pattern in (_LIST_MARK, _ASIDE, _FRAME):
        if match := pattern.match(text, start, end):
            return match.end() - start
    if text[start] == "在" and (stop := outside.end_of.get(start + 1, 0)):
        return min(stop, end) - start
    if start < (stop := outside.end_of.get(start, 0)) <= end:
        return stop - start
    length = _leads().prefix(text, start, end)
    if length and not joining_words("kept").prefix(text, start, end) > 0:
        return length
    return 0


@cache
def _leads() -> WordList:
    modifiers = {word for words in load_lexicon("leading_modifiers").values() for word in words}
    return WordList(modifiers | load_lexicon("light_verbs") | joining_words("opening").words)
