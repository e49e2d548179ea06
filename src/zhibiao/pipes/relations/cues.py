"""Marks and words that tell how a figure hangs together with what stands around it, found in one pass over a stretch of text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.rules.words import any_of, joining_words

MARKS = {
    "comma": "，,",
    "semicolon": "；;",
    "colon": "：:",
    "enumeration": "、",
    "open": "（(",
    "close": "）)",
    "quote": '“”‘’"《》',
    "blank": " \u3000—-…",
}
# Marks that end a clause.
CLAUSE_ENDS = ("comma", "semicolon", "colon")
# Part of the text, but neither a cue nor a name: [2021年]新增, [9月8日].
_TIME = r"20\d\d年|\d+月|\d+日"


@dataclass(frozen=True, slots=True)
class Cue:
    """A mark, a word or a time at ``[start, end)``; ``classes`` are places in `class_names`, none for a time."""

    start: int
    end: int
    classes: tuple[int, ...]


def find_cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """Find the cues of a stretch, the longest at each place, none inside another.

    Examples
    --------
    >>> text = "，比上年增长"
    >>> [(text[cue.start:cue.end], [class_names()[i] for i in cue.classes]) for cue in find_cues(text, 0, len(text))]
    [('，', ['comma']), ('比上年', ['compared']), ('增长', ['up'])]
    """
    pattern, classes = _scanner()
    for match in pattern.finditer(text, start, end):
        yield Cue(match.start(), match.end(), classes.get(match.group(), ()))


@cache
def class_names() -> tuple[str, ...]:
    """Name the classes of cues: marks first."""
    return (*MARKS, *_words())


@cache
def _scanner() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    classes: dict[str, tuple[int, ...]] = {}
    for number, members in enumerate((*MARKS.values(), *_words().values())):
        for member in members:
            classes[member] = (*classes.get(member, ()), number)
    # The class of first characters spares most places the many alternatives.
    firsts = re.escape("".join(sorted({word[0] for word in classes})))
    return re.compile(rf"(?=[\d{firsts}])(?:{_TIME}|{any_of(classes)})"), classes


@cache
def _words() -> dict[str, frozenset[str]]:
    """Load the words of each class, in a fixed order: a trained scorer knows the classes by their places."""
    directions = load_lexicon("change_words")
    words = {way: frozenset(word for word in directions if directions[word] == way) for way in ("up", "down", "gap")}
    words |= {group: joining_words(group).words for group in ("reach", "place", "adverb")}
    modifiers = load_lexicon("leading_modifiers")
    words |= {"time": modifiers["time"], "lead": modifiers["adverb"]}
    words |= {"light": load_lexicon("light_verbs"), "verb": load_lexicon("metric_verbs")}
    own = tomllib.loads((files("zhibiao.pipes.relations") / "data" / "cues.toml").read_text("utf-8"))
    return words | {name: frozenset(group["words"].split()) for name, group in own.items()}
