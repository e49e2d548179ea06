"""The rule components: figures, organisations, metrics, relations, and the fact builder for any annotation.

Each is stateless. It reads ``doc.ents`` and what the one before it wrote under ``doc._``, and writes its own part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.facts.build import build_facts
from zhibiao.labels import FIGURES, EntityLabel
from zhibiao.numbers.figures import find_figures
from zhibiao.pipes.document import doc_annotation, doc_spans, doc_text, register_extensions, set_spans
from zhibiao.records import Relation, Report
from zhibiao.rules.left import Outside
from zhibiao.rules.links import find_links
from zhibiao.rules.metrics import find_metrics
from zhibiao.rules.organisations import find_holders
from zhibiao.rules.slots import find_slots
from zhibiao.rules.spans import LabelledSpan, SpanIndex
from zhibiao.text.reports import make_text_report
from zhibiao.text.sentences import split_sentences

register_extensions()


@Language.component("zhibiao_figures", assigns=["doc.ents", "doc._.periods"])
def mark_figures(doc: Doc) -> Doc:
    """Mark AMOUNT and RANK, and keep the times that the text names."""
    figures = find_figures(doc_text(doc))
    spans = [LabelledSpan(rank.start, rank.end, EntityLabel.RANK) for rank in figures.ranks]
    spans += [LabelledSpan(amount.start, amount.end, EntityLabel.AMOUNT) for amount in figures.amounts]
    set_spans(doc, spans)
    doc._.periods = tuple((period.start, period.end) for period in figures.periods)
    return doc


@Language.component("zhibiao_organisations", assigns=["doc.ents", "doc._.places"])
def mark_organisations(doc: Doc) -> Doc:
    """Mark ORG, and keep the places that would be one if they held a figure."""
    figures = doc_spans(doc)
    index = SpanIndex(figures)
    holders = find_holders(doc_text(doc))
    set_spans(doc, [*figures, *holders.organisations])
    doc._.places = tuple(place for place in holders.places if not index.overlaps(place.start, place.end))
    return doc


@Language.component("zhibiao_metrics", requires=["doc.ents", "doc._.places"], assigns=["doc.ents"])
def mark_metrics(doc: Doc) -> Doc:
    """Mark the METRIC of each figure."""
    text, spans = doc_text(doc), doc_spans(doc)
    index = SpanIndex(spans)
    names = [(span.start, span.end) for span in (*doc._.places, *spans) if span.label is EntityLabel.ORG]
    outside = Outside([*doc._.periods, *names])
    metrics = [
        metric
        for start, end in _sentences(doc)
        if (figures := [span for span in index.within(start, end) if span.label in FIGURES])
        for metric in find_metrics(text, find_slots(text, start, end, figures), outside)
    ]
    # A name inside a metric is part of it (中央引导地方专项资金项目支持): the metric is the longer phrase.
    set_spans(doc, [*(span for span in spans if span.label in FIGURES), *metrics, *spans])
    return doc


@Language.factory(
    "zhibiao_relations",
    requires=["doc.ents"],
    assigns=["doc.ents", "doc._.relations"],
    default_config={"scorer": {"@scorers": "zhibiao.AnnotationScorer.v1"}},
    default_score_weights={"ents_f": 0.5, "rels_f": 0.5},
)
class RelationRules:
    """Relate figures to metrics and holders; a METRIC no figure speaks of, and a place that holds none, is no entity.

    As the last component that marks entities and relations it is the one that scores them.
    """

    def __init__(self, nlp: Language, name: str, *, scorer: Callable[..., dict[str, Any]]) -> None:
        self.name = name
        self.scorer = scorer

    def __call__(self, doc: Doc) -> Doc:
        """Relate the spans of a Doc."""
        text, spans = doc_text(doc), doc_spans(doc)
        index, places = SpanIndex(spans), SpanIndex(doc._.places)
        links = [
            link
            for start, end in _sentences(doc)
            for link in find_links(text, start, end, index.within(start, end), places.within(start, end))
        ]
        linked = {span for link in links for span in (link.head, link.child)}
        kept = [span for span in spans if span.label is not EntityLabel.METRIC or span in linked]
        kept += [span for span in doc._.places if span in linked and not index.overlaps(span.start, span.end)]
        set_spans(doc, kept)
        number = {span: i for i, span in enumerate(doc_spans(doc))}
        doc._.relations = [
            Relation(number[link.head], number[link.child], link.label)
            for link in links
            if link.head in number and link.child in number
        ]
        return doc

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """Score the annotation of examples."""
        return self.scorer(examples, **options)


@Language.component("zhibiao_facts", requires=["doc.ents", "doc._.relations"], assigns=["doc._.facts"])
def make_facts(doc: Doc) -> Doc:
    """Build the fact rows from a Doc's annotation, whoever made it; a Doc of a bare text is its own report."""
    if doc._.report is None:
        doc._.report = make_text_report(doc.text, report_id="text-0", source="text")
    doc._.facts = build_facts(doc._.report, doc_annotation(doc))
    return doc


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    report: Report | None = doc._.report
    yield from report.sentences if report is not None else split_sentences(doc_text(doc))
