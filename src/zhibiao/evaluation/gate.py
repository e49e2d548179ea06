"""The gate: a retrained pipeline may not be worse than the released scores of its name say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from zhibiao.errors import InputError
from zhibiao.evaluation.harness import Evaluation, Score
from zhibiao.evaluation.signature import Signature, require_comparable
from zhibiao.formats.jsonl import make_json_line, write_lines
from zhibiao.scoring.counts import Counts
from zhibiao.scoring.intervals import compare_reports


@dataclass(frozen=True, slots=True)
class Loss:
    """A score that is worse than released, beyond what chance explains."""

    layer: str
    label: str
    released: float
    now: float
    reason: str

    def __str__(self) -> str:
        """Write one line for a person."""
        return f"{self.layer}, {self.label}: {self.now:.3f}, released {self.released:.3f} ({self.reason})"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ReleasedScore(_Strict):
    layer: str
    label: str
    f1: float | None
    interval: tuple[float, float] | None
    per_report: list[tuple[int, int, int]]


class _Released(_Strict):
    signature: dict[str, Any]
    reports: list[str]
    scores: list[_ReleasedScore]


_FILE = TypeAdapter(dict[str, _Released])


def release_scores(evaluation: Evaluation, path: Path) -> None:
    """Write the scores of a system into the file of released ones, under the system's name.

    Raises
    ------
    InputError
        If there is such a file and it cannot be read.
    """
    released = dict(_read(path)) if path.exists() else {}
    released[evaluation.signature.system] = _Released(
        signature=asdict(evaluation.signature),
        reports=list(evaluation.reports),
        scores=[_released_score(score) for score in evaluation.scores],
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_lines(_lines(released), path)


def find_losses(evaluation: Evaluation, path: Path) -> list[Loss]:
    """Compare an evaluation with the released scores of its system.

    A score is a loss if it falls below the released interval, or if the 95 % interval of the difference, paired by report, lies
    below zero. Scores released without an interval (too few reports) are not judged.

    Raises
    ------
    InputError
        If nothing is released under the system's name, or the scores cannot be compared: another standard, scorer or gold.
    """
    released = _read(path).get(evaluation.signature.system)
    if released is None:
        raise InputError(f"no scores are released for {evaluation.signature.system!r}", where=str(path))
    require_comparable(Signature(**released.signature), evaluation.signature)
    before = {(score.layer, score.label): score for score in released.scores}
    order = {report: number for number, report in enumerate(evaluation.reports)}
    places = [order[report] for report in released.reports]
    losses = []
    for score in evaluation.scores:
        old = before.get((score.layer, score.label))
        if old is not None and old.interval is not None and (loss := _judge(score, old, places)) is not None:
            losses.append(loss)
    return losses


def _judge(score: Score, old: _ReleasedScore, places: list[int]) -> Loss | None:
    now = score.counts.f1
    if now is None or old.f1 is None or old.interval is None or now >= old.f1:
        return None
    if now < old.interval[0]:
        return Loss(score.layer, score.label, old.f1, now, f"below the interval from {old.interval[0]:.3f}")
    paired = compare_reports(
        [Counts(*counts) for counts in old.per_report], [score.reports[place] for place in places], rounds=1
    )
    if paired and paired.interval and paired.interval.high < 0:
        return Loss(score.layer, score.label, old.f1, now, f"worse by {-paired.interval.high:.3f} at the least")
    return None


def _released_score(score: Score) -> _ReleasedScore:
    return _ReleasedScore(
        layer=score.layer,
        label=score.label,
        f1=score.counts.f1,
        interval=(score.interval.low, score.interval.high) if score.interval else None,
        per_report=[(counts.matched, counts.reference, counts.predicted) for counts in score.reports],
    )


def _read(path: Path) -> Mapping[str, _Released]:
    try:
        return _FILE.validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError("no released scores here; write them with --release", where=str(path)) from None
    except (UnicodeDecodeError, ValidationError) as error:
        raise InputError(f"not a file of released scores: {str(error).splitlines()[0]}", where=str(path)) from None


def _lines(released: Mapping[str, _Released]) -> Iterator[str]:
    """Write one score a line, so that a change shows as a change."""
    yield "{"
    for number, name in enumerate(sorted(released)):
        record = released[name].model_dump(mode="json")
        yield f"{',' * (number > 0)}{json.dumps(name, ensure_ascii=False)}: {{"
        yield f'"signature": {make_json_line(record["signature"])},'
        yield f'"reports": {make_json_line(record["reports"])},'
        yield '"scores": ['
        yield ",\n".join(make_json_line(score) for score in record["scores"])
        yield "]}"
    yield "}"
