"""Which period a figure speaks of."""

from __future__ import annotations

import re

from zhibiao.labels import SectionStatus
from zhibiao.numbers.dates import find_periods
from zhibiao.numbers.mentions import PeriodMention
from zhibiao.records import Report, Section

_HALVES = (("上半年", "01", "06"), ("下半年", "07", "12"))
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?")


def section_year(report: Report, section: Section | None) -> int | None:
    """Give the year a section speaks of: its heading's, else the report's, for a plan the year after.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText
    >>> plan = Section(1, "二、", "2022年工作计划", 0, 9, SectionStatus.PLAN)
    >>> section_year(Report("r", "r.txt", 0, AlignedText.from_source(""), year=2021, sections=(plan,)), plan)
    2022
    """
    if section is None:
        return report.year
    for titled in _with_ancestors(report, section):
        years = [int(found) for found in _YEAR.findall(titled.title)]
        if years:
            return years[-1] if titled.status is SectionStatus.PLAN else years[0]
    if report.year is None or section.status is not SectionStatus.PLAN or not _has_review(report):
        return report.year
    # The plan of a half-year report is for the same year's second half.
    return report.year if report.period and "/" in report.period else report.year + 1


def default_period(report: Report, section: Section | None) -> str | None:
    """Give the period of a figure whose sentence names none."""
    year = section_year(report, section)
    if year is None:
        return None
    if section is None or section.status is not SectionStatus.PLAN:
        return report.period if year == report.year else str(year)
    for titled in _with_ancestors(report, section):
        for word, first, last in _HALVES:
            if word in titled.title:
                return f"{year}-{first}/{year}-{last}"
    return str(year)


def sentence_periods(text: str, start: int, end: int, year: int | None) -> list[PeriodMention]:
    """Find the times a sentence names, with offsets into the whole text."""
    return [
        PeriodMention(start + found.start, start + found.end, found.period, found.kind)
        for found in find_periods(text[start:end], year=year)
    ]


def _has_review(report: Report) -> bool:
    return any(section.status is SectionStatus.REVIEW for section in report.sections)


def _with_ancestors(report: Report, section: Section) -> list[Section]:
    chain = [section]
    while chain[-1].parent is not None:
        chain.append(report.sections[chain[-1].parent])
    return chain
