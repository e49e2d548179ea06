"""An edit that takes out something that is not the report, and says what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from zhibiao.alignment import Edit

_E = TypeVar("_E", bound=Edit)


@dataclass(frozen=True, slots=True)
class Removal(Edit):
    """Take ``[start, end)`` out of a text and remember it as ``kind``.

    Examples
    --------
    >>> Removal(0, 8, kind="metadata")
    Removal(start=0, end=8, text='', kind='metadata')
    """

    kind: str = "noise"


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out: its kind, its source range, and how it read when it was taken out."""

    kind: str
    start: int
    end: int
    text: str


def apart(edits: Iterable[_E]) -> list[_E]:
    """Sort edits and leave out each that overlaps the one before it.

    Examples
    --------
    >>> apart([Edit(5, 9), Edit(0, 4), Edit(3, 6)])
    [Edit(start=0, end=4, text=''), Edit(start=5, end=9, text='')]
    """
    kept: list[_E] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
