"""A report with its spans, arcs and facts as one self-contained web page."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import TypedDict

from jinja2 import Environment

from zhibiao import __version__
from zhibiao.labels import RankKind, SectionStatus
from zhibiao.records import Entity, Fact, ReadReport

# What a person checks first; the whole row is in the fact table.
COLUMNS = (
    "metric",
    "kind",
    "figure",
    "value",
    "unit",
    "rank",
    "scope",
    "status",
    "period",
    "aspect",
    "holder",
    "indicator",
    "score",
)


# A heading may run into its first sentence, which is no heading.
HEADING = 40


class Piece(TypedDict):
    """A stretch of a sentence: plain, or a mark with its label."""

    text: str
    label: str
    id: str
    title: str


class Cell(TypedDict):
    """A cell of the fact table; ``target`` is the sentence it links to."""

    text: str
    number: bool
    target: str


def render_page(name: str, results: Sequence[ReadReport], model: str) -> str:
    """Render the reports of one file as an HTML page that needs nothing from outside.

    Parameters
    ----------
    name
        The file's name, as heading.
    results
        What was read, one item per report of the file.
    model
        Name of the pipeline.
    """
    environment = Environment(autoescape=True, trim_blocks=True)
    template = environment.from_string((files("zhibiao.formats") / "data" / "report_page.html").read_text("utf-8"))
    return template.render(
        name=name,
        version=__version__,
        model=model,
        columns=COLUMNS,
        fact_count=sum(len(result.facts) for result in results),
        reports=[_report_view(number, result) for number, result in enumerate(results)],
    )


def _report_view(number: int, result: ReadReport) -> dict[str, object]:
    report = result.report
    headings = {section.start for section in report.sections}
    status = {section.start: section.status for section in report.sections if section.status is not SectionStatus.OTHER}
    flagged = [f"{flag.kind}: {report.text[flag.start : flag.end]}" for flag in report.flags]
    return {
        "title": report.title,
        "issuer": report.issuer,
        "region_code": report.region_code,
        "period": report.period,
        "published": report.published,
        "index_number": report.index_number,
        "notes": [*report.notes, *flagged],
        "facts": [_fact_view(number, result, fact) for fact in result.facts],
        "sentences": [
            {
                "id": f"r{number}s{start}",
                "heading": start in headings and end - start <= HEADING,
                "status": status.get(start, ""),
                "pieces": _pieces(number, result, start, end),
                "arcs": _arcs(number, result, start, end),
            }
            for start, end in report.sentences
        ],
    }


def _mark_id(number: int, entity: Entity) -> str:
    return f"r{number}e{entity.id}"


def _pieces(number: int, result: ReadReport, start: int, end: int) -> list[Piece]:
    text = result.report.text
    pieces: list[Piece] = []
    for entity in result.annotation.entities:
        if not start <= entity.start < end:
            continue
        pieces.append(Piece(text=text[start : entity.start], label="", id="", title=""))
        title = f"{entity.label} {entity.start}–{entity.end} score {entity.score:.2f}"
        pieces.append(Piece(text=entity.text, label=str(entity.label), id=_mark_id(number, entity), title=title))
        start = entity.end
    pieces.append(Piece(text=text[start:end], label="", id="", title=""))
    return pieces


def _arcs(number: int, result: ReadReport, start: int, end: int) -> list[tuple[str, str, str]]:
    entities = {entity.id: entity for entity in result.annotation.entities}
    return [
        (_mark_id(number, entities[relation.head]), _mark_id(number, entities[relation.child]), str(relation.label))
        for relation in result.annotation.relations
        if start <= entities[relation.head].start < end
    ]


def _fact_view(number: int, result: ReadReport, fact: Fact) -> dict[str, object]:
    sentence = next((start for start, end in result.report.sentences if start <= fact.figure_start < end), 0)
    spans = [
        _mark_id(number, entity)
        for entity in result.annotation.entities
        if entity.start in (fact.metric_start, fact.figure_start)
    ]
    values = {column: str(value) for column in COLUMNS if (value := getattr(fact, column, None)) is not None}
    values["value"] = _range(fact.value_low, fact.value_high)
    values["rank"] = _rank(fact)
    cells = [
        Cell(
            text=values.get(column, ""),
            number=column in ("value", "rank", "score"),
            target=f"r{number}s{sentence}" if column == "metric" else "",
        )
        for column in COLUMNS
    ]
    return {"spans": spans, "cells": cells}


def _rank(fact: Fact) -> str:
    """Write a place: 3 · 1–3 · 57 / 59 · 倒数 3 · band · record; with = where others share it."""
    if fact.rank_low is not None:
        place = _range(fact.rank_low, fact.rank_high) + (f" / {fact.scope_size:,}" if fact.scope_size else "")
    elif fact.rank_from_bottom is not None and fact.rank_kind is not RankKind.RECORD:
        place = f"倒数 {fact.rank_from_bottom:,}"
    else:
        place = str(fact.rank_kind or "")
    return f"{place} =" if fact.rank_tied else place


def _range(low: object | None, high: object | None) -> str:
    """Write bounds: 3 · 1–3 · ≥ 100 · ≤ 5."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {_number(low)}"
    if low is None:
        return f"≤ {_number(high)}"
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: object) -> str:
    return f"{value:,f}" if not isinstance(value, int) else f"{value:,}"
