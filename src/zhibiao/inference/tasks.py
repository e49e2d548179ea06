"""One file: what is asked of a worker, what it answers, and the function that does it."""

from __future__ import annotations

import logging
import traceback
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import perf_counter

from zhibiao.errors import InputError, ZhibiaoError
from zhibiao.formats.checks import CHECKS, make_check_row
from zhibiao.formats.jsonl import make_fact_line, make_json_line, make_row_line
from zhibiao.formats.spans import make_spans_line
from zhibiao.inference.stages import Pipeline, Stages

logger = logging.getLogger(__name__)


class FileStatus(StrEnum):
    """What became of an input file; ``pending`` stands only in the journal of a run under way."""

    DONE = "done"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class PipelineIdentity:
    """Which pipeline a worker loaded."""

    name: str
    version: str
    hash: str
    kind: str


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """Why a worker could not load its pipeline."""

    message: str


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; ``sha256`` is what its bytes had when it was listed, None if they could not be read."""

    position: int
    path: Path
    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    Parameters
    ----------
    position, name
        The task's.
    reason
        Why the file was rejected; None when it was read.
    reports, facts
        How many reports, and how many facts of each kind.
    seconds
        How long it took.
    spans_lines, fact_lines, check_lines
        The lines for spans.jsonl, and the facts and the findings about them as JSON lines, all compressed (see
        :func:`unpack_lines`).
    key_lines
        For each fact that may be compared with those of other reports a JSON list, compressed: its key, the number of
        its report in the file, the number of its line among the facts.
    trace
        The traceback of an internal error.
    """

    position: int
    name: str
    reason: str | None = None
    reports: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    spans_lines: bytes = b""
    fact_lines: bytes = b""
    check_lines: bytes = b""
    key_lines: bytes = b""
    trace: str = ""


class FileReader:
    """Reads one file after another with a pipeline that is loaded once.

    Parameters
    ----------
    stages
        The stages to work with.
    model
        Name or path of the pipeline; None asks for the best one there is.
    min_score
        Facts that the pipeline is less sure of are left out of the table; the annotation keeps them.

    Raises
    ------
    ZhibiaoError
        If the pipeline cannot be loaded.
    """

    def __init__(self, stages: Stages, model: str | None, min_score: float = 0.0) -> None:
        self._min_score = min_score
        self._read_source = stages.get_read_source()
        self._make_reports = stages.get_make_reports()
        self._pipeline: Pipeline = stages.get_load_pipeline()(model)
        # imported here: the process that only hands out work does without
        from zhibiao import checks  # noqa: PLC0415

        self._check_report, self._find_key = checks.check_report, checks.find_key

    @property
    def identity(self) -> PipelineIdentity:
        """Which pipeline was loaded."""
        pipeline = self._pipeline
        return PipelineIdentity(pipeline.name, pipeline.version, pipeline.hash, pipeline.kind)

    def read(self, task: Task) -> Outcome:
        """Read one file; whatever goes wrong with it becomes the reason for its rejection."""
        started = perf_counter()
        try:
            return self._read(task, started)
        except InputError as error:
            reason, trace = error.reason, ""
        except ZhibiaoError as error:
            reason, trace = str(error), ""
        except Exception as error:  # noqa: BLE001 - one file must not take the others with it
            reason, trace = _describe_bug(error), traceback.format_exc()
        seconds = perf_counter() - started
        return Outcome(task.position, task.name, make_one_line(reason), seconds=seconds, trace=trace)

    def _read(self, task: Task, started: float) -> Outcome:
        source = self._read_source(task.path, name=task.name)
        if source.sha256 != task.sha256:
            raise InputError("the file changed during the run; run again", where=task.name)
        spans: list[str] = []
        facts: list[str] = []
        checks: list[str] = []
        keys: list[str] = []
        kinds: Counter[str] = Counter()
        for read in self._pipeline.read(self._make_reports(source)):
            sure = [fact for fact in read.facts if fact.score >= self._min_score]
            found = map(make_check_row, self._check_report(sure))
            checks += (make_row_line(CHECKS.column_names, row) for row in found)
            keyed = ((self._find_key(fact), len(spans), line) for line, fact in enumerate(sure, start=len(facts)))
            keys += (make_json_line(list(entry)) for entry in keyed if entry[0] is not None)
            spans.append(make_spans_line(read))
            facts += map(make_fact_line, sure)
            kinds.update(fact.kind.value for fact in sure)
        return Outcome(
            task.position,
            task.name,
            reports=len(spans),
            facts=dict(kinds),
            spans_lines=pack_lines(spans),
            fact_lines=pack_lines(facts),
            check_lines=pack_lines(checks),
            key_lines=pack_lines(keys),
            seconds=perf_counter() - started,
        )


def _describe_bug(error: Exception) -> str:
    """Say what went wrong and where, for a report to the developers."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"internal error: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"


def load_reader(stages: Stages, model: str | None, min_score: float = 0.0) -> FileReader | LoadFailure:
    """Load the pipeline once, for a worker; a failure is an answer too."""
    try:
        return FileReader(stages, model, min_score)
    except ZhibiaoError as error:
        return LoadFailure(str(error))
    except Exception as error:
        logger.debug("the pipeline cannot be loaded", exc_info=True)
        return LoadFailure(f"the pipeline cannot be loaded: {type(error).__name__}: {error}")


def make_one_line(text: str) -> str:
    r"""Put a message on one line of bounded length.

    Examples
    --------
    >>> make_one_line("the file\n  is empty")
    'the file is empty'
    """
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"


_LONGEST_REASON = 500


def pack_lines(lines: list[str]) -> bytes:
    """Compress lines, each with a line end; no lines give no bytes.

    A lone surrogate, which UTF-8 cannot hold, becomes a question mark: offsets stay true.

    Examples
    --------
    >>> unpack_lines(pack_lines(["高企", "125家"])).decode().splitlines()
    ['高企', '125家']
    """
    return zlib.compress("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), 1) if lines else b""


def unpack_lines(packed: bytes) -> bytes:
    """Undo :func:`pack_lines`."""
    return zlib.decompress(packed) if packed else b""
