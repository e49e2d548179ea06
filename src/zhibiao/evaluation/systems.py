"""What is evaluated: a pipeline, a spans file, or another annotator's copies of the gold reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.corpus.marks import read_marked
from zhibiao.errors import InputError
from zhibiao.facts.build import build_facts
from zhibiao.formats.spans import read_spans_line
from zhibiao.pipes.load import Pipeline, load_pipeline, pipeline_folder
from zhibiao.records import Annotation, Fact, Report


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a system makes of one report.

    ``given`` holds its relations between the gold entities; None where the system cannot be asked for them.
    """

    annotation: Annotation
    facts: tuple[Fact, ...]
    given: Annotation | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A system under test.

    Parameters
    ----------
    name, hash
        What a report calls it, and a sha256 over all that decides its output.
    predict
        Annotates gold reports, seeing their text alone.
    notes
        What a reader of the scores must know, such as reports that the system has no answer for.
    """

    name: str
    hash: str
    predict: Callable[[Sequence[GoldReport], Sequence[Report]], list[Prediction]]
    notes: tuple[str, ...] = ()


def load_system(name: str, gold: Sequence[GoldReport]) -> System:
    """Find out what a name stands for.

    Parameters
    ----------
    name
        ``rules``, a pipeline's folder or package; a ``spans.jsonl`` of ``zhibiao extract``; a gold file; or a folder of
        gold files or marked copies.
    gold
        The reports it will be asked for.

    Raises
    ------
    InputError
        If a file cannot be read, or holds none of the gold reports.
    ModelError
        If the name is no file and no pipeline.
    """
    path = Path(name)
    if path.is_dir() and pipeline_folder(path) is None:
        return _annotator(path, gold)
    if path.is_file():
        return _annotator(path, gold) if _is_gold(path) else _spans_file(path, gold)
    return _pipeline(load_pipeline(name))


def _pipeline(pipeline: Pipeline) -> System:
    def predict(gold: Sequence[GoldReport], reports: Sequence[Report]) -> list[Prediction]:
        given = pipeline.relate(reports, [one.annotation() for one in gold])
        return [
            Prediction(read.annotation, read.facts, related)
            for read, related in zip(pipeline.read(reports), given, strict=True)
        ]

    return System(pipeline.name, pipeline.hash, predict)


def _annotator(path: Path, gold: Sequence[GoldReport]) -> System:
    """Take the copies that another annotator marked; they pair with gold reports by name."""
    found: dict[str, Annotation] = {}
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.suffix == ".jsonl":
            copy = read_gold(file)
            found[_text_key(copy.text)] = copy.annotation()
        elif file.suffix == ".txt":
            marked = read_marked(file.read_text("utf-8"), where=str(file))
            found[_text_key(marked.text)] = Annotation(marked.entities, marked.relations)
    return _recorded(path, gold, found)


def _spans_file(path: Path, gold: Sequence[GoldReport]) -> System:
    found: dict[str, Annotation] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                text, annotation = read_spans_line(line, where=f"{path}, line {number}")
                found[_text_key(text)] = annotation
    return _recorded(path, gold, found)


def _recorded(path: Path, gold: Sequence[GoldReport], found: Mapping[str, Annotation]) -> System:
    """Make a system of annotations on file; a report without one counts as nothing found."""
    lacking = [one.report_id for one in gold if _text_key(one.text) not in found]
    if len(lacking) == len(gold):
        raise InputError("none of the gold reports is in here, text for text", where=str(path))
    notes = (f"no annotation for {len(lacking)} reports, all in them counts as missed: {', '.join(lacking)}",)

    def predict(gold: Sequence[GoldReport], reports: Sequence[Report]) -> list[Prediction]:
        annotations = [found.get(_text_key(one.text), Annotation()) for one in gold]
        return [
            Prediction(annotation, build_facts(report, annotation))
            for report, annotation in zip(reports, annotations, strict=True)
        ]

    digest = sha256()
    for key, annotation in sorted(found.items()):
        digest.update(f"{key}{annotation}".encode())
    return System(str(path), digest.hexdigest(), predict, notes if lacking else ())


def _text_key(text: str) -> str:
    # A marked copy ends with a line end that its report's text may lack.
    return sha256(text.rstrip("\n").encode()).hexdigest()


def _is_gold(path: Path) -> bool:
    try:
        first = json.loads(path.read_text("utf-8").partition("\n")[0])
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise InputError("neither a spans file nor gold: its first line is no JSON", where=str(path)) from None
    return isinstance(first, dict) and "facts" in first and "text_sha256" in first
