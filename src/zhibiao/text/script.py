"""The step from traditional to simplified characters, only where the text is traditional.

OpenCC's ``t2s`` harms simplified text (乾县 → 干县), so each line is judged first. The evidence is characters that
stand in one script only: converted by ``t2s`` and absent from GB 2312, or converted by ``s2t`` and absent from Big5.
乾, 著, 於 and the like stand in both and count for neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import opencc

from zhibiao.alignment import Edit

# A line of another script than the file's needs this many characters to show it: the notice of a share site around a
# simplified report, against the single 黃 or 龔 of a name.
_FOREIGN_LINE = 4
_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class _Scripts:
    to_simplified: opencc.OpenCC
    traditional: re.Pattern[str]
    simplified: re.Pattern[str]


@cache
def _scripts() -> _Scripts:
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    converters = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")

    def only_in(converter: opencc.OpenCC, other_charset: str) -> re.Pattern[str]:
        # One character a line, so that no phrase of OpenCC's dictionaries can form across them.
        converted = converter.convert("\n".join(han)).split("\n")
        members = (
            a for a, b in zip(han, converted, strict=True) if a != b and not a.encode(other_charset, errors="ignore")
        )
        return re.compile(f"[{''.join(members)}]")

    return _Scripts(converters[0], only_in(converters[0], "gb2312"), only_in(converters[1], "big5"))


def simplify(text: str) -> list[Edit]:
    """Convert the lines that are written in traditional characters, one character by one.

    Examples
    --------
    >>> [e.text for e in simplify("市科技局工作總結")]
    ['总', '结']
    >>> simplify("乾县科技局工作总结，黃某参加")
    []
    """
    scripts = _scripts()
    if not scripts.traditional.search(text):
        return []
    lines = text.split("\n")
    counts = [(len(scripts.traditional.findall(line)), len(scripts.simplified.findall(line))) for line in lines]
    edits: list[Edit] = []
    offset = 0
    for line, converts in zip(lines, _traditional_lines(lines, counts), strict=True):
        if converts:
            edits += _convert_line(scripts.to_simplified, line, offset)
        offset += len(line) + 1
    return edits


def _traditional_lines(lines: Sequence[str], counts: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell which lines are traditional, by each line's count of characters of either script only."""
    if sum(t for t, _ in counts) > sum(s for _, s in counts):
        return [traditional >= simplified for traditional, simplified in counts]
    # 「溫馨提示」 is short and holds no simplified form; 「最新文檔」 has one character to show it, and such lines beside it.
    chosen = [
        (t >= _FOREIGN_LINE and t > 2 * s) or (t >= 2 and s == 0 and t * 4 >= len(line))
        for line, (t, s) in zip(lines, counts, strict=True)
    ]
    for order in (range(len(counts)), range(len(counts) - 1, -1, -1)):
        reach = 0
        for index in order:
            traditional, simplified = counts[index]
            chosen[index] = chosen[index] or (reach > 0 and traditional > 0 and simplified == 0)
            reach = _NEIGHBOURS if chosen[index] else (reach - 1 if simplified == 0 else 0)
    return chosen


def _convert_line(converter: opencc.OpenCC, line: str, offset: int) -> list[Edit]:
    # OpenCC speaks UTF-8, which has no lone surrogates; they are damage and stay.
    readable = re.sub("[\ud800-\udfff]", "?", line)
    converted = converter.convert(readable)
    if len(converted) != len(line):
        converted = "".join(converter.convert(character) for character in readable)
    return [
        Edit(offset + i, offset + i + 1, new)
        for i, (old, new) in enumerate(zip(readable, converted, strict=True))
        # A simplified form outside the basic plane is no one's spelling: 鴮 only stands in broken text.
        if old != new and ord(new) < 0x10000
    ]
