"""The journal of a run under way: which files there are, and what was read from them so far.

One SQLite file. Each result is written in one transaction, so a run that is killed at any moment leaves a journal that
holds whole results only. Results are kept by the sha256 and name of the file and by a signature of everything else
they depend on, so a run with another model cannot take them for its own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from zhibiao.errors import OutputError
from zhibiao.inference.tasks import FileStatus, Outcome, Task, unpack_lines
from zhibiao.labels import FactKind

_SCHEMA_VERSION = 2
_TASKS_AT_ONCE = 1_000
_KINDS = tuple(kind.value for kind in FactKind)

_SCHEMA = """
CREATE TABLE run (options TEXT NOT NULL);
CREATE TABLE results (
    signature TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, seconds REAL NOT NULL, reports INTEGER NOT NULL,
    value INTEGER NOT NULL, change INTEGER NOT NULL, rank INTEGER NOT NULL, spans BLOB NOT NULL, facts BLOB NOT NULL,
    checks BLOB NOT NULL, keys BLOB NOT NULL,
    PRIMARY KEY (signature, sha256, name)
);
CREATE TABLE inputs (
    position INTEGER PRIMARY KEY, name TEXT NOT NULL, path BLOB NOT NULL, sha256 TEXT, size INTEGER,
    status TEXT NOT NULL, reason TEXT, seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX inputs_sha256 ON inputs (sha256);
"""

# a file's own result, and only if this run read the file or took the result over
_JOIN = """
FROM inputs LEFT JOIN results ON inputs.status = 'done' AND results.signature = ?
AND results.sha256 = inputs.sha256 AND results.name = inputs.name
"""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A listed file; ``reason`` says why a rejected or skipped one is not read."""

    path: Path
    name: str
    sha256: str | None = None
    size: int | None = None
    status: FileStatus = FileStatus.PENDING
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What the ledger says of a file."""

    file: InputFile
    reports: int
    facts: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Counts:
    """Files by status, reports, and facts by kind."""

    files: dict[str, int]
    reports: int
    facts: dict[str, int]


class Journal:
    """The journal at ``path``, opened or begun.

    Parameters
    ----------
    path
        The SQLite file.

    Raises
    ------
    OutputError
        If the file is no journal of this version.
    sqlite3.Error
        If it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._signature = ""
        try:
            # exclusive first: the write-ahead log then needs no shared memory, which network disks do not offer
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version not in {0, _SCHEMA_VERSION}:
                raise OutputError(f"{path} is of another version of zhibiao: remove the folder {path.parent}")
            if version == 0:
                self._database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;")
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        """Close the journal when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what was recorded stays."""
        self._database.close()

    def read_options(self) -> str | None:
        """Give the options of the run that wrote the results which are here; None if none are."""
        row = self._database.execute("SELECT options FROM run WHERE EXISTS (SELECT 1 FROM results)").fetchone()
        return row[0] if row else None

    def begin(self, files: Iterable[InputFile], signature: str, options: str) -> None:
        """List the files anew, and take over the results that bear the signature.

        A pending file with the content of an earlier one is skipped.

        Parameters
        ----------
        files
            The input files, in order.
        signature
            Names everything but the file that a result depends on.
        options
            What was asked for, kept for the run that continues this one.
        """
        self._signature = signature
        database = self._database
        database.execute("BEGIN")
        database.execute("DELETE FROM run")
        database.execute("INSERT INTO run VALUES (?)", (options,))
        database.execute("DELETE FROM inputs")
        for file in files:
            self._add_input(file)
        database.execute(
            """UPDATE inputs SET status = 'done', seconds = results.seconds FROM results
            WHERE inputs.status = 'pending' AND results.signature = ? AND results.sha256 = inputs.sha256
            AND results.name = inputs.name""",
            (signature,),
        )
        database.execute("COMMIT")

    def _add_input(self, file: InputFile) -> None:
        status, reason = file.status, file.reason
        if status is FileStatus.PENDING:
            earlier = self._database.execute(
                "SELECT name FROM inputs WHERE sha256 = ? AND status = 'pending' LIMIT 1", (file.sha256,)
            ).fetchone()
            if earlier:
                status, reason = FileStatus.SKIPPED, f"same content as {earlier[0]}"
        self._database.execute(
            "INSERT INTO inputs (name, path, sha256, size, status, reason) VALUES (?, ?, ?, ?, ?, ?)",
            (file.name, os.fsencode(file.path), file.sha256, file.size, status, reason),
        )

    def iter_tasks(self) -> Iterator[Task]:
        """Give the files that are still to be read, in the order they were listed."""
        position = 0
        # in pages, so that outcomes can be recorded while tasks are drawn
        while rows := self._database.execute(
            "SELECT position, path, name, sha256 FROM inputs WHERE status = 'pending' AND position > ?"
            " ORDER BY position LIMIT ?",
            (position, _TASKS_AT_ONCE),
        ).fetchall():
            for position, path, name, sha256 in rows:
                yield Task(position, Path(os.fsdecode(path)), name, sha256)

    def record(self, outcome: Outcome) -> None:
        """Keep the outcome of a task. Of a rejected file only this run knows: the next one tries it again."""
        status = FileStatus.REJECTED if outcome.reason else FileStatus.DONE
        database = self._database
        database.execute("BEGIN")
        try:
            if status is FileStatus.DONE:
                kinds = [outcome.facts.get(kind, 0) for kind in _KINDS]
                database.execute(
                    """INSERT OR REPLACE INTO results
                    (signature, sha256, name, seconds, reports, value, change, rank, spans, facts, checks, keys)
                    SELECT ?, sha256, name, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM inputs WHERE position = ?""",
                    (
                        self._signature, outcome.seconds, outcome.reports, *kinds, outcome.spans_lines,
                        outcome.fact_lines, outcome.check_lines, outcome.key_lines, outcome.position,
                    ),
                )  # fmt: skip
            database.execute(
                "UPDATE inputs SET status = ?, reason = ?, seconds = ? WHERE position = ?",
                (status, outcome.reason, outcome.seconds, outcome.position),
            )
        except BaseException:
            # a full disk may have ended the transaction already
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")

    def count(self) -> Counts:
        """Count files by status (with zeros), reports, and facts by kind."""
        by_status = dict(self._database.execute("SELECT status, count(*) FROM inputs GROUP BY status"))
        sums = self._database.execute(
            f"SELECT sum(reports), sum(value), sum(change), sum(rank) {_JOIN}",
            (self._signature,),
        ).fetchone()
        reports, *kinds = (number or 0 for number in sums)
        return Counts(
            {status.value: by_status.get(status.value, 0) for status in FileStatus},
            reports,
            dict(zip(_KINDS, kinds, strict=True)),
        )

    def iter_ledger(self) -> Iterator[LedgerEntry]:
        """Give every file with what became of it, in the order they were listed."""
        rows = self._database.execute(
            "SELECT path, inputs.name, inputs.sha256, size, status, reason, inputs.seconds, coalesce(reports, 0),"
            f" coalesce(value + change + rank, 0) {_JOIN} ORDER BY position",
            (self._signature,),
        )
        for path, name, sha256, size, status, reason, seconds, reports, facts in rows:
            file = InputFile(Path(os.fsdecode(path)), name, sha256, size, FileStatus(status), reason)
            yield LedgerEntry(file, reports, facts, seconds)

    def iter_spans(self) -> Iterator[bytes]:
        """Give the lines for spans.jsonl, a file's at once, in the order the files were listed."""
        return (lines for _, lines in self._iter_lines("spans"))

    def iter_facts(self) -> Iterator[bytes]:
        """Give the facts as JSON lines, a file's at once, in the order the files were listed."""
        return (lines for _, lines in self._iter_lines("facts"))

    def iter_checks(self) -> Iterator[bytes]:
        """Give the findings within reports as JSON lines, a file's at once, in the order the files were listed."""
        return (lines for _, lines in self._iter_lines("checks"))

    def iter_keys(self) -> Iterator[tuple[int, bytes]]:
        """Give the position of each file, in order, and the keys of its facts as JSON lines."""
        return self._iter_lines("keys")

    def read_facts(self, position: int) -> bytes:
        """Give the facts of the file at a position as JSON lines."""
        query = f"SELECT facts {_JOIN} WHERE status = 'done' AND position = ?"
        (packed,) = self._database.execute(query, (self._signature, position)).fetchone()
        return unpack_lines(packed)

    def _iter_lines(self, column: str) -> Iterator[tuple[int, bytes]]:
        query = f"SELECT position, {column} {_JOIN} WHERE status = 'done' ORDER BY position"
        for position, packed in self._database.execute(query, (self._signature,)):
            yield position, unpack_lines(packed)
