"""Learning the three questions from gold relations.

Gold spans teach what a relation is; the spans that components find, with their faults, teach what to do with those. A report
is looked at both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhibiao.errors import MissingExtraError
from zhibiao.pipes.relations.answers import Answers, named_metrics, read_answers, right_choices
from zhibiao.pipes.relations.features import (
    Description,
    describe_changes,
    describe_holders,
    describe_metrics,
    holder_choices,
    metric_choices,
)
from zhibiao.pipes.relations.frame import Frame, read_frame
from zhibiao.pipes.relations.scorer import Schedule, Scorer, Task, fit_scorer, fit_temperature
from zhibiao.records import Annotation
from zhibiao.rules.spans import LabelledSpan


@dataclass(frozen=True, slots=True)
class View:
    """The spans of a text as someone found them, and the places beside them; ``gold`` if they are the reference's."""

    spans: tuple[LabelledSpan, ...]
    places: tuple[LabelledSpan, ...] = ()
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """A report's frame with what the gold says about it.

    Parameters
    ----------
    report
        Its number, however many views it has.
    frame, answers
        A view of it.
    gold
        Whether the view's spans are the reference's.
    """

    report: int
    frame: Frame
    answers: Answers
    gold: bool = False


def make_lessons(
    report: int, text: str, sentences: Sequence[tuple[int, int]], gold: Annotation, views: Iterable[View]
) -> Iterator[Lesson]:
    """Make a lesson of each view of a report; one that has no figure teaches nothing, nor does one seen before.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel, RelationLabel
    >>> from zhibiao.records import Entity, Relation
    >>> entities = (Entity(0, EntityLabel.METRIC, 0, 2, "高企"), Entity(1, EntityLabel.AMOUNT, 3, 7, "125家"))
    >>> gold = Annotation(entities, (Relation(0, 1, RelationLabel.HAS_VALUE),))
    >>> view = View(tuple(LabelledSpan(entity.start, entity.end, entity.label) for entity in entities))
    >>> lessons = list(make_lessons(0, "高企达125家", [(0, 7)], gold, [view, view, View(())]))
    >>> len(lessons), metric_task(lessons[0]).right.tolist(), change_task(lessons[0]).right.tolist()
    (1, [True], [False])
    """
    for view in dict.fromkeys(views):
        frame = read_frame(text, sentences, view.spans, view.places)
        if len(frame.figures):
            yield Lesson(report, frame, read_answers(frame, gold), view.gold)


def metric_task(lesson: Lesson) -> Task:
    """Ask which METRIC each figure speaks of."""
    choices = metric_choices(lesson.frame)
    right = right_choices(choices, lesson.frame.metrics, lesson.answers.metrics)
    return Task(describe_metrics(lesson.frame, choices), choices.figure, right)


def holder_task(lesson: Lesson) -> Task:
    """Ask who holds each figure, its METRIC known."""
    frame, answers = lesson.frame, lesson.answers
    choices = holder_choices(frame)
    description = describe_holders(frame, choices, named_metrics(frame, answers.metrics))
    return Task(description, choices.figure, right_choices(choices, frame.holders, answers.holders))


def change_task(lesson: Lesson) -> Task:
    """Ask whether each AMOUNT with a METRIC tells a change."""
    frame, answers = lesson.frame, lesson.answers
    description = describe_changes(frame, named_metrics(frame, answers.metrics))
    asked = np.array(sorted(answers.changes), dtype=np.int64)
    right = np.array([answers.changes[figure] for figure in asked.tolist()], dtype=np.bool_)
    return Task(Description(description.counts[asked], description.symbols[asked]), asked, right)


def fit_question(
    lessons: Sequence[Lesson], ask: Callable[[Lesson], Task], schedule: Schedule, *, folds: int, seed: int
) -> Scorer:
    """Train the scorer of a question, and make its scores log odds.

    Parameters
    ----------
    lessons
        What to learn from.
    ask
        Makes the task of a lesson.
    schedule
        How.
    folds
        The reports are parted in so many; what a scorer trained without a part says of it shows how far to trust scores.
        They stand as they are if there are too few reports for that. Scores of gold spans could be trusted further, but
        none come in use, so they are asked only where there are no others.
    seed
        Same lessons and same seed, same scorer.

    Raises
    ------
    MissingExtraError
        If threadpoolctl is not installed.
    """
    with _one_thread():
        return _fit_question(lessons, ask, schedule, folds, seed)


def _one_thread() -> AbstractContextManager[Any]:
    """Keep numpy to one thread: sums split among several come out otherwise in the last bit, and the scorer with them."""
    try:
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - a trained pipeline runs without it
    except ImportError as error:
        raise MissingExtraError("training relations needs threadpoolctl: pip install 'zhibiao[train]'") from error
    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits


def _fit_question(
    lessons: Sequence[Lesson], ask: Callable[[Lesson], Task], schedule: Schedule, folds: int, seed: int
) -> Scorer:
    tasks = [ask(lesson) for lesson in lessons]
    scorer = fit_scorer(join_tasks(tasks), schedule, seed=seed)
    reports = sorted({lesson.report for lesson in lessons})
    if folds < 2 or len(reports) < folds:
        return scorer
    asked = {lesson.gold for lesson in lessons} == {True}
    part_of = {report: place * folds // len(reports) for place, report in enumerate(reports)}
    part = [part_of[lesson.report] for lesson in lessons]
    joined, scores = [], []
    for number in range(folds):
        inside = [n for n, its in enumerate(part) if its == number and lessons[n].gold == asked]
        outside = join_tasks([task for task, its in zip(tasks, part, strict=True) if its != number])
        if not outside.right.any():
            return scorer
        joined += [tasks[n] for n in inside]
        one = fit_scorer(outside, schedule, seed=seed)
        scores += [one.score(tasks[n].description) for n in inside]
    whole = join_tasks(joined)
    return scorer.cool(fit_temperature(np.concatenate(scores), whole.figure, whole.right))


def join_tasks(tasks: Sequence[Task]) -> Task:
    """Put tasks one after another; their figures are numbered on."""
    firsts = np.cumsum([0, *(int(task.figure[-1]) + 1 if len(task) else 0 for task in tasks)])
    return Task(
        Description(
            np.concatenate([task.description.counts for task in tasks]),
            np.concatenate([task.description.symbols for task in tasks]),
        ),
        np.concatenate([task.figure + first for task, first in zip(tasks, firsts, strict=False)]),
        np.concatenate([task.right for task in tasks]),
    )
