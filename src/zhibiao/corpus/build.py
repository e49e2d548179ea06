"""Gold files from marked copies: the marks of a source text, moved to the cleaned text of its report."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

from zhibiao.corpus.gold import GoldReport, make_gold
from zhibiao.corpus.marks import MarkedText, read_marked
from zhibiao.errors import InputError
from zhibiao.readers import read_source
from zhibiao.records import Annotation, Entity, Report
from zhibiao.text.reports import make_reports

MARKED_SUFFIX = ".txt"


def build_gold(marked: Path, source: Path, part: int | None = None) -> GoldReport:
    """Make the gold report of a marked copy.

    Parameters
    ----------
    marked
        The marked copy: of the whole source file (authored reports), or of one report's cleaned text (real reports).
    source
        The file as found.
    part
        Which of the file's reports was marked; None where the whole file was.

    Raises
    ------
    InputError
        If the copy's text differs from the text it is a copy of, or a mark falls on text that cleaning takes out.
    """
    read = read_marked(marked.read_text("utf-8"), where=marked.name)
    text = read_source(source, name=source.name)
    reports = make_reports(text)
    report = reports[part or 0]
    whole = part is None
    _expect(read.text, text.text if whole else report.text, marked.name)
    return make_gold(
        marked.stem,
        origin="authored" if whole else "real",
        source=source.name,
        part=report.part,
        text=report.text,
        annotation=Annotation(_moved(read, report, marked.name) if whole else read.entities, read.relations),
        facts=read.facts,
    )


def source_of(marked: Path, *, authored: Path, raw: Path) -> tuple[Path, int | None]:
    """Find the source of a marked copy by its name: ``a001`` is a whole authored file, ``r001-2`` part 2 of the real file 001.

    Raises
    ------
    InputError
        If there is no such source.
    """
    name, _, part = marked.stem.partition("-")
    if not part:
        source = authored / f"{name}.txt"
        if source.is_file():
            return source, None
    elif found := sorted(raw.glob(f"{name[1:]}_*.txt")):
        return found[0], int(part)
    raise InputError("no source of this name", where=str(marked))


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
