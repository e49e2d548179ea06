"""Time expressions, read into ISO 8601: 2022年1-5月, 前三季度, 截至11月底, “十四五”期间, 近三年."""

from __future__ import annotations

import calendar
import re
from typing import Final, NamedTuple

from zhibiao.numbers.mentions import PeriodKind, PeriodMention
from zhibiao.numbers.numerals import read_numeral

_TO: Final = r" ?(?:[-—–－~～]{1,2}|至|到) ?"
_N12: Final = r"(?:[0-9０-９]{1,2}|十[一二]?|[一二三四五六七八九])"
_N31: Final = r"(?:[0-9０-９]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
# 2021年, 二〇二一年, and the masked 20××年, 202X年, 20__年.
_CENTURY: Final = r"(?:(?:19|20)[0-9]{2}|[１２][０９][０-９]{2}|[一二][九零〇○０0][零〇○一二三四五六七八九]{2})"
_MASKED: Final = r"(?:20|二[〇零○])[0-9]?[×xX*＊_＿□○Ｘ]{1,3}"

_YEARS = re.compile(rf"({_CENTURY}) ?年?度?{_TO}({_CENTURY}|[0-9]{{2}}) ?年(?:度|底|末)?")
# Two bare years make a range in (2021-2025); with a unit behind they would be amounts.
_BARE_YEARS = re.compile(rf"({_CENTURY}){_TO}({_CENTURY})(?![0-9]|[余多万亿%％]|[家个项件人元亩吨])")
_YEAR = re.compile(rf"(?:({_CENTURY})|({_MASKED})) ?年(?:度)?")
_SPLIT_YEARS = re.compile(r"((?:19|20)[0-9]{2})/((?:19|20)[0-9]{2}) ?年(?:度)?")
_ISO = re.compile(
    r"((?:19|20)[0-9]{2})([-./])(0?[1-9]|1[0-2])\2([0-2]?[0-9]|3[01])(?![0-9])(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_MONTHS = re.compile(rf" ?({_N12})月?(?:份)?{_TO}({_N12}) ?月(?:份)?(底|末)?")
_DAYS = re.compile(rf" ?({_N12}) ?月 ?({_N31}) ?[日号](?:{_TO}(?:({_N12})月)?({_N31})[日号])?")
_MONTH = re.compile(rf" ?({_N12}) ?月(?:份)?(底|末|初|上旬|中旬|下旬|中下旬)?")
# 60日以内 is a time limit, which the units know.
_DAY = re.compile(rf"({_N31})日(?!内|以内|之内)(?:{_TO}({_N31})日)?")
_CLOCK = re.compile(
    rf"[0-9]{{1,2}}(?:[时点](?!代|段|效|尚|候|期|位|击|赞|多)(?:[0-9]{{1,2}}分|半|许|整)?|[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?(?![0-9]))"
    rf"(?:{_TO}[0-9]{{1,2}}(?:[时点](?:[0-9]{{1,2}}分|半)?|[:：][0-9]{{2}}))?"
)
_EDGE: Final = "(?P<edge>[末底](?!子|数))?"
_QUARTER = re.compile(rf"(?<!上)第?([一二三四1-4])(?:至([一二三四]))?季度{_EDGE}")
_HALVES: Final = {"上半年": (1, 6), "下半年": (7, 12)}
_HALF = re.compile(rf"(上半年|下半年){_EDGE}")
_FIRST = re.compile(rf"前({_N12})个?(?:(季度){_EDGE}|月)")
_YEAR_EDGE = re.compile(r"(年)?(底|末|初)(?!始|步|级|中|心|创|期|数|线|气|次|位)")
_WHOLE = re.compile(r"全年度?|年内")

_RELATIVE: Final = {
    **{
        "去年": -1,
        "上年": -1,
        "上一年": -1,
        "今年": 0,
        "本年": 0,
        "当年": 0,
        "明年": 1,
        "来年": 1,
        "前年": -2,
        "后年": 2,
    },
}
# 以前年度, 投产后年产值 and 亿元以上年产值 name no year.
_RELATIVE_YEAR = re.compile(
    r"(去年|(?<!以)上一?年|今年|本年|当年|明年|来年|(?<![目以此之先从提])前年(?!度|产)|(?<![产达成建用工])后年(?!度|产))(?:度)?"
)
_PLAN = re.compile(r"(“)?(十[一二三四五六七八九]五)(?(1)”)(?:时期|期间|以来|期)?(末)?")
_FIFTEENTH = re.compile(r"第(十[一二三四五六七八九]?)个五年(?:规划|计划)?(?:时期|期间)?(末)?")
_STRETCH = re.compile(r"(近|过去|最近|未来|今后|接下来|接下来的|过去的|未来的|今后的|前|后)?$")
_STRETCH_TAIL = re.compile(r"(?:多|余)?(?:年来|年以来|年间|周年|年期|年内|年|个?年头)")
_PAST: Final = frozenset(("近", "过去", "过去的", "最近"))
_COMING: Final = frozenset(("未来", "未来的", "今后", "今后的", "接下来", "接下来的"))
# 学前一年, 提前两年
_NO_FRONT: Final = frozenset("学提目此")


class _Part(NamedTuple):
    """A stretch within a year: ``end`` in the text, and ISO without the year."""

    end: int
    first: str
    last: str
    kind: PeriodKind


def read_period(text: str, start: int, floor: int, year: int | None) -> PeriodMention | None:
    """Read the time expression that begins at ``start``, together with a 截至 or 到 in front of it.

    Parameters
    ----------
    text
        The text.
    start
        Where the first digit, numeral or word of time stands.
    floor
        Nothing before this offset belongs to the expression.
    year
        The year that the text reports on, for expressions that name none (1-5月, 去年).

    Returns
    -------
    PeriodMention | None
        None where no time expression begins at ``start``.

    Examples
    --------
    >>> [read_period(text, 0, 0, 2022).period for text in ("1-5月", "去年", "前三季度", "2020—2022年", "6月30日")]
    ['2022-01/2022-05', '2021', '2022-01/2022-09', '2020/2022', '2022-06-30']
    >>> read_period("截至11月底", 2, 0, 2022)
    PeriodMention(start=0, end=6, period='2022-11-30', kind=<PeriodKind.AS_OF: 'as_of'>)
    """
    mention = _read_placed(text, start, year) or _read_stretch(text, start, floor, year)
    return _with_front(text, mention, floor) if mention else None


def _read_placed(text: str, start: int, year: int | None) -> PeriodMention | None:
    for read in _READERS:
        mention = read(text, start, year)
        if mention:
            return mention
    return None


def _read_years(text: str, start: int, _: int | None) -> PeriodMention | None:
    years = _YEARS.match(text, start) or _BARE_YEARS.match(text, start)
    if years:
        first = _to_year(years[1])
        last = _to_year(years[2]) if len(years[2]) > 2 else first // 100 * 100 + int(years[2])
        return PeriodMention(start, years.end(), f"{first}/{last}" if first <= last else None, PeriodKind.RANGE)
    split = _SPLIT_YEARS.match(text, start)
    return PeriodMention(start, split.end(), f"{split[1]}/{split[2]}", PeriodKind.RANGE) if split else None


def _read_year(text: str, start: int, _: int | None) -> PeriodMention | None:
    named = _YEAR.match(text, start)
    if named is None:
        return None
    if named[1]:
        return _compose(text, start, named.end(), _to_year(named[1]))
    part = _read_part(text, named.end(), None)
    return PeriodMention(start, part.end if part else named.end(), None, PeriodKind.MASKED)


def _read_iso(text: str, start: int, _: int | None) -> PeriodMention | None:
    iso = _ISO.match(text, start)
    if iso is None:
        return None
    return PeriodMention(start, iso.end(), _day(int(iso[1]), int(iso[3]), int(iso[4])), PeriodKind.DAY)


def _read_relative(text: str, start: int, year: int | None) -> PeriodMention | None:
    relative = _RELATIVE_YEAR.match(text, start)
    if relative:
        return _compose(text, start, relative.end(), None if year is None else year + _RELATIVE[relative[1]])
    plan = _PLAN.match(text, start)
    return _plan(start, plan.end(), plan[2][:-1], at_end=bool(plan[3])) if plan else None


def _read_parted(text: str, start: int, year: int | None) -> PeriodMention | None:
    part = _read_part(text, start, year)
    if part:
        return _finish(start, part, year)
    whole = _WHOLE.match(text, start)
    return PeriodMention(start, whole.end(), None if year is None else str(year), PeriodKind.YEAR) if whole else None


def _read_day(text: str, start: int, _: int | None) -> PeriodMention | None:
    day = _DAY.match(text, start)
    if day and _small(day[1]) <= 31:
        return PeriodMention(start, day.end(), None, PeriodKind.DAY)
    clock = _CLOCK.match(text, start)
    return PeriodMention(start, clock.end(), None, PeriodKind.CLOCK) if clock else None


_READERS: Final = (_read_years, _read_year, _read_iso, _read_relative, _read_parted, _read_day)


def read_numbered_plan(text: str, start: int) -> PeriodMention | None:
    """Read 第十五个五年规划, which begins like an ordinal.

    Examples
    --------
    >>> read_numbered_plan("第十五个五年规划纲要", 0).period
    '2026/2030'
    """
    match = _FIFTEENTH.match(text, start)
    return _plan(start, match.end(), match[1], at_end=bool(match[2])) if match else None


def _plan(start: int, end: int, number: str, *, at_end: bool) -> PeriodMention:
    numeral = read_numeral(number, 0)
    # The third plan began in 1966, and each later one five years after the one before it.
    first = 1966 + 5 * (int(numeral.low) - 3) if numeral and numeral.low is not None else 0
    return PeriodMention(start, end, str(first + 4) if at_end else f"{first}/{first + 4}", PeriodKind.PLAN)


def _compose(text: str, start: int, end: int, year: int | None) -> PeriodMention:
    """Join a year with the month, quarter or edge behind it: 2022年1-5月, 去年底."""
    part = _read_part(text, end, year)
    if part:
        return _finish(start, part, year)
    edge = _YEAR_EDGE.match(text, end)
    if edge and not edge[1]:
        return _finish(start, _edge(edge), year)
    whole = _WHOLE.match(text, end)
    return PeriodMention(start, whole.end() if whole else end, None if year is None else str(year), PeriodKind.YEAR)


def _edge(match: re.Match[str]) -> _Part:
    if match[2] == "初":
        return _Part(match.end(), "01-01", "01-01", PeriodKind.DAY)
    return _Part(match.end(), "12-31", "12-31", PeriodKind.DAY)


def _finish(start: int, part: _Part, year: int | None) -> PeriodMention:
    if year is None:
        return PeriodMention(start, part.end, None, part.kind)
    first, last = f"{year}-{part.first}", f"{year}-{part.last}"
    return PeriodMention(start, part.end, first if first == last else f"{first}/{last}", part.kind)


def _read_part(text: str, start: int, year: int | None) -> _Part | None:
    """Read months, days, quarters, half-years and the edges of a year."""
    months = _MONTHS.match(text, start)
    if months:
        first, last = _small(months[1]), _small(months[2])
        return _months(months.end(), first, last) if first <= last <= 12 else None
    days = _DAYS.match(text, start)
    if days:
        return _read_days(days)
    month = _MONTH.match(text, start)
    if month:
        return _read_month(month, year)
    edge = _YEAR_EDGE.match(text, start)
    return _edge(edge) if edge and edge[1] else _read_quarters(text, start)


def _months(end: int, first: int, last: int) -> _Part | None:
    return _Part(end, f"{first:02}", f"{last:02}", PeriodKind.PART) if 1 <= first <= last <= 12 else None


def _read_month(month: re.Match[str], year: int | None) -> _Part | None:
    number = _small(month[1])
    if month[2] not in ("底", "末") or not 1 <= number <= 12:
        return _months(month.end(), number, number)
    day = f"{number:02}-{calendar.monthrange(year or 2001, number)[1]}"
    return _Part(month.end(), day, day, PeriodKind.DAY)


def _read_quarters(text: str, start: int) -> _Part | None:
    half = _HALF.match(text, start)
    if half:
        return _stretch_of_months(half, *_HALVES[half[1]])
    quarter = _QUARTER.match(text, start)
    if quarter:
        return _stretch_of_months(quarter, _small(quarter[1]) * 3 - 2, _small(quarter[2] or quarter[1]) * 3)
    first = _FIRST.match(text, start)
    return _stretch_of_months(first, 1, _small(first[1]) * (3 if first[2] else 1)) if first else None


def _stretch_of_months(match: re.Match[str], first: int, last: int) -> _Part | None:
    """Give the months of a quarter or half-year, or their last day: 三季度[末]."""
    months = _months(match.end(), first, last)
    if months is None or not match["edge"]:
        return months
    day = f"{last:02}-{calendar.monthrange(2001, last)[1]}"
    return _Part(match.end(), day, day, PeriodKind.DAY)


def _read_days(days: re.Match[str]) -> _Part | None:
    month, day = _small(days[1]), _small(days[2])
    last_month, last_day = _small(days[3] or days[1]), _small(days[4] or days[2])
    if _day(2004, month, day) is None or _day(2004, last_month, last_day) is None:
        return None
    if day == 1 and month <= last_month and days[4] and last_day == calendar.monthrange(2001, last_month)[1]:
        # 4月1日至6月30日 are whole months.
        return _months(days.end(), month, last_month)
    return _Part(days.end(), f"{month:02}-{day:02}", f"{last_month:02}-{last_day:02}", PeriodKind.DAY)


def _read_stretch(text: str, start: int, floor: int, year: int | None) -> PeriodMention | None:
    """Read 近三年, 五年来, 三年行动, 20年 with its last digits masked."""
    numeral = read_numeral(text, start)
    if numeral is None or (numeral.low is not None and numeral.low % 1):
        return None
    tail = _STRETCH_TAIL.match(text, numeral.end)
    if tail is None:
        return None
    front = _STRETCH.search(text[max(floor, start - 4) : start])
    word = front[1] or "" if front else ""
    if word == "前" and text[start - 2 : start - 1] in _NO_FRONT and start > 1:
        word = ""
    end = tail.end()
    if not numeral.chinese and numeral.low == 20 and tail.group() == "年" and not word:
        return PeriodMention(start, end, None, PeriodKind.MASKED)
    length = int(numeral.low) if numeral.low is not None and numeral.low == numeral.high and numeral.low < 200 else 0
    period = None
    if year is not None and length > 0 and tail.group()[0] not in "多余":
        if word in _COMING:
            period = f"{year + 1}/{year + length}" if length > 1 else str(year + 1)
        elif word in _PAST or tail.group().endswith("来"):
            period = f"{year - length + 1}/{year}" if length > 1 else str(year)
    kind = PeriodKind.RANGE if period else PeriodKind.LENGTH
    return PeriodMention(start - len(word), end, period, kind)


_GROWN: Final = frozenset("高长加升大降达得展收直")
_AS_OF: Final = ("截至到", "截止到", "截至", "截止")
_DEADLINE: Final = frozenset((PeriodKind.YEAR, PeriodKind.PART, PeriodKind.DAY, PeriodKind.PLAN))


def _with_front(text: str, mention: PeriodMention, floor: int) -> PeriodMention:
    """Take in 截至 (a state at a day) or 到 (a date to reach), which say how the period is meant."""
    for word in _AS_OF:
        start = mention.start - len(word)
        if start >= floor and text.startswith(word, start):
            return PeriodMention(start, mention.end, mention.period, PeriodKind.AS_OF)
    start = mention.start - 1
    if (
        start >= floor
        and text[start] in "到至"
        and mention.kind in _DEADLINE
        and not _is_state(text, start, mention.end)
    ):
        return PeriodMention(start, mention.end, mention.period, PeriodKind.DEADLINE)
    return mention


def _is_state(text: str, start: int, end: int) -> bool:
    """「由2020年的5.2万元提高到2025年的7.4万元」compares two states; 到2025年 is no deadline there."""
    return text.startswith("的", end) or text[start - 1 : start] in _GROWN


def _to_year(text: str) -> int:
    numeral = read_numeral(text.replace("0", "〇") if not text.isdigit() else text, 0)
    return int(numeral.low) if numeral and numeral.low is not None else 0


def _small(text: str) -> int:
    numeral = read_numeral(text, 0)
    return int(numeral.low) if numeral and numeral.low is not None else 0


def _day(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}"
