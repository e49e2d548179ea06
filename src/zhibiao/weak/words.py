"""Words with their part of speech, from the dictionary that the package jieba ships.

Only its ``dict.txt`` is read: importing jieba writes and trusts a cache in the folder for temporary files, and prints. The likeliest path
through the words of the dictionary is jieba's own method without its guesses at unknown words.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from zhibiao.pipes.jieba_words import load_jieba

_CHUNK = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9.&+\-]+|.", re.DOTALL)
_LONGEST = 8


class Word(NamedTuple):
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
    look_up, unknown = dictionary.weights.get, dictionary.unknown
    chunk, size = text[start:end], end - start
    best = [0.0] * (size + 1)
    step = [1] * size
    for place in range(size - 1, -1, -1):
        score = unknown + best[place + 1]
        for behind in range(place + 1, min(place + _LONGEST, size) + 1):
            weight = look_up(chunk[place:behind])
            if weight is None:
                break
            if (found := weight + best[behind]) > score:
                score, step[place] = found, behind - place
        best[place] = score
    words = []
    place = 0
    while place < size:
        behind = place + step[place]
        words.append(Word(start + place, start + behind, dictionary.parts.get(chunk[place:behind], "x")))
        place = behind
    return words


@cache
def _load() -> _Dictionary:
    listed = {word: entry for word, entry in load_jieba().items() if len(word) <= _LONGEST}
    counts = {word: count for word, (count, _) in listed.items()}
    parts = {word: part for word, (_, part) in listed.items()}
    total = math.log(sum(counts.values()))
    weights = {word: math.log(count or 1) - total for word, count in counts.items()}
    for word in counts:
        for length in range(1, len(word)):
            weights.setdefault(word[:length], -math.inf)
    return _Dictionary(weights, parts, -total - 1.0)
