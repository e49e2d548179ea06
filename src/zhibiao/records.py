"""The records that flow through zhibiao: reports, their annotation, and the facts read from it.

Offsets count Unicode code points and are half-open. ``None`` means that the text does not say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from zhibiao.alignment import AlignedText
from zhibiao.labels import (
    Approx,
    Aspect,
    CheckKind,
    Direction,
    EntityLabel,
    FactKind,
    FactStatus,
    RankKind,
    RelationLabel,
    SectionStatus,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as its reader gave it.

    Parameters
    ----------
    name
        The file's name as shown in every output, relative to the folder that was asked for.
    sha256
        Of the file's bytes, in hexadecimal.
    text
        The decoded text (txt), or the text the reader took out (html, docx, pdf).
    kind
        ``txt``, ``html``, ``docx`` or ``pdf``.
    encoding
        The encoding the bytes were read with; None for docx and pdf.
    size
        The file's size in bytes.
    """

    name: str
    sha256: str
    text: str
    kind: str
    encoding: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A place in the cleaned text that a person should know of, such as bytes broken beyond repair."""

    kind: str
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or titled part of a report, ``[start, end)`` with its heading.

    ``parent`` is the index of the section it stands in, in the report's tuple of sections; None at the top.
    """

    level: int
    marker: str
    title: str
    start: int
    end: int
    status: SectionStatus
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One work report of one issuer, cleaned.

    Parameters
    ----------
    report_id
        First 12 hexadecimal digits of the file's sha256, a hyphen, and the part's number.
    source, part
        The file's name, and which of its reports this is, from 0.
    aligned
        The cleaned text with its source places.
    title
        The report's title line, or None.
    issuer, region_code
        Who speaks (宁国市科技局), and the GB/T 2260 code of its region (341881).
    year, period
        The year reported on, and the period as ISO 8601 (2021, 2022-01/2022-06); None where the text masks it.
    published, index_number
        Date of publication (ISO 8601) and index number from the page's metadata.
    sections, sentences
        The section tree in text order, and sentence ranges that cover all text but white space.
    flags, notes
        Damaged places, and remarks such as a title year that contradicts the text.
    """

    report_id: str
    source: str
    part: int
    aligned: AlignedText
    title: str | None = None
    issuer: str | None = None
    region_code: str | None = None
    year: int | None = None
    period: str | None = None
    published: str | None = None
    index_number: str | None = None
    sections: tuple[Section, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The cleaned text, which every offset refers to."""
        return self.aligned.text


@dataclass(frozen=True, slots=True)
class Entity:
    """A labelled span ``[start, end)`` of a report's text; ``score`` is a confidence in 0..1."""

    id: int
    label: EntityLabel
    start: int
    end: int
    text: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled pair of entities, given by their ids."""

    head: int
    child: int
    label: RelationLabel
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """The entities and relations of one report."""

    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the fact table; the fields are those of the annotation standard, section 4.

    ``value_low`` and ``value_high`` are numbers in the base unit ``unit`` (CNY, percent, percentage_point, or the
    classifier), one of them None when the figure is open. ``*_source_*`` count code points of the decoded source.

    ``rank_low`` and ``rank_high`` are places from the top. 倒数第二 has them where the text says how many compete
    (``scope_size``), and its ``rank_from_bottom`` is 2 in any case.
    """

    fact_id: str
    report_id: str
    source: str
    part: int
    kind: FactKind
    metric: str
    figure: str
    sentence: str
    metric_start: int
    metric_end: int
    figure_start: int
    figure_end: int
    metric_source_start: int
    metric_source_end: int
    figure_source_start: int
    figure_source_end: int
    indicator: str | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    approx: Approx | None = None
    direction: Direction | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    rank_from_bottom: int | None = None
    rank_tied: bool | None = None
    rank_kind: RankKind | None = None
    scope: str | None = None
    scope_code: str | None = None
    scope_size: int | None = None
    status: FactStatus = FactStatus.ACTUAL
    period: str | None = None
    aspect: Aspect = Aspect.LEVEL
    holder: str | None = None
    holder_code: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """What a check found in one to three facts; the facts stay as they are.

    Parameters
    ----------
    check, verdict
        Which check, and what it says.
    fact
        The fact that was checked: the stated growth, the part, the target, the figure told first.
    other, base
        What it was held against: the level, the whole, the actual, the figure told again; and what a rate starts from,
        which is the earlier level or the target. None where the check needs none.
    expected_low, expected_high
        What should hold, both None where that is no number.
    found_low, found_high
        What the text gives. Of all four, None on one side is an open bound.
    unit
        Base unit of the four numbers.
    ratio
        The degree of attainment, actual over target; None for the other checks.
    explanation
        One line in English that quotes the figures.
    """

    check: CheckKind
    verdict: Verdict
    explanation: str
    fact: Fact
    other: Fact | None = None
    base: Fact | None = None
    expected_low: Decimal | None = None
    expected_high: Decimal | None = None
    found_low: Decimal | None = None
    found_high: Decimal | None = None
    unit: str | None = None
    ratio: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReadReport:
    """Everything that was found in one report."""

    report: Report
    annotation: Annotation = field(default_factory=Annotation)
    facts: tuple[Fact, ...] = ()
