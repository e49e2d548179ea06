"""The five-year plans, by the names that reports call them."""

from __future__ import annotations

import re

FIVE_YEAR_PLAN = re.compile(r"十[一二三四五]?五(?=[”\"]|时期|规划|期间|开局|收官)")
_FIRST_YEARS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}


def first_year(name: str) -> int:
    """Give the first of the five years of a plan.

    Examples
    --------
    >>> first_year("十四五")
    2021
    """
    return _FIRST_YEARS[name]
