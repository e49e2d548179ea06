"""Steps that take out stray spaces and keep those that hold columns apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibiao.alignment import Edit
from zhibiao.text.removal import apart

_HAN = "\u3400-\u9fff"

_INDENT = re.compile(r"(?<=\n)[ \t]+")
# The look-behind makes a run of spaces inside a line one attempt, not one for each space.
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\n)")

# Full-width punctuation has its own room; a space beside it is a stray: 「食品添加剂” 、“月球」, 「活力 。」.
_BEFORE_MARK = re.compile(r"(?<=[^\s])[ ]+(?=[、，。；：！？）》])")
# Inside running text 「推动 “工业强省”」 too; in a headline the space stands for a comma (「“跟跑”转“并跑” 江城加速换挡」).
_BEFORE_QUOTE = re.compile(rf"(?<=[{_HAN}])[ ](?=[“《])")
_AFTER_MARK = re.compile(r"(?<=[、，。；：！？（《])[ ](?=[^\s])")

# 「全 市 高 新 技 术 企 业 达 1 2 5 家」: single characters, each with one or two spaces behind it.
_SCATTERED = re.compile(r"(?<!\S)\S(?: {1,2}\S(?!\S)){3,}")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_INNER_SPACE = re.compile(r"(?<=\S) {1,2}(?=\S)")
# A space beside an ideograph with no mark on either side.
_STRAY = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}\d])|(?<=\d) (?=[{_HAN}])")
_LATIN = re.compile(r"[A-Za-z]")

_UNIT = r"(?:[百千万亿]{0,2}(?:元|美元|欧元)|[万亿]|家|件|户|项|人次|人|个百分点|个|平方|公里|吨|亩|%|％|‰|年(?!\S*级)|月|日)"
# 「1 830.7 亿 元」: digits in groups of three, a unit behind them, no further column before them.
_GROUPED = re.compile(
    rf"(?<![\d.,，] )(?<![\d.,，])[1-9]\d{{0,2}}(?P<groups>(?: \d{{3}}){{1,4}})(?![\d,])(?=(?:\.\d{{1,4}})? ?{_UNIT})"
)
_SPACED_DIGITS = re.compile(rf"(?<![\d.,] )(?<![\d.,])\d(?P<digits>(?: [\d.]){{2,12}})(?![\d.]| \d)(?= ?{_UNIT})")
_SPLIT_UNIT = re.compile(
    rf"(?<=\d)(?P<first> ?)(?P<unit>[百千万亿]{{1,2}}) (?=[元美欧吨亩])|(?<=\d)(?P<bare> )(?={_UNIT})"
)
# 「以全省 100 个县」: the typist's room around a number inside running text.
_ROOMY_NUMBER = re.compile(
    rf"(?<=[{_HAN}])(?P<left> )(?P<number>[\d.,]{{1,15}}(?:%|[百千万亿]{{1,2}})?)(?P<right> )(?=[{_HAN}])"
)
_RUNNING_TEXT = re.compile(r"[，。；、,;]")
_HAN_GAP = re.compile(f"(?<=[{_HAN}]{{2}}) (?=[{_HAN}]{{2}})")


def drop_indents(text: str) -> list[Edit]:
    r"""Take out spaces at the start and end of lines, and all white space around the text.

    Examples
    --------
    >>> drop_indents("\n 一、总结\t\n高企")
    [Edit(start=0, end=2, text=''), Edit(start=6, end=7, text='')]
    """
    first = len(text) - len(text.lstrip())
    last = max(first, len(text.rstrip()))
    edits = [Edit(start, end) for start, end in ((0, first), (last, len(text))) if start < end]
    if " " in text or "\t" in text:
        for pattern in (_INDENT, _TRAILING):
            edits += [Edit(m.start(), m.end()) for m in pattern.finditer(text, first, last)]
    return apart(edits)


def drop_spaces_at_marks(text: str) -> list[Edit]:
    """Take out the spaces beside full-width punctuation inside a line.

    Examples
    --------
    >>> drop_spaces_at_marks("食品添加剂” 、“月球探测”")
    [Edit(start=6, end=7, text='')]
    """
    if " " not in text:
        return []
    edits = [Edit(m.start(), m.end()) for pattern in (_BEFORE_MARK, _AFTER_MARK) for m in pattern.finditer(text)]
    for start, line in _lines_with_spaces(text):
        if _RUNNING_TEXT.search(line) and not _table_row(line):
            edits += [Edit(start + m.start(), start + m.end()) for m in _BEFORE_QUOTE.finditer(line)]
    return apart(edits)


def join_scattered(text: str) -> list[Edit]:
    """Join lines whose characters were set or recognised one by one.

    Examples
    --------
    >>> len(join_scattered("全 市 高 新 技 术 企 业 达 1 2 5 家"))
    12
    >>> len(join_scattered("5 月1 0 日我 牵头 完成 辖区 调查, 回收问 卷32 份"))
    10
    >>> join_scattered("上海市市长 龚 正"), join_scattered("高企 5 7 9 3")
    ([], [])
    """
    edits = []
    for start, line in _lines_with_spaces(text):
        runs = [m[0] for m in _SCATTERED.finditer(line)]
        if not any(len(_HAN_CHARACTER.findall(run)) * 2 >= len(run.split()) for run in runs) and not _strewn(line):
            continue
        for gap in _INNER_SPACE.finditer(line):
            # Two Latin words keep their space, even here.
            if not (_LATIN.match(line[gap.start() - 1]) and _LATIN.match(line[gap.end()])):
                edits.append(Edit(start + gap.start(), start + gap.end()))
    return edits


def _strewn(line: str) -> bool:
    """Tell running text that spaces fell into at random from a line whose few spaces part something."""
    gaps = len(_STRAY.findall(line))
    return (
        gaps >= 4
        and gaps * 8 >= len(_HAN_CHARACTER.findall(line))
        and bool(_RUNNING_TEXT.search(line))
        and "  " not in line
    )


def join_numbers(text: str) -> list[Edit]:
    """Join numbers that spaces fell into, and take out the room around them.

    Examples
    --------
    >>> [(e.start, e.end) for e in join_numbers("收入1 830.7 亿 元")]
    [(3, 4), (9, 10), (11, 12)]
    >>> [(e.start, e.end) for e in join_numbers("覆盖全省 100 个县，成效明显")]
    [(4, 5), (8, 9)]
    >>> join_numbers("高企 125 139")
    []
    """
    edits = []
    for start, line in _lines_with_spaces(text):
        for place in _number_spaces(line):
            edits.append(Edit(start + place, start + place + 1))
    return apart(edits)


def _number_spaces(line: str) -> Iterator[int]:
    running = bool(_RUNNING_TEXT.search(line))
    for match in _GROUPED.finditer(line):
        # 「高企 125 139 家」 are two columns; 「主营业务收入 1 830.7 亿元，增长…」 one number.
        if line[match.start() - 1 : match.start()] == " " and not running:
            continue
        yield from (i for i in range(match.start("groups"), match.end("groups")) if line[i] == " ")
    for match in _SPACED_DIGITS.finditer(line):
        yield from (i for i in range(match.start("digits"), match.end("digits")) if line[i] == " ")
    for match in _SPLIT_UNIT.finditer(line):
        if match["unit"] or not _table_row(line):
            yield from (i for i in range(match.start(), match.end()) if line[i] == " ")
    if running and not _table_row(line):
        for match in _ROOMY_NUMBER.finditer(line):
            yield match.start("left")
            yield match.start("right")


def _table_row(line: str) -> bool:
    return "\t" in line or bool(re.search(r"\d[%％]? +\d|  ", line))


def join_words(text: str) -> list[Edit]:
    """Join a word that a space fell into, where the text elsewhere writes the same four characters together.

    Examples
    --------
    >>> join_words("高新技 术企业，新增5家。培育高新技术企业")
    [Edit(start=3, end=4, text='')]
    >>> join_words("党建引领 科技争先，做好工作。")
    []
    """
    gaps = [
        start + m.start()
        for start, line in _lines_with_spaces(text)
        if _RUNNING_TEXT.search(line) and not _table_row(line)
        for m in _HAN_GAP.finditer(line)
    ]
    if not gaps:
        return []
    known = {text[i : i + 4] for i in range(len(text) - 3)}
    return [Edit(gap, gap + 1) for gap in gaps if text[gap - 2 : gap] + text[gap + 1 : gap + 3] in known]


def _lines_with_spaces(text: str) -> Iterator[tuple[int, str]]:
    """Give each line that has an inner space, with its offset."""
    if " " not in text:
        return
    start = 0
    for line in text.split("\n"):
        if " " in line:
            yield start, line
        start += len(line) + 1
