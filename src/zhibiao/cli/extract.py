"""``zhibiao extract``: files and folders in, a table of facts out."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zhibiao.formats import TableFormat

if TYPE_CHECKING:
    from rich.console import Console

    from zhibiao.inference import RunSummary

# some inputs could not be read; the ledger lists them, and everything else is written
REJECTED_INPUTS = 3


def extract(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Reports, or folders of them: txt, html, docx, pdf.")
    ],
    *,
    output: Annotated[Path, typer.Option("--output", metavar="DIR", help="Folder for the results.")],
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME_OR_PATH",
            help="The pipeline; 'rules' for the rules. Default: the best trained one, else the rules.",
        ),
    ] = None,
    min_score: Annotated[
        float,
        typer.Option(metavar="P", min=0, max=1, help="Leave facts out that the pipeline is less sure of than this."),
    ] = 0.0,
    table_format: Annotated[TableFormat, typer.Option("--format", help="Format of the tables.")] = TableFormat.CSV,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="How many files are read at the same time.")] = 1,
    engine: Annotated[
        Literal["local", "ray"], typer.Option(help="Where: processes of this machine, or a Ray cluster.")
    ] = "local",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, and no messages but faults.")] = False,
) -> None:
    """Read reports and write the table of their facts.

    Example: zhibiao extract reports/ --output results --format xlsx --workers 2

    DIR gets facts.FORMAT (one row per fact), checks.FORMAT (figures that contradict one another, targets beside their
    actuals), spans.jsonl (the annotation), ledger.jsonl (what became of each file) and run.json.

    Run an interrupted command again to continue it.

    Exit code 3: some files were rejected. The ledger says why, and the rest is written.
    """
    # imported here, as in every command, to keep `zhibiao --help` fast
    from zhibiao.inference import extract as extract_files

    # Ray reports the death of a worker on stdout, which is for results
    with redirect_stdout(sys.stderr), _messages(quiet=quiet) as progress:
        summary = extract_files(
            paths,
            output,
            model=model,
            min_score=min_score,
            format=table_format,
            workers=workers,
            engine=engine,
            progress=progress,
        )
    print(_describe(summary))
    if summary.rejected:
        raise typer.Exit(REJECTED_INPUTS)


def _describe(summary: RunSummary) -> str:
    kinds = ", ".join(f"{number} {kind}" for kind, number in summary.facts.items())
    files = ", ".join(f"{number} {status}" for status, number in summary.files.items())
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in summary.checks.items())
    return (
        f"{summary.facts_path}\n{sum(summary.facts.values())} facts ({kinds}) in {summary.reports} reports;"
        f" files: {files}; pipeline: {summary.pipeline.name} {summary.pipeline.version}\n"
        f"{summary.checks_path}\nfindings of the checks: {sum(summary.checks.values())} ({verdicts})"
    )


@contextmanager
def _messages(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Send the log to stderr, and give what moves a progress bar there; None where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    logger, handler = logging.getLogger("zhibiao"), _ConsoleHandler(console)
    level = logger.level
    logger.setLevel(logging.ERROR if quiet else logging.INFO)
    logger.addHandler(handler)
    columns = (TextColumn("files"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        if quiet or not console.is_terminal:
            yield None
        else:
            with Progress(*columns, console=console) as bar:
                files = bar.add_task("files", total=None)
                yield lambda done, total: bar.update(files, completed=done, total=total)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


class _ConsoleHandler(logging.Handler):
    """Writes log lines above the progress bar."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line as it is: names of files are no markup."""
        self._console.print(self.format(record), markup=False, highlight=False, soft_wrap=True)
