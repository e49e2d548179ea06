"""The grammar of an amount: qualifier, number or range, unit, qualifier."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from zhibiao.catalog.units import Counting, Unit, UnitKind, match_unit
from zhibiao.labels import Approx
from zhibiao.numbers.mentions import Quantity
from zhibiao.numbers.numerals import ARABIC, ROUGHLY, Numeral, read_digits, read_numeral, tidy
from zhibiao.numbers.qualifiers import Context, Qualifier, read_after, read_before

BOUNDARY: Final = "，。；、：！？,;:!?）)】」』”’》\"'\\s"
_HEDGES: Final = frozenset("余多来几+＋")
_SEPARATOR = re.compile(r" ?(?:[-—–－~～]{1,2}|至|到) ?")
_MINUS: Final = frozenset("-－−负")
# 5-8% has no minus, nor 肩负3%.
_MINUS_FRONT = re.compile(r"[0-9０-９A-Za-z\s—–－~～担肩抱自欺胜-]")
# 一个半百分点, 两个多百分点, 三个多月
_SPLIT_UNIT = re.compile("个([半多余])(?=[百千]分点|月|小时|钟头|星期|季度|昼夜|学时|工作日)")
_LONGEST_SPLIT_UNIT: Final = 4
# 四分之一强, 三成弱; 百强 is no share.
_SHARE_END = re.compile(rf"([强弱])(?=[{BOUNDARY}的]|$)")
# 上百家 is a hundred or more; 网上百家 and 以上百家 are not.
_UPWARDS = re.compile(r"(?:[^以网线路海之台迈跨登踏攀站跃走步升]|^)?上$")
# 百分之三点五, 三分之二
_PARTS = re.compile(r"[百千万]分之|[二三四五六七八九十]{1,3}分之")
# 2.5∶1, 4.0∶37.7∶58.3; a time of day is read before amounts are.
_PROPORTION = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?[:：∶] ?([0-9]+(?:\.[0-9]+)?)([:：∶][0-9.]+)*(?![0-9:：∶])")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,3})(?![0-9/年.])")
# 四成二 is 42%; the digit counts only where nothing else can claim it.
_TENTH = re.compile(rf"[一二三四五六七八九半](?=[{BOUNDARY}的左以提升降增减下上为到至和与]|$)")
_PLACES = re.compile(r"(?:[两三四五六]|个)位数")
_RATE = re.compile(r"[/／]([百千万亿]{0,2})|每(?=立方米|升|千瓦时|吨|平方公里|平方米|公里|秒)")
_RATE_BASE = re.compile(r"人口|年|日|月|周|季|天|秒|小时|时")
_BRACKETED = re.compile(r"[（(]([^（）()\s]{1,2})[）)]")
# 近一半, 一半以上, 一半多; 一半是 tells a story.
_HALF = re.compile(rf"(?<=[近超约逾过足到及])一半|一半多?(?=以上|左右|[{BOUNDARY}的]|$)")
_WORDY: Final = frozenset("一百千万二两三四五六七八九十个")
_OPEN: Final = frozenset("（(")
_PER: Final = frozenset("/／每")
_JOINING: Final = frozenset(" -—–－~～至到")
# Far above any share; a larger one is kept as it comes out.
_LIMIT: Final = Decimal(10**20)
_COLONS: Final = frozenset(":：∶")
_LARGE_SCALES: Final = (Decimal(10**8), Decimal(10**4))
_ONE_HALF: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)
_PRECISION: Final = Decimal("0.0001")


class Reading(NamedTuple):
    """An amount read from a text.

    ``[start, end)`` is the span with the qualifiers that belong to it; ``number_start`` and ``number_end`` bound the first
    number. ``qualified`` tells of any qualifier, also one that stays outside. ``low`` to ``approx`` are the quantity,
    made by :meth:`quantity`.
    """

    start: int
    end: int
    number_start: int
    numeral: Numeral
    unit: Unit | None
    base: str | None
    low: Decimal | None
    high: Decimal | None
    approx: Approx
    qualified: bool

    def quantity(self) -> Quantity:
        """Give the value: an open side is None."""
        low, high = self.low, self.high
        if self.approx is Approx.MORE:
            high = None
        elif self.approx is Approx.LESS:
            low = None
        return Quantity(low, high, self.base, self.approx)


class _Core(NamedTuple):
    """A number or range with its unit, before qualifiers are looked for."""

    end: int
    numeral: Numeral
    unit: Unit | None
    base: str | None
    low: Decimal | None
    high: Decimal | None
    more: bool
    about: bool = False


def read_amount(text: str, start: int, floor: int = 0) -> Reading | None:
    """Read the amount whose number begins at ``start``; nothing before ``floor`` belongs to it.

    Examples
    --------
    >>> reading = read_amount("建立不少于150家的培育库", 5)
    >>> reading.start, reading.end, reading.quantity().low, reading.quantity().unit
    (2, 9, Decimal('150'), '家')
    >>> read_amount("增长5%—8%左右", 2).quantity()
    Quantity(low=Decimal('5'), high=Decimal('8'), unit='percent', approx=<Approx.ABOUT: 'about'>)
    """
    core = _read_core(text, start)
    if core is None:
        return None
    core = _extend_to_range(text, start, core)
    low, high = core.low, core.high
    span_start = start
    if start > floor and text[start - 1] in _MINUS and _is_sign(text, start - 1, core):
        span_start -= 1
        low, high = -high if high is not None else None, -low if low is not None else None
    before = read_before(text, span_start, floor)
    if core.numeral.bare and before is None and span_start > floor and _UPWARDS.match(text, max(start - 2, 0), start):
        before = Context(start - 1, Qualifier("上", Approx.MORE))
    end, after = read_after(text, core.end)
    if after is None and core.base == "percent" and (ended := _SHARE_END.match(text, core.end)):
        end, after = ended.end(), Approx.MORE if ended[1] == "强" else Approx.LESS
    sense = before.qualifier.approx if before and before.qualifier.inside else after
    approx = sense or (Approx.MORE if core.more else Approx.ABOUT if core.about or low is None else Approx.EXACT)
    if before and before.qualifier.inside:
        span_start = before.start
    qualified = before is not None or after is not None or core.more or core.about
    return Reading(span_start, end, start, core.numeral, core.unit, core.base, low, high, approx, qualified)


def _is_sign(text: str, at: int, core: _Core) -> bool:
    """增长-2.3% has a minus; 5-8%, G-60 and the bullet of a line have none."""
    if core.unit is None or core.unit.kind not in (UnitKind.RATIO, UnitKind.POINT, UnitKind.MONEY):
        return False
    return at == 0 or not _MINUS_FRONT.match(text[at - 1])


def _read_core(text: str, start: int) -> _Core | None:
    if text[start : start + 1] in _WORDY:
        worded = _read_worded(text, start)
        if worded:
            return worded
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    end, more, about = numeral.end, numeral.more, numeral.about
    following = text[end : end + 1]
    if following == "/" or following in _COLONS:
        ratio = _read_ratio(text, start, numeral)
        if ratio:
            return ratio
    if split := _SPLIT_UNIT.match(text, end):
        return _read_split(text, numeral, split)
    if following in _HEDGES and (hedge := _hedge_end(text, end)) > end:
        more, about, end = following != ROUGHLY, following == ROUGHLY, hedge
    unit_start = end
    while text[unit_start : unit_start + 1] == " " and unit_start < end + 2:
        unit_start += 1
    unit = match_unit(text, unit_start)
    if unit is None:
        return _Core(end, numeral, None, None, numeral.low, numeral.high, more, about)
    return _with_unit(text, numeral, unit, unit_start + len(unit.surface), more)._replace(about=about)


def _read_split(text: str, numeral: Numeral, split: re.Match[str]) -> _Core | None:
    """Read a unit that is parted by what hedges or halves it: 一个[半]百分点, 三个[多]月."""
    end = split.end()
    unit = match_unit(f"个{text[end : end + _LONGEST_SPLIT_UNIT]}", 0) or match_unit(text, end)
    if unit is None:
        return None
    half = split[1] == "半"
    if half and numeral.low is not None and numeral.high is not None:
        numeral = numeral._replace(low=numeral.low + _ONE_HALF, high=numeral.high + _ONE_HALF)
    end += len(unit.surface.removeprefix("个"))
    return _with_unit(text, numeral, unit, end, numeral.more or not half)


def _read_worded(text: str, start: int) -> _Core | None:
    parts = _PARTS.match(text, start)
    if parts:
        return _read_parts(text, parts)
    half = _HALF.match(text, start)
    if half:
        fifty = Decimal(50)
        return _Core(
            half.end(),
            Numeral(half.end(), fifty, fifty, chinese=True),
            _PERCENT,
            "percent",
            fifty,
            fifty,
            half[0].endswith("多"),
        )
    places = _PLACES.match(text, start)
    if places:
        # 两位数 names an order of magnitude of an unnamed unit, so it has no value.
        return _Core(places.end(), Numeral(places.end(), None, None, chinese=True), None, None, None, None, False)
    return None


def _read_ratio(text: str, start: int, numeral: Numeral) -> _Core | None:
    """2/3 is a share; 2.5∶1 is 2.5 times, and a proportion of three parts has no single value."""
    slashed = _SLASHED.match(text, start)
    if slashed and 0 < int(slashed[1]) < int(slashed[2]):
        share = _rounded(_HUNDRED * int(slashed[1]) / int(slashed[2]))
        return _Core(slashed.end(), numeral, None, "percent", share, share, False)
    proportion = _PROPORTION.match(text, start)
    if proportion is None:
        return None
    second = Decimal(proportion[2])
    times = None if proportion[3] or not second else _rounded(Decimal(proportion[1]) / second)
    return _Core(proportion.end(), numeral, None, "times", times, times, False)


def _rounded(value: Decimal) -> Decimal:
    return tidy(value.quantize(_PRECISION).normalize()) if value < _LIMIT else value


def _hedge_end(text: str, end: int) -> int:
    """50余家 and 1000余 are hedged; 多 and 来 need a unit behind them (100多元化 has none)."""
    return end + 1 if text[end] == "余" or match_unit(text, end + 1) else end


def _read_parts(text: str, parts: re.Match[str]) -> _Core | None:
    of = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(parts.group()[0])
    if of is None or len(parts.group()) > 3:
        whole = read_numeral(parts.group(), 0)
        of = whole.low if whole else None
    numeral = read_numeral(text, parts.end())
    if not of or numeral is None or numeral.low is None or numeral.high is None or numeral.end == parts.end():
        return None
    shares = [_rounded(_HUNDRED * value / of) for value in (numeral.low, numeral.high)]
    return _Core(numeral.end, numeral, _PERCENT, "percent", shares[0], shares[1], numeral.more)


_PERCENT: Final = Unit("%", "percent", Decimal(1), UnitKind.RATIO, Counting.FREE)


def _with_unit(text: str, numeral: Numeral, unit: Unit, end: int, more: bool) -> _Core:
    low, high, base = numeral.low, numeral.high, unit.base
    if unit.kind is UnitKind.FOLD and low is not None and high is not None and high < 20:
        # 翻两番 is four times; a doubling cannot be scaled by a factor.
        low, high, base = Decimal(2) ** low, Decimal(2) ** high, "times"
    elif unit.factor != 1 and low is not None and high is not None:
        low, high = tidy(low * unit.factor), tidy(high * unit.factor)
        tenth = _TENTH.match(text, end) if unit.surface == "成" else None
        if tenth and low == high:
            low = high = low + (5 if tenth.group() == "半" else _digit(tenth.group()))
            end = tenth.end()
    if unit.kind is UnitKind.TIMES and text.startswith("半", end) and low is not None and high is not None:
        # 三倍半
        low, high, end = low + _ONE_HALF, high + _ONE_HALF, end + 1
    if text[end : end + 1] in _OPEN and unit.kind is UnitKind.COUNT:
        base, end = _read_bracketed(text, unit, base, end)
    if text[end : end + 1] in _PER:
        base, end = _read_rate(text, base, end)
    return _Core(end, numeral, unit, base, low, high, more)


def _read_bracketed(text: str, unit: Unit, base: str, end: int) -> tuple[str, int]:
    """台（套） is one classifier, as 台套; 条（段） is a 条."""
    bracketed = _BRACKETED.match(text, end)
    inner = match_unit(bracketed[1], 0) if bracketed else None
    if bracketed is None or inner is None or inner.surface != bracketed[1]:
        return base, end
    compound = match_unit(unit.surface + inner.surface, 0)
    longer = compound is not None and len(compound.surface) > len(unit.surface)
    return compound.base if compound and longer else base, bracketed.end()


def _read_rate(text: str, base: str, end: int) -> tuple[str, int]:
    """5.2件/万人 and 28.5微克每立方米 are rates; the base unit is a ratio of two."""
    rate = _RATE.match(text, end)
    if rate is None:
        return base, end
    name = _RATE_BASE.match(text, rate.end())
    per = None if name else match_unit(text, rate.end())
    width = len(per.surface) if per else len(name.group()) if name else 0
    if not width:
        return base, end
    return f"{base}/{rate[1] or ''}{text[rate.end() : rate.end() + width]}", rate.end() + width


def _digit(character: str) -> Decimal:
    numeral = read_numeral(character, 0)
    return numeral.low if numeral and numeral.low is not None else Decimal(0)


def _extend_to_range(text: str, start: int, core: _Core) -> _Core:
    """Read 2-3亿元, 三至五家, 5%—8%; but 由5家到8家 tells of two states, and is no range."""
    separator = _SEPARATOR.match(text, core.end) if text[core.end : core.end + 1] in _JOINING else None
    if separator is None or (separator.group().strip() in "至到" and start > 0 and text[start - 1] in "由从自"):
        return core
    second = _read_core(text, separator.end())
    if second is None or core.low is None or core.high is None or second.low is None or second.high is None:
        return core
    if core.unit is None:
        low = core.low * _shared_scale(core, second)
        if second.unit is not None:
            low = tidy(low * second.unit.factor)
        base, unit = second.base, second.unit
    elif core.base == second.base:
        low, base, unit = core.low, core.base, core.unit
    else:
        return core
    if low >= second.high:
        return core
    return _Core(second.end, core.numeral, unit, base, low, second.high, core.more or second.more)


def _shared_scale(core: _Core, second: _Core) -> Decimal:
    """Give the multiplier that holds for both ends: in 2-3亿, 五百至一千万, 二十至一百万; in 5000-1万 none does."""
    first, last = core.numeral, second.numeral
    if first.low is None or last.low is None or first.scale >= _LARGE_SCALES[-1]:
        return Decimal(1)
    # Of 三千万 both 千万 and 万 may be shared, the larger first: 二至三千万, 二十至一百万, 五百至三千万.
    whole: tuple[Decimal, ...] = (last.scale,) if first.scale == 1 else ()
    for scale in (*whole, *(large for large in _LARGE_SCALES if large <= last.scale)):
        if first.low < last.low / scale:
            return scale
    return Decimal(1)


_LISTED = re.compile(rf"{ARABIC}(?:[、和及与]{ARABIC})+")


def read_shared_unit(text: str, start: int) -> list[Reading]:
    """Read bare numbers that share the unit behind the last of them: 分别为3、2和5家.

    Examples
    --------
    >>> [(reading.quantity().low, reading.base) for reading in read_shared_unit("3、2和5家", 0)]
    [(Decimal('3'), '家'), (Decimal('2'), '家'), (Decimal('5'), '家')]
    """
    listed = _LISTED.match(text, start)
    if listed is None:
        return []
    numbers = list(re.finditer(ARABIC, listed.group()))
    last = read_amount(text, start + numbers[-1].start(), start)
    if last is None or last.unit is None:
        return []
    readings = []
    for number in numbers[:-1]:
        value = tidy(read_digits(number.group()) * last.numeral.scale * last.unit.factor)
        at, end = start + number.start(), start + number.end()
        numeral = Numeral(end, value, value)
        readings.append(Reading(at, end, at, numeral, last.unit, last.base, value, value, Approx.EXACT, True))
    return [*readings, last]
