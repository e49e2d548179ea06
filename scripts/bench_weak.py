"""Speed of the labelling functions and of each aggregation, on one core.

    python scripts/bench_weak.py

Figures are of processor time. The functions see dense text: the annotated reports of a split, which have more figures to a line than most; they
vote on relations between the spans of the gold. The aggregations see all of the gold. ``--slowest N`` adds the slowest functions, timed
one by one when all that functions share (figures, names, words) has been computed, with what that took.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.corpus.splits import read_splits
from zhibiao.labels import EntityLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.apply import vote_on_pairs, vote_on_spans
from zhibiao.weak.functions import LabellingFunction, PairFunction, load_functions
from zhibiao.weak.labelling import VotedReport, fit_labeller, vote
from zhibiao.weak.views import PairsView, ReportView, SentenceView

Case = tuple[str, list[LabelledSpan]]


def seconds_of(work: Callable[[], object]) -> float:
    """Give the processor seconds of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def vote_on_all(cases: Sequence[Case], functions: Sequence[LabellingFunction]) -> None:
    """Let functions vote on texts nobody has looked at, and on pairs of their spans."""
    for text, spans in cases:
        view = ReportView(text)
        vote_on_spans(view, functions)
        vote_on_pairs(view, spans, functions)


def function_seconds(cases: Sequence[Case], functions: Sequence[LabellingFunction]) -> dict[str, float]:
    """Give the seconds of each function by itself, everything shared having been computed."""
    sentences = [(sentence, spans) for text, spans in cases for sentence in ReportView(text).sentences]
    pairs = [view for view in (pairs_of(*one) for one in sentences) if view.figures]

    def run(function: LabellingFunction) -> None:
        if isinstance(function, PairFunction):
            for view in pairs:
                if not function.needs or function.needs & view.sentence.characters:
                    list(function.vote(view))
            return
        for sentence, _spans in sentences:
            passed_over = function.label is EntityLabel.METRIC and not sentence.figures
            if not passed_over and (not function.needs or function.needs & sentence.characters):
                list(function.vote(sentence))

    for function in functions:
        run(function)
    return {function.name: seconds_of(lambda one=function: run(one)) for function in functions}  # type: ignore[misc]


def pairs_of(sentence: SentenceView, spans: Sequence[LabelledSpan]) -> PairsView:
    """Show a sentence with those of a report's spans that lie in it."""
    first = sentence.start
    inside = [span for span in spans if first <= span.start and span.end <= sentence.end]
    return PairsView(sentence, [LabelledSpan(span.start - first, span.end - first, span.label) for span in inside])


def aggregate(reports: Sequence[VotedReport], functions: Sequence[LabellingFunction], way: Aggregation) -> None:
    """Fit and label all reports; only the weighted vote is shown the gold."""
    blind = [replace(one, gold=None) for one in reports]
    labeller = fit_labeller(reports if way is Aggregation.WEIGHTED else blind, functions, way)
    for one in blind:
        labeller.label(one)


def read_cases(gold: Sequence[GoldReport], split: str, splits: Path) -> list[Case]:
    """Give the texts of a split with the spans of their gold."""
    split_of = read_splits(splits)
    own = [report for report in gold if split_of.get(report.report_id) == split]
    return [(one.text, [LabelledSpan(e.start, e.end, e.label) for e in one.annotation().entities]) for one in own]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("annotations/gold"))
    parser.add_argument("--split", default="train")
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slowest", type=int, default=0, metavar="N")
    options = parser.parse_args()
    gold = [read_gold(path) for path in sorted(options.gold.glob("*.jsonl"))]
    cases = read_cases(gold, options.split, options.splits)
    characters = sum(len(text) for text, _spans in cases)
    functions = load_functions()
    # Once before, so that word lists and dictionaries are loaded.
    vote_on_all(cases[:2], functions)
    best = min(seconds_of(lambda: vote_on_all(cases, functions)) for _ in range(options.rounds))
    table = Table("weak supervision (one core)", "")
    table.add_row(f"{len(functions)} functions, {characters:,} characters", f"{characters / best:,.0f} characters/s")
    voted = [vote(ReportView(one.text), functions, one.annotation()) for one in gold]
    for way in Aggregation:
        seconds = seconds_of(lambda way=way: aggregate(voted, functions, way))  # type: ignore[misc]
        table.add_row(f"{way}: fit and label {len(gold)} reports", f"{seconds:.1f} s")
    if options.slowest:
        taken = function_seconds(cases, functions)
        table.add_row("what functions share", f"{characters / max(best - sum(taken.values()), 1e-9):,.0f} characters/s")
        for name in sorted(taken, key=lambda one: -taken[one])[: options.slowest]:
            table.add_row(name, f"{characters / taken[name]:,.0f} characters/s")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
