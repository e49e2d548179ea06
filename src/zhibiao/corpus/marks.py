"""Annotation written by hand into a copy of a text, and turned into offsets.

A marked file is the text with its spans in brackets, a line ``====``, and one line for each relation::

    ⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，居⟦R4:全省第3位⟧，增长⟦A5:12.5%⟧。
    ====
    period 2021
    M2 A3 value
    M2 R4 rank
    M2 A5 change up
    A3 O1 held

Letters are O(RG), M(ETRIC), A(MOUNT), R(ANK); numbers are free, unique within the file. ``period`` and ``plan-period`` are what facts
without a period of their own speak of, reached or planned. Behind a relation stand, in any order, what differs from the usual: a status
(target, forecast), an aspect (new, cumulative, renewed), a direction (up, down, gap; a change always has one), a period (ISO 8601, or
``null`` where the text masks it), and the normalised figure: ``=125`` ``=100..`` ``=..5`` ``=2..3`` with ``unit:家`` and a hedge (about, more,
less), ``#2`` ``#1-3`` ``#band`` ``#record`` with ``scope:全省``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from zhibiao.errors import InputError
from zhibiao.labels import (
    LEGAL_PAIRS,
    Approx,
    Aspect,
    Direction,
    EntityLabel,
    FactStatus,
    RankKind,
    RelationLabel,
)
from zhibiao.records import Entity, Relation

_LABELS = {"O": EntityLabel.ORG, "M": EntityLabel.METRIC, "A": EntityLabel.AMOUNT, "R": EntityLabel.RANK}
_RELATIONS = {
    "value": RelationLabel.HAS_VALUE,
    "change": RelationLabel.HAS_CHANGE,
    "rank": RelationLabel.HAS_RANK,
    "held": RelationLabel.HELD_BY,
}
# What a bare word behind a relation says.
_WORDS: dict[str, dict[str, Any]] = {
    member.value: {field: member}
    for field, members in (("status", FactStatus), ("aspect", Aspect), ("direction", Direction), ("approx", Approx))
    for member in members
}
_MARK = re.compile(r"⟦([OMAR]\d+):([^⟦⟧]*)⟧")
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_RESOLVED = ("holder", "indicator")
_NAMED = ("unit", "scope", *_RESOLVED)
_VALUE = re.compile(r"=(?:(-?[\d.]+?)?\.\.(-?[\d.]+)?|(-?[\d.]+))")
_RANK = re.compile(r"#(?:(\d+)(?:-(\d+))?|(band|record))")
DIVIDER = "===="


@dataclass(frozen=True, slots=True)
class FactMark:
    """What an annotator says of one HAS_* relation beyond its two spans.

    ``resolved`` tells that holder (a region's code, or an organisation's name) and indicator were stated, if only as null.
    """

    relation: Relation
    status: FactStatus = FactStatus.ACTUAL
    aspect: Aspect = Aspect.LEVEL
    direction: Direction | None = None
    period: str | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    approx: Approx | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    rank_kind: RankKind | None = None
    scope: str | None = None
    holder: str | None = None
    indicator: str | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A marked file, read: the bare text, its entities in text order, its relations, and what is said of each fact."""

    text: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    facts: tuple[FactMark, ...]


def read_marked(marked: str, *, where: str = "") -> MarkedText:
    """Turn a marked text into offsets.

    Raises
    ------
    InputError
        If a mark is broken or used twice, a relation names no mark, or joins what the standard does not join.

    Examples
    --------
    >>> lines = ["⟦M1:高企总数⟧达⟦A2:125家⟧", "====", "period 2021", "M1 A2 value"]
    >>> read = read_marked(chr(10).join(lines))
    >>> read.text, read.entities[1].start, read.facts[0].period
    ('高企总数达125家', 5, '2021')
    """
    body, divider, lines = marked.partition(f"\n{DIVIDER}")
    pieces: list[str] = []
    entities: list[Entity] = []
    numbers: dict[str, int] = {}
    length = cursor = 0
    for match in _MARK.finditer(body):
        plain = body[cursor : match.start()]
        length += len(plain)
        name, covered = match.groups()
        if name in numbers:
            raise InputError(f"mark {name} is used twice", where=where)
        if not covered or covered != covered.strip():
            raise InputError(f"mark {name} covers nothing or begins or ends with a space: {match.group()}", where=where)
        numbers[name] = len(entities)
        entities.append(Entity(len(entities), _LABELS[name[0]], length, length + len(covered), covered))
        pieces += (plain, covered)
        length += len(covered)
        cursor = match.end()
    pieces.append(body[cursor:])
    text = "".join(pieces)
    if stray := re.search("[⟦⟧]", text):
        raise InputError(f"a broken mark near: {text[max(0, stray.start() - 15) : stray.end() + 15]}", where=where)
    relations, facts = _read_lines(lines.splitlines() if divider else [], entities, numbers, where)
    return MarkedText(text, tuple(entities), relations, facts)


def _read_lines(
    lines: list[str], entities: list[Entity], numbers: dict[str, int], where: str
) -> tuple[tuple[Relation, ...], tuple[FactMark, ...]]:
    periods: dict[FactStatus, str | None] = {}
    relations: list[Relation] = []
    facts: list[FactMark] = []
    for line in lines:
        words = line.split()
        if not words:
            continue
        if words[0] in ("period", "plan-period"):
            period = _read_period(words[-1], line, where)
            statuses = (FactStatus.ACTUAL, FactStatus.FORECAST) if words[0] == "period" else (FactStatus.TARGET,)
            periods.update(dict.fromkeys(statuses, period))
            continue
        relation = _read_relation(words, line, entities, numbers, where)
        if any((known.head, known.child) == (relation.head, relation.child) for known in relations):
            raise InputError(f"two relations between the same spans: {line}", where=where)
        relations.append(relation)
        if relation.label is not RelationLabel.HELD_BY:
            facts.append(_read_fact(relation, words[3:], line, periods, where))
    return tuple(relations), tuple(facts)


def _read_relation(
    words: list[str], line: str, entities: list[Entity], numbers: dict[str, int], where: str
) -> Relation:
    if len(words) < 3 or words[2] not in _RELATIONS:
        raise InputError(f"expected 'HEAD CHILD value|change|rank|held …', found: {line}", where=where)
    for name in words[:2]:
        if name not in numbers:
            raise InputError(f"no mark {name} in the text: {line}", where=where)
    head, child = (entities[numbers[name]] for name in words[:2])
    label = _RELATIONS[words[2]]
    if (head.label, child.label) not in LEGAL_PAIRS[label]:
        raise InputError(f"{label} cannot join {head.label} to {child.label}: {line}", where=where)
    return Relation(head.id, child.id, label)


def _read_fact(
    relation: Relation, words: list[str], line: str, periods: dict[FactStatus, str | None], where: str
) -> FactMark:
    fact = FactMark(relation)
    period: str | None = None
    named = False
    for word in words:
        if word == "null" or _PERIOD.fullmatch(word):
            period, named = _read_period(word, line, where), True
        else:
            fact = _read_word(fact, word, line, where)
    if (relation.label is RelationLabel.HAS_CHANGE) != (fact.direction is not None):
        raise InputError(f"a change has a direction (up, down, gap), nothing else has: {line}", where=where)
    return replace(fact, period=period if named else periods.get(fact.status))


def _read_word(fact: FactMark, word: str, line: str, where: str) -> FactMark:
    if word in _WORDS:
        return replace(fact, **_WORDS[word])
    name, colon, value = word.partition(":")
    if colon and name in _NAMED:
        named: dict[str, Any] = {name: None if value == "null" else value}
        return replace(fact, **named, resolved=fact.resolved or name in _RESOLVED)
    try:
        if match := _VALUE.fullmatch(word):
            low, high, exact = (Decimal(found) if found else None for found in match.groups())
            if exact is not None:
                low = high = exact
            return replace(fact, value_low=low, value_high=high, approx=fact.approx or Approx.EXACT)
    except InvalidOperation:
        pass
    if match := _RANK.fullmatch(word):
        if match[3]:
            return replace(fact, rank_kind=RankKind(match[3]))
        kind = RankKind.BAND if match[2] else RankKind.ORDINAL
        return replace(fact, rank_low=int(match[1]), rank_high=int(match[2] or match[1]), rank_kind=kind)
    raise InputError(f"cannot read {word!r} in: {line}", where=where)


def _read_period(word: str, line: str, where: str) -> str | None:
    if word == "null":
        return None
    if not _PERIOD.fullmatch(word):
        raise InputError(f"a period is ISO 8601 (2021, 2022-01/2022-05) or null: {line}", where=where)
    return word
