"""What the relation model is worth: beside the rules and two other learners, without its parts, and how far its scores can be trusted.

    OMP_NUM_THREADS=1 python scripts/relation_experiment.py compare
    OMP_NUM_THREADS=1 python scripts/relation_experiment.py ablate
    OMP_NUM_THREADS=1 python scripts/relation_experiment.py calibrate

``compare`` fits on the train split and scores on authored_dev and dev; the other two part the train split by whole reports, near copies
together. Test is not touched. Scores are strict, given gold entities and given those of the rules. Prints Markdown tables; seconds are
processor time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.labels import RelationLabel
from zhibiao.pipes.components import mark_figures, mark_metrics, mark_organisations
from zhibiao.pipes.document import blank_pipeline, doc_spans, make_doc
from zhibiao.pipes.relations import cues, decoding, features, frame, relating, training
from zhibiao.pipes.relations.component import QUESTIONS
from zhibiao.pipes.relations.features import Description
from zhibiao.pipes.relations.frame import Frame, read_frame
from zhibiao.pipes.relations.options import RelationOptions
from zhibiao.pipes.relations.relating import Askers, Least, ScoredLink, relate
from zhibiao.pipes.relations.training import Lesson, View, fit_question, join_tasks, make_lessons
from zhibiao.records import Annotation, Entity, Relation, Report
from zhibiao.rules.links import find_links
from zhibiao.rules.spans import LabelledSpan, SpanIndex
from zhibiao.scoring.annotations import count_relations
from zhibiao.scoring.counts import Counts, total

DEFAULTS = RelationOptions()
LEAST = Least(DEFAULTS.least_metric, DEFAULTS.least_holder)
VIEWS = ("gold", "rules")
HAS = (RelationLabel.HAS_VALUE, RelationLabel.HAS_CHANGE, RelationLabel.HAS_RANK)
# Templates that hold no character, by their places in the lists of `zhibiao.pipes.relations.features`.
WITHOUT_CHARACTERS = {"metric": [19, 20, 26, 28, 29], "holder": [12, 13, 25, 27], "change": [15, 24, 28]}

Read = Callable[[Frame], list[ScoredLink]]


@dataclass(frozen=True, slots=True)
class Item:
    """A report with its gold and its spans as others see them."""

    report: Report
    gold: Annotation
    views: Mapping[str, View]

    def frame(self, name: str) -> Frame:
        """Make its frame in one of the views."""
        view = self.views[name]
        return read_frame(self.report.text, self.report.sentences, view.spans, view.places)

    def lessons(self, number: int, names: Iterable[str]) -> Iterator[Lesson]:
        """Make its lessons."""
        views = [self.views[name] for name in names]
        yield from make_lessons(number, self.report.text, self.report.sentences, self.gold, views)


def read_items(options: argparse.Namespace, split: str) -> list[Item]:
    """Read a split and let the rules find its spans."""
    nlp = blank_pipeline()
    items = []
    for gold in read_gold_paths([options.gold], splits=options.splits, chosen=[split]):
        report, annotation = gold.report(), gold.annotation()
        doc = make_doc(nlp, report)
        for mark in (mark_figures, mark_organisations, mark_metrics):
            doc = mark(doc)
        spans = sorted(LabelledSpan(entity.start, entity.end, entity.label) for entity in annotation.entities)
        views = {"gold": View(tuple(spans), gold=True), "rules": View(tuple(doc_spans(doc)), tuple(doc._.places))}
        items.append(Item(report, annotation, views))
    return items


def read_by_rules(seen: Frame) -> list[ScoredLink]:
    """Link a frame's spans by the rules."""
    holders = list(zip(seen.holders.spans, seen.holders.place.tolist(), strict=False))
    names = [holder for holder, place in holders if not place]
    spans = SpanIndex([*seen.figures.spans, *seen.metrics.spans, *names])
    places = SpanIndex([holder for holder, place in holders if place])
    return [
        ScoredLink(link.head, link.child, link.label, 1.0)
        for start, end in zip(seen.sentence_start.tolist(), seen.sentence_end.tolist(), strict=True)
        if start < end
        for link in find_links(seen.text, start, end, spans.within(start, end), places.within(start, end))
    ]


def fit_model(lessons: Sequence[Lesson], *, seed: int = 0, folds: int = 0) -> tuple[Read, float]:
    """Train the relation model; give it and its size in megabytes."""
    found = {
        name: fit_question(lessons, ask, DEFAULTS.schedule, folds=folds, seed=seed) for name, ask in QUESTIONS.items()
    }
    size = sum(len(scorer.to_bytes()) for scorer in found.values()) / 1e6
    askers = Askers(*(found[name].score for name in QUESTIONS))
    return lambda seen: relate(seen, askers, LEAST), size


def fit_other(lessons: Sequence[Lesson], learner: str) -> tuple[Read, float]:
    """Train scikit-learn on the same features, each choice by itself; boosting sees the counts alone, having no use for hashes."""
    askers = []
    size = 0.0
    for ask in QUESTIONS.values():
        task = join_tasks([ask(lesson) for lesson in lessons])
        if learner == "logistic regression":
            mean, spread = _logs(task.description).mean(axis=0), _logs(task.description).std(axis=0) + 0.01
            matrix = _sparse(task.description, mean, spread)
            model = LogisticRegression(C=0.1, max_iter=200).fit(matrix, task.right)
            size += model.coef_.size * 4 / 1e6
            askers.append(
                lambda found, model=model, mean=mean, spread=spread: _decide_sparse(model, found, mean, spread)
            )
        else:
            booster = HistGradientBoostingClassifier(random_state=0).fit(task.description.counts, task.right)
            size += sum(len(trees[0].nodes.tobytes()) for trees in booster._predictors) / 1e6
            askers.append(
                lambda found, booster=booster: booster.decision_function(found.counts) if len(found) else np.zeros(0)
            )
    return lambda seen: relate(seen, Askers(*askers), LEAST), size


def _logs(description: Description) -> np.ndarray:
    return np.concatenate([np.log1p(description.counts), description.counts > 0], axis=1)


def _sparse(description: Description, mean: np.ndarray, spread: np.ndarray) -> csr_matrix:
    rows = DEFAULTS.rows * 8
    symbols = (description.symbols % np.uint64(rows)).astype(np.int64)
    ends = np.arange(0, symbols.size + 1, symbols.shape[1])
    has = csr_matrix((np.ones(symbols.size), symbols.ravel(), ends), shape=(len(symbols), rows))
    return hstack([csr_matrix((_logs(description) - mean) / spread), has]).tocsr()


def _decide_sparse(model: LogisticRegression, found: Description, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    return model.decision_function(_sparse(found, mean, spread)) if len(found) else np.zeros(0)


def count(read: Read, items: Iterable[Item], view: str) -> dict[RelationLabel, Counts]:
    """Count what is found in a view of some reports, strictly."""
    counts = dict.fromkeys(RelationLabel, Counts(0, 0, 0))
    for item in items:
        for label, found in count_relations(item.gold, annotate(read(item.frame(view))), overlap=False).items():
            counts[label] += found
    return counts


def annotate(links: Sequence[ScoredLink]) -> Annotation:
    """Make links an annotation."""
    spans = sorted({span for link in links for span in (link.head, link.child)})
    number = {span: place for place, span in enumerate(spans)}
    return Annotation(
        tuple(Entity(place, span.label, span.start, span.end, "") for span, place in number.items()),
        tuple(Relation(number[link.head], number[link.child], link.label, link.score) for link in links),
    )


def cells(counts: Mapping[RelationLabel, Counts]) -> list[str]:
    """Write precision, recall and F1 of HAS_* and of HELD_BY, and F1 of all."""
    has, held = total(counts[label] for label in HAS), counts[RelationLabel.HELD_BY]
    shown = [" / ".join(f"{value or 0:.3f}" for value in (one.precision, one.recall, one.f1)) for one in (has, held)]
    return [*shown, f"{total(counts.values()).f1 or 0:.3f}"]


def row(*values: str) -> None:
    """Print a row of a table, at once."""
    print(f"| {' | '.join(values)} |", flush=True)


def compare(options: argparse.Namespace) -> None:
    """Score the rules and each learner on both sides of dev."""
    items = {split: read_items(options, split) for split in ("train", "authored_dev", "dev")}
    lessons = [lesson for number, item in enumerate(items["train"]) for lesson in item.lessons(number, VIEWS)]
    row("system", "reports", "entities", "HAS_* P / R / F1", "HELD_BY P / R / F1", "all F1")
    row(*["---"] * 6)
    costs = []
    systems: dict[str, Callable[[], tuple[Read, float]]] = {
        "rules": lambda: (read_by_rules, 0.0),
        "logistic regression": lambda: fit_other(lessons, "logistic regression"),
        "gradient boosting": lambda: fit_other(lessons, "gradient boosting"),
        **{
            f"relation model, seed {seed}": lambda seed=seed: fit_model(lessons, seed=seed, folds=DEFAULTS.folds)
            for seed in range(options.seeds)
        },
    }
    for name, fit in systems.items():
        began = time.process_time()
        read, size = fit()
        costs.append((name, time.process_time() - began, speed(read, items["authored_dev"], items["dev"]), size))
        for split in ("authored_dev", "dev"):
            for view in VIEWS:
                row(name, split, view, *cells(count(read, items[split], view)))
    print()
    row("system", "training, s", "characters/s, authored_dev", "characters/s, dev", "size, MB")
    row(*["---"] * 5)
    for name, seconds, speeds, size in costs:
        row(name, f"{seconds:.0f}", *(f"{one:,.0f}" for one in speeds), f"{size:.1f}")


def speed(read: Read, *splits: Sequence[Item]) -> list[float]:
    """Measure characters per second, frames included; the best of five."""
    speeds = []
    for items in splits:
        seconds = []
        for _ in range(5):
            began = time.process_time()
            for item in items:
                read(item.frame("rules"))
            seconds.append(time.process_time() - began)
        speeds.append(sum(len(item.report.text) for item in items) / min(seconds))
    return speeds


def parts(items: Sequence[Item], folds: int) -> list[int]:
    """Part reports; a near copy (a003d) stands behind its original."""
    return [number * folds // len(items) for number in range(len(items))]


def ablate(options: argparse.Namespace) -> None:
    """Cross-validate on train, each time without one thing."""
    items = read_items(options, "train")
    row("model", "entities", "HAS_* P / R / F1", "HELD_BY P / R / F1", "all F1")
    row(*["---"] * 5)
    without: dict[str, tuple[Callable[[], AbstractContextManager[None]], Sequence[str]]] = {
        "the whole": (nullcontext, VIEWS),
        "without words (cues)": (_without_words, VIEWS),
        "without characters": (_without_characters, VIEWS),
        "gold entities only": (nullcontext, ("gold",)),
        "rules' entities only": (nullcontext, ("rules",)),
        "each figure by itself": (_without_pairing, VIEWS),
        "logistic regression instead": (_with_logistic_regression, VIEWS),
    }
    for name, (change, views) in without.items():
        if options.only not in name:
            continue
        with change():
            found = {view: dict.fromkeys(RelationLabel, Counts(0, 0, 0)) for view in VIEWS}
            for read, inside in cross_validate(items, views, options.folds):
                for view in VIEWS:
                    for label, counts in count(read, inside, view).items():
                        found[view][label] += counts
        for view in VIEWS:
            row(name, view, *cells(found[view]))


def cross_validate(
    items: Sequence[Item], views: Sequence[str], folds: int, *, inner: int = 0
) -> Iterator[tuple[Read, list[Item]]]:
    """Train without each part of the reports; give the model and the part."""
    part = parts(items, folds)
    for fold in range(folds):
        outside = [(number, item) for number, item in enumerate(items) if part[number] != fold]
        lessons = [lesson for number, item in outside for lesson in item.lessons(number, views)]
        yield fit_model(lessons, folds=inner)[0], [item for number, item in enumerate(items) if part[number] == fold]


@contextmanager
def _without_words() -> Iterator[None]:
    """Leave the marks alone as cues."""
    with patch.object(cues, "_words", dict):
        for cached in (cues.class_names, cues._scanner):
            cached.cache_clear()
        yield
    for cached in (cues.class_names, cues._scanner):
        cached.cache_clear()


@contextmanager
def _without_characters() -> Iterator[None]:
    """Leave out the templates that look at characters."""
    with ExitStack() as stack:
        for name, kept in WITHOUT_CHARACTERS.items():
            whole = getattr(features, f"describe_{name}s")

            def describe(
                *given: object, whole: Callable[..., Description] = whole, kept: list[int] = kept
            ) -> Description:
                found = whole(*given)
                return Description(found.counts, found.symbols[:, kept])

            for module in (training, relating):
                stack.enter_context(patch.object(module, f"describe_{name}s", describe))
        yield


@contextmanager
def _without_pairing() -> Iterator[None]:
    """Let each figure choose what is likeliest, whatever its neighbours choose."""
    with patch.object(decoding, "_pairings", lambda *_: iter(())), patch.object(decoding, "_mates", _no_mates):
        yield


@contextmanager
def _with_logistic_regression() -> Iterator[None]:
    """Train it in place of the network."""
    with patch(f"{__name__}.fit_model", lambda lessons, **_: fit_other(lessons, "logistic regression")):
        yield


def _no_mates(_figures: frame.Figures, _targets: object, choices: Sequence[int]) -> np.ndarray:
    return np.zeros(len(choices), dtype=np.bool_)


def calibrate(options: argparse.Namespace) -> None:
    """Show by cross-validation on train how often relations are right that the model gives some chance."""
    items = read_items(options, "train")
    row(
        "scores",
        "relation",
        "entities",
        "found",
        "mean score",
        "right",
        "ECE",
        "right in each tenth of the scores (number)",
    )
    row(*["---"] * 8)
    for name, inner in (("as they are", 0), ("with temperature", DEFAULTS.folds)):
        found: dict[tuple[str, str], list[tuple[float, bool]]] = {}
        for read, inside in cross_validate(items, VIEWS, options.folds, inner=inner):
            for view in VIEWS:
                for item in inside:
                    for label, score, right in judge(item, read(item.frame(view))):
                        kind = "HELD_BY" if label is RelationLabel.HELD_BY else "HAS_*"
                        found.setdefault((kind, view), []).append((score, right))
        for (kind, view), judged in sorted(found.items()):
            scores, right = np.array([one[0] for one in judged]), np.array([one[1] for one in judged])
            tenth = np.minimum((scores * 10).astype(int), 9)
            error = sum(abs((scores - right)[tenth == number].sum()) for number in range(10)) / len(scores)
            bins = " ".join(
                f"{right[tenth == number].mean():.2f} ({(tenth == number).sum()})"
                for number in range(10)
                if (tenth == number).any()
            )
            row(name, kind, view, str(len(scores)), f"{scores.mean():.3f}", f"{right.mean():.3f}", f"{error:.4f}", bins)


def judge(item: Item, links: Sequence[ScoredLink]) -> Iterator[tuple[RelationLabel, float, bool]]:
    """Tell of each relation whether the gold has it, be the ends of its spans right or not."""
    entities = {entity.id: entity for entity in item.gold.entities}
    gold = [(entities[one.head], entities[one.child], one.label) for one in item.gold.relations]
    for link in links:
        right = any(
            label is link.label and _touch(head, link.head) and _touch(child, link.child) for head, child, label in gold
        )
        yield link.label, link.score, right


def _touch(entity: Entity, span: LabelledSpan) -> bool:
    return entity.label is span.label and entity.start < span.end and span.start < entity.end


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("compare", "ablate", "calibrate"))
    parser.add_argument("--gold", type=Path, default=Path("annotations/gold"))
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", default="", help="ablations with this in their names")
    options = parser.parse_args()
    {"compare": compare, "ablate": ablate, "calibrate": calibrate}[options.what](options)


if __name__ == "__main__":
    main()
