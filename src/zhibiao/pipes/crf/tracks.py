"""Clues as tracks: one value for each element of a text.

A closed track is an array of small codes. An open one (characters, words) has values that only the texts for training can list; an
`Index` numbers them. In both 0 stands for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import add

import numpy as np
import numpy.typing as npt

from zhibiao.labels import EntityLabel
from zhibiao.pipes.crf.clues import Clues, sentences_with_figures
from zhibiao.pipes.crf.elements import Range
from zhibiao.pipes.crf.lexicons import LEXICONS, find_listed
from zhibiao.rules.spans import LabelledSpan

Codes = npt.NDArray[np.int32]

# Codes of a span's elements on a painted track.
BEGIN, INSIDE, END, SINGLE = 1, 2, 3, 4
_SIGN = {EntityLabel.AMOUNT: "A", EntityLabel.RANK: "R"}
_TIME = "T"
# The kinds of characters: Chinese, digit, letter, marks by their use, and the rest.
_HAN, _DIGIT, _LETTER, _OTHER = 1, 2, 3, 4
_MARKS = ("、", ",，", ";；:：", "。！？!?", "\n", "（(", "）)", "“‘《", "”’》")
# Distances from 6 on fall into four bins.
_BINS = np.array([6, 9, 14, 25])


@dataclass(frozen=True, slots=True)
class Open:
    """An open track.

    Parameters
    ----------
    values
        What the elements have, or whole words, where ``repeats`` says how many elements each of them has.
    step
        How many values further on the one stands that an element gets.
    """

    values: Sequence[str]
    repeats: npt.NDArray[np.intp] | None = None
    step: int = 0


def paint(clues: Clues, spans: Iterable[Range]) -> Codes:
    """Write spans on a track; where two overlap the later covers.

    Examples
    --------
    >>> paint(Clues("高企达125家", [(0, 7)], [], []), [(0, 2)]).tolist()
    [1, 3, 0, 0, 0, 0, 0]
    """
    track = [0] * len(clues.elements)
    for span in spans:
        first, last = clues.elements.inside(span)
        if last - first == 1:
            track[first] = SINGLE
        elif last > first:
            track[first:last] = [BEGIN, *[INSIDE] * (last - first - 2), END]
    return np.array(track, np.int32)


def read_characters(clues: Clues) -> list[str]:
    """Give the characters, 0 for a digit; a figure or a time has a sign.

    Examples
    --------
    >>> read_characters(Clues("达125家", [(0, 5)], [LabelledSpan(1, 5, EntityLabel.AMOUNT)], []))
    ['达', 'A']
    """
    elements = clues.elements
    track = ["0" if char.isdigit() else char for char in map(clues.text.__getitem__, elements.starts)]
    for start, _ in clues.periods:
        track[elements.at[start]] = _TIME
    for figure in clues.figures:
        track[elements.at[figure.start]] = _SIGN[figure.label]
    return track


def write_pairs(clues: Clues, *, gap: int) -> Open:
    """Write each character with the one behind it, or with one further on."""
    characters = read_characters(clues)
    behind = [*characters[gap:], *[""] * gap]
    return Open(list(map(add, characters, behind)))


def write_triples(clues: Clues) -> Open:
    """Write each character with the two behind it."""
    characters = read_characters(clues)
    pairs = map(add, characters, [*characters[1:], ""])
    return Open(list(map(add, pairs, [*characters[2:], "", ""])))


def write_digits(clues: Clues) -> Open:
    """Write the digits that the characters mask."""
    starts = clues.elements.starts
    return Open([char if char.isdigit() else "" for char in map(clues.text.__getitem__, starts)])


def write_kinds(clues: Clues) -> Codes:
    """Write what kind of character it is, a figure's by its first."""
    points = np.frombuffer(clues.text.encode("utf-32-le"), np.uint32)[np.array(clues.elements.starts, np.intp)]
    kinds: Codes = _kinds()[np.minimum(points, 0xFFFF)]
    return kinds


@cache
def _kinds() -> Codes:
    kinds = np.full(0x10000, _OTHER, np.int32)
    kinds[0x4E00:0xA000] = _HAN
    kinds[[ord(char) for char in "0123456789０１２３４５６７８９"]] = _DIGIT
    kinds[[point for point in range(128) if chr(point).isalpha()]] = _LETTER
    for number, marks in enumerate(_MARKS, _OTHER + 1):
        kinds[[ord(mark) for mark in marks]] = number
    return kinds


def write_figures(clues: Clues) -> Open:
    """Write at a figure its label and its last character, which tells most units apart."""
    track = [""] * len(clues.elements)
    for figure in clues.figures:
        track[clues.elements.at[figure.start]] = _figure_sign(clues, figure)
    return Open(track)


def _figure_sign(clues: Clues, figure: LabelledSpan) -> str:
    return _SIGN[figure.label] + clues.text[figure.end - 1]


def write_gate(clues: Clues) -> Codes:
    """Write 1 in sentences that hold a figure."""
    track = np.zeros(len(clues.elements), np.int32)
    for sentence in sentences_with_figures(clues):
        track[slice(*clues.elements.inside(sentence))] = 1
    return track


def write_distances(clues: Clues, *, behind: bool) -> Codes:
    """Write how far the nearest figure of the sentence is, before each element or behind it; it is 1 from itself."""
    track = np.zeros(len(clues.elements), np.int32)
    for sentence in sentences_with_figures(clues):
        places, number, first, last = _neighbours(clues, sentence, behind=behind)
        held = (number >= 0) & (number < len(places))
        far = np.abs(np.arange(first, last)[held] - places[number[held]])
        track[first:last][held] = np.where(far < _BINS[0], far, _BINS[0] + np.digitize(far, _BINS) - 1) + 1
    return track


def write_units(clues: Clues, *, behind: bool) -> Open:
    """Write the sign of the nearest figure of the sentence, before each element or behind it."""
    track = [""] * len(clues.elements)
    for sentence in sentences_with_figures(clues):
        places, number, first, _ = _neighbours(clues, sentence, behind=behind)
        signs = [_figure_sign(clues, figure) for figure in clues.figures_of(sentence)]
        for element, nearest in enumerate(number.tolist(), first):
            if 0 <= nearest < len(places):
                track[element] = signs[nearest]
    return Open(track)


def _neighbours(clues: Clues, sentence: Range, *, behind: bool) -> tuple[Codes, npt.NDArray[np.intp], int, int]:
    """Give the places of a sentence's figures, which of them is nearest to each element, and the elements."""
    first, last = clues.elements.inside(sentence)
    places = np.array([clues.elements.at[figure.start] for figure in clues.figures_of(sentence)], np.int32)
    elements = np.arange(first, last, dtype=np.int32)
    number = np.searchsorted(places, elements, "left" if behind else "right")
    return places, number if behind else number - 1, first, last


def write_sides(clues: Clues) -> Codes:
    """Write 1 where an element stands in the stretch left of a figure, 2 right of one, 3 between two."""
    track = np.zeros(len(clues.elements), np.int32)
    for clue in clues.slots:
        slot = clue.slot
        track[slice(*clues.elements.inside((slot.left_start, slot.figure.start)))] |= 1
        track[slice(*clues.elements.inside((slot.figure.end, slot.right_end)))] |= 2
    return track


def write_slots(clues: Clues) -> Open:
    """Write for the stretches of a figure what its surroundings look like, one letter for each question."""
    track = [""] * len(clues.elements)
    for clue in clues.slots:
        slot = clue.slot
        left, right = (slot.left_start, slot.figure.start), (slot.figure.end, slot.right_end)
        answers = (clue.is_change, slot.follows is not None, bool(clue.left), clue.right is not None)
        looks = "".join(letter for letter, answer in zip("cfmr", answers, strict=True) if answer)
        looks = f"{_SIGN[slot.figure.label]}{_size(left)}{_size(right)}{looks}"
        for element in range(*clues.elements.inside(right)):
            track[element] = track[element] or f"R{looks}"
        for element in range(*clues.elements.inside(left)):
            track[element] = f"L{looks}"
    return Open(track)


def _size(span: Range) -> str:
    length = span[1] - span[0]
    return "0" if length <= 0 else "s" if length < 3 else "l"


def write_words(clues: Clues, *, step: int) -> Open:
    """Write the word that an element belongs to, or its neighbour ``step`` words on; 0 for a number."""
    return Open(clues.word_texts, clues.word_sizes, step)


def write_parts(clues: Clues, *, step: int) -> Open:
    """Write the part of speech of the word that an element belongs to, or of its neighbour ``step`` words on."""
    return Open(clues.word_parts, clues.word_sizes, step)


def write_tagged(clues: Clues) -> Open:
    """Write the tag that the neural tagger gives an element, and where in its word it stands: ``B`` its first character, ``E`` its last."""
    tags = [""] * len(clues.text)
    for start, end, tag in clues.tagged:
        tags[start:end] = [f"I{tag}"] * (end - start)
        tags[end - 1] = f"E{tag}"
        tags[start] = f"B{tag}" if end - start > 1 else f"S{tag}"
    return Open([tags[start] for start in clues.elements.starts])


def write_listed(clues: Clues, *, lexicon: str) -> Codes:
    """Write where the words of a list stand."""
    return paint(clues, find_listed(lexicon, clues.text))


TRACKS: Mapping[str, Callable[[Clues], Codes | Open]] = {
    "character": lambda clues: Open(read_characters(clues)),
    "pair": partial(write_pairs, gap=1),
    "split_pair": partial(write_pairs, gap=2),
    "triple": write_triples,
    "digit": write_digits,
    "kind": write_kinds,
    **{lexicon: partial(write_listed, lexicon=lexicon) for lexicon in LEXICONS},
    "cut": lambda clues: paint(clues, ((word.start, word.end) for word in clues.words)),
    "word": partial(write_words, step=0),
    "word-1": partial(write_words, step=-1),
    "word+1": partial(write_words, step=1),
    "word-2": partial(write_words, step=-2),
    "word+2": partial(write_words, step=2),
    "part": partial(write_parts, step=0),
    "part-1": partial(write_parts, step=-1),
    "part+1": partial(write_parts, step=1),
    "tagged": write_tagged,
    "figure": write_figures,
    "gate": write_gate,
    "far_before": partial(write_distances, behind=False),
    "far_behind": partial(write_distances, behind=True),
    "unit_before": partial(write_units, behind=False),
    "unit_behind": partial(write_units, behind=True),
    "side": write_sides,
    "organisation": lambda clues: paint(clues, ((span.start, span.end) for span in clues.holders.organisations)),
    "place": lambda clues: paint(clues, ((span.start, span.end) for span in clues.holders.places)),
    "metric": lambda clues: paint(clues, clues.metrics),
    "left": lambda clues: paint(clues, (span for clue in clues.slots for span in clue.left)),
    "right": lambda clues: paint(clues, (clue.right for clue in clues.slots if clue.right)),
    "core": lambda clues: paint(clues, (clue.core for clue in clues.slots)),
    "slot": write_slots,
}
# The kinds of the open tracks; tracks of one kind are numbered alike.
KINDS: Mapping[str, str] = {
    "character": "character",
    "pair": "pair",
    "split_pair": "split_pair",
    "triple": "triple",
    "digit": "digit",
    **dict.fromkeys(("word", "word-1", "word+1", "word-2", "word+2"), "word"),
    **dict.fromkeys(("part", "part-1", "part+1"), "part"),
    **dict.fromkeys(("figure", "unit_before", "unit_behind"), "figure"),
    "tagged": "tagged",
    "slot": "slot",
}
# The number of codes of the closed tracks.
SIZES: Mapping[str, int] = {
    **dict.fromkeys((*LEXICONS, "cut", "organisation", "place", "metric", "left", "right", "core"), SINGLE + 1),
    "kind": _OTHER + len(_MARKS) + 1,
    "gate": 2,
    "side": 4,
    "far_before": 11,
    "far_behind": 11,
}


class Tracks(dict[str, Codes | Open]):
    """The tracks of a text, each written when it is first asked for.

    Examples
    --------
    >>> Tracks(Clues("高企,", [(0, 3)], [], []))["kind"].tolist()
    [1, 1, 6]
    """

    def __init__(self, clues: Clues) -> None:
        super().__init__()
        self._clues = clues

    def __missing__(self, track: str) -> Codes | Open:
        self[track] = found = TRACKS[track](self._clues)
        return found
