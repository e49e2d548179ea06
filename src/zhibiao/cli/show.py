"""``zhibiao show``: what was found in one file, in the terminal or as a web page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from zhibiao.records import Fact, ReadReport

STYLES = {
    "ORG": "black on bright_blue",
    "METRIC": "black on green",
    "AMOUNT": "black on yellow",
    "RANK": "black on magenta",
}


def show(
    file: Annotated[Path, typer.Argument(help="A report: txt, html, docx or pdf.")],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a web page instead, with spans, arcs and facts.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Pipeline name or folder; 'rules' for the rules.")] = None,
) -> None:
    """Show the spans, relations and facts of one report.

    Example: zhibiao show corpus/raw/004_436b926cad533c7a.txt --html report.html
    """
    from rich.console import Console

    from zhibiao.pipes.load import load_pipeline
    from zhibiao.readers import read_source
    from zhibiao.text.reports import make_reports

    pipeline = load_pipeline(model)
    results = list(pipeline.read(make_reports(read_source(file, name=file.name))))
    if html is not None:
        from zhibiao.formats.report_page import render_page

        html.write_text(render_page(file.name, results, pipeline.name), encoding="utf-8")
        typer.echo(html)
        return
    console = Console()
    for result in results:
        _print_report(console, result)


def _print_report(console: Console, result: ReadReport) -> None:
    from rich.text import Text

    report = result.report
    console.rule(report.title or report.source)
    console.print(
        f"issuer {report.issuer or 'unknown'}   region {report.region_code or 'unknown'}   period {report.period or 'not stated'}",
        style="dim",
        highlight=False,
    )
    for note in report.notes:
        console.print(f"note: {note}", style="dim", highlight=False, markup=False)
    text = Text(report.text)
    for entity in result.annotation.entities:
        text.stylize(STYLES[entity.label], entity.start, entity.end)
    console.print(text)
    if result.facts:
        console.print(_facts_table(result.facts))


def _facts_table(facts: tuple[Fact, ...]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(facts)} facts", title_justify="left")
    for column in ("metric", "kind", "figure", "unit", "status", "period", "holder", "indicator"):
        table.add_column(column, overflow="fold")
    for fact in facts:
        cells = (fact.metric, fact.kind, fact.figure, fact.unit, fact.status, fact.period, fact.holder, fact.indicator)
        table.add_row(*(Text(str(cell or "")) for cell in cells))
    return table
