"""``zhibiao corpus``: the gold corpus: build, check, agreement, statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from zhibiao.corpus.statistics import CountRow

corpus = typer.Typer(help="The gold corpus: build it from marked copies, check it, measure agreement, count it.")

BROKEN = 1
MARKED = Path("annotations/marked")
SETTLED = Path("annotations/settled")
GOLD = Path("annotations/gold")
AUTHORED = Path("corpus/authored")
RAW = Path("corpus/raw")
SPLITS = Path("corpus/splits.toml")


@corpus.command()
def build(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the gold files.")] = GOLD,
) -> None:
    """Build the gold files from the marked copies of the authored and the settled real reports.

    Example: zhibiao corpus build
    """
    from zhibiao.corpus.build import build_gold, source_of
    from zhibiao.corpus.gold import write_gold

    output.mkdir(parents=True, exist_ok=True)
    written = [
        write_gold(build_gold(marked, source_of(marked, authored=AUTHORED, raw=RAW)), output)
        for folder in (MARKED, SETTLED)
        for marked in sorted(folder.glob("*.txt"))
    ]
    for stale in set(output.glob("*.jsonl")) - set(written):
        stale.unlink()
    typer.echo(f"{len(written)} gold files in {output}")


@corpus.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Gold files or folders of them.")] = None,
    splits: Annotated[Path, typer.Option(help="Which report stands on which side.")] = SPLITS,
) -> None:
    """Check gold files against the annotation standard, and that every report stands in a split.

    Example: zhibiao corpus check annotations/gold
    """
    from zhibiao.corpus.check import check_gold
    from zhibiao.corpus.examples import read_gold_paths
    from zhibiao.corpus.splits import read_splits

    reports = read_gold_paths(paths or [GOLD])
    split_of = read_splits(splits)
    findings = [str(finding) for report in reports for finding in check_gold(report)]
    findings += [
        f"{report.report_id}: in no split; add it to {splits}" for report in reports if report.report_id not in split_of
    ]
    for finding in findings:
        typer.echo(finding)
    typer.echo(f"{len(reports)} gold files, {len(findings)} findings", err=True)
    if findings:
        raise typer.Exit(BROKEN)


@corpus.command()
def agree(
    first: Annotated[Path, typer.Argument(help="Folder of one annotator's marked copies.")],
    second: Annotated[Path, typer.Argument(help="Folder of the other's; files pair by name.")],
) -> None:
    """Measure how far two annotators agree on the texts both have marked.

    Example: zhibiao corpus agree annotations/agreement/A annotations/agreement/B
    """
    from rich.console import Console
    from rich.table import Table

    from zhibiao.annotation.agreement import measure_agreement
    from zhibiao.corpus.marks import read_marked
    from zhibiao.errors import InputError

    names = sorted({path.name for path in first.glob("*.txt")} & {path.name for path in second.glob("*.txt")})
    if not names:
        raise InputError("no marked copies of the same name in both folders", where=f"{first}, {second}")
    pairs = [
        (
            read_marked((first / name).read_text("utf-8"), where=str(first / name)),
            read_marked((second / name).read_text("utf-8"), where=str(second / name)),
        )
        for name in names
    ]
    agreement = measure_agreement(pairs)
    labels = Table("label", "first", "second", "F1 strict", "F1 overlap", "kappa", title=f"{len(names)} texts")
    for row in agreement.labels:
        labels.add_row(row.label, str(row.first), str(row.second), *map(_share, (row.strict, row.overlap, row.kappa)))
    slots = Table("attribute of a fact", "facts of both", "equal")
    for slot in agreement.slots:
        slots.add_row(slot.slot, str(slot.facts), _share(slot.equal))
    console = Console()
    console.print(labels)
    console.print(slots)


@corpus.command()
def statistics(
    paths: Annotated[list[Path] | None, typer.Argument(help="Gold files or folders of them.")] = None,
    splits: Annotated[Path, typer.Option(help="Which report stands on which side.")] = SPLITS,
    picture: Annotated[
        Path | None, typer.Option(help="Draw sizes, labels, shapes, years and offices into a PNG.")
    ] = None,
) -> None:
    """Count what the gold corpus holds, per split.

    Example: zhibiao corpus statistics --picture annotations/statistics.png
    """
    from rich.console import Console

    from zhibiao.corpus import statistics as counting
    from zhibiao.corpus.examples import read_gold_paths
    from zhibiao.corpus.sources import read_register
    from zhibiao.corpus.splits import read_splits

    reports, split_of = read_gold_paths(paths or [GOLD]), read_splits(splits)
    origins = counting.Origins.read([*read_register(AUTHORED), *read_register(RAW)])
    tables = {
        title: counting.count_by_split(reports, split_of, names)
        for title, names in (
            ("size", counting.sizes),
            ("spans and relations", counting.labels),
            ("amounts by shape", counting.shapes),
            ("facts by status and aspect", counting.facts),
            ("reports by office", origins.offices),
            ("reports by year", origins.years),
            ("reports by province", origins.provinces),
        )
    }
    console = Console()
    for title, rows in tables.items():
        console.print(_counts_table(title, rows))
    if picture is not None:
        # Province names need a Chinese font, sizes are of different orders: both are in the tables alone.
        counting.draw_counts(
            {t: rows for t, rows in tables.items() if t not in ("size", "reports by province")}, picture
        )


@corpus.command()
def docbin(
    output: Annotated[Path, typer.Argument(help="The file to write, such as build/dev.spacy.")],
    paths: Annotated[list[Path] | None, typer.Argument(help="Gold files or folders of them.")] = None,
    split: Annotated[list[str] | None, typer.Option(help="Only the reports of this split; may be repeated.")] = None,
    splits: Annotated[Path, typer.Option(help="Which report stands on which side.")] = SPLITS,
) -> None:
    """Write gold as spaCy's binary format, with entities and relations.

    Example: zhibiao corpus docbin build/dev.spacy --split dev, then: spacy evaluate models/zhibiao_zh_fast build/dev.spacy
    """
    from zhibiao.corpus.examples import make_docbin, read_gold_paths
    from zhibiao.pipes.document import blank_pipeline

    reports = read_gold_paths(paths or [GOLD], splits=splits if split else None, chosen=split or ())
    output.parent.mkdir(parents=True, exist_ok=True)
    make_docbin(blank_pipeline(), reports).to_disk(output)
    typer.echo(f"{len(reports)} reports in {output}")


def _counts_table(title: str, rows: list[CountRow]) -> Table:
    from rich.table import Table

    from zhibiao.corpus.splits import SPLITS as NAMES

    table = Table(title, *NAMES, "all")
    for row in rows:
        numbers = [row.per_split.get(split, 0) for split in NAMES]
        table.add_row(row.name, *(f"{number:,}" for number in (*numbers, sum(numbers))))
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
