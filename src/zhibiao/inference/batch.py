"""Reading files in bulk: listed, read, interrupted and continued, merged in order."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhibiao.errors import ZhibiaoError
from zhibiao.formats import TableFormat, require_format
from zhibiao.inference.errors import OutputError
from zhibiao.inference.journal import Journal
from zhibiao.inference.lock import locked_folder
from zhibiao.inference.merge import LEDGER_FILE, RUN_FILE, SPANS_FILE, name_facts_file, publish_results, write_results
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
)
from zhibiao.inference.tasks import FileStatus, Outcome, PipelineIdentity

logger = logging.getLogger(__name__)

WORK_FOLDER = ".zhibiao"
_STAGES = Stages()

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
    format: str = TableFormat.CSV,  # noqa: A002 - the name of the command's option
    workers: int = 1,
    engine: str = Engine.LOCAL,
    progress: Progress | None = None,
    seconds_per_file: float = 300.0,
    stages: Stages = _STAGES,
    clock: Callable[[], float] = time.time,
) -> RunSummary:
    """Read reports and write the table of their facts, with spans, ledger and ``run.json``, into a folder.

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
        Counts, and where the table is. Rejected files are listed in the ledger.

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
    options = Options(
        tuple(str(Path(path).absolute()) for path in paths), model, TableFormat(format), workers, Engine(engine)
    )
    require_format(options.format)
    work = output / WORK_FOLDER
    with _output_errors(output):
        check_finished_run(output / RUN_FILE, options)
        with (
            locked_folder(work),
            Scheduler(_make_crew(options, stages), workers=workers, seconds_per_file=seconds_per_file) as scheduler,
        ):
            with Journal(work / "journal.sqlite") as journal:
                check_unfinished_run(output, journal.read_setting("options"), options)
                journal.write_setting("options", dump_options(options))
                pipeline = scheduler.load()
                logger.info("pipeline: %s %s (%s)", pipeline.name, pipeline.version, pipeline.kind)
                journal.list_inputs(_find_inputs(options, output, stages), make_signature(pipeline))
                _read_files(journal, scheduler, progress)
                scheduler.close()
                ...
