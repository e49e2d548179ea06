"""``zhibiao preview``: where a run's fact table is, and its first rows."""

from __future__ import annotations

import csv
import json
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from zhibiao.errors import InputError

COLUMNS = ("holder", "metric", "kind", "figure", "value_low", "unit", "status", "period")
# Of a pipe or a log file, which tell no width of their own.
PLAIN_WIDTH = 120


def preview(
    output: Annotated[Path, typer.Argument(help="Folder that `zhibiao extract` wrote, with facts.csv.")] = Path(
        "output"
    ),
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="How many rows.")] = 12,
) -> None:
    """Say where the fact table is and print its first rows.

    Example: zhibiao preview output --rows 20
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    path = output / "facts.csv"
    if not path.is_file():
        raise InputError(
            "no facts.csv here: run `zhibiao extract PATH --output DIR --format csv` first", where=str(output)
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        facts = list(islice(csv.DictReader(file), rows))
    counts = json.loads((output / "run.json").read_text("utf-8"))["counts"]
    console = Console()
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    table = Table(
        box=SIMPLE_HEAD, title=f"The first {len(facts)} of {sum(counts['facts'].values())} facts", title_justify="left"
    )
    for column in COLUMNS:
        table.add_column(column, overflow="fold")
    for fact in facts:
        table.add_row(*(Text(fact[column]) for column in COLUMNS))
    console.print(table)
    console.print(f"The fact table: {path}", highlight=False, soft_wrap=True)
