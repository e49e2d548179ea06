from collections.abc import Callable
from pathlib import Path

import pytest

from zhibiao.corpus.gold import GoldReport, make_gold, write_gold
from zhibiao.corpus.marks import read_marked
from zhibiao.evaluation.harness import compare_evaluations, evaluate
from zhibiao.evaluation.record import Record, make_record
from zhibiao.evaluation.systems import load_system
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report


@pytest.fixture
def gold_of() -> Callable[..., GoldReport]:
    """Make a gold report from a marked text."""

    def make(marked: str, report_id: str = "g1") -> GoldReport:
        read = read_marked(marked, where=report_id)
        report = make_text_report(read.text.rstrip("\n"), report_id=report_id, source=f"{report_id}.txt")
        return make_gold(
            report,
            report_id=report_id,
            origin="authored",
            annotation=Annotation(read.entities, read.relations),
            facts=read.facts,
        )

    return make


@pytest.fixture
def annotator(tmp_path: Path, gold_of: Callable[..., GoldReport]) -> Callable[..., str]:
    """Write another annotator's copies and give their folder's name."""

    def write(*marked: str) -> str:
        folder = tmp_path / "copies"
        folder.mkdir()
        for number, text in enumerate(marked):
            write_gold(gold_of(text, f"c{number}"), folder)
        return str(folder)

    return write


@pytest.fixture
def record_of(tmp_path: Path, gold_of: Callable[..., GoldReport]) -> Callable[..., Record]:
    """Evaluate one or two marked copies of a text, over reports that differ in their number alone."""

    def make(gold: str, *copies: str, reports: int = 1) -> Record:
        truth = [gold_of(f"第{n}号。{gold}", f"g{n}") for n in range(reports)]
        scored = []
        for number, copy in enumerate(copies):
            folder = tmp_path / f"system{number}"
            folder.mkdir()
            for n in range(reports):
                (folder / f"{n}.txt").write_text(f"第{n}号。{copy}", encoding="utf-8")
            scored.append(evaluate(load_system(str(folder), truth), truth, samples=100))
        if len(scored) == 1:
            return make_record(scored[0])
        return make_record(scored[0], scored[1], compare_evaluations(scored[0], scored[1], samples=100))

    return make
