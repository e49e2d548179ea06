"""AMOUNT and RANK: the number grammar, a second reading by the unit table alone, and what is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhibiao.catalog.units import UnitKind, load_units
from zhibiao.labels import EntityLabel
from zhibiao.numbers.mentions import TrapKind
from zhibiao.rules.words import any_of
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.views import SentenceView

_BEFORE = "(?:不(?:少|低|超|高|多)[于过]|超过?|[约近逾]|至少|[大高]于)?"
_AFTER = "(?:以[上下内]|左右)?"
_DIGITS = r"(?<![\dA-Za-z.])\d[\d,，.]{0,20}\d|(?<![\dA-Za-z.])\d"
_DIGIT = re.compile(r"\d")
_NUMERALS = "[一二两三四五六七八九十百千]"


@span_function(
    EntityLabel.AMOUNT,
    match=["高企总数达⟦125家⟧,增长⟦12.5%⟧", "力争⟦不少于150家⟧"],
    abstain=["2021年新增平台", "第十届大赛"],
)
def amount_grammar(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for what the number grammar reads as a figure."""
    for start, end in sentence.amounts:
        yield SpanVote(start, end)


@span_function(
    EntityLabel.AMOUNT,
    against=["⟦2021年⟧新增平台", "贯彻⟦〔2021〕15号⟧", "推进⟦G60⟧科创走廊", "抓好⟦三个⟧方面"],
    abstain="新增5家",
)
def amount_traps(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against times and against the numbers that the grammar knows to be none."""
    for start, end in sentence.periods:
        yield SpanVote(start, end, against=True)
    for trap in sentence.traps:
        yield SpanVote(trap.start, trap.end, against=True)


@span_function(
    EntityLabel.AMOUNT,
    match=["投资⟦2.41亿元⟧", "新增⟦50余家⟧", "⟦近1000人次⟧参加"],
    abstain=["2021年", "G60走廊"],
)
def amount_unit_table(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for digits, a multiplier and the longest unit of the table, whatever stands around."""
    for match in _digits_and_unit().finditer(sentence.text) if _DIGIT.search(sentence.text) else ():
        yield SpanVote(*match.span())


@span_function(
    EntityLabel.AMOUNT,
    match=["新增⟦一百二十家⟧", "建成⟦两家⟧中心"],
    abstain=["一是加强", "第三批"],
    needs="一二两三四五六七八九十百千",
)
def amount_chinese_numeral(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for two or more Chinese numerals, or 两, with a unit."""
    for match in _numerals_and_unit().finditer(sentence.text):
        yield SpanVote(*match.span())


@span_function(
    EntityLabel.RANK,
    match=["居⟦全省第2位⟧", "创⟦历史新高⟧", "进入⟦全国前十⟧"],
    abstain=["第十届大赛", "首批企业"],
)
def rank_grammar(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for what the number grammar reads as a rank."""
    for start, end in sentence.ranks:
        yield SpanVote(start, end)


@span_function(EntityLabel.RANK, against=["⟦第十届⟧大赛", "⟦第三批⟧试点"], abstain="居全省第2位")
def rank_ordinals(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote against ordinals that order no competitors."""
    for trap in sentence.traps:
        if trap.kind is TrapKind.ORDINAL:
            yield SpanVote(trap.start, trap.end, against=True)


@cache
def _digits_and_unit() -> re.Pattern[str]:
    # 2021年 is a date far more often than a number of years.
    units = any_of({unit.surface for unit in load_units() if unit.kind is not UnitKind.TIME})
    return re.compile(rf"{_BEFORE}(?:{_DIGITS})[十百千万亿]{{0,4}}[余多]?(?:{units}){_AFTER}(?![目标])")


@cache
def _numerals_and_unit() -> re.Pattern[str]:
    # Classifiers that count the text itself (三个方面, 一项) are left to the grammar.
    things = {
        unit.surface
        for unit in load_units()
        if unit.kind is not UnitKind.TIME and unit.surface not in ("个", "项", "大")
    }
    return re.compile(rf"(?<![第{_NUMERALS[1:-1]}])(?:{_NUMERALS}{{2,6}}|两)[余多]?(?:{any_of(things)})(?![是批届])")
