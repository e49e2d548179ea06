"""Where a rank stands in a text: the place itself, and the scope to its left."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from zhibiao.labels import RankKind
from zhibiao.numbers import rank_patterns as patterns
from zhibiao.numbers.mentions import RankValue
from zhibiao.numbers.numerals import read_numeral

# A scope never begins further left of its place than this.
_REACH: Final = 28
_BREAKS = re.compile(f"[{patterns.BREAK}]")
_ENDS = re.compile(rf"[{patterns.BREAK}的和与及或并且在较比提上跃前下后]|$")
_FRONT_ENDS = re.compile(rf"[{patterns.BREAK}的和与及或并]|之|行列|$")
_OPEN: Final = frozenset("（(")
_CLOSE: Final = frozenset("）)")
# 目前5家, 学前三年: 前 ends another word.
_NO_FRONT: Final = frozenset("目产学此之以提事当面眼跟先日餐会售从生课赛战空")
# 与陕西并列第一: the other one in the tie is no scope.
_COMPANIONS: Final = frozenset("与同和跟")


class Span(NamedTuple):
    """A stretch of a text; ``is_rank`` tells a place from an ordinal that only numbers something."""

    start: int
    end: int
    is_rank: bool


class _Left(NamedTuple):
    """What stands left of a place: where the span begins, and what licenses it."""

    start: int
    scoped: bool
    led: bool


def read_ordinal(text: str, start: int, floor: int, *, continues: bool = False) -> Span | None:
    """Read 第2位, 第一, 倒数第六 at ``start`` with its scope; 第十届 is an ordinal that is no rank.

    ``continues`` says that a rank ended just before (第一、第二), which makes another one likely.

    Examples
    --------
    >>> read_ordinal("位列全省第2位", 4, 0)
    Span(start=2, end=7, is_rank=True)
    >>> read_ordinal("参加第十届大赛", 2, 0)
    Span(start=2, end=5, is_rank=False)
    """
    match = patterns.ORDINAL.match(text, start)
    if match is None or read_numeral(match["number"], 0) is None:
        return None
    end = match.end()
    left = _read_left(text, start, floor)
    if match["tail"] or match["bottom"]:
        if match["number"] in ("1", "一") and patterns.PRIORITY.search(text, max(floor, start - 10), start):
            return Span(start, end, is_rank=False)
        return Span(left.start, end, is_rank=True)
    numbered = patterns.NUMBERED.match(text, end)
    if numbered:
        return Span(start, numbered.end(), is_rank=False)
    led = left.led or continues or text[max(floor, start - 2) : start] == patterns.TIED
    # 「位居全省第3新增」: the comma is lost, but verb, scope and digits still make a place.
    closed = _ENDS.match(text, end) or (left.led and left.scoped and match["number"].isascii())
    if closed and (led or left.scoped):
        return Span(left.start, end, is_rank=True)
    return Span(start, end, is_rank=False)


def read_front(text: str, start: int, floor: int) -> Span | None:
    """Read 前三, 前十位, 前20强 at ``start`` with its scope.

    Examples
    --------
    >>> read_front("冲刺全国前十。", 4, 0)
    Span(start=2, end=6, is_rank=True)
    >>> read_front("前三季度", 0, 0), read_front("目前5家", 1, 0)
    (None, None)
    """
    match = patterns.FRONT.match(text, start)
    if match is None or (start > 0 and text[start - 1] in _NO_FRONT):
        return None
    if not match["tail"] and not _FRONT_ENDS.match(text, match.end("number")):
        return None
    left = _read_left(text, start, floor)
    if match["tail"] or left.led or left.scoped:
        return Span(left.start, match.end("tail") if match["tail"] else match.end("number"), is_rank=True)
    return None


def read_from_bottom(text: str, start: int, floor: int) -> Span | None:
    """Read 后五位, 最后一名 at ``start`` with its scope.

    Examples
    --------
    >>> read_from_bottom("退出全国后五位", 4, 0)
    Span(start=2, end=7, is_rank=True)
    """
    match = patterns.FROM_BOTTOM.match(text, start)
    return Span(_read_left(text, start, floor).start, match.end(), is_rank=True) if match else None


def read_top(text: str, start: int, floor: int) -> Span | None:
    """Read 首位, 前列, 垫底 and their like at ``start`` with their scope.

    Examples
    --------
    >>> read_top("位居皖北首位，", 4, 0)
    Span(start=2, end=6, is_rank=True)
    >>> read_top("把安全摆在首位", 5, 0) is None
    True
    """
    match = next((found for word in patterns.TOP.values() if (found := word.match(text, start))), None)
    if match is None or patterns.PRIORITY.search(text, max(floor, start - 10), start):
        return None
    left = _read_left(text, start, floor)
    if match.group() == "靠前" and not (left.scoped and patterns.LINK.search(text, left.start, start)):
        return None
    if match.group() == "前列" and not left.scoped and patterns.WALKING.search(text, max(floor, start - 2), start):
        return None
    return Span(left.start, match.end(), is_rank=True)


def read_record(text: str, start: int, floor: int) -> Span | None:
    """Read 历史新高, 历年之最, 有监测记录以来最好水平, whose last word begins at ``start``.

    Examples
    --------
    >>> read_record("再创新高。", 2, 0)
    Span(start=2, end=4, is_rank=True)
    >>> read_record("创2006年以来新高", 8, 0)
    Span(start=1, end=10, is_rank=True)
    >>> read_record("建设创新高地", 3, 0) is None
    True
    """
    match = patterns.RECORD.match(text, start)
    if match is None:
        return None
    front = patterns.RECORD_FRONT.search(text, max(floor, start - 16), start)
    if front:
        return Span(front.start(), match.end(), is_rank=True)
    lone = match.group() in ("新高", "新低") and patterns.NEW_HIGH_VERB.search(text, max(floor, start - 2), start)
    if lone and _FRONT_ENDS.match(text, match.end()):
        return Span(start, match.end(), is_rank=True)
    return None


def _read_left(text: str, start: int, floor: int) -> _Left:
    """Find the scope that ends at ``start``, with 并列 and 排名 that stand between."""
    begin = _clause_start(text, start, floor)
    tied = start - 2 if text.startswith(patterns.TIED, start - 2) and start - 2 >= begin else start
    link = patterns.LINK.search(text, begin, tied)
    at = link.start() if link else tied
    scope = _scope_start(text, begin, at, named=tied == start)
    led = any(verb.end() <= (scope if scope is not None else at) for verb in patterns.VERB.finditer(text, begin, start))
    if scope is None:
        return _Left(tied, scoped=False, led=led or link is not None)
    if text.startswith(patterns.TIED, scope - 2) and scope - 2 >= begin:
        return _Left(scope - 2, scoped=True, led=True)
    return _Left(scope, scoped=True, led=led)


def _scope_start(text: str, begin: int, end: int, *, named: bool) -> int | None:
    if end <= begin:
        return None
    verb_end = begin
    for verb in patterns.VERB.finditer(text, begin, end):
        verb_end = verb.end()
    tail = text[verb_end:end]
    at_break = verb_end > begin or begin == 0 or bool(_BREAKS.match(text[begin - 1]))
    if named and ((at_break and _is_place(tail)) or (verb_end > begin and patterns.BARE_NAME.match(tail))):
        return verb_end
    found = patterns.SCOPE.search(text, verb_end, end) or (
        patterns.NAMED.search(text, max(verb_end, end - 4), end) if named else None
    )
    if found is None or (not named and text[found.start() - 1 : found.start()] in _COMPANIONS):
        return None
    return found.start()


def _is_place(tail: str) -> bool:
    """泰州 and 全市生态涵养区和城市发展新区 are places; 增速全区 and 全国生态环境质量 are not, as a whole."""
    if not patterns.PLACE.fullmatch(tail):
        return False
    front = patterns.PLACE_FRONT.match(tail)
    return front is not None and (front.end() == len(tail) or tail[-1] in patterns.PLACE_END)


def _clause_start(text: str, start: int, floor: int) -> int:
    """Go left to the break before the clause; the 、 of 县（市、区） is none."""
    depth = 0
    for at in range(start - 1, max(floor, start - _REACH) - 1, -1):
        character = text[at]
        if character in _CLOSE:
            depth += 1
        elif character in _OPEN:
            depth -= 1
            if depth < 0:
                return at + 1
        elif depth == 0 and _BREAKS.match(character):
            return at + 1
    return max(floor, start - _REACH)


def parse_rank(text: str) -> RankValue | None:
    """Read one RANK span.

    Examples
    --------
    >>> parse_rank("15个副省级城市第一")
    RankValue(low=1, high=1, kind=<RankKind.ORDINAL: 'ordinal'>, scope='15个副省级城市', field_size=15, from_bottom=False, tied=False)
    >>> parse_rank("前三").high, parse_rank("倒数第六").from_bottom, parse_rank("历年之最").kind
    (3, True, <RankKind.RECORD: 'record'>)
    >>> parse_rank("全省中下游").kind, parse_rank("近几年的最好表现").kind, parse_rank("125家")
    (<RankKind.BAND: 'band'>, <RankKind.RECORD: 'record'>, None)
    """
    for read in (_parse_record, _parse_ordinal, _parse_from_bottom, _parse_front, _parse_top, _parse_band):
        value = read(text)
        if value:
            return value
    return None


def _parse_record(text: str) -> RankValue | None:
    match = None
    for match in patterns.RECORD.finditer(text):  # noqa: B007
        pass
    if match is None or match.end() != len(text):
        return None
    lowest = any(word in match.group() for word in ("低", "少"))
    return RankValue(
        None, None, RankKind.RECORD, scope=_to_scope(patterns.PAST.sub("", text[: match.start()])), from_bottom=lowest
    )


def _parse_band(text: str) -> RankValue | None:
    """Read places that people mark and running text cannot be trusted with: 中下游, 后列, 近几年的最好表现."""
    if match := patterns.BEST_YET.search(text):
        return _make(text, match.start(), None, None, RankKind.RECORD)
    if (match := patterns.BEYOND.search(text)) and (numeral := read_numeral(match["number"], 0)) and numeral.low:
        return _make(text, match.start(), int(numeral.low), None, RankKind.BAND)
    match = patterns.MIDDLE.search(text)
    return _make(text, match.start(), None, None, RankKind.BAND) if match else None


def _parse_ordinal(text: str) -> RankValue | None:
    match = patterns.ORDINAL.search(text)
    numeral = read_numeral(match["number"], 0) if match else None
    if match is None or numeral is None or numeral.low is None:
        return None
    low = int(numeral.low)
    last = read_numeral(match["last"], 0) if match["last"] else None
    high = int(last.high) if last and last.high is not None else low
    if match["tail"] in patterns.BAND_TAILS:
        return _make(text, match.start(), None, None, RankKind.BAND)
    return _make(text, match.start(), low, max(low, high), RankKind.ORDINAL, from_bottom=bool(match["bottom"]))


def _parse_from_bottom(text: str) -> RankValue | None:
    match = patterns.FROM_BOTTOM.search(text)
    numeral = read_numeral(match["number"], 0) if match else None
    if match is None or numeral is None or numeral.low is None:
        return None
    high = int(numeral.low)
    kind = RankKind.ORDINAL if high == 1 else RankKind.BAND
    return _make(text, match.start(), 1, high, kind, from_bottom=True)


def _parse_front(text: str) -> RankValue | None:
    match = patterns.FRONT.search(text)
    numeral = read_numeral(match["number"], 0) if match else None
    if match is None or numeral is None or numeral.low is None or match.end("number") < len(text) - 3:
        return None
    return _make(text, match.start(), 1, int(numeral.low), RankKind.BAND)


def _parse_top(text: str) -> RankValue | None:
    for word in patterns.TOP:
        at = text.rfind(word)
        if at >= 0 and at + len(word) == len(text):
            if word in patterns.BAND_WORDS:
                return _make(text, at, None, None, RankKind.BAND)
            return _make(text, at, 1, 1, RankKind.ORDINAL, from_bottom=word in patterns.BOTTOM_WORDS)
    return None


def _make(
    text: str, place: int, low: int | None, high: int | None, kind: RankKind, *, from_bottom: bool = False
) -> RankValue:
    front = text[:place]
    scope = _to_scope(front)
    field = patterns.FIELD.search(scope) if scope else None
    size = read_numeral(field["number"], 0) if field else None
    field_size = int(size.low) if size and size.low is not None else None
    return RankValue(low, high, kind, scope, field_size, from_bottom=from_bottom, tied=patterns.TIED in front)


_LEADING_VERB = re.compile(r"(?:位居|位列|名列|稳居|跃居|排在|居|列)")


def _to_scope(front: str) -> str | None:
    scope = patterns.LINK.sub("", front.replace(patterns.TIED, "").strip()).rstrip("的")
    scope = scope[found.end() :] if (found := _LEADING_VERB.match(scope)) else scope
    return scope or None
