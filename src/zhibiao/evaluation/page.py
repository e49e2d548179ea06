"""An evaluation as one self-contained web page: scores with intervals, breakdowns, and every mistake with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from math import floor, sqrt
from urllib.parse import urlencode

from zhibiao.evaluation.breakdowns import BROKEN_DOWN
from zhibiao.evaluation.record import Record
from zhibiao.evaluation.wording import (
    FEW_EXPLAINED,
    LAYER_MEANINGS,
    NOTHING,
    RELIABILITY_EXPLAINED,
    SLOT_LAYERS,
    explain_kind,
    judge,
    name_systems,
    say_chance,
    say_detail,
    say_difference,
    say_interval,
    say_p_value,
    say_score,
)
from zhibiao.formats.html import hash_script, make_environment, read_style
from zhibiao.scoring.intervals import FEWEST_ITEMS

# Classes of mistakes that are seen without unfolding the rest, and those that the head names.
LISTED, NAMED = 18, 5


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of a plot, from ``low`` to ``high`` in steps of ``step``.

    Examples
    --------
    >>> scale = Scale(0.5, 1.0, 0.1)
    >>> scale.at(0.75), scale.at(0.1), scale.ticks
    (50.0, 0.0, (0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
    """

    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        """Place a value, in percent of the axis; what lies beyond it at its end."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values to write at the axis."""
        return tuple(
            round(self.low + number * self.step, 2) for number in range(round((self.high - self.low) / self.step) + 1)
        )


def render_page(record: Record) -> str:
    """Render an evaluation as an HTML page that needs nothing from outside.

    The tables, the pictures and the counts stand in the page; a script lists, filters and opens the mistakes. It is the only one
    that the page allows, by its hash.

    Parameters
    ----------
    record
        See `zhibiao.evaluation.record.make_record`.

    Examples
    --------
    >>> record = dict.fromkeys(("reports", "notes", "scores", "mistake_counts", "mistakes", "sentences"), [])
    >>> record |= dict.fromkeys(("schemes", "breakdowns", "confusion"), {}) | {"reliability": []}
    >>> record["signature"] = {"system": "规则", "text": "standard:2026-11|reports:0"}
    >>> "<h1>Evaluation of 规则</h1>" in render_page(record)
    True
    """
    environment = make_environment()
    environment.filters |= {
        "score": say_score,
        "interval": say_interval,
        "difference": say_difference,
        "p_value": say_p_value,
        "rate": lambda value: NOTHING if value is None else f"{value:.3f}",
        "number": lambda number: f"{number:,}",
        "kind": explain_kind,
    }
    script = _read("page.js")
    return environment.from_string(_read("page.html")).render(
        record=record,
        style=read_style() + _read("page.css"),
        script=script,
        script_hash=hash_script(script),
        fewest=FEWEST_ITEMS,
        few_explained=FEW_EXPLAINED,
        reliability_explained=RELIABILITY_EXPLAINED,
        headline=[score for score in record["scores"] if score["label"] == "all" and score["layer"] in BROKEN_DOWN],
        layers=_layers(record["scores"]),
        scale=_score_scale(record["scores"]),
        comparison=_comparison(record),
        broken_down=[str(layer) for layer in BROKEN_DOWN],
        overall={score["layer"]: score for score in record["scores"] if score["label"] == "all"},
        confusion=_confusion(record["confusion"]),
        classes=_classes(record["mistake_counts"]),
        listed=LISTED,
        named=NAMED,
        data=_script_data(record),
    )


def _read(name: str) -> str:
    return (files("zhibiao.evaluation") / "data" / name).read_text("utf-8")


def _layers(scores: Sequence[Record]) -> list[Record]:
    return [
        {"name": layer, "meaning": LAYER_MEANINGS.get(layer, ""), "shares": layer in SLOT_LAYERS, "rows": list(rows)}
        for layer, rows in groupby(scores, key=lambda score: score["layer"])
    ]


def _score_scale(scores: Sequence[Record]) -> Scale:
    """Let the axis begin below the lowest dot and whisker, so that near scores can be told apart."""
    lows = [score["interval"]["low"] if score["interval"] else score["f1"] for score in scores if _is_scored(score)]
    low = min(0.8, floor(10 * min(lows, default=0.0)) / 10)
    return Scale(low, 1.0, 0.1 if low >= 0.4 else 0.2 if round(10 * low) % 2 == 0 else 0.3)


def _is_scored(score: Record) -> bool:
    return score["f1"] is not None and score["reference"] >= FEWEST_ITEMS


def _comparison(record: Record) -> Record | None:
    if "against" not in record:
        return None
    systems = name_systems(record)
    rows = [{**one, "verdict": judge(one, systems)} for one in record["differences"]]
    ends = [abs(end) for one in rows for end in (one["difference"], *_ends(one["interval"]))]
    reach = max(0.05, max(ends, default=0.0))
    return {
        "first": systems[0],
        "second": systems[1],
        "layers": [(layer, list(lines)) for layer, lines in groupby(rows, key=lambda one: one["layer"])],
        "scale": Scale(-reach, reach, reach),
        "chance": say_chance(rows),
    }


def _ends(interval: Record | None) -> tuple[float, ...]:
    return (interval["low"], interval["high"]) if interval else ()


def _confusion(table: dict[str, dict[str, int]]) -> list[Record]:
    """Give the rows of the heat table; shades go by the root of the share, since mistakes are few beside what is right."""
    return [
        {
            "label": label,
            "cells": [
                {
                    "number": None if label == other == "nothing" else number,
                    "right": label == other,
                    "shade": round(100 * sqrt(number / (sum(row.values()) or 1))),
                }
                for other, number in row.items()
            ],
        }
        for label, row in table.items()
    ]


def _classes(counts: Sequence[Record]) -> list[Record]:
    largest = max((one["number"] for one in counts), default=1)
    return [
        {
            **one,
            "width": round(100 * one["number"] / largest, 1),
            "link": "#" + urlencode({"kind": one["kind"], "label": one["label"]}),
        }
        for one in counts
    ]


def _script_data(record: Record) -> Record:
    """Give the mistakes and their sentences."""
    mistakes = [{**mistake, "detail": say_detail(mistake)} for mistake in record["mistakes"]]
    return {"mistakes": mistakes, "sentences": record["sentences"]}
