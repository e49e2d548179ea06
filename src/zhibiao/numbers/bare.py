"""Whether a number without a unit is a figure whose unit was lost (核定146。), or part of something else."""

from __future__ import annotations

import re
from typing import Final

from zhibiao.numbers.mentions import TrapKind
from zhibiao.numbers.numerals import DIGIT
from zhibiao.numbers.quantities import BOUNDARY, Reading
from zhibiao.numbers.traps import NAME_FRONT, NAME_TAIL, VERSION, YEAR_LIKE

_CLOSED = re.compile(rf"[{BOUNDARY}]|$")
_CLOSED_BY_NUMBER = re.compile(r"[，。；！？,;!?）)\n\r]|$")
_HAN = re.compile("[一-鿿％%]")
# 达到125, 为364.85
_LED = re.compile(r"(?:为|达|达到|达成|是|增至|升至|降至|增加到|提高到|共|共计|合计|总计|累计|约|近|超|超过|至|到|得分|指数|以)$")
# 倍差从2.42缩小至2.12
_FROM = re.compile(r"[由从]$")
_MOVES = re.compile("缩小|提高|上升|下降|提升|升|降|增|扩大|减|回落|调整")
_LED_NEXT = re.compile(rf"[{BOUNDARY}的比较居列位同增下]|$")
# 双11，“12345，”: what stands before a number that names something.
_NAMING_FRONT = re.compile(r"(?:双|拨打|代号|型号|车牌|编码为|账号|个|阶段|方案|类型|文件|附)$")
_SERVICE_LINE = re.compile(r"12(?:3[0-9]{2}|[0-9]{3})(?![0-9])")
_LEVEL = re.compile(r"级(?!别)|\+|＋")
_LONG = re.compile(rf"{DIGIT}{{7,}}(?!{DIGIT}*[.,])")
_TEN_THOUSAND: Final = 10**4


def find_bare_trap(text: str, reading: Reading) -> TrapKind | None:
    """Tell why a number without a unit is no figure, or None where it is one.

    Examples
    --------
    >>> from zhibiao.numbers.quantities import read_amount
    >>> def judge(text, at):
    ...     return find_bare_trap(text, read_amount(text, at))
    >>> judge("抗震设防要求核定146。", 8), judge("融资额度1000万的协议", 4), judge("实施863计划。", 2)
    (None, None, <TrapKind.NAME: 'name'>)
    """
    start, end = reading.number_start, reading.end
    left = text[max(0, start - 4) : start]
    if reading.low is None:
        # 两位数 has no value but is an amount; 几十 without a unit is not.
        return None if text.startswith("位数", end - 2) else TrapKind.LOOSE
    if _LEVEL.match(text, end):
        return TrapKind.NAME
    scaled = reading.numeral.scale >= _TEN_THOUSAND or (reading.high or 0) >= _TEN_THOUSAND
    if reading.numeral.chinese:
        closed = bool(_CLOSED.match(text, end))
        large = scaled and closed and (reading.qualified or not reading.numeral.bare)
        return None if large else TrapKind.WORD
    if NAME_TAIL.match(text, end):
        return TrapKind.DOCUMENT if text.startswith("号", end) else TrapKind.NAME
    if NAME_FRONT.search(left) or _NAMING_FRONT.search(left) or _SERVICE_LINE.match(text, start):
        return TrapKind.NAME
    if reading.numeral.scale != 1:
        return None
    if _LONG.match(text, start):
        return TrapKind.CODE
    led = _LED.search(left)
    if YEAR_LIKE.match(text, start) and not (led and _CLOSED_BY_NUMBER.match(text, end)):
        return TrapKind.TIME
    if VERSION.match(text, start) and not led:
        return TrapKind.NAME
    if reading.qualified and _CLOSED.match(text, end):
        return None
    if led and _LED_NEXT.match(text, end):
        return None
    if _FROM.search(left) and _MOVES.match(text, end):
        return None
    front = text[max(0, reading.start - 1) : reading.start]
    if _CLOSED_BY_NUMBER.match(text, end) and (_HAN.match(front) or front in ("：", ":")):  # noqa: RUF001
        return None
    return TrapKind.LOOSE
