"""Trap cases: single sentences marked by hand, each right as a whole or wrong.

A file of cases has a line ``== CLASS: what it tries`` above the cases of each class. A case is its id and its marked sentence on one line;
on indented lines below it stand its relations, in the words of :mod:`zhibiao.corpus.marks`, and what the sentence alone does not say::

    plans-06 全年⟦M1:新发展合作社⟧⟦A1:50家⟧，⟦M2:流转土地⟧⟦A2:3万亩⟧。
      under 二、2020年工作计划
      period 2019
      plan-period 2020
      M1 A1 value target new; M2 A2 value target
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhibiao.corpus.marks import DIVIDER, MarkedText, read_marked
from zhibiao.corpus.readings import stated_slots
from zhibiao.errors import InputError
from zhibiao.labels import FactKind, RelationLabel
from zhibiao.pipes.load import Pipeline
from zhibiao.records import Annotation, Fact, ReadReport, Report
from zhibiao.scoring.annotations import count_relations, count_spans
from zhibiao.scoring.counts import Counts
from zhibiao.scoring.facts import FactReading, read_fact
from zhibiao.text.metadata import Metadata
from zhibiao.text.reports import make_text_report

_CLASS = re.compile(r"== ([a-z]+): (.+)")
_CASE = re.compile(r"([a-z]+-\d+) (.+)")
_HEADING, _PERIODS = "under", ("period", "plan-period")
_KINDS = {
    RelationLabel.HAS_VALUE: FactKind.VALUE,
    RelationLabel.HAS_CHANGE: FactKind.CHANGE,
    RelationLabel.HAS_RANK: FactKind.RANK,
}
_UNKNOWN = Metadata(None, None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Trap:
    """A case.

    Parameters
    ----------
    name, group
        Its id, and the class it stands in.
    marked
        The text, with the heading above the sentence where there is one, and what a person says of it.
    lines
        The sentence and its relations as the file has them.
    period
        What the report is on; None where the case does not say, and then no period is compared.
    dated
        Whether periods are stated, if only as masked.
    """

    name: str
    group: str
    marked: MarkedText
    lines: tuple[str, ...]
    period: str | None = None
    dated: bool = False

    def report(self) -> Report:
        """Make the report that holds the sentence alone."""
        known = replace(_UNKNOWN, period=self.period, year=int(self.period[:4])) if self.period else _UNKNOWN
        return make_text_report(self.marked.text, report_id=self.name, source=self.group, known=known)


@dataclass(frozen=True, slots=True)
class TrapResult:
    """What a pipeline makes of a case.

    Parameters
    ----------
    overlap
        Spans and relations are right but for the ends of the spans.
    spans
        Every span is right, and there is no other.
    relations
        Every relation between right spans is right too, and there is no other.
    faults
        What the facts say that they should not, one line each; told where the relations are right.
    """

    trap: Trap
    found: ReadReport
    overlap: bool
    spans: bool
    relations: bool
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether spans, relations and what is stated of the facts are all right."""
        return self.spans and self.relations and not self.faults


def read_traps(path: Path) -> tuple[Trap, ...]:
    """Read a file of cases.

    Raises
    ------
    InputError
        If the file is missing, a line is neither a class nor a case nor a part of one, a mark or a relation is broken, or an id stands
        twice or in the wrong class.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise InputError("no trap cases here", where=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("trap cases are UTF-8", where=str(path)) from None
    group = ""
    blocks: list[tuple[str, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if found := _CLASS.fullmatch(line):
            group = found[1]
        elif line.startswith("  ") and blocks:
            blocks[-1][1].append(line.strip())
        elif (found := _CASE.fullmatch(line)) and found[1].startswith(f"{group}-"):
            blocks.append((group, [line]))
        else:
            raise InputError(f"neither a class nor a case of class {group!r}: {line}", where=f"{path}, line {number}")
    traps = tuple(parse_trap(group, block) for group, block in blocks)
    if twice := [name for name, times in Counter(trap.name for trap in traps).items() if times > 1]:
        raise InputError(f"stands twice: {', '.join(twice)}", where=str(path))
    return traps


def parse_trap(group: str, lines: Sequence[str]) -> Trap:
    """Read the lines of one case.

    Raises
    ------
    InputError
        If a mark or a relation is broken; the message names the case.

    Examples
    --------
    >>> trap = parse_trap("edges", ["edges-99 ⟦M1:亩产⟧⟦A1:1120斤⟧，⟦M2:总产⟧⟦A2:6万吨⟧。", "M1 A1 value; M2 A2 value", "period 2019"])
    >>> trap.marked.text, len(trap.marked.facts), trap.period
    ('亩产1120斤，总产6万吨。', 2, '2019')
    """
    name, _, sentence = lines[0].partition(" ")
    relations: list[str] = []
    told: dict[str, str] = {}
    for line in lines[1:]:
        word, _, rest = line.partition(" ")
        if word in (_HEADING, *_PERIODS):
            told[word] = rest
        else:
            relations += [part.strip() for part in line.split(";")]
    body = f"{told[_HEADING]}\n{sentence}" if _HEADING in told else sentence
    periods = [f"{word} {told[word]}" for word in _PERIODS if word in told]
    period = told.get("period")
    return Trap(
        name,
        group,
        read_marked("\n".join([body, DIVIDER, *periods, *relations]), where=name),
        (sentence, *relations),
        period if period != "null" else None,
        dated=period is not None,
    )


def run_traps(pipeline: Pipeline, traps: Sequence[Trap]) -> list[TrapResult]:
    """Let a pipeline read every case on its own, and judge what it finds."""
    found = pipeline.read([trap.report() for trap in traps])
    return [judge(trap, one) for trap, one in zip(traps, found, strict=True)]


def judge(trap: Trap, found: ReadReport) -> TrapResult:
    """Compare what was found in a case with what its author marked."""
    truth = Annotation(trap.marked.entities, trap.marked.relations)
    sides = truth, found.annotation
    spans = _all_right(count_spans(*sides, overlap=False).values())
    relations = _all_right(count_relations(*sides, overlap=False).values())
    overlap = _all_right(count_spans(*sides, overlap=True).values())
    overlap &= _all_right(count_relations(*sides, overlap=True).values())
    return TrapResult(trap, found, overlap, spans, relations, _find_faults(trap, found.facts) if relations else ())


def _all_right(counts: Iterable[Counts]) -> bool:
    return all(one.matched == one.reference == one.predicted for one in counts)


def _find_faults(trap: Trap, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Compare what the facts say with what is stated of them."""
    readings = {reading.key: reading for reading in map(read_fact, facts)}
    entities = {entity.id: entity for entity in trap.marked.entities}
    faults: list[str] = []
    for mark in trap.marked.facts:
        metric, figure = entities[mark.relation.head], entities[mark.relation.child]
        stated = stated_slots(mark, _KINDS[mark.relation.label])
        if not trap.dated:
            del stated["period"]
        reading: FactReading | None = readings.get((metric.start, metric.end, figure.start, figure.end))
        place = f"{metric.text} = {figure.text}"
        if reading is None:
            faults.append(f"{place}: no fact")
            continue
        faults += [
            f"{place}: {slot} should be {_say(told)}, not {_say(reading.slots.get(slot))}"
            for slot, told in stated.items()
            if reading.slots.get(slot) != told
        ]
    return tuple(faults)


def _say(slot: object) -> str:
    if isinstance(slot, tuple):
        return "..".join("" if part is None else str(part) for part in slot)
    return "none" if slot is None else str(slot)


def mark_found(found: ReadReport) -> tuple[str, ...]:
    r"""Write what a pipeline found as a marked sentence and its relations.

    Examples
    --------
    >>> from zhibiao.pipes.load import load_pipeline
    >>> trap = parse_trap("edges", ["edges-99 ⟦M1:总库容⟧⟦A1:6万方⟧。", "M1 A1 value"])
    >>> mark_found(run_traps(load_pipeline("rules"), [trap])[0].found)
    ('⟦M1:总库容⟧⟦A1:6万方⟧。', 'M1 A1 value')
    """
    text, numbers, names = found.report.text, Counter[str](), dict[int, str]()
    pieces: list[str] = []
    done = 0
    for entity in sorted(found.annotation.entities, key=lambda one: one.start):
        letter = entity.label[0]
        numbers[letter] += 1
        names[entity.id] = f"{letter}{numbers[letter]}"
        pieces += (text[done : entity.start], f"⟦{names[entity.id]}:{text[entity.start : entity.end]}⟧")
        done = entity.end
    pieces.append(text[done:])
    words = {label: label.lower().partition("_")[2] for label in RelationLabel} | {RelationLabel.HELD_BY: "held"}
    relations = [f"{names[one.head]} {names[one.child]} {words[one.label]}" for one in found.annotation.relations]
    return ("".join(pieces), *sorted(relations))
