"""ORG: named organisations by the grammar of their names, and the places that may hold a figure.

A name is read from its end: a suffix (局 公司 大学 研究院 …), then leftwards to where the name must begin: a place name,
or the word in front that cannot be part of it. A suffix with nothing of its own in front is a common noun (研发中心).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.catalog.regions import find_regions
from zhibiao.labels import EntityLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.rules.words import WordList, joining_words

_WINDOW = 26
_NAME_CHAR = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&（）()\-]")
_ORDINAL_NAME = re.compile(r"第[一二三四五六七八九十百\d]+")


@dataclass(frozen=True, slots=True)
class Holders:
    """What may hold a figure: organisations, and places or self-references (全市, 我市, 鄞州区)."""

    organisations: tuple[LabelledSpan, ...]
    places: tuple[LabelledSpan, ...]


def find_holders(text: str) -> Holders:
    """Find the organisations of a text, and the places that are an ORG if they hold a figure.

    Examples
    --------
    >>> text = "宁国市科技局支持企业与浙江大学合作,全市新增3家"
    >>> holders = find_holders(text)
    >>> [text[span.start:span.end] for span in holders.organisations]
    ['宁国市科技局', '浙江大学']
    >>> [text[span.start:span.end] for span in holders.places]
    ['全市']
    """
    regions = [(mention.start, mention.end) for mention in find_regions(text)]
    names = _flat([*_organs(text, regions), *_named(text, regions), *_self_organs(text)])
    taken = {place for span in names for place in range(span.start, span.end)}
    places = _flat((start, end) for start, end in [*regions, *_self_places(text)] if start not in taken)
    return Holders(tuple(names), tuple(places))


def _flat(found: Iterable[tuple[int, int]]) -> list[LabelledSpan]:
    """Keep the longest of overlapping spans, in text order."""
    kept: list[LabelledSpan] = []
    taken: set[int] = set()
    for start, end in sorted(set(found), key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append(LabelledSpan(start, end, EntityLabel.ORG))
    return sorted(kept)


@cache
def _self_pattern(kind: str) -> re.Pattern[str]:
    words = sorted(load_lexicon("self_references")[kind], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _self_organs(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _self_pattern("organ").finditer(text)]


def _self_places(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _self_pattern("region").finditer(text)]


@cache
def _organ_pattern() -> re.Pattern[str]:
    words = sorted(load_lexicon("government_organs"), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})(?!长|级|部门(?!$)|员|里|会议室)")


def _organs(text: str, regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find government organs, with the place in front: [宁国市]科技局, [省]财政厅."""
    region_starts = {end: start for start, end in regions}
    found = []
    for match in _organ_pattern().finditer(text):
        start = match.start()
        if start in region_starts:
            start = _whole_place(region_starts, start)
        found.append((start, match.end()))
    return found


def _whole_place(region_starts: dict[int, int], end: int) -> int:
    """Walk over place names that stand side by side: 安徽省|宣城市|宁国市."""
    while end in region_starts:
        end = region_starts[end]
    return end


@cache
def _suffix_pattern() -> re.Pattern[str]:
    words = sorted({word for words in load_lexicon("org_suffixes").values() for word in words}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _proper_suffixes() -> frozenset[str]:
    """Suffixes strong enough that any own word in front makes a name: 有限公司, 大学."""
    suffixes = load_lexicon("org_suffixes")
    return frozenset(suffixes["company"]) | frozenset(suffixes["education"])


@cache
def _stoppers() -> WordList:
    return joining_words("org_stop")


@cache
def _common() -> WordList:
    return joining_words("org_common")


def _named(text: str, regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find names that end with a suffix and begin with a place or with a word of their own."""
    region_starts = {end: start for start, end in regions}
    found: list[tuple[int, int]] = []
    for match in _suffix_pattern().finditer(text):
        start = _name_start(text, match.start(), region_starts)
        if start is not None and _is_proper(text, start, match.start(), match.end(), region_starts):
            found.append((start, match.end()))
    return found


def _name_start(text: str, end: int, region_starts: dict[int, int]) -> int | None:
    """Walk left from a suffix to where its name begins: behind a stop word or mark, or at the first place name."""
    first_place = None
    place = end
    while place > max(0, end - _WINDOW):
        if place in region_starts:
            first_place = place = _whole_place(region_starts, place)
            continue
        if not _NAME_CHAR.match(text[place - 1]) or _stoppers().suffix(text, max(0, place - 6), place):
            break
        place -= 1
    start = first_place if first_place is not None else place
    if text[start:end].count("(") + text[start:end].count("（") != text[start:end].count(")") + text[start:end].count("）"):
        return None
    return start if start < end else None


def _is_proper(text: str, start: int, suffix_start: int, end: int, region_starts: dict[int, int]) -> bool:
    """Tell a name from a common noun: something in front of the suffix must be neither grade nor common word."""
    own_start = start
    places = {begin: stop for stop, begin in region_starts.items()}
    has_place = start in places
    while own_start in places and places[own_start] <= suffix_start:
        own_start = places[own_start]
    rest = own_start
    while rest < suffix_start and (length := _common().prefix(text, rest, suffix_start)):
        rest += length
    if has_place:
        return own_start < suffix_start or text[suffix_start:end] in _proper_suffixes()
    strong = text[suffix_start:end] in _proper_suffixes()
    return suffix_start - rest >= 2 and (strong or suffix_start - rest >= 4) and not _ORDINAL_NAME.match(text, start)
