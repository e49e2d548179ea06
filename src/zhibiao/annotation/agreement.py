"""Agreement of two annotations of the same texts: F1 of spans and relations, Cohen's kappa over characters, equal facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from zhibiao.corpus.marks import MarkedText
from zhibiao.corpus.readings import stated_slots
from zhibiao.errors import InputError, MissingExtraError
from zhibiao.facts.build import KINDS
from zhibiao.labels import LEGAL_PAIRS, EntityLabel, RelationLabel
from zhibiao.records import Annotation
from zhibiao.scoring.annotations import count_relations, count_spans, relation_key, relations_of, resolve
from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.facts import SLOTS, FactReading, count_slots, pair_located
from zhibiao.text.sentences import split_sentences

# Holder and indicator follow from spans and relations.
STATED = frozenset(SLOTS) - {"holder", "indicator"}


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one label: how often each side used it, F1 with both ends right, F1 with any overlap, kappa.

    ``kappa`` is Cohen's: for a span label over all characters (in such a span or not), for a relation over the legal pairs of
    spans that both sides have in one sentence (related so or not).
    """

    label: str
    first: int
    second: int
    strict: float | None
    overlap: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class SlotAgreement:
    """Agreement on one attribute of the facts that both sides have: their number, and the share that is equal."""

    slot: str
    facts: int
    equal: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement per label and relation, and per attribute of the facts both sides have."""

    labels: tuple[LabelAgreement, ...]
    slots: tuple[SlotAgreement, ...]


def measure_agreement(pairs: Sequence[tuple[MarkedText, MarkedText]]) -> Agreement:
    """Compare two annotators over several texts.

    Raises
    ------
    InputError
        If a pair annotates different texts.
    MissingExtraError
        If scikit-learn is not installed.

    Examples
    --------
    >>> from zhibiao.corpus.marks import read_marked
    >>> one = read_marked("⟦M1:高企总数⟧达⟦A2:125家⟧", where="one")
    >>> other = read_marked("高企⟦M1:总数⟧达⟦A2:125家⟧", where="other")
    >>> metric = next(row for row in measure_agreement([(one, other)]).labels if row.label == "METRIC")
    >>> metric.strict, metric.overlap
    (0.0, 1.0)
    """
    for one, other in pairs:
        if one.text != other.text:
            raise InputError("the two annotators' texts differ: compare copies of one text")
    annotations = [(_annotation(one), _annotation(other)) for one, other in pairs]

    def spans(label: EntityLabel, overlap: bool) -> Counts:
        return total(count_spans(one, other, overlap=overlap)[label] for one, other in annotations)

    def relations(label: RelationLabel, overlap: bool) -> Counts:
        return total(count_relations(one, other, overlap=overlap)[label] for one, other in annotations)

    rows = [_row(label, partial(spans, label), _character_kappa(label, pairs)) for label in EntityLabel]
    rows += [_row(label, partial(relations, label), _pair_kappa(label, pairs)) for label in RelationLabel]
    return Agreement(tuple(rows), _slot_rows(pairs))


def _annotation(marked: MarkedText) -> Annotation:
    return Annotation(marked.entities, marked.relations)


def _row(label: str, counts: Callable[[bool], Counts], kappa: float | None) -> LabelAgreement:
    strict, overlap = counts(False), counts(True)
    return LabelAgreement(str(label), strict.reference, strict.predicted, strict.f1, overlap.f1, kappa)


def _character_kappa(label: EntityLabel, pairs: Sequence[tuple[MarkedText, MarkedText]]) -> float | None:
    first, second = bytearray(), bytearray()
    for one, other in pairs:
        for marked, collected in ((one, first), (other, second)):
            inside = bytearray(len(marked.text))
            for entity in marked.entities:
                if entity.label is label:
                    inside[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            collected.extend(inside)
    # Without a single character in a span on both sides there is nothing to agree on.
    return _cohen_kappa()(list(first), list(second)) if any(first) or any(second) else None


def _pair_kappa(label: RelationLabel, pairs: Sequence[tuple[MarkedText, MarkedText]]) -> float | None:
    first: list[int] = []
    second: list[int] = []
    for one, other in pairs:
        starts = [start for start, _ in split_sentences(one.text)]
        ours, theirs = (
            {relation_key(*pair) for pair in resolve(annotation, relations_of(annotation, label))}
            for annotation in (_annotation(one), _annotation(other))
        )
        shared = {(e.start, e.end, e.label) for e in one.entities} & {(e.start, e.end, e.label) for e in other.entities}
        for head, child in product(sorted(shared), repeat=2):
            in_one_sentence = bisect_right(starts, head[0]) == bisect_right(starts, child[0])
            if (head[2], child[2]) in LEGAL_PAIRS[label] and in_one_sentence:
                key = (head[0], head[1], child[0], child[1])
                first.append(key in ours)
                second.append(key in theirs)
    return _cohen_kappa()(first, second) if any(first) or any(second) else None


def _cohen_kappa() -> Callable[[list[int], list[int]], float]:
    try:
        from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("agreement needs scikit-learn: pip install 'zhibiao[train]'") from None
    return lambda first, second: float(cohen_kappa_score(first, second))


def _slot_rows(pairs: Sequence[tuple[MarkedText, MarkedText]]) -> tuple[SlotAgreement, ...]:
    together: list[tuple[FactReading, FactReading]] = []
    for one, other in pairs:
        ours, theirs = read_marked_facts(one), read_marked_facts(other)
        found = pair_located(ours, theirs)
        together += [(ours[i], theirs[j]) for i, j in found if i is not None and j is not None]
    return tuple(
        SlotAgreement(slot, counts.reference, counts.recall)
        for slot, counts in count_slots(together).items()
        if slot in STATED
    )


def read_marked_facts(marked: MarkedText) -> list[FactReading]:
    """Read what an annotator says of each fact."""
    entities = {entity.id: entity for entity in marked.entities}
    return [
        FactReading((head.start, head.end), (child.start, child.end), kind, slots, frozenset(slots))
        for fact in marked.facts
        for head, child in [(entities[fact.relation.head], entities[fact.relation.child])]
        for kind in [KINDS[fact.relation.label]]
        for slots in [stated_slots(fact, kind)]
    ]
