"""``zhibiao indicators``: the indicator catalogue: list it, search it, show a row, see what reports need of it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibiao.errors import InputError

if TYPE_CHECKING:
    from zhibiao.catalog.indicators import Coverage, Explanation, Indicator, Mention

indicators = typer.Typer(
    help="The indicator catalogue: list it, search it, show a row, see how much of a fact table it covers.",
    no_args_is_help=True,
)

# Of a pipe or a log file, which tell no width of their own.
PLAIN_WIDTH = 120
FACT_TABLES = ("facts.csv", "facts.jsonl")
FIELDS = ("id", "name_zh", "name_en", "definition", "unit", "dimension", "parent", "aliases", "source")


class ListFormat(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class CoverageFormat(StrEnum):
    """How coverage is printed."""

    TABLE = "table"
    JSON = "json"


@indicators.command("list")
def list_indicators(
    dimension: Annotated[
        str | None, typer.Option(help="Only those that measure this: money, ratio, count, people, …")
    ] = None,
    parent: Annotated[str | None, typer.Option(metavar="ID", help="Only the parts of this indicator.")] = None,
    output_format: Annotated[ListFormat, typer.Option("--format", help="How to print them.")] = ListFormat.TABLE,
) -> None:
    """List the catalogue, or a part of it.

    Example: zhibiao indicators list --dimension ratio --format csv
    """
    from zhibiao.catalog.indicators import load_indicators

    if parent is not None:
        _get(parent)
    dimensions = sorted({one.dimension for one in load_indicators()})
    if dimension is not None and dimension not in dimensions:
        raise InputError(f"no indicator has this dimension; choose one of {', '.join(dimensions)}", where=dimension)
    chosen = [
        one
        for one in load_indicators()
        if dimension in (None, one.dimension) and (parent is None or one.parent == parent)
    ]
    if output_format is ListFormat.TABLE:
        rows = [(one.id, one.name_zh, one.name_en, one.unit, one.dimension, one.parent or "") for one in chosen]
        _print_table(("id", "name", "English name", "unit", "dimension", "parent"), rows)
        typer.echo(f"{len(chosen)} indicators", err=True)
    elif output_format is ListFormat.JSON:
        typer.echo(json.dumps([_make_record(one) for one in chosen], ensure_ascii=False, indent=2))
    else:
        writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_make_record(one) | {"aliases": "|".join(_mark_aliases(one))} for one in chosen)


@indicators.command()
def search(
    text: Annotated[str, typer.Argument(help="A METRIC, a part of a name, or an English name.")],
    unit: Annotated[str | None, typer.Option(help="The unit of its figure, as 家, 亿元 or CNY.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many candidates.")] = 10,
) -> None:
    """Say which indicator a text is matched with and why, or why with none, and rank the candidates.

    Example: zhibiao indicators search 研发投入占营收比重 --unit %
    """
    from zhibiao.catalog.indicators import explain_match, rank_candidates

    base = _read_unit(unit) if unit is not None else None
    typer.echo(_describe(explain_match(text, base), base))
    rows = [
        (f"{one.similarity:.2f}", one.indicator.id, one.indicator.name_zh, one.indicator.unit, one.wording)
        for one in rank_candidates(text, limit)
    ]
    _print_table(("likeness", "id", "name", "unit", "nearest wording"), rows)


@indicators.command()
def show(identifier: Annotated[str, typer.Argument(metavar="ID", help="Of the indicator.")]) -> None:
    """Show all that the catalogue has on one indicator.

    Example: zhibiao indicators show rd_intensity
    """
    from zhibiao.catalog.indicators import load_indicators

    one = _get(identifier)
    parts = [other.id for other in load_indicators() if other.parent == one.id]
    lines = {
        "id": one.id,
        "name": one.name_zh,
        "English name": one.name_en,
        "definition": one.definition,
        "unit": one.unit or "none",
        "dimension": one.dimension,
        "part of": one.parent or "none",
        "parts": ", ".join(parts) or "none",
        "wordings": "、".join(one.aliases) or "none",
        "shared wordings": "、".join(one.shared) or "none",
        "source": one.source or "the use of reports",
    }
    for name, value in lines.items():
        typer.echo(f"{name + ':':<17}{value}")


@indicators.command()
def coverage(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="Fact tables (csv, jsonl), folders of `zhibiao extract`, gold files or folders."
        ),
    ],
    *,
    top: Annotated[int, typer.Option(min=1, help="How many indicators and how many missing ones to print.")] = 20,
    output_format: Annotated[CoverageFormat, typer.Option("--format", help="How to print it.")] = CoverageFormat.TABLE,
) -> None:
    """Count which METRICs have an indicator, and show which of the others are most worth adding.

    Example: zhibiao indicators coverage output/facts.csv annotations/gold

    A METRIC has none because the catalogue does not know it, because its unit contradicts the indicator, because several
    indicators share its wording, or because it is a bare word (总数, 占比) that only its sentence can tell.
    """
    from zhibiao.catalog.indicators import measure_coverage

    found = measure_coverage((mention for path in paths for mention in _iter_mentions(path)), limit=top)
    if output_format is CoverageFormat.JSON:
        typer.echo(json.dumps(_make_coverage_record(found), ensure_ascii=False, indent=2))
    else:
        _print_coverage(found, top)


def _get(identifier: str) -> Indicator:
    from zhibiao.catalog.indicators import get_indicator, rank_candidates

    try:
        return get_indicator(identifier)
    except KeyError:
        near = ", ".join(one.indicator.id for one in rank_candidates(identifier, 3))
        raise InputError(f"there is no indicator of this id; the nearest: {near}", where=identifier) from None


def _read_unit(unit: str) -> str:
    """Bring a unit as people write it (亿元, %) to its base."""
    from zhibiao.catalog.units import load_units, match_unit

    surface = unit.lstrip("十百千万亿")
    found = match_unit(surface, 0)
    if found is not None and found.surface == surface:
        return found.base
    if any(unit == one.base for one in load_units()):
        return unit
    raise InputError("no such unit; write it as in a report (家, 亿元, %) or as a base unit (CNY)", where=unit)


def _describe(found: Explanation, unit: str | None) -> str:
    if found.match is not None:
        return f"matched: {found.match.id}, score {found.match.score:.2f}: {found.way} ({found.form})"
    names = ", ".join(f"{one.id} ({one.unit or 'no unit'})" for one in found.fitting or found.meanings)
    if not found.meanings:
        return "not matched: no listed wording is near enough"
    if not found.fitting:
        return f"not matched: the unit {unit} contradicts {names}"
    hint = "" if unit else "; a unit (--unit) may tell"
    return f"not matched: {found.form} may be any of {names}{hint}"


def _make_record(one: Indicator) -> dict[str, Any]:
    values = {field: getattr(one, field) for field in FIELDS if field != "aliases"}
    return values | {"parent": one.parent or "", "aliases": _mark_aliases(one)}


def _mark_aliases(one: Indicator) -> list[str]:
    """Give the wordings as the data file has them, those that others share with a mark."""
    return [*one.aliases, *(f"{wording}?" for wording in one.shared)]


def _iter_mentions(path: Path) -> Iterator[Mention]:
    if path.is_dir():
        tables = [path / name for name in FACT_TABLES if (path / name).is_file()]
        if not tables and (path / "run.json").is_file():
            raise InputError("the fact table is neither csv nor jsonl; run extract with --format csv", where=str(path))
        files = tables[:1] or sorted(path.glob("*.jsonl"))
        if not files:
            raise InputError("neither a fact table nor gold files here", where=str(path))
        for file in files:
            yield from _iter_mentions(file)
        return
    try:
        if path.suffix == ".csv":
            yield from _iter_csv(path)
        elif _is_gold(path):
            yield from _iter_gold(path)
        else:
            yield from _iter_jsonl(path)
    except (OSError, csv.Error, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else f"cannot be read ({error})"
        raise InputError(f"{reason}; give a fact table (csv, jsonl) or gold files", where=str(path)) from error


def _iter_csv(path: Path) -> Iterator[Mention]:
    from zhibiao.formats.csv import restore_text

    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield _make_mention({name: restore_text(cell) for name, cell in row.items() if cell}, path)


def _iter_jsonl(path: Path) -> Iterator[Mention]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield _make_mention(row if isinstance(row, dict) else {}, path)


def _make_mention(fact: dict[str, Any], path: Path) -> Mention:
    from zhibiao.catalog.indicators import Mention

    try:
        unit = fact.get("unit") if fact["kind"] == "value" else None
        return Mention(fact["report_id"], fact["metric"], unit)
    except KeyError as error:
        raise InputError(f"no fact table: a row has no {error}", where=str(path)) from None


def _is_gold(path: Path) -> bool:
    """Tell a gold file from a fact table by its first line."""
    with path.open(encoding="utf-8") as file:
        first = json.loads(file.readline() or "{}")
    return isinstance(first, dict) and "text_sha256" in first


def _iter_gold(path: Path) -> Iterator[Mention]:
    """Give the METRICs of a gold file once for each of their figures, as a fact table does."""
    from zhibiao.catalog.indicators import Mention
    from zhibiao.corpus.gold import read_gold
    from zhibiao.labels import RelationLabel
    from zhibiao.numbers.amounts import parse_amount

    report = read_gold(path)
    texts = {entity.id: entity.text for entity in report.entities}
    for relation in report.relations:
        if relation.type is RelationLabel.HELD_BY:
            continue
        amount = parse_amount(texts[relation.to_id]) if relation.type is RelationLabel.HAS_VALUE else None
        yield Mention(report.report_id, texts[relation.from_id], amount.unit if amount else None)


def _make_coverage_record(found: Coverage) -> dict[str, Any]:
    return {
        "reports": found.reports,
        "mentions": found.mentions,
        "matched": found.matched,
        "share": found.share,
        "indicators": found.indicators,
        "missed": found.missed,
        "worth_adding": [
            {
                "head": one.head,
                "reports": one.reports,
                "mentions": one.mentions,
                "metrics": one.metrics,
                "units": one.units,
                "nearest": one.nearest.indicator.id if one.nearest else None,
                "likeness": round(one.nearest.similarity, 2) if one.nearest else None,
            }
            for one in found.misses
        ],
    }


def _print_coverage(found: Coverage, top: int) -> None:
    from zhibiao.catalog.indicators import get_indicator

    share = "–" if found.share is None else f"{found.share:.1%}"
    missed = ", ".join(f"{count:,} {miss}" for miss, count in found.missed.items()) or "none"
    typer.echo(
        f"{found.matched:,} of {found.mentions:,} METRICs in {found.reports:,} reports have an indicator ({share}), of"
        f" {len(found.indicators)} kinds; the others: {missed}"
    )
    commonest = islice(found.indicators.items(), top)
    rows = [(str(count), name, get_indicator(name).name_zh) for name, count in commonest]
    _print_table(("mentions", "indicator", "name"), rows, title="The commonest indicators")
    rows_missed = [
        (
            str(one.reports),
            str(one.mentions),
            one.head,
            " ".join(one.units),
            "、".join(one.metrics),
            f"{one.nearest.indicator.id} {one.nearest.similarity:.2f}" if one.nearest else "",
        )
        for one in found.misses
    ]
    columns = ("reports", "mentions", "head", "units", "METRICs", "nearest")
    _print_table(columns, rows_missed, title="Unknown METRICs, those of most reports first")


def _print_table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], title: str | None = None) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left")
    for column in columns:
        # an id is for copying
        table.add_column(column, overflow="fold", no_wrap=column in ("id", "indicator"))
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console()
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    console.print(table)
