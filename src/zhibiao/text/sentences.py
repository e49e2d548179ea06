"""Sentences: up to 。！？!? or a line end, with their closing quotes and brackets."""

from __future__ import annotations

import re

from zhibiao.text.damage import find_damage

_END = re.compile(r"[。！？!?]+[”’」』）)】》〉\"']*|\n")
_BRACKET = re.compile(r"[（(][^（()）\n]{0,200}[）)]")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    r"""Cut a text into sentences, ``[start, end)`` without outer white space; a semicolon ends none.

    A mark inside round brackets ends no sentence, nor does a question mark that is what was left of a broken
    character.

    Examples
    --------
    >>> text = "高企达125家(新认定。18家);占2.5%。“真好!”他说\n1.加大投入"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['高企达125家(新认定。18家);占2.5%。', '“真好!”', '他说', '1.加大投入']
    """
    closed = _closed_ranges(text)
    ranges = []
    start = 0
    next_closed = 0
    for match in _END.finditer(text):
        while next_closed < len(closed) and closed[next_closed][1] <= match.start():
            next_closed += 1
        inside = next_closed < len(closed) and closed[next_closed][0] <= match.start()
        if inside and match[0] != "\n" and match.end() <= closed[next_closed][1]:
            continue
        ranges.append((start, match.end()))
        start = match.end()
    ranges.append((start, len(text)))
    return tuple(trimmed for piece in ranges if (trimmed := _trim(text, *piece)))


def _closed_ranges(text: str) -> list[tuple[int, int]]:
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    damage = [(flag.start, flag.end) for flag in find_damage(text)] if "?" in text else []
    return sorted(brackets + damage)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    content = piece.strip()
    if not content:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(content)
