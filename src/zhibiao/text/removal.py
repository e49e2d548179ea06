"""An edit that takes out something that is not the report, and says what it is."""

from __future__ import annotations

from dataclasses import dataclass

from zhibiao.alignment import Edit


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
