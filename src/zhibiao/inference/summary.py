"""What a run says of itself: ``RunSummary`` and its file ``run.json``."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zhibiao import __version__
from zhibiao.errors import OutputError
from zhibiao.formats import CHECKS, FACTS, Table, TableFormat
from zhibiao.inference.journal import Counts
from zhibiao.inference.tasks import FileStatus, PipelineIdentity


def name_table_file(table: Table, table_format: TableFormat) -> str:
    """Name the file of a table.

    Examples
    --------
    >>> name_table_file(FACTS, TableFormat.CSV), name_table_file(CHECKS, TableFormat.PARQUET)
    ('facts.csv', 'checks.parquet')
    """
    return f"{table.name}.{table_format}"


def show_path(path: Path) -> str:
    r"""Write a path in UTF-8, with escapes for bytes that are none, such as those of a GBK name on Linux.

    Examples
    --------
    >>> show_path(Path("总结.txt")), show_path(Path("\udcd7\udcdc.txt"))
    ('总结.txt', '\\udcd7\\udcdc.txt')
    """
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for.

    Parameters
    ----------
    paths
        Files and folders, absolute, as :func:`show_path` writes them.
    model
        Name or path of the pipeline; None asks for the best one there is.
    format
        The format of the tables.
    workers, engine
        How the work was spread; neither changes a result.
    min_score
        Facts that the pipeline is less sure of are left out of the table.
    """

    paths: tuple[str, ...]
    model: str | None
    format: TableFormat
    workers: int
    engine: str
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a finished run did.

    Parameters
    ----------
    output
        The folder of the results.
    pipeline
        Which pipeline read the reports.
    options
        What was asked for.
    files, reports, facts, checks
        Files by status (done, rejected, skipped), reports, facts by kind (value, change, rank), and findings of the
        checks by verdict (contradiction, note, pair).
    started, finished
        Seconds since 1970.
    """

    output: Path
    pipeline: PipelineIdentity
    options: Options
    files: Mapping[str, int]
    reports: int
    facts: Mapping[str, int]
    checks: Mapping[str, int]
    started: float
    finished: float

    @property
    def facts_path(self) -> Path:
        """Where the fact table is."""
        return self.output / name_table_file(FACTS, self.options.format)

    @property
    def checks_path(self) -> Path:
        """Where the findings are."""
        return self.output / name_table_file(CHECKS, self.options.format)

    @property
    def rejected(self) -> int:
        """How many files could not be read."""
        return self.files[FileStatus.REJECTED]


def make_summary(
    output: Path,
    pipeline: PipelineIdentity,
    options: Options,
    counts: Counts,
    checks: Mapping[str, int],
    *,
    started: float,
    finished: float,
) -> RunSummary:
    """Put together what a finished run says of itself."""
    files = {status: number for status, number in counts.files.items() if status != FileStatus.PENDING}
    return RunSummary(output, pipeline, options, files, counts.reports, counts.facts, checks, started, finished)


def make_run_record(summary: RunSummary) -> dict[str, Any]:
    """Give the content of ``run.json``."""
    return {
        "version": __version__,
        "model": asdict(summary.pipeline),
        "options": asdict(summary.options),
        "counts": {
            "files": dict(summary.files),
            "reports": summary.reports,
            "facts": dict(summary.facts),
            "checks": dict(summary.checks),
        },
        "started": _format_time(summary.started),
        "finished": _format_time(summary.finished),
        "seconds": round(summary.finished - summary.started, 3),
        "python": platform.python_version(),
        "platform": platform.platform(),
    }


def _format_time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def make_signature(pipeline: PipelineIdentity) -> str:
    """Name everything but the file that a result depends on."""
    return json.dumps([__version__, pipeline.kind, pipeline.name, pipeline.version, pipeline.hash])


def check_finished_run(path: Path, options: Options) -> None:
    """Make sure that a finished run whose ``run.json`` lies here was the same command, which may be done again.

    Raises
    ------
    OutputError
        If it was another command: its results would be lost, or mix with the new ones.
    """
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))["options"]
        different = [
            name for name in ("paths", "model", "format", "min_score") if earlier[name] != _as_json(options)[name]
        ]
    except FileNotFoundError:
        return
    except (ValueError, LookupError, TypeError):
        raise OutputError(f"{path} is not of zhibiao's making: choose another folder for the results") from None
    if different:
        raise OutputError(_describe_difference(path.parent, "the results of", earlier, different))


def check_unfinished_run(folder: Path, earlier: str | None, options: Options) -> None:
    """Make sure that the unfinished run in a folder was the same command but for the format.

    Parameters
    ----------
    earlier
        The options of the unfinished run as :func:`dump_options` wrote them; None if there is none.

    Raises
    ------
    OutputError
        If it was another command: when this one ends, what the other had read would be lost.
    """
    known = json.loads(earlier) if earlier else _as_json(options)
    different = [name for name in ("paths", "model", "min_score") if known[name] != _as_json(options)[name]]
    if different:
        raise OutputError(_describe_difference(folder, "an unfinished run with", known, different))


def dump_options(options: Options) -> str:
    """Write options for the run that continues this one."""
    return json.dumps(_as_json(options))


def _as_json(options: Options) -> dict[str, Any]:
    return asdict(options) | {"paths": list(options.paths)}


def _describe_difference(folder: Path, what: str, earlier: Mapping[str, Any], different: Sequence[str]) -> str:
    listed = "; ".join(f"{name}: {_show(earlier[name])}" for name in different)
    return f"{folder} holds {what} other options ({listed}): choose another folder, or remove this one first"


def _show(value: Any) -> str:  # whatever a run.json holds
    if isinstance(value, list):
        return " ".join(map(str, value[:3])) + (" …" if len(value) > 3 else "")
    return "none given" if value is None else str(value)
