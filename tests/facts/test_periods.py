import pytest

from zhibiao.alignment import AlignedText
from zhibiao.facts.calendar import Calendar
from zhibiao.facts.periods import default_period, section_year, seen_period
from zhibiao.facts.timing import Timing
from zhibiao.labels import FactStatus, SectionStatus
from zhibiao.records import Report, Section

ACTUAL, TARGET, FORECAST = FactStatus.ACTUAL, FactStatus.TARGET, FactStatus.FORECAST
ANNUAL = Calendar("2021", "2022", 2021)
HALF = Calendar("2022-01/2022-06", "2022-07/2022-12", 2022)


def report_with(*sections: Section) -> Report:
    return Report("r", "r.txt", 0, AlignedText.from_source(""), sections=sections)


def headed(title: str, status: SectionStatus, parent: int | None = None) -> Section:
    return Section(1 if parent is None else 2, "一、", title, 0, 9, status, parent)


REVIEW, PLAN = SectionStatus.REVIEW, SectionStatus.PLAN


@pytest.mark.parametrize(
    ("title", "status", "planned", "calendar", "period"),
    [
        ("2021年工作总结", ACTUAL, False, ANNUAL, "2021"),
        ("2022年工作计划", TARGET, True, ANNUAL, "2022"),
        ("下一步打算", TARGET, True, ANNUAL, "2022"),
        # a target in a review is for the time to come, what is there already in a plan is not
        ("2021年工作总结", TARGET, False, ANNUAL, "2022"),
        ("2022年工作计划", ACTUAL, True, ANNUAL, "2021"),
        ("2021年工作总结", FORECAST, False, ANNUAL, "2021"),
        ("2022年工作计划", FORECAST, True, ANNUAL, "2022"),
        # a heading of another year, and of a part of one
        ("2020年工作回顾", ACTUAL, False, ANNUAL, "2020"),
        ("2025年目标", TARGET, True, ANNUAL, "2025"),
        ("下半年工作安排", TARGET, True, HALF, "2022-07/2022-12"),
        ("四季度安排", TARGET, True, Calendar("2022-01/2022-09", "2022-10/2022-12", 2022), "2022-10/2022-12"),
        ("对症下药：2022年主要举措", TARGET, True, ANNUAL, "2022"),
        # the years of a plan
        ("“十五五”时期主要目标任务", TARGET, True, Calendar("2025", "2026", 2026), "2026/2030"),
        ("“十四五”时期工作回顾", ACTUAL, False, Calendar("2025", "2026", 2026), "2021/2025"),
        ("“十四五”时期和2025年工作回顾", ACTUAL, False, Calendar("2025", "2026", 2026), "2025"),
        # a year in an event's name
        ("抓好2019年科技活动周宣传", ACTUAL, False, ANNUAL, "2021"),
        ("主营业务收入2000万元以上工业企业", ACTUAL, False, ANNUAL, "2021"),
        ("抓企业", ACTUAL, False, Calendar(None, None, None), None),
        ("抓企业", TARGET, True, Calendar(None, None, None), None),
    ],
)
def test_default_period(title: str, status: FactStatus, planned: bool, calendar: Calendar, period: str | None) -> None:
    section = headed(title, PLAN if planned else REVIEW)
    assert default_period(report_with(section), section, status, calendar, planned=planned) == period


def test_a_part_takes_the_period_of_the_heading_above_it() -> None:
    above, part = headed("2020年工作回顾", REVIEW), headed("培育企业", REVIEW, parent=0)
    assert default_period(report_with(above, part), part, ACTUAL, ANNUAL, planned=False) == "2020"


def test_without_a_section_the_report_decides() -> None:
    assert default_period(report_with(), None, ACTUAL, ANNUAL, planned=False) == "2021"
    assert default_period(report_with(), None, TARGET, ANNUAL, planned=False) == "2022"


@pytest.mark.parametrize(("planned", "year"), [(False, 2021), (True, 2022)])
def test_months_belong_to_the_year_spoken_of(planned: bool, year: int) -> None:
    assert section_year(report_with(), None, ANNUAL, planned=planned) == year


def test_days_among_the_goals_of_five_years_are_of_the_next() -> None:
    section = headed("“十五五”时期主要目标任务", PLAN)
    assert section_year(report_with(section), section, Calendar("2025", "2026", 2026), planned=True) == 2026


@pytest.mark.parametrize(
    ("timing", "status", "calendar", "period"),
    [
        (Timing(0, 9, "2022", whole_year=True), ACTUAL, HALF, "2022-01/2022-06"),
        (Timing(0, 9, "2022", whole_year=True), TARGET, HALF, "2022"),
        (Timing(0, 9, "2022"), ACTUAL, HALF, "2022"),  # 全年
        (Timing(0, 9, "2020", whole_year=True), ACTUAL, HALF, "2020"),
        (Timing(0, 9, "2021", whole_year=True), ACTUAL, ANNUAL, "2021"),
        (Timing(0, 9, None, whole_year=True), ACTUAL, HALF, None),
    ],
)
def test_of_this_year_a_report_has_seen_what_it_reports_on(
    timing: Timing, status: FactStatus, calendar: Calendar, period: str | None
) -> None:
    assert seen_period(timing, status, calendar) == period
