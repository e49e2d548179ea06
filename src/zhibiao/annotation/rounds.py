"""The side file of a round of annotation: what was suggested, and what was sent to whom under which number.

A folder holds ``round.json`` (who takes part, where), ``reports.jsonl`` (the suggestions, whole) and ``documents.jsonl`` (a line for each document that
is known to be on the server as it was sent). doccano gives new numbers to everything it imports and keeps neither headers, facts,
scores nor rule names: this folder is where they wait for the annotation to come back.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from zhibiao.annotation.documents import DOCUMENT_SIZE
from zhibiao.annotation.suggestions import SuggestedReport
from zhibiao.errors import InputError
from zhibiao.formats.jsonl import write_lines
from zhibiao.labels import STANDARD_VERSION
from zhibiao.scoring.annotations import RelationKey

_ROUND, _REPORTS, _DOCUMENTS = "round.json", "reports.jsonl", "documents.jsonl"
_CONTESTED = "contested.jsonl"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RoundAnnotator(_Strict):
    """Someone who takes part: their share, and their project on the server."""

    name: str
    weight: float
    project: int | None = None


class RoundInfo(_Strict):
    """What a round is.

    Parameters
    ----------
    name
        Its name; a project is called ``NAME · ANNOTATOR``.
    url
        The server.
    standard
        Version of the annotation standard.
    size
        Characters in a document.
    double
        The part of the reports that two annotators get.
    settles
        The round whose differences this one settles; the projects of such a round allow overlap, to show both sides.
    owners
        Who annotates which report.
    """

    name: str
    url: str
    standard: str = STANDARD_VERSION
    size: int = DOCUMENT_SIZE
    double: float = 0.0
    settles: str | None = None
    annotators: tuple[RoundAnnotator, ...]
    owners: dict[str, tuple[str, ...]] = {}


class SentDocument(_Strict):
    """A document as it was sent and found on the server: its number there, and those of its marks.

    ``spans`` and ``relations`` are pairs of the server's number and the suggestion's.
    """

    annotator: str
    project: int
    document: int
    key: str
    report_id: str
    number: int
    start: int
    end: int
    text_sha256: str
    spans: tuple[tuple[int, int], ...]
    relations: tuple[tuple[int, int], ...]


class ContestedFacts(_Strict):
    """The facts of a report that two annotators say different things of, by the ends of METRIC and figure."""

    report_id: str
    facts: tuple[RelationKey, ...]


class Round:
    """The folder of a round."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether something was begun here."""
        return (self.folder / _ROUND).is_file()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes off the folder.

        Raises
        ------
        InputError
            If another one works on it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder, os.O_RDONLY)  # the folder itself: a lock file would end up in git
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InputError("another command works on this round: wait for it", where=str(self.folder)) from None
            yield
        finally:
            os.close(lock)

    def read_info(self) -> RoundInfo:
        """Read what the round is.

        Raises
        ------
        InputError
            If there is none in the folder, or the file is broken.
        """
        path = self.folder / _ROUND
        try:
            return RoundInfo.model_validate_json(path.read_text("utf-8"))
        except FileNotFoundError:
            raise InputError(
                "no round of annotation here: begin one with zhibiao annotate push", where=str(self.folder)
            ) from None
        except ValidationError as error:
            raise InputError(f"broken: {error.errors()[0]['msg']}", where=str(path)) from None

    def write_info(self, info: RoundInfo) -> None:
        """Write what the round is."""
        self._replace(_ROUND, [info.model_dump_json(indent=1)])

    def read_reports(self) -> dict[str, SuggestedReport]:
        """Read the reports with their suggestions, by their ids."""
        reports = [SuggestedReport.model_validate_json(line) for line in self._lines(_REPORTS)]
        return {report.report_id: report for report in reports}

    def write_reports(self, reports: Iterable[SuggestedReport]) -> None:
        """Write the reports with their suggestions."""
        self._replace(_REPORTS, (report.model_dump_json(exclude_unset=True) for report in reports))

    def read_documents(self) -> list[SentDocument]:
        """Read which documents are on the server."""
        return [SentDocument.model_validate_json(line) for line in self._lines(_DOCUMENTS)]

    def add_documents(self, documents: Iterable[SentDocument]) -> None:
        """Write down that documents are on the server."""
        kept = self._lines(_DOCUMENTS)
        self._replace(_DOCUMENTS, [*kept, *(document.model_dump_json() for document in documents)])

    def read_contested(self) -> dict[str, tuple[RelationKey, ...]]:
        """Read which facts the annotators of the round that this one settles do not agree on, by report."""
        found = [ContestedFacts.model_validate_json(line) for line in self._lines(_CONTESTED)]
        return {one.report_id: one.facts for one in found}

    def write_contested(self, contested: Iterable[ContestedFacts]) -> None:
        """Write which facts have to be settled by a remark."""
        self._replace(_CONTESTED, (one.model_dump_json() for one in contested))

    def _lines(self, name: str) -> list[str]:
        try:
            # not splitlines(), which breaks at the line separators that a text may hold
            with (self.folder / name).open(encoding="utf-8", newline="\n") as file:
                return [line.rstrip("\n") for line in file]
        except FileNotFoundError:
            return []

    def _replace(self, name: str, lines: Iterable[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_lines(lines, self.folder / name)
