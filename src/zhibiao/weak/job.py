"""Files in, silver out: votes kept file by file, so that an interrupted run is continued; then weighed and written."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from zhibiao import __version__
from zhibiao.corpus.gold import GoldHeader, GoldReport, make_header
from zhibiao.errors import InputError, OutputError, ZhibiaoError
from zhibiao.formats.atomic import replacing
from zhibiao.formats.jsonl import write_lines
from zhibiao.labels import EntityLabel
from zhibiao.pipes.load import RULES, load_pipeline
from zhibiao.readers import FoundFile, read_source, walk_paths
from zhibiao.records import Source
from zhibiao.text.reports import make_reports
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.apply import CastSpan, Fault
from zhibiao.weak.functions import LabellingFunction
from zhibiao.weak.labelling import VotedReport, fit_labeller, tabulate, vote
from zhibiao.weak.silver import SilverReport, make_silver, write_silver
from zhibiao.weak.views import ReportView

logger = logging.getLogger(__name__)

SILVER_FILE, LEDGER_FILE, RUN_FILE, FAULTS_FILE = "silver.jsonl", "ledger.jsonl", "run.json", "faults.txt"
_WORK = ".zhibiao"
_COMMAND = "weak label"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What became of a file: done, rejected or skipped, and why."""

    source: str
    sha256: str | None
    status: str
    reason: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class LabelSummary:
    """What a run of `label_files` did."""

    silver_path: Path
    files: dict[str, int]
    reports: int
    entities: int
    relations: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A report with its votes, and how silver calls it."""

    report_id: str
    source: str
    part: int
    header: GoldHeader
    voted: VotedReport


def label_files(
    paths: Sequence[Path],
    output: Path,
    functions: Sequence[LabellingFunction],
    *,
    aggregation: Aggregation = Aggregation.GENERATIVE,
    gold: Sequence[GoldReport] = (),
    progress: Progress | None = None,
) -> LabelSummary:
    """Label reports by the vote of functions, into ``silver.jsonl``, with ``ledger.jsonl`` and ``run.json``.

    The votes of each file are kept until the end: the same call continues an interrupted run.

    Parameters
    ----------
    paths
        Files and folders.
    output
        The folder for the results.
    functions
        The labelling functions.
    aggregation
        How votes are weighed; ``weighted`` needs gold.
    gold
        Reports with people's annotation to learn the weights from.
    progress
        Is told how many files are dealt with, of how many.

    Raises
    ------
    OutputError
        If the folder holds another command's results, or cannot be written.
    InputError
        If the weighted vote has no gold.
    """
    check_folder(output)
    work = output / _WORK / "votes"
    try:
        work.mkdir(parents=True, exist_ok=True)
        ledger, parts = _vote_on_files(paths, output, work, functions, progress)
        known = [vote(ReportView(one.text), functions, one.annotation()) for one in gold]
        silver, faults = _weigh(parts, known, functions, aggregation)
        summary = _summarise(output, ledger, silver, faults)
        _write(summary, ledger, silver, _run_record(summary, functions, aggregation))
        shutil.rmtree(output / _WORK, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror or error}") from error
    return summary


def check_folder(output: Path) -> None:
    """Make sure that a folder holds no other command's results.

    Raises
    ------
    OutputError
        If it does.
    """
    path = output / RUN_FILE
    try:
        command = json.loads(path.read_text("utf-8"))["command"]
    except FileNotFoundError:
        return
    except (ValueError, LookupError, TypeError, OSError):
        command = None
    if command != _COMMAND:
        raise OutputError(f"{path} is another command's: choose another folder for the silver")


def _vote_on_files(
    paths: Sequence[Path], output: Path, work: Path, functions: Sequence[LabellingFunction], progress: Progress | None
) -> tuple[list[LedgerLine], list[_Part]]:
    own = {(output / name).absolute() for name in (SILVER_FILE, LEDGER_FILE, RUN_FILE, FAULTS_FILE)}
    files = [found for found in walk_paths(paths) if found.path.absolute() not in own]
    signature = _signature(functions)
    ledger: list[LedgerLine] = []
    parts: list[_Part] = []
    seen: dict[str, str] = {}
    for number, found in enumerate(files):
        line, made = _vote_on_file(found, seen, work, functions, signature)
        ledger.append(line)
        parts += made
        if line.status == "rejected":
            logger.warning("%s: rejected: %s", line.source, line.reason)
        if progress:
            progress(number + 1, len(files))
    return ledger, parts


def _vote_on_file(
    found: FoundFile, seen: dict[str, str], work: Path, functions: Sequence[LabellingFunction], signature: str
) -> tuple[LedgerLine, list[_Part]]:
    if found.skip is not None:
        return LedgerLine(found.name, None, "skipped", found.skip, 0), []
    try:
        source = read_source(found.path, name=found.name)
    except InputError as error:
        return LedgerLine(found.name, None, "rejected", error.reason, 0), []
    except ZhibiaoError as error:
        return LedgerLine(found.name, None, "rejected", str(error), 0), []
    if (earlier := seen.setdefault(source.sha256, found.name)) != found.name:
        return LedgerLine(found.name, source.sha256, "skipped", f"same content as {earlier}", 0), []
    parts = list(_vote_on_source(source, work / f"{source.sha256}.json", functions, signature))
    return LedgerLine(found.name, source.sha256, "done", None, len(parts)), parts


def _vote_on_source(
    source: Source, kept: Path, functions: Sequence[LabellingFunction], signature: str
) -> Iterator[_Part]:
    """Vote on the reports of a file, or take the votes that an interrupted run has kept."""
    earlier = _read_votes(kept, signature)
    votes_of: list[list[CastSpan]] = []
    reports = make_reports(source)
    for report in reports:
        view = ReportView(report.text, report.sentences)
        if earlier is not None and len(earlier) == len(reports):
            voted = tabulate(view, earlier[report.part], functions)
        else:
            voted = vote(view, functions)
        votes_of.append(list(voted.votes))
        yield _Part(report.report_id, source.name, report.part, make_header(report), voted)
    if earlier is None:
        _keep_votes(votes_of, kept, signature)


def _keep_votes(votes_of: list[list[CastSpan]], path: Path, signature: str) -> None:
    rows = [[[v.function, v.label.value, v.start, v.end, v.against] for v in votes] for votes in votes_of]
    with replacing(path) as temporary:
        temporary.write_text(json.dumps({"signature": signature, "votes": rows}), "utf-8")


def _read_votes(path: Path, signature: str) -> list[list[CastSpan]] | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["signature"] != signature:
            return None
        return [
            [CastSpan(name, EntityLabel(label), start, end, against) for name, label, start, end, against in rows]
            for rows in kept["votes"]
        ]
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _signature(functions: Iterable[LabellingFunction]) -> str:
    """Name everything but the file that votes depend on: the package's code and data, and the functions with their cases."""
    digest = hashlib.sha256(load_pipeline(RULES).hash.encode())
    for function in functions:
        digest.update(f"{function.name} {function.cases}".encode())
    return digest.hexdigest()


def _weigh(
    parts: Sequence[_Part],
    gold: Sequence[VotedReport],
    functions: Sequence[LabellingFunction],
    aggregation: Aggregation,
) -> tuple[list[SilverReport], tuple[Fault, ...]]:
    if not parts:
        return [], ()
    labeller = fit_labeller([*gold, *(part.voted for part in parts)], functions, aggregation)
    silver: list[SilverReport] = []
    faults: list[Fault] = []
    for part in parts:
        labelled = labeller.label(part.voted)
        faults += labelled.faults
        silver.append(
            make_silver(
                part.report_id,
                part.voted,
                labelled,
                aggregation,
                source=part.source,
                part=part.part,
                header=part.header,
            )
        )
    return silver, tuple(dict.fromkeys(faults))


def _write(summary: LabelSummary, ledger: Sequence[LedgerLine], silver: Sequence[SilverReport], record: str) -> None:
    """Write the results, the run's record last: where it lies, everything does."""
    output = summary.silver_path.parent
    write_silver(silver, summary.silver_path)
    write_lines((json.dumps(asdict(line), ensure_ascii=False) for line in ledger), output / LEDGER_FILE)
    write_lines((str(fault) for fault in summary.faults), output / FAULTS_FILE)
    write_lines([record], output / RUN_FILE)


def _summarise(
    output: Path, ledger: Sequence[LedgerLine], silver: Sequence[SilverReport], faults: tuple[Fault, ...]
) -> LabelSummary:
    files = {status: sum(line.status == status for line in ledger) for status in ("done", "rejected", "skipped")}
    return LabelSummary(
        output / SILVER_FILE,
        files,
        len(silver),
        sum(len(report.entities) for report in silver),
        sum(len(report.relations) for report in silver),
        faults,
    )


def _run_record(summary: LabelSummary, functions: Sequence[LabellingFunction], aggregation: Aggregation) -> str:
    record = {
        "command": _COMMAND,
        "version": __version__,
        "aggregation": aggregation.value,
        "functions": [function.name for function in functions],
        "files": summary.files,
        "reports": summary.reports,
        "entities": summary.entities,
        "relations": summary.relations,
        "faults": len(summary.faults),
    }
    return json.dumps(record, ensure_ascii=False)
