"""What a pull leaves in the round's folder: candidates, quarantine, history, faults, doubts, remarks.

::

    pulled/ANNOTATOR/candidates/REPORT.jsonl   gold candidates, whole reports without a fault
    pulled/ANNOTATOR/quarantine/REPORT.json    the others as the server has them, with what is wrong
    pulled/ANNOTATOR/history.jsonl             what became of every suggestion: who, when, by which rule
    pulled/ANNOTATOR/faults.jsonl, doubts.txt, remarks.jsonl
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zhibiao.annotation.candidates import Candidate, make_candidate
from zhibiao.annotation.faults import Fault
from zhibiao.annotation.history import make_history
from zhibiao.annotation.pull import PulledAnnotator
from zhibiao.annotation.pulled import PulledReport
from zhibiao.annotation.remarks import is_doubt
from zhibiao.annotation.rounds import Round
from zhibiao.corpus.gold import GoldReport, read_gold, write_gold
from zhibiao.formats.jsonl import make_json_line, write_lines

PULLED = "pulled"


@dataclass(frozen=True, slots=True)
class PullSummary:
    """What came back from an annotator: reports by what became of them, and everything that was found wrong."""

    annotator: str
    candidates: tuple[str, ...]
    in_work: tuple[str, ...]
    quarantined: tuple[str, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[str, ...]


def write_pulled(folder: Round, pulled: PulledAnnotator, *, unfinished: bool = False) -> PullSummary:
    """Write what came back from an annotator, in the place of what an earlier pull left.

    Parameters
    ----------
    folder
        The round.
    pulled
        What `zhibiao.annotation.pull.pull` gave.
    unfinished
        Make candidates also of reports that are not marked as done.
    """
    target = folder.folder / PULLED / pulled.annotator
    part = target.with_name(f".{pulled.annotator}.part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "candidates").mkdir(parents=True)
    contested = folder.read_contested()
    faults, doubts = list(pulled.strays), list[str]()
    names: dict[str, list[str]] = {"candidates": [], "in_work": [], "quarantined": []}
    for one in pulled.reports:
        candidate = None if one.faults else make_candidate(one, contested.get(one.report.report_id, ()))
        wrong = [*one.faults, *(candidate.faults if candidate else ())]
        names[_place(part, one, candidate, wrong, unfinished)].append(one.report.report_id)
        faults += wrong
        doubts += candidate.doubts if candidate else ()
        doubts += [
            f"{one.report.report_id}: {said.by} asks: {said.text}" for said in one.remarks if is_doubt(said.text)
        ]
    events = [event.record for one in pulled.reports for event in make_history(one)]
    remarks = [{"report_id": one.report.report_id, **asdict(said)} for one in pulled.reports for said in one.remarks]
    _write_records(part / "history.jsonl", events)
    _write_records(part / "remarks.jsonl", remarks)
    _write_records(part / "faults.jsonl", (asdict(fault) for fault in faults))
    write_lines(doubts, part / "doubts.txt")
    shutil.rmtree(target, ignore_errors=True)
    part.replace(target)
    lists = {key: tuple(found) for key, found in names.items()}
    return PullSummary(pulled.annotator, **lists, faults=tuple(faults), doubts=tuple(doubts))


def _place(part: Path, one: PulledReport, candidate: Candidate | None, faults: list[Fault], unfinished: bool) -> str:
    if candidate is None or faults:
        record = {"faults": [asdict(fault) for fault in faults], "documents": one.raw}
        path = part / "quarantine" / f"{one.report.report_id}.json"
        path.parent.mkdir(exist_ok=True)
        write_lines([json.dumps(record, ensure_ascii=False, indent=1)], path)
        return "quarantined"
    if not (one.done or unfinished):
        return "in_work"
    write_gold(candidate.gold, part / "candidates")
    return "candidates"


def _write_records(path: Path, records: Iterable[dict[str, Any]]) -> None:
    write_lines((make_json_line(json.loads(json.dumps(record, default=str))) for record in records), path)


def read_candidates(folder: Round) -> dict[str, dict[str, GoldReport]]:
    """Read the gold candidates of a round, by annotator and report."""
    return {
        annotator.name: {path.stem: read_gold(path) for path in sorted((annotator / "candidates").glob("*.jsonl"))}
        for annotator in sorted((folder.folder / PULLED).glob("[!.]*"))
        if annotator.is_dir()
    }


def read_history(folder: Round) -> list[dict[str, Any]]:
    """Read what became of every suggestion of a round."""
    records: list[dict[str, Any]] = []
    for path in sorted((folder.folder / PULLED).glob("[!.]*/history.jsonl")):
        with path.open(encoding="utf-8", newline="\n") as file:
            records += [json.loads(line) for line in file]
    return records
