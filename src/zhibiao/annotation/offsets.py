"""Code points and UTF-16: doccano's editor counts as browsers do, where 𠮷 and emoji are two."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass

_ASTRAL = 0x10000


@dataclass(frozen=True, slots=True)
class Utf16Offsets:
    """The places of a text in both counts.

    Parameters
    ----------
    length
        Code points in the text.
    astral
        Places, in code points, of the characters that take two UTF-16 units, ascending.
    """

    length: int
    astral: array[int]

    @classmethod
    def of(cls, text: str) -> Utf16Offsets:
        """Find the characters that take two units.

        Examples
        --------
        >>> Utf16Offsets.of("𠮷林省125家").astral.tolist()
        [0]
        """
        return cls(len(text), array("l", (i for i, character in enumerate(text) if ord(character) >= _ASTRAL)))

    @property
    def utf16_length(self) -> int:
        """UTF-16 units in the text."""
        return self.length + len(self.astral)

    def to_utf16(self, offset: int) -> int:
        """Give the UTF-16 offset of a code point.

        Examples
        --------
        >>> Utf16Offsets.of("𠮷林省125家").to_utf16(3)
        4
        """
        return offset + bisect_left(self.astral, offset)

    def to_code_point(self, offset: int) -> int | None:
        """Give the code point at a UTF-16 offset; None within a character or outside the text.

        Examples
        --------
        >>> offsets = Utf16Offsets.of("𠮷林省125家")
        >>> [offsets.to_code_point(offset) for offset in (0, 1, 2, 8, 9)]
        [0, None, 1, 7, None]
        """
        low, high = 0, self.length
        while low <= high:
            middle = (low + high) // 2
            found = self.to_utf16(middle)
            if found == offset:
                return middle
            low, high = (middle + 1, high) if found < offset else (low, middle - 1)
        return None
