"""Gold files from marked copies: the marks of a source text, moved to the cleaned text of its report."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zhibiao.corpus.gold import GoldReport, make_gold
from zhibiao.corpus.marks import MarkedText, read_marked
from zhibiao.errors import InputError
from zhibiao.readers import read_source
from zhibiao.records import Annotation, Entity, Report
from zhibiao.text.reports import make_reports


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """What a marked copy is a copy of.

    ``part`` is the report of the file whose cleaned text was marked; None where the file itself was, as it is clean.
    """

    path: Path
    origin: Literal["real", "authored"]
    part: int | None


def source_of(marked: Path, *, authored: Path, raw: Path) -> MarkedSource:
    """Find the source of a marked copy by its name.

    ``a001`` is a clean authored file, ``a003d`` a dirty one (its cleaned text is marked), ``r001-2`` part 2 of the real
    file 001.

    Raises
    ------
    InputError
        If there is no such source.
    """
    name, _, part = marked.stem.partition("-")
    if part and (found := sorted(raw.glob(f"{name[1:]}_*.txt"))):
        return MarkedSource(found[0], "real", int(part))
    source = authored / f"{name}.txt"
    if part or not source.is_file():
        raise InputError("no source of this name", where=str(marked))
    return MarkedSource(source, "authored", 0 if name.endswith("d") else None)


def build_gold(marked: Path, source: MarkedSource) -> GoldReport:
    """Make the gold report of a marked copy.

    Raises
    ------
    InputError
        If the copy's text differs from the text it is a copy of, or a mark falls on text that cleaning takes out.
    """
    read = read_marked(marked.read_text("utf-8"), where=marked.name)
    file = read_source(source.path, name=source.path.name)
    report = make_reports(file)[source.part or 0]
    whole = source.part is None
    _expect(read.text, file.text if whole else report.text, marked.name)
    return make_gold(
        report,
        report_id=marked.stem,
        origin=source.origin,
        annotation=Annotation(_moved(read, report, marked.name) if whole else read.entities, read.relations),
        facts=read.facts,
    )


def _expect(found: str, expected: str, where: str) -> None:
    found, expected = found.rstrip("\n"), expected.rstrip("\n")
    if found == expected:
        return
    at = next(
        (i for i, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), min(len(found), len(expected))
    )
    raise InputError(
        f"the marked copy differs from its source at {at}: {found[at : at + 15]!r} for {expected[at : at + 15]!r}; copy the text anew",
        where=where,
    )


def _moved(read: MarkedText, report: Report, where: str) -> tuple[Entity, ...]:
    """Move spans of the source to the cleaned text."""
    aligned = report.aligned
    moved: list[Entity] = []
    for entity in read.entities:
        start, end = bisect_left(aligned.starts, entity.start), bisect_left(aligned.starts, entity.end)
        if start == end or aligned.starts[start] != entity.start or aligned.ends[end - 1] != entity.end:
            raise InputError(f"cleaning cuts the span {entity.text!r} at {entity.start}; mark what stays", where=where)
        moved.append(Entity(entity.id, entity.label, start, end, aligned.text[start:end]))
    return tuple(moved)
