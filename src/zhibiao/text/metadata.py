"""What a report says of itself: title, issuer, region, period, and the dates and numbers of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhibiao.text.furniture_words import STRONG_LABELS, WEAK_LABELS
from zhibiao.text.issuers import find_issuer
from zhibiao.text.periods import find_period
from zhibiao.text.removal import Removed
from zhibiao.text.titles import read_head

_LABEL = re.compile(
    rf"(?:(?<=\s)|(?<=^)|(?<=[【\[|]))(?P<label>{STRONG_LABELS}|{WEAK_LABELS})[ \t]*(?:[:：]|(?=[ \t\n]))", re.MULTILINE
)
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)[-年./](?P<month>\d{1,2})[-月./](?P<day>\d{1,2})")

_INDEX = ("索引号", "信息索引号", "信息索引", "索引码", "统一登记号", "信息编号")
_PUBLISHED = (
    "发布日期",
    "发布时间",
    "发表时间",
    "公开日期",
    "公开时间",
    "时间",
    "日期",
    "更新时间",
    "生成日期",
    "成文日期",
    "发文日期",
)
_PUBLISHER = (
    "发布机构",
    "发文机关",
    "发文机构",
    "发文单位",
    "发布单位",
    "公开责任部门",
    "公开责任单位",
    "公开主体",
    "信息公开责任单位",
    "信息来源",
    "文章来源",
    "来源",
)
_NAME = ("名称", "信息名称", "标题", "题名")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the frame of a page says of the report inside it."""

    name: str | None = None
    publishers: tuple[str, ...] = ()
    published: str | None = None
    index_number: str | None = None
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of one report; the fields are those of :class:`~zhibiao.records.Report`."""

    title: str | None
    issuer: str | None
    region_code: str | None
    year: int | None
    period: str | None
    published: str | None
    index_number: str | None
    notes: tuple[str, ...] = ()


def read_page(removed: Iterable[Removed]) -> PageFacts:
    """Read the metadata that was taken out of a page.

    Examples
    --------
    >>> line = "索引号: 11341702/202202-00048 发布机构: 宁国市科技局 发布日期: 2022-02-24"
    >>> page = read_page([Removed("metadata", 0, len(line), line)])
    >>> page.index_number, page.publishers, page.published
    ('11341702/202202-00048', ('宁国市科技局',), '2022-02-24')
    """
    removed = tuple(removed)
    fields = _read_fields("\n".join(r.text for r in removed if r.kind == "metadata"))
    frame = "\n".join(r.text for r in removed if r.kind in ("navigation", "site_name", "footer", "duplicate_title"))
    dates = (_read_date(value) for value in _values(fields, _PUBLISHED))
    return PageFacts(
        name=next(iter(_values(fields, _NAME)), None),
        publishers=tuple(dict.fromkeys(_values(fields, _PUBLISHER))),
        published=next((date for date in dates if date), None) or _bare_date(removed),
        index_number=next(iter(_values(fields, _INDEX)), None),
        frame=frame,
    )


def describe(text: str, page: PageFacts, *, given_title: str | None, headings: Sequence[str]) -> Metadata:
    r"""Put together what is known of one report.

    Parameters
    ----------
    text
        The report's cleaned text.
    page
        What the page around it says.
    given_title
        The title that its mark gave it in a file of several reports.
    headings
        The titles of its sections, in text order.

    Examples
    --------
    >>> text = "科技局2021年工作总结\n2021年,宁国市科技局狠抓落实,高企达125家。"
    >>> known = describe(text, PageFacts(published="2022-02-24"), given_title=None, headings=())
    >>> known.issuer, known.region_code, known.period, known.published
    ('宁国市科技局', '341881', '2021', '2022-02-24')
    """
    head = read_head(text, given_title=given_title)
    title = head.title or page.name
    heading = head.heading or title or ""
    period = find_period(heading, headings, text[head.body_start :], "\n".join((heading, *head.lines)))
    issuer = find_issuer(head, text, page.publishers, page.frame)
    return Metadata(
        title=title,
        issuer=issuer.name,
        region_code=issuer.region.code if issuer.region else None,
        year=period.year,
        period=period.period,
        published=page.published,
        index_number=page.index_number,
        notes=period.notes,
    )


def _read_fields(table: str) -> list[tuple[str, str]]:
    labels = list(_LABEL.finditer(table))
    ends = (*(label.start() for label in labels[1:]), len(table))
    return [
        (re.sub(r"\s", "", label["label"]), _first_line(table[label.end() : end]))
        for label, end in zip(labels, ends, strict=False)
    ]


def _first_line(value: str) -> str:
    """Give the value beside its label, or below it; what follows on further lines has lost its own label."""
    return " ".join(value.strip().partition("\n")[0].split())


def _values(fields: Sequence[tuple[str, str]], labels: Sequence[str]) -> list[str]:
    """Give the values of some labels, the labels' order first."""
    return [value for wanted in labels for label, value in fields if label == wanted and value]


def _read_date(text: str) -> str | None:
    match = _DATE.search(text)
    if not match or not 1 <= int(match["month"]) <= 12 or not 1 <= int(match["day"]) <= 31:
        return None
    return f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"


def _bare_date(removed: Iterable[Removed]) -> str | None:
    """Read a date that stood in the frame without a label: 2026-02-03 09:02:33."""
    dates = (_read_date(r.text) for r in removed if r.kind == "metadata" and _DATE.match(r.text))
    return next((date for date in dates if date), None)
