from collections.abc import Callable, Sequence

import pytest

from zhibiao.annotation.queue import Order
from zhibiao.annotation.simulation import Point, Predict, reports_needed, simulate
from zhibiao.corpus.gold import GoldReport
from zhibiao.records import Annotation, Entity

METRICS = ("高企总数", "专利授权量", "技术合同", "粮食产量", "孵化器")


def learn_by_heart(reports: Sequence[GoldReport]) -> Predict:
    """Know the METRICs that were annotated, and no other."""
    known = {(entity.text, entity.label) for report in reports for entity in report.entities}

    def predict(gold: GoldReport) -> Annotation:
        found = [entity for entity in gold.annotation().entities if (entity.text, entity.label) in known]
        return Annotation(tuple(Entity(e.id, e.label, e.start, e.end, e.text, 0.9) for e in found))

    return predict


@pytest.fixture
def pool(make_report: Callable[..., GoldReport]) -> list[GoldReport]:
    marked = "⟦M1:{}⟧⟦A2:5家⟧\n====\nM1 A2 value"
    return [make_report(marked.format(METRICS[i % 5]), report_id=f"p-{i}") for i in range(15)]


@pytest.mark.parametrize("order", list(Order))
def test_each_order_annotates_what_was_asked_and_learns(pool: list[GoldReport], order: Order) -> None:
    points = simulate(pool, pool[:5], learn_by_heart, order=order, step=3, rounds=5, seed=1)
    assert [point.reports for point in points] == [3, 6, 9, 12, 15]
    assert points[-1].f1 == 1.0
    assert [point.f1 for point in points] == sorted(point.f1 for point in points)


def test_novelty_finds_all_indicators_first(pool: list[GoldReport]) -> None:
    points = simulate(pool, pool[:5], learn_by_heart, order=Order.NOVELTY, step=1, rounds=5, seed=0)
    assert points[-1].f1 == 1.0


def test_disagreement_asks_the_other_voter(pool: list[GoldReport]) -> None:
    asked: list[str] = []

    def vote(gold: GoldReport) -> Annotation:
        asked.append(gold.report_id)
        return gold.annotation()

    simulate(pool, pool[:5], learn_by_heart, order=Order.DISAGREEMENT, step=3, rounds=2, seed=1, other_voter=vote)
    assert len(asked) == 12


@pytest.mark.parametrize(("f1", "needed"), [(0.4, 3.0), (0.55, 4.5), (0.7, 9.0), (0.9, None)])
def test_reports_needed_lie_between_the_points(f1: float, needed: float | None) -> None:
    points = [Point(3, 0, 0.5), Point(6, 0, 0.6), Point(9, 0, 0.7)]
    assert reports_needed(points, f1) == needed
