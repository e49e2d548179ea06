"""Several reports in one file: where each of them begins.

Sites that collect sample texts number them: 篇一： 【篇2】 第三篇, or 市科技局工作总结(二) even inside a line. Other files
hold one report behind the other, each under its title. A mark counts only as one of a running row, so a sub-heading
(二) or a single 「篇一」 splits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhibiao.text.lineshapes import Line, ends_sentence, folded, looks_like_body, looks_like_title, split_lines
from zhibiao.text.ordinals import read_ordinal

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
# 「篇一：宁国市科技局工作总结」, 「【篇2】」, 「第三篇」, 「范文四:」
_MARKED = re.compile(
    rf"[【\[(（]?[ ]?(?:(?:篇|范文|样本|例文)[ ]?(?P<number>{_NUMBER})(?![月年])|第[ ]?(?P<nth>{_NUMBER})[ ]?篇)"
    r"[ ]?(?:[】\])）:：、.]{1,2}[ ]?|[ ]|$)(?P<title>.{0,60})$"
)
# 「市科技局工作总结(一)」 also inside a line, 「科技局工作总结 篇1」 and 「科技局工作总结1」 at its end
_NOUNS = r"(?:总结|小结|计划|报告|要点|汇报|打算|思路|安排)"
_STEMMED = re.compile(
    rf"(?P<stem>[^\s，。；：！？,;:!?（()）]{{2,40}}?{_NOUNS})(?:范文)?"
    rf"(?:[ ]?[（(](?:一|1)[)）]|[ ]?[【\[]?篇[ ]?(?:一|1)[】\]]?(?=\n|\Z)|(?:一|1)(?=\n|\Z))"
)
_SECOND = re.compile(rf"{_NOUNS}(?:范文)?[ ]?(?:[（(](?:二|2)[)）]|[【\[]?篇[ ]?(?:二|2)|(?:二|2)(?=\n|\Z))")
_FULL_TITLE = re.compile(
    rf"[\u4e00-\u9fff]{{2,24}}?(?:局|厅|委|委员会|办|办公室|政府|中心|街道|镇|乡)(?:关于)?.{{0,8}}"
    rf"(?:20\d\d|二[〇○零0][〇○零一二三四五六七八九0-9]{{2}})年.{{0,30}}{_NOUNS}"
)
# Less than this between two title lines is a page's frame, not a report.
_LEAST_REPORT = 300
_LEAST_PREFACE = 400
_SIGNATURE_LIMIT = 25
# A file's title stands at its head; the twentieth candidate is none.
_MOST_STEMS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """The range of one report in a text, and the title that its mark gave it."""

    start: int
    end: int
    title: str | None = None


def split_reports(text: str) -> tuple[Part, ...]:
    r"""Find the reports in a cleaned text.

    Examples
    --------
    >>> text = "工作总结范文\n篇一：甲县科技局工作总结\n高企达9家。\n篇二：乙县科技局工作总结\n高企达8家。"
    >>> [(text[p.start : p.end], p.title) for p in split_reports(text)]
    [('甲县科技局工作总结\n高企达9家。\n', '甲县科技局工作总结'), ('乙县科技局工作总结\n高企达8家。', '乙县科技局工作总结')]
    >>> split_reports("一、总结\n(一)平台\n(二)人才")
    (Part(start=0, end=16, title=None),)
    """
    lines = split_lines(text)
    for boundaries in (_marked_lines(lines), _stemmed(text), _titled(lines)):
        if len(boundaries) >= 2:
            return _parts(text, lines, boundaries)
    return (Part(0, len(text)),)


def _running(numbered: Sequence[tuple[int, Part]]) -> list[Part]:
    """Keep the row 1, 2, 3 …, taking the first place of each number."""
    row: list[Part] = []
    for number, part in numbered:
        if number == len(row) + 1:
            row.append(part)
    return row


def _marked_lines(lines: Sequence[Line]) -> list[Part]:
    numbered = []
    for line in lines:
        match = _MARKED.match(line.text)
        number = read_ordinal(match["number"] or match["nth"]) if match else None
        if match and number:
            title = match["title"].strip()
            # The title stays in the report, the mark does not; ``end`` is where the mark's line began.
            start = line.end - len(title) if title else line.end
            numbered.append((number, Part(start, line.start, title or None)))
    return _running(numbered)


def _stemmed(text: str) -> list[Part]:
    if not _SECOND.search(text):
        return []
    tried: set[str] = set()
    for first in _STEMMED.finditer(text):
        stem = first["stem"]
        if stem in tried:
            continue
        tried.add(stem)
        if len(tried) > _MOST_STEMS:
            break
        row = re.compile(
            rf"{re.escape(stem)}(?:范文)?[ ]?(?:[（(](?P<a>{_NUMBER})[)）]|[【\[]?篇[ ]?(?P<b>{_NUMBER})[】\]]?(?=\n|\Z)"
            rf"|(?P<c>{_NUMBER})(?=\n|\Z))"
        )
        numbered = []
        for match in row.finditer(text, first.start()):
            number = read_ordinal(match["a"] or match["b"] or match["c"])
            if number:
                numbered.append((number, Part(match.end(), match.start(), stem)))
        found = _running(numbered)
        if len(found) >= 2 and all(b.end - a.start >= _LEAST_REPORT for a, b in pairwise(found)):
            return found
    return []


def _titled(lines: Sequence[Line]) -> list[Part]:
    """Find reports that follow each other, each under a title with its bureau and year, or under the same title."""
    head = next((i for i, line in enumerate(lines) if line.text), 0)
    first = lines[head]
    if not looks_like_title(first.text):
        return []
    boundaries = [Part(first.start, first.start, first.text)]
    first_full, before = _FULL_TITLE.fullmatch(first.text), ""
    for line in lines[head + 1 :]:
        if looks_like_title(line.text) and line.start - boundaries[-1].start >= _LEAST_REPORT:
            same = folded(line.text) == folded(first.text)
            # A page's running header stands inside sentences; a new title below a finished one or a signature.
            finished = ends_sentence(before) or len(before) <= _SIGNATURE_LIMIT
            if finished and (same or (first_full and _FULL_TITLE.fullmatch(line.text))):
                boundaries.append(Part(line.start, line.start, line.text))
        before = line.text or before
    return boundaries


def _parts(text: str, lines: Sequence[Line], boundaries: Sequence[Part]) -> tuple[Part, ...]:
    """Turn marks, whose ``start`` is where the report begins and whose ``end`` is where the mark did, into ranges."""
    ends = [*(mark.end for mark in boundaries[1:]), len(text)]
    parts = [Part(mark.start, end, mark.title) for mark, end in zip(boundaries, ends, strict=True)]
    preface = boundaries[0].end
    body = sum(len(line.text) for line in lines if line.end <= preface and looks_like_body(line.text))
    if body >= _LEAST_PREFACE:
        parts.insert(0, Part(0, preface))
    return tuple(part for part in parts if text[part.start : part.end].strip())
