"""``zhibiao weak``: labelling functions looked at, and reports labelled by their vote."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zhibiao.corpus.gold import GoldReport
    from zhibiao.weak.aggregation import Aggregation
    from zhibiao.weak.analysis import FunctionRow
    from zhibiao.weak.functions import LabellingFunction
    from zhibiao.weak.labelling import VotedReport

weak = typer.Typer(help="Weak supervision: labelling functions, what each is worth, and silver by their vote.")

REJECTED_INPUTS = 3
GOLD = Path("annotations/gold")
SPLITS = Path("corpus/splits.toml")

Patterns = Annotated[
    list[Path] | None, typer.Option("--patterns", help="TOML file with pattern functions of your own; may be repeated.")
]
Neural = Annotated[bool, typer.Option("--neural", help="Ask the slow functions too: the neural tagger.")]
How = Annotated[str, typer.Option("--aggregation", "-a", help="majority, generative, or weighted (learns from gold).")]


@weak.command()
def analyse(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Gold files or folders of them, or reports without gold."),
    ] = None,
    *,
    split: Annotated[str | None, typer.Option(help="Only the gold reports of this split.")] = None,
    splits: Annotated[Path, typer.Option(help="Which report stands in which split.")] = SPLITS,
    aggregation: How = "generative",
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write the table as CSV too.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the table as JSON too.")] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", help="Write it as one web page too, with what each function does.")
    ] = None,
    patterns: Patterns = None,
    neural: Neural = False,
) -> None:
    """Show what each labelling function does, and against gold what it is worth.

    Example: zhibiao weak analyse annotations/gold --split train --html functions.html

    votes, against: items it votes for and against. coverage: share of items it votes on; overlaps, conflicts: of those, with another vote,
    and with another opinion. precision, recall, accuracy: against gold. loss: F1 that the vote loses without it.
    """
    import json

    from zhibiao.formats.jsonl import write_lines
    from zhibiao.weak.analysis import analyse as make_table
    from zhibiao.weak.analysis import as_csv, as_records

    functions = _functions(patterns, neural=neural)
    reports = _voted(paths or [GOLD], functions, split, splits)
    way = _aggregation(aggregation)
    rows = make_table(reports, functions, way)
    _print_table(rows)
    if csv_file is not None:
        write_lines(as_csv(rows).splitlines(), csv_file)
    if json_file is not None:
        write_lines([json.dumps(as_records(rows), ensure_ascii=False)], json_file)
    if html_file is not None:
        write_lines([_make_page(rows, functions, reports, way)], html_file)
    _print_faults([str(fault) for report in reports for fault in report.faults])


@weak.command()
def label(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Reports, or folders of them: txt, html, docx, pdf.")
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the results.")],
    aggregation: How = "generative",
    gold: Annotated[Path | None, typer.Option(help="Gold files to learn the weights from.")] = None,
    split: Annotated[str, typer.Option(help="The split whose gold may be learnt from.")] = "train",
    splits: Annotated[Path, typer.Option(help="Which report stands in which split.")] = SPLITS,
    patterns: Patterns = None,
    neural: Neural = False,
) -> None:
    """Label reports by the vote: silver in the gold format, with confidence, votes and missing stretches.

    Example: zhibiao weak label reports/ --output silver --aggregation weighted --gold annotations/gold

    DIR gets silver.jsonl (one line per report, which doccano imports as pre-annotation), ledger.jsonl (what became of each file),
    faults.txt (functions that raised) and run.json. Run an interrupted command again to continue it.

    Exit code 3: some files were rejected. The ledger says why, and the rest is written.
    """
    from zhibiao.weak.job import label_files

    functions = _functions(patterns, neural=neural)
    known = [] if gold is None else _read_gold([gold], split, splits)
    with _progress() as progress:
        summary = label_files(
            paths, output, functions, aggregation=_aggregation(aggregation), gold=known, progress=progress
        )
    files = ", ".join(f"{number} {status}" for status, number in summary.files.items())
    typer.echo(
        f"{summary.silver_path}\n{summary.entities} entities and {summary.relations} relations in {summary.reports} reports;"
        f" files: {files}"
    )
    _print_faults([str(fault) for fault in summary.faults])
    if summary.files["rejected"]:
        raise typer.Exit(REJECTED_INPUTS)


def _make_page(
    rows: list[FunctionRow], functions: tuple[LabellingFunction, ...], reports: list[VotedReport], chosen: Aggregation
) -> str:
    from zhibiao.weak.aggregation import Aggregation
    from zhibiao.weak.analysis import score_votes
    from zhibiao.weak.page import render_page

    # The weighted vote learns from the gold it would be scored against: it stands there only if asked for.
    ways = [way for way in Aggregation if way is not Aggregation.WEIGHTED or way is chosen]
    scores = score_votes(reports, functions, ways)
    return render_page(rows, functions, aggregation=chosen, scores=scores, reports=len(reports))


def _functions(patterns: list[Path] | None, *, neural: bool) -> tuple[LabellingFunction, ...]:
    from zhibiao.weak.functions import check_names, load_functions
    from zhibiao.weak.patterns import read_patterns

    own = [function for path in patterns or [] for function in read_patterns(path)]
    return check_names([*load_functions(slow=neural), *own])


def _aggregation(name: str) -> Aggregation:
    from zhibiao.errors import InputError
    from zhibiao.weak.aggregation import Aggregation

    try:
        return Aggregation(name)
    except ValueError:
        raise InputError(f"no aggregation is called {name!r}; there are {', '.join(Aggregation)}") from None


def _voted(
    paths: list[Path], functions: tuple[LabellingFunction, ...], split: str | None, splits: Path
) -> list[VotedReport]:
    """Vote on gold files where there are any among the paths, else on reports."""
    from zhibiao.errors import InputError
    from zhibiao.readers import read_source, walk_paths
    from zhibiao.text.reports import make_reports
    from zhibiao.weak.labelling import vote
    from zhibiao.weak.views import ReportView

    gold = _read_gold(paths, split, splits)
    voted = [vote(ReportView(report.text), functions, report.annotation()) for report in gold]
    if not gold and split is None:
        sources = [read_source(found.path, name=found.name) for found in walk_paths(paths) if found.skip is None]
        reports = [report for source in sources for report in make_reports(source)]
        voted = [vote(ReportView(report.text, report.sentences), functions) for report in reports]
    if not voted:
        raise InputError("no report to look at", where=", ".join(map(str, paths)))
    return voted


def _read_gold(paths: list[Path], split: str | None, splits: Path) -> list[GoldReport]:
    from zhibiao.corpus.gold import read_gold
    from zhibiao.corpus.splits import read_splits

    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    reports = [read_gold(file) for file in files if file.suffix == ".jsonl"]
    if split is None:
        return reports
    split_of = read_splits(splits)
    return [report for report in reports if split_of.get(report.report_id) == split]


def _print_table(rows: list[FunctionRow]) -> None:
    from rich.console import Console
    from rich.table import Table

    titles = ("votes", "against", "coverage", "overlaps", "conflicts", "precision", "recall", "accuracy", "loss")
    table = Table("function", "on", *titles)
    for row in rows:
        shares = (row.coverage, row.overlaps, row.conflicts, row.precision, row.recall, row.accuracy)
        loss = "–" if row.loss is None else f"{row.loss:+.4f}"
        table.add_row(row.function, row.target, str(row.votes), str(row.against), *map(_show_share, shares), loss)
    # A pipe has no width of its own; the table needs this one.
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(table)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Give what moves a progress bar on stderr; None where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console) as bar:
        files = bar.add_task("files", total=None)
        yield lambda done, total: bar.update(files, completed=done, total=total)


def _show_share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _print_faults(faults: list[str]) -> None:
    for fault in faults:
        typer.echo(f"zhibiao: {fault}", err=True)
