"""``zhibiao traps``: how many hand-made trap cases of each class a pipeline passes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from zhibiao.evaluation.trap_rates import TrapRate
    from zhibiao.evaluation.traps import TrapResult

# Of a pipe or a log file, which tell no width of their own.
PLAIN_WIDTH = 120


def traps(
    system: Annotated[str, typer.Argument(help="A pipeline: 'rules', a folder, a package.")],
    *,
    cases: Annotated[Path, typer.Option(help="The file of cases.")] = Path("tests/data/traps.txt"),
    failed: Annotated[bool, typer.Option("--failed", help="Print the failed cases, marked and found.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print rates and failed cases as JSON.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Make these rates the recorded ones.")] = False,
    rates: Annotated[Path, typer.Option(help="The file of recorded rates.")] = Path("tests/data/trap_rates.toml"),
) -> None:
    """Count by class how many trap cases a pipeline passes: single sentences, each right as a whole or wrong.

    Example: zhibiao traps rules --failed
    """
    from zhibiao.evaluation.trap_rates import count_traps, record_rates
    from zhibiao.evaluation.traps import read_traps, run_traps
    from zhibiao.pipes.load import load_pipeline

    pipeline = load_pipeline(system)
    results = run_traps(pipeline, read_traps(cases))
    counted = count_traps(results)
    if as_json:
        typer.echo(json.dumps(_make_record(pipeline.name, counted, results), ensure_ascii=False, indent=1))
    else:
        _print(pipeline.name, counted, [result for result in results if failed and not result.passed])
    if record:
        record_rates(pipeline.name, counted, rates)
        typer.echo(f"recorded: {rates}", err=True)


def _print(system: str, counted: Sequence[TrapRate], failed: Sequence[TrapResult]) -> None:
    from rich.console import Console

    for result in failed:
        typer.echo("\n".join(_lines(result)))
    console = Console()
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    console.print(_table(system, counted))
    typer.echo("passed: spans, relations and stated fact words are all right; linked: spans and relations are")
    typer.echo("spans: every span is right; overlap: spans and relations are right but for the ends of spans")


def _lines(result: TrapResult) -> list[str]:
    """Write a failed case: what its author marked, what was found, and what the facts say that they should not."""
    from zhibiao.evaluation.traps import mark_found

    if result.spans and result.relations:
        return [result.trap.name, *(f"  {line}" for line in (*result.trap.lines, *result.faults)), ""]
    told, found = result.trap.lines, mark_found(result.found)
    lines = [f"  gold   {told[0]}", f"         {'; '.join(told[1:])}"]
    lines += [*(f"  found  {line}" for line in found[0].splitlines()), f"         {'; '.join(found[1:])}"]
    return [result.trap.name, *lines, ""]


def _table(system: str, counted: Sequence[TrapRate]) -> Table:
    from rich.table import Table

    from zhibiao.evaluation.trap_rates import add_rates

    table = Table(title=f"Trap cases: {system}", title_justify="left")
    table.add_column("class")
    for column in ("cases", "overlap", "spans", "linked", "passed", "share", "95 % interval"):
        table.add_column(column, justify="right")
    for rate in counted:
        table.add_row(*_cells(rate))
    table.add_section()
    table.add_row(*_cells(add_rates(counted)))
    return table


def _cells(rate: TrapRate) -> list[str]:
    numbers = (rate.cases, rate.overlap, rate.spans, rate.relations, rate.passed)
    interval = f"{rate.interval.low:.2f} to {rate.interval.high:.2f}"
    return [rate.group, *map(str, numbers), f"{rate.share:.2f}", interval]


def _make_record(system: str, counted: Sequence[TrapRate], results: Sequence[TrapResult]) -> dict[str, object]:
    from zhibiao.evaluation.trap_rates import add_rates
    from zhibiao.evaluation.traps import mark_found

    return {
        "system": system,
        "rates": [
            {
                "class": rate.group,
                "cases": rate.cases,
                "overlap": rate.overlap,
                "spans": rate.spans,
                "linked": rate.relations,
                "passed": rate.passed,
                "interval": [round(rate.interval.low, 4), round(rate.interval.high, 4)],
            }
            for rate in (*counted, add_rates(counted))
        ],
        "failed": [
            {
                "id": result.trap.name,
                "class": result.trap.group,
                "gold": list(result.trap.lines),
                "found": list(mark_found(result.found)),
                "faults": list(result.faults),
            }
            for result in results
            if not result.passed
        ],
    }
