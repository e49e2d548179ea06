"""Cleaned texts with their offset maps, one pair of files a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from zhibiao.alignment import AlignedText
from zhibiao.corpus.sources import read_register
from zhibiao.readers import read_source
from zhibiao.records import Report
from zhibiao.text.reports import make_reports


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` characters from ``start`` that stand for ``length`` code points, one each, from ``source_start``.

    A run of length 1 may stand for more of the source: ``[source_start, source_end)``.
    """

    start: int
    length: int
    source_start: int
    source_end: int


def make_runs(aligned: AlignedText) -> Iterator[Run]:
    """Write an alignment as runs, which are few where a text was changed little.

    Examples
    --------
    >>> from zhibiao.alignment import Edit
    >>> aligned = AlignedText.from_source("53.|06亿元").edited([Edit(3, 4)])
    >>> list(make_runs(aligned))
    [Run(start=0, length=3, source_start=0, source_end=3), Run(start=3, length=4, source_start=4, source_end=8)]
    """
    begin = 0
    for place in range(1, len(aligned) + 1):
        goes_on = (
            place < len(aligned)
            and aligned.starts[place] == aligned.starts[place - 1] + 1 == aligned.ends[place - 1]
            and aligned.ends[place] == aligned.starts[place] + 1
        )
        if not goes_on:
            yield Run(begin, place - begin, aligned.starts[begin], aligned.ends[place - 1])
            begin = place


def ingest(raw: Path, output: Path) -> list[Report]:
    """Read a registered folder and write ``<report_id>.txt`` and ``<report_id>.json`` for each report.

    Parameters
    ----------
    raw
        Folder of files with ``SOURCES.toml``.
    output
        Folder for the cleaned texts; files of an earlier run are replaced.

    Raises
    ------
    InputError
        If the register and the files disagree, or a file cannot be read.
    """
    output.mkdir(parents=True, exist_ok=True)
    for old in (*output.glob("*.txt"), *output.glob("*.json")):
        old.unlink()
    reports: list[Report] = []
    for source in read_register(raw):
        for report in make_reports(read_source(raw / source.file, name=source.file)):
            (output / f"{report.report_id}.txt").write_text(report.text, encoding="utf-8", newline="\n")
            (output / f"{report.report_id}.json").write_text(_describe(report), encoding="utf-8")
            reports.append(report)
    return reports


def _describe(report: Report) -> str:
    fields = {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "title": report.title,
        "issuer": report.issuer,
        "region_code": report.region_code,
        "year": report.year,
        "period": report.period,
        "published": report.published,
        "index_number": report.index_number,
        "notes": report.notes,
        "flags": [asdict(flag) for flag in report.flags],
        "sections": [asdict(section) for section in report.sections],
        "runs": [[run.start, run.length, run.source_start, run.source_end] for run in make_runs(report.aligned)],
    }
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
