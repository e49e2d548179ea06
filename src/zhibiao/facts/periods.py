"""Which period a figure speaks of where its sentence names none."""

from __future__ import annotations

import re

from zhibiao.facts.calendar import Calendar
from zhibiao.facts.timing import Timing
from zhibiao.labels import FactStatus, SectionStatus
from zhibiao.records import Report, Section
from zhibiao.text.fiveyears import FIVE_YEAR_PLAN, first_year

_PARTS = (
    ("上半年", "01", "06"),
    ("下半年", "07", "12"),
    ("前三季度", "01", "09"),
    ("一季度", "01", "03"),
    ("二季度", "04", "06"),
    ("三季度", "07", "09"),
    ("四季度", "10", "12"),
)
# A heading speaks of a year where it begins with one, or names what was done or is planned in it; 抓好2020年科技活动周 is an event.
_YEAR = re.compile(
    r"(?:^|：|:)(?P<year>20\d\d)年|(?P<later>20\d\d)年度?[^，,。；;]{0,14}"
    r"(?:总结|回顾|情况|成效|计划|打算|思路|安排|要点|目标|任务|举措|措施|重点|展望|设想|部署|工作)$"
)


def default_period(
    report: Report, section: Section | None, status: FactStatus, calendar: Calendar, *, planned: bool
) -> str | None:
    """Give the period of a figure whose sentence names none: the one looked back on, or for a target the one planned.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText
    >>> plan = Section(1, "二、", "2022年工作计划", 0, 9, SectionStatus.PLAN)
    >>> report = Report("r", "r.txt", 0, AlignedText.from_source(""), year=2021, period="2021", sections=(plan,))
    >>> calendar = Calendar("2021", "2022", 2021)
    >>> [default_period(report, plan, status, calendar, planned=True) for status in (FactStatus.TARGET, FactStatus.ACTUAL)]
    ['2022', '2021']
    """
    if status is FactStatus.TARGET or (status is FactStatus.FORECAST and planned):
        return (_headed(report, section, calendar.plan, ahead=True) if planned else None) or calendar.plan
    return (None if planned else _headed(report, section, calendar.review, ahead=False)) or calendar.review


def seen_period(timing: Timing, status: FactStatus, calendar: Calendar) -> str | None:
    """Give the period of a figure from the time its sentence names: of 今年 a half-year's report has seen a half.

    Examples
    --------
    >>> calendar = Calendar("2022-01/2022-06", "2022-07/2022-12", 2022)
    >>> this_year = Timing(0, 9, "2022", whole_year=True)
    >>> seen_period(this_year, FactStatus.ACTUAL, calendar), seen_period(this_year, FactStatus.TARGET, calendar)
    ('2022-01/2022-06', '2022')
    """
    review = calendar.review
    if timing.whole_year and status is FactStatus.ACTUAL and review and review.startswith(f"{timing.period}-"):
        return review
    return timing.period


def section_year(report: Report, section: Section | None, calendar: Calendar, *, planned: bool) -> int | None:
    """Give the year that months and days without one belong to.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText
    >>> section_year(Report("r", "r.txt", 0, AlignedText.from_source("")), None, Calendar("2021", "2022", 2021), planned=True)
    2022
    """
    status = FactStatus.TARGET if planned else FactStatus.ACTUAL
    period = default_period(report, section, status, calendar, planned=planned)
    first, _, last = (period or "").partition("/")
    if last and first[:4] != last[:4]:
        # 年底 among the goals of 2026 to 2030 is not that of 2030.
        last = (calendar.plan if planned else calendar.review) or last
    return int((last or first).rpartition("/")[2][:4]) if period else None


def _headed(report: Report, section: Section | None, default: str | None, *, ahead: bool) -> str | None:
    """Read the period from the heading of a section, or of one it stands in, if that heading looks the same way."""
    if default is None:
        return None
    last = default.rpartition("/")[2][:4]
    while section is not None:
        match = _YEAR.search(section.title)
        year = (match["year"] or match["later"]) if match else None
        if ahead and (year is None or year >= last):
            part = next((part for part in _PARTS if part[0] in section.title), None)
            if part and section.status is SectionStatus.PLAN:
                return f"{year or last}-{part[1]}/{year or last}-{part[2]}"
        if not year and (plan := FIVE_YEAR_PLAN.search(section.title)):
            first = first_year(plan[0])
            return f"{first}/{first + 4}" if (first > int(last)) == ahead or str(first) == last else default
        if year:
            looks_ahead = year > last or (ahead and year == last)
            return default if year == last or looks_ahead != ahead else year
        section = report.sections[section.parent] if section.parent is not None else None
    return None
