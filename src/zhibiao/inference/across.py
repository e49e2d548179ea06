"""The checks across reports, over any number of them: facts sorted by place and indicator on disk, one group at a time."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from zhibiao.formats.jsonl import read_fact_line
from zhibiao.inference.journal import Journal
from zhibiao.records import CheckFinding

logger = logging.getLogger(__name__)

# Of one place and indicator; decades of monthly reports stay below.
_MOST_FACTS = 5_000
# The groups of a place come one after another and are told by the same files.
_FILES_KEPT = 64


def iter_findings_across(journal: Journal, folder: Path) -> Iterator[CheckFinding]:
    """Give what the checks find between the reports of a run, in the order of the keys.

    The keys that the workers gave are sorted by SQLite, which needs about as much room in its folder for temporary files
    (``SQLITE_TMPDIR``) as the keys take: 60 bytes a fact. Facts are read only for keys that several reports share.

    Parameters
    ----------
    journal
        The journal of the finished reading.
    folder
        Where the sorted keys lie for the time being.
    """
    # imported here: it is needed at the end only, and a run should begin soon
    from zhibiao.checks import check_across  # noqa: PLC0415

    path = folder / "keys.sqlite"
    read_lines = lru_cache(maxsize=_FILES_KEPT)(lambda position: journal.read_facts(position).splitlines())
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE keys (key TEXT NOT NULL, position INTEGER, part INTEGER, line INTEGER)")
        database.execute("BEGIN")
        database.executemany("INSERT INTO keys VALUES (?, ?, ?, ?)", _iter_keys(journal.iter_keys()))
        database.execute("COMMIT")
        rows = database.execute("SELECT key, position, part, line FROM keys ORDER BY key, position, line")
        for key, group in groupby(rows, key=itemgetter(0)):
            places = list(islice(group, _MOST_FACTS + 1))
            if len(places) > _MOST_FACTS:
                logger.warning("%s: only the first %d facts are compared across reports", key, _MOST_FACTS)
                places.pop()
            if len({(position, part) for _, position, part, _ in places}) > 1:
                yield from check_across(read_fact_line(read_lines(position)[line]) for _, position, _, line in places)
    path.unlink()


def _iter_keys(files: Iterable[tuple[int, bytes]]) -> Iterator[tuple[str, int, int, int]]:
    for position, lines in files:
        for entry in lines.splitlines():
            key, part, line = json.loads(entry)
            yield key, position, part, line
