"""How doccano's editor bears long and dense documents; screenshots of it for the annotators' guide.

    make doccano
    DOCCANO_PASSWORD=… .venv/bin/python scripts/measure_editor.py --screenshots docs/images

The densest authored report of the gold is put together with itself up to each size and sent as one document. Given are the seconds until its spans are
drawn, the median seconds from letting go of the mouse to the drawn span, and how many screens of 800 pixels it is high. What is pushed is removed afterwards.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from zhibiao.annotation.doccano.connect import connect
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.projects import Setting, read_labels
from zhibiao.annotation.push import open_round, plan_round, push
from zhibiao.annotation.rounds import Round
from zhibiao.annotation.shares import Share
from zhibiao.annotation.suggestions import SuggestedReport, from_gold, read_suggestions
from zhibiao.corpus.gold import read_gold

sys.path.insert(0, str(Path(__file__).parent / "doccano"))
from editor import Editor

SIZES = (400, 800, 1200, 1600, 2400, 4800, 9600)
SCREEN = 800
GOLD = Path("annotations/gold")
SHOWN = "r000-0"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--screenshots", type=Path, help="folder for screenshots; without it sizes are measured")
    arguments = parser.parse_args()
    password = os.environ["DOCCANO_PASSWORD"]
    with connect(arguments.url, "admin", password) as transport, tempfile.TemporaryDirectory() as folder:
        round_ = Round(Path(folder, "2026-11"))
        if arguments.screenshots:
            reports, size = [from_gold(read_gold(GOLD / f"{SHOWN}.jsonl"))], 1200
        else:
            reports, size = [stretch(densest(), size) for size in SIZES], max(SIZES) * 2
        name, key, project = send(transport, round_, reports, size)
        try:
            with Editor(arguments.url, name, key, width=1280, height=SCREEN) as editor:
                if arguments.screenshots:
                    shoot(editor, project, arguments.screenshots)
                else:
                    Console(width=100).print(measure(editor, project, reports))
        finally:
            transport.delete_project(project)


def densest() -> SuggestedReport:
    """Give the report with most spans for its length."""
    return max(read_suggestions([GOLD]), key=lambda report: len(report.spans) / len(report.text))


def stretch(report: SuggestedReport, size: int) -> SuggestedReport:
    """Repeat a report, or cut it behind a sentence, to about a size."""
    text, spans, relations = "", [], []
    while len(text) < size:
        at, first = len(text), len(spans)
        text += report.text + "\n"
        spans += [
            s.model_copy(update={"id": first + s.id, "start": at + s.start, "end": at + s.end}) for s in report.spans
        ]
        relations += [
            r.model_copy(update={"id": len(relations) + i, "head": first + r.head, "child": first + r.child})
            for i, r in enumerate(report.relations)
        ]
    end = text.find("。", size) + 1 or len(text)
    kept = [span for span in spans if span.end <= end]
    ids = {span.id for span in kept}
    return report.model_copy(
        update={
            "report_id": f"dense-{size}",
            "text": text[:end],
            "spans": tuple(kept),
            "relations": tuple(one for one in relations if {one.head, one.child} <= ids),
            "facts": (),
        }
    )


def send(transport: Transport, round_: Round, reports: list[SuggestedReport], size: int) -> tuple[str, str, int]:
    """Push the reports, and give an annotator's name and password, and the project."""
    name = f"anna{secrets.token_hex(2)}"
    setting = Setting(read_labels(Path("annotations/labels.json")), "")
    info, shares = open_round(round_, transport.url, [Share(name)], size=size)
    push(transport, round_, info, plan_round(round_, info, reports, shares), setting)
    return name, setting.passwords[name], round_.read_documents()[0].project


def measure(editor: Editor, project: int, reports: list[SuggestedReport]) -> Table:
    """Open every document, and draw three spans in it."""
    table = Table("characters", "spans", "relations", "drawn after s", "new span after s", "screens")
    for number, report in enumerate(reports, 1):
        editor.open(project, number)
        opened = statistics.median(editor.open(project, number) for _ in range(3))
        height = editor.height()
        # words without a span on the first screen, to draw one over
        free = [report.text[i : i + 2] for i in range(min(120, len(report.text) - 2)) if is_free(report, i)]
        editor.choose("o")
        drawn = [editor.draw(words) for words in free[::9][:3]]
        table.add_row(
            str(len(report.text)), str(len(report.spans)), str(len(report.relations)),
            f"{opened:.1f}", f"{statistics.median(drawn):.2f}", f"{height / SCREEN:.1f}",
        )  # fmt: skip
    return table


def is_free(report: SuggestedReport, start: int) -> bool:
    """Tell whether two characters stand in no span, on one line, and nowhere before."""
    words = report.text[start : start + 2]
    apart = all(span.end <= start or span.start >= start + 2 for span in report.spans)
    return apart and words.isalpha() and report.text.find(words) == start


def shoot(editor: Editor, project: int, folder: Path) -> None:
    """Take the pictures of the guide."""
    editor.open(project, 2)
    editor.page.wait_for_timeout(500)
    editor.shoot(folder / "doccano-editor.png")
    editor.page.locator(".v-input--switch").click()
    editor.page.wait_for_timeout(300)
    editor.page.keyboard.press("v")
    editor.page.wait_for_timeout(300)
    editor.shoot(folder / "doccano-relations.png")


if __name__ == "__main__":
    main()
