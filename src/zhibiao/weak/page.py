"""The table of labelling functions as one self-contained web page: which are worth their keep, which do harm, and what each does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from zhibiao.formats.html import hash_script, make_environment, read_style
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.analysis import FunctionRow, VoteScore
from zhibiao.weak.functions import LabellingFunction, PairFunction

Record = dict[str, Any]

# F1 that moves less than half a thousandth moves by a handful of items of the gold.
LEAST_LOSS = 0.0005
KEPT, HARMFUL, EVEN, UNKNOWN, SILENT = "worth its keep", "harmful", "no difference", "not judged", "never votes"
VERDICTS = {
    KEPT: f"the vote's F1 is lower without it, by {LEAST_LOSS} or more",
    EVEN: f"with or without it F1 moves by less than {LEAST_LOSS}",
    HARMFUL: f"the vote's F1 is higher without it, by {LEAST_LOSS} or more",
    SILENT: "it says nothing of any item of these reports",
    UNKNOWN: "there is no gold to judge it by",
}
NAMED = 6
NOTHING = "–"


def render_page(
    rows: Sequence[FunctionRow],
    functions: Sequence[LabellingFunction],
    *,
    aggregation: Aggregation,
    scores: Sequence[VoteScore] = (),
    reports: int,
) -> str:
    """Render the table as an HTML page that needs nothing from outside.

    All stands in the page, ordered by what the vote loses; a script, the only one that the page allows, sorts by another column.

    Parameters
    ----------
    rows
        What `zhibiao.weak.analysis.analyse` gives.
    functions
        The functions that the rows are of.
    aggregation
        How votes were weighed for the loss.
    scores
        What `zhibiao.weak.analysis.score_votes` gives; empty without gold.
    reports
        How many reports were looked at.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> from zhibiao.weak.functions import Cases, SpanFunction
    >>> function = SpanFunction("org_x", EntityLabel.ORG, lambda sentence: (), Cases(match=("⟦浙江大学⟧",)))
    >>> row = FunctionRow("org_x", "ORG", 1, 0, 1.0, 0.0, 0.0, None, None, None, None)
    >>> page = render_page([row], [function], aggregation=Aggregation.MAJORITY, reports=1)
    >>> "<mark>浙江大学</mark>" in page, "not judged" in page
    (True, True)
    """
    by_name = {function.name: function for function in functions}
    lines = [_line(row, by_name[row.function]) for row in rows]
    environment = make_environment()
    environment.filters |= {
        "share": lambda value: NOTHING if value is None else f"{value:.3f}",
        "loss": lambda value: NOTHING if value is None else f"{value:+.4f}",
        "number": lambda number: f"{number:,}",
    }
    judged = [line for line in lines if line["loss"] is not None]
    script = _read("page.js")
    return environment.from_string(_read("page.html")).render(
        style=read_style() + _read("page.css"),
        script=script,
        script_hash=hash_script(script),
        aggregation=aggregation.value,
        reports=reports,
        lines=lines,
        targets=_group(lines),
        kept=KEPT,
        harmful=HARMFUL,
        best=sorted((line for line in judged if line["verdict"] == KEPT), key=lambda line: -line["loss"])[:NAMED],
        worst=sorted((line for line in judged if line["verdict"] == HARMFUL), key=lambda line: line["loss"])[:NAMED],
        verdicts={verdict: meaning for verdict, meaning in VERDICTS.items() if _number(lines, verdict)},
        numbers={verdict: _number(lines, verdict) for verdict in VERDICTS},
        scores=_score_lines(scores),
        ways=list(dict.fromkeys(score.aggregation.value for score in scores)),
        learnt=Aggregation.WEIGHTED.value,
    )


def _read(name: str) -> str:
    return (files("zhibiao.weak") / "data" / name).read_text("utf-8")


def _line(row: FunctionRow, function: LabellingFunction) -> Record:
    cases = (
        [("match", line) for line in function.cases.match]
        + [("against", line) for line in function.cases.against]
        + [("abstain", line) for line in function.cases.abstain]
    )
    return {
        **asdict(row),
        "labels": _labels(function),
        "about": function.about,
        "cases": [{"kind": kind, "pieces": _cut_case(line)} for kind, line in cases],
        "verdict": _judge(row),
    }


def _labels(function: LabellingFunction) -> list[str]:
    if isinstance(function, PairFunction):
        return sorted(label.value for label in function.labels) or ["none"]
    return [function.label.value]


def _judge(row: FunctionRow) -> str:
    if not row.votes and not row.against:
        return SILENT
    if row.loss is None:
        return UNKNOWN
    if abs(row.loss) < LEAST_LOSS:
        return EVEN
    return KEPT if row.loss > 0 else HARMFUL


def _cut_case(line: str) -> list[tuple[str, bool]]:
    """Cut a case into pieces, telling which are marked."""
    pieces = []
    for number, part in enumerate(line.split("⟦")):
        marked, closed, rest = part.partition("⟧")
        pieces += [(marked, True), (rest, False)] if number and closed else [(part, False)]
    return [piece for piece in pieces if piece[0]]


def _group(lines: Sequence[Record]) -> list[Record]:
    """Give each target its lines, what helps most first and what harms most last, without gold by coverage; and its largest loss."""
    groups = []
    for target in dict.fromkeys(line["target"] for line in lines):
        own = [line for line in lines if line["target"] == target]
        own.sort(key=lambda line: (line["verdict"] == SILENT, -(line["loss"] or 0.0), -(line["coverage"] or 0.0)))
        groups.append(
            {"name": target, "lines": own, "reach": max([LEAST_LOSS, *(abs(line["loss"] or 0.0) for line in own)])}
        )
    return groups


def _number(lines: Sequence[Record], verdict: str) -> int:
    return sum(line["verdict"] == verdict for line in lines)


def _score_lines(scores: Sequence[VoteScore]) -> list[Record]:
    """Give a line for each target, with the scores of each aggregation."""
    return [
        {
            "target": target,
            "gold": next(score.counts.reference for score in scores if score.target == target),
            "cells": [score.counts for score in scores if score.target == target],
        }
        for target in dict.fromkeys(score.target for score in scores)
    ]
