"""A text as a sequence tagger reads it: characters, but each figure and each time is one element.

In 高企总数达125家,居全省第3位 the words beside a figure are then its neighbours, however long the number is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a text, ``[starts[i], ends[i])`` in code points; ``at[j]`` is the element of character ``j``."""

    starts: Sequence[int]
    ends: Sequence[int]
    at: Sequence[int]

    def __len__(self) -> int:
        """Count the elements."""
        return len(self.starts)

    def inside(self, span: Range) -> Range:
        """Give the elements that a range of characters touches, ``[first, last)``."""
        start, end = span
        return (self.at[start], self.at[end - 1] + 1) if start < end else (0, 0)

    def characters(self, first: int, last: int) -> Range:
        """Give the range of characters of the elements ``[first, last)``."""
        return self.starts[first], self.ends[last - 1]

    def is_aligned(self, span: Range) -> bool:
        """Tell whether a range of characters is one of elements."""
        return span[0] < span[1] and self.characters(*self.inside(span)) == span


def make_elements(length: int, whole: Iterable[Range]) -> Elements:
    """Cut a text of ``length`` characters into elements; of ranges that overlap the one given first is kept whole.

    Examples
    --------
    >>> text = "高企达125家"
    >>> elements = make_elements(len(text), [(3, 7)])
    >>> [text[start:end] for start, end in zip(elements.starts, elements.ends)]
    ['高', '企', '达', '125家']
    >>> elements.inside((2, 7)), elements.is_aligned((0, 2)), elements.is_aligned((0, 5))
    ((2, 4), True, False)
    """
    end_of = {}
    taken = bytearray(length)
    for start, end in whole:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            end_of[start] = end
    starts, ends, at = [], [], []
    place = 0
    for number in range(length):
        if place >= length:
            break
        end = end_of.get(place, place + 1)
        starts.append(place)
        ends.append(end)
        at += [number] * (end - place)
        place = end
    return Elements(starts, ends, at)
