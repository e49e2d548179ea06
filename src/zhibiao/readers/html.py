"""Web pages, and the single-file archives (.mht) that browsers save them in."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from lxml import etree  # type: ignore[import-untyped]

from zhibiao.errors import InputError
from zhibiao.readers.encodings import declared_encoding, decode
from zhibiao.readers.extracted import Extracted, ReadLimits
from zhibiao.readers.grids import MAX_COLUMNS, TableCell
from zhibiao.readers.html_mending import mend_page
from zhibiao.readers.table_words import WIDE, caption_unit
from zhibiao.readers.tables import table_lines

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
# They have no end tag, but libxml2 knows them not, and takes what follows for their content.
VOID = frozenset(("embed", "keygen", "source", "track", "wbr"))
# Never text of a report, or seldom. A form is not among them: ASP.NET pages are one form from top to bottom.
DROPPED = frozenset(
    (
        "noscript", "template", "svg", "math", "object", "canvas", "audio", "video", "select", "datalist", "button",
        "map", "rt", "rp", "nav", "footer", "aside", "textarea", "iframe", "noembed", "noframes",
    )
)  # fmt: skip
# Never text of a report, however much of it there is.
CODE = frozenset(("script", "style"))
HIDDEN = "hidden"
MAX_TABLES_NESTED = 100
MAX_SPAN = 65534
# libxml2 looks for what an end tag ends among all elements that are open: 20,000 open ones times 50,000 end tags that
# fit none take four seconds. Pages whose font tags have no ends are a few thousand deep, all others less than 100.
MAX_DEPTH_TIMES_ENDS = 1_000_000_000
# A fault that the target raises stops libxml2 only at the end of what it was fed.
PIECE = 65_536

_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
# A line end in the source between wide characters is no space (CSS Text 3, section 4.1.3).
_SOFT_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t]*+[\r\n\f][ \t\r\n\f]*+(?=[{WIDE}])")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_TITLE_SPLIT = re.compile(r"\s*[-_|—–>»]+\s*|\s{2,}")


def read_html(data: bytes, limits: ReadLimits) -> Extracted:
    r"""Read a web page as lines of text.

    Blocks give lines, inline elements none. Left out are scripts, styles, form controls, hidden elements, ``nav``,
    ``footer`` and ``aside``; but one that never ends, or holds more than the rest of the page, is read, since it may
    have swallowed the report. The title comes first unless the body has it. Nothing else is guessed about what the
    report is: that is the cleaning's part.

    Raises
    ------
    InputError
        If the bytes are no Chinese text, or tables or elements are nested beyond reason.

    Examples
    --------
    >>> page = "<title>科技局总结</title><p>高企&nbsp;<b>125</b>家<div>占比 2.4%<br>第2位</div>"
    >>> read_html(page.encode(), ReadLimits()).text
    '科技局总结\n高企 125家\n占比 2.4%\n第2位'
    """
    decoded = decode(data, declared=declared_encoding(data))
    return Extracted(page_text(decoded.text), "html", decoded.encoding)


def read_mht(data: bytes, limits: ReadLimits) -> Extracted:
    """Read the first page of a web archive.

    Raises
    ------
    InputError
        If there is none in it.
    """
    try:
        parts = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html")
        page = next(parts, None)
        content = page.get_payload(decode=True) if isinstance(page, Message) else None
        charset = page.get_content_charset() if isinstance(page, Message) else None
    except (RecursionError, ValueError, LookupError):
        raise InputError("a damaged web archive (.mht); save the page as .html") from None
    if not isinstance(content, bytes):
        raise InputError("a web archive (.mht) without a page; save the page as .html")
    decoded = decode(content, declared=charset or declared_encoding(content))
    return Extracted(page_text(decoded.text), "html", decoded.encoding)


def page_text(page: str) -> str:
    """Take the text out of a page's markup."""
    page = mend_page(page)
    reading = _read(page, DROPPED | {HIDDEN})
    swallowing = {reason for reason, size in reading.dropped.items() if size > reading.kept}
    if swallowing:
        reading = _read(page, (DROPPED | {HIDDEN}) - swallowing)
    lines = reading.lines
    title = _tidy(reading.title)
    body = "\n".join(lines)
    if title and not any(
        part in body for part in (title, *_TITLE_SPLIT.split(title)) if len(part) >= min(6, len(title))
    ):
        lines = [title, *lines]
    return "\n".join(lines)


@dataclass(slots=True)
class _Sink:
    """Where text goes: the page, or a cell of a table; ``line`` is the line that is being written."""

    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    nested: bool = False


@dataclass(slots=True)
class _Table:
    rows: list[list[TableCell]] = field(default_factory=list)
    in_cell: bool = False


@dataclass(slots=True)
class _Reading:
    """The state of reading a page.

    ``kept`` counts the characters that were read; ``dropped`` gives, for each kind of element that was left out, the
    most characters that one such element held.
    """

    sinks: list[_Sink] = field(default_factory=lambda: [_Sink()])
    tables: list[_Table] = field(default_factory=list)
    title: str = ""
    preformatted: int = 0
    kept: int = 0
    dropped: dict[str, float] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        return self.sinks[0].lines

    def write(self, text: str) -> None:
        self.kept += len(text)
        self.sinks[-1].line.append(text)

    def break_line(self) -> None:
        sink = self.sinks[-1]
        if sink.line:
            text = "".join(sink.line)
            sink.line.clear()
            for piece in text.splitlines() if self.preformatted else (text,):
                if line := _tidy(piece):
                    sink.lines.append(line)

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in BLOCKS:
            self.break_line()
        if name == "table":
            if len(self.tables) >= MAX_TABLES_NESTED:
                raise InputError(f"tables are nested deeper than {MAX_TABLES_NESTED}; not read")
            self.tables.append(_Table())
        elif name == "tr" and self.tables:
            self.close_cell()
            self.tables[-1].rows.append([])
        elif name in ("td", "th") and self.tables:
            self.close_cell()
            table = self.tables[-1]
            table.in_cell = True
            table.rows = table.rows or [[]]
            self.sinks.append(_Sink(name, attributes))
        elif name == "pre":
            self.preformatted += 1

    def close(self, name: str) -> None:
        if name in BLOCKS:
            self.break_line()
        if name in ("td", "th", "tr", "tbody", "thead", "tfoot") and self.tables:
            self.close_cell()
        elif name == "table" and self.tables:
            self.close_table()
        elif name == "pre":
            self.preformatted -= 1

    def close_cell(self) -> None:
        table = self.tables[-1]
        if table.in_cell:
            self.break_line()
            sink = self.sinks.pop()
            columns, rows = _spans(sink.attributes)
            table.rows[-1].append(TableCell(tuple(sink.lines), columns, rows, sink.tag == "th", sink.nested))
            table.in_cell = False

    def close_table(self) -> None:
        self.close_cell()
        rows = [row for row in self.tables.pop().rows if row]
        sink = self.sinks[-1]
        sink.lines += table_lines(rows, unit=caption_unit(sink.lines[-1]) if sink.lines else None)
        sink.nested = True

    def finish(self) -> None:
        while self.tables:
            self.close_table()
        self.break_line()


@dataclass(slots=True)
class _Target:
    """What libxml2 tells of a page: starts and ends, each start with its end, and text between them.

    No tree is built. ``dropped`` has the names of the elements to leave out, and HIDDEN for those not displayed.
    """

    dropped: frozenset[str]
    deepest: int
    reading: _Reading = field(default_factory=_Reading)
    depth: int = 0
    at_end: bool = False
    title: list[str] | None = None
    drop_depth: int = 0
    drop_reason: str | None = None
    drop_size: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > self.deepest:
            raise InputError(f"elements are nested deeper than {self.deepest}; not read")
        if self.drop_depth:
            return
        if name in CODE or (reason := self._reason(name, attributes)):
            if name in BLOCKS:
                self.reading.break_line()
            self.drop_depth = self.depth
            self.drop_reason = None if name in CODE else reason
            self.drop_size = 0
        elif name == "title":
            self.title = []
        else:
            self.reading.open(name, attributes)

    def _reason(self, name: str, attributes: Mapping[str, str]) -> str | None:
        if name in self.dropped:
            return name
        if HIDDEN in self.dropped and attributes and name not in VOID:
            return HIDDEN if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) else None
        return None

    def data(self, text: str) -> None:
        if self.drop_depth:
            self.drop_size += len(text)
        elif self.title is not None:
            self.title.append(text)
        else:
            self.reading.write(text)

    def end(self, name: str) -> None:
        if self.drop_depth == self.depth:
            if self.drop_reason:
                size = math.inf if self.at_end else self.drop_size
                self.reading.dropped[self.drop_reason] = max(size, self.reading.dropped.get(self.drop_reason, 0))
            self.drop_depth = 0
        elif not self.drop_depth:
            if name == "title" and self.title is not None:
                self.reading.title = self.reading.title or "".join(self.title)
                self.title = None
            else:
                self.reading.close(name)
        self.depth -= 1

    def close(self) -> _Reading:
        self.reading.finish()
        return self.reading


def _read(page: str, dropped: frozenset[str]) -> _Reading:
    """Read a page, leaving out elements of the names in ``dropped``, and with HIDDEN in it those not displayed."""
    target = _Target(dropped, MAX_DEPTH_TIMES_ENDS // (page.count("</") + 1))
    # The size of a page is limited where it is read from a file; libxml2's own limits would cut the page instead.
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = page.encode("utf-8", "replace") or b" "  # of nothing at all libxml2 makes a fault
    for start in range(0, len(data), PIECE):
        parser.feed(data[start : start + PIECE])
    target.at_end = True  # what libxml2 ends from here on has no end in the page
    reading: _Reading = parser.close()
    return reading


def _spans(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Read how many columns and rows a cell spans."""
    columns, rows = (_count(attributes.get(name, "")) for name in ("colspan", "rowspan"))
    return max(1, min(columns, MAX_COLUMNS)), rows or MAX_SPAN


def _count(text: str) -> int:
    """Read a span; 0 asks for all rows that are left, anything unreadable counts as 1."""
    text = text.strip()
    return min(int(text), MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _tidy(line: str) -> str:
    return _SPACES.sub(" ", _SOFT_BREAK.sub("", line)).strip(" \u3000")
