"""The wordings of the indicator catalogue in running text."""

from __future__ import annotations

from functools import cache
from operator import add

from zhibiao.catalog.indicator_table import load_indicators
from zhibiao.catalog.lexicon import load_lexicon


def find_wordings(text: str) -> list[tuple[int, int]]:
    """Find the names that the catalogue gives its indicators, the longest at each place, without overlap.

    Wordings that are common nouns or verbs by themselves (企业, 活动, 走访) are left out.

    Examples
    --------
    >>> text = "技术合同成交额达9.8亿元"
    >>> [text[start:end] for start, end in find_wordings(text)]
    ['技术合同成交额']
    """
    lengths_of, wordings = _wordings()
    found: list[tuple[int, int]] = []
    behind = 0
    for start, pair in enumerate(map(add, text, text[1:])):
        if start < behind or pair not in lengths_of:
            continue
        for length in lengths_of[pair]:
            # a slice at the end of the text is shorter than asked for, and may be another wording
            if text[start : start + length] in wordings and start + length <= len(text):
                behind = start + length
                found.append((start, behind))
                break
    return found


@cache
def _wordings() -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    """Give the lengths of the wordings by their first two characters, the longest first, and the wordings."""
    common = load_lexicon("metric_verbs") | load_lexicon("generic_organisations")
    known = {wording for one in load_indicators() for wording in (one.name_zh, *one.aliases)} - common
    wordings = frozenset(wording for wording in known if len(wording) > 1)
    lengths: dict[str, set[int]] = {}
    for wording in wordings:
        lengths.setdefault(wording[:2], set()).add(len(wording))
    return {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}, wordings
