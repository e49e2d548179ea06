"""Stages without spaCy, for worker processes to import; a file's first line may ask for a misfortune.

Each character 家 with digits before it makes one fact, of a broken number an unsure one.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from zhibiao.alignment import AlignedText
from zhibiao.errors import InputError, MissingExtraError, ModelError
from zhibiao.inference.stages import Stages
from zhibiao.labels import EntityLabel, FactKind, RelationLabel
from zhibiao.records import Annotation, Entity, Fact, ReadReport, Relation, Report, Source

STAGES = Stages(
    walk_paths="fake_stages:walk_paths",
    read_source="fake_stages:read_source",
    make_reports="fake_stages:make_reports",
    load_pipeline="fake_stages:load_pipeline",
)


@dataclass(frozen=True)
class FoundFile:
    path: Path
    name: str
    skip: str | None = None


def walk_paths(paths: Iterable[Path]) -> Iterator[FoundFile]:
    for path in paths:
        if not path.is_dir():
            yield FoundFile(path, path.name)
            continue
        for found in sorted(path.rglob("*")):
            if found.is_file() and ".zhibiao" not in found.parts:
                skip = None if found.suffix == ".txt" else "no report format"
                yield FoundFile(found, found.relative_to(path).as_posix(), skip)


def read_source(path: Path, *, name: str) -> Source:
    if not path.exists():
        raise InputError("no such file", where=name)
    _suffer(path.read_text("utf-8").split("\n", 1)[0], path)
    data = path.read_bytes()
    text = data.decode()
    return Source(name, hashlib.sha256(data).hexdigest(), text, "txt", "utf-8", len(data))


def _suffer(fate: str, path: Path) -> None:
    match fate.split():
        case ["reject"]:
            raise InputError("nothing\nto read")
        case ["extra"]:
            raise MissingExtraError("install zhibiao[pdf]")
        case ["bug"]:
            raise KeyError("高企")
        case ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["exit"]:
            os._exit(7)
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["change"]:
            path.write_text(path.read_text("utf-8") + "。", "utf-8")
        case ["write"]:
            sys.stdout.write("noise")
            sys.stdout.flush()


def make_reports(source: Source) -> tuple[Report, ...]:
    aligned = AlignedText.from_source(source.text)
    return tuple(
        Report(f"{source.sha256[:12]}-{part}", source.name, part, aligned, issuer="宁国市科技局", period="2021")
        for part in range(source.text.count("工作总结"))
    )


@dataclass(frozen=True)
class FakePipeline:
    name: str
    version: str
    hash: str
    kind: str

    def read(self, reports: Sequence[Report]) -> Iterator[ReadReport]:
        for report in reports:
            yield read_report(report)


def read_report(report: Report) -> ReadReport:
    entities: list[Entity] = []
    relations: list[Relation] = []
    facts: list[Fact] = []
    for number, match in enumerate(re.finditer("(高企)([0-9.]+)家", report.text)):
        metric, figure = match.span(1), (match.start(2), match.end())
        entities += (
            Entity(2 * number, EntityLabel.METRIC, *metric, match[1], 0.97),
            Entity(2 * number + 1, EntityLabel.AMOUNT, *figure, match[2] + "家", 0.9),
        )
        relations.append(Relation(2 * number, 2 * number + 1, RelationLabel.HAS_VALUE, 0.93))
        facts.append(
            Fact(
                f"{report.report_id}-{number}", report.report_id, report.source, report.part, FactKind.VALUE,
                match[1], match[2] + "家", match[0], *metric, *figure, *metric, *figure,
                value_low=Decimal(match[2]), value_high=Decimal(match[2]), unit="家", indicator="hightech_enterprises",
                period="2021", holder="宁国市", holder_code="341881",
                score=0.5 if "." in match[2] else 1.0,
            )
        )  # fmt: skip
    return ReadReport(report, Annotation(tuple(entities), tuple(relations)), tuple(facts))


def load_pipeline(model: str | None) -> FakePipeline:
    match model:
        case "missing":
            raise ModelError("there is no pipeline 'missing'")
        case "broken":
            raise OSError("config.cfg\nnot found")
        case "deadly":
            os._exit(5)
        case None:
            return FakePipeline("rules", "0.1.0", "ab" * 32, "rules")
        case _:
            return FakePipeline(model, "1.0.0", "cd" * 32, "trained")
