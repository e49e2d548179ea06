"""Words of running text, by a vocabulary that a trained model carries with it.

The vocabulary comes from the dictionary that the package jieba ships. The longest word at each place is taken, from the left: features need
no more, and looking for the likeliest path through the words (`zhibiao.weak.words`) takes longer. The released pipelines do without words
(`training/experiments.md`, *The contest*).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import srsly

from zhibiao.errors import ModelError
from zhibiao.pipes.jieba_words import load_jieba

_CHUNK = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9.&+\-]+|.", re.DOTALL)
_LONGEST = 8
UNKNOWN, NUMBER = "x", "m"


class Word(NamedTuple):
    """``[start, end)`` of a text with jieba's part of speech: n noun, v verb, d adverb, m number, x unknown and others."""

    start: int
    end: int
    part: str


class Vocabulary:
    """Words with their part of speech.

    Examples
    --------
    >>> words = Vocabulary({"高新技术": "n", "企业": "n", "新增": "v"})
    >>> text = "新增高新技术企业18家"
    >>> [text[word.start:word.end] for word in words.cut(text)]
    ['新增', '高新技术', '企业', '18', '家']
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        # A beginning of words that is no word itself has "".
        self._parts = dict(words)
        for word in words:
            for length in range(1, len(word)):
                self._parts.setdefault(word[:length], "")

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def to_bytes(self) -> bytes:
        """Give the words as bytes."""
        packed: bytes = srsly.msgpack_dumps(dict(self.words))
        return packed

    @classmethod
    def from_bytes(cls, packed: bytes) -> Vocabulary:
        """Read what `to_bytes` gave.

        Raises
        ------
        ModelError
            If it is something else.
        """
        try:
            return cls(dict(srsly.msgpack_loads(packed)))
        except (ValueError, TypeError) as error:
            raise ModelError("the words of this pipeline cannot be read; train it again or copy it anew") from error

    def cut(self, text: str, start: int = 0, end: int | None = None) -> list[Word]:
        """Cut ``text[start:end]`` into words; runs of letters and digits are one, other characters each."""
        words: list[Word] = []
        for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
            begin, stop = chunk.span()
            if "\u4e00" <= text[begin] <= "\u9fff":
                words += self._cut_run(text, begin, stop)
            else:
                words.append(Word(begin, stop, NUMBER if text[begin].isdigit() else UNKNOWN))
        return words

    def _cut_run(self, text: str, start: int, end: int) -> list[Word]:
        words: list[Word] = []
        part_of = self._parts.get
        while start < end:
            stop, part = start + 1, UNKNOWN
            for place in range(start + 1, end + 1):
                found = part_of(text[start:place])
                if found is None:
                    break
                if found:
                    stop, part = place, found
            words.append(Word(start, stop, part))
            start = stop
        return words


def choose_words(texts: Iterable[str], min_count: int) -> Vocabulary:
    """Choose words of jieba's dictionary: those that it counts often, and those that the texts hold.

    Raises
    ------
    MissingExtraError
        If jieba is not installed.

    Examples
    --------
    >>> [word.part for word in choose_words([], 1000).cut("科技企业增加")]
    ['n', 'n', 'v']
    """
    listed = {word: entry for word, entry in load_jieba().items() if len(word) <= _LONGEST}
    every = Vocabulary({word: part for word, (_, part) in listed.items()})
    held = {text[word.start : word.end] for text in texts for word in every.cut(text)}
    return Vocabulary({word: part for word, (count, part) in listed.items() if count >= min_count or word in held})
