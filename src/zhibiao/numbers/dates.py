"""Time expressions of a text, as ISO 8601 dates and intervals."""

from __future__ import annotations

from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.mentions import PeriodKind, PeriodMention

__all__ = ["PeriodKind", "PeriodMention", "find_periods"]


def find_periods(text: str, *, year: int | None) -> list[PeriodMention]:
    """Find the time expressions of a text.

    Parameters
    ----------
    text
        A cleaned text.
    year
        The year that the text reports on, which 今年 means; it places what names no year (1-5月, 去年, 近三年). With
        None such expressions have no period.

    Examples
    --------
    >>> [found.period for found in find_periods("2021年1-5月增长5%，截至6月30日达18家，比去年同期多2家", year=2022)]
    ['2021-01/2021-05', '2022-06-30', '2021']
    >>> [found.period for found in find_periods("20××年，我局“十四五”期间", year=None)]
    [None, '2021/2025']
    """
    return list(find_figures(text, year=year).periods)
