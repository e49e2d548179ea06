from collections.abc import Callable
from pathlib import Path

import pytest

from zhibiao.corpus.gold import GoldReport, make_gold, write_gold
from zhibiao.corpus.marks import read_marked
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
