"""Whether a number without a unit is a figure whose unit was lost (核定146。), or part of something else."""

from __future__ import annotations

import re
from typing import Final

from zhibiao.numbers.mentions import TrapKind
from zhibiao.numbers.numerals import DIGIT
from zhibiao.numbers.quantities import BOUNDARY, Reading

# 15号, 500强, 95后, 3000型, 2.0版, 4.0时代, 863计划
NAME_TAIL = re.compile(
    r"号|强(?!度|化)|后(?!置)|型|版|级(?!别)|代|时代|系列|工程|计划|行动|产业|子?课题|专项|团队|模式|机制|体系|人才工程|线|路|[+＋](?=[0-9A-Za-z一-鿿])"
)
# 附件2, 电话0556, 编号12, 两个50, 双11, 拨打12345
NAME_FRONT = re.compile(
    r"(?:附件|附表|表|图|专栏|编号|代码|编码|邮编|电话|热线|传真|房间|QQ|No\.?|NO\.?|第|个|文号|号|款|版|[Vv]|双|拨打|代号|型号|车牌|账号|阶段|"
    r"方案|类型|文件|附)[:：]?$"
)
_SERVICE_LINE = re.compile(r"12[0-9]{3}(?![0-9])")
_VERSION = re.compile(r"[1-9]\.0(?![0-9%％])")
_YEAR_LIKE = re.compile(r"(?:19[5-9][0-9]|20[0-9]{2})(?![0-9.,%％])")
_LONG = re.compile(rf"{DIGIT}{{7,}}(?!{DIGIT}*[.,])")

_CLOSED = re.compile(rf"[{BOUNDARY}]|$")
_SENTENCE_PART = re.compile(r"[，。；！？,;!?）)\n\r]|$")
_SUBJECT = re.compile("[一-鿿％%：:]")
# 达到125, 创新指数为364.85
_LED = re.compile(
    r"(?:为|达|达到|达成|是|增至|升至|降至|增加到|提高到|共|共计|合计|总计|累计|约|近|超|超过|至|到|得分|指数|以)$"
)
_LED_NEXT = re.compile(rf"[{BOUNDARY}的比较居列位同增下]|$")
# 倍差从2.42缩小至2.12
_FROM = re.compile(r"[由从]$")
_MOVES = re.compile("缩小|提高|上升|下降|提升|升|降|增|扩大|减|回落|调整")
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
    if reading.low is None:
        # 两位数 has no value but is an amount; 几十 without a unit is not.
        return None if text.startswith("位数", reading.end - 2) else TrapKind.LOOSE
    left = text[max(0, reading.number_start - 4) : reading.number_start]
    if reading.numeral.chinese:
        return _trap_in_chinese(text, reading)
    return _trap_of_name(text, reading, left) or _trap_of_place(text, reading, left)


def _trap_in_chinese(text: str, reading: Reading) -> TrapKind | None:
    """要投八九百万。 is a figure; 百万, 三农 and 十四五 are not."""
    scaled = reading.numeral.scale >= _TEN_THOUSAND or (reading.high or 0) >= _TEN_THOUSAND
    closed = _CLOSED.match(text, reading.end)
    return None if scaled and closed and (reading.qualified or not reading.numeral.bare) else TrapKind.WORD


def _trap_of_name(text: str, reading: Reading, left: str) -> TrapKind | None:
    """G60, 15号, 12345热线, 2.0版, 2025中国足协杯."""
    start, end = reading.number_start, reading.end
    if NAME_TAIL.match(text, end):
        return TrapKind.DOCUMENT if text.startswith("号", end) else TrapKind.NAME
    if NAME_FRONT.search(left) or _SERVICE_LINE.match(text, start):
        return TrapKind.NAME
    if _LONG.match(text, start):
        return TrapKind.CODE
    led = _LED.search(left)
    if _YEAR_LIKE.match(text, start) and reading.numeral.scale == 1 and not (led and _SENTENCE_PART.match(text, end)):
        return TrapKind.TIME
    return TrapKind.NAME if _VERSION.match(text, start) and not led else None


def _trap_of_place(text: str, reading: Reading, left: str) -> TrapKind | None:
    """Count a bare number where a clause ends behind it, or 为 and its like lead to it."""
    end = reading.end
    if reading.numeral.scale != 1 or (_LED.search(left) and _LED_NEXT.match(text, end)):
        return None
    if (reading.qualified and _CLOSED.match(text, end)) or (_FROM.search(left) and _MOVES.match(text, end)):
        return None
    front = text[max(0, reading.start - 1) : reading.start]
    return None if _SENTENCE_PART.match(text, end) and _SUBJECT.match(front) else TrapKind.LOOSE
