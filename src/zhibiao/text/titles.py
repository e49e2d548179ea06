"""A report's title and the short lines at its head and foot that say who speaks and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.text.lineshapes import REPORT_NOUN, Line, looks_like_title, split_lines, starts_item

_HEAD_LINES = 12
_FOOT_LINES = 4
_SHORT = 60
_RUNNING = re.compile(r"[。；;]|[，,].*[，,]")
_SALUTATION = re.compile(r".{1,30}[:：]$|^(?:各位|同志们)")
# 「涧西区2021年商务工作实现“十四五”良好开局」 below a headline
_DATED_WORK = re.compile(r"\d{4}年.{0,12}工作")
# 「科技创新工作总结 科技创新工作总结及2022年工作思路」
# What a text begins with behind a title that lost its line end: 「…2024年工作要点⏎2024年是…」, 「…述职⏎各位领导：」
_BEGINNING = re.compile(
    r"(?:各位|同志们|本报讯|一年来|今年|去年|近年来?|过去一年|现将|根据|按照|为贯彻|为深入|在[^，。]{2,20}(?:下|中)，"
    r"|(?<![\d暨及和与])\d{4}年(?:以?来|是|上半年|下半年|[，,]|\d{1,2}月)|[（(]\d{4}年\d{1,2}月\d{1,2}日[）)]|[一1](?:、|[.．](?!\d))|[（(]一[）)])"
)
# 「在全省科技工作会议上的讲话（2023年2月23日）」
_HELD_ON = re.compile(r"[（(]\d{4}年\d{1,2}月\d{1,2}日[）)]")
_TITLE_PAUSE = re.compile(r"[，。；！？,;!?]")
_SHORTEST_TITLE, _LONGEST_TITLE = 6, 60
# The issuer may stand between title and text: 「2021年永平县科技局工作总结永平县科学技术局一、科技投入」
_SIGNED = re.compile(r"[^，。；：]{3,20}(?:局|委|委员会|厅|办公室|政府|院|中心|协会)(?:[^，。；：]{0,6}同志)?")
_REPEATED_START = re.compile(r"(?P<title>\S{4,40})[ ](?=(?P=title))")


@dataclass(frozen=True, slots=True)
class Head:
    """The short lines around a report's text.

    ``lines`` are those between the title and the first sentence, ``foot`` those behind the last one, without titles.
    """

    title: str | None
    lines: tuple[str, ...]
    foot: tuple[str, ...]
    body_start: int

    @property
    def heading(self) -> str:
        """The title with its sub-title: the words that say what the report is."""
        subtitles = [
            line
            for line in self.lines
            if line.startswith(("—", "-")) or looks_like_title(line) or _DATED_WORK.search(line)
        ]
        return " ".join([self.title or "", *subtitles]).strip()


def read_head(text: str, *, given_title: str | None = None) -> Head:
    r"""Find the title of a report and the lines beside it.

    Examples
    --------
    >>> head = read_head("2018年全市科技工作要点\n\n巴彦淖尔市科学技术局\n\n2018年是开局之年，也是关键一年，现提出如下要点。")
    >>> head.title, head.lines
    ('2018年全市科技工作要点', ('巴彦淖尔市科学技术局',))
    """
    short: list[Line] = []
    body_start = len(text)
    lines = [line for line in split_lines(text[: 40 * _SHORT]) if line.text]
    for line in lines[:_HEAD_LINES]:
        if _is_text(line.text):
            body_start = line.start
            break
        short.append(line)
    title_place = _title_place(short) if given_title is None else None
    title = given_title if title_place is None else _REPEATED_START.sub("", short[title_place].text)
    if title is None and not short and lines and (run_on := _read_run_on(lines[0].text)):
        title, body_start = run_on, text.index(run_on) + len(run_on)
        if date := _HELD_ON.match(text, body_start):
            short.append(Line(date.start(), date.end(), date.group()))
            body_start = date.end()
    foot = [line.text for line in split_lines(text[-20 * _SHORT :])[1:] if line.text][-_FOOT_LINES:]
    return Head(
        title=title,
        lines=tuple(line.text for i, line in enumerate(short) if i != title_place and line.text != given_title),
        foot=tuple(line for line in foot if not _is_text(line)),
        body_start=body_start,
    )


def _read_run_on(line: str) -> str | None:
    """Find the title that a text's first line begins with, where nothing but the words tell them apart."""
    for beginning in _BEGINNING.finditer(line, _SHORTEST_TITLE, _LONGEST_TITLE + _SHORT):
        front = line[: beginning.start()]
        if len(front) > _LONGEST_TITLE or _TITLE_PAUSE.search(front):
            return None
        *_, noun = (None, *REPORT_NOUN.finditer(front))
        if noun is not None and (noun.end() == len(front) or _ends_title(front[noun.end() :])):
            signed = _SIGNED.fullmatch(front, noun.end())
            return front[: noun.end()] if signed else front
    return None


def _ends_title(rest: str) -> bool:
    """工作总结[暨2015年工作设想], 评估报告[（摘要）], 工作总结[永平县科学技术局]."""
    return (
        _SIGNED.fullmatch(rest) is not None
        or re.fullmatch(r"(?:[暨及和]\S{2,12}|[（(][^（()）]{1,10}[）)])", rest) is not None
    )


def _is_text(line: str) -> bool:
    return len(line) > _SHORT + 10 or bool(_RUNNING.search(line)) or starts_item(line)


def _title_place(short: Sequence[Line]) -> int | None:
    for place, line in enumerate(short):
        if looks_like_title(line.text):
            # 「垫江科技创新跑出加速度⏎——垫江县科学技术局2023年工作综述」: the line above the dash is the title.
            return place - 1 if place and line.text.startswith(("—", "-")) else place
    if short and len(short[0].text) <= _SHORT and not _SALUTATION.match(short[0].text):
        return 0
    return None
