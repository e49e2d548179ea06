"""Words with their part of speech, from the dictionary that the package jieba ships.

Only its ``dict.txt`` is read: importing jieba writes and trusts a cache in the folder for temporary files, and prints. The likeliest path
through the words of the dictionary is jieba's own method without its guesses at unknown words.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from zhibiao.errors import MissingExtraError

_CHUNK = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9.&+\-]+|.", re.DOTALL)
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Word:
    """``[start, end)`` of a sentence with jieba's part of speech: n noun, v verb, vn verbal noun, d adverb, x unknown."""

    start: int
    end: int
    part: str


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """Log probability and part of speech of each word; beginnings of words have -inf."""

    weights: dict[str, float]
    parts: dict[str, str]
    unknown: float


def split_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Cut ``text[start:end]`` into words.

    Raises
    ------
    MissingExtraError
        If jieba is not installed.

    Examples
    --------
    >>> text = "新增高新技术企业18家"
    >>> [(text[word.start:word.end], word.part) for word in split_words(text)][1:3]
    [('高新技术', 'n'), ('企业', 'n')]
    """
    dictionary = _load()
    words: list[Word] = []
    for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
        first, last = chunk.span()
        if "\u4e00" <= text[first] <= "\u9fff":
            words += _split_chunk(text, first, last, dictionary)
        else:
            words.append(Word(first, last, "m" if text[first].isdigit() else "x"))
    return tuple(words)


def _split_chunk(text: str, start: int, end: int, dictionary: _Dictionary) -> list[Word]:
    """Find the likeliest path from the end of a run of Chinese characters to its start."""
    weights, unknown = dictionary.weights, dictionary.unknown
    best = [0.0] * (end - start + 1)
    step = [1] * (end - start)
    for place in range(end - 1, start - 1, -1):
        at = place - start
        best[at] = unknown + best[at + 1]
        for length in range(1, min(_LONGEST, end - place) + 1):
            weight = weights.get(text[place : place + length])
            if weight is None:
                break
            if weight + best[at + length] > best[at]:
                best[at], step[at] = weight + best[at + length], length
    found = []
    while start < end:
        length = step[len(step) - (end - start)]
        found.append(Word(start, start + length, dictionary.parts.get(text[start : start + length], "x")))
        start += length
    return found


@cache
def _load() -> _Dictionary:
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("cutting words needs the dictionary of jieba: pip install 'zhibiao[weak]'")
    counts: dict[str, int] = {}
    parts: dict[str, str] = {}
    for line in (Path(spec.submodule_search_locations[0]) / "dict.txt").read_text("utf-8").splitlines():
        word, count, part = line.split(" ")
        if len(word) <= _LONGEST:
            counts[word] = int(count)
            parts[word] = part
    total = math.log(sum(counts.values()))
    weights = {word: math.log(count or 1) - total for word, count in counts.items()}
    for word in counts:
        for length in range(1, len(word)):
            weights.setdefault(word[:length], -math.inf)
    return _Dictionary(weights, parts, -total - 1.0)
