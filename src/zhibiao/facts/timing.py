"""How far the times that a sentence names reach: which figures each of them places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibiao.facts.calendar import Calendar
from zhibiao.numbers.dates import find_periods
from zhibiao.numbers.mentions import PeriodKind, PeriodMention

# Without one of these a sentence names no time, and is not searched for one.
_MAY_BE_TIME = re.compile(r"[年月]|日|季度|十[一二三四五]?五|\d{4}[-./]\d")
# Lengths of time and hours of the day place no figure.
_PLACELESS = frozenset((PeriodKind.LENGTH, PeriodKind.CLOCK))
_RELATIVE = re.compile("(?:[到至]|截[至止]到?)?(?:去年|上一?年|今年|本年|明年|来年|前年|后年)")
# 近三年, 五年来, 未来三年 are counted from the period looked back on.
_COUNTED = re.compile("近|过去|最近|未来|今后|接下来|.*来$")
_FROM_THEN_ON = re.compile("起|开始|后(?!续)|之后|以后")

# What a figure is compared with names a time that is not the figure's own: 比[上年]增长, 为[2010年]的1.8倍, 恢复到[去年]同期的74%.
_COMPARED = re.compile(
    r"(?:[比较与同跟超达为是距离按受]|相当于|相较于?|高于|低于|多于|少于|超过|超出|超额|接近|不及|不如|优于|好于|快于|慢于|达到|完成|对照|回到|恢复)\s*$"
)
# 距[2020年]1.8%的目标还差, 距离[“十二五”]目标1.5%: what is still to be reached has the time in front of it.
_DISTANCE = re.compile(r"距离?(?:完成|实现|达到)?\s*$")
_AIM = re.compile(r"[^，,；;。：:]{0,12}(?:目标|任务|要求)[0-9.,%％]*")
# [去年]引进的29名博士中有5人已离职, [去年]签约的项目里，没有开工的还有23个: the time holds for what is picked from.
_PICKED_FROM = re.compile(r"(?!底|末)[^，,；;。：:]{1,16}的[^，,；;。：:]{1,12}?[中里](?=[，,]|有|仅有|只有|还有|已有)")
# 三年[累计]八千六百余万元, 两年[培训]1320人次 are counted back from the end of the period looked back on.
_TOGETHER = re.compile("累计|共|合计|总计")
_STRIVING = re.compile("(?:争取|力争|确保|计划|力求)(?:在|用)?$")
_YEARS_LONG = re.compile("([两二三四五六])年(内)?")
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
# 全年[任务的]54.6%, 2027年[目标（]120家）的80.8%; but 2027年目标是42% gives the figure of that year.
_GOAL = re.compile(r"的?[^，,；;。：:（(\d]{0,6}(?:目标|任务|计划|预算|指标|进度|要求)(?:任务|进度|数|值)?(?:的|[（(])")
_ORIGIN = re.compile(r"[由从自]\s*$")
_ARRIVAL = re.compile("[到至]|成为|变为")
_CLAUSE_START = re.compile(
    r"(?:^|[，,；;。：:！？!?（(、“\n—\s])(?:[一二三四五六七八九十]{1,2}[是要、]|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?"
    r"(?:在|于|到|至|仅|但|而|并|预计|力争|确保|争取)?$"
)
_AMONG = re.compile("其中$")
_EDGE_OF_YEAR = re.compile("[年月度][底末终](?!前|之前)")
_PAUSE = re.compile("[，,；;。：:！？!?]")
_STOPS = "；;。！？!?"
# How far in front of a time the words stand that say how it is meant, and how far behind 由2018年的 the 增至 may stand.
_FRONT = 8
_LONGEST_WAY = 80
# How many times a figure looks back at.
_BACK = 24
# 规划提出2017年8.5件,[现]为4.3件; [目前]97家.
_NOW = re.compile("目前|现[有为已达在]|至今|迄今|如今|当前")


@dataclass(frozen=True, slots=True)
class Timing:
    """A time that a sentence names, and the figures it holds for: those that begin in ``[start, stop)``.

    ``of_origin`` is the time of a level that was left behind: 由[2018年]的150家. ``of_now`` tells that the sentence comes
    back to the report's own period. ``whole_year`` is a bare year, of which a report on its first months has seen no more;
    ``within_year`` is 年内, of which a plan made halfway has only the rest.
    """

    start: int
    stop: int
    period: str | None
    of_origin: bool = False
    of_now: bool = False
    whole_year: bool = False
    within_year: bool = False


def read_timings(text: str, start: int, end: int, calendar: Calendar, year: int | None) -> list[Timing]:
    """Read the times that the sentence ``text[start:end]`` names, in text order, with offsets into the whole text.

    Parameters
    ----------
    text, start, end
        A report's text and one of its sentences.
    calendar
        What 今年 and 同期 mean in the report.
    year
        The year that months and days without one belong to, which is another one among plans than in a review.

    Examples
    --------
    >>> text = "截至6月底,高企由2018年的150家增至320家;比上年增长8%"
    >>> found = read_timings(text, 0, len(text), Calendar("2022", "2023", 2022), 2022)
    >>> [(timing.period, text[timing.start : timing.stop]) for timing in found]
    [('2022-06-30', ',高企由2018年的150家增至320家;比上年增长8%'), ('2018', '的150家增')]
    """
    if not _MAY_BE_TIME.search(text, start, end):
        return []
    found = _Reader(text[start:end], calendar, year).run()
    return [replace(timing, start=timing.start + start, stop=timing.stop + start) for timing in found]


def find_timing(timings: Sequence[Timing], place: int, *, of_origin: bool = False) -> Timing | None:
    """Find the time that holds for a figure: the last one whose reach it begins in.

    Examples
    --------
    >>> timings = [Timing(0, 20, "2021"), Timing(5, 9, "2018", of_origin=True)]
    >>> find_timing(timings, 7).period, find_timing(timings, 7, of_origin=True).period
    ('2021', '2018')
    """
    last = bisect_right(timings, place, key=lambda timing: timing.start)
    for timing in reversed(timings[max(0, last - _BACK) : last]):
        if place < timing.stop and timing.of_origin == of_origin:
            return None if timing.of_now else timing
    return None


class _Reader:
    """Reads the times of one sentence, with offsets into it."""

    def __init__(self, sentence: str, calendar: Calendar, year: int | None) -> None:
        self.sentence = sentence
        self.calendar = calendar
        self.year = year
        self.found: list[Timing] = []
        self._pauses: list[int] = []
        self._stops: list[int] = []

    def run(self) -> list[Timing]:
        """Give the times in text order, and the words that lead back from them to the report's own period."""
        named = find_periods(self.sentence, year=self.year)
        mentions = [m for m in map(self._count_years, named) if m.kind not in _PLACELESS]
        if mentions:
            self._pauses = [match.start() for match in _PAUSE.finditer(self.sentence)]
            self._stops = [place for place in self._pauses if self.sentence[place] in _STOPS]
        for mention in mentions:
            if timing := self._read(mention):
                self.found.append(timing)
        if self.found and self.calendar.review is not None:
            self.found += map(self._back_to_now, (match.end() for match in _NOW.finditer(self.sentence)))
            self.found.sort(key=lambda timing: timing.start)
        return self.found

    def _count_years(self, mention: PeriodMention) -> PeriodMention:
        """Place 三年累计 among the years up to now, and 力争三年内 at the end of those to come."""
        length = _YEARS_LONG.fullmatch(self.sentence, mention.start, mention.end)
        review, plan = self.calendar.review, self.calendar.plan
        if length is not None and length[2] and plan is not None and _STRIVING.search(self.sentence, 0, mention.start):
            return replace(mention, period=str(int(plan[:4]) + _YEARS[length[1]] - 1), kind=PeriodKind.DEADLINE)
        if length is None or review is None or length[2] or not _TOGETHER.match(self.sentence, mention.end):
            return mention
        last = int(review.rpartition("/")[2][:4])
        return replace(mention, period=f"{last - _YEARS[length[1]] + 1}/{last}", kind=PeriodKind.RANGE)

    def _read(self, mention: PeriodMention) -> Timing | None:
        sentence, begin, end = self.sentence, mention.start, mention.end
        words, front = sentence[begin:end], sentence[max(0, begin - _FRONT) : begin]
        if words == "当年":
            # 2025年[当年] is that year again; alone it is the one the report speaks of.
            return None if self.found and self.found[-1].start == begin else self._back_to_now(end)
        period = self._place(mention.period, words)
        same_span = sentence.startswith("同期", end)
        if same_span:
            period, end = self._same_span(period), end + 2
        if _ORIGIN.search(front):
            arrival = _ARRIVAL.search(sentence, end, min(self._next(self._stops, end), end + _LONGEST_WAY))
            return Timing(end, arrival.start(), period, of_origin=True) if arrival else None
        if _DISTANCE.search(front):
            return self._of_the_aim(period, end)
        since = sentence.startswith("以来", end)
        name = mention.kind is PeriodKind.PLAN and not since and not _is_stretch(words, sentence, end)
        if name or _COMPARED.search(front) or (same_span and words[0] in "到至") or _GOAL.match(sentence, end):
            return None
        period = self._since(period) if since else period
        stop = self._reach(mention, front, end)
        if stop is None:
            return None
        bare = mention.kind is PeriodKind.YEAR and not words.startswith(("全年", "年内"))
        return Timing(end, stop, period, whole_year=bare, within_year=words == "年内")

    def _of_the_aim(self, period: str | None, end: int) -> Timing | None:
        """Place what is still to be reached; “十二五”目标 is one for the last of its years."""
        aim = _AIM.match(self.sentence, end)
        return Timing(end, aim.end(), period and period.rpartition("/")[2]) if aim else None

    def _reach(self, mention: PeriodMention, front: str, end: int) -> int | None:
        """Tell how far a time reaches: a topic to the sentence's end, another one to a ；, a passing one to a comma."""
        sentence = self.sentence
        words = sentence[mention.start : mention.end]
        if picked := _PICKED_FROM.match(sentence, end):
            return picked.end()
        moment = mention.kind is PeriodKind.DAY or (
            mention.kind is PeriodKind.PART and "/" not in (mention.period or "")
        )
        if words.endswith("年初") or (moment and _FROM_THEN_ON.match(sentence, end)):
            return None
        topic = sentence[end : end + 1] in ("，", ",")
        passing = _AMONG.search(front) or words.startswith("近")
        at_edge = not topic and _EDGE_OF_YEAR.search(sentence, mention.start, end + 1)
        inside = mention.kind in (PeriodKind.DAY, PeriodKind.PART) and not _CLAUSE_START.search(front)
        # 去年同期是61家,少了一大半: the comparison is over with its clause
        compared = words.endswith("年") and sentence.startswith("同期", mention.end) and not topic
        if passing or at_edge or inside or compared:
            return self._next(self._pauses, end + topic)
        if self.calendar.review is None and mention.kind is PeriodKind.YEAR:
            # A report of a masked year has no period of its own to come back to.
            return len(sentence)
        if moment or not (topic or mention.start == 0):
            return self._next(self._stops, end)
        return len(sentence)

    def _back_to_now(self, place: int) -> Timing:
        return Timing(place, self._next(self._stops, place), None, of_now=True)

    def _next(self, marks: Sequence[int], place: int) -> int:
        at = bisect_left(marks, place)
        return marks[at] if at < len(marks) else len(self.sentence)

    def _place(self, period: str | None, words: str) -> str | None:
        """Count 去年 from the year the report is given in, 近三年 from the one it looks back on."""
        if self.year is None or period is None:
            return period
        if _RELATIVE.match(words) and self.calendar.year is not None:
            return _shift_years(period, self.calendar.year - self.year)
        if _COUNTED.match(words) and self.calendar.review is not None:
            return _shift_years(period, int(self.calendar.review.rpartition("/")[2][:4]) - self.year)
        return period

    def _same_span(self, period: str | None) -> str | None:
        """Read 去年同期: the months just spoken of, a year earlier."""
        spoken = next((t.period for t in reversed(self.found) if t.period and len(t.period) > 4), self.calendar.review)
        if period is None or spoken is None or len(spoken) < 7:
            return period
        return _shift_years(spoken, int(period[:4]) - int(spoken[:4]))

    def _since(self, period: str | None) -> str | None:
        """Read 2018年以来: up to the end of the period looked back on."""
        review = self.calendar.review
        if period is None or review is None:
            return period
        first, last = period.partition("/")[0], review.partition("/")[2] or review
        if first[:4] > last[:4]:
            return period
        if len(last) == 4:
            return first if first == last else f"{first}/{last}"
        return f"{first}-01/{last}" if len(first) == 4 else f"{first}/{last}"


def _is_stretch(words: str, sentence: str, end: int) -> bool:
    """“十三五”期间 places figures, “十四五”规划 is a name."""
    return words.endswith(("期间", "时期", "以来", "末")) or sentence[end : end + 1] in ("，", ",")


def _shift_years(period: str, years: int) -> str:
    return "/".join(f"{int(part[:4]) + years}{part[4:]}" for part in period.split("/"))
