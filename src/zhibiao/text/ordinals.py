"""The numbers that headings and report marks carry: 三, 十二, 3, ③."""

from __future__ import annotations

_DIGITS = {han: number for number, han in enumerate("一二三四五六七八九", start=1)}
_RINGED = ((0x2460, 20), (0x2474, 20), (0x3220, 10))


def read_ordinal(text: str) -> int | None:
    """Read a whole number from 1 to 99 in Chinese, Arabic or ringed figures; None if it is none.

    Examples
    --------
    >>> [read_ordinal(t) for t in ("三", "十二", "二十", "12", "③", "㈡", "〇")]
    [3, 12, 20, 12, 3, 2, None]
    """
    if text.isascii():
        return int(text) if text.isdigit() and 0 < int(text) < 100 else None
    for first, count in _RINGED:
        if len(text) == 1 and first <= ord(text) < first + count:
            return ord(text) - first + 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
