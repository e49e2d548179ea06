"""Numerals: 12,345.6 · 3.5万 · 1千5百万 · 一百二十 · 两千三 · 十几 · 三五百, and how to write one in Chinese."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

DIGIT: Final = "[0-9０-９]"
# 12,345.6 and ８９６; a comma groups only when three digits follow each time, so that 18,24 are two numbers.
ARABIC: Final = rf"(?:{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+(?!{DIGIT})|{DIGIT}+)(?:[.．]{DIGIT}+)?"
# 百 of 百分点 and 千 of 千瓦, 千克, 千米 belong to the unit.
MULTIPLIER: Final = "(?:百(?!分)|千(?![瓦克米伏卡帕焦字])|[万亿])"
CHINESE_DIGITS: Final = "零〇○一二三四五六七八九两"

_ARABIC = re.compile(ARABIC)
_MULTIPLIERS = re.compile(MULTIPLIER + "{1,3}")
# 1千5百万 and 1亿2000万: number and multiplier alternate.
_MORE_GROUPS = re.compile(rf"(?:{DIGIT}+{MULTIPLIER}{{1,2}})+")
_TOKENS = re.compile(rf"{ARABIC}|[十百千万亿]")
_CHINESE = re.compile(
    rf"(?:[{CHINESE_DIGITS}十万亿廿卅]|百(?!分)|千(?![瓦克米伏卡帕焦字])"
    rf"|[几数](?=[十千万亿]|百(?!分))|(?<=十)几)+(?:点[零〇一二三四五六七八九]+[万亿]{{0,2}})?"
)
# 2个亿, 三个多亿
_SPOKEN_HUNDRED_MILLION = re.compile(" ?个([多余])?亿")
FINANCIAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩", "一二三四五六七八九十百千万亿二三六两")

_VALUES: Final = {character: Decimal(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": Decimal(0),
    "○": Decimal(0),
    "两": Decimal(2),
}
_SMALL: Final = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_LARGE: Final = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_MULTIPLIED: Final = frozenset("百千万亿")
# 十来天 are about ten, 十多天 more
ROUGHLY: Final = "来"
_HEDGES: Final = frozenset(f"余多几{ROUGHLY}")
_ZEROS: Final = frozenset("零〇○")
_ONE: Final = Decimal(1)
# 五六百 and 两三家, but no other pair of digits: 三五家 is the one that skips.
_NEIGHBOURS = re.compile("一[二两]|[二两]三|三四|四五|五六|六七|七八|八九|三五")


class Numeral(NamedTuple):
    """A numeral read from a text, up to ``end``.

    ``low`` and ``high`` differ in 五六百, and are None in 数十. ``more`` tells of a 余, 多 or 几 inside (3500多万, 十几), ``about``
    of a 来 (三百来万). ``bare`` is a multiplier that stands without a digit (近千, 百亿). ``scale`` is what the last
    multiplier multiplies by; in 2-3亿 it holds for both ends.
    """

    end: int
    low: Decimal | None
    high: Decimal | None
    chinese: bool = False
    more: bool = False
    bare: bool = False
    scale: Decimal = _ONE
    about: bool = False


def read_numeral(text: str, start: int) -> Numeral | None:
    """Read the numeral that begins at ``start``, with its multipliers.

    Examples
    --------
    >>> read_numeral("达3500多万元", 1)
    Numeral(end=7, low=Decimal('35000000'), high=Decimal('35000000'), chinese=False, more=True, bare=False, scale=Decimal('10000'), about=False)
    >>> read_numeral("五六百万元", 0)[:3]
    (4, Decimal('5000000'), Decimal('6000000'))
    """
    match = _ARABIC.match(text, start)
    if match is None:
        match = _CHINESE.match(text, start)
        numeral = _read_chinese(match.group(), match.end()) if match else None
        return _scale_hedged(text, numeral) if numeral else None
    end = match.end()
    value = read_digits(match.group())
    following = text[end : end + 1]
    if following == " " and text[end + 1 : end + 2] in ("万", "亿"):
        # 2.41 亿元, as web pages space it
        end, following = end + 1, text[end + 1]
    if following in _MULTIPLIED:
        groups = _MULTIPLIERS.match(text, end)
        return _multiply(text, start, value, groups.group(), groups.end()) if groups else Numeral(end, value, value)
    return _scale_hedged(text, Numeral(end, value, value))


def _scale_hedged(text: str, numeral: Numeral) -> Numeral:
    """In 3500多万 and 三百多万 the multiplier stands behind the hedge, in 2个亿 behind 个."""
    end = numeral.end
    spoken = _SPOKEN_HUNDRED_MILLION.match(text, end)
    if spoken and numeral.low is not None and numeral.high is not None and numeral.scale == 1:
        low, high = tidy(numeral.low * 10**8), tidy(numeral.high * 10**8)
        return Numeral(spoken.end(), low, high, chinese=numeral.chinese, more=bool(spoken[1]), scale=_LARGE["亿"])
    if text[end : end + 1] not in _HEDGES or text[end + 1 : end + 2] not in _MULTIPLIED:
        return numeral
    groups = _MULTIPLIERS.match(text, end + 1)
    if groups is None or numeral.low is None or numeral.high is None:
        return numeral
    scale = _scale(groups.group())
    low, high = tidy(numeral.low * scale), tidy(numeral.high * scale)
    about = text[end] == ROUGHLY
    return Numeral(groups.end(), low, high, numeral.chinese, more=not about, scale=scale, about=about)


def read_digits(text: str) -> Decimal:
    """Read Arabic digits with or without grouping.

    Examples
    --------
    >>> read_digits("12,345.6"), read_digits("８９６")
    (Decimal('12345.6'), Decimal('896'))
    """
    return Decimal(text.replace(",", "").replace("．", "."))


def tidy(value: Decimal) -> Decimal:
    """Write a whole number without exponent or decimals.

    Examples
    --------
    >>> tidy(Decimal("2.41") * 10**8)
    Decimal('241000000')
    """
    whole = value.to_integral_value()
    return whole.quantize(_ONE) if whole == value and abs(whole) < 10**27 else value


def _scale(multipliers: str) -> Decimal:
    scale = _ONE
    for character in multipliers:
        scale *= _SMALL.get(character) or _LARGE[character]
    return scale


def _multiply(text: str, start: int, value: Decimal, multipliers: str, end: int) -> Numeral:
    more_groups = _MORE_GROUPS.match(text, end)
    if more_groups:
        folded = _fold(_TOKENS.findall(text[start : more_groups.end()]))
        if folded is not None:
            return Numeral(more_groups.end(), tidy(folded), tidy(folded))
    scale = _scale(multipliers)
    value = tidy(value * scale)
    return Numeral(end, value, value, scale=scale)


def _read_chinese(run: str, end: int) -> Numeral | None:
    if run[0] in "几数":
        return Numeral(end, None, None, chinese=True)
    if "几" in run:
        return _read_and_some(run, end)
    scale = _scale(_last_multipliers(run))
    pair = _NEIGHBOURS.search(run) if "点" not in run else None
    spelled = len(run) > 2 and not run.strip(CHINESE_DIGITS)
    if pair and not spelled and len(run.rstrip("十百千万亿")) == pair.end():
        low = _fold_chinese(run[: pair.start() + 1] + run[pair.end() :])
        high = _fold_chinese(run[: pair.start()] + run[pair.end() - 1 :])
    else:
        low = high = _fold_chinese(run)
    if low is None or high is None:
        return None
    bare = run != "十" and not run.strip("十百千万亿")
    return Numeral(end, tidy(low), tidy(high), chinese=True, bare=bare, scale=scale)


def _read_and_some(run: str, end: int) -> Numeral:
    """Read 十几, 二十几万: more than the tens, and no number where the tens make none (一百零几)."""
    tens, _, multipliers = run.partition("几")
    value = _fold_chinese(tens) if tens.endswith("十") and not multipliers.strip("百千万亿") else None
    if value is None:
        return Numeral(end, None, None, chinese=True)
    scale = _scale(multipliers)
    value = tidy(value * scale)
    return Numeral(end, value, value, chinese=True, more=True, scale=scale)


def _last_multipliers(run: str) -> str:
    """Give what multiplies all that stands in front of it: 千万 in 三千万, 万 in 一百零一万; in 一万二千 nothing does."""
    head = run.rstrip("百千万亿")
    tail = run[len(head) :]
    larger = "万亿" if tail[:1] in ("万", "亿") else "百千万亿"
    return "" if any(character in larger for character in head) else tail


def _fold_chinese(run: str) -> Decimal | None:
    if not run.strip(CHINESE_DIGITS):
        # 二〇二一 and 一九九八 are read digit by digit; 一二三 is a list (一二三产业).
        spelled = "".join(str(_VALUES[character]) for character in run)
        alone = len(run) == 1 or len(run) == 4 or any(zero in run[1:] for zero in _ZEROS)
        return Decimal(spelled) if alone else None
    whole, point, rest = run.partition("点")
    tokens = list(whole.replace("廿", "二十").replace("卅", "三十"))
    if not point:
        return _fold(tokens)
    decimals = rest.rstrip("万亿")
    integer = _fold(tokens)
    if integer is None:
        return None
    fraction = Decimal("0." + "".join(str(_VALUES[character]) for character in decimals))
    return (integer + fraction) * _scale(rest[len(decimals) :])


def _fold(tokens: list[str]) -> Decimal | None:
    """Add up numbers and multipliers, or give None where their order makes no number (三百五千)."""
    total = section = Decimal(0)
    number: Decimal | None = None
    smallest, last = Decimal(10**5), _ONE
    for token in tokens:
        if token in _SMALL:
            step = _SMALL[token]
            if step >= smallest:
                return None
            section += (_ONE if number is None else number) * step
            number, smallest, last = None, step, step
        elif token in _LARGE:
            step = _LARGE[token]
            section += number or 0
            if section == 0 and total == 0:
                section = _ONE
            if step == _LARGE["亿"] and total < step:
                total = (total + section) * step
            elif step < total < _LARGE["亿"] or (section == 0 and total >= step):
                return None
            else:
                total += section * step
            number, section, smallest, last = None, Decimal(0), Decimal(10**5), step
        elif token in _ZEROS:
            last = _ONE
        elif number is not None:
            return None
        else:
            number = _VALUES[token] if token in _VALUES else read_digits(token)
    if number is None:
        return total + section
    # 两千三 is 2300 and 一万二 12000, but 两千零三 2003 and 十三 13.
    return total + section + (number * last / 10 if last > 10 else number)


def parse_numeral(text: str) -> Decimal | None:
    """Read a text that is one numeral and nothing else.

    Returns
    -------
    Decimal | None
        None for a text that is no numeral, or none with one value (五六百, 数十).

    Examples
    --------
    >>> [str(parse_numeral(text)) for text in ("12,345.6", "3.5万", "1.2万亿", "1千5百万")]
    ['12345.6', '35000', '1200000000000', '15000000']
    >>> [str(parse_numeral(text)) for text in ("一百二十", "两千三", "廿三", "零", "半", "负三点五")]
    ['120', '2300', '23', '0', '0.5', '-3.5']
    >>> parse_numeral("数十") is None, parse_numeral("十家") is None
    (True, True)
    """
    text = text.strip().translate(FINANCIAL)
    sign = -1 if text[:1] in ("-", "－", "−", "负") and text else 1
    if sign < 0:
        text = text[1:]
    if text == "半":
        return sign * Decimal("0.5")
    numeral = read_numeral(text, 0)
    if numeral is None or numeral.end != len(text) or numeral.more or numeral.about or numeral.low != numeral.high:
        return None
    return None if numeral.low is None else numeral.low.copy_negate() if sign < 0 else numeral.low


def format_numeral(value: Decimal) -> str:
    """Write a number in Chinese numerals, such that :func:`parse_numeral` gives it back.

    From 10^16 on, or with more than 24 digits, it is written in Arabic digits.

    Raises
    ------
    ValueError
        If the value is infinite or no number.

    Examples
    --------
    >>> format_numeral(Decimal("12000")), format_numeral(Decimal("10050.5")), format_numeral(Decimal(-15))
    ('一万二千', '一万零五十点五', '负十五')
    """
    if not value.is_finite():
        raise ValueError(f"{value} is no number that can be written; pass a finite Decimal")
    plain = format(abs(value), "f")
    whole, _, decimals = plain.partition(".")
    decimals = decimals.rstrip("0")
    sign = "负" if value < 0 else ""
    if len(whole) > 16 or len(whole) + len(decimals) > 24:
        return f"{'-' if value < 0 else ''}{plain}"
    written = _write_whole(int(whole))
    if written.startswith("一十"):
        written = written[1:]
    if decimals:
        written += "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in decimals)
    return sign + written


def _write_whole(value: int) -> str:
    """Write a whole number below 10^16: 10^12 is 一万亿."""
    if value < 10**4:
        return _write_section(value) or "零"
    for step, name in ((10**8, "亿"), (10**4, "万")):
        if value >= step:
            head, rest = divmod(value, step)
            gap = "零" if 0 < rest < step // 10 else ""
            return _write_whole(head) + name + (gap + _write_whole(rest).lstrip("零") if rest else "")
    raise AssertionError("a number from 10^4 on has a step")


def _write_section(value: int) -> str:
    """Write a number below 10^4: 105 is 一百零五, 15 is 十五."""
    written, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, step)
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return written
