"""Agreement of everyone who annotated the same reports: each pair of annotators, spans, relations and facts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from zhibiao.annotation.agreement import STATED, LabelAgreement, measure_agreement, read_marked_facts
from zhibiao.annotation.alpha import Value, nominal_alpha
from zhibiao.corpus.gold import GoldReport
from zhibiao.corpus.marks import FactMark, MarkedText
from zhibiao.errors import InputError
from zhibiao.labels import LEGAL_PAIRS, EntityLabel, FactKind, RelationLabel
from zhibiao.records import Entity
from zhibiao.scoring.annotations import relation_key
from zhibiao.scoring.counts import Counts
from zhibiao.scoring.facts import FactReading, pair_located
from zhibiao.scoring.matching import pair_exactly
from zhibiao.text.sentences import split_sentences

Pair = tuple[MarkedText, MarkedText]


@dataclass(frozen=True, slots=True)
class PanelRow:
    """Agreement of two annotators on a label, a relation, or a kind of fact.

    ``strict`` and ``overlap`` are F1. A fact agrees when METRIC and figure do, both ends or any character, and with them all
    that was said of it. ``alpha`` is Krippendorff's: over characters for spans, over the legal pairs of common spans in one
    sentence for relations, over the facts that both have for what is said of facts.
    """

    first: str
    second: str
    reports: int
    label: str
    counts: tuple[int, int]
    strict: float | None
    overlap: float | None
    alpha: float | None


def measure_panel(annotated: Mapping[str, Mapping[str, GoldReport]]) -> list[PanelRow]:
    """Measure every pair of annotators on the reports both have.

    Parameters
    ----------
    annotated
        Reports by annotator and report id.

    Raises
    ------
    InputError
        If no report was annotated by two, or a report's texts differ.
    MissingExtraError
        If scikit-learn is not installed.
    """
    rows: list[PanelRow] = []
    for first, second in combinations(sorted(annotated), 2):
        common = sorted(annotated[first].keys() & annotated[second].keys())
        if common:
            pairs = [(as_marked(annotated[first][name]), as_marked(annotated[second][name])) for name in common]
            rows += _measure_pair(first, second, pairs)
    if not rows:
        raise InputError("no report was annotated by two: push with --double")
    return rows


def as_marked(gold: GoldReport) -> MarkedText:
    """Give a gold report the form in which agreement is measured.

    Examples
    --------
    >>> from zhibiao.corpus.gold import GoldEntity
    >>> span = GoldEntity(id=0, start_offset=0, end_offset=4, label=EntityLabel.METRIC, text="高企总数")
    >>> gold = GoldReport(report_id="a-0", origin="real", source="a.txt", part=0, text_sha256="", text="高企总数达125家",
    ...                   entities=[span], relations=[], facts=[])
    >>> as_marked(gold).entities[0].text
    '高企总数'
    """
    annotation = gold.annotation()
    relations = {relation.id: record for relation, record in zip(gold.relations, annotation.relations, strict=True)}
    facts = tuple(
        FactMark(
            relation=relations[fact.relation],
            **fact.model_dump(exclude={"relation"}),
            resolved=fact.resolved,
        )
        for fact in gold.facts
    )
    return MarkedText(gold.text, annotation.entities, annotation.relations, facts)


def _measure_pair(first: str, second: str, pairs: Sequence[Pair]) -> Iterator[PanelRow]:
    place = (first, second, len(pairs))
    agreement = measure_agreement(pairs)
    alphas = {str(label): _span_alpha(label, pairs) for label in EntityLabel}
    alphas |= {str(label): _relation_alpha(label, pairs) for label in RelationLabel}
    for row in agreement.labels:
        yield PanelRow(*place, row.label, _sizes(row), row.strict, row.overlap, alphas[row.label])
    facts = [(read_marked_facts(one), read_marked_facts(other)) for one, other in pairs]
    for kind in FactKind:
        strict, overlap = _count_facts(kind, facts)
        sizes = (strict.reference, strict.predicted)
        yield PanelRow(*place, f"fact {kind}", sizes, strict.f1, overlap.f1, None)
    together = [pair for ours, theirs in facts for pair in _located(ours, theirs)]
    for slot in sorted(STATED):
        values = [
            (one.slots[slot], other.slots[slot]) for one, other in together if slot in one.slots and slot in other.slots
        ]
        equal = sum(one == other for one, other in values) / len(values) if values else None
        alpha = nominal_alpha(Counter(values)) if values else None
        yield PanelRow(*place, f"said: {slot}", (len(values), len(values)), equal, None, alpha)


def _sizes(row: LabelAgreement) -> tuple[int, int]:
    return row.first, row.second


def _span_alpha(label: EntityLabel, pairs: Sequence[Pair]) -> float | None:
    units: Counter[tuple[Value, ...]] = Counter()
    for one, other in pairs:
        units.update(zip(_inside(one, label), _inside(other, label), strict=True))
    return nominal_alpha(units)


def _inside(marked: MarkedText, label: EntityLabel) -> bytearray:
    """Give for each character whether it stands in a span of the label."""
    inside = bytearray(len(marked.text))
    for entity in marked.entities:
        if entity.label is label:
            inside[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
    return inside


def _relation_alpha(label: RelationLabel, pairs: Sequence[Pair]) -> float | None:
    units: Counter[tuple[Value, ...]] = Counter()
    for one, other in pairs:
        starts = [start for start, _ in split_sentences(one.text)]
        common = _span_keys(one.entities) & _span_keys(other.entities)
        ours, theirs = _related(one, label), _related(other, label)
        for head, child in product(sorted(common), repeat=2):
            in_one_sentence = bisect_right(starts, head[0]) == bisect_right(starts, child[0])
            if (head[2], child[2]) in LEGAL_PAIRS[label] and in_one_sentence:
                key = (head[0], head[1], child[0], child[1])
                units[key in ours, key in theirs] += 1
    return nominal_alpha(units)


def _span_keys(entities: Sequence[Entity]) -> set[tuple[int, int, EntityLabel]]:
    return {(entity.start, entity.end, entity.label) for entity in entities}


def _related(marked: MarkedText, label: RelationLabel) -> set[tuple[int, ...]]:
    entities = {entity.id: entity for entity in marked.entities}
    return {relation_key(entities[one.head], entities[one.child]) for one in marked.relations if one.label is label}


def _count_facts(
    kind: FactKind, facts: Sequence[tuple[Sequence[FactReading], Sequence[FactReading]]]
) -> tuple[Counts, Counts]:
    strict = overlap = Counts(0, 0, 0)
    for ours, theirs in facts:
        first = [fact for fact in ours if fact.kind is kind]
        second = [fact for fact in theirs if fact.kind is kind]
        size = (len(first), len(second))
        exact = pair_exactly([fact.key for fact in first], [fact.key for fact in second])
        strict += Counts(sum(_same(first, second, *pair) for pair in exact), *size)
        overlap += Counts(sum(_same(first, second, *pair) for pair in pair_located(first, second)), *size)
    return strict, overlap


def _same(first: Sequence[FactReading], second: Sequence[FactReading], i: int | None, j: int | None) -> bool:
    return i is not None and j is not None and _said(first[i]) == _said(second[j])


def _said(fact: FactReading) -> dict[str, Hashable]:
    return {slot: value for slot, value in fact.slots.items() if slot in STATED}


def _located(ours: Sequence[FactReading], theirs: Sequence[FactReading]) -> list[tuple[FactReading, FactReading]]:
    return [(ours[i], theirs[j]) for i, j in pair_located(ours, theirs) if i is not None and j is not None]
