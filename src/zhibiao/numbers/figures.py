"""One pass over a text that finds every figure, and every number that is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from zhibiao.catalog.units import UnitKind, unit_initials
from zhibiao.numbers.bare import find_bare_trap
from zhibiao.numbers.counting import continues_a_listing, find_trap
from zhibiao.numbers.mentions import Amount, Figures, PeriodMention, RankMention, Trap, TrapKind
from zhibiao.numbers.periods import read_numbered_plan, read_period
from zhibiao.numbers.quantities import Reading, read_amount, read_shared_unit
from zhibiao.numbers.ranking import (
    Span,
    parse_rank,
    read_from_bottom,
    read_front,
    read_ordinal,
    read_record,
    read_top,
)
from zhibiao.numbers.traps import QUOTED, read_bracketed, read_formed, read_lettered, read_quotation

_DIGITS: Final = "0123456789０１２３４５６７８９"
_NUMERALS: Final = "零〇○一二两三四五六七八九十百千万亿廿"
_TENS: Final = "十百千万亿"
_RUN = re.compile(r"[0-9０-９]+")
_CHINESE_RUN = re.compile(f"[{_NUMERALS}几数卅]+")
_CHINESE_TIME = re.compile(
    f"[{_NUMERALS}几0０]+(?:多|余)?(?:年|月(?!亮|饼|球|嫂|子)|日(?!常|益|本|报)|周年|季度|(?:至|到|[-—])[{_NUMERALS}]+(?:月|季度|年|日))"
)
_MAY_BE_TIME: Final = frozenset("年月日号时点:：-—–－~～至到/.×xX*＊_□○Ｘ周多余")
_SPACED_TIME = re.compile(" [年月日]")
_PLAN_FRONT: Final = "“十"
_SERIES: Final = frozenset("、和与及")
_COLONS: Final = frozenset(":：∶")
_PROPORTION_FRONT = re.compile("比|例|低于|高于|倍差")
# 申请PCT3件 is a figure, but PM10 names a size.
_ACRONYM = re.compile(r"(?<![A-Za-z])(?!PM)[A-Z&]{2,}$")
# GDP2.9% is a figure, G60 is not.
_MEASURES: Final = frozenset((UnitKind.RATIO, UnitKind.POINT, UnitKind.MONEY))
_WEEK: Final = frozenset("周期拜")

# Words that begin a time, a rank or a quotation; all begin with a fixed character, which lets the search skip fast.
_WORDS: Final = (
    *(
        "上半年",
        "下半年",
        "上年",
        "上一年",
        "去年",
        "今年",
        "本年",
        "当年",
        "明年",
        "来年",
        "前年",
        "后年",
        "全年",
        "年内",
        "年底",
        "年末",
        "年初",
    ),
    *("首位", "榜首", "末位", "垫底", "前列", "前茅", "之首", "头名", "靠前", "居首(?=[，。、；,;的）)])"),
    *("新高", "新低", "之最", "纪录", "记录", "最(?=[高低好优快多大强佳少差长])"),
    *("倒数(?=第|最|后|末)", "最后(?=一[位名])", f"第(?=[0-9０-９ {_NUMERALS}])", f"前(?=[0-9０-９ {_NUMERALS}])"),
    *(f"后(?=[{_NUMERALS}0-9]+[位名])", f"末(?=[{_NUMERALS}0-9]+[位名])"),
    *("〔", r"\[(?=[12])", "［", "【(?=[12])", f"（(?=[0-9{_NUMERALS}])", rf"\((?=[0-9{_NUMERALS}])"),
    *QUOTED,
)


@cache
def _start_pattern() -> re.Pattern[str]:
    """Match wherever a mention may begin. A lone Chinese numeral needs a numeral, a unit or a word of time behind it."""
    following = (
        f"[{_NUMERALS}几点分余多来至到年月日季位半周0０"
        + re.escape("".join(sorted(unit_initials() | set("-—–－~～"))))
        + "]"
    )
    numerals = [f"{character}(?={following})" for character in _NUMERALS]
    return re.compile("|".join([*_DIGITS, *numerals, f"几(?=[{_TENS}])", f"数(?=[{_TENS}])", "个位数", *_WORDS]))


def find_figures(text: str, *, year: int | None = None) -> Figures:
    """Find all amounts, ranks, periods and traps of a text, in one pass and without overlap.

    Parameters
    ----------
    text
        A cleaned text of any length, from a clause to a whole report.
    year
        The year that the text reports on; places expressions that name no year (1-5月, 去年).

    Examples
    --------
    >>> text = "2021年新认定18家，高企总数达125家，居全省第3位，同比增长12.5%。"
    >>> figures = find_figures(text)
    >>> [text[amount.start : amount.end] for amount in figures.amounts]
    ['18家', '125家', '12.5%']
    >>> [text[rank.start : rank.end] for rank in figures.ranks], [found.period for found in figures.periods]
    (['全省第3位'], ['2021'])
    """
    return _Scan(text, year).run()


class _Scan:
    """The state of one pass: what was found, and ``floor``, the end of the last mention."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text = text
        self.year = year
        self.floor = 0
        self.amounts: list[Amount] = []
        self.ranks: list[RankMention] = []
        self.periods: list[PeriodMention] = []
        self.traps: list[Trap] = []

    def run(self) -> Figures:
        search = _start_pattern().search
        text, readers = self.text, _readers()
        match = search(text)
        while match:
            start = match.start()
            match = search(text, max(readers[text[start]](self, start), start + 1))
        return Figures(tuple(self.amounts), tuple(self.ranks), tuple(self.periods), tuple(self.traps))

    # What was read is kept here; each method gives the offset from which the search goes on.

    def _keep_amount(self, reading: Reading) -> int:
        self.amounts.append(Amount(reading.start, reading.end, reading.quantity()))
        self.floor = reading.end
        return reading.end

    def _keep_trap(self, start: int, end: int, kind: TrapKind) -> int:
        self.traps.append(Trap(start, end, kind))
        self.floor = end
        return end

    def _keep_period(self, mention: PeriodMention) -> int:
        self.periods.append(mention)
        self.floor = mention.end
        return mention.end

    def _keep_rank(self, span: Span | None, start: int) -> int:
        """Keep a rank, and drop what its scope holds: 15个 in 15个副省级城市第一."""
        if span is None:
            return start + 1
        if not span.is_rank:
            return self._keep_trap(span.start, span.end, TrapKind.ORDINAL)
        rank = parse_rank(self.text[span.start : span.end])
        if rank is None:
            return start + 1
        for kept in (self.amounts, self.periods, self.traps):
            while kept and kept[-1].end > span.start:
                kept.pop()
        self.ranks.append(RankMention(span.start, span.end, rank))
        self.floor = span.end
        return span.end

    @property
    def _rank_floor(self) -> int:
        """A scope may reach over amounts and periods, but not into the rank before it."""
        return self.ranks[-1].end if self.ranks else 0

    # One reader for each kind of character that a mention may begin with.

    def _read_digits(self, start: int) -> int:
        text = self.text
        run = _RUN.match(text, start)
        run_end = run.end() if run else start + 1
        following = text[run_end : run_end + 1]
        before = text[start - 1 : start]
        after_letter = before.isascii() and (before.isalpha() or before == "-")
        if (following in _MAY_BE_TIME or (following == " " and _SPACED_TIME.match(text, run_end))) and not (
            after_letter or (following in _COLONS and self._is_proportion(start))
        ):
            period = read_period(text, start, self.floor, self.year)
            if period:
                return self._keep_period(period)
        trap = read_formed(text, start)
        if trap:
            return self._keep_trap(trap.start, trap.end, trap.kind)
        reading = read_amount(text, start, self.floor)
        if reading is None:
            return run_end
        lettered = after_letter or (following.isascii() and following.isalpha() and reading.unit is None)
        if lettered and not (reading.unit and (reading.unit.kind in _MEASURES or self._is_behind_acronym(start))):
            trap = read_lettered(text, start, self.floor)
            if trap:
                return self._keep_trap(trap.start, max(trap.end, run_end), trap.kind)
        if reading.unit is None and reading.base is None:
            return self._read_bare(reading)
        kind = find_trap(text, reading, self.floor)
        return self._keep_trap(reading.start, reading.end, kind) if kind else self._keep_amount(reading)

    def _is_behind_acronym(self, start: int) -> bool:
        return bool(_ACRONYM.search(self.text, max(self.floor, start - 8), start))

    def _is_proportion(self, start: int) -> bool:
        """竞争比12:10 is no time of day."""
        return bool(_PROPORTION_FRONT.search(self.text, max(self.floor, start - 5), start))

    def _read_bare(self, reading: Reading) -> int:
        text = self.text
        if text[reading.end : reading.end + 1] in _SERIES:
            shared = read_shared_unit(text, reading.number_start)
            if shared and find_trap(text, shared[-1], self.floor) is None:
                return [self._keep_amount(member) for member in shared][-1]
        kind = find_bare_trap(text, reading)
        return self._keep_trap(reading.start, reading.end, kind) if kind else self._keep_amount(reading)

    def _read_chinese(self, start: int) -> int:
        text = self.text
        run = _CHINESE_RUN.match(text, start)
        run_end = run.end() if run else start + 1
        if text[start - 1 : start] in _WEEK and start > 0:
            return run_end
        if _CHINESE_TIME.match(text, start) or text[start] == "十":
            period = read_period(text, start, self.floor, self.year)
            if period:
                return self._keep_period(period)
        reading = read_amount(text, start, self.floor)
        if reading is None:
            return run_end
        if reading.unit is None and reading.base is None and find_bare_trap(text, reading):
            return max(run_end, reading.number_start + 1)
        kind = find_trap(text, reading, self.floor)
        if kind is TrapKind.WORD and self.amounts and continues_a_listing(text, reading, self.amounts[-1]):
            kind = None
        return self._keep_trap(reading.start, reading.end, kind) if kind else self._keep_amount(reading)

    def _read_time_word(self, start: int) -> int:
        period = read_period(self.text, start, self.floor, self.year)
        return self._keep_period(period) if period else start + 1

    def _read_quotation(self, start: int) -> int:
        if self.text.startswith(_PLAN_FRONT, start):
            period = read_period(self.text, start, self.floor, self.year)
            if period:
                return self._keep_period(period)
        quotation = read_quotation(self.text, start)
        if quotation is None:
            return start + 1
        end, has_number = quotation
        return self._keep_trap(start, end, TrapKind.NAME) if has_number else end

    def _read_bracket(self, start: int) -> int:
        trap = read_bracketed(self.text, start)
        return self._keep_trap(trap.start, trap.end, trap.kind) if trap else start + 1

    def _read_ordinal(self, start: int) -> int:
        plan = read_numbered_plan(self.text, start)
        if plan:
            return self._keep_period(plan)
        period = read_period(self.text, start, self.floor, self.year)
        if period:
            return self._keep_period(period)
        continues = bool(self.ranks) and self.text[self.ranks[-1].end : start] in _SERIES
        return self._keep_rank(read_ordinal(self.text, start, self._rank_floor, continues=continues), start)

    def _read_front(self, start: int) -> int:
        if self.text.startswith(("前列", "前茅"), start):
            return self._keep_rank(read_top(self.text, start, self._rank_floor), start)
        period = read_period(self.text, start, self.floor, self.year)
        if period:
            return self._keep_period(period)
        return self._keep_rank(read_front(self.text, start, self._rank_floor), start)

    def _read_bottom(self, start: int) -> int:
        period = read_period(self.text, start, self.floor, self.year)
        if period:
            return self._keep_period(period)
        floor = self._rank_floor
        span = (
            read_from_bottom(self.text, start, floor)
            or read_top(self.text, start, floor)
            or read_ordinal(self.text, start, floor)
        )
        return self._keep_rank(span, start)

    def _read_most(self, start: int) -> int:
        floor = self._rank_floor
        return self._keep_rank(read_from_bottom(self.text, start, floor) or read_record(self.text, start, floor), start)

    def _read_top(self, start: int) -> int:
        floor = self._rank_floor
        return self._keep_rank(read_top(self.text, start, floor) or read_record(self.text, start, floor), start)

    def _read_leading(self, start: int) -> int:
        return self._keep_rank(read_top(self.text, start + 1, self._rank_floor), start)

    def _read_record(self, start: int) -> int:
        return self._keep_rank(read_record(self.text, start, self._rank_floor), start)


@cache
def _readers() -> dict[str, Callable[[_Scan, int], int]]:
    """Give the method for each character that a mention may begin with."""
    methods = (
        (_DIGITS, _Scan._read_digits),
        (_NUMERALS + "几数个", _Scan._read_chinese),
        ("〔[［【（(", _Scan._read_bracket),
        ("".join(QUOTED), _Scan._read_quotation),
        ("首榜垫头之靠", _Scan._read_top),
        ("新纪记", _Scan._read_record),
        ("上下去今本当明来全年", _Scan._read_time_word),
        ("第", _Scan._read_ordinal),
        ("前", _Scan._read_front),
        ("后末倒", _Scan._read_bottom),
        ("最", _Scan._read_most),
        ("居", _Scan._read_leading),
    )
    return {character: method for characters, method in methods for character in characters}
