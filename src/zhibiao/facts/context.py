"""What the words around a figure say of it: reached or planned, new or in total, of which period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.labels import Aspect, FactStatus, SectionStatus
from zhibiao.numbers.mentions import PeriodKind, PeriodMention
from zhibiao.records import Report, Section
from zhibiao.rules.words import any_of

_RENEWED = re.compile("重新认定|再登记|重新登记")
# Names that begin with 新 and tell of no addition.
_NEW_NOUN = re.compile(
    "新(?:材料|能源|兴|型|区|城|产品|品种|技术|农村|农|闻|疆|媒体|三板|药|业态|模式|动能|质|设备|工艺|经济|基建|格局|机制|时代|一代|高|生|四板|旧)"
)
_STOCK = re.compile("总数|总量|存量|拥有量|保有量|在孵|有效")
_CUMULATIVE = re.compile("累计|历年|总共")
# What a change is compared with names a time that is not the figure's own: 比[上年]增长, 较[2020年]提高.
_REFERENCE = re.compile(r"(?:比|较|与|为|是|同)\s*$")
# Lengths of time and hours of the day place no figure.
_PLACES_FIGURES = frozenset(PeriodKind) - {PeriodKind.LENGTH, PeriodKind.CLOCK}
_CLAUSE_MARKS = "，,；;。：:！？!?（(\n"


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(any_of(load_lexicon(name)))


@cache
def _additions() -> re.Pattern[str]:
    """Match the verbs of addition: 新增, 新认定, 净增; 创新 and 新材料 are none."""
    words = {word for word in load_lexicon("metric_verbs") if word.startswith(("新", "净增"))}
    return re.compile(f"(?<![创更革全最翻刷维高崭])(?:{any_of(words | {'首次认定', '增设', '增补'})})")


def section_at(report: Report, place: int) -> Section | None:
    """Give the innermost section that holds a place, or None."""
    inside = [section for section in report.sections if section.start <= place < section.end]
    return max(inside, key=lambda section: (section.level, section.start), default=None)


def find_status(
    text: str, sentence_start: int, clause_start: int, figure_start: int, section: SectionStatus
) -> FactStatus:
    """Tell whether a figure is reached, planned or expected.

    Words of the clause decide, then words earlier in the sentence, then the section.

    Examples
    --------
    >>> text = "力争新建研发机构2家"
    >>> find_status(text, 0, 0, text.index("2"), SectionStatus.REVIEW).value
    'target'
    """
    clause = text[clause_start:figure_start]
    for name, status in (
        ("forecast_words", FactStatus.FORECAST),
        ("plan_words", FactStatus.TARGET),
        ("actual_words", FactStatus.ACTUAL),
    ):
        if _words(name).search(clause):
            return status
    if section is SectionStatus.PLAN:
        return FactStatus.TARGET
    sentence = text[sentence_start:clause_start]
    if _words("forecast_words").search(sentence):
        return FactStatus.FORECAST
    if _words("plan_words").search(sentence) and not _words("actual_words").search(sentence):
        return FactStatus.TARGET
    return FactStatus.ACTUAL


def find_aspect(metric: str, around: str) -> Aspect:
    """Tell stock, addition, running total or renewal from the METRIC, and from what stands around it in its clause.

    Items of a list share the verb in front of the first: 新认定市级科技型企业261家、[高新技术企业]189家.

    Examples
    --------
    >>> cases = [("重新认定", ""), ("高新技术企业", "新认定科技型企业261家、"), ("专利授权量", "累计达"), ("新材料产值", "")]
    >>> [find_aspect(*case).value for case in cases]
    ['renewed', 'new', 'cumulative', 'level']
    """
    if _RENEWED.search(metric):
        return Aspect.RENEWED
    if _begins_new(metric) or _additions().match(metric) or _ends_with_addition(metric):
        return Aspect.NEW
    if _STOCK.search(metric):
        return Aspect.LEVEL
    if _additions().search(around):
        return Aspect.NEW
    if _CUMULATIVE.search(metric) or _CUMULATIVE.search(around):
        return Aspect.CUMULATIVE
    return Aspect.LEVEL


def _begins_new(metric: str) -> bool:
    return metric.startswith("新") and not _NEW_NOUN.match(metric)


def _ends_with_addition(metric: str) -> bool:
    """科技型中小企业[新增]258家."""
    return any(match.end() == len(metric) for match in _additions().finditer(metric))


def clause_start(text: str, sentence_start: int, place: int) -> int:
    """Give the start of the clause that holds a place."""
    while place > sentence_start and text[place - 1] not in _CLAUSE_MARKS:
        place -= 1
    return place


def own_period(text: str, mentions: Sequence[PeriodMention], figure_start: int) -> PeriodMention | None:
    """Find the time that a sentence gives for a figure: the last one in front of it that is no reference.

    Examples
    --------
    >>> mentions = [PeriodMention(0, 5, "2021", PeriodKind.YEAR), PeriodMention(12, 14, "2020", PeriodKind.YEAR)]
    >>> own_period("2021年产值5亿元,比上年增长8%", mentions, 16).period
    '2021'
    """
    for mention in reversed(mentions):
        placed = mention.end <= figure_start and mention.kind in _PLACES_FIGURES
        if placed and not _REFERENCE.search(text, max(0, mention.start - 3), mention.start):
            return mention
    return None
