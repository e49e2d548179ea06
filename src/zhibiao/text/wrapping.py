"""The step that joins lines broken at a fixed width, as pdf files and old editors leave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from zhibiao.alignment import Edit
from zhibiao.text.lineshapes import (
    REPORT_NOUN,
    Line,
    ends_clause,
    ends_sentence,
    looks_like_title,
    split_lines,
    starts_item,
)
from zhibiao.text.pagemarks import is_page_line

# In half-width columns: no page sets running text narrower or wider.
_NARROWEST, _WIDEST = 36, 120
# A full line may fall short of the width by a punctuation mark, a number that was not broken, or both.
_SLACK = 8
_LEAST_FULL_LINES = 4
_LEAST_SHARE, _LEAST_SHARE_OF_MIXED = 0.1, 0.3
# 「专利申请量：1465件」 is a row of its own, however wide.
_ROW = re.compile(r"[^，。；：:,;\n]{2,24}[:：]")
_PAUSES = (";", "；", ":", "：")
_ASCII = re.compile(r"[\x20-\x7e]")
_INDENTED = re.compile(r"[ \t\u3000]")


def join_wrapped_lines(text: str) -> list[Edit]:
    r"""Join a line with the next one where the text is broken at a fixed width.

    The text is taken as wrapped when lines that fill the width, and do not end a sentence, are its normal case.

    Examples
    --------
    >>> rows = ["全市科技工作以创新型城市建设为主线,把企业摆在创新主体的位置上,把平台",
    ...         "和人才以及成果三件事一并抓紧,在宏观经济下行的背景下仍保持了较好的上",
    ...         "升势头。据初步统计,全社会研发经费支出13.8亿元,相当于地区生产总值的比",
    ...         "重为1.01%,比上年提高0.12个百分点;规模以上高新技术产业实现产值持续增",
    ...         "长。"]
    >>> [e.start for e in join_wrapped_lines("\n".join(rows))]
    [35, 70, 108, 148]
    """
    lines = split_lines(text)
    width = _page_width(lines)
    if width is None:
        return []
    headers = Counter(line.text for line in lines)
    # 「…顶层设计;⏎9月8日,…」: a site that breaks lines behind semicolons does so at any width.
    paused = [line for line in lines if line.text.endswith(_PAUSES)]
    breaks_at_pauses = sum(_is_full(line, width) for line in paused) < 0.8 * len(paused)
    edits = []
    for line, following in pairwise(lines):
        stays = (
            not _is_full(line, width)
            or ends_sentence(line.text)
            or (breaks_at_pauses and line.text.endswith(_PAUSES))
            or _ended_title(line.text)
            or (_ROW.match(line.text) and _ROW.match(following.text))
            or _INDENTED.match(text, following.start)
            or _begins_anew(following.text, headers)
        )
        if not stays:
            content_end = line.start + len(text[line.start : line.end].rstrip())
            # Two Latin words were held apart by the line end alone; there it becomes a space.
            latin = line.text[-1].isascii() and line.text[-1].isalpha() and following.text[0].isascii()
            edits.append(Edit(content_end, following.start, " " if latin and following.text[0].isalpha() else ""))
    return edits


def _begins_anew(following: str, headers: Counter[str]) -> bool:
    """Tell whether a line is blank, a heading, a page number or a page's running header."""
    return (
        not following
        or starts_item(following)
        or is_page_line(following)
        or following.isdigit()
        or (_ended_title(following) and headers[following] > 1)
    )


def _ended_title(text: str) -> bool:
    """Tell a whole title (…工作计划) from a row of text that holds its words (「科技创新专项规划初⏎稿已征求意见」)."""
    return looks_like_title(text) and any(match.end() == len(text) for match in REPORT_NOUN.finditer(text))


def _columns(text: str) -> int:
    return 2 * len(text) - len(_ASCII.findall(text))


def _is_full(line: Line, width: int) -> bool:
    return len(line.text) <= width and width - _SLACK <= _columns(line.text) <= width + 2


def _page_width(lines: Sequence[Line]) -> int | None:
    """Give the width in columns that the text is broken at, or None if it is not."""
    filled = [line for line in lines if line.text]
    # Most lines of a text that is not wrapped are longer than any page is wide.
    if len(filled) <= _LEAST_FULL_LINES or sum(len(line.text) > _WIDEST for line in filled) * 5 > len(filled):
        return None
    widths = sorted(_columns(line.text) for line in filled)
    # Nineteen lines of twenty fit the page; a stray header or address may not.
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    headers = Counter(line.text for line in filled)
    full = [(a, b) for a, b in pairwise(lines) if a.text and _is_full(a, width) and b.text]
    running_on = [
        a.text for a, b in full if not (ends_clause(a.text) or _begins_anew(b.text, headers) or _ROW.match(b.text))
    ]
    if len(running_on) < _LEAST_FULL_LINES or len(running_on) * 2 < len(full):
        return None
    # Unless no line at all is wider, many must be full; in a list of indicators a few are by chance.
    least_share = _LEAST_SHARE if widths[-1] <= width + 2 else _LEAST_SHARE_OF_MIXED
    return width if len(full) >= least_share * len(filled) else None
