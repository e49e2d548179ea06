"""Words of the genre as data: what ends an indicator's name, which verbs belong to it, who is an organisation.

Each list is one file in ``data/lexicon``: groups of words, each with an example.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, overload

from zhibiao.errors import CatalogError

Grouped = Literal["leading_modifiers", "org_suffixes", "self_references"]
# Lists whose groups matter to their users; of the others only the words do.
_GROUPED = frozenset({"leading_modifiers", "org_suffixes", "self_references"})


@overload
def load_lexicon(name: Literal["change_words"]) -> Mapping[str, str]: ...  # type: ignore[overload-overlap]
@overload
def load_lexicon(name: Grouped) -> Mapping[str, frozenset[str]]: ...  # type: ignore[overload-overlap]
@overload
def load_lexicon(name: str) -> frozenset[str]: ...
def load_lexicon(name: str) -> Mapping[str, str] | Mapping[str, frozenset[str]] | frozenset[str]:
    """Load a word list by its name.

    Returns
    -------
    frozenset, or mapping
        ``change_words``: word to direction (up, down, gap). ``leading_modifiers`` (region, time, adverb),
        ``org_suffixes`` (government, company, …) and ``self_references`` (region, organ): group to words. Every other
        list: its words.

    Raises
    ------
    CatalogError
        If there is no such list, or a word stands in two groups of ``change_words``.

    Examples
    --------
    >>> "签订" in load_lexicon("metric_verbs"), load_lexicon("change_words")["同比增长"]
    (True, 'up')
    >>> "省科技厅" in load_lexicon("government_organs"), "我局" in load_lexicon("self_references")["organ"]
    (True, True)
    """
    if name == "change_words":
        return _load_directions()
    return _load_groups(name) if name in _GROUPED else _load_words(name)


@cache
def load_weak_suffixes() -> frozenset[str]:
    """Load the endings that name an organisation only behind a proper name: 中心 实验室 产业园 街道.

    Examples
    --------
    >>> "研发中心" in load_weak_suffixes(), "有限公司" in load_weak_suffixes()
    (True, False)
    """
    weak = {group for group, table in _read("org_suffixes").items() if table.get("weak")}
    return frozenset().union(*(words for group, words in _load_groups("org_suffixes").items() if group in weak))


@cache
def _load_groups(name: str) -> Mapping[str, frozenset[str]]:
    return {group: frozenset(_iter_words(table)) for group, table in _read(name).items()}


@cache
def _load_words(name: str) -> frozenset[str]:
    return frozenset().union(*_load_groups(name).values())


@cache
def _load_directions() -> Mapping[str, str]:
    directions: dict[str, str] = {}
    for direction, words in _load_groups("change_words").items():
        for word in words:
            if directions.setdefault(word, direction) != direction:
                raise CatalogError(f"change_words.toml: {word} is both {directions[word]} and {direction}")
    return directions


def _iter_words(table: Mapping[str, Any]) -> Iterator[str]:
    """Give a group's words: those listed, and each prefix joined to each organ."""
    yield from table.get("words", "").split()
    organs = table.get("organs", "").split()
    if table.get("bare"):
        yield from organs
    yield from (prefix + organ for prefix in table.get("prefixes", "").split() for organ in organs)


def _read(name: str) -> dict[str, Any]:
    source = files(__package__) / f"data/lexicon/{name}.toml"
    if not source.is_file():
        raise CatalogError(f"there is no word list {name!r}")
    return tomllib.loads(source.read_text(encoding="utf-8"))
