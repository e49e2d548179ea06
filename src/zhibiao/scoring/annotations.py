"""Counts for spans and relations of two annotations of one text, by label."""

from __future__ import annotations

from collections.abc import Mapping

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity
from zhibiao.scoring.counts import Counts, count_exact, count_overlapping

SpanKey = tuple[int, int]
RelationKey = tuple[int, int, int, int]


def count_spans(reference: Annotation, predicted: Annotation, *, overlap: bool) -> Mapping[EntityLabel, Counts]:
    """Count spans by label: both ends right (strict), or one character in common (overlap).

    Examples
    --------
    >>> a = Annotation((Entity(0, EntityLabel.METRIC, 0, 4, "高企总数"),))
    >>> b = Annotation((Entity(0, EntityLabel.METRIC, 0, 2, "高企"),))
    >>> [count_spans(a, b, overlap=overlap)[EntityLabel.METRIC].f1 for overlap in (False, True)]
    [0.0, 1.0]
    """
    counts: dict[EntityLabel, Counts] = {}
    for label in EntityLabel:
        ours, theirs = (
            [(e.start, e.end) for e in side.entities if e.label is label] for side in (reference, predicted)
        )
        counts[label] = count_overlapping(ours, theirs, spans_touch) if overlap else count_exact(ours, theirs)
    return counts


def count_relations(reference: Annotation, predicted: Annotation, *, overlap: bool) -> Mapping[RelationLabel, Counts]:
    """Count relations by label: both spans of the pair right (strict), or each touching its counterpart (overlap)."""
    counts: dict[RelationLabel, Counts] = {}
    for label in RelationLabel:
        ours, theirs = (relation_keys(side, label) for side in (reference, predicted))
        counts[label] = count_overlapping(ours, theirs, relations_touch) if overlap else count_exact(ours, theirs)
    return counts


def spans_touch(one: SpanKey, other: SpanKey) -> bool:
    """Tell whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def relations_touch(one: RelationKey, other: RelationKey) -> bool:
    """Tell whether the heads and the children of two relations touch."""
    return spans_touch(one[:2], other[:2]) and spans_touch(one[2:], other[2:])


def relation_keys(annotation: Annotation, label: RelationLabel) -> list[RelationKey]:
    """List the relations of a label as (head start, head end, child start, child end)."""
    entities: dict[int, Entity] = {entity.id: entity for entity in annotation.entities}
    return [
        (head.start, head.end, child.start, child.end)
        for relation in annotation.relations
        if relation.label is label
        for head, child in [(entities[relation.head], entities[relation.child])]
    ]
