"""Reading the words on the left of a figure: [全市高企总数][同比增长]12%.

From the end: words that join, words of change and what is compared with. From the start: time, place, adverbs,
light verbs. What stays is the metric, by the standard's rules 1, 2 and 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.labels import Direction
from zhibiao.rules.words import WordList, joining_words

# The longest stretch that can hold a metric with everything around it; what lies further left is another thought.
REACH = 90
_COMPARED = re.compile(
    r"(?:比|较|与|同|为|是|相当于|占)(?!重|例|率|值|武|赛|好|大|强|高|快|多|少|为|上)[^，,；;。]{0,18}$"
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
_FUSED = ("增速", "增幅", "增长率", "增长速度", "降幅", "涨幅")


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
        words[Direction(direction)].add(word)
    return {direction: WordList(found) for direction, found in words.items()}


@cache
def _joints() -> WordList:
    return WordList(joining_words("reach").words | joining_words("adverb").words)


def read_left(text: str, start: int, end: int) -> LeftReading:
    """Cut the joining words and the words of change off the end of a left stretch.

    Examples
    --------
    >>> text = "高新技术产业产值比上年增长"
    >>> reading = read_left(text, 0, 13)
    >>> text[reading.start:reading.end], reading.change.value
    ('高新技术产业产值', 'up')
    >>> read_left("增加值同比回落", 0, 7).end
    3
    """
    start = max(start, end - REACH)
    end = _strip_joints(text, start, end)
    if match := _COMPLETION.search(text, start, end):
        return LeftReading(start, _strip_joints(text, start, match.start()), Direction.GAP)
    if (match := _RATIO.search(text, start, end)) and match.start() < end:
        return LeftReading(start, _strip_joints(text, start, match.start()), Direction.UP)
    for direction in (Direction.UP, Direction.DOWN):
        if length := _change_words()[direction].suffix(text, start, end):
            return LeftReading(start, _strip_reference(text, start, end - length), direction)
    if found := _find_gap(text, start, end):
        return LeftReading(start, _strip_joints(text, start, found), Direction.GAP)
    return LeftReading(start, end, None)


def _strip_joints(text: str, start: int, end: int) -> int:
    """Strip joining words and spaces off the end, but never the whole of a name such as 总量 or 专利合作."""
    while start < end:
        if text[end - 1] in " \u3000“”\"'‘’的":
            end -= 1
        elif length := _joints().suffix(text, start, end):
            end -= length
        else:
            break
    return end


def _strip_reference(text: str, start: int, end: int) -> int:
    """Strip adverbs and the thing compared with: 增加值[比上年同期]."""
    end = WordList.strip_end(joining_words("compared"), text, start, end)
    end = _strip_joints(text, start, end)
    match = _COMPARED.search(text, start, end)
    if match and _REFERENCE.search(text, match.start(), end):
        end = match.start()
    return _strip_joints(text, start, end)


def _find_gap(text: str, start: int, end: int) -> int | None:
    """Find where a comparison with another level begins: 增速[高于全市平均水平]18.1个百分点."""
    found = _change_words()[Direction.GAP].find_last(text, start, end)
    return found[0] if found and end - found[1] <= 24 else None


def strip_lead(text: str, start: int, end: int, skip: dict[int, int]) -> int:
    """Give the start of the metric in ``[start, end)``: behind list marks, times, places, adverbs and light verbs.

    ``skip`` maps the start of an organisation, place or time to its end.
    """
    while start < end:
        step = _lead_length(text, start, end, skip)
        if not step:
            return start
        start += step
    return start


def _lead_length(text: str, start: int, end: int, skip: dict[int, int]) -> int:
    if text[start] in " \u3000”’\"'）)》】、的·":
        return 1
    if match := _LIST_MARK.match(text, start, end):
        return match.end() - start
    if start in skip and skip[start] < end:
        return skip[start] - start
    length = _leads().prefix(text, start, end)
    if length and not _kept().prefix(text, start, end) > 0:
        return length
    return 0


@cache
def _leads() -> WordList:
    modifiers = {word for words in load_lexicon("leading_modifiers").values() for word in words}
    return WordList(modifiers | set(load_lexicon("light_verbs")))


@cache
def _kept() -> WordList:
    return joining_words("kept")
