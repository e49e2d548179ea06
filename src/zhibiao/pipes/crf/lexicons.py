"""Where the words of the catalogue's lists stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhibiao.catalog.indicators import load_indicators
from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.catalog.units import load_units
from zhibiao.rules.words import any_of, joining_words

# The list behind each name; those of rules/data/joining.toml have a colon.
_LISTS = {
    "verb": "metric_verbs",
    "head": "metric_heads",
    "light": "light_verbs",
    "change": "change_words",
    "lead": "leading_modifiers",
    "group": "generic_organisations",
    "suffix": "org_suffixes",
    "organ": "government_organs",
    "ending": "company_endings",
    "plan": "plan_words",
    "common": "joining:org_common",
    "stop": "joining:org_stop",
    "reach": "joining:reach",
    "unit": "units",
    "indicator": "indicators",
}
LEXICONS = tuple(_LISTS)


# Beyond so many words a regular expression, which tries one after the other those that begin alike, is the slower way.
_MANY = 1000


def find_listed(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Find the words of a list, from the left, the longest at each place, without overlap.

    Examples
    --------
    >>> text = "新认定高新技术企业"
    >>> [text[start:end] for start, end in find_listed("group", text)]
    ['高新技术企业']
    """
    words = _words(name)
    if len(words) <= _MANY:
        yield from (match.span() for match in _pattern(name).finditer(text))
        return
    lengths = _lengths(name)
    behind = 0
    for start, char in enumerate(text):
        if start >= behind and char in lengths:
            for length in lengths[char]:
                word = text[start : start + length]
                if word in words:
                    behind = start + len(word)
                    yield start, behind
                    break


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(any_of(_words(name)))


@cache
def _lengths(name: str) -> dict[str, tuple[int, ...]]:
    """Give the lengths of the words that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _words(name):
        lengths.setdefault(word[0], set()).add(len(word))
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}


@cache
def _words(name: str) -> frozenset[str]:
    source = _LISTS[name]
    if source == "units":
        return frozenset(unit.surface for unit in load_units())
    if source == "indicators":
        wordings = {wording for one in load_indicators() for wording in (one.name_zh, *one.aliases)}
        # 企业 and 走访 name an indicator where a figure counts them, and nothing elsewhere.
        common = load_lexicon("metric_verbs") | load_lexicon("generic_organisations")
        return frozenset(wording for wording in wordings if len(wording) > 1) - common
    if source.startswith("joining:"):
        return joining_words(source.removeprefix("joining:")).words
    words = load_lexicon(source)
    if isinstance(words, frozenset):
        return words
    # Lists in groups, and the words of change with their directions.
    return frozenset().union(*(group if isinstance(group, frozenset) else {word} for word, group in words.items()))
