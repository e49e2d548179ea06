r"""Tags and texts of a web page, in one pass whose time grows with the length of the page and nothing else.

A tree is not built: for the text it is not needed, and building one is where parsers lose their footing on broken
pages. lexbor (selectolax 1.0) took 20 seconds and 4.5 GB for 99 KB of ``<p><font size=…>`` without end tags, as old
editors write them, and 38 seconds for 500 KB of unclosed ``<div>``. Tags, attributes, comments and raw text are cut as
the HTML standard says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# Attributes as the standard cuts them: quotes count only behind an equals sign. Nothing here can backtrack.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)
    ((?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)*+)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+"""
)
# Elements whose content is no markup: it is passed over, except for the title's, which is text.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title")
}


# What it is (text, open, close); the text with its entities resolved or the tag's name in lower case; the tag's
# attributes as written. Plain tuples: a page of tables has hundreds of thousands.
Token = tuple[str, str, str]


def iter_tokens(page: str) -> Iterator[Token]:
    r"""Cut a page into tags and texts; comments, declarations, scripts and styles are passed over.

    Examples
    --------
    >>> [token[:2] for token in iter_tokens("<p class=a>高企&nbsp;<!-- 注 -->125家</P><style>p {}")]
    [('open', 'p'), ('text', '高企\xa0'), ('text', '125家'), ('close', 'p'), ('open', 'style')]
    """
    position = 0
    comment_ends = True
    while (start := page.find("<", position)) >= 0:
        if start > position:
            yield _text(page[position:start])
        if page.startswith(("<!", "<?"), start) or (
            page.startswith("</", start) and not page[start + 2 : start + 3].isalpha()
        ):
            end = page.find("-->", start + 2) if comment_ends and page.startswith("<!--", start) else -1
            if end < 0:
                # A comment without end, or a declaration, ends at the next bracket: browsers would drop the page's
                # rest for the former, and the report with it.
                comment_ends = comment_ends and not page.startswith("<!--", start)
                end = page.find(">", start)
                position = len(page) if end < 0 else end + 1
            else:
                position = end + 3
        elif tag := _TAG.match(page, start):
            position = tag.end()
            slash, name, attributes = tag.groups()
            name = name.lower()
            yield "close" if slash else "open", name, attributes
            if name in _RAW and not slash:
                closing = _RAW[name].search(page, position)
                if name == "title":
                    yield _text(page[position : closing.start() if closing else position])
                position = closing.start() if closing else len(page)
        elif page[start + 1 : start + 2].isalpha() or page.startswith("</", start):
            return  # the page was cut off within a tag
        else:
            yield "text", "<", ""
            position = start + 1
    if position < len(page):
        yield _text(page[position:])


def _text(text: str) -> Token:
    return "text", unescape(text) if "&" in text else text, ""


def read_attributes(written: str) -> dict[str, str]:
    """Read the attributes of a tag.

    Examples
    --------
    >>> read_attributes(' colspan="2" HIDDEN class=a')
    {'colspan': '2', 'hidden': '', 'class': 'a'}
    """
    return {
        found["name"].lower(): unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in _ATTRIBUTE.finditer(written)
    }
