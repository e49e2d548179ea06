"""Figures as spans of running text, and what they are read as: zhibiao's grammar, JioNLP, Recognizers-Text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from compare.asked import UnaskedError, ask
from compare.gold_texts import Annotated, GoldText, Span, by_report, sentence_texts
from compare.tables import share, table
from compare_figures import QUESTIONS, answered, read_amount

from zhibiao.catalog.units import UnitKind, load_units
from zhibiao.corpus.figures import StatedFigure, StatedFigures
from zhibiao.labels import EntityLabel
from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.qualifiers import BEFORE
from zhibiao.scoring.annotations import spans_of
from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.matching import count_pairs, pair_exactly, pair_touching

SCRIPT = "find_figures_elsewhere.py"
_CURRENCIES = frozenset(
    {unit.base for unit in load_units() if unit.kind is UnitKind.MONEY} | {"CNY", "USD", "HKD", "EUR", "JPY", "GBP"}
)
_SHARES = frozenset({"percent", "percentage_point"})
KINDS = ("money", "shares", "counts and measures")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that a system found, and how it reads it."""

    span: Span
    reading: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A gold figure, and what people say it means."""

    span: Span
    meaning: StatedFigure


def figure_lines(
    golds: Sequence[GoldText], annotated: Annotated, stated: StatedFigures, *, cache_folder: Path, python: str | None
) -> list[str]:
    """Write the table of figures."""
    reference = [list(_stated(gold, stated)) for gold in golds]
    systems: dict[str, list[list[Found]]] = {"zhibiao, number grammar": [_by_grammar(gold) for gold in golds]}
    for name, read in annotated.items():
        systems[f"zhibiao, {name}"] = [
            [Found((one.start, one.end), read_amount(one.text)) for one in spans_of(annotation, EntityLabel.AMOUNT)]
            for annotation in read
        ]
    notes = []
    try:
        elsewhere = ask(cache_folder, "figures", _question(golds), script=SCRIPT, command=[python] if python else None)
        systems |= {name: _from_answers(golds, answers) for name, answers in elsewhere.items()}
    except UnaskedError:
        notes = ["", "JioNLP and Recognizers-Text were not asked: no environment was given."]
    heads = [
        "system",
        "strict F1",
        "overlap P",
        "R",
        "F1",
        "number right",
        "number and unit right",
        "of all, found and right",
    ]
    kinds = [f"{kind}, {how} F1" for kind in KINDS for how in ("strict", "overlap")]
    rows = [[name, *_scores(reference, found), *_by_kind(reference, found)] for name, found in systems.items()]
    return [*table([*heads, *kinds], rows), *notes]


def _question(golds: Sequence[GoldText]) -> Mapping[str, Any]:
    """Put the sentences together with our units and qualifiers, which bring what others find to our ends."""
    before = (f"(?<![{one.not_after}]){one.word}" if one.not_after else one.word for one in BEFORE if one.inside)
    units = [(unit.surface, unit.not_before.pattern if unit.not_before else "") for unit in load_units()]
    return {"sentences": sentence_texts(golds), "units": units, "before": "|".join(before)}


def _stated(gold: GoldText, stated: StatedFigures) -> Iterator[Stated]:
    for one in spans_of(gold.annotation, EntityLabel.AMOUNT):
        meaning = stated.meaning(EntityLabel.AMOUNT, one.text)
        if meaning is None:
            raise SystemExit(f"no meaning is stated for {one.text}: add it to annotations/figures.csv")
        yield Stated((one.start, one.end), meaning)


def _by_grammar(gold: GoldText) -> list[Found]:
    return [
        Found(
            (one.start, one.end),
            {
                "low": one.quantity.low,
                "high": one.quantity.high,
                "unit": one.quantity.unit,
                "approx": str(one.quantity.approx),
            },
        )
        for one in find_figures(gold.report.text).amounts
    ]


def _from_answers(golds: Sequence[GoldText], answers: Sequence[Sequence[Any]]) -> list[list[Found]]:
    return [
        [Found((start + one["start"], start + one["end"]), _in_base_units(one)) for start, one in found]
        for found in by_report(golds, answers)
    ]


def _in_base_units(reading: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring a classifier to its base unit (名 → 人), so that no tool is wrong by our choice of words."""
    unit = _unit_words().get(reading["unit"])
    if unit is None:
        return reading
    base, factor = unit
    low, high = (reading[end] and Decimal(reading[end]) * factor for end in ("low", "high"))
    return {**reading, "low": low, "high": high, "unit": base}


@cache
def _unit_words() -> Mapping[str, tuple[str, Decimal]]:
    return {unit.surface: (unit.base, unit.factor) for unit in load_units()}


def _scores(reference: Sequence[Sequence[Stated]], found: Sequence[Sequence[Found]]) -> list[str]:
    touching = _count(reference, found, pair_touching)
    right = dict.fromkeys(QUESTIONS, 0)
    for ours, theirs in zip(reference, found, strict=True):
        for i, j in pair_touching([one.span for one in ours], [one.span for one in theirs]):
            if i is not None and j is not None:
                for question in answered(ours[i].meaning, theirs[j].reading):
                    right[question] += 1
    number, unit = (right[question] for question in QUESTIONS[:2])
    values = [_count(reference, found, pair_exactly).f1, touching.precision, touching.recall, touching.f1]
    values += [value / touching.matched if touching.matched else None for value in (number, unit)]
    return [share(value) for value in [*values, unit / touching.reference if touching.reference else None]]


def _by_kind(reference: Sequence[Sequence[Stated]], found: Sequence[Sequence[Found]]) -> Iterator[str]:
    """Score money, shares and the rest each by itself: who knows but one kind is asked for it."""
    for kind in KINDS:
        ours = [[one for one in report if _kind(one.meaning.unit) == kind] for report in reference]
        theirs = [
            [one for one in report if _kind(one.reading["unit"] if one.reading else None) == kind] for report in found
        ]
        for pair in (pair_exactly, pair_touching):
            yield share(_count(ours, theirs, pair).f1)


def _kind(unit: str | None) -> str:
    return KINDS[0] if unit in _CURRENCIES else KINDS[1] if unit in _SHARES else KINDS[2]


def _count(reference: Sequence[Sequence[Stated]], found: Sequence[Sequence[Found]], pair: Callable[..., Any]) -> Counts:
    return total(
        count_pairs(pair([one.span for one in ours], [one.span for one in theirs]))
        for ours, theirs in zip(reference, found, strict=True)
    )
