import sys

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from zhibiao.errors import MissingExtraError
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.pipes.relations.scorer import Schedule, Task
from zhibiao.pipes.relations.training import Lesson, View, fit_question, make_lessons, metric_task
from zhibiao.records import Annotation, Entity, Relation
from zhibiao.rules.spans import LabelledSpan

SCHEDULE = Schedule(members=1, rows=2**6, width=4, epochs=1, rate=0.01)


def lessons() -> list[Lesson]:
    entities = (Entity(0, EntityLabel.METRIC, 0, 2, "高企"), Entity(1, EntityLabel.AMOUNT, 3, 7, "125家"))
    gold = Annotation(entities, (Relation(0, 1, RelationLabel.HAS_VALUE),))
    spans = tuple(LabelledSpan(entity.start, entity.end, entity.label) for entity in entities)
    return list(make_lessons(0, "高企达125家", [(0, 7)], gold, [View(spans, gold=True)]))


def test_numpy_keeps_to_one_thread_while_a_question_is_learned() -> None:
    seen: list[int] = []

    def ask(lesson: Lesson) -> Task:
        seen.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        return metric_task(lesson)

    with threadpool_limits(2):
        fit_question(lessons(), ask, SCHEDULE, folds=0, seed=0)
    assert seen
    assert set(seen) == {1}


def test_without_threadpoolctl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "threadpoolctl", None)
    with pytest.raises(MissingExtraError, match=r"zhibiao\[train\]"):
        fit_question(lessons(), metric_task, SCHEDULE, folds=0, seed=0)
