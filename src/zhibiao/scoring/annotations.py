"""Spans and relations of two annotations of one text: paired, and counted by label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, Relation
from zhibiao.scoring.counts import Counts
from zhibiao.scoring.matching import Pair, count_pairs, pair_exactly, pair_touching

SpanKey = tuple[int, int]
RelationKey = tuple[int, int, int, int]
EntityPair = tuple[Entity, Entity]


def count_spans(reference: Annotation, predicted: Annotation, *, overlap: bool) -> Mapping[EntityLabel, Counts]:
    """Count spans by label: both ends right (strict), or one character in common, one to one (overlap).

    Examples
    --------
    >>> a = Annotation((Entity(0, EntityLabel.METRIC, 0, 4, "高企总数"),))
    >>> b = Annotation((Entity(0, EntityLabel.METRIC, 0, 2, "高企"),))
    >>> [count_spans(a, b, overlap=overlap)[EntityLabel.METRIC].f1 for overlap in (False, True)]
    [0.0, 1.0]
    """
    return {
        label: count_pairs(pair_spans(spans_of(reference, label), spans_of(predicted, label), overlap=overlap))
        for label in EntityLabel
    }


def count_relations(reference: Annotation, predicted: Annotation, *, overlap: bool) -> Mapping[RelationLabel, Counts]:
    """Count relations by label: both spans of the pair right (strict), or each touching its counterpart (overlap).

    The labels of the two spans must be right either way: a place held by an AMOUNT is not held by a RANK.
    """
    return {
        label: count_pairs(
            pair_relations(
                resolve(reference, relations_of(reference, label)),
                resolve(predicted, relations_of(predicted, label)),
                overlap=overlap,
            )
        )
        for label in RelationLabel
    }


def pair_spans(reference: Sequence[Entity], predicted: Sequence[Entity], *, overlap: bool) -> list[Pair]:
    """Pair spans, whatever their labels."""
    ours, theirs = ([(span.start, span.end) for span in side] for side in (reference, predicted))
    return pair_touching(ours, theirs) if overlap else pair_exactly(ours, theirs)


def pair_relations(reference: Sequence[EntityPair], predicted: Sequence[EntityPair], *, overlap: bool) -> list[Pair]:
    """Pair relations of one label, given by their spans."""
    ours, theirs = ([relation_key(*pair) for pair in side] for side in (reference, predicted))

    def fits(i: int, j: int) -> bool:
        labels_agree = all(one.label is other.label for one, other in zip(reference[i], predicted[j], strict=True))
        return labels_agree and (overlap or ours[i] == theirs[j])

    return pair_touching(ours, theirs, fits=fits)


def spans_of(annotation: Annotation, label: EntityLabel) -> list[Entity]:
    """List the spans of a label."""
    return [entity for entity in annotation.entities if entity.label is label]


def relations_of(annotation: Annotation, label: RelationLabel) -> list[Relation]:
    """List the relations of a label."""
    return [relation for relation in annotation.relations if relation.label is label]


def resolve(annotation: Annotation, relations: Sequence[Relation]) -> list[EntityPair]:
    """Give the spans of relations, head and child."""
    entities = {entity.id: entity for entity in annotation.entities}
    return [(entities[relation.head], entities[relation.child]) for relation in relations]


def relation_key(head: Entity, child: Entity) -> RelationKey:
    """Give the ends of a relation's spans."""
    return head.start, head.end, child.start, child.end
