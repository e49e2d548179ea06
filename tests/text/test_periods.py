import pytest

from zhibiao.text.periods import find_period, find_years


@pytest.mark.parametrize(
    ("title", "headings", "body", "year", "period"),
    [
        ("科技局2021年工作总结及2022年工作计划", ["2021年工作总结"], "2021年,市科技局", 2021, "2021"),
        ("二0一三年工作总结与二0一四年工作计划", [], "一年来,全县农业战线", 2013, "2013"),
        ("区科技局2022年上半年工作总结和下半年工作计划", [], "2022年上半年,区科技局", 2022, "2022-01/2022-06"),
        ("2015年前三季度工作小结", [], "今年以来", 2015, "2015-01/2015-09"),
        ("2019年三季度工作总结", ["四季度安排"], "今年前三季度", 2019, "2019-07/2019-09"),
        ("二〇一三年一季度工作情况报告", [], "现将我局", 2013, "2013-01/2013-03"),
        ("2012年度半年工作小结", [], "今年上半年", 2012, "2012-01/2012-06"),
        ("2022年下半年工作计划", [], "下半年", 2022, "2022-07/2022-12"),
        ("2021年1-5月工作情况汇报", [], "今年", 2021, "2021-01/2021-05"),
        ("2022年工作要点", [], "做好2022年工作,要总结2021年的经验", 2022, "2022"),
        # the text tells what the title leaves out
        ("工作总结", ["2020年工作情况", "2021年工作思路"], "2020年,全局", 2020, "2020"),
        ("上半年工作总结", [], "2020年上半年,全局", 2020, "2020-01/2020-06"),
        # a government's report is named by the year it is given in
        ("2026年政府工作报告", ["2025年工作回顾", "2026年工作安排"], "现在，我代表", 2025, "2025"),
        ("2026年河北省政府工作报告", ["“十四五”时期回顾", "2026年工作"], "现在", 2025, "2025"),
        # spans
        ("科技创新五年行动计划（2023—2027年）中期评估报告", [], "2025年年中", None, "2023/2027"),
        ("“十三五”科技创新规划实施情况的中期评估报告", [], "评估以2016年", None, "2016/2020"),
        ("2021年工作实现“十四五”良好开局情况汇报", [], "2021年", 2021, "2021"),
        # masked
        ("市科技局工作总结", ["20年主要工作"], "20年,我局。2020年共组织。2020年完成", None, None),
        ("县科技局工作总结", [], "20xx年，县科技局。2020年、2020年", None, None),
        ("县科技局2012年工作总结", [], "20年,县科技局", 2012, "2012"),
        ("工作总结", [], "近20年来，全县科技工作", None, None),
        ("讲话", [], "同志们", None, None),
    ],
)
def test_year_and_period(title: str, headings: list[str], body: str, year: int | None, period: str | None) -> None:
    found = find_period(title, headings, body)
    assert (found.year, found.period) == (year, period)


@pytest.mark.parametrize(
    ("title", "headings", "body", "dateline", "note"),
    [
        (
            "总结及2022年工作思路",
            ["2020年工作情况", "2021年工作思路"],
            "2020年,",
            "",
            "title says 2022, the text reviews 2020",
        ),
        ("2019年工作总结", ["2018年工作情况"], "2018年,全局", "", "title says 2019, the text reviews 2018"),
        ("市科技局工作总结", [], "20年,我局", "", "masked"),
        ("在大会上的讲话", [], "同志们", "（2023年2月23日）", "date at the head"),
        ("某县的加速度", [], "增长。2015年新增。2015年完成。2014年", "", "commonest"),
    ],
)
def test_notes_say_what_is_doubtful(title: str, headings: list[str], body: str, dateline: str, note: str) -> None:
    assert any(note in found for found in find_period(title, headings, body, dateline).notes)


def test_a_speech_in_the_first_months_looks_back() -> None:
    assert find_period("讲话", [], "同志们", "（2023年2月23日）").year == 2022
    assert find_period("讲话", [], "同志们", "（2017年12月8日）").year == 2017


def test_years_in_figures_and_numerals() -> None:
    assert find_years("2021年、二〇二二年、二0一三年、二○一四年、12021年、20年、2019号") == [2021, 2022, 2013, 2014]
