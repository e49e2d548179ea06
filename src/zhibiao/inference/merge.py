"""From the journal to the files that people get, all of them or none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhibiao.formats import TableFormat, write_facts
from zhibiao.formats.atomic import replacing, sync_folder
from zhibiao.formats.jsonl import make_json_line, read_fact_line, write_lines
from zhibiao.inference.journal import Journal, LedgerEntry
from zhibiao.inference.summary import RunSummary, make_run_record, name_facts_file, show_path
from zhibiao.records import Fact

SPANS_FILE = "spans.jsonl"
LEDGER_FILE = "ledger.jsonl"
RUN_FILE = "run.json"


def write_results(journal: Journal, staging: Path, table_format: TableFormat) -> None:
    """Write the fact table, the spans and the ledger into the staging folder, which is made anew."""
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    write_facts(_iter_facts(journal), staging / name_facts_file(table_format), table_format)
    with replacing(staging / SPANS_FILE) as temporary, temporary.open("wb") as file:
        file.writelines(journal.iter_spans())
    write_lines(map(_make_ledger_line, journal.iter_ledger()), staging / LEDGER_FILE)


def publish_results(summary: RunSummary, staging: Path) -> None:
    """Move the staged files to their place; ``run.json`` comes last, so where it lies, everything does."""
    output = summary.output
    record = json.dumps(make_run_record(summary), ensure_ascii=False, indent=2)
    write_lines([record], staging / RUN_FILE)
    (output / RUN_FILE).unlink(missing_ok=True)
    for name in (name_facts_file(summary.options.format), SPANS_FILE, LEDGER_FILE, RUN_FILE):
        (staging / name).replace(output / name)
    sync_folder(output)


def _iter_facts(journal: Journal) -> Iterator[Fact]:
    for lines in journal.iter_facts():
        # bytes.splitlines breaks at line feeds and carriage returns only, and JSON escapes both inside texts
        yield from map(read_fact_line, lines.splitlines())


def _make_ledger_line(entry: LedgerEntry) -> str:
    file = entry.file
    record: dict[str, Any] = {
        "name": file.name,
        "path": show_path(file.path),
        "sha256": file.sha256,
        "size": file.size,
        "status": file.status,
        "reason": file.reason,
        "reports": entry.reports,
        "facts": entry.facts,
        "seconds": round(entry.seconds, 3),
    }
    return make_json_line(record)
