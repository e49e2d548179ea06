"""Fitting a CRF with CRFsuite, which is needed for training alone: what it learns is kept as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from zhibiao.errors import MissingExtraError, ModelError
from zhibiao.pipes.crf.clues import Clues
from zhibiao.pipes.crf.elements import Range
from zhibiao.pipes.crf.model import (
    Index,
    SequenceModel,
    Weights,
    number_tracks,
    table_size,
    template_rows,
    track_sizes,
    tracks_of,
)
from zhibiao.pipes.crf.tags import OUTSIDE, tags_of
from zhibiao.pipes.crf.templates import Template
from zhibiao.pipes.crf.tracks import KINDS, Codes, Open, Tracks

if TYPE_CHECKING:
    from pycrfsuite import Trainer


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text to learn from: its clues, a tag for each element (None where nobody knows), and the sequences to look at."""

    clues: Clues
    tags: Sequence[str | None]
    sequences: Sequence[Range]


@dataclass(frozen=True, slots=True)
class Fit:
    """How weights are fitted: L1 and L2 regularisation, rounds of L-BFGS, and how often a feature must be seen."""

    c1: float
    c2: float
    max_iterations: int
    min_frequency: int


def fit_model(
    lessons: Iterable[Lesson], labels: Sequence[str], templates: Sequence[Template], fit: Fit
) -> SequenceModel:
    """Fit a CRF; the same lessons in the same order give the same model.

    An element whose tag nobody knows ends a sequence, and the next one begins another.

    Raises
    ------
    MissingExtraError
        If python-crfsuite is not installed.
    ModelError
        If no lesson holds a span: there is nothing to learn.
    """
    trainer = _make_trainer(fit)
    names = tracks_of(templates)
    indexes: dict[str, dict[str, int]] = {}
    texts: list[tuple[Lesson, dict[str, Codes]]] = []
    for lesson in lessons:
        tracks = Tracks(lesson.clues)
        for name in names:
            _learn_values(name, tracks[name], indexes)
        texts.append((lesson, number_tracks(tracks, names, indexes)))
    sizes = track_sizes(indexes)
    learned = False
    for lesson, codes in texts:
        items = _make_items(codes, sizes, templates, len(lesson.tags))
        for first, last in known_runs(lesson.tags, lesson.sequences):
            tags = [tag for tag in lesson.tags[first:last] if tag is not None]
            learned = learned or any(tag != OUTSIDE for tag in tags)
            trainer.append(items[first:last], tags)
    if not learned:
        raise ModelError("no text for training holds a span that the CRF is to find; check the corpus and its labels")
    return _read_weights(_train(trainer), tags_of(labels), templates, indexes)


def known_runs(tags: Sequence[str | None], sequences: Iterable[Range]) -> Iterator[Range]:
    """Cut sequences at the elements whose tag is not known.

    Examples
    --------
    >>> list(known_runs(["O", None, "O", "O"], [(0, 3), (3, 4)]))
    [(0, 1), (2, 3), (3, 4)]
    """
    for first, last in sequences:
        start = first
        for place in range(first, last + 1):
            if place == last or tags[place] is None:
                if start < place:
                    yield start, place
                start = place + 1


def _make_trainer(fit: Fit) -> Trainer:
    try:
        from pycrfsuite import Trainer  # noqa: PLC0415 - a trained pipeline runs without it
    except ImportError as error:
        raise MissingExtraError("training a CRF needs python-crfsuite: pip install 'zhibiao[train]'") from error
    trainer = Trainer("lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": fit.c1,
            "c2": fit.c2,
            "max_iterations": fit.max_iterations,
            "feature.minfreq": fit.min_frequency,
        }
    )
    return trainer


def _learn_values(name: str, track: Codes | Open, indexes: dict[str, dict[str, int]]) -> None:
    """Give new values of an open track the next number, from 1 on; the empty value says nothing."""
    if isinstance(track, Open):
        index = indexes.setdefault(KINDS[name], {})
        for value in track.values:
            if value and value not in index:
                index[value] = len(index) + 1


def _make_items(
    codes: Mapping[str, Codes], sizes: Mapping[str, int], templates: Sequence[Template], length: int
) -> list[list[bytes]]:
    """Name the features of each element: the number of the template, and the row of its table."""
    columns = []
    for number, rows in enumerate(template_rows(codes, sizes, templates, np.arange(length))):
        columns.append([b"%d:%d" % (number, row) if row else b"" for row in rows.tolist()])
    return [list(filter(None, names)) for names in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class _Learned:
    """Weights as CRFsuite has them: of a feature's name with a tag, and of a tag behind another."""

    features: Mapping[tuple[str, str], float]
    steps: Mapping[tuple[str, str], float]


def _train(trainer: Trainer) -> _Learned:
    from pycrfsuite import Tagger  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = Tagger()
        with tagger.open(path):
            info = tagger.info()
    return _Learned(info.state_features, info.transitions)


def _read_weights(
    learned: _Learned, tags: tuple[str, ...], templates: Sequence[Template], indexes: Mapping[str, Index]
) -> SequenceModel:
    column = {tag: number for number, tag in enumerate(tags)}
    steps = np.zeros((len(tags), len(tags)), np.float32)
    for (before, tag), weight in learned.steps.items():
        steps[column[before], column[tag]] = weight
    sizes = track_sizes(indexes)
    tables = [np.zeros((table_size(template, sizes), len(tags)), np.float32) for template in templates]
    for (name, tag), weight in learned.features.items():
        number, _, row = name.partition(":")
        tables[int(number)][int(row), column[tag]] = weight
    return _without_unused(SequenceModel(tags, steps, dict(zip(templates, tables, strict=True)), indexes))


def _without_unused(model: SequenceModel) -> SequenceModel:
    """Drop the values of open tracks that no feature with a weight holds: most pairs and triples of characters."""
    sizes, width = track_sizes(model.indexes), len(model.tags)
    used = {kind: np.zeros(len(index) + 1, bool) for kind, index in model.indexes.items()}
    shaped: dict[Template, Weights] = {}
    for template, table in model.tables.items():
        shaped[template] = table.reshape(*(sizes[track] for track, _ in template), width)
        for axis, (track, _) in enumerate(template):
            if track in KINDS:
                others = tuple(other for other in range(len(template) + 1) if other != axis)
                used[KINDS[track]] |= shaped[template].any(axis=others)
    kept: dict[str, npt.NDArray[np.intp]] = {}
    for kind, marks in used.items():
        marks[0] = True
        kept[kind] = np.flatnonzero(marks)
    tables: dict[Template, Weights] = {}
    for template, weights in shaped.items():
        left = weights
        for axis, (track, _) in enumerate(template):
            if track in KINDS:
                left = left.take(kept[KINDS[track]], axis)
        tables[template] = left.reshape(-1, width)
    indexes: dict[str, Index] = {}
    for kind, index in model.indexes.items():
        values = list(index)
        indexes[kind] = {values[old - 1]: new for new, old in enumerate(kept[kind].tolist()) if old}
    return SequenceModel(model.tags, model.steps, tables, indexes)
