"""What the words of time in one report mean: the period looked back on, the one planned, and the year that is 今年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.labels import SectionStatus
from zhibiao.records import Report
from zhibiao.text.periods import find_span
from zhibiao.text.sections import is_plan_only, run_on_title

_SESSION_YEAR = re.compile(r"(20\d\d)年.{0,20}政府工作报告")
# 「（2023年2月23日）」 below the title of a speech.
_DATELINE = re.compile(r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?")
_HEAD_LENGTH = 160
_THIS_YEAR = re.compile("今年|本年")
# 去年 that places a figure: [去年]全局争取到29个; not 比去年, 由去年的, 去年同期.
_LAST_YEAR = re.compile("(?<![比较与和同由从到超达为至])去年(?!的|同期|底|末|以来)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The periods of one report, as ISO 8601; None where the text masks them.

    Parameters
    ----------
    review, plan
        The period of a figure that is reached, and of one that is planned, where its sentence names none.
    year
        The year that 今年 means. A speech of February 2023 on the year 2022 says 今年 for 2023 and 去年 for 2022.
    """

    review: str | None
    plan: str | None
    year: int | None


def read_calendar(report: Report) -> Calendar:
    r"""Read what a report says of the time it speaks of and the time it speaks in.

    Examples
    --------
    >>> from zhibiao.text.reports import make_text_report
    >>> def read(title):
    ...     return read_calendar(make_text_report(f"{title}\n一、情况", report_id="r", source="r.txt"))
    >>> read("宁国市科技局2021年工作总结"), read("2022年工作要点")
    (Calendar(review='2021', plan='2022', year=2021), Calendar(review='2021', plan='2022', year=2022))
    >>> read("2022年上半年工作总结")
    Calendar(review='2022-01/2022-06', plan='2022-07/2022-12', year=2022)
    """
    title = report.title or run_on_title(report.text) or ""
    period, year = report.period, report.year
    if period is None:
        return Calendar(None, None, None)
    if span := find_span(title):
        return Calendar(period, str(span[1]), year)
    if year is None:
        return Calendar(period, None, None)
    if is_plan_only(title):
        return Calendar(shift_period(period, -1), period, year)
    return Calendar(period, shift_period(period, 1), _spoken_in(report, title, year))


def shift_period(period: str, step: int) -> str:
    """Give the stretch of time before or behind a period: for months of a year what is left of it, else the next year.

    Examples
    --------
    >>> [shift_period(period, 1) for period in ("2021", "2022-01/2022-06", "2022-01/2022-09", "2022-07/2022-12", "2016/2020")]
    ['2022', '2022-07/2022-12', '2022-10/2022-12', '2023', '2021']
    >>> shift_period("2022-04/2022-06", 1), shift_period("2022-07/2022-12", -1), shift_period("2022", -1)
    ('2022-07/2022-09', '2022-01/2022-06', '2021')
    """
    first, _, last = period.partition("/")
    last = last or first
    year = int((last if step > 0 else first)[:4])
    if len(first) < 7 or len(last) < 7 or first[:4] != last[:4]:
        return str(year + step)
    begin, end = int(first[5:7]), int(last[5:7])
    length = end - begin + 1
    if step < 0:
        return f"{year}-{max(begin - length, 1):02}/{year}-{begin - 1:02}" if begin > 1 else str(year - 1)
    if end == 12:
        return str(year + 1)
    # A quarter is followed by the next one, months from January by the rest of the year.
    stop = end + 3 if length == 3 else 12
    return f"{year}-{end + 1:02}/{year}-{stop:02}"


def _spoken_in(report: Report, title: str, year: int) -> int:
    """Give the year in which a report on ``year`` was given: the next one where its head or its words say so."""
    text = report.text
    head = f"{title}\n{text[:_HEAD_LENGTH]}"
    if match := _SESSION_YEAR.search(title) or _DATELINE.search(head):
        said = int(match[1])
        return said if year <= said <= year + 1 else year
    if report.period != str(year) or not _LAST_YEAR.search(text):
        return year
    plans = [(s.start, s.end) for s in report.sections if s.status is SectionStatus.PLAN]
    spoken = (match.start() for match in _THIS_YEAR.finditer(text))
    return year if any(not _lies_in(place, plans) for place in spoken) else year + 1


def _lies_in(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in ranges)
