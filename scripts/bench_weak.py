"""Speed of the labelling functions and of each aggregation, on one core.

    python scripts/bench_weak.py corpus/authored

Figures are of processor time. The functions see reports that are read and cleaned; relations are voted on between the spans that the rules find.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from zhibiao.corpus.gold import read_gold
from zhibiao.pipes.document import doc_annotation
from zhibiao.pipes.load import rules_pipeline
from zhibiao.readers import read_source, walk_paths
from zhibiao.records import Report
from zhibiao.rules.spans import LabelledSpan
from zhibiao.text.reports import make_reports
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.apply import vote_on_pairs, vote_on_spans
from zhibiao.weak.functions import LabellingFunction, load_functions
from zhibiao.weak.labelling import fit_labeller, vote
from zhibiao.weak.views import ReportView


def seconds_of(work: Callable[[], object]) -> float:
    """Give the processor seconds of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def rule_spans(reports: list[Report]) -> list[list[LabelledSpan]]:
    """Find the spans of the rules, to vote on relations between."""
    nlp = rules_pipeline()
    nlp.remove_pipe("zhibiao_facts")
    found = (doc_annotation(nlp(report.text)).entities for report in reports)
    return [[LabelledSpan(one.start, one.end, one.label) for one in entities] for entities in found]


def vote_on_all(
    reports: list[Report], spans: list[list[LabelledSpan]], functions: tuple[LabellingFunction, ...]
) -> None:
    """Let all functions vote on all reports."""
    for report, own in zip(reports, spans, strict=True):
        view = ReportView(report.text, report.sentences)
        vote_on_spans(view, functions)
        vote_on_pairs(view, own, functions)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("annotations/gold"))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = [one for one in walk_paths([options.folder]) if one.path.suffix == ".txt"]
    reports = [report for one in found for report in make_reports(read_source(one.path, name=one.name))]
    characters = sum(len(report.text) for report in reports)
    functions, spans = load_functions(), rule_spans(reports)
    # Once before, so that word lists and dictionaries are loaded.
    vote_on_all(reports[:2], spans[:2], functions)
    best = min(seconds_of(lambda: vote_on_all(reports, spans, functions)) for _ in range(options.rounds))
    table = Table("weak supervision (one core)", "")
    table.add_row(f"{len(functions)} functions, {characters:,} characters", f"{characters / best:,.0f} characters/s")
    gold = [read_gold(path) for path in sorted(options.gold.glob("*.jsonl"))]
    voted = [vote(ReportView(one.text), functions, one.annotation()) for one in gold]
    blind = [replace(one, gold=None) for one in voted]
    for way in Aggregation:
        known = voted if way is Aggregation.WEIGHTED else blind

        def aggregate(way: Aggregation = way, known: list[object] = known) -> None:  # type: ignore[assignment]
            labeller = fit_labeller(known, functions, way)  # type: ignore[arg-type]
            for one in blind:
                labeller.label(one)

        table.add_row(f"{way}: fit and label {len(gold)} reports", f"{seconds_of(aggregate):.1f} s")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
