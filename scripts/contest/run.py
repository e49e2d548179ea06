"""Who finds ORG and METRIC best: train every contestant, score it on the dev splits, and measure what it costs.

    python scripts/contest/run.py                       # all of them, hours; what is in --results already is not done again
    python scripts/contest/run.py "words of jieba"      # one
    python scripts/contest/run.py --table               # print the table of what there is

Contestants stand in training/configs/contest/contestants.toml. Fitted on train, scored on authored_dev and dev; test is not touched.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.train import train
from spacy.util import import_file

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.corpus.gold import GoldReport
from zhibiao.evaluation.harness import Evaluation, evaluate
from zhibiao.evaluation.outcomes import Layer
from zhibiao.evaluation.systems import load_system
from zhibiao.pipes.document import make_doc
from zhibiao.pipes.load import rules_pipeline

ROOT = Path(__file__).parents[2]
CONTESTANTS = ROOT / "training" / "configs" / "contest" / "contestants.toml"
RESULTS = ROOT / "training" / "metrics" / "contest.jsonl"
SPLITS = ("authored_dev", "dev")
LABELS = ("ORG", "METRIC")


def main() -> None:
    """Run the contest, or print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--models", type=Path, default=ROOT / "build" / "contest")
    options = parser.parse_args()
    contestants = tomllib.loads(CONTESTANTS.read_text("utf-8"))
    if options.table:
        print_table(contestants, read_results(options.results))
        return
    import_file("parts", Path(__file__).with_name("parts.py"))
    gold = {split: read(split) for split in SPLITS}
    done = {(one["name"], one["seed"]) for one in read_results(options.results)}
    for name in options.names or contestants:
        for seed in range(contestants[name].get("seeds", 1)):
            if (name, seed) not in done:
                result = {"name": name, "seed": seed, **compete(contestants[name], seed, gold, options.models / name)}
                with options.results.open("a", encoding="utf-8") as file:
                    file.write(f"{json.dumps(result, ensure_ascii=False)}\n")
                print(json.dumps(result, ensure_ascii=False), file=sys.stderr, flush=True)


def read(split: str) -> list[GoldReport]:
    """Read the gold of a split."""
    return read_gold_paths([ROOT / "annotations/gold"], splits=ROOT / "corpus/splits.toml", chosen=[split])


def read_results(path: Path) -> list[dict[str, Any]]:
    """Read what was measured before."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def compete(contestant: dict[str, Any], seed: int, gold: dict[str, list[GoldReport]], folder: Path) -> dict[str, Any]:
    """Train a contestant and score it."""
    start, began = time.process_time(), time.perf_counter()
    model = "rules"
    if config := contestant.get("config"):
        taggers = {label: contestant[label] for label in ("metric", "organisation") if label in contestant}
        overrides = {f"components.zhibiao_crf.taggers.{name}.features": groups for name, groups in taggers.items()}
        overrides |= contestant.get("set", {})
        train(ROOT / config, folder, overrides={**overrides, "system.seed": seed})
        model = str(folder / "model-best")
    seconds, waited = time.process_time() - start, time.perf_counter() - began
    everything = [report for split in SPLITS for report in gold[split]]
    system = load_system(model, everything)
    evaluations = {"both": evaluate(system, everything)}
    evaluations |= {split: evaluate(system, gold[split], samples=2) for split in SPLITS}
    return {
        "scores": {split: dict(scores_of(one)) for split, one in evaluations.items()},
        "cpu_seconds": round(seconds, 1),
        "wall_seconds": round(waited, 1),
        "characters_per_second": round(measure_speed(model, everything)),
        "megabytes": round(sum(f.stat().st_size for f in (folder / "model-best").rglob("*") if f.is_file()) / 1e6, 1)
        if model != "rules"
        else 0.0,
    }


def scores_of(evaluation: Evaluation) -> Iterator[tuple[str, Any]]:
    """Give F1 of each label, strict with its interval, and overlap."""
    for label in LABELS:
        strict, overlap = (evaluation.score(layer, label) for layer in (Layer.ENTITIES, Layer.ENTITIES_OVERLAP))
        interval = [round(strict.interval.low, 4), round(strict.interval.high, 4)] if strict.interval else None
        yield label, {"strict": strict.counts.f1, "interval": interval, "overlap": overlap.counts.f1}


def measure_speed(model: str, gold: list[GoldReport]) -> float:
    """Measure the characters that are read in a second of processor time, entities alone, after a first report for warming up."""
    nlp = rules_pipeline() if model == "rules" else spacy.load(model)
    for name in ("zhibiao_relations", "zhibiao_facts"):
        nlp.remove_pipe(name)
    docs = [make_doc(nlp, one.report()) for one in gold]
    list(nlp.pipe(docs[:1]))
    start = time.process_time()
    list(nlp.pipe(docs[1:]))
    return sum(map(len, docs[1:])) / (time.process_time() - start)


def print_table(contestants: dict[str, Any], results: list[dict[str, Any]]) -> None:
    """Print the table as Markdown; several seeds as mean and range."""
    print("| contestant | ORG | METRIC | ORG, dev | METRIC, dev | training | characters/s | MB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, contestant in contestants.items():
        runs = [one for one in results if one["name"] == name]
        if not runs:
            continue
        cells = [
            *(show([one["scores"]["both"][label] for one in runs], interval=True) for label in LABELS),
            *(show([one["scores"]["dev"][label] for one in runs], interval=False) for label in LABELS),
            f"{sum(one['cpu_seconds'] for one in runs) / len(runs):,.0f} s",
            f"{sum(one['characters_per_second'] for one in runs) / len(runs):,.0f}",
            f"{runs[0]['megabytes']:.1f}",
        ]
        print(f"| {name}: {contestant['about']} | {' | '.join(cells)} |")


def show(scores: list[dict[str, Any]], *, interval: bool) -> str:
    """Write strict / overlap F1, with the interval of one run or the range of several."""
    strict, overlap = ([one[kind] for one in scores] for kind in ("strict", "overlap"))
    text = f"{sum(strict) / len(strict):.3f} / {sum(overlap) / len(overlap):.3f}"
    if len(scores) > 1:
        return f"{text} ({min(strict):.3f} to {max(strict):.3f})"
    ends = scores[0]["interval"]
    return f"{text} ({ends[0]:.3f}–{ends[1]:.3f})" if interval and ends else text


if __name__ == "__main__":
    main()
