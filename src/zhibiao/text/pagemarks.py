"""Steps that take out what the page left in the text: page cuts, page numbers, running headers.

A mark may fall inside a sentence, a word or a number; then the line ends around it go with it and the halves meet.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from zhibiao.alignment import Edit
from zhibiao.text.lineshapes import (
    STRONG_ITEM_START,
    Line,
    ends_clause,
    looks_like_title,
    split_lines,
    starts_item,
)
from zhibiao.text.removal import Removal, apart

# --- the page cuts of a share site's preview: 1、…⏎2、…⏎3、… ---------------------------------------------------

_CUT = re.compile(r"(?P<number>\d{1,3})、[ \t]*")
# The preview begins with the text's first line; more than a title before mark 1 means a list, unless it is a long one.
_BEFORE_FIRST = 120
_LONG_CHAIN = 5
_PIECE_LENGTH = 150
_SHORT_CHAIN_PIECE = 300
_OPEN_LINE = 40
_SEARCH_AHEAD = 3000
_ITEM_HEADING = re.compile(r"[^。：:；;\n]{2,18}[。：:]")
_HEADED_SHARE = 0.7

# --- page numbers -------------------------------------------------------------------------------------------------

_ROMAN_DASH = "[-—–－─━_~～·•]"
_PAGE_LINE = re.compile(
    rf"(?:{_ROMAN_DASH}{{1,3}}[ \t]?(?P<dashed>\d{{1,4}})[ \t]?{_ROMAN_DASH}{{1,3}}"
    r"|[-—(（]?[ \t]?第[ \t]?(?P<named>\d{1,4})[ \t]?页(?:[ \t,，/／|（(]*共[ \t]?\d{1,4}[ \t]?页[)）]?)?[ \t]?[-—)）]?"
    r"|共[ \t]?\d{1,4}[ \t]?页[ \t,，/／]*第[ \t]?(?P<counted>\d{1,4})[ \t]?页"
    r"|(?:[Pp]age|PAGE)[ \t]?(?P<english>\d{1,4})(?:[ \t]?(?:of|/)[ \t]?\d{1,4})?)$"
)
_FRACTION_LINE = re.compile(r"(?P<number>\d{1,4})[ \t]?[/／][ \t]?(?P<total>\d{1,4})$")
_BARE_LINE = re.compile(r"\d{1,4}$")
_GLUED_NAMED = re.compile(
    r"(?:第[ \t]?\d{1,4}[ \t]?页[ \t,，/／]{0,3}共[ \t]?\d{1,4}[ \t]?页|共[ \t]?\d{1,4}[ \t]?页[ \t,，/／]{0,3}第[ \t]?\d{1,4}[ \t]?页)"
)
_GLUED_DASHED = re.compile(r"(?P<dash>[-—–－]{1,2})[ \t]?(?P<number>\d{1,3})[ \t]?(?P=dash)(?![\d-]|[ \t]\d)")
# 「2021-12-31」 and 「第8号-3-5」 are no page numbers.
_IN_NUMBER = re.compile(r"[\d.%％年月日号-][ \t]?$")
# A page holds more than this; bare numbers that follow closer are cells of a table.
_PAGE_LENGTH = 150
_FORM_FEED = re.compile(r"[ \t]*\n?[ \t]*\f[ \t\f]*\n?")
_HEADER_LEAST, _HEADER_LIMIT = 4, 40
_DIGITS = re.compile(r"\d+")


def drop_page_cuts(text: str) -> list[Removal]:
    r"""Find the running marks 1、 2、 3、 that a share site's preview sets at its page cuts.

    They differ from numbered headings: the first one opens the text, each piece is a page long, and at least half of
    the cuts fall inside a sentence.

    Examples
    --------
    >>> pages = ["1、" + "科技工作取得新的进展。" * 30 + "支出53.", "14、06亿元"]
    >>> drop_page_cuts("\n".join(pages))
    []
    >>> text = "\n".join([pages[0], pages[1].replace("14", "2")])
    >>> [text[r.start:r.end] for r in drop_page_cuts(text)]
    ['1、', '\n2、']
    """
    lines = [line for line in split_lines(text) if line.text]
    chain = _page_chain(text, lines)
    if not chain:
        return []
    removals = []
    for index in chain:
        line = lines[index]
        start = line.start + text[line.start : line.end].index(line.text[0])
        mark_end = start + _mark_length(line.text)
        # A chapter that opens a page keeps its line: 「…进展和成效⏎12、一是科技创新能力」.
        keeps_line = index == 0 or STRONG_ITEM_START.match(text, mark_end)
        removals.append(
            Removal(start if keeps_line else _content_end(text, lines[index - 1]), mark_end, kind="page_mark")
        )
    return removals


def _mark_length(text: str) -> int:
    match = _CUT.match(text)
    return match.end() if match else 0


def _content_end(text: str, line: Line) -> int:
    return line.start + len(text[line.start : line.end].rstrip())


def _page_chain(text: str, lines: Sequence[Line]) -> list[int]:
    """Pick the lines that carry the page marks 1, 2, 3 …; none if they are no page marks."""
    places: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if match := _CUT.match(line.text):
            places[int(match["number"])].append(index)
    if not places[1]:
        return []
    first = places[1][0]
    # 「一、安排」 above 「1、」 makes it a list.
    opens_text = lines[first].start <= _BEFORE_FIRST and not any(starts_item(line.text) for line in lines[:first])
    chain = [places[1][0]]
    inside = 0
    for number in range(2, len(lines) + 2):
        later = places[number][bisect_left(places[number], chain[-1] + 1) :]
        near = [i for i in later[:20] if lines[i].start - lines[later[0]].start <= _SEARCH_AHEAD]
        if not near:
            break
        # A true list may stand inside a page; the mark is the one that cuts a sentence.
        cutting = [i for i in near if _is_open(lines[i - 1].text)]
        inside += bool(cutting)
        chain.append((cutting or near)[0])
    if _is_list(text, lines, chain):
        return []
    cuts = len(chain) - 1
    piece = (lines[chain[-1]].start - lines[chain[0]].start) / cuts if cuts else 0
    if cuts >= 2 and inside * 2 >= cuts and piece >= _PIECE_LENGTH and (opens_text or cuts >= _LONG_CHAIN):
        return chain
    return chain if opens_text and cuts == inside == 1 and piece >= _SHORT_CHAIN_PIECE else []


def _is_list(text: str, lines: Sequence[Line], chain: Sequence[int]) -> bool:
    """Tell numbered items, which open with a short heading of their own, from pages, which open anywhere."""
    headed = 0
    for index in chain:
        start = lines[index].start + _mark_length(lines[index].text)
        headed += bool(_ITEM_HEADING.match(text, start))
    return headed > _HEADED_SHARE * len(chain)


def _is_open(before: str) -> bool:
    return len(before) >= _OPEN_LINE and not ends_clause(before)


def drop_page_numbers(text: str) -> list[Removal]:
    r"""Find page numbers and running headers on lines of their own, and join what they cut.

    Examples
    --------
    >>> text = "全年组织申报高新技术企业125家,新增省级企\n\n- 3 -\n\n业研发中心5家。"
    >>> [text[r.start:r.end] for r in drop_page_numbers(text)]
    ['\n\n- 3 -\n\n']
    """
    if not _DIGITS.search(text):
        return []
    lines = split_lines(text)
    marks = {i for i, line in enumerate(lines) if line.text and is_page_line(line.text)}
    marks |= {i for i in _before_form_feeds(text, lines) if _BARE_LINE.match(lines[i].text)}
    marks |= _running(lines, _fractions(lines), distance=0, least=2)
    marks |= _running(lines, _bare_numbers(lines), distance=_PAGE_LENGTH, least=3)
    headers = _running_headers(lines, marks)
    return _removals(text, lines, marks, headers)


def is_page_line(line: str) -> bool:
    """Tell whether a line is a page number and cannot be a bare number of a table.

    Examples
    --------
    >>> [is_page_line(line) for line in ("- 3 -", "第3页 共12页", "Page 3 of 12", "3", "第3页的表")]
    [True, True, True, False, False]
    """
    return bool(_PAGE_LINE.match(line))


def _before_form_feeds(text: str, lines: Sequence[Line]) -> Iterator[int]:
    """Give the last line with something on it of each page that a form feed ends."""
    filled = 0
    for index, line in enumerate(lines):
        if "\f" in text[line.start : line.end]:
            yield filled if text[line.start : line.end].lstrip(" \t").startswith("\f") else index
        if line.text:
            filled = index


def _fractions(lines: Sequence[Line]) -> Iterator[tuple[int, str, int]]:
    for index, line in enumerate(lines):
        match = _FRACTION_LINE.match(line.text)
        if match and int(match["number"]) <= int(match["total"]):
            yield index, match["total"], int(match["number"])


def _bare_numbers(lines: Sequence[Line]) -> Iterator[tuple[int, str, int]]:
    for index, line in enumerate(lines):
        if _BARE_LINE.match(line.text):
            yield index, "", int(line.text)


def _running(lines: Sequence[Line], numbered: Iterator[tuple[int, str, int]], *, distance: int, least: int) -> set[int]:
    """Keep the numbered lines of a group that run n, n+1, n+2 … at least a distance apart."""
    runs: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}
    found: set[int] = set()
    last_filled = max((i for i, line in enumerate(lines) if line.text), default=0)
    for index, group, number in numbered:
        run = runs[group]
        # The last page may be a short one.
        far = bool(run) and (index == last_filled or lines[index].start - lines[run[-1]].end >= distance)
        if not far or number != last[group] + 1:
            run.clear()
        run.append(index)
        last[group] = number
        if len(run) >= least:
            found.update(run[-least:])
    return found


def _running_headers(lines: Sequence[Line], marks: set[int]) -> set[int]:
    """Find the short line that stands again and again beside the page numbers; a title stays where it is first."""
    beside: dict[int, str] = {}
    for mark in marks:
        for step in (-1, 1):
            index = mark + step
            while 0 <= index < len(lines) and abs(index - mark) <= 3 and not lines[index].text:
                index += step
            if 0 <= index < len(lines) and 0 < len(lines[index].text) <= _HEADER_LIMIT and index not in marks:
                beside[index] = _DIGITS.sub("", lines[index].text)
    counts = Counter(beside.values())
    repeated = {
        header
        for header, count in counts.items()
        if header and count >= 2 and not starts_item(header) and not ends_clause(header)
    }
    headers = {index for index, header in beside.items() if header in repeated}
    if headers and looks_like_title(lines[min(headers)].text):
        first_of_title = lines[min(headers)].text
        if not any(line.text == first_of_title for line in lines[: min(headers)]):
            headers.discard(min(headers))
    return headers


def _removals(text: str, lines: Sequence[Line], marks: set[int], headers: set[int]) -> list[Removal]:
    removals: list[Removal] = []
    noise = marks | headers
    index = 0
    while index < len(lines):
        if index not in noise:
            index += 1
            continue
        end = index + 1
        while end < len(lines) and (end in noise or not lines[end].text):
            end += 1
        before = index - 1
        while before >= 0 and not lines[before].text:
            before -= 1
        kind = "page_mark" if index in marks else "page_header"
        if before >= 0 and end < len(lines) and cut_inside_sentence(lines[before].text, lines[end].text):
            removals.append(Removal(_content_end(text, lines[before]), lines[end].start, kind=kind))
        else:
            # Paragraphs stay apart as they were: with their blank lines, if they had some before the number.
            last = end - 1 if before == index - 1 and end < len(lines) and not lines[end - 1].text else end
            stop = lines[last].start if last < len(lines) else lines[-1].end
            removals.append(Removal(lines[index].start, stop, kind=kind))
        index = end
    return removals


def cut_inside_sentence(before: str, after: str) -> bool:
    """Tell whether a page ended inside a sentence, by the line above the cut and the line below it.

    Examples
    --------
    >>> cut_inside_sentence("全年组织申报高新技术企业125家,新增省级企", "业研发中心5家。")
    True
    >>> cut_inside_sentence("一、2021年工作总结", "2021年,全市科技工作稳中有进。")
    False
    """
    if ends_clause(before) or starts_item(after) or looks_like_title(before) or looks_like_title(after):
        return False
    if before[-1] in "，、,（(《“":
        return True
    return len(before) >= 15 and bool(re.search("[，。；、,;]", before))


def drop_running_headers(text: str) -> list[Removal]:
    r"""Find a short line that stands again and again inside sentences, and join what it cuts.

    Examples
    --------
    >>> text = "某县工作总结\n今年新增高新技术企业,总数达到\n某县工作总结\n21家,技术合同成交额增长。"
    >>> [text[r.start:r.end] for r in drop_running_headers(text)]
    ['\n某县工作总结\n']
    """
    lines = [line for line in split_lines(text) if line.text]
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if _HEADER_LEAST <= len(line.text) <= _HEADER_LIMIT and not starts_item(line.text):
            places[line.text].append(index)
    removals = []
    for found in places.values():
        inner = [i for i in found[1:] if i < len(lines) - 1]
        cutting = [i for i in inner if cut_inside_sentence(lines[i - 1].text, lines[i + 1].text)]
        if cutting and len(cutting) * 2 >= len(inner):
            removals += [
                Removal(_content_end(text, lines[i - 1]), lines[i + 1].start, kind="page_header") for i in cutting
            ]
    return apart(removals)


def drop_glued_page_numbers(text: str) -> list[Removal]:
    """Find page numbers that stand inside a line.

    第3页 共12页 is one wherever it stands; — 3 — only where several run on, a page apart.

    Examples
    --------
    >>> text = "新增省级企第3页共12页业研发中心"
    >>> [text[r.start:r.end] for r in drop_glued_page_numbers(text)]
    ['第3页共12页']
    """
    removals = [_with_room(text, *m.span()) for m in _GLUED_NAMED.finditer(text)] if "页" in text else []
    dashed = [m for m in _GLUED_DASHED.finditer(text) if not _IN_NUMBER.search(text, max(0, m.start() - 2), m.start())]
    for place, match in enumerate(dashed):
        number = int(match["number"])
        before, after = dashed[place - 1] if place else None, dashed[place + 1] if place + 1 < len(dashed) else None
        if (before and int(before["number"]) == number - 1 and match.start() - before.end() >= _PAGE_LENGTH) or (
            after and int(after["number"]) == number + 1 and after.start() - match.end() >= _PAGE_LENGTH
        ):
            removals.append(_with_room(text, *match.span()))
    return apart(removals)


def _with_room(text: str, start: int, end: int) -> Removal:
    """Take a mark out with one space on each side."""
    start -= text[max(0, start - 1) : start] in (" ", "\t")
    end += text[end : end + 1] in (" ", "\t")
    return Removal(start, end, kind="page_mark")


def mend_form_feeds(text: str) -> list[Edit]:
    r"""Turn a form feed into a line end, or into nothing inside a sentence.

    Examples
    --------
    >>> mend_form_feeds("全市高企总数达到125家，新增省级研发平\f台5家。")
    [Edit(start=20, end=21, text='')]
    >>> mend_form_feeds("高企达125家。\n\f二、计划")
    [Edit(start=8, end=10, text='\n')]
    """
    edits = []
    for match in _FORM_FEED.finditer(text) if "\f" in text else ():
        before = text[text.rfind("\n", max(0, match.start() - 500), match.start()) + 1 : match.start()].strip()
        line_end = text.find("\n", match.end(), match.end() + 80)
        after = text[match.end() : line_end if line_end >= 0 else match.end() + 80].strip()
        inside = before and after and cut_inside_sentence(before[-500:], after)
        edits.append(Edit(match.start(), match.end(), "" if inside else "\n"))
    return edits
