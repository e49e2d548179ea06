"""A fact as the checks see it: its bounds, its place in its sentence, and what it may be compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from zhibiao.catalog.indicators import normalise_wording
from zhibiao.checks.wording import CAME_TO, CLAUSE_END, FROM_BOTTOM, HAS_COME, LEFT_BEHIND, SEVERAL_YEARS
from zhibiao.checks.written import Written, read_written
from zhibiao.labels import Approx, FactKind
from zhibiao.numbers.mentions import Quantity
from zhibiao.records import Fact

_YEAR_ENDS = re.compile(r"(\d{4})(?:-01/(?:\1-)?12|-12(?:-31)?)$")
# A thought is not longer; it bounds the work on a text without full stops.
_REACH = 160
# no figure of a report; arithmetic with 1E+999999 would overflow
_MOST_DIGITS = 20
_YEARS = re.compile(r"\d{4}")
# What a wording may have or lack and still name the same thing; the aspect is a field of the fact.
_ENDS = re.compile(r"(?:总数量?|总量|数量|总额|总值|个数|家数|件数|人数)$")
_STARTS = re.compile(r"(?:新增加?|新认定|新建|净增|累计|有效期内|有效|实现|完成|拥有|达到|全年|全市|全省|全县|全区)+")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with a number, read once for all checks.

    Parameters
    ----------
    fact
        The fact.
    start
        Where its sentence begins in the report.
    """

    fact: Fact
    start: int

    @property
    def written(self) -> Written:
        """What the figure allows."""
        fact = self.fact
        if fact.kind is FactKind.RANK:
            best, worst = fact.rank_low or 0, fact.rank_high or fact.rank_low or 0
            return Written(Decimal(best), Decimal(worst), Decimal(0))
        quantity = Quantity(fact.value_low, fact.value_high, fact.unit, fact.approx or Approx.EXACT)
        return read_written(fact.figure, quantity)

    @property
    def figure_at(self) -> int:
        """Where the figure begins in the sentence."""
        return self.fact.figure_start - self.start

    @property
    def left(self) -> str:
        """The sentence up to the figure, no more of it than a thought is long."""
        return self.fact.sentence[max(0, self.figure_at - _REACH) : self.figure_at]

    @property
    def right(self) -> str:
        """The sentence behind the figure, as far."""
        behind = self.fact.figure_end - self.start
        return self.fact.sentence[behind : behind + _REACH]

    @property
    def is_left_behind(self) -> bool:
        """Tell whether it is the first value of 由a增至b, which is not of the fact's own period."""
        if LEFT_BEHIND.search(self.left) is None:
            return False
        came = CAME_TO.search(self.right)
        return came is not None and CLAUSE_END.search(self.right[: came.start()]) is None

    @property
    def has_come_far(self) -> bool:
        """Tell whether it is the second value of 由a增至b; as a target that is mostly one for several years."""
        return HAS_COME.search(self.left) is not None

    @property
    def spans_years(self) -> bool:
        """Tell whether the sentence speaks of several years before it comes to the figure."""
        return SEVERAL_YEARS.search(self.left) is not None

    @property
    def form(self) -> str:
        """The metric in the form that wordings of one thing share."""
        return bring_to_form(self.fact.metric)

    @property
    def year(self) -> str:
        """The period, a whole year as the year alone; empty where the text masks it."""
        return name_year(self.fact.period) if self.fact.period else ""

    def until(self, later: Told) -> str | None:
        """Give the text between this figure and a later one; None if they do not stand in one sentence, in this order."""
        if self.fact.report_id != later.fact.report_id or self.start != later.start:
            return None
        if later.fact.figure_start < self.fact.figure_end:
            return None
        between = later.fact.figure_start - self.fact.figure_end
        return self.fact.sentence[later.figure_at - between : later.figure_at] if between <= _REACH else None


def tell_all(facts: Iterable[Fact]) -> list[Told]:
    """Read facts for the checks, and leave out those without a number or whose words are not where they should be."""
    found: list[Told] = []
    sentence, start = "", 0
    for fact in facts:
        if not _has_number(fact):
            continue
        # the facts of a sentence come one after another: a long one is searched once
        if fact.sentence != sentence or not _stands_at(fact, start):
            place = _find_start(fact)
            if place is None:
                continue
            sentence, start = fact.sentence, place
        found.append(Told(fact, start))
    return found


def _has_number(fact: Fact) -> bool:
    if fact.kind is FactKind.RANK:
        return fact.rank_low is not None and fact.rank_high is not None and FROM_BOTTOM.search(fact.figure) is None
    bounds = [value for value in (fact.value_low, fact.value_high) if value is not None]
    return bool(bounds) and all(abs(value.adjusted()) <= _MOST_DIGITS for value in bounds)


def _find_start(fact: Fact) -> int | None:
    """Find where the sentence begins: the figure and the metric have to stand where the offsets say."""
    sentence, figure = fact.sentence, fact.figure
    at = sentence.find(figure)
    while at >= 0:
        if _stands_at(fact, fact.figure_start - at):
            return fact.figure_start - at
        at = sentence.find(figure, at + 1)
    return None


def _stands_at(fact: Fact, start: int) -> bool:
    """Tell whether metric and figure stand where they should in a sentence that begins there."""
    metric_at, figure_at = fact.metric_start - start, fact.figure_start - start
    in_sentence = metric_at >= 0 and figure_at >= 0 and fact.sentence.startswith(fact.metric, metric_at)
    return in_sentence and fact.sentence.startswith(fact.figure, figure_at)


@lru_cache(maxsize=4096)
def bring_to_form(metric: str) -> str:
    """Bring wordings of one thing to one form.

    Examples
    --------
    >>> bring_to_form("全市高新技术企业总数") == bring_to_form("新认定高企"), bring_to_form("技术合同成交总额")
    (True, '技术合同成交')
    """
    form = normalise_wording(metric)
    form = _STARTS.sub("", form, count=1) if _STARTS.match(form) else form
    return _ENDS.sub("", form) or form


def name_year(period: str) -> str:
    """Write a period that is a whole year, or its last day or month, as the year; leave others as they are.

    Examples
    --------
    >>> name_year("2021-01/2021-12"), name_year("2021-12-31"), name_year("2021-01/2021-06")
    ('2021', '2021', '2021-01/2021-06')
    """
    match = _YEAR_ENDS.match(period)
    return match[1] if match else period


def year_before(period: str) -> str:
    """Give the same period of the year before.

    Examples
    --------
    >>> year_before("2021"), year_before("2022-01/2022-06")
    ('2020', '2021-01/2021-06')
    """
    return _YEARS.sub(lambda match: f"{int(match.group()) - 1:04}", period)
