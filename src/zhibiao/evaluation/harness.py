"""Evaluate a system on gold: scores with intervals, breakdowns, mistakes, and a comparison with another system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhibiao.corpus.gold import GoldReport
from zhibiao.evaluation.breakdowns import break_down
from zhibiao.evaluation.mistakes import Mistake, confuse_labels, find_mistakes
from zhibiao.evaluation.outcomes import ComparedReport, Layer, compare
from zhibiao.evaluation.signature import Signature, sign
from zhibiao.evaluation.systems import System
from zhibiao.labels import EntityLabel, FactKind, RelationLabel
from zhibiao.scoring.calibration import Bin, bin_by_confidence
from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.facts import SLOTS
from zhibiao.scoring.intervals import SAMPLES, Comparison, Interval, compare_reports, f1_interval
from zhibiao.scoring.semeval import Scheme, SchemeScore, scheme_scores

ALL = "all"
SLOT_LAYER = "slots of facts"
SLOT_GIVEN_LAYER = "slots, given gold spans"
LABELS: dict[Layer, Sequence[str]] = {
    layer: [str(label) for label in labels]
    for layer, labels in zip(
        Layer,
        (EntityLabel, EntityLabel, RelationLabel, RelationLabel, RelationLabel, FactKind, FactKind),
        strict=True,
    )
}


@dataclass(frozen=True, slots=True)
class Score:
    """A line of the table of scores.

    Parameters
    ----------
    layer, label
        What is counted; the label ``all`` sums over labels (micro average). For the slots of facts the label is the slot, and
        F1 is the share that is right.
    reports
        The counts of each report, in the order of `Evaluation.reports`.
    interval
        95 % bootstrap interval of F1 over reports; None where there is too little to say.
    """

    layer: str
    label: str
    reports: tuple[Counts, ...]
    interval: Interval | None

    @property
    def counts(self) -> Counts:
        """The counts of all reports together."""
        return total(self.reports)


@dataclass(frozen=True, slots=True)
class Difference:
    """The F1 of a second system less that of the first, on one line of the table."""

    layer: str
    label: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Reliability:
    """What a system's confidence is worth on one layer, or one label of it, in bins of confidence."""

    layer: str
    label: str
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that is known of a system on some gold."""

    signature: Signature
    reports: tuple[str, ...]
    scores: tuple[Score, ...]
    schemes: dict[Scheme, SchemeScore]
    reliability: tuple[Reliability, ...]
    breakdowns: dict[str, dict[str, dict[Layer, Counts]]]
    confusion: dict[str, dict[str, int]]
    mistakes: tuple[Mistake, ...]
    compared: tuple[ComparedReport, ...]
    notes: tuple[str, ...] = ()

    def score(self, layer: str, label: str = ALL) -> Score:
        """Give one line of the table of scores."""
        return next(score for score in self.scores if (score.layer, score.label) == (layer, label))


def evaluate(system: System, gold: Sequence[GoldReport], *, samples: int = SAMPLES, seed: int = 0) -> Evaluation:
    """Let a system annotate gold reports and score what it finds.

    Parameters
    ----------
    system
        See `zhibiao.evaluation.systems.load_system`.
    gold
        The reports.
    samples, seed
        Of the bootstrap.
    """
    compared = compare(system, gold)
    return Evaluation(
        signature=sign(gold, system=system.name, model=system.hash, samples=samples, seed=seed),
        reports=tuple(one.report_id for one in gold),
        scores=tuple(
            Score(layer, label, reports, f1_interval(reports, samples=samples, seed=seed))
            for layer, label, reports in _tables(compared)
        ),
        schemes=scheme_scores(
            [one.gold.annotation().entities for one in compared],
            [one.prediction.annotation.entities for one in compared],
        ),
        reliability=tuple(_reliability(compared)),
        breakdowns=break_down(compared),
        confusion=confuse_labels(compared),
        mistakes=tuple(mistake for one in compared for mistake in find_mistakes(one)),
        compared=tuple(compared),
        notes=system.notes,
    )


def compare_evaluations(
    first: Evaluation, second: Evaluation, *, samples: int = SAMPLES, seed: int = 0
) -> list[Difference]:
    """Compare two systems on the same gold, line by line, paired by report."""
    others = {(score.layer, score.label): score for score in second.scores}
    return [
        Difference(score.layer, score.label, comparison)
        for score in first.scores
        if (other := others.get((score.layer, score.label))) is not None
        and (comparison := compare_reports(score.reports, other.reports, samples=samples, seed=seed)) is not None
    ]


def _reliability(compared: Sequence[ComparedReport]) -> Iterator[Reliability]:
    """Give the reliability of each layer whose items are right or wrong by themselves; a system that is always sure says nothing."""
    for layer in (Layer.ENTITIES, Layer.RELATIONS_RELAXED, Layer.FACTS):
        found = [one for report in compared for one in report.outcomes if one.layer is layer and one.predicted]
        for label in (ALL, *LABELS[layer]):
            chosen = [
                (one.predicted.score, one.reference is not None)
                for one in found
                if one.predicted and label in (ALL, one.item.label)
            ]
            if any(score < 1 for score, _ in chosen):
                yield Reliability(layer, label, bin_by_confidence(*zip(*chosen, strict=True)))


def _tables(compared: Sequence[ComparedReport]) -> list[tuple[str, str, tuple[Counts, ...]]]:
    given = any(one.prediction.given is not None for one in compared)
    rows = [
        (str(layer), name, tuple(one.counts(layer, label) for one in compared))
        for layer in Layer
        if given or layer is not Layer.RELATIONS_GIVEN
        for name, label in [(ALL, None), *((label, label) for label in LABELS[layer])]
    ]
    rows += [(SLOT_LAYER, slot, tuple(one.slots[slot] for one in compared)) for slot in SLOTS]
    rows += [(SLOT_GIVEN_LAYER, slot, tuple(one.slots_given[slot] for one in compared)) for slot in SLOTS]
    return [row for row in rows if total(row[2]).reference or total(row[2]).predicted]
