"""Checking gold files against the annotation standard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from zhibiao.corpus.gold import GoldEntity, GoldRelation, GoldReport
from zhibiao.labels import LEGAL_PAIRS, EntityLabel, RelationLabel
from zhibiao.numbers.amounts import parse_amount
from zhibiao.numbers.ranks import parse_rank
from zhibiao.text.sentences import split_sentences

# Marks that no span begins or ends with, unless their partner lies inside it.
_OPENING, _CLOSING = "“‘（(《【[", "”’）)》】]"
_EDGE = " \t\n\u3000，,。；;：:、！？!?"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a gold file breaks the standard, and what to do."""

    report_id: str
    offset: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """Write one line for a person."""
        return f"{self.report_id}, offset {self.offset}: {self.what}; {self.remedy}"


def check_gold(report: GoldReport) -> list[Finding]:
    """Check one gold report; nothing found means that it keeps the standard."""
    findings = [*_check_text(report), *_check_entities(report), *_check_relations(report), *_check_facts(report)]
    return sorted(findings, key=lambda finding: finding.offset)


def _check_text(report: GoldReport) -> Iterator[Finding]:
    if sha256(report.text.encode()).hexdigest() != report.text_sha256:
        yield Finding(report.report_id, 0, "the text differs from its hash", "restore the text, or annotate it anew")


def _check_entities(report: GoldReport) -> Iterator[Finding]:
    text = report.text
    for entity in report.entities:
        covered = text[entity.start_offset : entity.end_offset]
        place = (report.report_id, entity.start_offset)
        if not 0 <= entity.start_offset < entity.end_offset <= len(text) or covered != entity.text:
            yield Finding(
                *place, f"{entity.label} says {entity.text!r}, the text says {covered!r}", "set its offsets anew"
            )
        elif covered[0] in _EDGE or covered[-1] in _EDGE or _edge_without_partner(covered):
            yield Finding(
                *place, f"{entity.label} {covered!r} has a space or mark at its edge", "leave the mark outside"
            )
    ordered = sorted(report.entities, key=lambda entity: entity.start_offset)
    for one, other in pairwise(ordered):
        if other.start_offset < one.end_offset:
            yield Finding(
                report.report_id,
                other.start_offset,
                f"{one.text!r} and {other.text!r} overlap",
                "spans are flat: keep one",
            )


def _edge_without_partner(covered: str) -> bool:
    pairs = dict(zip(_CLOSING, _OPENING, strict=True))
    last, first = covered[-1], covered[0]
    closes_nothing = last in pairs and pairs[last] not in covered
    opens_nothing = first in _OPENING and _CLOSING[_OPENING.index(first)] not in covered
    return closes_nothing or opens_nothing


def _check_relations(report: GoldReport) -> Iterator[Finding]:
    entities = {entity.id: entity for entity in report.entities}
    starts = [start for start, _ in split_sentences(report.text)]
    seen: set[tuple[int, int]] = set()
    for relation in report.relations:
        if relation.from_id not in entities or relation.to_id not in entities:
            yield Finding(report.report_id, 0, f"relation {relation.id} names a missing span", "draw it anew")
            continue
        head, child = entities[relation.from_id], entities[relation.to_id]
        yield from _check_pair(report, relation, head, child)
        if bisect_right(starts, head.start_offset) != bisect_right(starts, child.start_offset):
            yield Finding(
                report.report_id,
                head.start_offset,
                f"{head.text!r} → {child.text!r} leaves the sentence",
                "relations stay within one",
            )
        if (head.id, child.id) in seen:
            yield Finding(
                report.report_id, head.start_offset, f"{head.text!r} → {child.text!r} stands twice", "keep one"
            )
        seen.add((head.id, child.id))
    heads = {relation.from_id for relation in report.relations}
    for entity in report.entities:
        if entity.label is EntityLabel.METRIC and entity.id not in heads:
            yield Finding(
                report.report_id,
                entity.start_offset,
                f"METRIC {entity.text!r} has no figure",
                "remove it, or link its figure",
            )


def _check_pair(report: GoldReport, relation: GoldRelation, head: GoldEntity, child: GoldEntity) -> Iterator[Finding]:
    if (head.label, child.label) not in LEGAL_PAIRS[relation.type]:
        what = f"{relation.type} joins {head.label} {head.text!r} to {child.label} {child.text!r}"
        yield Finding(report.report_id, head.start_offset, what, "see the table of relations")


def _check_facts(report: GoldReport) -> Iterator[Finding]:
    entities = {entity.id: entity for entity in report.entities}
    relations = {relation.id: relation for relation in report.relations}
    for entity in report.entities:
        unread = (entity.label is EntityLabel.AMOUNT and parse_amount(entity.text) is None) or (
            entity.label is EntityLabel.RANK and parse_rank(entity.text) is None
        )
        if unread:
            yield Finding(
                report.report_id,
                entity.start_offset,
                f"{entity.label} {entity.text!r} cannot be read",
                "check the span; else widen the grammar",
            )
    told = {fact.relation for fact in report.facts}
    for relation in report.relations:
        if relation.type is not RelationLabel.HELD_BY and relation.id not in told and relation.from_id in entities:
            yield Finding(
                report.report_id,
                entities[relation.from_id].start_offset,
                f"relation {relation.id} has no fact",
                "say its status and period",
            )
    for fact in report.facts:
        if fact.relation not in relations:
            yield Finding(report.report_id, 0, f"a fact names relation {fact.relation}, which is missing", "remove it")
