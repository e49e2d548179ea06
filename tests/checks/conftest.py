"""Facts made from a sentence: the values come from the figures, everything else is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zhibiao.catalog.indicators import match_indicator
from zhibiao.checks.told import Told, tell_all
from zhibiao.labels import Approx, Direction, FactKind, FactStatus
from zhibiao.numbers.amounts import parse_amount, read_context
from zhibiao.numbers.ranks import parse_rank
from zhibiao.records import Fact

KINDS = {
    "value": {},
    "target": {"status": FactStatus.TARGET},
    "up": {"kind": FactKind.CHANGE, "direction": Direction.UP},
    "down": {"kind": FactKind.CHANGE, "direction": Direction.DOWN},
    "gap": {"kind": FactKind.CHANGE, "direction": Direction.GAP},
    "rank": {"kind": FactKind.RANK},
}


def make_fact(sentence: str, metric: str, figure: str, how: str = "value", *, at: int = 0, **fields: Any) -> Fact:
    """Make the fact of a METRIC and a figure of a sentence that begins at a place of its report."""
    metric_start = at + sentence.index(metric)
    figure_start = at + sentence.index(figure)
    values: dict[str, Any] = {"kind": FactKind.VALUE, "period": "2021", "holder": "宁国市", "holder_code": "341881"}
    if how == "rank":
        rank = parse_rank(figure)
        values |= {"rank_low": rank.low, "rank_high": rank.high, "rank_kind": rank.kind, "scope": rank.scope}
    else:
        quantity = parse_amount(figure)
        values |= {"unit": quantity.unit, "approx": quantity.approx}
        values |= {"value_low": quantity.low, "value_high": quantity.high}
        # 突破 stands outside the figure and bounds it, as in the facts of the project
        if read_context(sentence[: figure_start - at]) is Approx.MORE:
            values |= {"value_high": None, "approx": Approx.MORE}
    # as the facts of the project: the unit of a change says nothing of the indicator
    match = match_indicator(metric, values.get("unit") if how in {"value", "target"} else None)
    values |= {"indicator": match.id if match else None}
    values |= KINDS[how] | {"report_id": "r1-0"} | fields
    return Fact(
        fact_id=f"{values['report_id']}:{metric_start}-{figure_start}",
        source=f"{values['report_id']}.txt",
        part=0,
        metric=metric,
        figure=figure,
        sentence=sentence,
        metric_start=metric_start,
        metric_end=metric_start + len(metric),
        figure_start=figure_start,
        figure_end=figure_start + len(figure),
        metric_source_start=metric_start,
        metric_source_end=metric_start + len(metric),
        figure_source_start=figure_start,
        figure_source_end=figure_start + len(figure),
        **values,
    )


@pytest.fixture(scope="session")
def fact() -> Callable[..., Fact]:
    return make_fact


@pytest.fixture(scope="session")
def told() -> Callable[..., list[Told]]:
    """Read facts of one sentence, each given as ``metric | figure | how``."""

    def read(sentence: str, *rows: str, **fields: Any) -> list[Told]:
        return tell_all(make_fact(sentence, *map(str.strip, row.split("|")), **fields) for row in rows)

    return read
