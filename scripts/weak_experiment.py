"""What weak supervision is worth: rules, each aggregation, and the tagger trained on silver, on shares of gold, and on both.

    python scripts/weak_experiment.py --figure docs/images/weak-curves.png
    python scripts/weak_experiment.py --train training/configs/fast.cfg --seeds 3 --iterations 60

Fitted on the train split, scored on authored_dev and dev (strict F1); test is not touched. ``--train`` names a config whose ``zhibiao_crf`` is trained:

- on silver alone: the train split labelled by the generative vote, its gold hidden;
- on a share of the gold;
- on a share of the gold and silver of all other reports of train, labelled by the weighted vote that was fitted on that share.

Stretches of which silver knows nothing are left out of the training. Every row is printed when it is there, so that a run that is broken off is not lost.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config

from zhibiao.corpus.examples import make_reference
from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.corpus.splits import read_splits
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.pipes.document import doc_annotation
from zhibiao.pipes.load import rules_pipeline
from zhibiao.records import Annotation
from zhibiao.rules.links import find_links
from zhibiao.rules.spans import LabelledSpan, SpanIndex
from zhibiao.scoring.annotations import count_relations, count_spans
from zhibiao.scoring.counts import Counts, total
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.apply import vote_on_pairs
from zhibiao.weak.decoding import choose_relations
from zhibiao.weak.functions import LabellingFunction, load_functions
from zhibiao.weak.labelling import (
    Labeller,
    VotedReport,
    fit_labeller,
    gold_pairs,
    pair_columns,
    pair_truth,
    span_truth,
    vote,
)
from zhibiao.weak.silver import SilverReport, make_silver, make_silver_doc
from zhibiao.weak.table import Pair, PairTable, pair_kind, pair_kinds, tabulate_pairs
from zhibiao.weak.views import ReportView

SHARES = (0.05, 0.10, 0.25, 0.50, 1.00)
DEV = ("authored_dev", "dev")
BOTH = "authored_dev + dev"
COLUMNS = ("ORG", "METRIC", "AMOUNT", "RANK", "spans", "HAS_VALUE", "HAS_CHANGE", "HAS_RANK", "HELD_BY", "relations")

System = Callable[[str], Annotation]


Train = Callable[[Sequence["GoldReport | SilverReport"]], System]
Scores = dict[str, float]


class Corpus:
    """The gold reports by split, with the functions' votes."""

    def __init__(self, gold: Path, splits: Path, functions: tuple[LabellingFunction, ...]) -> None:
        self.functions = functions
        self.gold: dict[str, list[GoldReport]] = {"train": [], **{split: [] for split in DEV}}
        for name, split in read_splits(splits).items():
            if split in self.gold:
                self.gold[split].append(read_gold(gold / f"{name}.jsonl"))
        self.voted: dict[str, list[VotedReport]] = {
            split: [vote(ReportView(one.text), functions, one.annotation()) for one in reports]
            for split, reports in self.gold.items()
        }
        self._by_text = {one.view.text: one for reports in self.voted.values() for one in reports}

    def blind(self, split: str) -> list[VotedReport]:
        """Give the reports of a split without their gold."""
        return [replace(one, gold=None) for one in self.voted[split]]

    def system(self, labeller: Labeller) -> System:
        """Make a system of a fitted labeller."""
        return lambda text: labeller.label(replace(self._by_text[text], gold=None)).annotation

    def silver(self, labeller: Labeller, aggregation: Aggregation) -> list[SilverReport]:
        """Label the train split, its gold hidden."""
        return [
            make_silver(
                gold.report_id,
                voted,
                labeller.label(voted),
                aggregation,
                source=gold.source,
                part=gold.part,
                header=gold.header,
            )
            for gold, voted in zip(self.gold["train"], self.blind("train"), strict=True)
        ]


def rules_system() -> System:
    """Make a system of the rules."""
    nlp = rules_pipeline()
    nlp.remove_pipe("zhibiao_facts")
    return lambda text: doc_annotation(nlp(text))


def score(system: System, reports: Sequence[GoldReport]) -> Scores:
    """Score a system by strict F1, per label and over all."""
    spans: list[Any] = []
    relations: list[Any] = []
    for report in reports:
        found = system(report.text)
        spans.append(count_spans(report.annotation(), found, overlap=False))
        relations.append(count_relations(report.annotation(), found, overlap=False))
    scores: dict[str, Counts] = {}
    for rows, name in ((spans, "spans"), (relations, "relations")):
        for label in rows[0]:
            scores[str(label)] = total(row[label] for row in rows)
        scores[name] = total(row[label] for row in rows for label in row)
    return {name: counts.f1 or 0.0 for name, counts in scores.items()}


def share_of(reports: Sequence[Any], share: float, seed: int) -> list[Any]:
    """Draw a share of reports."""
    return random.Random(seed).sample(list(reports), max(2, round(share * len(reports))))


@dataclass
class Results:
    """Scores of each system, by split, one for each seed."""

    console: Console
    rows: dict[tuple[str, str], list[Scores]]

    def add(self, name: str, system: System, corpus: Corpus) -> None:
        """Score a system on every split."""
        for split in DEV:
            self.rows.setdefault((name, split), []).append(score(system, corpus.gold[split]))
        every = [report for split in DEV for report in corpus.gold[split]]
        self.rows.setdefault((name, BOTH), []).append(score(system, every))
        every_score = self.rows[name, BOTH][-1]
        self.console.print(f"{name}: " + " ".join(f"{column} {every_score[column]:.3f}" for column in COLUMNS))

    def show(self) -> None:
        """Print Markdown tables, the standard deviation over seeds behind ±."""
        for split in (*DEV, BOTH):
            print(f"\n| {split} | {' | '.join(COLUMNS)} |\n|---|{'--:|' * len(COLUMNS)}")
            for (name, own), found in self.rows.items():
                if own == split:
                    print(f"| {name} | {' | '.join(_cell([one[column] for one in found]) for column in COLUMNS)} |")


def _cell(values: Sequence[float]) -> str:
    spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):.3f}{spread}"


def run_votes(corpus: Corpus, results: Results, seeds: int) -> dict[Aggregation, Labeller]:
    """Score the rules, the votes fitted without gold, and the weighted vote on shares of gold."""
    results.add("rules", rules_system(), corpus)
    unlabelled = [one for split in ("train", *DEV) for one in corpus.blind(split)]
    fitted = {}
    for way in (Aggregation.MAJORITY, Aggregation.GENERATIVE):
        fitted[way] = fit_labeller(unlabelled, corpus.functions, way)
        results.add(f"{way}, no gold", corpus.system(fitted[way]), corpus)
    for share in SHARES:
        for seed in range(seeds if share < 1 else 1):
            drawn = share_of(corpus.voted["train"], share, seed)
            labeller = fit_labeller(drawn, corpus.functions, Aggregation.WEIGHTED)
            results.add(f"weighted, {share:.0%} of gold", corpus.system(labeller), corpus)
            fitted[Aggregation.WEIGHTED] = labeller
    return fitted


def run_training(corpus: Corpus, results: Results, labeller: Labeller, train: Train, seeds: int) -> None:
    """Score a tagger trained on silver, on shares of gold, and on a share of gold with silver of the rest; a seed draws the share."""
    results.add("trained on silver", train(corpus.silver(labeller, Aggregation.GENERATIVE)), corpus)
    results.add("trained on 100% of gold", train(corpus.gold["train"]), corpus)
    for seed in range(seeds):
        for share in SHARES[:-1]:
            gold = share_of(corpus.gold["train"], share, seed)
            drawn = {one.report_id for one in gold}
            results.add(f"trained on {share:.0%} of gold", train(gold), corpus)
            voted = share_of(corpus.voted["train"], share, seed)
            silver = corpus.silver(fit_labeller(voted, corpus.functions, Aggregation.WEIGHTED), Aggregation.WEIGHTED)
            rest = [one for one in silver if one.report_id not in drawn]
            results.add(f"{share:.0%} of gold, silver of the rest", train([*gold, *rest]), corpus)


def make_train(config: Path, iterations: int | None) -> Train:
    """Make the function that trains the tagger of a config, and puts it between the figures and the relations of the rules."""

    def train(reports: Sequence[GoldReport | SilverReport]) -> System:
        nlp = rules_pipeline()
        for name in ("zhibiao_organisations", "zhibiao_metrics", "zhibiao_facts"):
            nlp.remove_pipe(name)
        options = load_config(config)["components"]["zhibiao_crf"]
        for tagger in options["taggers"].values():
            tagger["max_iterations"] = iterations or tagger["max_iterations"]
        factory = options.pop("factory")
        tagger = nlp.add_pipe(factory, before="zhibiao_relations", config=options)
        tagger.initialize(lambda: [make_training_example(nlp, report) for report in reports], nlp=nlp)
        return lambda text: doc_annotation(nlp(text))

    return train


def make_training_example(nlp: Language, report: GoldReport | SilverReport) -> Example:
    """Make an example of gold, or of silver with its missing labels."""
    if isinstance(report, SilverReport):
        return Example(nlp.make_doc(report.text), make_silver_doc(nlp, report))
    return Example(nlp.make_doc(report.text), make_reference(nlp, report))


def draw(results: Results, path: Path) -> None:
    """Draw F1 over the share of gold, spans and relations, one panel for each split."""
    import matplotlib  # noqa: PLC0415

    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415

    families = ("weighted, {} of gold", "trained on {} of gold", "{} of gold, silver of the rest")
    figure, panels = pyplot.subplots(2, len(DEV), figsize=(10, 7), sharex=True, layout="constrained")
    for column, split in enumerate(DEV):
        for row, measure in enumerate(("spans", "relations")):
            panel = panels[row][column]
            for family in families:
                cells = [(share, results.rows.get((family.format(f"{share:.0%}"), split), [])) for share in SHARES]
                points = [(share, [one[measure] for one in found]) for share, found in cells if found]
                if points:
                    means = [statistics.mean(values) for _share, values in points]
                    spread = [statistics.stdev(values) if len(values) > 1 else 0 for _share, values in points]
                    shares = [100 * share for share, _values in points]
                    panel.errorbar(shares, means, spread, marker="o", capsize=3, label=family.format("share"))
            for (name, own), found in results.rows.items():
                if own == split and "of gold" not in name:
                    panel.axhline(statistics.mean(one[measure] for one in found), linestyle=":", color="grey")
                    panel.annotate(name, (100, statistics.mean(one[measure] for one in found)), ha="right", fontsize=7)
            panel.set_title(f"{split}: {measure}")
            panel.set_ylabel("strict F1")
            panel.set_xscale("log")
            panel.set_xticks([100 * share for share in SHARES], [f"{share:.0%}" for share in SHARES])
            panel.legend(fontsize=7, loc="upper left")
    figure.savefig(path, dpi=110)


def show_reach(corpus: Corpus, labeller: Labeller) -> None:
    """Print how much of train's gold any function votes for, and how relations between gold's spans are scored."""
    print("\n| | voted for, train |\n|---|--:|")
    for label in EntityLabel:
        truth = [span_truth(one.spans[label.value], one.gold) for one in corpus.voted["train"]]
        known = sum(entity.label == label for one in corpus.gold["train"] for entity in one.entities)
        print(f"| {label} | {sum(int(found.sum()) for found in truth) / known:.3f} |")
    pairs = [(tables_on_gold(one, corpus.functions), one.gold) for one in corpus.voted["train"]]
    for kind in pair_kinds():
        known = sum(pair_kind(h.label, c.label) == kind for _, gold in pairs if gold for h, c in gold_pairs(gold))
        found = sum(int((pair_truth(tables[kind], gold) > 0).sum()) for tables, gold in pairs)
        print(f"| {kind} | {found / known:.3f} |")
    print(f"\n| relations between gold's spans | {' | '.join(DEV)} |\n|---|{'--:|' * len(DEV)}")
    rows: dict[str, list[float]] = {"rules": [], "weighted, 100% of gold": []}
    for split in DEV:
        counts = [Counts(0, 0, 0), Counts(0, 0, 0)]
        for one in corpus.voted[split]:
            gold = gold_pairs(one.gold or Annotation())
            weighed = labeller.weigh_pairs(tables_on_gold(one, corpus.functions))
            voted = choose_relations(one.view.text, weighed, labeller.pair_threshold)
            both = (rule_relations(one), {pair: label for pair, (label, _) in voted.items()})
            for place, found in enumerate(both):
                matched = sum(gold.get(pair) == label for pair, label in found.items())
                counts[place] += Counts(matched, len(gold), len(found))
        for name, own in zip(rows, counts, strict=True):
            rows[name].append(own.f1 or 0.0)
    for name, values in rows.items():
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in values)} |")


def gold_spans(report: VotedReport) -> list[LabelledSpan]:
    """Give the spans of a report's gold."""
    entities = report.gold.entities if report.gold else ()
    return [LabelledSpan(entity.start, entity.end, entity.label) for entity in entities]


def tables_on_gold(report: VotedReport, functions: Sequence[LabellingFunction]) -> dict[str, PairTable]:
    """Let functions vote on relations between gold's spans."""
    return tabulate_pairs(vote_on_pairs(report.view, gold_spans(report), functions).votes, pair_columns(functions))


def rule_relations(report: VotedReport) -> dict[Pair, RelationLabel]:
    """Link gold's spans by the rules."""
    index = SpanIndex(gold_spans(report))
    places = SpanIndex(p for p in report.view.holders.places if not index.overlaps(p.start, p.end))
    return {
        (link.head, link.child): link.label
        for one in report.view.sentences
        for link in find_links(
            report.view.text, one.start, one.end, index.within(one.start, one.end), places.within(one.start, one.end)
        )
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("annotations/gold"))
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--neural", action="store_true", help="ask the neural tagger too")
    parser.add_argument("--train", type=Path, help="config of a pipeline with a zhibiao_crf to train")
    parser.add_argument("--iterations", type=int, help="rounds of its fitting, fewer than in the config")
    parser.add_argument("--figure", type=Path, help="draw the curves into this PNG")
    options = parser.parse_args()
    results = Results(Console(stderr=True), {})
    corpus = Corpus(options.gold, options.splits, load_functions(slow=options.neural))
    fitted = run_votes(corpus, results, options.seeds)
    if options.train:
        train = make_train(options.train, options.iterations)
        run_training(corpus, results, fitted[Aggregation.GENERATIVE], train, options.seeds)
    results.show()
    show_reach(corpus, fitted[Aggregation.WEIGHTED])
    if options.figure:
        draw(results, options.figure)


if __name__ == "__main__":
    main()
