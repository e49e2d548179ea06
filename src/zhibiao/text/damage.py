"""Places that are broken beyond repair: kept as they are, and flagged."""

from __future__ import annotations

import re
from functools import cache

import opencc

from zhibiao.records import Flag

_HAN = "\u3400-\u9fff"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"

# What never stands in a sound text. 锟斤拷 is U+FFFD read as GBK, 烫烫烫 and 屯屯屯 are memory nothing was written to.
_CERTAIN = (
    "[\ufffd\ue000-\uf8ff\ud800-\udfff]+",
    "(?:锟斤拷)+|烫{3,}|屯{3,}|[À-ÿ]{4,}",
    # 「确??萍加媱」, 「认定?！皟?yōu)质」, 「袊鴮@?bull;」, 「涉??蒲谢氐闹С?」 with its Cyrillic С
    f"(?<!\\?)\\?{{2,}}(?=[{_HAN}])|\\?[！](?=[{_HAN}])|[@#]\\?[a-z]{{0,6}};?",
    f"(?<=[{_HAN}])[\u0400-\u04ff]+\\??|(?<=[{_HAN}])\\?[a-z]{{0,5}}[{_TONED}][a-z]{{0,4}}[)）]",
)
# A question mark or a few rare characters alone prove nothing (上半年怎么样?材料都看了 · 喆 in a name); together they do.
_RARE_WINDOW = 10
_LEAST_RARE = 3
_QUESTION_REACH = 6
_MERGE_GAP = 8
_PAUSE = re.compile(r"[，。；、,;\n“”《》]")
_NOTE = "unreadable in the source, left as it is"


# A cheap look for any character that a certain fault begins or ends with.
_SUSPECT = re.compile("[\ufffd\ue000-\uf8ff\ud800-\udfff\u0400-\u04ffÀ-ÿ?锟烫屯]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what is certainly broken, and what is rare: outside GB 2312 and no traditional form either."""
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    rare = (
        a
        for a, b in zip(han, simplified, strict=True)
        if not a.encode("gb2312", errors="ignore") and (a == b or ord(b) > 0xFFFF)
    )
    return re.compile("|".join(_CERTAIN)), re.compile(f"[{''.join(rare)}]")


def find_damage(text: str) -> tuple[Flag, ...]:
    """Find what bytes were lost or misread.

    Examples
    --------
    >>> [(f.kind, f.start, f.end) for f in find_damage("确??萍加媱濏椖康捻樌麑实施")]
    [('mojibake', 1, 12)]
    >>> find_damage("上半年怎么样?材料都看了。李喆副局长")
    ()
    """
    certain, rare = _patterns()
    hits = [match.span() for match in certain.finditer(text)] if _SUSPECT.search(text) else []
    unusual = [match.start() for match in rare.finditer(text)]
    hits += [
        (first, unusual[i + _LEAST_RARE - 1] + 1)
        for i, first in enumerate(unusual[: len(unusual) - _LEAST_RARE + 1])
        if unusual[i + _LEAST_RARE - 1] - first < _RARE_WINDOW
        and not _PAUSE.search(text, first, unusual[i + _LEAST_RARE - 1])
    ]
    hits += _questions_beside(text, unusual)
    return tuple(Flag("mojibake", start, end, _NOTE) for start, end in _merged(text, sorted(hits)))


def _questions_beside(text: str, unusual: list[int]) -> list[tuple[int, int]]:
    hits = []
    for place in unusual:
        reach = max(0, place - _QUESTION_REACH), min(len(text), place + _QUESTION_REACH + 1)
        question = text.find("?", *reach)
        if question >= 0:
            hits.append((min(place, question), max(place, question) + 1))
    return hits


def _merged(text: str, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join hits that overlap, or that less than a clause lies between."""
    merged: list[tuple[int, int]] = []
    for start, end in hits:
        if merged and (
            start <= merged[-1][1]
            or (start - merged[-1][1] <= _MERGE_GAP and not _PAUSE.search(text, merged[-1][1], start))
        ):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
