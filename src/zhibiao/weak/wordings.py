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
    by_pair = _wordings()
    found: list[tuple[int, int]] = []
    behind = 0
    for start, pair in enumerate(map(add, text, text[1:])):
        if start < behind or pair not in by_pair:
            continue
        for wording in by_pair[pair]:
            if text.startswith(wording, start):
                behind = start + len(wording)
                found.append((start, behind))
                break
    return found


@cache
def _wordings() -> dict[str, tuple[str, ...]]:
    """Give the wordings by their first two characters, the longest first."""
    common = load_lexicon("metric_verbs") | load_lexicon("generic_organisations")
    wordings = {wording for one in load_indicators() for wording in (one.name_zh, *one.aliases)}
    by_pair: dict[str, list[str]] = {}
    for wording in sorted(wordings - common, key=lambda one: (-len(one), one)):
        if len(wording) > 1:
            by_pair.setdefault(wording[:2], []).append(wording)
    return {pair: tuple(found) for pair, found in by_pair.items()}
