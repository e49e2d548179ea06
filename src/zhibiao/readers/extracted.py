"""What a reader takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of a file is read before it is refused; a hostile or mistaken file must not stop a long run.

    Parameters
    ----------
    max_bytes
        Size of the file.
    max_characters
        Length of the text taken out of it.
    max_inflated
        Size of all parts of a docx together once unpacked.
    max_xml
        Size of one XML part of a docx once unpacked; its tree takes about ten times as much memory.
    max_members
        Number of parts of a docx.
    max_ratio
        Unpacked size over packed size of a docx part of more than a mebibyte.
    max_pages
        Pages of a pdf.
    """

    max_bytes: int = 64 * MEBIBYTE
    max_characters: int = 32 * MEBIBYTE
    max_inflated: int = 512 * MEBIBYTE
    max_xml: int = 64 * MEBIBYTE
    max_members: int = 10_000
    max_ratio: int = 250
    max_pages: int = 5_000


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, its kind (txt, html, docx, pdf) and the encoding it was read with, where it had one."""

    text: str
    kind: str
    encoding: str | None = None


Reader = Callable[[bytes, ReadLimits], Extracted]
"""Reads the bytes of a file; raises InputError without a place, which ``read_source`` adds."""
