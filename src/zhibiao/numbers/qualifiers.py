"""The words around a number that bound or blur it: 约 近 超 不少于 … 余 多 以上 左右."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from zhibiao.labels import Approx


class Qualifier(NamedTuple):
    """A word directly before a number.

    ``inside`` tells whether it belongs to the AMOUNT span; ``not_after`` holds characters that make it the end of
    another word: 约 is none in 签约20个项目.
    """

    word: str
    approx: Approx
    inside: bool = True
    not_after: str = ""


class Context(NamedTuple):
    """A qualifier found before a number, with its place."""

    start: int
    qualifier: Qualifier


_ABOUT, _MORE, _LESS = Approx.ABOUT, Approx.MORE, Approx.LESS

# Comparisons and hedges are inside the span (不少于150家, 近三成); verbs that carry a clause stay outside and are read
# from the context (突破260家, 不足两成).
BEFORE: Final = (
    Qualifier("约", _ABOUT, not_after="签节集履违预合公条特制简邀解续爽背"),  # 约1000人, but 签约20个项目
    Qualifier("大约", _ABOUT),
    Qualifier("大概", _ABOUT),
    Qualifier("近", _ABOUT, not_after="附临最相邻靠就远新晋抵亲"),  # 近三成, but 最近3年
    Qualifier("将近", _ABOUT),
    Qualifier("接近", _ABOUT, inside=False),  # 总数接近80家
    Qualifier("超", _MORE, not_after="赶反"),  # 超260家
    Qualifier("超过", _MORE),
    Qualifier("逾", _MORE),
    Qualifier("不少于", _MORE),
    Qualifier("不低于", _MORE),
    Qualifier("不小于", _MORE),
    Qualifier("不下于", _MORE),
    Qualifier("不下", _MORE),  # 响了不下十万条消息
    Qualifier("至少", _MORE),
    Qualifier("最少", _MORE),
    Qualifier("大于", _MORE),
    Qualifier("高于", _MORE),
    Qualifier("多于", _MORE),
    Qualifier("不超过", _LESS),
    Qualifier("不超", _LESS),
    Qualifier("不高于", _LESS),
    Qualifier("不多于", _LESS),
    Qualifier("不大于", _LESS),
    Qualifier("低于", _LESS),
    Qualifier("少于", _LESS),
    Qualifier("小于", _LESS),
    Qualifier("至多", _LESS),
    Qualifier("最多", _LESS),
    Qualifier("突破", _MORE, inside=False),  # 突破260家
    Qualifier("突破了", _MORE, inside=False),
    Qualifier("冲破", _MORE, inside=False),
    Qualifier("破", _MORE, inside=False),  # 产值破百亿元
    Qualifier("跨越", _MORE, inside=False),
    Qualifier("跨过", _MORE, inside=False),
    Qualifier("过", _MORE, inside=False, not_after="通经不超"),  # 研发投入都要过亿元, but 通过12家
    Qualifier("不止", _MORE, inside=False),
    Qualifier("不足", _LESS, inside=False),  # 占比不足两成
    Qualifier("不到", _LESS, inside=False),  # 不到10%
    Qualifier("不及", _LESS, inside=False),
    Qualifier("不满", _LESS, inside=False),
    Qualifier("未达", _LESS, inside=False),
    Qualifier("未达到", _LESS, inside=False),
    Qualifier("未到", _LESS, inside=False),
    Qualifier("逼近", _ABOUT, inside=False),
    Qualifier("趋近", _ABOUT, inside=False),
)

_BY_LAST: Final[dict[str, tuple[Qualifier, ...]]] = {
    last: tuple(
        sorted((q for q in BEFORE if q.word[-1] == last), key=lambda q: len(q.word), reverse=True),
    )
    for last in {q.word[-1] for q in BEFORE}
}

# Behind the unit, or behind a number without one. 多 must end there: 25%多为中小企业 holds 多为, "mostly".
AFTER: Final = re.compile(
    r"(?P<more>[（(]含[)）]以上|(?:及|（含）)?以上|有余|还多|出头|余(?![热粮])|[+＋](?=[的，。；、：！？,;:!?）)”\s]|$)|多(?=[的，。；、：！？,;:!?）)”\s]|$))"
    r"|(?P<less>(?:及)?以下|以内|之内|内(?=[的，。；、！？,;!?）)]|$))"
    r"|(?P<about>左右|上下(?=[的，。；、！？,;!?）)\s]|$))"
)
_AFTER_INITIALS: Final = frozenset("（(及以有余多还出之内左上+＋")


def read_before(text: str, end: int, floor: int = 0) -> Context | None:
    """Find the qualifier that ends at ``end`` and does not begin before ``floor``.

    Examples
    --------
    >>> read_before("达到不少于150家", 5).qualifier.word
    '不少于'
    >>> read_before("签约20个", 2) is None
    True
    """
    if end <= floor:
        return None
    for qualifier in _BY_LAST.get(text[end - 1], ()):
        start = end - len(qualifier.word)
        if start >= floor and text.startswith(qualifier.word, start):
            if qualifier.not_after and start > 0 and text[start - 1] in qualifier.not_after:
                return None
            return Context(start, qualifier)
    return None


def read_after(text: str, start: int) -> tuple[int, Approx | None]:
    """Read the qualifier that begins at ``start``; give its end (``start`` where there is none) and its sense.

    Examples
    --------
    >>> read_after("100家以上", 4)
    (6, <Approx.MORE: 'more'>)
    >>> read_after("25%多为", 3)
    (3, None)
    """
    match = AFTER.match(text, start) if text[start : start + 1] in _AFTER_INITIALS else None
    if match is None:
        return start, None
    return match.end(), Approx(match.lastgroup or "")
