"""How many reports each order of annotation needs for the same F1: simulated annotators on the training gold.

    .venv/bin/python scripts/queue_experiment.py --figure docs/images/queue.png

Starting from the same few random reports, each order chooses the next ones; a character CRF learns what was annotated and is scored on the reports of
authored_dev and dev. The second voter for disagreement are the rules, which were written with all these reports in view: where they and the learner differ
is often where the learner errs, so that the column is a best case.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pycrfsuite
from rich.console import Console
from rich.table import Table

from zhibiao.annotation.documents import cut_report
from zhibiao.annotation.queue import Order
from zhibiao.annotation.simulation import Point, Predict, reports_needed, simulate
from zhibiao.annotation.suggestions import from_gold
from zhibiao.corpus.examples import read_gold_paths
from zhibiao.corpus.gold import GoldEntity, GoldReport
from zhibiao.labels import EntityLabel
from zhibiao.pipes.load import load_pipeline
from zhibiao.records import Annotation, Entity
from zhibiao.text.reports import make_text_report
from zhibiao.text.sentences import split_sentences

GOLD, SPLITS = Path("annotations/gold"), Path("corpus/splits.toml")
WINDOW = 3
ITERATIONS = 40


def main() -> None:
    """Run the experiment, and print and draw the curves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--step", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--passages", type=int, help="order passages of so many characters instead of whole reports")
    parser.add_argument("--orders", nargs="*", default=list(Order))
    parser.add_argument("--figure", type=Path)
    parser.add_argument("--curves", type=Path, default=Path("output/queue_experiment.json"))
    arguments = parser.parse_args()
    pool = read_gold_paths([GOLD], splits=SPLITS, chosen=["train"])
    held_out = read_gold_paths([GOLD], splits=SPLITS, chosen=["authored_dev", "dev"])
    if arguments.passages:
        pool = [passage for report in pool for passage in cut(report, arguments.passages)]
    curves: dict[str, list[list[Point]]] = {}
    for order in map(Order, arguments.orders):
        for seed in range(arguments.seeds):
            voter = vote_by_rules if order in (Order.DISAGREEMENT, Order.MIXED) else None
            points = simulate(
                pool, held_out, learn_crf, order=order, step=arguments.step, rounds=arguments.rounds, seed=seed, other_voter=voter
            )  # fmt: skip
            curves.setdefault(str(order), []).append(points)
            print(order, seed, [round(point.f1, 3) for point in points], flush=True)
    arguments.curves.parent.mkdir(exist_ok=True)
    told = {order: [[(p.reports, p.characters, p.f1) for p in run] for run in runs] for order, runs in curves.items()}
    arguments.curves.write_text(json.dumps(told))
    Console(width=110).print(tabulate(curves))
    if arguments.figure:
        draw(curves, arguments.figure)


def learn_crf(reports: Sequence[GoldReport]) -> Predict:
    """Train a CRF over characters on the sentences of annotated reports."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.01, "max_iterations": ITERATIONS, "feature.minfreq": 2})
    for report in reports:
        for (start, end), features in featurise(report.text):
            trainer.append(features, tag(report, start, end))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model.crf"))
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        model = Path(path).read_bytes()
    tagger.open_inmemory(model)

    def predict(gold: GoldReport, model: bytes = model) -> Annotation:  # the tagger reads in the bytes, which must stay
        entities: list[Entity] = []
        for (start, _), features in featurise(gold.text):
            tagger.set(features)
            entities += read_tags(tagger, tagger.tag(), gold.text, start, len(entities))
        return Annotation(tuple(entities))

    return predict


@cache
def featurise(text: str) -> list[tuple[tuple[int, int], pycrfsuite.ItemSequence]]:
    """Give the sentences of a text, each character with its neighbours and their kinds."""
    found = []
    for start, end in split_sentences(text):
        padded = "^" * WINDOW + text[start:end] + "$" * WINDOW
        kinds = "".join(map(kind_of, padded))
        items = []
        for i in range(WINDOW, WINDOW + end - start):
            near = [f"{k}={padded[i + k]}" for k in range(-WINDOW, WINDOW + 1)]
            near += [f"{k}:{k + 1}={padded[i + k : i + k + 2]}" for k in range(-2, 2)]
            near += [f"kinds{k}={kinds[i + k : i + k + 3]}" for k in (-3, -2, -1, 0, 1)]
            items.append(near)
        found.append(((start, end), pycrfsuite.ItemSequence(items)))
    return found


def kind_of(character: str) -> str:
    """Give what a character is: digit, Chinese digit, unit, mark, letter."""
    if character.isdigit():
        return "0"
    if character in "一二三四五六七八九十百千万亿两":
        return "N"
    if character in "家项个件人元%％次户名亩吨所种篇":
        return "U"
    return "c" if character.isalpha() else "."


def tag(report: GoldReport, start: int, end: int) -> list[str]:
    """Give the tag of each character of a sentence: B and I with the label, O."""
    tags = ["O"] * (end - start)
    for entity in report.entities:
        if start <= entity.start_offset < end:
            places = range(entity.start_offset - start, min(entity.end_offset, end) - start)
            for i in places:
                tags[i] = f"{'B' if i == places[0] else 'I'}-{entity.label}"
    return tags


def read_tags(tagger: pycrfsuite.Tagger, tags: Sequence[str], text: str, start: int, first: int) -> list[Entity]:
    """Read entities off the tags of a sentence; an entity is as sure as its least sure character."""
    found: list[Entity] = []
    i = 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        end = i + 1
        while end < len(tags) and tags[end] == f"I-{tags[i][2:]}":
            end += 1
        sure = min(tagger.marginal(tags[k], k) for k in range(i, end))
        span = (start + i, start + end)
        found.append(Entity(first + len(found), EntityLabel(tags[i][2:]), *span, text[span[0] : span[1]], sure))
        i = end
    return found


def cut(gold: GoldReport, size: int) -> list[GoldReport]:
    """Cut a report into passages, each a report of its own."""
    return [
        gold.model_copy(
            update={
                "report_id": f"{gold.report_id}.{part.number}",
                "text": part.text,
                "entities": [
                    GoldEntity(
                        id=s.id, start_offset=s.start - part.start, end_offset=s.end - part.start, label=s.label, text=s.text
                    )
                    for s in part.spans
                ],
                "relations": [],
                "facts": [],
            }
        )
        for part in cut_report(from_gold(gold), size)
    ]  # fmt: skip


@cache
def _rules(text: str) -> Annotation:
    report = make_text_report(text, report_id="r", source="", part=0, known=None)
    (read,) = load_pipeline("rules").read([report])
    return read.annotation


def vote_by_rules(gold: GoldReport) -> Annotation:
    """Give the rules' annotation of a report."""
    return _rules(gold.text)


def tabulate(curves: dict[str, list[list[Point]]]) -> Table:
    """Give F1 after each step, and the reports needed for the best that the random order reaches on average."""
    goal = statistics.mean(run[-1].f1 for run in curves[Order.RANDOM])
    sizes = [point.reports for point in curves[Order.RANDOM][0]]
    table = Table(
        "order", *map(str, sizes), f"for F1 {goal:.3f}", "characters", title="F1 after so many reports or passages"
    )
    for order, runs in curves.items():
        means = [statistics.mean(run[i].f1 for run in runs) for i in range(len(sizes))]
        mean_run = [Point(size, 0, mean) for size, mean in zip(sizes, means, strict=True)]
        needed = reports_needed(mean_run, goal)
        characters = statistics.mean(run[-1].characters for run in runs)
        table.add_row(
            order, *(f"{mean:.3f}" for mean in means), "–" if needed is None else str(needed), f"{characters:,.0f}"
        )
    return table


def draw(curves: dict[str, list[list[Point]]], path: Path) -> None:
    """Draw the mean curves with the range over seeds."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(7, 4.2), layout="constrained")
    panel = figure.subplots()
    for order, runs in curves.items():
        sizes = [point.reports for point in runs[0]]
        values = [[run[i].f1 for run in runs] for i in range(len(sizes))]
        panel.plot(
            sizes, [statistics.mean(value) for value in values], label=order, linewidth=2 if order != "random" else 3
        )
        panel.fill_between(sizes, [min(value) for value in values], [max(value) for value in values], alpha=0.12)
    panel.set_xlabel("annotated reports")
    panel.set_ylabel("F1 of spans, both ends right")
    panel.legend()
    panel.grid(alpha=0.3)
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
