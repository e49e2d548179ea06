"""The step that takes out page furniture: everything around a report that is not the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from zhibiao.text.furniture_patterns import GLUED, PATTERNS, RELATED
from zhibiao.text.furniture_words import COUNT_LABELS, DATE_LABELS, NAME_LABELS, STRONG_LABELS, WEAK_LABELS
from zhibiao.text.lineshapes import (
    STRONG_ITEM_START,
    Line,
    folded,
    looks_like_body,
    looks_like_title,
    split_lines,
    starts_item,
)
from zhibiao.text.removal import Removal, apart

# No line of furniture is longer than this; the notices of share sites come near it.
_LINE_LIMIT = 450
# What may stand in full sentences below 「相关链接」, such as the teaser of another page, before it counts as report.
_RELATED_BODY_LIMIT = 250

_WORD_LIMIT = 6
_VALUE_LIMIT = 15

_SEPARATOR = re.compile(r"[>»›＞/|]{1,3}$")
_LABEL_ONLY = re.compile(rf"(?!打印|分享|收藏|字)(?:{STRONG_LABELS}|{WEAK_LABELS})[ \t]*[:：]?$")
# 「分享：」 is followed by 「2026年2月3日在四川省第十四届人民代表大会第五次会议上」, a line of the report.
_NO_VALUE = re.compile(r"会议|。$|^[—(（]|各位|[^\w（()）、/.-]")
_VALUES = (
    (re.compile(rf"(?:{DATE_LABELS})[ \t]*[:：]?$"), re.compile(r"(?:19|20)\d\d[-年./].{0,40}$")),
    (re.compile(rf"(?:{COUNT_LABELS})[ \t]*[:：]?$"), re.compile(r"\d{1,9}次?$")),
    (re.compile(rf"(?:{NAME_LABELS})[ \t]*[:：]?$"), re.compile(r".{2,70}$")),
    (re.compile(r"(?:发文|文件)?(?:文号|字号|编号)|发布文号"), re.compile(r"无$|.{0,30}\d+号$")),
)
_NOTICE_HEAD = re.compile(r"[【\[]?(?:温馨提示|下载说明|使用说明|下载须知)[】\]]?[ \t]*[:：]?$")
_NOTICE_ITEM = re.compile(r"[-•·*][ \t]*\S|\d{1,2}[.、．]")
_CONTACT = re.compile(
    r"(?:(?:办公|单位|通讯|联系)?(?:地址|电话|邮编|邮政编码|传真|邮箱)|E-?mail|邮箱)[ \t]*[:：]", re.IGNORECASE
)
_DOUBLED_TITLE = re.compile(
    r"(?P<mark>1、)?(?P<title>\S.{1,56}?(?:总结|小结|计划|报告|要点|汇报|打算|思路|安排))[ \t]*(?=(?P=title))"
)
_SITE_SUFFIX = re.compile(r"[ \t]*[-_—|–]+[ \t]*\S{2,20}$")


class _Page:
    """The lines of a text and what kind of furniture each of them is."""

    def __init__(self, text: str) -> None:
        self.lines: list[Line] = split_lines(text)
        self.kinds: list[str | None] = [None] * len(self.lines)
        # The lines between the first and the last line of running text, half-open.
        self.first_body = self.after_body = 0

    def mark(self, indices: Iterable[int], kind: str) -> None:
        for index in indices:
            if self.kinds[index] is None and self.lines[index].text:
                self.kinds[index] = kind

    def find_body(self) -> bool:
        body = [
            i
            for i, (line, kind) in enumerate(zip(self.lines, self.kinds, strict=True))
            if kind is None and looks_like_body(line.text)
        ]
        if body:
            self.first_body, self.after_body = body[0], body[-1] + 1
        return bool(body)

    def next_filled(self, index: int) -> int | None:
        """Find the next line with something on it, at most two lines on."""
        for following in range(index + 1, min(index + 3, len(self.lines))):
            if self.lines[following].text:
                return following
        return None


class _Zone(NamedTuple):
    """The compiled patterns of a zone: those for any text, the alternation of them, and those that ask for a cue."""

    plain: tuple[tuple[str, re.Pattern[str]], ...]
    any_plain: re.Pattern[str]
    cued: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]

    def matcher(self, text: str) -> Callable[[str], str | None]:
        """Give a function that tells a line's kind, of the patterns whose cue the text holds."""
        active = tuple((kind, regex) for kind, regex, cue in self.cued if cue.search(text))

        def kind_of(line: str) -> str | None:
            # One look at all patterns first: nearly every line is the report's.
            patterns = self.plain + active if self.any_plain.match(line) else active
            return next((kind for kind, regex in patterns if regex.match(line)), None)

        return kind_of


@cache
def _zone(name: str) -> _Zone:
    patterns = [pattern for pattern in PATTERNS if pattern.zone == name]
    plain = [pattern for pattern in patterns if not pattern.cue]
    return _Zone(
        plain=tuple((p.kind, re.compile(p.regex)) for p in plain),
        any_plain=re.compile("|".join(p.regex for p in plain)),
        cued=tuple((p.kind, re.compile(p.regex), re.compile(p.cue)) for p in patterns if p.cue),
    )


@cache
def _glued_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((pattern.kind, re.compile(pattern.regex)) for pattern in GLUED)


def drop_furniture(text: str) -> list[Removal]:
    r"""Find navigation, metadata, tool bars, notices, doubled titles and other pages' titles.

    Examples
    --------
    >>> page = "首页 > 政务公开\n索引号: 003/2022 文号:\n科技局2021年工作总结\n一、高企达125家。\n打印本页"
    >>> [(r.kind, page[r.start:r.end]) for r in drop_furniture(page)]
    [('navigation', '首页 > 政务公开\n'), ('metadata', '索引号: 003/2022 文号:\n'), ('tools', '打印本页')]
    """
    page = _Page(text)
    _mark_anywhere(page, text)
    _mark_notice_lists(page)
    if page.find_body():
        _mark_related(page)
        page.find_body()
        _mark_edges(page, text)
        _mark_crumbs(page)
        _mark_values(page)
        _mark_titles(page)
    return apart([*_line_removals(page.lines, page.kinds), *_glued(text), *_doubled_titles(page)])


def _mark_anywhere(page: _Page, text: str) -> None:
    kind_of = _zone("anywhere").matcher(text)
    for index, line in enumerate(page.lines):
        if 0 < len(line.text) <= _LINE_LIMIT:
            page.kinds[index] = kind_of(line.text)


def _mark_notice_lists(page: _Page) -> None:
    """Mark the items below 温馨提示, whatever they say."""
    inside = False
    for index, line in enumerate(page.lines):
        if not line.text:
            continue
        if _NOTICE_HEAD.match(line.text):
            inside = True
        elif inside and _NOTICE_ITEM.match(line.text) and len(line.text) <= _LINE_LIMIT:
            page.mark([index], "share_site")
        else:
            inside = False


def _mark_edges(page: _Page, text: str) -> None:
    kind_of = _zone("edge").matcher(text)
    for index in (*range(page.first_body), *range(page.after_body, len(page.lines))):
        line = page.lines[index].text
        if line and page.kinds[index] is None:
            page.kinds[index] = kind_of(line)
    _keep_lone_words(page)
    tail = range(page.after_body, len(page.lines))
    if any(page.kinds[i] == "footer" for i in tail):
        page.mark((i for i in tail if _CONTACT.match(page.lines[i].text)), "footer")


def _keep_lone_words(page: _Page) -> None:
    """Keep a menu's word that stands alone: 「统计数据」 between title and text is a heading."""
    filled = [i for i, line in enumerate(page.lines[: page.first_body + 1]) if line.text]
    for before, index, after in zip([None, *filled], filled, filled[1:], strict=False):
        lone = page.kinds[after] is None and (before is None or page.kinds[before] is None)
        if lone and page.kinds[index] == "navigation" and len(page.lines[index].text) <= _WORD_LIMIT:
            page.kinds[index] = None


def _mark_related(page: _Page) -> None:
    """Mark the lists of other pages below the text, up to its end."""
    body_after = 0
    start = None
    for index in range(len(page.lines) - 1, page.first_body, -1):
        line = page.lines[index].text
        if RELATED.match(line):
            start = index
        if page.kinds[index] is None and looks_like_body(line):
            if STRONG_ITEM_START.match(line):
                break
            body_after += len(line)
        if body_after > _RELATED_BODY_LIMIT:
            break
    if start is not None:
        page.mark(range(start, len(page.lines)), "related")


def _mark_crumbs(page: _Page) -> None:
    """Mark a breadcrumb whose items stand on lines of their own, and the copies of its items."""
    crumbs: set[str] = set()
    for index in range(page.first_body):
        if page.kinds[index] != "navigation":
            continue
        expected = page.lines[index].text.endswith((":", "："))
        following = page.next_filled(index)
        while following is not None and following < page.first_body:
            line = page.lines[following].text
            if _SEPARATOR.match(line):
                expected = True
            elif expected and len(line) <= 20 and not looks_like_title(line):
                expected = False
                crumbs.add(line)
            elif line not in crumbs:
                break
            page.mark([following], "navigation")
            following = page.next_filled(following)


def _mark_values(page: _Page) -> None:
    """Mark the value that stands on the line below its label."""
    in_table = False
    for index in (*range(page.first_body), *range(page.after_body, len(page.lines))):
        label = page.lines[index].text
        if not label:
            continue
        # 「文号」 without a colon is a label where the line above belongs to the table.
        if in_table and _LABEL_ONLY.match(label):
            page.mark([index], "metadata")
        in_table = page.kinds[index] == "metadata"
        following = page.next_filled(index)
        if not in_table or following is None or page.kinds[following] or not _LABEL_ONLY.match(label):
            continue
        after = page.next_filled(following)
        cell = after is not None and bool(_LABEL_ONLY.match(page.lines[after].text))
        if _is_value(label, page.lines[following].text, between_labels=cell):
            page.mark([following], "metadata")


def _is_value(label: str, line: str, *, between_labels: bool) -> bool:
    for labels, values in _VALUES:
        if labels.match(label):
            return bool(values.match(line))
    if between_labels:
        return len(line) <= 40
    return (
        len(line) <= _VALUE_LIMIT
        and not _NO_VALUE.search(line)
        and not looks_like_title(line)
        and not starts_item(line)
    )


def _mark_titles(page: _Page) -> None:
    """Mark the earlier of two equal titles, its copy below the text, and the site's name above the page's menu."""
    head = [i for i in range(page.first_body) if page.kinds[i] is None and page.lines[i].text]
    titles = {i: folded(page.lines[i].text) for i in head if looks_like_title(page.lines[i].text)}
    for index, title in titles.items():
        bare = folded(_SITE_SUFFIX.sub("", page.lines[index].text))
        if any(later > index and other in (title, bare) for later, other in titles.items()):
            page.mark([index], "duplicate_title")
    page.mark(
        (
            i
            for i in range(page.after_body, len(page.lines))
            if len(page.lines[i].text) >= 6 and folded(page.lines[i].text) in titles.values()
        ),
        "duplicate_title",
    )
    menus = [i for i in range(page.first_body) if page.kinds[i] == "navigation"]
    # 「宁国市科技局」 above 「您现在所在的位置」 is the site's name, if the report has its title below.
    if menus and any(i > menus[-1] for i in titles):
        page.mark((i for i in head if i < menus[-1] and i not in titles), "site_name")


def _line_removals(lines: Sequence[Line], kinds: Sequence[str | None]) -> list[Removal]:
    """Take marked lines out with their line ends, and the blank lines that would be left doubled."""
    removals: list[Removal] = []
    index = 0
    blank_before = True
    while index < len(lines):
        kind = kinds[index]
        if kind is None:
            blank_before = not lines[index].text
            index += 1
            continue
        following = index + 1
        while following < len(lines) and kinds[following] is None and not lines[following].text:
            following += 1
        # Blank lines stay when text stands above, unless more furniture follows below them.
        if not blank_before and not (following < len(lines) and kinds[following] is not None):
            following = index + 1
        end = lines[following].start if following < len(lines) else lines[-1].end
        removals.append(Removal(lines[index].start, end, kind=kind))
        index = following
    return removals


def _glued(text: str) -> list[Removal]:
    return [
        Removal(match.start(), match.end(), kind=kind)
        for kind, regex in _glued_patterns()
        for match in regex.finditer(text)
    ]


def _doubled_titles(page: _Page) -> list[Removal]:
    """Find a title that stands twice on its line: 市科技局工作总结市科技局工作总结(一)."""
    removals = []
    for index in range(min(page.first_body + 1, len(page.lines))):
        line = page.lines[index]
        match = _DOUBLED_TITLE.match(line.text[:130])
        if match and page.kinds[index] is None:
            title, last = match["title"], match.end()
            while line.text.startswith(title, last + len(title)):
                last += len(title)
            start = line.start + match.start("title")
            removals.append(Removal(start, line.start + last, kind="duplicate_title"))
    return removals
