"""Every figure of the gold corpus read by zhibiao, JioNLP, Recognizers-Text and cn2an, against what people say it means.

    python3.11 -m venv build/figures
    build/figures/bin/pip install jionlp==1.5.31 recognizers-text-suite==1.0.2a2 'emoji<2' cn2an==0.5.24 setuptools
    .venv/bin/python scripts/compare_figures.py build/figures/bin/python

None of them is a dependency (JioNLP needs a package under the GPL). The meaning of each figure is `annotations/figures.csv`, stated by two
readers without any program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.corpus.figures import StatedFigure, read_stated_figures
from zhibiao.corpus.statistics import figure_shape
from zhibiao.labels import EntityLabel
from zhibiao.numbers.amounts import parse_amount
from zhibiao.numbers.ranks import parse_rank

GOLD, STATED = Path("annotations/gold"), Path("annotations/figures.csv")
READER = Path(__file__).with_name("read_figures_elsewhere.py")
# Asked of every reading, each including the one before.
QUESTIONS = ("number", "number, unit", "bounds, unit", "bounds, unit, hedge")
Reading = Mapping[str, Any] | None


def main(python: str) -> None:
    """Compare and print one table per question."""
    stated = read_stated_figures(STATED)
    mentions = Counter(
        (entity.label, entity.text)
        for gold in read_gold_paths([GOLD])
        for entity in gold.entities
        if entity.label in (EntityLabel.AMOUNT, EntityLabel.RANK)
    )
    amounts = [text for label, text in mentions if label is EntityLabel.AMOUNT]
    readings: dict[str, list[Reading]] = {
        "zhibiao": [read_amount(text) for text in amounts],
        **elsewhere(python, amounts),
    }
    right: Counter[tuple[str, str, str]] = Counter()
    shapes: Counter[str] = Counter()
    for number, text in enumerate(amounts):
        times, meaning = mentions[EntityLabel.AMOUNT, text], stated.meaning(EntityLabel.AMOUNT, text)
        if meaning is None:
            raise SystemExit(f"no meaning is stated for {text}: add it to {STATED}")
        for shape in (figure_shape(text), "all"):
            shapes[shape] += times
            for tool, read in readings.items():
                for question in answered(meaning, read[number]):
                    right[tool, shape, question] += times
    for question in QUESTIONS:
        print(f"\n| {question} right | figures | " + " | ".join(readings) + " |\n|---|---|" + "---|" * len(readings))
        for shape, total in sorted(shapes.items(), key=lambda item: (item[0] == "all", -item[1])):
            shares = (f"{right[tool, shape, question] / total:.3f}" for tool in readings)
            print(f"| {shape} | {total:,} | " + " | ".join(shares) + " |")
    print_ranks(mentions, stated)


def print_ranks(mentions: Counter[tuple[EntityLabel, str]], stated: Any) -> None:
    """Print how many ranks zhibiao reads right; the others read none with their scope."""
    total = places = scopes = 0
    for (label, text), times in mentions.items():
        if label is EntityLabel.RANK and (meaning := stated.meaning(label, text)) is not None:
            rank = parse_rank(text)
            total += times
            # A place counted from the bottom is no place from the top.
            found = None if rank is None else (None, None) if rank.from_bottom else (rank.low, rank.high)
            same = rank is not None and found == (meaning.low, meaning.high) and rank.kind == meaning.rank_kind
            places += times * same
            scopes += times * (rank is not None and rank.scope == meaning.scope)
    print(f"\nranks of zhibiao, {total}: places and kind {places / total:.3f}, scope {scopes / total:.3f}")


def read_amount(text: str) -> Reading:
    """Read a figure with our grammar."""
    amount = parse_amount(text)
    if amount is None:
        return None
    return {"low": amount.low, "high": amount.high, "unit": amount.unit, "approx": str(amount.approx)}


def elsewhere(python: str, figures: list[str]) -> dict[str, list[Reading]]:
    """Read figures with the other tools, in their own environment."""
    done = subprocess.run(
        [python, "-X", "utf8", str(READER)], input=json.dumps(figures), stdout=subprocess.PIPE, text=True, check=True
    )
    readings: dict[str, list[Reading]] = json.loads(done.stdout)
    return readings


def answered(meaning: StatedFigure, reading: Reading) -> Iterator[str]:
    """Say which questions a reading answers rightly."""
    if reading is None:
        if meaning.low is None and meaning.high is None:
            yield QUESTIONS[0]
        return
    ends = [None if reading[end] is None else Decimal(str(reading[end])) for end in ("low", "high")]
    given = [value for value in (meaning.low, meaning.high) if value is not None]
    # The number is there if each number that is meant is one that was read.
    if all(any(value is not None and same(value, one) for value in ends) for one in given):
        yield QUESTIONS[0]
        if reading["unit"] == meaning.unit:
            yield QUESTIONS[1]
            if same(meaning.low, ends[0]) and same(meaning.high, ends[1]):
                yield QUESTIONS[2]
                if reading["approx"] == meaning.approx:
                    yield QUESTIONS[3]


def same(one: Decimal | None, other: Decimal | None) -> bool:
    """Compare two numbers to five digits: 三分之一 is 33.3333 for a person."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= abs(one) * Decimal("1e-5")


if __name__ == "__main__":
    main(sys.argv[1])
