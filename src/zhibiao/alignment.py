"""A text whose every character knows where it came from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``[start, end)`` of a text by ``text`` (empty: take it out)."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text with, for each character, the half-open range of source code points it stands for.

    Parameters
    ----------
    text
        The text as it reads now, ``n`` code points.
    starts, ends
        Arrays of length ``n``: character ``i`` stands for source code points ``[starts[i], ends[i])``.
        Starts never decrease, and no two characters share a source code point.

    Examples
    --------
    A page mark (14、 on a new line, here |14、) that cuts a number is taken out; the source places stay known:

    >>> source = "53.|14、06亿元"
    >>> mended = AlignedText.from_source(source).edited([Edit(3, 7)])
    >>> mended.text
    '53.06亿元'
    >>> mended.source_span(0, 5)
    (0, 9)
    """

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def from_source(cls, source: str) -> AlignedText:
        """Align a source text with itself."""
        return cls(source, array("l", range(len(source))), array("l", range(1, len(source) + 1)))

    def __len__(self) -> int:
        """Count the code points of the text."""
        return len(self.text)

    def edited(self, edits: Iterable[Edit]) -> AlignedText:
        """Apply edits that are sorted and do not overlap.

        A replacement as long as what it replaces keeps the places one by one. Of any other replacement the first
        characters keep their own places and the last one takes the rest, so that the covered source stays covered.

        Raises
        ------
        ValueError
            If an edit overlaps the one before it, leaves the text, or is longer than what it replaces.
        """
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        done = 0
        for edit in edits:
            if not done <= edit.start <= edit.end <= len(self.text) or len(edit.text) > edit.end - edit.start:
                raise ValueError(f"edit {edit} does not fit behind offset {done} of a text of {len(self.text)}")
            pieces += (self.text[done : edit.start], edit.text)
            starts += self.starts[done : edit.start + len(edit.text)]
            ends += self.ends[done : edit.start + len(edit.text)]
            if edit.text:
                ends[-1] = self.ends[edit.end - 1]
            done = edit.end
        pieces.append(self.text[done:])
        return AlignedText("".join(pieces), starts + self.starts[done:], ends + self.ends[done:])

    def part(self, start: int, end: int) -> AlignedText:
        """Cut out ``[start, end)``."""
        return AlignedText(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the source range that ``[start, end)`` of the text stands for; ``start < end``."""
        return self.starts[start], self.ends[end - 1]
