from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.annotation.queue import (
    Order,
    QueueItem,
    figure_grams,
    measure_disagreement,
    measure_novelty,
    measure_uncertainty,
    rank_reports,
)
from zhibiao.annotation.queue_files import doccano_score, read_queue, write_queue
from zhibiao.annotation.suggestions import SuggestedReport, from_gold
from zhibiao.corpus.gold import GoldReport
from zhibiao.errors import InputError
from zhibiao.records import Annotation

Make = Callable[..., GoldReport]


def scored(gold: GoldReport, score: float) -> SuggestedReport:
    report = from_gold(gold)
    return report.model_copy(
        update={
            "spans": tuple(span.model_copy(update={"score": score}) for span in report.spans),
            "relations": tuple(one.model_copy(update={"score": score}) for one in report.relations),
        }
    )


@pytest.fixture
def reports(make_report: Make) -> dict[str, SuggestedReport]:
    return {f"t-{i}": scored(make_report(report_id=f"t-{i}"), score) for i, score in enumerate((0.9, 0.5, 0.7))}


def test_the_least_certain_comes_first(reports: dict[str, SuggestedReport]) -> None:
    assert [item.report_id for item in rank_reports([reports], order=Order.UNCERTAINTY)] == ["t-1", "t-2", "t-0"]


def test_the_one_on_which_voters_differ_comes_first(reports: dict[str, SuggestedReport]) -> None:
    other = dict(reports)
    other["t-2"] = other["t-2"].model_copy(update={"spans": (), "relations": ()})
    items = rank_reports([reports, other], order=Order.DISAGREEMENT)
    assert (items[0].report_id, items[0].disagreement, items[1].disagreement) == ("t-2", 1.0, 0.0)


def test_new_wording_comes_first(make_report: Make) -> None:
    known = make_report()
    new = make_report("⟦M1:粮食总产量⟧⟦A2:9吨⟧\n====\nM1 A2 value", report_id="new")
    voters = [{one.report_id: from_gold(one) for one in (known, new)}]
    items = rank_reports(voters, [known.text], order=Order.NOVELTY)
    assert [(item.report_id, item.novelty) for item in items][1] == ("t-0", 0.0)


def test_a_voter_that_read_another_text_does_not_count(reports: dict[str, SuggestedReport]) -> None:
    other = {name: report.model_copy(update={"text": "别的", "spans": ()}) for name, report in reports.items()}
    assert {item.disagreement for item in rank_reports([reports, other])} == {None}


@given(st.integers(), st.sampled_from(Order))
def test_every_report_has_one_place(seed: int, order: Order) -> None:
    bare = {
        f"r{i}": SuggestedReport(
            report_id=f"r{i}", origin="real", source="", part=0, header=None, text="5家" * i, spans=(), relations=()
        )
        for i in range(1, 6)
    }
    items = rank_reports([bare], order=order, seed=seed)
    assert sorted(item.report_id for item in items) == sorted(bare)
    assert all(0 <= item.value <= 1 for item in items)


def test_nothing_to_measure_is_undefined() -> None:
    assert measure_uncertainty(Annotation()) is None
    assert measure_disagreement([Annotation()]) is None
    assert measure_novelty("天气晴好。", figure_grams("5家")) is None


def test_a_queue_is_read_as_it_was_written(tmp_path: Path) -> None:
    items = [QueueItem("a-0", 0.9, 0.25, None, 0.5), QueueItem("b-0", 0.1, None, 0.0, None)]
    write_queue(items, tmp_path / "queue.jsonl")
    assert read_queue(tmp_path / "queue.jsonl") == items
    assert [doccano_score(item) for item in items] == [10.0, 90.0]


@pytest.mark.parametrize("content", ["{}\n", "x\n"])
def test_other_files_are_no_queue(tmp_path: Path, content: str) -> None:
    (tmp_path / "q").write_text(content)
    with pytest.raises(InputError, match="not a queue"):
        read_queue(tmp_path / "q")
