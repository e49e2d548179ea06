import pytest

from zhibiao.facts.calendar import Calendar, read_calendar, shift_period
from zhibiao.text.reports import make_text_report


def calendar_of(title: str, *lines: str) -> Calendar:
    body = "\n".join((title, *lines)) + "\n一、工作情况\n各项工作有序推进，成效明显，现将有关情况报告如下。"
    return read_calendar(make_text_report(body, report_id="r", source="r.txt"))


@pytest.mark.parametrize(
    ("title", "review", "plan", "year"),
    [
        ("县科技局2021年工作总结及2022年工作计划", "2021", "2022", 2021),
        ("区科技局2022年上半年工作总结和下半年工作安排", "2022-01/2022-06", "2022-07/2022-12", 2022),
        ("市科技局2013年一季度工作情况报告", "2013-01/2013-03", "2013-04/2013-06", 2013),
        ("科技局2015年前三季度工作小结", "2015-01/2015-09", "2015-10/2015-12", 2015),
        # a plan looks back on the year before
        ("2022年工作要点", "2021", "2022", 2022),
        ("海口市琼山区2012年科技工作思路", "2011", "2012", 2012),
        # a government's report of January says 今年 for the year to come
        ("2024年宾川县政府工作报告", "2023", "2024", 2024),
        # the goals of a plan are those of its last year
        ("科技创新五年行动计划（2023—2027年）", "2023/2027", "2027", None),
    ],
)
def test_review_plan_and_year(title: str, review: str, plan: str, year: int | None) -> None:
    assert calendar_of(title) == Calendar(review, plan, year)


def test_a_speech_speaks_from_its_date() -> None:
    spoken = calendar_of("在全省科技工作会议上的讲话", "（2023年2月23日）", "同志们：")
    assert spoken == Calendar("2022", "2023", 2023)


def test_a_masked_year_stays_unknown() -> None:
    assert calendar_of("市科技局工作总结", "20年,我局认真工作，各项任务完成。") == Calendar(None, None, None)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("去年全局争取到项目29个。", 2017),  # written in the year after
        ("去年全局争取到项目29个，今年继续。", 2016),
        ("比去年增长8%，由去年的5家增至9家。", 2016),
        ("工作有序。", 2016),
    ],
)
def test_a_report_that_only_says_last_year_is_given_in_the_next(words: str, year: int) -> None:
    assert calendar_of("2016年度述职报告", words).year == year


@pytest.mark.parametrize(
    ("period", "before", "behind"),
    [
        ("2021", "2020", "2022"),
        ("2022-01/2022-06", "2021", "2022-07/2022-12"),
        ("2022-07/2022-12", "2022-01/2022-06", "2023"),
        ("2022-01/2022-03", "2021", "2022-04/2022-06"),
        ("2022-04/2022-06", "2022-01/2022-03", "2022-07/2022-09"),
        ("2022-01/2022-05", "2021", "2022-06/2022-12"),
        ("2016/2020", "2015", "2021"),
    ],
)
def test_shift_period(period: str, before: str, behind: str) -> None:
    assert (shift_period(period, -1), shift_period(period, 1)) == (before, behind)
