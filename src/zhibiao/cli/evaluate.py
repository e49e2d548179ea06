"""``zhibiao evaluate``: score a system on gold reports, with intervals, mistakes and a signature."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from zhibiao.evaluation.harness import Difference, Evaluation
    from zhibiao.scoring.counts import Counts
    from zhibiao.scoring.intervals import Interval

WORSE = 1
# Of a pipe or a log file, which tell no width of their own.
PLAIN_WIDTH = 120
LARGEST = 12


def evaluate(
    system: Annotated[
        str,
        typer.Argument(help="A pipeline ('rules', a folder, a package), a spans.jsonl, or another annotator's copies."),
    ],
    gold: Annotated[list[Path], typer.Argument(help="Gold files or folders of them.")],
    *,
    split: Annotated[list[str] | None, typer.Option(help="Only the reports of this split; may be repeated.")] = None,
    splits: Annotated[Path, typer.Option(help="Which report stands in which split.")] = Path("corpus/splits.toml"),
    against: Annotated[str | None, typer.Option(help="A second system, compared with the first.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for evaluation.json, .md and .html.")
    ] = None,
    samples: Annotated[int, typer.Option(min=100, help="Resamples for the intervals.")] = 2000,
    seed: Annotated[int, typer.Option(help="Of the resampling.")] = 0,
    released: Annotated[
        Path | None, typer.Option(help="Fail if a score is worse than the one released in this file.")
    ] = None,
    release: Annotated[Path | None, typer.Option(help="Write the scores into this file as released.")] = None,
) -> None:
    """Score a system on gold reports: entities, relations, facts and their slots.

    Example: zhibiao evaluate rules annotations/gold --split dev --split authored_dev --output output/evaluation
    """
    from zhibiao.corpus.examples import read_gold_paths
    from zhibiao.evaluation.gate import find_losses, release_scores
    from zhibiao.evaluation.harness import compare_evaluations
    from zhibiao.evaluation.harness import evaluate as evaluate_system
    from zhibiao.evaluation.systems import load_system

    reports = read_gold_paths(gold, splits=splits if split else None, chosen=split or ())
    first = evaluate_system(load_system(system, reports), reports, samples=samples, seed=seed)
    second, differences = None, []
    if against is not None:
        second = evaluate_system(load_system(against, reports), reports, samples=samples, seed=seed)
        differences = compare_evaluations(first, second, samples=samples, seed=seed)
    _print(first, second, differences)
    if output is not None:
        _write(output, first, second, differences)
    if release is not None:
        release_scores(first, release)
    if released is not None:
        losses = find_losses(first, released)
        for loss in losses:
            typer.echo(f"worse than released: {loss}")
        typer.echo(f"{len(losses)} scores worse than released in {released}", err=True)
        if losses:
            raise typer.Exit(WORSE)


def _write(output: Path, first: Evaluation, second: Evaluation | None, differences: list[Difference]) -> None:
    import json

    from zhibiao.evaluation.markdown import render_markdown
    from zhibiao.evaluation.page import render_page
    from zhibiao.evaluation.record import make_record

    record = make_record(first, second, differences)
    output.mkdir(parents=True, exist_ok=True)
    contents = {
        "evaluation.json": json.dumps(record, ensure_ascii=False, indent=1) + "\n",
        "evaluation.md": render_markdown(record),
        "evaluation.html": render_page(record),
    }
    for name, content in contents.items():
        (output / name).write_text(content, encoding="utf-8", newline="\n")
        typer.echo(f"written: {output / name}", err=True)


def _print(first: Evaluation, second: Evaluation | None, differences: list[Difference]) -> None:
    from rich.console import Console
    from rich.table import Table

    from zhibiao.evaluation.mistakes import count_mistakes

    console = Console()
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    for note in first.notes:
        typer.echo(f"note: {note}", err=True)
    console.print(_scores_table(first))
    mistakes = Table("mistake", "label", "number", title=f"The largest of {len(first.mistakes)} mistakes")
    for kind, label, number in count_mistakes(first.mistakes)[:LARGEST]:
        mistakes.add_row(kind, label, str(number))
    console.print(mistakes)
    if second is not None:
        console.print(_differences_table(second, differences))
    console.print(str(first.signature), style="dim", highlight=False, soft_wrap=True)


def _scores_table(evaluation: Evaluation) -> Table:
    from rich.table import Table

    table = Table(title=f"{evaluation.signature.system} on {len(evaluation.reports)} reports", title_justify="left")
    for column in ("counted", "label"):
        table.add_column(column)
    for column in ("gold", "found", "precision", "recall", "F1", "95 % interval"):
        table.add_column(column, justify="right")
    layer = None
    for score in evaluation.scores:
        if score.layer != layer and layer is not None:
            table.add_section()
        counts, name = score.counts, "" if score.layer == layer else score.layer
        layer = score.layer
        table.add_row(
            name, score.label, f"{counts.reference:,}", f"{counts.predicted:,}", *_rates(counts), _range(score.interval)
        )
    return table


def _differences_table(second: Evaluation, differences: list[Difference]) -> Table:
    from rich.table import Table

    table = Table(title=f"F1 of {second.signature.system}, less that of the first", title_justify="left")
    for column in ("counted", "label"):
        table.add_column(column)
    for column in ("difference", "95 % interval", "p"):
        table.add_column(column, justify="right")
    for one in differences:
        comparison = one.comparison
        p_value = "" if comparison.p_value is None else f"{comparison.p_value:.4f}"
        difference = f"{comparison.difference:+.3f}"
        table.add_row(one.layer, one.label, difference, _range(comparison.interval), p_value)
    return table


def _rates(counts: Counts) -> tuple[str, str, str]:
    """Write precision, recall and F1; of a handful of items the counts themselves, since decimals would lie."""
    from zhibiao.scoring.intervals import FEWEST_ITEMS

    if counts.reference < FEWEST_ITEMS:
        return "", "", f"{counts.matched} of {counts.reference}"
    precision, recall, f1 = (
        "–" if rate is None else f"{rate:.3f}" for rate in (counts.precision, counts.recall, counts.f1)
    )
    return precision, recall, f1


def _range(interval: Interval | None) -> str:
    return "too few to say" if interval is None else f"{interval.low:.3f} to {interval.high:.3f}"
