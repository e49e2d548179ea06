"""What the encoder reads of a sentence: its pieces, and at each element the clues of the rules.

The elements are those of `zhibiao.pipes.crf.elements`: a figure and a time are one each, and are read as their last character, which is the unit:
高企达125家 is read as 高企达家, with the clue that the last is an AMOUNT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from zhibiao.labels import EntityLabel
from zhibiao.pipes.crf.clues import Clues
from zhibiao.pipes.crf.elements import Range
from zhibiao.pipes.crf.tracks import SIZES, Tracks
from zhibiao.pipes.encoder.pieces import BEGIN, END, Pieces

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

# A longer sentence is read in parts.
LONGEST = 256
# The tracks of the rules that the encoder is told, and the number of their codes.
_TRACKS = ("metric", "left", "right", "core", "organisation", "place", "side", "indicator", "suffix")
_FIGURES = {EntityLabel.AMOUNT: 1, EntityLabel.RANK: 2}
_TIME = 3
# A piece of its own; the first, a middle and the last character of a piece.
_WHOLE, _FIRST, _MIDDLE, _LAST = range(4)
_FIGURES_AT, _TRACKS_AT = 4, 8
CLUES = _TRACKS_AT + sum(SIZES[track] for track in _TRACKS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the encoder reads it.

    Parameters
    ----------
    first, last
        Its elements in the text.
    pieces
        The numbers of its pieces, between the marks of begin and end.
    heads
        For each piece the element that it begins with, -1 for the two marks.
    pieces_of
        For each element the place of its piece.
    clues
        1 where a clue holds, of shape (elements, `CLUES`).
    """

    first: int
    last: int
    pieces: Places
    heads: Places
    pieces_of: Places
    clues: Floats

    def piece_clues(self) -> Floats:
        """Give the clues of each piece: those of its first element; the marks have none."""
        found = self.clues[self.heads]
        found[self.heads < 0] = 0
        return found


def read_sentences(clues: Clues, tracks: Tracks, pieces: Pieces, sequences: Sequence[Range]) -> Iterator[Sentence]:
    """Read sentences, given as ranges of elements.

    Examples
    --------
    >>> from zhibiao.rules.spans import LabelledSpan
    >>> clues = Clues("高企达125家", [(0, 7)], [LabelledSpan(3, 7, EntityLabel.AMOUNT)], [])
    >>> pieces = Pieces({"高企": -9.0, "达": -8.0, "家": -8.0}, {})
    >>> [sentence] = read_sentences(clues, Tracks(clues), pieces, [(0, 4)])
    >>> sentence.pieces.tolist(), sentence.pieces_of.tolist(), sentence.heads.tolist()
    ([0, 4, 5, 6, 2], [1, 1, 2, 3], [-1, 0, 2, 3, -1])
    """
    elements = clues.elements
    characters = [clues.text[end - 1] for end in elements.ends]
    figures = _figure_codes(clues)
    held = _hold_clues(figures, tracks)
    alone = [
        figure > 0 or end - start > 1
        for figure, start, end in zip(figures.tolist(), elements.starts, elements.ends, strict=True)
    ]
    for begin, end in sequences:
        for first in range(begin, end, LONGEST):
            part = slice(first, min(end, first + LONGEST))
            sizes = list(_cut(characters[part], alone[part], pieces))
            yield _make_sentence(first, characters[part], sizes, held[part], pieces)


def _hold_clues(figures: Places, tracks: Tracks) -> Floats:
    held: Floats = np.zeros((len(figures), CLUES), np.float32)
    rows = np.arange(len(figures))
    held[rows, _FIGURES_AT + figures] = 1
    at = _TRACKS_AT
    for track in _TRACKS:
        held[rows, at + np.asarray(tracks[track], np.int64)] = 1
        at += SIZES[track]
    return held


def _figure_codes(clues: Clues) -> Places:
    found = np.zeros(len(clues.elements), np.int64)
    for start, _ in clues.periods:
        found[clues.elements.at[start]] = _TIME
    for figure in clues.figures:
        found[clues.elements.at[figure.start]] = _FIGURES[figure.label]
    return found


def _cut(characters: Sequence[str], alone: Sequence[bool], pieces: Pieces) -> Iterator[int]:
    """Give the sizes of the pieces; what stands for a figure or a time is one by itself."""
    run = ""
    for character, whole in zip(characters, alone, strict=True):
        if whole:
            yield from pieces.cut(run)
            run = ""
            yield 1
        else:
            run += character
    yield from pieces.cut(run)


def _make_sentence(
    first: int, characters: Sequence[str], sizes: Sequence[int], clues: Floats, pieces: Pieces
) -> Sentence:
    starts = [0, *accumulate(sizes)][:-1]
    numbers = [pieces.number("".join(characters[at : at + size])) for at, size in zip(starts, sizes, strict=True)]
    length = len(characters)
    held = clues.copy()
    held[np.arange(length), _places_inside(sizes)] = 1
    return Sentence(
        first,
        first + length,
        np.array([BEGIN, *numbers, END], np.int64),
        np.array([-1, *starts, -1], np.int64),
        np.repeat(np.arange(1, len(sizes) + 1, dtype=np.int64), sizes),
        held,
    )


def _places_inside(sizes: Sequence[int]) -> list[int]:
    """Say where in its piece each character stands.

    Examples
    --------
    >>> _places_inside([1, 4])
    [0, 1, 2, 2, 3]
    """
    return [place for size in sizes for place in ([_WHOLE] if size == 1 else [_FIRST, *[_MIDDLE] * (size - 2), _LAST])]
