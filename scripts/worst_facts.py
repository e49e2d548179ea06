"""The facts that are read worst off the gold's own spans, in the order in which they would mislead an analyst.

    python scripts/worst_facts.py --number 20

First a wrong value, unit or rank; then sign (hedge, direction), status and scope, period, holder, aspect, indicator. Within a class by size: the log
ratio of two values, the months a period is off, and an indicator named wrongly before one named where there is none before one missed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.corpus.gold import GoldReport
from zhibiao.corpus.readings import read_gold_facts
from zhibiao.facts.build import build_facts
from zhibiao.records import Fact

CLASSES = (
    ("value", "unit", "rank"),
    ("approx", "direction"),
    ("scope", "status"),
    ("period",),
    ("holder",),
    ("aspect",),
    ("indicator",),
)
ORDER = {slot: place for place, slots in enumerate(CLASSES) for slot in slots}
_UNKNOWN = 10_000.0


@dataclass(frozen=True)
class Misread:
    """A fact with the slots that are wrong: what people say, and what is read."""

    report_id: str
    fact: Fact
    wrong: dict[str, tuple[Hashable, Hashable]]

    @property
    def slot(self) -> str:
        """The worst of its slots."""
        return min(self.wrong, key=ORDER.__getitem__)

    @property
    def badness(self) -> tuple[Any, ...]:
        """What it is sorted by, the worst first."""
        size = distance(self.slot, *self.wrong[self.slot])
        return ORDER[self.slot], -size, -len(self.wrong), self.report_id, self.fact.figure_start


def distance(slot: str, gold: Any, read: Any) -> float:
    """Say how far off a slot is, within its class."""
    if slot == "period":
        ends = [_months(period) for period in (gold, read)]
        return sum(abs(a - b) for a, b in zip(*ends, strict=True)) if all(ends) else _UNKNOWN
    if slot == "indicator":
        return 3 if gold and read else 2 if read else 1
    if slot == "value":
        one, other = (next((float(end) for end in ends if end), 0.0) for ends in (gold, read))
        return abs(log(one / other)) if one * other > 0 else _UNKNOWN
    return 1


def _months(period: str | None) -> tuple[int, ...]:
    """Give the first and the last month of an ISO 8601 period, counted from year 0."""
    if not period:
        return ()
    first, _, last = period.partition("/")
    if len(last) == 2:
        last = first[:5] + last
    return _month(first, 1), _month(last or first, 12)


def _month(date: str, default: int) -> int:
    year, month, *_ = [*map(int, date.split("-")), default]
    return 12 * year + month


def misread_facts(gold: GoldReport) -> list[Misread]:
    """Read the facts of a report off its gold spans, and give those that people state otherwise."""
    report = gold.report()
    facts = {
        (fact.metric_start, fact.metric_end, fact.figure_start, fact.figure_end): fact
        for fact in build_facts(report, gold.annotation())
    }
    found = []
    for told, read in read_gold_facts(gold, report):
        checked = [slot for slot in ORDER if slot in told.checked and slot in told.slots]
        wrong = {slot: (told.slots[slot], read.slots.get(slot)) for slot in checked}
        wrong = {slot: (ours, theirs) for slot, (ours, theirs) in wrong.items() if ours != theirs}
        if wrong:
            found.append(Misread(gold.report_id, facts[read.key], wrong))
    return found


def main() -> None:
    """Print the list as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", action="append", help="dev and authored_dev without it")
    parser.add_argument("--number", type=int, default=20)
    options = parser.parse_args()
    chosen = options.split or ["dev", "authored_dev"]
    reports = read_gold_paths([Path("annotations/gold")], splits=Path("corpus/splits.toml"), chosen=chosen)
    found = sorted((one for report in reports for one in misread_facts(report)), key=lambda one: one.badness)
    counts = Counter(one.slot for one in found)
    print(
        f"{len(found)} facts with a mistake: " + ", ".join(f"{slot} {counts[slot]}" for slot in ORDER if counts[slot])
    )
    for number, one in enumerate(found[: options.number], 1):
        told = "; ".join(f"{slot} {gold}, read {read}" for slot, (gold, read) in one.wrong.items())
        print(f"{number}. {one.report_id} {one.fact.metric} {one.fact.figure}: {told}")


if __name__ == "__main__":
    main()
