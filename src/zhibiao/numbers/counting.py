"""Whether a number with a unit counts an indicator, or speaks of the text, a slogan, a time or a single thing."""

from __future__ import annotations

from typing import NamedTuple

from zhibiao.catalog.units import Counting, Unit, UnitKind
from zhibiao.numbers import counting_patterns as words
from zhibiao.numbers.mentions import Amount, TrapKind
from zhibiao.numbers.quantities import Reading


class _Case(NamedTuple):
    """A number with its unit in its text; ``left`` are the four characters before the span."""

    text: str
    reading: Reading
    unit: Unit
    left: str

    @property
    def small(self) -> bool:
        """Tell a Chinese numeral up to ten."""
        reading = self.reading
        return reading.numeral.chinese and reading.high is not None and reading.high <= 10

    @property
    def single(self) -> bool:
        """Tell 一."""
        return self.reading.numeral.chinese and self.reading.low == self.reading.high == 1


def find_trap(text: str, reading: Reading, floor: int) -> TrapKind | None:
    """Tell why a number with a unit is no figure, or None where it is one.

    ``floor`` is where the mention before it ended, so that 以上 behind an amount is not read as "the above".

    Examples
    --------
    >>> from zhibiao.numbers.quantities import read_amount
    >>> [find_trap(text, read_amount(text, 2), 0) for text in ("抓好三个方面", "新增三个平台", "落户5家企业")]
    [<TrapKind.STRUCTURE: 'structure'>, None, None]
    """
    if reading.unit is None:
        return None
    case = _Case(text, reading, reading.unit, text[max(floor, reading.start - 4) : reading.start])
    return (
        _trap_by_left(case)
        or _trap_by_form(case)
        or (_trap_by_time(case) if case.unit.kind is UnitKind.TIME else None)
        or (_trap_by_structure(case) if case.unit.surface in words.ITEM_UNITS else None)
        or (_trap_in_chinese(case) if reading.numeral.chinese else None)
    )


def _trap_by_left(case: _Case) -> TrapKind | None:
    """上述3项, 分两批, 前10家."""
    left = case.left
    if not left:
        return None
    if words.BACKWARDS.search(left) and not case.reading.qualified:
        return TrapKind.STRUCTURE
    if left[-1] == "分" and case.unit.surface in words.SPLIT_UNITS:
        return TrapKind.STRUCTURE
    if left[-1] == "前" and left[-2:-1] not in words.BEFORE_NOW:
        return TrapKind.ORDINAL
    return None


def _trap_by_form(case: _Case) -> TrapKind | None:
    """别有一番滋味, 三件实事, 5万吨级码头."""
    text, end, unit = case.text, case.reading.end, case.unit
    if text.startswith("级", end) and not text.startswith("级别", end) and unit.surface != "分":
        return TrapKind.NAME
    if unit.kind is UnitKind.FOLD and "翻" not in case.left:
        return TrapKind.WORD
    if unit.surface in "件个次" and words.IDIOM.match(text, end - len(unit.surface)):
        return TrapKind.STRUCTURE
    return None


def _trap_by_time(case: _Case) -> TrapKind | None:
    """连续3个月, 24小时值守, 15分钟生活圈; but 压缩至3个工作日 is a figure."""
    reading, left = case.reading, case.left
    if case.unit.surface == "年" and (reading.low is None or not reading.low % 1):
        # 3-5年 is a time, but 平均受教育年限11.7年 an indicator.
        return TrapKind.TIME
    if words.RUNNING.search(left) or words.CIRCLE.match(case.text, reading.end):
        return TrapKind.TIME
    limited = words.LIMIT.search(left)
    if words.ROUND_THE_CLOCK.match(case.text, reading.number_start) and not limited:
        return TrapKind.TIME
    return TrapKind.TIME if case.small and not reading.qualified and not limited else None


def _trap_by_structure(case: _Case) -> TrapKind | None:
    """三个方面, 两个“50”, and 3项指标 that sums up a list."""
    text, reading = case.text, case.reading
    if reading.high is None or reading.high > 30:
        return None
    counted = bool(words.COUNTED.search(case.left))
    if case.small and not reading.qualified:
        if text[reading.end : reading.end + 1] in words.QUOTED_NEXT or words.SLOGAN.match(text, reading.end):
            return TrapKind.STRUCTURE
        if words.NEAR_ITEMS.match(text, reading.end) or (not counted and words.LISTED_THINGS.match(text, reading.end)):
            return TrapKind.STRUCTURE
    if words.STRUCTURE.match(text, reading.end):
        return TrapKind.STRUCTURE
    summing = words.ITEMS.match(text, reading.end) and (not counted or case.left.endswith("等"))
    return TrapKind.STRUCTURE if summing and _follows_list(case, 26) else None


def _follows_list(case: _Case, reach: int) -> bool:
    return bool(words.LISTING.search(case.text, max(0, case.reading.start - reach), case.reading.start))


def _trap_in_chinese(case: _Case) -> TrapKind | None:
    """千家万户, 一批, 三个: Chinese numerals count only where something says so."""
    reading, unit = case.reading, case.unit
    if reading.numeral.bare:
        licensed = reading.qualified or case.left.endswith(("达", "达到", "上", "过", "破"))
        return None if licensed else TrapKind.WORD
    if not case.small and unit.surface != "届":
        return None
    if unit.surface in words.NEVER_SMALL or (case.single and unit.surface in words.NEVER_SINGLE):
        return TrapKind.WORD
    # 二人转 counts nothing, 二至三家 does.
    if unit.kind is UnitKind.COUNT and case.text[reading.number_start] in "二零" and reading.low == reading.high:
        return _trap_of_word(case)
    if unit.counting is Counting.FREE or reading.qualified:
        story = case.single and unit.kind in words.STORY_UNITS and not reading.qualified
        return TrapKind.WORD if story and not words.CLOSED.match(case.text, reading.end) else None
    return _trap_of_one(case) if case.single else _trap_of_few(case)


def _trap_of_word(case: _Case) -> TrapKind | None:
    """二人转, 零件: what is counted is 两, and 零 counts only as in 仍为零家."""
    none_left = case.reading.high == 0 and words.COUNTED.search(case.left) and case.unit.surface != "件"
    return None if none_left else TrapKind.WORD


def _trap_of_one(case: _Case) -> TrapKind | None:
    """各建一家, 由一件增至1.6件 count; 一个口子, 没有一家 do not."""
    surface, left = case.unit.surface, case.left
    founded = words.FOUNDED.search(left) and "没" not in left
    if surface == "个" and left.endswith(words.SOLE_ABSTRACT):
        return TrapKind.WORD
    if surface not in words.ALONE_UNITS:
        return None if surface in words.PEOPLE_UNITS and founded else TrapKind.WORD
    ends = surface in words.SINGLE_END and _ends_clause(case)
    counts = words.RISES.match(case.text, case.reading.end) or founded or ends
    return None if counts else TrapKind.WORD


def _trap_of_few(case: _Case) -> TrapKind | None:
    """两家, 新增三个 and 平台两个。 count; 问题主要有四条。 and 两个大局 do not."""
    unit, end = case.unit, case.reading.end
    if unit.surface == "条" and words.CLOSED.match(case.text, end):
        return TrapKind.STRUCTURE
    if unit.counting is Counting.USUAL or _ends_clause(case):
        return None
    if words.COUNTED.search(case.left):
        # 增长最快的三个板块
        return TrapKind.WORD if unit.surface == "个" and case.left.endswith("的") else None
    # 八个县（市）均达到要求 counts places; 碧湖、蓝田、步文三个街道 only sums them up.
    places = unit.surface == "个" and words.PLACES.match(case.text, end)
    return None if places and not _follows_list(case, 20) else TrapKind.WORD


def _ends_clause(case: _Case) -> bool:
    """建成智慧蔗园一座，: what is counted stands before the number."""
    open_left = bool(case.left) and bool(words.OPEN_LEFT.match(case.left[-1]))
    things = case.unit.surface in words.ALONE_UNITS or (case.unit.surface in words.PEOPLE_UNITS and not case.single)
    return open_left and things and bool(words.CLOSED.match(case.text, case.reading.end))


def continues_a_listing(text: str, reading: Reading, previous: Amount) -> bool:
    """「2个项目建成投产,1个项目已完成厂房建设,一条生产线已安装调试」: a clause that opens with a count, after another.

    Examples
    --------
    >>> from zhibiao.numbers.mentions import Quantity
    >>> from zhibiao.numbers.quantities import read_amount
    >>> text = "，2个项目投产，一条生产线已安装"
    >>> continues_a_listing(text, read_amount(text, 8), Amount(1, 3, read_amount(text, 1).quantity()))
    True
    """
    start = reading.start
    if reading.unit is None or reading.unit.surface in words.NO_LISTING:
        return False
    opens = (
        text[start - 1 : start] in words.CLAUSE_FRONT
        and text[previous.start - 1 : previous.start] in words.CLAUSE_FRONT
    )
    return opens and start - previous.end < 40 and not words.SENTENCE_END.search(text, previous.end, start)
