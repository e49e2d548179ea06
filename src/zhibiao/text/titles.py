"""A report's title and the short lines at its head and foot that say who speaks and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.text.lineshapes import Line, looks_like_title, split_lines, starts_item

_HEAD_LINES = 12
_FOOT_LINES = 4
_SHORT = 60
_RUNNING = re.compile(r"[。；;]|[，,].*[，,]")
_SALUTATION = re.compile(r".{1,30}[:：]$|^(?:各位|同志们)")
# 「涧西区2021年商务工作实现“十四五”良好开局」 below a headline
_DATED_WORK = re.compile(r"\d{4}年.{0,12}工作")
# 「科技创新工作总结 科技创新工作总结及2022年工作思路」
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
    foot = [line.text for line in split_lines(text[-20 * _SHORT :])[1:] if line.text][-_FOOT_LINES:]
    return Head(
        title=title,
        lines=tuple(line.text for i, line in enumerate(short) if i != title_place and line.text != given_title),
        foot=tuple(line for line in foot if not _is_text(line)),
        body_start=body_start,
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
