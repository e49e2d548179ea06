"""The component ``zhibiao_relation_model``: relations by a trained model, in place of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.errors import ModelError
from zhibiao.labels import EntityLabel
from zhibiao.pipes.components import mark_figures, mark_metrics, mark_organisations
from zhibiao.pipes.document import doc_annotation, doc_spans, doc_text, register_extensions, set_spans
from zhibiao.pipes.fitted import FittedComponent
from zhibiao.pipes.relations.answers import Answers
from zhibiao.pipes.relations.frame import Frame, read_frame
from zhibiao.pipes.relations.options import RelationOptions, ViewName, read_options
from zhibiao.pipes.relations.relating import Askers, Least, ScoredLink, relate
from zhibiao.pipes.relations.scorer import Scorer
from zhibiao.pipes.relations.stretches import column_names
from zhibiao.pipes.relations.training import (
    Lesson,
    View,
    change_task,
    fit_question,
    holder_task,
    make_lessons,
    metric_task,
)
from zhibiao.records import Relation, Report
from zhibiao.rules.spans import SpanIndex
from zhibiao.text.sentences import split_sentences

register_extensions()

QUESTIONS = {"metric": metric_task, "holder": holder_task, "change": change_task}
_SUFFIX = ".msgpack"
_COLUMNS = f"columns{_SUFFIX}"


@Language.factory(
    "zhibiao_relation_model",
    requires=["doc.ents"],
    assigns=["doc.ents", "doc._.relations"],
    default_config={"scorer": {"@scorers": "zhibiao.AnnotationScorer.v1"}, **RelationOptions().model_dump(mode="json")},
    default_score_weights={"ents_f": 0.5, "rels_f": 0.5},
)
class RelationModel(FittedComponent):
    """Relate figures to metrics and holders; a METRIC no figure speaks of, and a place that holds none, is no entity.

    It is fitted in one go, in ``initialize``: the training loop has nothing left to update. Every Doc is related by itself,
    so that batches and workers change nothing. As the last component that marks entities and relations it is the one that
    scores them.

    Parameters
    ----------
    scorer
        Scores the annotation of examples.
    views, members, rows, width, epochs, rate, folds, least_metric, least_holder, seed
        As in `RelationOptions`.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        scorer: Callable[..., dict[str, Any]],
        views: list[str],
        members: int,
        rows: int,
        width: int,
        epochs: int,
        rate: float,
        folds: int,
        least_metric: float,
        least_holder: float,
        seed: int,
    ) -> None:
        self.name = name
        self.scorer = scorer
        self.options = read_options(
            {
                **{"views": tuple(views), "members": members, "rows": rows, "width": width, "epochs": epochs},
                **{"rate": rate, "folds": folds, "seed": seed},
                **{"least_metric": least_metric, "least_holder": least_holder},
            }
        )
        self._scorers: dict[str, Scorer] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Relate the spans of a Doc."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[ScoredLink]:
        """Find the relations of a Doc's spans and places.

        Raises
        ------
        ModelError
            If the component was not trained.
        """
        if missing := [name for name in QUESTIONS if name not in self._scorers]:
            raise ModelError(
                f"the component {self.name} was not trained ({', '.join(missing)}): run spacy train, or load a trained "
                "pipeline"
            )
        least = Least(self.options.least_metric, self.options.least_holder)
        return relate(_frame(doc), Askers(*(self._scorers[name].score for name in QUESTIONS)), least)

    def set_annotations(self, doc: Doc, links: Sequence[ScoredLink]) -> None:
        """Write relations, and leave the spans that the standard wants."""
        spans = doc_spans(doc)
        index = SpanIndex(spans)
        linked = {span for link in links for span in (link.head, link.child)}
        kept = [span for span in spans if span.label is not EntityLabel.METRIC or span in linked]
        kept += [span for span in doc._.places if span in linked and not index.overlaps(span.start, span.end)]
        kept.sort(key=attrgetter("start"))
        set_spans(doc, kept)
        number = {span: i for i, span in enumerate(kept)}
        doc._.relations = [Relation(number[link.head], number[link.child], link.label, link.score) for link in links]

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language) -> None:
        """Fit the model.

        Parameters
        ----------
        get_examples
            Gives the texts with their references.
        nlp
            Makes Docs of their texts.

        Raises
        ------
        ModelError
            If the references hold nothing to learn.
        """
        lessons = [lesson for n, example in enumerate(get_examples()) for lesson in self._lessons(n, example, nlp)]
        if not lessons:
            raise ModelError("no text for training holds a figure; check the corpus")
        for name, ask in QUESTIONS.items():
            self._scorers[name] = fit_question(
                lessons, ask, self.options.schedule, folds=self.options.folds, seed=self.options.seed
            )

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """Score the annotation of examples."""
        return self.scorer(examples, **options)

    def _lessons(self, number: int, example: Example, nlp: Language) -> Iterator[Lesson]:
        report: Report | None = example.predicted._.report
        text = doc_text(example.predicted)
        views = [_view(name, example, nlp) for name in self.options.views]
        yield from make_lessons(number, text, _sentences(text, report), doc_annotation(example.reference), views)

    @property
    def files(self) -> tuple[str, ...]:
        """One for the names of the features' columns, and one for each question."""
        return (_COLUMNS, *(f"{name}{_SUFFIX}" for name in QUESTIONS))

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Give the columns, and the weights of each question."""
        yield _COLUMNS, srsly.msgpack_dumps(column_names())
        for name, scorer in self._scorers.items():
            yield f"{name}{_SUFFIX}", scorer.to_bytes()

    def restore(self, parts: Mapping[str, bytes]) -> None:
        """Take weights.

        Raises
        ------
        ModelError
            If they are damaged, or of other features than these.
        """
        files = {name: f"{name}{_SUFFIX}" for name in QUESTIONS}
        scorers = {name: Scorer.from_bytes(parts[file]) for name, file in files.items() if file in parts}
        nothing = Lesson(0, read_frame("", [], []), Answers({}, {}, {}))
        same = all(scorer.fits(QUESTIONS[name](nothing).description) for name, scorer in scorers.items())
        columns: bytes = srsly.msgpack_dumps(column_names())
        if not same or parts.get(_COLUMNS, columns) != columns:
            raise ModelError(
                f"{self.name} was trained on other features than this version has; train the pipeline again"
            )
        self._scorers |= scorers


def _view(name: ViewName, example: Example, nlp: Language) -> View:
    """Read the reference's spans, or those that the rules find in the bare text."""
    if name == "gold":
        return View(tuple(doc_spans(example.reference)), gold=True)
    doc = nlp.make_doc(doc_text(example.predicted))
    doc._.report = example.predicted._.report
    for mark in (mark_figures, mark_organisations, mark_metrics):
        doc = mark(doc)
    return View(tuple(doc_spans(doc)), tuple(doc._.places))


def _frame(doc: Doc) -> Frame:
    text = doc_text(doc)
    return read_frame(text, _sentences(text, doc._.report), doc_spans(doc), doc._.places)


def _sentences(text: str, report: Report | None) -> Sequence[tuple[int, int]]:
    return report.sentences if report is not None else tuple(split_sentences(text))
