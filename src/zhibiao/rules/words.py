"""Word lists that strip a text from its ends, longest word first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from zhibiao.catalog.lexicon import load_lexicon


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


def any_of(words: Iterable[str]) -> str:
    """Write a regular expression for any of many words, the longest first, that looks at each character once.

    A plain alternation tries thousands of words one by one at every place of a text.

    Examples
    --------
    >>> any_of(["科技局", "科技厅", "科协"])
    '科(?:协|技(?:厅|局))'
    """
    tree: dict[str, list[str]] = {}
    for word in set(words):
        tree.setdefault(word[:1], []).append(word[1:])
    ends_here = tree.pop("", None) is not None
    branches = [re.escape(char) + (any_of(rest) if rest != [""] else "") for char, rest in sorted(tree.items())]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends_here else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends_here else joined


@cache
def lexicon_words(*names: str) -> WordList:
    """Load word lists of the catalogue as one."""
    return WordList(word for name in names for word in load_lexicon(name))


@cache
def joining_words(group: str) -> WordList:
    """Load a group of ``data/joining.toml``."""
    data = tomllib.loads((files("zhibiao.rules") / "data" / "joining.toml").read_text("utf-8"))
    return WordList(data[group]["words"].split())
