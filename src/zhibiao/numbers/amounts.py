"""AMOUNT spans: finding them in a text, and reading the value of one.

What the annotation standard leaves open is settled here:

- Comparisons and hedges (不少于, 不超过, 低于) are inside the span; words that can be a predicate (突破, 不足, 不到, 接近) stay
  outside, and :func:`read_context` reads them. :func:`parse_amount` reads both.
- A multiplier without a digit is a number where something bounds it: 亿元以上, 近百家, 突破百件, 上百人; not in 百亿元企业, 千家万户.
- 数十, 几十, 两位数 and 个位数 are amounts without a value; 若干 is none. 十几 is ten or more, 十来 about ten.
- 一番 is two ``times``, 两番 four; 三分之二 and 一半 are ``percent``; 2.5∶1 is 2.5 ``times``; 四成二 is 42 ``percent``.
- Times that an indicator reaches are amounts (压缩至3个工作日, 平均受教育年限11.7年); stretches of time are not (连续3年, 近三年).
- A count in Chinese numerals up to ten needs a verb or adverb of counting (新增三个), the end of its clause (两处，), or a
  classifier of things (两家); 一 needs a verb of founding (各建一家), a rise (由一件增至…) or a listing of counts.
- Bare numbers that share the unit behind the last of a list (3、2和5家) have it in their quantity, not in their span.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from zhibiao.labels import Approx
from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.mentions import Amount, Quantity
from zhibiao.numbers.numerals import FINANCIAL, read_numeral, tidy
from zhibiao.numbers.qualifiers import read_after, read_before
from zhibiao.numbers.quantities import Reading, read_amount

__all__ = ["Amount", "Quantity", "find_amounts", "parse_amount", "read_context"]

_NUMBER_START = re.compile("[0-9０-９零〇○一二两三四五六七八九十百千万亿廿卅几数个]")
# A unit that the table lacks is what stands behind the number: 7朵; 十之八九 has none.
_UNKNOWN_UNIT = re.compile(
    r"\s*(?![之的])(?P<more>[余多])?(?P<unit>[一-鿿]{1,4}?)(?P<after>以上|以下|[以之]?内|左右|上下|有余)?$"
)
_BELOW_ZERO: Final = "零下"
_HAS_NUMERAL = re.compile("[0-9零〇一二两三四五六七八九十百千万亿半]")
_COIN: Final = "[0-9零一二两三四五六七八九十.]+"
_COINS = re.compile(
    rf"(?P<bound>约|近|超过?|不低于|不少于|高于|不高于|不超过|低于)?(?:(?P<yuan>{_COIN})(?:元|块))?(?P<jiao>{_COIN})(?:角|毛)(?:(?P<fen>{_COIN})分)?钱?"
)
_COIN_WORTH: Final = {"yuan": Decimal(1), "jiao": Decimal("0.1"), "fen": Decimal("0.01")}
# 每万人5.2件 is 5.2件/万人.
_PER_FRONT = re.compile(r"每([百千万亿]?[一-鿿]{1,3}?)(?=[0-9０-９])")
# Halves without a number: 近半数, 过半, 半年.
_HALF: Final = re.compile(
    r"(?P<bound>近|过|超|大|一大|一多|多)?(?:一)?半(?:数|(?P<unit>年|天|小时|个月))?(?P<after>以上|左右|多)?$"
)
_HALF_BOUNDS: Final = {
    "近": Approx.ABOUT,
    "过": Approx.MORE,
    "超": Approx.MORE,
    "大": Approx.MORE,
    "一大": Approx.MORE,
    "一多": Approx.MORE,
    "多": Approx.MORE,
}
_PAST: Final = ("了", "到", "至")


def find_amounts(text: str) -> list[Amount]:
    """Find the AMOUNT spans of a text, in text order and without overlap.

    What is a rank, a time or no figure at all is left out; :func:`zhibiao.numbers.figures.find_figures` gives all of
    it in the same pass.

    Examples
    --------
    >>> text = "新认定18家，高企总数力争突破140家，占比46.8%，提高1.2个百分点。"
    >>> [(text[found.start : found.end], found.quantity.unit) for found in find_amounts(text)]
    [('18家', '家'), ('140家', '家'), ('46.8%', 'percent'), ('1.2个百分点', 'percentage_point')]
    """
    return list(find_figures(text).amounts)


def parse_amount(text: str) -> Quantity | None:
    """Read the value of one AMOUNT span; a verb in front of it that bounds the number (突破, 不足) is read too.

    Returns
    -------
    Quantity | None
        None where the text holds no number.

    Examples
    --------
    >>> parse_amount("2.41亿元")
    Quantity(low=Decimal('241000000'), high=Decimal('241000000'), unit='CNY', approx=<Approx.EXACT: 'exact'>)
    >>> parse_amount("近半数").low, parse_amount("过半").high, parse_amount("若干")
    (Decimal('50'), None, None)
    >>> [(str(found.low), str(found.high), found.unit) for found in map(parse_amount, ("100家以上", "不足两成", "2-3家"))]
    [('100', 'None', '家'), ('None', '20', 'percent'), ('2', '3', '家')]
    """
    text = text.strip().translate(FINANCIAL)
    per = _PER_FRONT.match(text)
    if per and (quantity := parse_amount(text[per.end() :])) and quantity.unit:
        return Quantity(quantity.low, quantity.high, f"{quantity.unit}/{per[1]}", quantity.approx)
    if text.startswith(_BELOW_ZERO) and (below := parse_amount(text[len(_BELOW_ZERO) :])):
        # 零下20度以下 is colder still, and of 零下5至10度 the second is the lower.
        low, high = (
            (below.high, below.low) if below.low is not None and below.high is not None else (below.low, below.high)
        )
        return Quantity(low and -low, high and -high, below.unit, below.approx)
    if half := _HALF.match(text):
        return _read_half(half)
    if coins := _COINS.fullmatch(text):
        return _read_coins(coins)
    for number in _NUMBER_START.finditer(text):
        reading = read_amount(text, number.start())
        if reading:
            return _complete(text, reading)
    return None


def _read_half(half: re.Match[str]) -> Quantity:
    approx = {"以上": Approx.MORE, "多": Approx.MORE, "左右": Approx.ABOUT}.get(half["after"]) or _HALF_BOUNDS.get(
        half["bound"], Approx.EXACT
    )
    amount = Decimal("0.5") if half["unit"] else Decimal(50)
    return Quantity(amount, None if approx is Approx.MORE else amount, half["unit"] or "percent", approx)


def _read_coins(coins: re.Match[str]) -> Quantity | None:
    """Read 一元五角, 1角5分: what is left when the smaller coin is dropped would be another price."""
    parts = [(read_numeral(coins[name], 0), worth) for name, worth in _COIN_WORTH.items() if coins[name]]
    total = sum((part.low * worth for part, worth in parts if part and part.low is not None), Decimal(0))
    less, more = (
        coins["bound"] in ("不高于", "不超过", "低于"),
        coins["bound"] in ("不低于", "不少于", "高于", "超", "超过"),
    )
    approx = Approx.LESS if less else Approx.MORE if more else Approx.ABOUT if coins["bound"] else Approx.EXACT
    return Quantity(None if less else tidy(total), None if more else tidy(total), "CNY", approx)


def _complete(text: str, reading: Reading) -> Quantity | None:
    quantity = reading.quantity()
    unit = quantity.unit
    rest = text[reading.end :]
    if _HAS_NUMERAL.search(rest):
        # 3家5户, 十之八九: what is left over says another number, and half of it would be nonsense.
        return None
    unknown = _UNKNOWN_UNIT.match(rest) if unit is None else None
    approx = read_context(text[: reading.start])
    if unknown:
        unit = unknown["unit"]
        # 一周内: the table has no 周, and 内 is no part of it
        approx = (read_after(unknown["after"], 0)[1] if unknown["after"] else None) or approx
        approx = Approx.MORE if unknown["more"] else approx
    if approx is None or quantity.approx is not Approx.EXACT:
        return Quantity(quantity.low, quantity.high, unit, quantity.approx)
    low = None if approx is Approx.LESS else quantity.low
    high = None if approx is Approx.MORE else quantity.high
    return Quantity(low, high, unit, approx)


def read_context(left: str) -> Approx | None:
    """Tell how the words directly left of an AMOUNT span bound it: 突破 → more, 不足 → less, 逼近 → about.

    力争 and 确保 say that the amount is a target, not how far it binds, and give None.

    Examples
    --------
    >>> [read_context(left) for left in ("高企总数突破", "占比还不到", "力争达到")]
    [<Approx.MORE: 'more'>, <Approx.LESS: 'less'>, None]
    """
    left = left.rstrip()
    for word in ("", *_PAST):
        if left.endswith(word):
            context = read_before(left, len(left) - len(word))
            if context:
                return context.qualifier.approx
    return None
