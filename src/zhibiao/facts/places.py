"""The place of a rank in its order: counted from the top, from the bottom, alone in it or not."""

from __future__ import annotations

import re
from typing import Final

from zhibiao.labels import RankKind
from zhibiao.numbers.mentions import RankValue
from zhibiao.numbers.numerals import read_numeral
from zhibiao.numbers.rank_patterns import COUNT, GROUP, REGION

_HAN: Final = "一-鿿"
_SHARED: Final = "(?:并列|并居|同列|同居)"
# 与丹徒区[并列]居全省第3位: the word may stand in front of the span
_TIED_BEFORE = re.compile(rf"{_SHARED}(?:排名?|位?居|位?列|名列|为|在)?$")
# 第3位（并列）, 第五，与花岩镇并列; but 第8位，与南山区并列第一 speaks of the next rank
_TIED_BEHIND = re.compile(
    rf"[（(]{_SHARED}[）)]|[，,（(]?[与和同跟][{_HAN}、]{{2,12}}?(?:并列|得分相同|成绩相同)(?=[，,。；;）)]|$)(?![，,]?并列)"
)
# 第3位（全省共16个市）: how many compete, told behind the place
_TOLD_BEHIND = re.compile(rf"[（(](?:{REGION})?(?:总?共计?|合计)?(?P<count>{COUNT})(?:{GROUP})[）)]")
_REACH_BEFORE: Final = 6
_REACH_BEHIND: Final = 20


def find_size(rank: RankValue, told: int | None, text: str, end: int) -> int | None:
    """Give how many compete: as the order in front says it (``told``), or behind the place that ends at ``end``.

    A number too small for the place counts something else.

    Examples
    --------
    >>> from zhibiao.numbers.ranks import parse_rank
    >>> third = parse_rank("第3位")
    >>> find_size(third, 16, "", 0), find_size(third, None, "居第3位（共16个市）", 4), find_size(third, 2, "", 0)
    (16, 16, None)
    """
    if told is None and (behind := _TOLD_BEHIND.match(text, end, end + _REACH_BEHIND)) is not None:
        count = read_numeral(behind["count"], 0)
        told = int(count.low) if count and count.low is not None else None
    return None if told is None or (rank.high is not None and rank.high > told) else told


def count_from_top(rank: RankValue, size: int | None) -> tuple[int | None, int | None]:
    """Give the places from the top; a rank counted from the bottom has one where it is known how many compete.

    Examples
    --------
    >>> from zhibiao.numbers.ranks import parse_rank
    >>> count_from_top(parse_rank("第4位"), None), count_from_top(parse_rank("倒数第四"), 22), count_from_top(parse_rank("垫底"), None)
    ((4, 4), (19, 19), (None, None))
    """
    if not rank.from_bottom or rank.low is None or rank.high is None:
        return rank.low, rank.high
    if size is None:
        return None, None
    return size - rank.high + 1, size - rank.low + 1


def count_from_bottom(rank: RankValue) -> int | None:
    """Give the place from the bottom where the rank is counted so: of 后五位 and 倒数第五 the fifth, of 历史新低 the first.

    Examples
    --------
    >>> from zhibiao.numbers.ranks import parse_rank
    >>> [count_from_bottom(parse_rank(figure)) for figure in ("倒数第二", "末位", "后五位", "历史新低", "第二", "历史新高")]
    [2, 1, 5, 1, None, None]
    """
    if not rank.from_bottom:
        return None
    return 1 if rank.kind is RankKind.RECORD else rank.high


def is_tied(rank: RankValue, text: str, start: int, end: int) -> bool:
    """Tell whether others share the place that stands at ``[start, end)``.

    Examples
    --------
    >>> from zhibiao.numbers.ranks import parse_rank
    >>> def tied(text, figure):
    ...     return is_tied(parse_rank(figure), text, text.index(figure), text.index(figure) + len(figure))
    >>> tied("与平川区并列倒数第一", "并列倒数第一"), tied("与绩溪县并列居全省第3位", "全省第3位"), tied("居第5位", "第5位")
    (True, True, False)
    """
    if rank.tied or _TIED_BEFORE.search(text, max(0, start - _REACH_BEFORE), start):
        return True
    return _TIED_BEHIND.match(text, end, end + _REACH_BEHIND) is not None
