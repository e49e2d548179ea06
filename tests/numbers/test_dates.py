import pytest

from zhibiao.numbers.dates import PeriodKind, find_periods

ROWS = [
    ("2021年实现", "2021年", "2021", PeriodKind.YEAR),
    ("2019年度发放", "2019年度", "2019", PeriodKind.YEAR),
    ("二〇二一年工作", "二〇二一年", "2021", PeriodKind.YEAR),
    ("２０２１年底", "２０２１年底", "2021-12-31", PeriodKind.DAY),
    ("2022年1-5月完成", "2022年1-5月", "2022-01/2022-05", PeriodKind.PART),
    ("1—5月完成", "1—5月", "2022-01/2022-05", PeriodKind.PART),
    ("1至11月份完成", "1至11月份", "2022-01/2022-11", PeriodKind.PART),
    ("2021年上半年完成", "2021年上半年", "2021-01/2021-06", PeriodKind.PART),
    ("下半年力争", "下半年", "2022-07/2022-12", PeriodKind.PART),
    ("前三季度完成", "前三季度", "2022-01/2022-09", PeriodKind.PART),
    ("一季度完成", "一季度", "2022-01/2022-03", PeriodKind.PART),
    ("第四季度冲刺", "第四季度", "2022-10/2022-12", PeriodKind.PART),
    ("前5个月完成", "前5个月", "2022-01/2022-05", PeriodKind.PART),
    ("9月初下发", "9月初", "2022-09", PeriodKind.PART),
    ("全年完成", "全年", "2022", PeriodKind.YEAR),
    ("9月8日召开", "9月8日", "2022-09-08", PeriodKind.DAY),
    ("5月15日-21日举办", "5月15日-21日", "2022-05-15/2022-05-21", PeriodKind.DAY),
    ("2011年9月8日上午", "2011年9月8日", "2011-09-08", PeriodKind.DAY),
    ("2022-02-24 17:34 来源", "2022-02-24 17:34", "2022-02-24", PeriodKind.DAY),
    ("截至6月30日新增", "截至6月30日", "2022-06-30", PeriodKind.AS_OF),
    ("截止2020年11月底,", "截止2020年11月底", "2020-11-30", PeriodKind.AS_OF),
    ("截至去年底,", "截至去年底", "2021-12-31", PeriodKind.AS_OF),
    ("到2025年,形成", "到2025年", "2025", PeriodKind.DEADLINE),
    ("至2025年底,形成", "至2025年底", "2025-12-31", PeriodKind.DEADLINE),
    ("2020—2022年培育库", "2020—2022年", "2020/2022", PeriodKind.RANGE),
    ("(2021-2025)", "2021-2025", "2021/2025", PeriodKind.RANGE),
    ("(2020年-2020年)", "2020年-2020年", "2020/2020", PeriodKind.RANGE),
    ("2024/2025年榨季", "2024/2025年", "2024/2025", PeriodKind.RANGE),
    ("近三年增长", "近三年", "2020/2022", PeriodKind.RANGE),
    ("五年来累计", "五年来", "2018/2022", PeriodKind.RANGE),
    ("过去五年,", "过去五年", "2018/2022", PeriodKind.RANGE),
    ("未来三年,", "未来三年", "2023/2025", PeriodKind.RANGE),
    ("“十三五”期间,", "“十三五”期间", "2016/2020", PeriodKind.PLAN),
    ("十四五规划", "十四五", "2021/2025", PeriodKind.PLAN),
    ("“十二五”末的", "“十二五”末", "2015", PeriodKind.PLAN),
    ("第十五个五年规划纲要", "第十五个五年规划", "2026/2030", PeriodKind.PLAN),
    ("比去年增长", "去年", "2021", PeriodKind.YEAR),
    ("较上年提高", "上年", "2021", PeriodKind.YEAR),
    ("明年起", "明年", "2023", PeriodKind.YEAR),
    ("今年4月启动", "今年4月", "2022-04", PeriodKind.PART),
    ("20××年,我局", "20××年", None, PeriodKind.MASKED),
    ("20XX年度", "20XX年度", None, PeriodKind.MASKED),
    ("20年,我局在市委", "20年", None, PeriodKind.MASKED),
    ("三年行动计划", "三年", None, PeriodKind.LENGTH),
    ("连续45年无火灾", "45年", None, PeriodKind.LENGTH),
    ("8时30分至11时30分受理", "8时30分至11时30分", None, PeriodKind.CLOCK),
    ("每月25日通报", "25日", None, PeriodKind.DAY),
    ("提高到2025年的7.4万元", "2025年", "2025", PeriodKind.YEAR),
    ("三季度末从业人员", "三季度末", "2022-09-30", PeriodKind.DAY),
    ("2021年上半年末达到", "2021年上半年末", "2021-06-30", PeriodKind.DAY),
    ("前三季度末达到", "前三季度末", "2022-09-30", PeriodKind.DAY),
    ("4月1日至6月30日,授权", "4月1日至6月30日", "2022-04/2022-06", PeriodKind.PART),
    ("由年初的36件", "年初", "2022-01-01", PeriodKind.DAY),
    ("年内新增", "年内", "2022", PeriodKind.YEAR),
    ("当年新增", "当年", "2022", PeriodKind.YEAR),
    ("来年要抓", "来年", "2023", PeriodKind.YEAR),
    ("前年立项", "前年", "2020", PeriodKind.YEAR),
]


@pytest.mark.parametrize(("text", "span", "period", "kind"), ROWS)
def test_find_periods_reads_into_iso_8601(text, span, period, kind):
    (found,) = find_periods(text, year=2022)
    assert (text[found.start : found.end], found.period, found.kind) == (span, period, kind)


@pytest.mark.parametrize("text", ["1-5月完成", "去年增长", "近三年增长", "截至6月30日", "全年完成", "上半年"])
def test_find_periods_leaves_the_period_open_without_a_year(text):
    (found,) = find_periods(text, year=None)
    assert found.period is None


def test_find_periods_takes_the_last_day_of_a_leap_february():
    (found,) = find_periods("截至2月底", year=2024)
    assert found.period == "2024-02-29"


@pytest.mark.parametrize(
    "text",
    [
        "13月",
        "增长5.2%",
        "60日以内",
        "新增2家",
        "11.7年",
        "PM2.5年均浓度",
        "目前",
        "投产后年产值",
        "以前年度结转",
        "亿元以上年产值",
    ],
)
def test_find_periods_finds_none_where_no_time_is_named(text):
    assert find_periods(text, year=2022) == []
