import pytest

from zhibiao.facts.calendar import Calendar
from zhibiao.facts.timing import find_timing, read_timings

ANNUAL = Calendar("2021", "2022", 2021)
DEFAULT = "default"


def periods_of(sentence: str, calendar: Calendar = ANNUAL, year: int | None = 2021) -> list[str | None]:
    """Give for each figure in brackets the period that its sentence names, or DEFAULT."""
    plain, places = "", []
    for piece in sentence.split("["):
        figure, closed, rest = piece.partition("]")
        if closed:
            places.append(len(plain))
        plain += figure + rest
    timings = read_timings(plain, 0, len(plain), calendar, year)
    found = (find_timing(timings, place) for place in places)
    return [timing.period if timing else DEFAULT for timing in found]


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        # a state at a day, and a topic, hold to the end of the sentence
        ("截至11月底,企业[98家],增长[22.5%];平台[3个]", ["2021-11-30"] * 3),
        ("截至2021年12月20日17时,申报高企[31家]", ["2021-12-20"]),
        ("2019年，高企[5家]；平台[3个]", ["2019", "2019"]),
        ("前三季度规上企业研发费用[6.34亿元]，增长[19.8%]；兑现资金[3,126万元]", ["2021-01/2021-09"] * 3),
        ("“十三五”期间,专利[5件]", ["2016/2020"]),
        # behind a ； another time is over
        ("高企[9家],2019年新认定[5家],复审[2家];平台[3个]", [DEFAULT, "2019", "2019", DEFAULT]),
        # a day dates an event: its clause, or as the start of a clause up to the ；
        ("加速器10月前交付,入驻企业[25家]", [DEFAULT]),
        ("工业技术研究院4月18日揭牌运行，首期入驻[43人]", [DEFAULT]),
        ("5月18日的展会上，签约[28个]项目，总额[103亿元]；平台[3个]", ["2021-05-18", "2021-05-18", DEFAULT]),
        ("复工率3月20日达到[100%],产值[5亿元]", ["2021-03-20", DEFAULT]),
        ("2月25日起,分三路走访企业[160家次]", [DEFAULT]),
        # the end of a year holds for a stock, not for what follows
        ("年末牲畜存栏[6.7万头],出栏[9.2万头]", ["2021-12-31", DEFAULT]),
        ("三季度末从业人员[9.8万人]", ["2021-09-30"]),
        ("年初抽查[54家]", [DEFAULT]),
        # a part of a count
        ("案件[61起]，其中2018年[26起]，移送[3起]", [DEFAULT, "2018", DEFAULT]),
        ("近三年招录[1人]，流失[2人]", ["2019/2021", DEFAULT]),
        ("三年来引进博士[186人]，流失[53人]", ["2019/2021", "2019/2021"]),
        # what the text comes back to
        ("规划提出2017年专利[8.5件],现为[4.3件]", ["2017", DEFAULT]),
        ("2018年立项[5个],当年完成[2个]", ["2018", DEFAULT]),
        # the years up to now, and those to come
        ("科技支出三年累计[8,600万元],占比[1.2%];平台[3个]", ["2019/2021", "2019/2021", DEFAULT]),
        ("争取三年内机采率提高到[15%],产值[5亿元]", ["2024", "2024"]),
        ("三年内建成[5个]", [DEFAULT]),
        # what is still to be reached, and what is left until there
        ("强度为[1.42%],距2020年[1.8%]的目标还差[0.38个百分点]", [DEFAULT, "2020", DEFAULT]),
        ("占比[0.86%],距离“十二五”目标[1.5%]差了一大截", [DEFAULT, "2015"]),
        # what is picked from
        ("去年引进的[29名]博士中有[5人]已离职", ["2020", DEFAULT]),
        ("去年签约的项目里，没有开工的还有[23个]", [DEFAULT]),
        # what is compared with, in its clause
        ("净增只有[26家],去年同期是[61家],少了[一大半]", [DEFAULT, "2020", DEFAULT]),
        # names
        ("谋划“十四五”重大项目[286个]", [DEFAULT]),
    ],
)
def test_how_far_a_time_reaches(sentence: str, periods: list[str]) -> None:
    assert periods_of(sentence) == periods


@pytest.mark.parametrize(
    "sentence",
    [
        "比2020年增长[8%]",
        "为2010年的[1.8倍]",
        "达到上年的[1.6倍]",
        "接近上年的[1.5倍]",
        "分别达上年同期的[101.8%]",
        "只恢复到去年同期的[74%]",
        "完成全年任务的[54.6%]",
        "完成2027年目标（120家）的[80.8%]",
        "投资[81.6亿元]，超过全年计划，开工率[95%]",
        "距2020年目标还差[0.38个百分点]",
        "按去年的评价，[两个]市垫底",
    ],
)
def test_a_time_of_comparison_places_nothing(sentence: str) -> None:
    assert set(periods_of(sentence)) == {DEFAULT}


@pytest.mark.parametrize(
    ("sentence", "origin", "level"),
    [
        ("企业由2018年的[150家]增至[320家]", "2018", DEFAULT),
        ("由去年的[第8位]升至[第5位]", "2020", DEFAULT),
        ("由年初的[36.4件]增至[42.1件]", "2021-01-01", DEFAULT),
        ("从2018年的[6.4亿元]增至2020年的[11.2亿元]", "2018", "2020"),
        ("截至9月30日，高企由[103家]增至[121家]", None, "2021-09-30"),
    ],
)
def test_the_time_of_the_level_left_behind_holds_for_it_alone(sentence: str, origin: str | None, level: str) -> None:
    plain = sentence.replace("[", "").replace("]", "")
    timings = read_timings(plain, 0, len(plain), ANNUAL, 2021)
    left = find_timing(timings, sentence.index("["), of_origin=True)
    assert (left.period if left else None, periods_of(sentence)[1]) == (origin, level)


HALF_YEAR = Calendar("2022-01/2022-06", "2022-07/2022-12", 2022)


@pytest.mark.parametrize(
    ("sentence", "calendar", "year", "period"),
    [
        ("去年同期[61家]", HALF_YEAR, 2022, "2021-01/2021-06"),
        ("今年1至11月申请[12件]，去年同期[9件]", ANNUAL, 2021, "2020-01/2020-11"),
        ("2019年以来立项[42个]", HALF_YEAR, 2022, "2019-01/2022-06"),
        ("2018年以来立项[42个]", ANNUAL, 2021, "2018/2021"),
        ("今年以来新增[8家]", ANNUAL, 2021, "2021"),
        # among plans 6月底 is of the planned year, 今年 is not
        ("6月底前完成[30个]", ANNUAL, 2022, "2022-06-30"),
        ("今年贷款[2.3亿元]", ANNUAL, 2022, "2021"),
        ("明年放[3.2亿元]", ANNUAL, 2022, "2022"),
        ("近三年引进[5人]", ANNUAL, 2022, "2019/2021"),
        # a speech of January
        ("去年签约[48个]", Calendar("2021", "2022", 2022), 2021, "2021"),
        # masked
        ("2020年共申报[50项];获立项[20个]", Calendar(None, None, None), None, "2020"),
        ("20××年[5家]", ANNUAL, 2021, None),
        ("6月底[5家]", Calendar(None, None, None), None, None),
    ],
)
def test_words_that_count_from_the_report(
    sentence: str, calendar: Calendar, year: int | None, period: str | None
) -> None:
    assert periods_of(sentence, calendar, year)[-1] == period


def test_a_year_and_the_rest_of_a_year_are_told_from_dates() -> None:
    text = "今年新认定5家;年内净增8家;全年9家;6月底3家"
    found = read_timings(text, 0, len(text), ANNUAL, 2021)
    assert [(timing.whole_year, timing.within_year) for timing in found] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "上一句。2019年，高企5家。"
    (timing,) = read_timings(text, 4, len(text), ANNUAL, 2021)
    assert (timing.start, timing.stop) == (9, len(text))
