"""Levels that were left behind: 由[154家]增至312家 tells of two levels, each of its own time."""

from __future__ import annotations

import re

_LONGEST_FRONT = 18
_LONGEST_WAY = 16
# 由|154家, 从2018年的|150家, 由原来的|3家, 从不足|两成
_DEPARTURE = re.compile(r"[由从自](?:[^，,；;。：:、由从]{0,14}的|原来|原先|原|最初|不足|不到|仅|只有|接近){0,2}$")
# 增至, 提高到, 扩大为; in 从200名学生中选派 nothing moves.
_ARRIVAL = re.compile(
    r"[^，,；;。：:中里\d]{0,12}?(?:[到至]|(?:增|扩|减|降|升|调|变|缩|改|压缩|整合|上调|下调)[^，,；;。\d]{0,3}[为成])"
)


def is_origin(text: str, start: int, end: int) -> bool:
    """Tell whether the figure ``text[start:end]`` is the level that something rose or fell from.

    Examples
    --------
    >>> text = "高企由2018年的154家增至312家,从30名学员中选派2名"
    >>> [is_origin(text, text.index(figure), text.index(figure) + len(figure)) for figure in ("154家", "312家", "30名")]
    [True, False, False]
    """
    if not _DEPARTURE.search(text, max(0, start - _LONGEST_FRONT), start):
        return False
    return bool(_ARRIVAL.match(text, end, end + _LONGEST_WAY))
