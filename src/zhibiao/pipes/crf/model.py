"""A fitted CRF as arrays: the weights of every feature, how they are looked up, and its bytes.

The features of a text are found column by column, without a loop over its characters: the codes of a template's tracks, each moved
by its distance, make one number for each element, and that is the row of the template's table of weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
import srsly

from zhibiao.errors import ModelError
from zhibiao.pipes.crf.decoding import Floats, best_tags, find_marginals, make_grammar
from zhibiao.pipes.crf.elements import Range
from zhibiao.pipes.crf.tags import OUTSIDE, Tagged, read_tags
from zhibiao.pipes.crf.templates import FARTHEST, Template
from zhibiao.pipes.crf.tracks import KINDS, SIZES, Codes, Open, Tracks

Weights = npt.NDArray[np.float32]
Index = Mapping[str, int]


def tracks_of(templates: Iterable[Template]) -> tuple[str, ...]:
    """Name the tracks that templates look at."""
    return tuple(dict.fromkeys(track for template in templates for track, _ in template))


def number_tracks(
    tracks: Mapping[str, Codes | Open], names: Iterable[str], indexes: Mapping[str, Index]
) -> dict[str, Codes]:
    """Give the codes of tracks; what the index of an open track's kind does not know is 0, as is nothing at all.

    Examples
    --------
    >>> number_tracks({"character": Open(["高", "企", "?"])}, ["character"], {"character": {"企": 1, "高": 2}})
    {'character': array([2, 1, 0], dtype=int32)}
    """
    codes: dict[str, Codes] = {}
    numbered: dict[int, Codes] = {}
    for name in names:
        track = tracks[name]
        if not isinstance(track, Open):
            codes[name] = track
            continue
        # The words of a text serve five tracks: as they stand, and one or two further on.
        found = numbered.get(id(track.values))
        if found is None:
            index = indexes.get(KINDS[name], {})
            found = np.fromiter(map(index.get, track.values, repeat(0)), np.int32, len(track.values))
            numbered[id(track.values)] = found
        moved = move(found, track.step)
        codes[name] = moved if track.repeats is None else np.repeat(moved, track.repeats)
    return codes


def move(codes: Codes, step: int) -> Codes:
    """Give each place the code ``step`` places further on; 0 comes in from beyond the ends.

    Examples
    --------
    >>> move(np.array([1, 2, 3], np.int32), 1).tolist(), move(np.array([1, 2, 3], np.int32), -2).tolist()
    ([2, 3, 0], [0, 0, 1])
    """
    moved = np.zeros_like(codes)
    if step > 0:
        moved[:-step] = codes[step:]
    elif step < 0:
        moved[-step:] = codes[:step]
    else:
        return codes
    return moved


def template_rows(
    codes: Mapping[str, Codes], sizes: Mapping[str, int], templates: Iterable[Template], chosen: npt.NDArray[np.intp]
) -> Iterator[npt.NDArray[np.intp]]:
    """Give for each template the row of its table that each chosen element has; row 0 says nothing.

    Examples
    --------
    >>> templates = ((("gate", 0),), (("gate", -1), ("gate", 0)))
    >>> rows = template_rows({"gate": np.array([0, 1, 1], np.int32)}, {"gate": 2}, templates, np.array([0, 2]))
    >>> [found.tolist() for found in rows]
    [[0, 1], [0, 3]]
    """
    padded = {track: np.pad(values, FARTHEST) for track, values in codes.items()}
    columns: dict[tuple[str, int], npt.NDArray[np.intp]] = {}
    for template in templates:
        rows = np.zeros(len(chosen), np.intp)
        for place in template:
            track, distance = place
            if place not in columns:
                columns[place] = padded[track][chosen + (FARTHEST + distance)].astype(np.intp)
            rows = rows * sizes[track] + columns[place]
        yield rows


def table_size(template: Template, sizes: Mapping[str, int]) -> int:
    """Give the number of rows of a template's table."""
    return prod(sizes[track] for track, _ in template)


def track_sizes(indexes: Mapping[str, Index]) -> dict[str, int]:
    """Give the number of codes of every track, nothing included."""
    return {**SIZES, **{track: len(indexes[kind]) + 1 for track, kind in KINDS.items() if kind in indexes}}


@dataclass(frozen=True, slots=True)
class SequenceModel:
    """A fitted CRF.

    Parameters
    ----------
    tags
        The tags, in the order of the weights' columns.
    steps
        Weight of each tag behind each other, of shape (tags, tags).
    tables
        For each template the weights of its rows, of shape (rows, tags).
    indexes
        For each kind of open tracks the numbers of their values.
    """

    tags: tuple[str, ...]
    steps: Weights
    tables: Mapping[Template, Weights]
    indexes: Mapping[str, Index]

    @property
    def size(self) -> int:
        """Number of features with a weight."""
        return sum(int(np.count_nonzero(table.any(axis=1))) for table in self.tables.values())

    def tag(
        self, tracks: Tracks, sequences: Sequence[Range], *, beside: Weights | None = None, weight: float = 0.0
    ) -> Iterator[tuple[Tagged, float]]:
        """Give the spans of some sequences of elements, each with its probability.

        Parameters
        ----------
        tracks, sequences
            The text, and the ranges of its elements to look at.
        beside
            What another model scores the tags of all elements, of shape (elements, tags).
        weight
            How much that counts beside what this model scores; the sum is scaled so that probabilities stay as sure as one model is.
        """
        kept = [sequence for sequence in sequences if sequence[0] < sequence[1]]
        if not kept:
            return
        places = np.concatenate([np.arange(*sequence) for sequence in kept])
        lengths = [last - first for first, last in kept]
        share = 1 / (1 + weight)
        scores = self._score(tracks, places) * share
        if beside is not None:
            scores += beside[places] * (1 - share)
        grammar = make_grammar(self.tags, self.steps * np.float32(share))
        best = best_tags(scores, lengths, grammar)
        marginals = None
        begin = 0
        for (start, _), length in zip(kept, lengths, strict=True):
            tags = best[begin : begin + length]
            if tags.any():  # O is number 0
                marginals = marginals or find_marginals(scores, lengths, grammar)
                for first, last, label in read_tags([self.tags[tag] for tag in tags]):
                    chance = marginals.of_span(begin + first, tags[first:last].tolist())
                    yield (start + first, start + last, label), min(chance, 1.0)
            begin += length

    def _score(self, tracks: Tracks, places: npt.NDArray[np.intp]) -> Floats:
        """Sum the weights of each element's features, of shape (places, tags)."""
        sizes = track_sizes(self.indexes)
        codes = number_tracks(tracks, tracks_of(self.tables), self.indexes)
        scores = np.zeros((len(places), len(self.tags)), np.float32)
        found = np.empty_like(scores)
        for table, rows in zip(self.tables.values(), template_rows(codes, sizes, self.tables, places), strict=True):
            np.take(table, rows, axis=0, out=found, mode="clip")
            scores += found
        return scores.astype(np.float64)

    def to_bytes(self) -> bytes:
        """Give the model as bytes; of a table only the rows that are not all zero."""
        tables = []
        for template, table in self.tables.items():
            rows = np.flatnonzero(table.any(axis=1)).astype("<i4")
            tables.append([template, rows.tobytes(), table[rows].astype("<f4").tobytes()])
        data = {
            "tags": self.tags,
            "steps": self.steps.astype("<f4").tobytes(),
            "indexes": {track: list(index) for track, index in self.indexes.items()},
            "tables": tables,
        }
        packed: bytes = srsly.msgpack_dumps(data)
        return packed

    @classmethod
    def from_bytes(cls, packed: bytes) -> SequenceModel:
        """Read what `to_bytes` gave.

        Raises
        ------
        ModelError
            If it is something else, or was damaged.
        """
        try:
            return cls._read(srsly.msgpack_loads(packed))
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise ModelError("the CRF of this pipeline cannot be read; train it again or copy it anew") from error

    @classmethod
    def _read(cls, data: Mapping[str, Any]) -> SequenceModel:
        tags: tuple[str, ...] = tuple(data["tags"])
        indexes = {
            track: {value: number for number, value in enumerate(values, 1)}
            for track, values in data["indexes"].items()
        }
        sizes = track_sizes(indexes)
        tables: dict[Template, Weights] = {}
        for places, rows, weights in data["tables"]:
            template = tuple((track, distance) for track, distance in places)
            table = np.zeros((table_size(template, sizes), len(tags)), np.float32)
            table[np.frombuffer(rows, "<i4")] = np.frombuffer(weights, "<f4").reshape(-1, len(tags))
            tables[template] = table
        steps = np.frombuffer(data["steps"], "<f4").astype(np.float32).reshape(len(tags), len(tags))
        if tags[0] != OUTSIDE:
            raise ValueError("O is not the first tag")
        return cls(tags, steps, tables, indexes)
