"""Headings: numbered ones at the start of a line or run into it, and short lines that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhibiao.text.lineshapes import Line, looks_like_title, no_list, split_lines
from zhibiao.text.ordinals import read_ordinal

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"


class Style(NamedTuple):
    """One way to number headings. A style without ``run_in`` counts at the start of a line only."""

    name: str
    regex: str
    run_in: bool
    example: str


STYLES: tuple[Style, ...] = (
    Style("part", rf"第(?P<part>{_HAN_NUMBER})(?:部分|章|节|编)[ 、:：]?", False, "第一部分 主要指标完成情况"),
    Style("han_dun", rf"(?P<han_dun>{_HAN_NUMBER})(?:、|[.．](?!\d)){no_list('han_dun')}", True, "一、2021年工作总结"),
    Style("han_bracket", rf"[（(]?(?P<han_bracket>{_HAN_NUMBER})[)）]、?", True, "(一)扎实推进考核指标落实"),
    Style("decimal", r"(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,2})[ \t]+(?=[^\d\s])", False, "1.1 总体情况"),
    Style("digit_dot", r"(?P<digit_dot>\d{1,2})[.．](?![0-9])", True, "1.加大创新主体培育"),
    Style("digit_dun", r"(?P<digit_dun>\d{1,2})、(?![0-9])", True, "1、搭建科研平台"),
    Style("digit_bracket", r"[（(](?P<digit_bracket>\d{1,2})[)）]", True, "(1)体量不足"),
    Style("digit_half", r"(?P<digit_half>\d{1,2})[)）]", False, "1)体量不足"),
    Style("ringed", r"(?P<ringed>[①-⑳⑴-⒇㈠-㈩])、?", True, "①引进人才"),
    Style("first_is", r"(?P<first_is>[一二三四五六七八九十]{1,2})(?:是|要)", True, "一是有序推进高企认定工作"),
    Style("nth", r"第(?P<nth>[一二三四五六七八九十]{1,2})[,，]", True, "第一，大而不强"),
    Style("first", r"(?P<first>首先|其次|再次|最后)[,，、]", True, "首先，抓好培育"),
)
_ORDER = ("首先", "其次", "再次", "最后")

_AT_LINE_START = re.compile("|".join(style.regex for style in STYLES))
_RUN_IN_STYLES = "|".join(style.regex for style in STYLES if style.run_in)
# Behind a pause; the marks of a list also behind a comma; 「二、主要工作举措(一)深化」 right behind a heading.
_RUN_IN = re.compile(
    rf"(?:(?<=[。；;：:！？!?])|(?<=[。；！？][”）)])|(?<=[，,])(?=[一二三四五六七八九十]是)|(?=[（(]{_HAN_NUMBER}[)）]))"
    rf"[ ]?(?:{_RUN_IN_STYLES})"
)
_TITLE_END = re.compile(r"[。：:；;！？!?\n]")
_SENTENCE_END = re.compile(r"[。；;！？!?\n]")
# A run-in heading longer than this has no end of its own: 「(一)出台工业强市战略实施意见,推动工业强市战略步伐研究制定了…」.
RUN_IN_LIMIT = 45
LINE_LIMIT = 70
# How far behind a heading's mark another one may follow without a pause between them.
_NEXT_MARK = 60

_BRACKETED = re.compile(r"【(?P<title>[^】\n]{2,20})】")
_ANNEX = re.compile(
    r"(?:附件|附录|附表)[ ]?[一二三四五六七八九\d]{0,2}[ ]?[:：]?$|(?:有关|相关)?(?:名词|术语|指标)(?:解释|说明|注释)[:：]?$"
)
_PLAIN_LIMIT = 24
# 「企业唱主角，老厂焕新颜」 is a headline; 「R&D经费支出:13.7亿元」 a row, 「各位领导:」 an address.
_NOT_PLAIN = re.compile(
    r"[。；！？;!?…]|[，,：:、]$|[：:].*\d|\d.*[：:]|^[—(（\-]|\d{4}[-/]\d|[)）]$|年.*月.*日"
    r"|(?:局|厅|委|委员会|政府|办公室|局长|主任|同志)$"
)


class Heading(NamedTuple):
    """A heading's mark at ``[start, mark_end)``; ``title_end`` is ``mark_end`` where the title has no end of its own."""

    start: int
    mark_end: int
    title_end: int
    style: str
    number: int | None
    own_line: bool


def find_headings(text: str) -> list[Heading]:
    """Find what may be headings, in text order; :mod:`zhibiao.text.sections` drops those out of sequence.

    Examples
    --------
    >>> text = "新的进展。一、完成情况:(一)出台意见。一是抓项目"
    >>> [(h.style, h.number, text[h.mark_end : h.title_end]) for h in find_headings(text)]
    [('han_dun', 1, '完成情况'), ('han_bracket', 1, '出台意见'), ('first_is', 1, '抓项目')]
    """
    lines = split_lines(text)
    found: list[Heading] = []
    for index, line in enumerate(lines):
        if not line.text:
            continue
        start = line.end - len(text[line.start : line.end].lstrip())
        opening = _opening_heading(text, lines, index, start)
        if opening is not None:
            found.append(opening)
        found += _run_in_headings(text, start, line.end, opening)
    return [
        _with_title_end(text, h, found[i + 1].start if i + 1 < len(found) else len(text)) for i, h in enumerate(found)
    ]


def _opening_heading(text: str, lines: list[Line], index: int, start: int) -> Heading | None:
    line = lines[index]
    match = _AT_LINE_START.match(text, start, line.end)
    if match:
        return _make(match, own_line=True)
    if _ANNEX.match(line.text):
        return Heading(start, start, line.end, "annex", None, own_line=True)
    bracketed = _BRACKETED.match(text, start, line.end)
    if bracketed:
        return Heading(start, bracketed.start("title"), bracketed.end("title"), "bracket", None, own_line=True)
    if _stands_alone(lines, index):
        return Heading(start, start, line.end, "plain", None, own_line=True)
    return None


def _stands_alone(lines: list[Line], index: int) -> bool:
    """Tell whether a line is a heading without a number: short, no punctuation, text below, a blank line above."""
    line = lines[index].text
    if index == 0 or index + 1 >= len(lines) or len(line) > _PLAIN_LIMIT or _NOT_PLAIN.search(line):
        return False
    below = next((other.text for other in lines[index + 1 : index + 3] if other.text), "")
    return not lines[index - 1].text and bool(below) and not looks_like_title(line) and len(line) >= 2


def _run_in_headings(text: str, start: int, end: int, opening: Heading | None) -> Iterator[Heading]:
    start = last = opening.mark_end if opening else start
    for match in _RUN_IN.finditer(text, start, end):
        heading = _make(match, own_line=False)
        if heading is None:
            continue
        # A bracketed number that no pause stands before must follow a heading: 「第四条第(二)款」 is none.
        paused = match.start() == start or text[match.start() - 1] in "。；;：:！？!?”）)"
        if paused or heading.style != "han_bracket" or (opening and _follows_mark(text, last, match.start())):
            last, opening = heading.mark_end, heading
            yield heading


def _follows_mark(text: str, mark_end: int, start: int) -> bool:
    return 0 < start - mark_end <= _NEXT_MARK and not _SENTENCE_END.search(text, mark_end, start)


def _make(match: re.Match[str], *, own_line: bool) -> Heading | None:
    style = match.lastgroup or ""
    words = match[style]
    if style == "first":
        number: int | None = _ORDER.index(words) + 1
    else:
        number = read_ordinal(words.rpartition(".")[2])
    start = match.end() - len(match[0].lstrip())
    return Heading(start, match.end(), match.end(), style, number, own_line) if number else None


def _with_title_end(text: str, heading: Heading, next_start: int) -> Heading:
    if heading.style in ("annex", "bracket", "plain"):
        return heading
    line_end = text.find("\n", heading.mark_end)
    line_end = len(text) if line_end < 0 else line_end
    stop = min(line_end, next_start)
    limit = LINE_LIMIT if heading.own_line and stop == line_end else RUN_IN_LIMIT
    match = _TITLE_END.search(text, heading.mark_end, min(stop, heading.mark_end + limit + 1))
    end = match.start() if match else stop
    return heading._replace(title_end=end) if end - heading.mark_end <= limit else heading
