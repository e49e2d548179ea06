"""The component ``zhibiao_crf``: entities by linear-chain CRFs, one or more of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.errors import ModelError
from zhibiao.labels import EntityLabel
from zhibiao.pipes.crf.clues import Clues, make_clues, sentences_with_figures
from zhibiao.pipes.crf.elements import Range
from zhibiao.pipes.crf.fitting import Fit, Lesson, fit_model
from zhibiao.pipes.crf.lessons import make_lesson
from zhibiao.pipes.crf.model import SequenceModel
from zhibiao.pipes.crf.options import TaggerOptions, read_options
from zhibiao.pipes.crf.templates import Template, templates_of
from zhibiao.pipes.crf.tracks import Tracks
from zhibiao.pipes.crf.words import Vocabulary, choose_words
from zhibiao.pipes.document import ScoredSpan, doc_spans, doc_text, register_extensions, set_scores, set_spans
from zhibiao.pipes.encoder.scores import tag_scores
from zhibiao.pipes.fitted import FittedComponent
from zhibiao.rules.spans import LabelledSpan

register_extensions()

_SUFFIX = ".msgpack"
_WORDS = f"words{_SUFFIX}"


@Language.factory(
    "zhibiao_crf",
    requires=["doc.ents", "doc._.periods"],
    assigns=["doc.ents"],
    default_config={"min_word_count": 10},
)
class CrfTagger(FittedComponent):
    """Tag ORG and METRIC, given the figures.

    A CRF is fitted in one go, in ``initialize``: the training loop has nothing left to update. Every sentence is tagged by
    itself, so that batches and workers change nothing.

    Parameters
    ----------
    taggers
        Name to options (`TaggerOptions`). Where spans of two taggers overlap, that of the tagger named first stays.
    min_word_count
        How often jieba's dictionary must count a word for the model to keep it; words of the texts are kept in any case.
    """

    def __init__(self, nlp: Language, name: str, *, taggers: dict[str, dict[str, Any]], min_word_count: int) -> None:
        self.name = name
        self.min_word_count = min_word_count
        self.taggers: Mapping[str, TaggerOptions] = read_options(taggers)
        self._templates = {tagger: templates_of(options.features) for tagger, options in self.taggers.items()}
        self._models: dict[str, SequenceModel] = {}
        self._vocabulary = Vocabulary({})

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it finds."""
        return tuple(str(label) for options in self.taggers.values() for label in options.labels)

    def __call__(self, doc: Doc) -> Doc:
        """Tag a Doc."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[ScoredSpan]:
        """Find the spans of a Doc, each with its confidence; spans of two taggers may overlap.

        Raises
        ------
        ModelError
            If the component was not trained, or the encoder that it counts on is not there.
        """
        if not self._models:
            raise ModelError(f"the component {self.name} was not trained: run spacy train, or load a trained pipeline")
        clues = self._clues(doc)
        tracks = Tracks(clues)
        return [span for tagger in self.taggers for span in self._tag(tagger, clues, tracks, doc)]

    def set_annotations(self, doc: Doc, spans: Sequence[ScoredSpan]) -> None:
        """Write spans, beside the figures and in place of what had these labels before."""
        others = [span for span in doc_spans(doc) if str(span.label) not in self.labels]
        set_spans(doc, [*others, *(LabelledSpan(one.start, one.end, one.label) for one in spans)])
        set_scores(doc, spans)

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language) -> None:
        """Fit the taggers.

        Parameters
        ----------
        get_examples
            Gives the texts with their references; tokens whose entity is missing there are left out, as breaks.
        nlp
            The pipeline: its components before this one annotate the texts, as they will when it is used.

        Raises
        ------
        ModelError
            If the references hold nothing to learn.
        """
        pairs = [(self.annotated(example, nlp), example.reference) for example in get_examples()]
        if any(_needs_words(templates) for templates in self._templates.values()):
            texts = (doc_text(doc) for doc, _ in pairs)
            self._vocabulary = choose_words(texts, self.min_word_count)
        known = [(self._clues(doc), reference) for doc, reference in pairs]
        for tagger, options in self.taggers.items():
            lessons = (
                Lesson(clues, make_lesson(reference, clues.elements, options.labels), self._sequences(options, clues))
                for clues, reference in known
            )
            fit = Fit(options.c1, options.c2, options.max_iterations, options.min_frequency)
            self._models[tagger] = fit_model(lessons, options.labels, self._templates[tagger], fit)

    def _clues(self, doc: Doc) -> Clues:
        return make_clues(doc, self._vocabulary)

    def _sequences(self, options: TaggerOptions, clues: Clues) -> list[Range]:
        """Give the sentences that a tagger looks at, as ranges of elements."""
        chosen = clues.sentences if options.sentences == "all" else sentences_with_figures(clues)
        return [clues.elements.inside(sentence) for sentence in chosen]

    def _tag(self, tagger: str, clues: Clues, tracks: Tracks, doc: Doc) -> Iterator[ScoredSpan]:
        options = self.taggers[tagger]
        sequences = self._sequences(options, clues)
        beside = tag_scores(doc, options.labels[0]) if options.encoder else None
        if options.encoder and beside is None:
            raise ModelError(f"tagger {tagger} counts on an encoder: put zhibiao_encoder before {self.name}")
        found = self._models[tagger].tag(tracks, sequences, beside=beside, weight=options.encoder)
        for (first, last, label), score in found:
            yield ScoredSpan(*clues.elements.characters(first, last), EntityLabel(label), score)

    @property
    def files(self) -> tuple[str, ...]:
        """One for the words, and one for each tagger."""
        return (_WORDS, *(f"{tagger}{_SUFFIX}" for tagger in self.taggers))

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Give the words, and the weights of each tagger."""
        yield _WORDS, self._vocabulary.to_bytes()
        for tagger, model in self._models.items():
            yield f"{tagger}{_SUFFIX}", model.to_bytes()

    def restore(self, parts: Mapping[str, bytes]) -> None:
        """Take words and weights.

        Raises
        ------
        ModelError
            If they are damaged, or of other features than the config names.
        """
        if _WORDS in parts:
            self._vocabulary = Vocabulary.from_bytes(parts[_WORDS])
        for tagger, templates in self._templates.items():
            if f"{tagger}{_SUFFIX}" not in parts:
                continue
            model = SequenceModel.from_bytes(parts[f"{tagger}{_SUFFIX}"])
            if tuple(model.tables) != templates:
                raise ModelError(
                    f"tagger {tagger} was trained on other features than its config names; train the pipeline again"
                )
            self._models[tagger] = model


def _needs_words(templates: Iterable[Template]) -> bool:
    return any(track.startswith(("word", "part", "cut")) for template in templates for track, _ in template)
