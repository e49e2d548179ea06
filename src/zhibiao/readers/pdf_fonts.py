"""The font that stands in for Chinese fonts which a PDF names but does not hold.

PDFium measures characters with a font of the machine then, and what comes out depends on the machine: without a
Chinese font each Chinese character that is placed by itself has no width and is dropped without a word (of
「企业总数达125家」 the digits remain); with one, a file of 26 MB is opened for every page, 18 ms each. Here every such
font is answered with one whose glyphs are all the same box, the size of an ideograph. The text is that which Noto
Serif CJK gives, on every machine, and comes 17 times as fast.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

# Japanese, Korean (two), simplified and traditional Chinese, as FPDF_SYSFONTINFO numbers them.
CJK_CHARSETS = frozenset((128, 129, 130, 134, 136))
UNITS_PER_EM = 1000
BOX = (60, -100, 940, 860)  # left, bottom, right, top: about what an ideograph of a text font fills

_HANDLE = 1
_WHOLE_FILE = 0


@cache
def install_box_font() -> Any:
    """Answer PDFium's requests for Chinese fonts with the box font, for as long as the process lives.

    Returns the structure of callbacks, which must live on.
    """
    font = make_box_font()

    def map_font(_: object, weight: int, italic: int, charset: int, *others: object) -> int | None:
        return _HANDLE if charset in CJK_CHARSETS else None  # PDFium has Latin fonts of its own

    def get_font_data(_: object, handle: object, table: int, buffer: Any, size: int) -> int:
        if table != _WHOLE_FILE:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    def nothing(*_: object) -> None:
        return None

    def zero(*_: object) -> int:
        return 0

    callbacks = {
        "Release": nothing,
        "EnumFonts": nothing,
        "MapFont": map_font,
        "GetFont": nothing,
        "GetFontData": get_font_data,
        "GetFaceName": zero,
        "GetFontCharset": zero,
        "DeleteFont": nothing,
    }
    info = pypdfium2.raw.FPDF_SYSFONTINFO(version=1)
    for name, kind in info._fields_:
        if name in callbacks:
            setattr(info, name, kind(callbacks[name]))
    pypdfium2.raw.FPDF_SetSystemFontInfo(info)
    return info


def make_box_font() -> bytes:
    """Make a TrueType font in which every character is the same box (OpenType 1.9, chapters head to cmap).

    Examples
    --------
    >>> len(make_box_font()) < 600
    True
    """
    left, bottom, right, top = BOX
    corners = ((left, bottom), (left, top), (right, top), (right, bottom))
    steps = [(x - before[0], y - before[1]) for (x, y), before in zip(corners, ((0, 0), *corners), strict=False)]
    box = struct.pack(">5h2H4B", 1, *BOX, 3, 0, *[1] * 4)  # one contour that ends at point 3, no instructions
    box += struct.pack(">8h", *(x for x, _ in steps), *(y for _, y in steps))
    box += bytes(-len(box) % 4)
    tables = {
        b"cmap": struct.pack(">4HI", 0, 1, 3, 10, 12) + struct.pack(">2H6I", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1),
        b"glyf": box * 2,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS_PER_EM, 0, 0, *BOX, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, top, bottom, 0, UNITS_PER_EM, left, left, right, *[0] * 8, 1),
        b"hmtx": struct.pack(">Hhh", UNITS_PER_EM, left, left),
        b"loca": struct.pack(">3I", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    directory = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    content = b""
    for tag, table in tables.items():
        place = 12 + 16 * len(tables) + len(content)
        directory += tag + struct.pack(">3I", 0, place, len(table))
        content += table + bytes(-len(table) % 4)
    return directory + content
