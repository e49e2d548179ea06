"""Labelling functions that are rows of a data file: a name, a label, a pattern, and its cases; no code.

One table of a TOML file is one function::

    [org_newspaper]
    label = "ORG"
    pattern = '《(?P<span>[一-鿿]{2,6}(?:日报|晚报))》'
    match = "《⟦安庆日报⟧》作了报道"
    abstain = "印发《工作通报》"

``pattern`` is a regular expression; what the group ``span`` covers is voted for, the whole match where there is no such group. ``against =
true`` votes against it. ``match`` and ``abstain`` are a case or a list of cases. ``needs``, which may be left out, are characters of which every
match has at least one: sentences without them are passed over, which is much faster than looking for the pattern.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from zhibiao.errors import CatalogError
from zhibiao.labels import EntityLabel
from zhibiao.weak.functions import Cases, SpanFunction, SpanVote
from zhibiao.weak.views import SentenceView

OWN_FILES = ("figures", "metrics", "organisations")


class PatternRow(BaseModel):
    """One row; see the module for the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: EntityLabel
    pattern: str
    against: bool = False
    needs: str = ""
    match: str | list[str]
    abstain: str | list[str]


@cache
def own_patterns() -> tuple[SpanFunction, ...]:
    """Load the pattern functions of zhibiao.

    Examples
    --------
    >>> "org_newspaper" in {function.name for function in own_patterns()}
    True
    """
    folder = files(__package__) / "data"
    return tuple(
        function
        for name in OWN_FILES
        for function in parse_patterns((folder / f"{name}.toml").read_text("utf-8"), where=f"{name}.toml")
    )


def read_patterns(path: Path) -> tuple[SpanFunction, ...]:
    """Load the pattern functions of a file of one's own.

    Raises
    ------
    CatalogError
        If the file cannot be read or a row is wrong; the message names the row.
    """
    try:
        return parse_patterns(path.read_text("utf-8"), where=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: the patterns cannot be read: {error}") from error


def parse_patterns(data: str, *, where: str) -> tuple[SpanFunction, ...]:
    r"""Make functions of the rows of a TOML text.

    Raises
    ------
    CatalogError
        If it is no TOML, or a row is wrong.

    Examples
    --------
    >>> row = "[org_x]\nlabel = 'ORG'\npattern = '日报'\nmatch = '⟦日报⟧'\nabstain = '晚报'"
    >>> [function.name for function in parse_patterns(row, where="own.toml")]
    ['org_x']
    """
    try:
        rows = tomllib.loads(data)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{where}: not TOML: {error}") from error
    return tuple(_make_function(name, row, where) for name, row in rows.items())


def _make_function(name: str, row: Any, where: str) -> SpanFunction:
    try:
        read = PatternRow.model_validate(row)
        pattern = re.compile(read.pattern)
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogError(f"{where}: {name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except re.error as error:
        raise CatalogError(f"{where}: {name}: pattern: {error}") from None
    matches, abstain = _lines(read.match), _lines(read.abstain)
    cases = Cases((), matches, abstain) if read.against else Cases(matches, (), abstain)
    about = f"Vote {'against' if read.against else 'for'} what the pattern matches: {read.pattern}"
    vote = _make_vote(pattern, read.against)
    return SpanFunction(name, read.label, vote, cases, needs=frozenset(read.needs), about=about)


def _make_vote(pattern: re.Pattern[str], against: bool) -> Callable[[SentenceView], list[SpanVote]]:
    group: str | int = "span" if "span" in pattern.groupindex else 0

    def vote(sentence: SentenceView) -> list[SpanVote]:
        found = [match.span(group) for match in pattern.finditer(sentence.text)]
        return [SpanVote(start, end, against) for start, end in found if start < end]

    return vote


def _lines(cases: str | list[str]) -> tuple[str, ...]:
    return (cases,) if isinstance(cases, str) else tuple(cases)
