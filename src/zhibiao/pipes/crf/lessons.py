"""A reference as tags to learn from: what each element of a text is, or that nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc

from zhibiao.pipes.crf.elements import Elements
from zhibiao.pipes.crf.tags import OUTSIDE, span_tags


def make_lesson(reference: Doc, elements: Elements, labels: Collection[str]) -> list[str | None]:
    """Give the tag of each element, None where the reference does not say.

    A token whose entity is missing (`Doc.set_ents` with ``missing``) is not known. Nor is an entity that cuts an element, as
    where the number grammar takes a name's digits for a figure.

    Examples
    --------
    >>> from spacy.tokens import Span
    >>> from zhibiao.pipes.crf.elements import make_elements
    >>> from zhibiao.pipes.document import blank_pipeline
    >>> doc = blank_pipeline().make_doc("高企3家")
    >>> doc.set_ents([Span(doc, 0, 2, label="METRIC")], missing=[Span(doc, 2, 4)])
    >>> make_lesson(doc, make_elements(4, [(2, 4)]), ["METRIC"])
    ['B-METRIC', 'E-METRIC', None]
    """
    tags: list[str | None] = [OUTSIDE] * len(elements)
    for place in _missing(reference):
        tags[elements.at[place]] = None
    for entity in reference.ents:
        if entity.label_ not in labels:
            continue
        first, last = elements.inside((entity.start, entity.end))
        if elements.is_aligned((entity.start, entity.end)):
            tags[first:last] = span_tags(first, last, entity.label_)
        else:
            tags[first:last] = [None] * (last - first)
    return tags


def _missing(reference: Doc) -> Iterator[int]:
    """Give the tokens that spaCy marks with neither an entity nor the lack of one."""
    return (place for place, code in enumerate(reference.to_array("ENT_IOB")) if code == 0)
