"""Orders of annotation tried on gold: an annotator who answers at once and never errs, and a learner in between."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from zhibiao.annotation.queue import Order, rank_reports
from zhibiao.annotation.suggestions import SuggestedReport, SuggestedSpan, from_gold
from zhibiao.corpus.gold import GoldReport
from zhibiao.records import Annotation
from zhibiao.scoring.annotations import count_spans
from zhibiao.scoring.counts import Counts, total

Predict = Callable[[GoldReport], Annotation]
# Learns from annotated reports, and gives what annotates others, with scores.
Learn = Callable[[Sequence[GoldReport]], Predict]


@dataclass(frozen=True, slots=True)
class Point:
    """How good the learner is after so many reports, of so many characters: F1 of spans, both ends right."""

    reports: int
    characters: int
    f1: float


def simulate(
    pool: Sequence[GoldReport],
    held_out: Sequence[GoldReport],
    learn: Learn,
    *,
    order: Order,
    step: int,
    rounds: int,
    seed: int,
    other_voter: Predict | None = None,
) -> list[Point]:
    """Annotate a pool in an order, and score what was learnt after each step.

    The first step is drawn at random, the same for every order of a seed: there is nothing yet to order by.

    Parameters
    ----------
    pool
        Reports that can be annotated: their gold is what the simulated annotator says.
    held_out
        Reports to score on.
    learn
        The learner.
    order
        What comes first.
    step, rounds
        Reports in a step, and steps.
    seed
        Of the first step and of the random order.
    other_voter
        A second system, such as the rules, whose disagreement with the learner counts.
    """
    left = {report.report_id: report for report in pool}
    first = random.Random(seed).sample(sorted(left), step)  # noqa: S311 - an experiment
    done = [left.pop(name) for name in first]
    others = {name: other_voter(report) for name, report in left.items()} if other_voter else {}
    points: list[Point] = []
    for round_ in range(rounds):
        predict = learn(done)
        points.append(Point(len(done), sum(len(one.text) for one in done), _score(held_out, predict)))
        if round_ + 1 < rounds:
            for name in _choose(left, done, predict, others, order=order, seed=seed + round_)[:step]:
                done.append(left.pop(name))
    return points


def _choose(
    left: Mapping[str, GoldReport],
    done: Sequence[GoldReport],
    predict: Predict,
    others: Mapping[str, Annotation],
    *,
    order: Order,
    seed: int,
) -> list[str]:
    asks_learner = order not in (Order.RANDOM, Order.NOVELTY)
    learnt = {name: suggest(gold, predict(gold) if asks_learner else Annotation()) for name, gold in left.items()}
    voters = [learnt]
    if others and asks_learner:
        voters.append({name: suggest(gold, others[name]) for name, gold in left.items()})
    ranked = rank_reports(voters, [one.text for one in done], order=order, seed=seed)
    return [item.report_id for item in ranked]


def suggest(gold: GoldReport, annotation: Annotation) -> SuggestedReport:
    """Put spans that a system found into a report, in the place of its gold; relations are left out."""
    spans = tuple(
        SuggestedSpan(id=e.id, label=e.label, start=e.start, end=e.end, text=e.text, score=e.score)
        for e in annotation.entities
    )
    return from_gold(gold).model_copy(update={"spans": spans, "relations": (), "facts": ()})


def _score(held_out: Sequence[GoldReport], predict: Predict) -> float:
    counts: list[Counts] = []
    for gold in held_out:
        counts += count_spans(gold.annotation(), predict(gold), overlap=False).values()
    return total(counts).f1 or 0.0


def reports_needed(points: Sequence[Point], f1: float) -> float | None:
    """Give how many reports a curve needs to reach a score, between its points by a straight line; None if it does not.

    Examples
    --------
    >>> reports_needed([Point(4, 0, 0.5), Point(8, 0, 0.7)], 0.6)
    6.0
    """
    best: Point | None = None
    for point in points:
        if point.f1 >= f1:
            if best is None:
                return float(point.reports)
            share = (f1 - best.f1) / (point.f1 - best.f1)
            return round(best.reports + share * (point.reports - best.reports), 1)
        if best is None or point.f1 >= best.f1:
            best = point
    return None
