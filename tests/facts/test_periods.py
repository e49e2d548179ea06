import pytest

from zhibiao.alignment import AlignedText
from zhibiao.facts.periods import default_period, section_year
from zhibiao.labels import SectionStatus
from zhibiao.records import Report, Section

REVIEW = Section(1, "一、", "2021年工作总结", 0, 9, SectionStatus.REVIEW)
PLAN = Section(1, "二、", "2022年工作计划", 9, 20, SectionStatus.PLAN)
BARE_PLAN = Section(1, "二、", "下一步打算", 9, 20, SectionStatus.PLAN)
SECOND_HALF = Section(1, "二、", "下半年工作安排", 9, 20, SectionStatus.PLAN)
PART = Section(2, "(一)", "培育主体", 10, 20, SectionStatus.PLAN, parent=1)


def report(year: int | None, period: str | None, *sections: Section) -> Report:
    return Report("r", "r.txt", 0, AlignedText.from_source(""), year=year, period=period, sections=sections)


@pytest.mark.parametrize(
    ("of", "section", "period"),
    [
        (report(2021, "2021", REVIEW, PLAN), REVIEW, "2021"),
        (report(2021, "2021", REVIEW, PLAN), PLAN, "2022"),
        (report(2021, "2021", REVIEW, PLAN, PART), PART, "2022"),
        (report(2021, "2021", REVIEW, BARE_PLAN), BARE_PLAN, "2022"),
        (report(2022, "2022-01/2022-06", REVIEW, SECOND_HALF), SECOND_HALF, "2022-07/2022-12"),
        (report(2022, "2022-01/2022-06", REVIEW, SECOND_HALF), None, "2022-01/2022-06"),
        (report(2022, "2022", BARE_PLAN), BARE_PLAN, "2022"),  # a report that only plans speaks of its own year
        (report(None, None, REVIEW), None, None),  # a masked year stays unknown
    ],
)
def test_default_period(of: Report, section: Section | None, period: str | None) -> None:
    assert default_period(of, section) == period


def test_section_year_without_section_is_the_reports() -> None:
    assert section_year(report(2021, "2021"), None) == 2021
