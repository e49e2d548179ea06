"""What a line looks like: a heading, a title, running text, an ended sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

# What a local government's report is called; a title ends in one of these or holds it near its end.
REPORT_NOUN = re.compile(
    r"总结|小结|工作(?:报告|汇报|要点|计划|安排|打算|思路|情况|综述|盘点|回顾|方案|部署)|情况(?:的)?(?:报告|汇报|通报)|评估报告"
    r"|述职(?:述廉)?(?:报告)?|行动计划|实施方案|(?:发展)?规划|讲话|工作成效|工作巡礼|创新巡礼|工作纪实|公报|年报"
)

# 「四、四季度安排」, 「一、三季度主要成绩：」: what a chapter says of a quarter, in a few words that end there.
_OF_A_QUARTER = r"[^，。；：,;:\d\n]{0,16}(?:[：:]|[ \t]*(?:\n|$)|(?<=安排|打算|计划|思路|措施|部署|工作|目标)。)"


def no_list(number: str) -> str:
    """Give what must follow the number of a chapter, a group of this name, so that it begins no list.

    「一、二、三产业增加值」 and 「一、二季度持平。」 begin a sentence.
    """
    listed = rf"[一二三四五六七八九十]{{1,2}}(?:、|产业|季度(?!{_OF_A_QUARTER}))"
    return rf"(?!(?!(?P={number})(?:产业|季度)){listed})"


# The marks that open a heading or a list item. 「一、二、三产业」 and 「2.5亿元」 open none.
ITEM_START = re.compile(
    r"第[一二三四五六七八九十]{1,3}(?:部分|章|节|编)|【[^】\n]{2,20}】"
    rf"|(?P<chapter>[一二三四五六七八九十]{{1,3}})(?:、|[.．](?!\d)){no_list('chapter')}"
    r"|[（(]?[一二三四五六七八九十]{1,3}[)）]|[（(][0-9]{1,2}[)）]|[0-9]{1,2}[)）]"
    r"|[0-9]{1,2}(?:[.．](?![0-9])|、(?![0-9]))|[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}[ \t]"
    r"|[①-⑳⑴-⒇㈠-㈩]|[一二三四五六七八九十]{1,2}(?:是|要)|首先[,，、]|其次[,，、]|再次[,，、]|最后[,，]"
)
# Of these, the ones that no cut number or running text begins with.
STRONG_ITEM_START = re.compile(
    r"第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]是|[①-⑳]"
)

_ENDED = re.compile(r"[。！？!?…][”’」』）)】》\"']{0,3}$")
_ENDED_OR_PAUSED = re.compile(r"[。！？!?…；;：:][”’」』）)】》\"']{0,3}$")
_PUNCTUATION = re.compile(r"[，。；！？,;]")
_NOT_A_TITLE = re.compile(r"[。；！？!?;，,]$|[，。；;].*[，。；;]")
_FOLDED = re.compile(r"[\W_]+")

TITLE_LIMIT = 70
BODY_LIMIT = 30


class Line(NamedTuple):
    """A line's range in its text, without the line end, and what it says without outer spaces."""

    start: int
    end: int
    text: str


def split_lines(text: str) -> list[Line]:
    r"""Cut a text at its line ends.

    Examples
    --------
    >>> split_lines("一、总结\n 高企")
    [Line(start=0, end=4, text='一、总结'), Line(start=5, end=8, text='高企')]
    """
    lines = []
    start = 0
    for piece in text.split("\n"):
        lines.append(Line(start, start + len(piece), piece.strip()))
        start += len(piece) + 1
    return lines


def ends_sentence(text: str) -> bool:
    """Tell whether a piece of text ends where a sentence ends.

    Examples
    --------
    >>> ends_sentence("高企达125家。”"), ends_sentence("高企达125家;"), ends_sentence("创新能力")
    (True, False, False)
    """
    return bool(_ENDED.search(text[-4:]))


def ends_clause(text: str) -> bool:
    """Tell whether a piece of text ends at a sentence end, a semicolon or a colon.

    Examples
    --------
    >>> ends_clause("顶层设计;"), ends_clause("现将工作总结如下:"), ends_clause("科技活动经费支出53.")
    (True, True, False)
    """
    return bool(_ENDED_OR_PAUSED.search(text[-4:]))


def starts_item(text: str) -> bool:
    """Tell whether a line opens with a heading's or list item's mark.

    Examples
    --------
    >>> [starts_item(t) for t in ("一、总结", "(二)平台", "七)活动", "1.加大", "一是推进")]
    [True, True, True, True, True]
    >>> [starts_item(t) for t in ("一、二、三产业增加值", "2.5亿元", "2021年")]
    [False, False, False]
    """
    return bool(ITEM_START.match(text))


def looks_like_title(text: str) -> bool:
    """Tell whether a line can be a report's title.

    Examples
    --------
    >>> looks_like_title("科技局2021年工作总结及2022年工作计划")
    True
    >>> looks_like_title("一、2021年工作总结"), looks_like_title("现将全年工作总结如下。")
    (False, False)
    """
    return (
        4 <= len(text) <= TITLE_LIMIT
        and bool(REPORT_NOUN.search(text))
        and not _NOT_A_TITLE.search(text)
        and not starts_item(text)
    )


def looks_like_body(text: str) -> bool:
    """Tell whether a line is running text or a heading, and no short line of a page's frame.

    Examples
    --------
    >>> looks_like_body("一、以专利为抓手"), looks_like_body("政务公开")
    (True, False)
    >>> looks_like_body("2021年,市科技局按照市委、市政府的总体要求,深入实施创新驱动发展战略。")
    True
    """
    if len(text) >= BODY_LIMIT:
        return bool(_PUNCTUATION.search(text))
    return bool(STRONG_ITEM_START.match(text)) or (len(text) >= 12 and text.endswith("。"))


def folded(text: str) -> str:
    """Give a line without spaces and punctuation, to compare titles by.

    Examples
    --------
    >>> folded("科技局 工作总结（2021年）")
    '科技局工作总结2021年'
    """
    return _FOLDED.sub("", text)
