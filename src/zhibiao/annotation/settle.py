"""Two annotations of a report become one: what differs is decided, one question at a time.

First the spans, in groups that touch; then the relations between the spans that stand; then what is said of facts. An annotator's relation at
a span that was decided otherwise follows it to the span of the same label that took its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhibiao.corpus.gold import GoldEntity, GoldFact, GoldRelation, GoldReport
from zhibiao.errors import InputError
from zhibiao.labels import EntityLabel, RelationLabel

Span = tuple[int, int, EntityLabel]
Ends = tuple[Span, Span]


class Choice(StrEnum):
    """What was decided of a difference."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Difference:
    """A question: what the first and the second annotator have at a place, in words; ``key`` names it for good."""

    report_id: str
    kind: str
    key: str
    start: int
    end: int
    first: tuple[str, ...]
    second: tuple[str, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is open at this stage; the gold once nothing is."""

    open: tuple[Difference, ...]
    gold: GoldReport | None


def settle_report(first: GoldReport, second: GoldReport, choices: Mapping[str, Choice]) -> Settlement:
    """Settle a report as far as the choices go.

    Parameters
    ----------
    first, second
        The two annotations.
    choices
        What was decided, by the keys of differences.

    Raises
    ------
    InputError
        If the texts differ, or a choice does not fit its difference.

    Examples
    --------
    >>> def annotate(start: int) -> GoldReport:
    ...     span = GoldEntity(id=0, start_offset=start, end_offset=4, label=EntityLabel.METRIC, text="高企总数"[start:])
    ...     return GoldReport(report_id="a-0", origin="real", source="a.txt", part=0, text_sha256="", text="高企总数达125家",
    ...                       entities=[span], relations=[], facts=[])
    >>> question = settle_report(annotate(0), annotate(2), {}).open[0]
    >>> question.first, question.second
    (('METRIC 高企总数',), ('METRIC 总数',))
    >>> settle_report(annotate(0), annotate(2), {question.key: Choice.FIRST}).gold.entities[0].text
    '高企总数'
    """
    if first.text != second.text or first.report_id != second.report_id:
        raise InputError("the two annotations are not of one text", where=first.report_id)
    sides = (_Side(first), _Side(second))
    groups = list(_group_spans(*sides))
    if left := _undecided(groups, choices):
        return Settlement(left, None)
    spans = sorted(sides[0].spans & sides[1].spans | {span for group in groups for span in group.chosen(choices)})
    relations = list(_pair_relations(*sides, spans))
    if left := _undecided(relations, choices):
        return Settlement(left, None)
    standing = {pair.ends: label for pair in relations if (label := pair.label(choices)) is not None}
    facts = [_PairedFact(sides, ends, label) for ends, label in standing.items() if label is not RelationLabel.HELD_BY]
    if left := _undecided(facts, choices):
        return Settlement(left, None)
    said = {one.ends: fact for one in facts if (fact := one.chosen(choices)) is not None}
    return Settlement((), _make_gold(first, spans, standing, said))


class _Side:
    """One annotation, by what its marks are instead of their numbers."""

    def __init__(self, gold: GoldReport) -> None:
        self.gold = gold
        self.by_id: dict[int, Span] = {e.id: (e.start_offset, e.end_offset, e.label) for e in gold.entities}
        self.spans = set(self.by_id.values())
        facts = {fact.relation: fact for fact in gold.facts}
        self.relations: list[tuple[Ends, RelationLabel, GoldFact | None]] = [
            ((self.by_id[one.from_id], self.by_id[one.to_id]), one.type, facts.get(one.id)) for one in gold.relations
        ]
        self.standing: dict[Ends, tuple[RelationLabel, GoldFact | None]] = {}

    def follow(self, spans: Sequence[Span]) -> None:
        """Put the relations on the spans that stand."""
        places = {span: _successor(span, spans) for span in self.spans}
        for (head, child), label, fact in self.relations:
            new_head, new_child = places[head], places[child]
            if new_head is not None and new_child is not None:
                self.standing.setdefault((new_head, new_child), (label, fact))

    def quote(self, span: Span) -> str:
        """Show a span."""
        return f"{span[2]} {self.gold.text[span[0] : span[1]]}"


def _successor(span: Span, spans: Sequence[Span]) -> Span | None:
    if span in spans:
        return span
    touching = (one for one in spans if one[2] is span[2] and one[0] < span[1] and span[0] < one[1])
    return next(touching, None)


@dataclass(frozen=True, slots=True)
class _SpanGroup:
    """Spans of either side that only it has, and that touch one another."""

    side: _Side
    first: tuple[Span, ...]
    second: tuple[Span, ...]

    @property
    def difference(self) -> Difference:
        together = (*self.first, *self.second)
        clash = any(a[0] < b[1] and b[0] < a[1] for a in self.first for b in self.second)
        choices = [Choice.FIRST, Choice.SECOND, Choice.NEITHER]
        if self.first and self.second and not clash:
            choices.append(Choice.BOTH)
        key = f"{self.side.gold.report_id} span {_key(self.first)} {_key(self.second)}"
        return Difference(
            self.side.gold.report_id,
            "span",
            key,
            min(span[0] for span in together),
            max(span[1] for span in together),
            tuple(map(self.side.quote, self.first)),
            tuple(map(self.side.quote, self.second)),
            tuple(choices),
        )

    def chosen(self, choices: Mapping[str, Choice]) -> tuple[Span, ...]:
        choice = choices[self.difference.key]
        return {
            Choice.FIRST: self.first,
            Choice.SECOND: self.second,
            Choice.BOTH: (*self.first, *self.second),
            Choice.NEITHER: (),
        }[choice]


def _key(spans: Sequence[Span]) -> str:
    return "[" + " ".join(f"{start}-{end}:{label}" for start, end, label in spans) + "]"


def _group_spans(first: _Side, second: _Side) -> Iterator[_SpanGroup]:
    only = sorted(
        [(span, 0) for span in first.spans - second.spans] + [(span, 1) for span in second.spans - first.spans]
    )
    group: list[tuple[Span, int]] = []
    end = -1
    for span, side in [*only, ((len(first.gold.text) + 1, 0, EntityLabel.ORG), 0)]:
        if group and span[0] >= end:
            yield _SpanGroup(
                first, tuple(s for s, side in group if side == 0), tuple(s for s, side in group if side == 1)
            )
            group = []
        group.append((span, side))
        end = max(end, span[1])


@dataclass(frozen=True, slots=True)
class _PairedRelation:
    """Two spans that stand, and how either side relates them."""

    side: _Side
    ends: Ends
    first: RelationLabel | None
    second: RelationLabel | None

    @property
    def difference(self) -> Difference | None:
        if self.first is self.second:
            return None
        head, child = self.ends
        words = f"{self.side.quote(head)} → {self.side.quote(child)}"
        key = f"{self.side.gold.report_id} relation {_key(self.ends)} {self.first or '-'} {self.second or '-'}"
        start, end = min(head[0], child[0]), max(head[1], child[1])
        first = (f"{self.first}: {words}",) if self.first else ()
        second = (f"{self.second}: {words}",) if self.second else ()
        choices = (Choice.FIRST, Choice.SECOND, Choice.NEITHER)
        return Difference(self.side.gold.report_id, "relation", key, start, end, first, second, choices)

    def label(self, choices: Mapping[str, Choice]) -> RelationLabel | None:
        difference = self.difference
        choice = choices[difference.key] if difference else Choice.FIRST
        return {Choice.FIRST: self.first, Choice.SECOND: self.second}.get(choice)


def _pair_relations(first: _Side, second: _Side, spans: Sequence[Span]) -> Iterator[_PairedRelation]:
    for side in (first, second):
        side.follow(spans)
    for ends in dict.fromkeys([*first.standing, *sorted(second.standing)]):
        ours, theirs = first.standing.get(ends), second.standing.get(ends)
        yield _PairedRelation(first, ends, ours and ours[0], theirs and theirs[0])


class _PairedFact:
    """A relation that stands, and what either side says of its fact."""

    def __init__(self, sides: tuple[_Side, _Side], ends: Ends, label: RelationLabel) -> None:
        self.ends = ends
        self._side = sides[0]
        found = [side.standing.get(ends) for side in sides]
        self.first, self.second = (one[1] if one and one[0] is label else None for one in found)

    @property
    def difference(self) -> Difference | None:
        ours, theirs = _said(self.first), _said(self.second)
        if ours == theirs or self.first is None or self.second is None:
            return None
        unlike = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
        told = [json.dumps({name: one.get(name) for name in unlike}, ensure_ascii=False) for one in (ours, theirs)]
        head, child = self.ends
        words = f"{self._side.quote(head)} → {self._side.quote(child)}"
        start, end = min(head[0], child[0]), max(head[1], child[1])
        key = f"{self._side.gold.report_id} fact {_key(self.ends)} {told[0]} {told[1]}"
        first, second = ((f"{words}: {one}",) for one in told)
        choices = (Choice.FIRST, Choice.SECOND)
        return Difference(self._side.gold.report_id, "fact", key, start, end, first, second, choices)

    def chosen(self, choices: Mapping[str, Choice]) -> GoldFact | None:
        difference = self.difference
        if difference is None:
            return self.first or self.second
        return self.first if choices[difference.key] is Choice.FIRST else self.second


def _said(fact: GoldFact | None) -> dict[str, Any]:
    return fact.model_dump(mode="json", exclude={"relation"}) if fact else {}


def _undecided(
    items: Sequence[_SpanGroup] | Sequence[_PairedRelation] | Sequence[_PairedFact], choices: Mapping[str, Choice]
) -> tuple[Difference, ...]:
    left: list[Difference] = []
    for item in items:
        difference = item.difference
        if difference is None:
            continue
        choice = choices.get(difference.key)
        if choice is None:
            left.append(difference)
        elif choice not in difference.choices:
            raise InputError(f"{choice} does not fit: {difference.key}", where=difference.report_id)
    return tuple(left)


def _make_gold(
    base: GoldReport,
    spans: Sequence[Span],
    relations: Mapping[Ends, RelationLabel],
    facts: Mapping[Ends, GoldFact],
) -> GoldReport:
    number = {span: i for i, span in enumerate(spans)}
    ordered = list(relations.items())
    return base.model_copy(
        update={
            "entities": [
                GoldEntity(id=i, start_offset=s, end_offset=e, label=label, text=base.text[s:e])
                for i, (s, e, label) in enumerate(spans)
            ],
            "relations": [
                GoldRelation(id=i, from_id=number[head], to_id=number[child], type=label)
                for i, ((head, child), label) in enumerate(ordered)
            ],
            "facts": [
                facts[ends].model_copy(update={"relation": i}) for i, (ends, _) in enumerate(ordered) if ends in facts
            ],
        }
    )
