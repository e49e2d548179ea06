"""The table of findings: what a check found, with the sentences of the facts it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from zhibiao.formats.tables import COLUMNS, Cell, Column, ColumnType, Row, Table
from zhibiao.labels import CheckKind, Verdict
from zhibiao.records import CheckFinding, Fact

# what leads from a finding to the text; the rest of a fact is in the fact table, under its id
_SHOWN = {
    "fact_id": "Id of {}, as in the fact table",
    "report_id": "Id of the report of {}",
    "source": "Name of the input file of {}",
    "metric": "The indicator of {} as the text names it",
    "figure": "The amount or rank of {} as the text writes it",
    "period": "ISO 8601 date or interval of {}",
    "sentence": "The sentence of {}",
    "figure_source_start": "First code point of the amount or rank of {} in the decoded source file",
    "figure_source_end": "Code point behind the amount or rank of {} in the decoded source file",
}
_ROLES = {
    "": "the fact that was checked",
    "other_": "the fact it was held against",
    "base_": "the fact that growth or completion starts from",
}


def _number(name: str, description: str) -> Column:
    return Column(name, ColumnType.DECIMAL, description, nullable=True)


def _show_fact(prefix: str) -> list[Column]:
    """Give the columns that show a fact in a role, typed as in the fact table."""
    if_none = "; empty if there is none." if prefix else "."
    of_facts = {column.name: column for column in COLUMNS}
    return [
        replace(
            of_facts[name],
            name=prefix + name,
            description=meaning.format(_ROLES[prefix]) + if_none,
            nullable=of_facts[name].nullable or bool(prefix),
        )
        for name, meaning in _SHOWN.items()
    ]


CHECKS = Table(
    "checks",
    "One row per finding of a check. The facts stay as they are: a finding is for a person to look at.",
    (
        Column("kind", ColumnType.CATEGORY, "Which check found it.", category=CheckKind),
        Column(
            "verdict",
            ColumnType.CATEGORY,
            "Two figures that cannot both hold, something to look at, or a target beside its actual.",
            category=Verdict,
        ),
        Column(
            "explanation", ColumnType.TEXT, "What was found, in one line, with the figures as the text writes them."
        ),
        Column("holder", ColumnType.TEXT, "Whose figure it is, as in the fact table.", nullable=True),
        Column("holder_code", ColumnType.TEXT, "Code of the holder's region, as in the fact table.", nullable=True),
        Column("indicator", ColumnType.TEXT, "Id of the indicator, as in the fact table.", nullable=True),
        _number("expected_low", "Least number that would fit; empty if open or no number."),
        _number("expected_high", "Largest number that would fit; empty if open or no number."),
        _number("found_low", "Least number that the text gives; empty if open."),
        _number("found_high", "Largest number that the text gives; empty if open."),
        Column("unit", ColumnType.TEXT, "Base unit of the four numbers.", nullable=True),
        _number("ratio", "Actual over target, for the pairs of the check attainment."),
        *_show_fact(""),
        *_show_fact("other_"),
        *_show_fact("base_"),
    ),
    indexed=("kind", "fact_id", "other_fact_id", "holder"),
)

_read_finding: Callable[[CheckFinding], Row] = attrgetter("check", "verdict", "explanation")
_read_holder: Callable[[Fact], Row] = attrgetter("holder", "holder_code", "indicator")
_read_numbers: Callable[[CheckFinding], Row] = attrgetter(
    "expected_low", "expected_high", "found_low", "found_high", "unit", "ratio"
)
_read_shown: Callable[[Fact], Row] = attrgetter(*_SHOWN)
_NOTHING: tuple[Cell, ...] = (None,) * len(_SHOWN)


def make_check_row(finding: CheckFinding) -> Row:
    """Give the cells of a finding in the order of :data:`CHECKS`; None for an empty one."""
    facts = (finding.fact, finding.other, finding.base)
    shown = [_NOTHING if fact is None else _read_shown(fact) for fact in facts]
    return (
        *_read_finding(finding),
        *_read_holder(finding.fact),
        *_read_numbers(finding),
        *(cell for cells in shown for cell in cells),
    )
