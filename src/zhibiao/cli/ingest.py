"""``zhibiao ingest``: the registered reports of a folder, cleaned, with offset maps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def ingest(
    raw: Annotated[Path, typer.Argument(help="Folder of files as found, with SOURCES.toml.")] = Path("corpus/raw"),
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the cleaned texts.")] = Path(
        "corpus/clean"
    ),
) -> None:
    """Check a folder's register and write its reports cleaned, each with an offset map.

    Example: zhibiao ingest corpus/raw --output corpus/clean
    """
    from zhibiao.corpus.ingest import ingest as ingest_folder

    for report in ingest_folder(raw, output):
        typer.echo(
            f"{report.report_id}  {report.issuer or 'issuer unknown'}  {report.period or 'period not stated'}  "
            f"{len(report.text)} characters  {report.source}"
        )
