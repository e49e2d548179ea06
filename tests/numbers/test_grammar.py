"""Amounts written in every way of the genre, made together with the value that they must be read with."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhibiao.labels import Approx
from zhibiao.numbers.amounts import find_amounts, parse_amount
from zhibiao.numbers.mentions import Quantity
from zhibiao.numbers.numerals import format_numeral, tidy
from zhibiao.numbers.writing import format_quantity

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
MULTIPLIERS = {"": 1, "万": 10**4, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
# Surface, base unit, factor; of each family some that others could be taken for.
UNITS = [
    *(("元", "CNY", "1"), ("万元", "CNY", "10000"), ("亿元", "CNY", "100000000"), ("万美元", "USD", "10000")),
    *(("%", "percent", "1"), ("％", "percent", "1"), ("‰", "percent", "0.1"), ("个百分点", "percentage_point", "1")),
    *(
        ("平方公里", "km2", "1"),
        ("平方米", "m2", "1"),
        ("万平方米", "m2", "10000"),
        ("亩", "亩", "1"),
        ("吨", "吨", "1"),
    ),
    *(
        ("千瓦", "千瓦", "1"),
        ("家", "家", "1"),
        ("项", "项", "1"),
        ("人次", "人次", "1"),
        ("万人次", "人次", "10000"),
        ("倍", "times", "1"),
    ),
    *(("件/万人", "件/万人", "1"), ("元/亩", "CNY/亩", "1")),
]
BEFORE = {
    **dict.fromkeys(("约", "大约", "近"), Approx.ABOUT),
    **dict.fromkeys(("超", "超过", "逾", "不少于", "不低于", "至少", "大于", "高于"), Approx.MORE),
    **dict.fromkeys(("不超过", "不高于", "不多于", "低于", "小于"), Approx.LESS),
}
AFTER = {"以上": Approx.MORE, "以下": Approx.LESS, "以内": Approx.LESS, "左右": Approx.ABOUT}
DASHES = ["-", "—", "－", "~", "～", "至", "到", "--"]
DIGITS = "零一二三四五六七八九"


@st.composite
def numbers(draw) -> tuple[str, Decimal]:
    """Draw a numeral and its value: 12345, 12,345, １２３, 3.5亿, 一万二千."""
    multiplier = draw(st.sampled_from(list(MULTIPLIERS)))
    style = draw(st.sampled_from(["arabic", "grouped", "wide", "decimal", "chinese"]))
    whole = draw(st.integers(min_value=11, max_value=99_999))
    if style == "decimal":
        value = Decimal(whole) / 100
        return f"{value}{multiplier}", tidy(value * MULTIPLIERS[multiplier])
    if style == "chinese":
        value = Decimal(whole * 10 ** draw(st.integers(0, 6)))
        return format_numeral(value), value
    text = f"{whole:,}" if style == "grouped" else str(whole)
    return (text.translate(FULL_WIDTH) if style == "wide" else text) + multiplier, tidy(
        Decimal(whole) * MULTIPLIERS[multiplier]
    )


@st.composite
def amounts(draw) -> tuple[str, Quantity]:
    """Draw an AMOUNT with its quantity: number or range, unit, and what bounds it."""
    number, value = draw(numbers())
    surface, base, factor = draw(st.sampled_from(UNITS))
    if surface[0] in "万亿" and any(character in "万亿千百十" for character in number):
        # 一万二万元 is no way to write an amount.
        surface, base, factor = "家", "家", "1"
    low = high = tidy(value * Decimal(factor))
    text = f"{number}{surface}"
    bound = draw(st.sampled_from(["", "before", "after", "hedge"]))
    if bound == "before":
        word, approx = draw(st.sampled_from(sorted(BEFORE.items())))
        text = word + text
    elif bound == "after":
        word, approx = draw(st.sampled_from(sorted(AFTER.items())))
        text += word
    elif bound == "hedge":
        text, approx = f"{number}{draw(st.sampled_from('余多'))}{surface}", Approx.MORE
    else:
        approx = Approx.EXACT
    return text, Quantity(None if approx is Approx.LESS else low, None if approx is Approx.MORE else high, base, approx)


@st.composite
def ranges(draw) -> tuple[str, Quantity]:
    """Draw a range: 5-8家, 5%—8%, 三至五家, 2-3亿元."""
    low = draw(st.integers(min_value=1, max_value=400))
    high = draw(st.integers(min_value=low + 1, max_value=low * 5 + 1))
    surface, base, factor = draw(st.sampled_from([unit for unit in UNITS if "/" not in unit[0]]))
    dash = draw(st.sampled_from(DASHES))
    if draw(st.booleans()):
        ends = f"{low}{surface}{dash}{high}{surface}"
    else:
        write = draw(st.sampled_from([str, lambda number: format_numeral(Decimal(number))]))
        ends = f"{write(low)}{dash}{write(high)}{surface}"
    scaled = [tidy(Decimal(end) * Decimal(factor)) for end in (low, high)]
    return ends, Quantity(*scaled, base, Approx.EXACT)


@st.composite
def shares(draw) -> tuple[str, Quantity]:
    """Draw a share or a multiple in words: 三成, 四成二, 百分之十五, 三分之二, 一点五倍, 两番."""
    digit, other = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    kind = draw(st.sampled_from(["tenths", "tenths and", "of a hundred", "of a thousand", "fraction", "times", "fold"]))
    text, low, unit = {
        "tenths": (f"{DIGITS[digit]}成", Decimal(digit * 10), "percent"),
        "tenths and": (f"{DIGITS[digit]}成{DIGITS[other]}", Decimal(digit * 10 + other), "percent"),
        "of a hundred": (f"百分之{DIGITS[digit]}十{DIGITS[other]}", Decimal(digit * 10 + other), "percent"),
        "of a thousand": (f"千分之{DIGITS[digit]}", Decimal(digit) / 10, "percent"),
        "fraction": (f"{'十' if digit == 1 else DIGITS[digit]}分之一", None, "percent"),
        "times": (f"{DIGITS[digit]}点{DIGITS[other]}倍", Decimal(digit) + Decimal(other) / 10, "times"),
        "fold": (f"{'两' if digit == 2 else DIGITS[digit]}番", Decimal(2) ** digit, "times"),
    }[kind]
    if low is None:
        low = tidy((Decimal(100) / (10 if digit == 1 else digit)).quantize(Decimal("0.0001")).normalize())
    return text, Quantity(tidy(low), tidy(low), unit, Approx.EXACT)


written = st.one_of(amounts(), ranges(), shares())


@given(written)
def test_an_amount_has_the_value_it_was_written_with(pair):
    text, quantity = pair
    assert parse_amount(text) == quantity


@given(written)
def test_what_was_read_is_written_and_read_alike(pair):
    quantity = parse_amount(pair[0])
    assert parse_amount(format_quantity(quantity)) == quantity


@given(st.one_of(amounts(), ranges()))
def test_an_amount_is_found_whole_in_its_sentence(pair):
    text, quantity = pair
    sentence = f"全市新增投入合计达{text}，居全省第3位。"
    assert [(sentence[found.start : found.end], found.quantity) for found in find_amounts(sentence)] == [
        (text, quantity)
    ]
