"""Steps that mend single characters: line ends, invisible ones, entities, tags, width, pinyin residue."""

from __future__ import annotations

import html
import re
import unicodedata

from zhibiao.alignment import Edit

_LINE_BREAK = re.compile("\r\n?|[\v\u0085\u2028\u2029]")

# Everything that prints nothing: controls but for \t \n \f (the form feed is a page mark), soft hyphen, zero-width and
# direction marks, variation selectors, byte order mark, and the place holder of an embedded object.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc]+"
)

_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# 「第六届中国专利&amp;bull;宁波活动周」: escaped once or more often; &nbsp also stands without its semicolon.
_ENTITY = re.compile(
    "&(?P<again>(?:amp;)*)(?P<name>#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};"
    "|(?:nbsp|ensp|emsp|ldquo|rdquo)(?![A-Za-z]))"
)

_BREAKING_TAGS = "br|p|div|tr|li|h[1-6]|table|ul|ol"
_TAG = re.compile(
    f"<(?P<close>/?)(?P<name>{_BREAKING_TAGS}|td|th|span|font|strong|b|em|i|u|a|img|o:p|st1:[a-z]+|section|sup|sub)"
    r"(?:[\s/][^<>\n]{0,400})?>",
    re.IGNORECASE,
)
_BREAKS = re.compile(f"(?:{_BREAKING_TAGS})$", re.IGNORECASE)

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]|(?<=[0-9０-９])[％．]")
_ANY_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％．]")
_WIDE_SHIFT = ord("０") - ord("0")

# Unicode gives these radicals no decomposition, yet text taken out of pdf files is full of them (⺠族 for 民族).
_RADICALS = dict(
    zip(
        "⺟⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_ANY_TONED = re.compile(f"[{_TONED}]")
_PINYIN = re.compile(f"(?<=[\u3400-\u9fff])[(（][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,4}}[)）]")


def mend_line_breaks(text: str) -> list[Edit]:
    r"""Turn every kind of line end into ``\n``.

    Examples
    --------
    >>> mend_line_breaks("总结\r\n2021年")
    [Edit(start=2, end=4, text='\n')]
    """
    return [Edit(m.start(), m.end(), "\n") for m in _LINE_BREAK.finditer(text)]


def drop_invisible(text: str) -> list[Edit]:
    r"""Take out characters that print nothing.

    Examples
    --------
    >>> drop_invisible("\ufeff全市\u200b高企")
    [Edit(start=0, end=1, text=''), Edit(start=3, end=4, text='')]
    """
    return [Edit(m.start(), m.end()) for m in _INVISIBLE.finditer(text)]


def resolve_entities(text: str) -> list[Edit]:
    """Replace HTML entities by what they stand for, however often they were escaped.

    Examples
    --------
    >>> resolve_entities("R&amp;D经费")
    [Edit(start=1, end=6, text='&')]
    >>> resolve_entities("专利&amp;bull;活动周")
    [Edit(start=2, end=12, text='•')]
    >>> resolve_entities("R&D;")
    []
    """
    edits = []
    for match in _ENTITY.finditer(text) if "&" in text else ():
        entity = "&" + match["name"].rstrip(";") + ";"
        character = html.unescape(entity)
        if character != entity and not 0xD800 <= ord(character[0]) <= 0xDFFF and character != "\ufffd":
            edits.append(Edit(match.start(), match.end(), character))
        elif match["again"]:
            edits.append(Edit(match.start(), match.end("again"), "&"))
    return edits


def drop_tags(text: str) -> list[Edit]:
    r"""Take out HTML tags that a page's text kept; those that end a line leave a line end.

    Examples
    --------
    >>> drop_tags("总结<br/>计划")
    [Edit(start=2, end=7, text='\n')]
    >>> drop_tags("增速<5%>目标")
    []
    """
    edits = []
    for match in _TAG.finditer(text) if "<" in text else ():
        # An opening <p> stands where a line starts anyway; its </p> leaves the line end.
        breaks = _BREAKS.match(match["name"]) and (match["close"] or match["name"].lower() == "br")
        edits.append(Edit(match.start(), match.end(), "\n" if breaks else ""))
    return edits


def plain_spaces(text: str) -> list[Edit]:
    r"""Turn no-break, ideographic and other spaces into the plain one; the tab stays, it separates columns.

    Examples
    --------
    >>> plain_spaces("省长\u3000王")
    [Edit(start=2, end=3, text=' ')]
    """
    return [Edit(m.start(), m.end(), " ") for m in _SPACE.finditer(text)]


def narrow_width(text: str) -> list[Edit]:
    """Turn full-width digits and Latin letters, and ％ and ．behind a digit, into half width.

    Examples
    --------
    >>> [e.text for e in narrow_width("８９６件，占２．５％")]
    ['8', '9', '6', '2', '.', '5', '%']
    """
    if not _ANY_WIDE.search(text):
        return []
    return [Edit(m.start(), m.end(), chr(ord(m[0]) - _WIDE_SHIFT)) for m in _WIDE.finditer(text)]


def unify_ideographs(text: str) -> list[Edit]:
    """Replace radicals and compatibility ideographs, as pdf files give them, by the unified character.

    Examples
    --------
    >>> [e.text for e in unify_ideographs("⼯作")]
    ['工']
    """
    edits = []
    for match in _COMPATIBLE.finditer(text):
        unified = _RADICALS.get(match[0]) or unicodedata.normalize("NFKC", match[0])
        if len(unified) == 1 and unified != match[0]:
            edits.append(Edit(match.start(), match.end(), unified))
    return edits


def drop_pinyin(text: str) -> list[Edit]:
    """Take out a syllable with its tone mark in brackets behind a character: 負(fù)責(zé).

    A gloss of several syllables (盱眙(xū yí)) was written on purpose and stays.

    Examples
    --------
    >>> drop_pinyin("負(fù)責(zé)人(ren)")
    [Edit(start=1, end=5, text=''), Edit(start=6, end=10, text='')]
    """
    return [Edit(m.start(), m.end()) for m in _PINYIN.finditer(text)] if _ANY_TONED.search(text) else []
