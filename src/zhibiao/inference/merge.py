"""From the journal to the files that people get, all of them or none."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from zhibiao.formats import CHECKS, FACTS, Row, Table, TableFormat, write_table
from zhibiao.formats.atomic import replacing, sync_folder
from zhibiao.formats.checks import make_check_row
from zhibiao.formats.jsonl import make_json_line, read_row_lines, write_lines
from zhibiao.inference.across import iter_findings_across
from zhibiao.inference.journal import Journal, LedgerEntry
from zhibiao.inference.summary import RunSummary, make_run_record, name_table_file, show_path
from zhibiao.labels import Verdict

SPANS_FILE = "spans.jsonl"
LEDGER_FILE = "ledger.jsonl"
RUN_FILE = "run.json"
_VERDICT = CHECKS.column_names.index("verdict")


def write_results(journal: Journal, staging: Path, table_format: TableFormat) -> dict[str, int]:
    """Write the tables, the spans and the ledger into the staging folder, which is made anew.

    Returns
    -------
    dict
        How many findings there are, by verdict.
    """
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    facts = _iter_rows(FACTS, journal.iter_facts())
    write_table(FACTS, facts, staging / name_table_file(FACTS, table_format), table_format)
    verdicts: Counter[str] = Counter()
    checks = chain(
        _iter_rows(CHECKS, journal.iter_checks()), map(make_check_row, iter_findings_across(journal, staging))
    )
    write_table(CHECKS, _count(checks, verdicts), staging / name_table_file(CHECKS, table_format), table_format)
    with replacing(staging / SPANS_FILE) as temporary, temporary.open("wb") as file:
        file.writelines(journal.iter_spans())
    write_lines(map(_make_ledger_line, journal.iter_ledger()), staging / LEDGER_FILE)
    return {verdict.value: verdicts[verdict.value] for verdict in Verdict}


def publish_results(summary: RunSummary, staging: Path) -> None:
    """Move the staged files to their place; ``run.json`` comes last, so where it lies, everything does."""
    output = summary.output
    record = json.dumps(make_run_record(summary), ensure_ascii=False, indent=2)
    write_lines([record], staging / RUN_FILE)
    (output / RUN_FILE).unlink(missing_ok=True)
    tables = (name_table_file(table, summary.options.format) for table in (FACTS, CHECKS))
    for name in (*tables, SPANS_FILE, LEDGER_FILE, RUN_FILE):
        (staging / name).replace(output / name)
    sync_folder(output)


def _iter_rows(table: Table, files: Iterable[bytes]) -> Iterator[Row]:
    for lines in files:
        # bytes.splitlines breaks at line feeds and carriage returns only, and JSON escapes both inside texts
        yield from read_row_lines(table, lines.splitlines())


def _count(rows: Iterable[Row], verdicts: Counter[str]) -> Iterator[Row]:
    """Pass rows of findings on, and count them."""
    for row in rows:
        verdicts[str(row[_VERDICT])] += 1
        yield row


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
