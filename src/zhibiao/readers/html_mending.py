"""Broken markup behind which a parser, and any browser, loses the text of a page, mended in the page's source.

libxml2 2.14 cuts tags as the HTML standard says. By the standard a comment, a script, a title or a quoted value that
nothing ends takes all that follows, and a tag without its bracket what follows up to the next one. In a report that
would be paragraphs. Whatever else is wrong with a page, libxml2 mends itself.
"""

from __future__ import annotations

import re

# <td width="10>高企</td><td width="20"> lacks a quote: the value would end where the next one begins, or nowhere.
_OPEN_VALUE = re.compile(
    r"""(=[ \t\r\n]*+(?:"[^"<>]*+(?=>[^"]*+(?:(?<==)"|\Z))|'[^'<>]*+(?=>[^']*+(?:(?<==)'|\Z))))""",
)
# 占比<GDP增速</p> and <p 高企125家</p>: no tag has Chinese outside of quotes and runs into another tag.
_UNFINISHED_TAG = re.compile(
    r"""<(?=[a-zA-Z/](?:"[^"<>]*+"|'[^'<>]*+'|[^<>"'\u4e00-\u9fff])*+[\u4e00-\u9fff][^<>]*+<)"""
)
# Elements whose content the standard takes for plain characters, up to their own end tag.
_RAW_NAMES = "script|style|title|textarea|xmp|iframe|noembed|noframes"
_RAW_START = re.compile(rf"<({_RAW_NAMES})(?=[\s/>])[^<>]*+>?", re.IGNORECASE)
_RAW_END = re.compile(rf"</({_RAW_NAMES})(?=[\s/>])", re.IGNORECASE)
# Those that hold something of their own, and no text of the page, until the page goes on.
_OWN_CONTENT = frozenset(("script", "style", "title"))
# Where the page goes on behind a script without end; in document.write('<p>') a quote stands before the tag.
_CONTENT_START = re.compile(
    r"""(?<!["'])</?(?:body|br|center|div|h[1-6]|head|li|link|meta|p|script|section|span|style|table|td|tr|ul)(?=[\s/>])""",
    re.IGNORECASE,
)
# A page glued together from several has these in its middle. Without them what is open at the end is known. The last
# bracket of a page that was cut off is no text.
_PAGE_END = re.compile(r"</(?:body|html)\s*+>|</?\Z", re.IGNORECASE)
# <h1>标题</h2>正文 and 甲</p>乙 are two lines in a browser, since these end tags count though they fit no start.
_LINE_END = re.compile(r"</(?:h[1-6]|p)\s*+>", re.IGNORECASE)


def mend_page(page: str) -> str:
    r"""End what nothing ends, so that no text is lost behind it.

    A value ends at the tag's bracket; a comment at the next bracket; a script, a title and the like where the page
    goes on. What is no tag becomes text. A line ends where a browser ends it.

    Examples
    --------
    >>> mend_page("甲<!-- 乙>丙"), mend_page("<style>p {}<p>甲"), mend_page("占比<GDP增速</p>")
    ('甲<! 乙>丙', '<style>p {}</style><p>甲', '占比&lt;GDP增速</p><br>')
    >>> mend_page('<td width="10>高企</td><td width="20">125家')
    '<td width="10">高企</td><td width="20">125家'
    """
    page = _UNFINISHED_TAG.sub("&lt;", page)
    page = _OPEN_VALUE.sub(lambda value: value[0] + value[0].lstrip("= \t\r\n")[0], page)
    page = _LINE_END.sub(r"\g<0><br>", page)
    return _PAGE_END.sub("<br>", _end_raw_text(_end_comments(page)))


def _end_comments(page: str) -> str:
    """Turn the comments without end into declarations, which end at a bracket; ``<!-->`` is a comment with its end."""
    last = max(page.rfind("-->") - 1, 0)
    return page[:last] + page[last:].replace("<!--", "<!")


def _end_raw_text(page: str) -> str:
    last_ends = {end[1].lower(): end.start() for end in _RAW_END.finditer(page)}
    pieces: list[str] = []
    copied = position = 0
    while opening := _RAW_START.search(page, position):
        name = opening[1].lower()
        position = opening.end()
        if opening[0].endswith("/>"):
            continue
        if last_ends.get(name, -1) > opening.start():
            while (end := _RAW_END.search(page, position)) and end[1].lower() != name:
                position = end.end()
            position = end.end() if end else len(page)
        elif name not in _OWN_CONTENT:
            pieces += page[copied:position], f"</{name}>"
            copied = position
        elif content := _CONTENT_START.search(page, position):
            pieces += page[copied : content.start()], f"</{name}>"
            copied = position = content.start()
        else:
            break
    return "".join((*pieces, page[copied:]))
