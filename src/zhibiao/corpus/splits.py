"""Which report trains, which is for choosing, which for the last look: by whole report, never by sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

from zhibiao.errors import InputError

SPLITS = ("train", "dev", "authored_dev", "test")
SHINGLE = 12


def read_splits(path: Path) -> dict[str, str]:
    """Read ``splits.toml``: report id to the name of its split.

    Raises
    ------
    InputError
        If a split is unknown or a report stands in two.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    split_of: dict[str, str] = {}
    for split, reports in data.items():
        if split not in SPLITS:
            raise InputError(f"no split is called {split!r}; there are {', '.join(SPLITS)}", where=str(path))
        for report in reports["reports"]:
            if report in split_of:
                raise InputError(f"{report} stands in {split_of[report]} and in {split}", where=str(path))
            split_of[report] = split
    return split_of


def shingles(text: str, length: int = SHINGLE) -> frozenset[str]:
    """Give the runs of ``length`` characters of a text, white space left out.

    Examples
    --------
    >>> sorted(shingles("高企 总数达", 4))
    ['企总数达', '高企总数']
    """
    joined = "".join(text.split())
    return frozenset(joined[i : i + length] for i in range(len(joined) - length + 1))


def shared_with_others(texts: Mapping[str, str]) -> dict[str, float]:
    """Give for each text the share of its 12-grams that also stand in another one: what copying and templates leave."""
    owners: dict[str, int] = {}
    grams = {name: shingles(text) for name, text in texts.items()}
    for found in grams.values():
        for gram in found:
            owners[gram] = owners.get(gram, 0) + 1
    return {
        name: sum(owners[gram] > 1 for gram in found) / len(found) if found else 0.0 for name, found in grams.items()
    }


def near_duplicates(texts: Mapping[str, str], *, threshold: float = 0.1) -> Iterable[tuple[str, str, float]]:
    """List pairs of texts whose 12-grams have a Jaccard similarity of at least ``threshold``."""
    grams = {name: shingles(text) for name, text in texts.items()}
    for one, other in combinations(sorted(grams), 2):
        union = len(grams[one] | grams[other])
        similarity = len(grams[one] & grams[other]) / union if union else 0.0
        if similarity >= threshold:
            yield one, other, similarity
