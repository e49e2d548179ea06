"""Word lists that strip a text from its ends, longest word first."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


class WordList:
    """Words that can be asked which of them a stretch of text begins or ends with.

    Examples
    --------
    >>> words = WordList(["达", "达到", "累计"])
    >>> words.prefix("达到125家", 0, 6), words.suffix("高企累计达到", 0, 6)
    (2, 2)
    >>> words.strip_end("高企累计达到", 0, 6)
    2
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_first: dict[str, tuple[int, ...]] = {}
        self._by_last: dict[str, tuple[int, ...]] = {}
        for index, position in ((self._by_first, 0), (self._by_last, -1)):
            lengths: dict[str, set[int]] = {}
            for word in self.words:
                lengths.setdefault(word[position], set()).add(len(word))
            index.update({char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()})

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is in the list."""
        return word in self.words

    def prefix(self, text: str, start: int, end: int) -> int:
        """Give the length of the longest word that ``text[start:end]`` begins with, or 0."""
        if start < end:
            for length in self._by_first.get(text[start], ()):
                if length <= end - start and text[start : start + length] in self.words:
                    return length
        return 0

    def suffix(self, text: str, start: int, end: int) -> int:
        """Give the length of the longest word that ``text[start:end]`` ends with, or 0."""
        if start < end:
            for length in self._by_last.get(text[end - 1], ()):
                if length <= end - start and text[end - length : end] in self.words:
                    return length
        return 0

    def strip_end(self, text: str, start: int, end: int) -> int:
        """Take words off the end as long as there are any; give the new end."""
        while length := self.suffix(text, start, end):
            end -= length
        return end

    def find_last(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Find the rightmost word inside ``text[start:end]``, longest at its place."""
        for place in range(end - 1, start - 1, -1):
            if length := self.prefix(text, place, end):
                return place, place + length
        return None


@cache
def joining_words(group: str) -> WordList:
    """Load a group of ``data/joining.toml``."""
    data = tomllib.loads((files("zhibiao.rules") / "data" / "joining.toml").read_text("utf-8"))
    return WordList(data[group]["words"].split())
