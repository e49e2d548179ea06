"""Reading files in bulk: listed, read, interrupted and continued, merged in order."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhibiao.errors import OutputError
from zhibiao.formats import CHECKS, FACTS, TableFormat, require_format
from zhibiao.inference.journal import InputFile, Journal
from zhibiao.inference.lock import locked_folder
from zhibiao.inference.merge import LEDGER_FILE, RUN_FILE, SPANS_FILE, publish_results, write_results
from zhibiao.inference.processes import ProcessCrew
from zhibiao.inference.scan import iter_inputs
from zhibiao.inference.scheduler import Crew, Scheduler
from zhibiao.inference.stages import Stages
from zhibiao.inference.summary import (
    Options,
    RunSummary,
    check_finished_run,
    check_unfinished_run,
    dump_options,
    make_signature,
    make_summary,
    name_table_file,
    show_path,
)
from zhibiao.inference.tasks import FileStatus, Outcome

logger = logging.getLogger(__name__)

WORK_FOLDER = ".zhibiao"
_STAGES = Stages()
_REJECTIONS_SHOWN = 20

Progress = Callable[[int, int], None]


class Engine(StrEnum):
    """Where the work is done: processes of this machine, or Ray."""

    LOCAL = "local"
    RAY = "ray"


def extract(
    paths: Sequence[Path | str],
    output: Path | str,
    *,
    model: str | None = None,
    min_score: float = 0.0,
    format: str = TableFormat.CSV,  # noqa: A002 - the name of the command's option
    workers: int = 1,
    engine: str = Engine.LOCAL,
    progress: Progress | None = None,
    seconds_per_file: float = 300.0,
    stages: Stages = _STAGES,
    clock: Callable[[], float] = time.time,
) -> RunSummary:
    """Read reports and write the table of their facts, with checks, spans, ledger and ``run.json``, into a folder.

    An interrupted run is continued by the same call, and ends with the same table. Worker processes are spawned: a
    script that calls this needs the usual ``if __name__ == "__main__":``.

    Parameters
    ----------
    paths
        Files and folders.
    output
        The folder for the results; it belongs to one command, which may be repeated.
    model
        Name or path of the pipeline; None asks for the best one there is.
    min_score
        Facts that the pipeline is less sure of are left out of the table; ``spans.jsonl`` keeps them, with their scores.
    format
        ``csv``, ``jsonl``, ``parquet``, ``sqlite`` or ``xlsx``.
    workers
        How many files are read at the same time; the result is the same for any number.
    engine
        ``local`` or ``ray``.
    progress
        Is told how many files are dealt with, of how many.
    seconds_per_file
        A file that takes longer is rejected.
    stages
        What finds, reads and cuts files, and loads the pipeline.
    clock
        Tells the seconds since 1970.

    Returns
    -------
    RunSummary
        Counts, and where the tables are. Rejected files are listed in the ledger.

    Raises
    ------
    OutputError
        If the folder cannot be written, holds another command's results, or is in use.
    ModelError
        If the pipeline cannot be loaded.
    MissingExtraError
        If the format or the engine needs a package that is not installed.
    """
    started = clock()
    output = Path(output).absolute()
    asked = [Path(path).absolute() for path in paths]
    options = Options(tuple(map(show_path, asked)), model, TableFormat(format), workers, Engine(engine), min_score)
    require_format(options.format)
    work = output / WORK_FOLDER
    with _output_errors(output):
        check_finished_run(output / RUN_FILE, options)
    # the pipeline first: if there is none, nothing is left lying about
    with Scheduler(_make_crew(options, stages), seconds_per_file=seconds_per_file) as scheduler, _output_errors(output):
        pipeline = scheduler.load()
        logger.info("pipeline: %s %s (%s)", pipeline.name, pipeline.version, pipeline.kind)
        with locked_folder(work):
            with Journal(work / "journal.sqlite") as journal:
                check_unfinished_run(output, journal.read_options(), options)
                journal.begin(_find_inputs(asked, output, stages), make_signature(pipeline), dump_options(options))
                _read_files(journal, scheduler, workers, progress)
                scheduler.close()
                checks = write_results(journal, work / "ready", options.format)
                summary = make_summary(
                    output, pipeline, options, journal.count(), checks, started=started, finished=clock()
                )
                publish_results(summary, work / "ready")
            _forget(work)
    return summary


def _make_crew(options: Options, stages: Stages) -> Crew[Any]:
    if options.engine is Engine.LOCAL:
        return ProcessCrew(stages, options.model, options.min_score)
    # imported here: Ray takes a second, and may not be installed
    from zhibiao.inference.ray_actors import RayCrew  # noqa: PLC0415

    return RayCrew(stages, options.model, options.min_score, workers=options.workers)


def _find_inputs(paths: Sequence[Path], output: Path, stages: Stages) -> Iterable[InputFile]:
    tables = (name_table_file(table, table_format) for table in (FACTS, CHECKS) for table_format in TableFormat)
    own = {output / name for name in (SPANS_FILE, LEDGER_FILE, RUN_FILE, *tables)}
    return iter_inputs(stages.get_walk_paths()(paths), frozenset(own))


def _read_files(journal: Journal, scheduler: Scheduler[Any], workers: int, progress: Progress | None) -> None:
    files = journal.count().files
    total = sum(files.values())
    handled = total - files[FileStatus.PENDING]
    rejected = 0
    if files[FileStatus.DONE]:
        logger.info("continuing: %d of %d files were read before", files[FileStatus.DONE], total)
    if progress:
        progress(handled, total)
    for outcome in scheduler.run(journal.iter_tasks(), workers=min(workers, files[FileStatus.PENDING])):
        journal.record(outcome)
        if outcome.reason:
            rejected += 1
            _log_rejection(outcome, rejected)
        handled += 1
        if progress:
            progress(handled, total)


def _log_rejection(outcome: Outcome, number: int) -> None:
    # a fault that hits every file must not bury the terminal
    if number == _REJECTIONS_SHOWN + 1:
        logger.warning("more files are rejected; %s will list them all", LEDGER_FILE)
    level = logging.WARNING if number <= _REJECTIONS_SHOWN else logging.DEBUG
    logger.log(level, "%s: rejected: %s", outcome.name, outcome.reason)
    logger.debug("%s", outcome.trace)


def _forget(work: Path) -> None:
    """Remove the journal of a finished run; the lock, which is still held, goes with :func:`locked_folder`."""
    shutil.rmtree(work / "ready", ignore_errors=True)
    for path in work.glob("journal.sqlite*"):
        path.unlink()


@contextmanager
def _output_errors(output: Path) -> Iterator[None]:
    """Turn the faults of disks and folders into one message."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"{output} cannot be written: {error}; what was read is kept") from error
    except sqlite3.DatabaseError as error:
        raise OutputError(f"{output / WORK_FOLDER} is damaged ({error}): remove it to start anew") from error
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror or error}") from error
