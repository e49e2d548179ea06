"""From files to sources: finding them, telling what they are, taking out their text.

::

    walk_paths    folders → FoundFile          files
    read_source   a file → records.Source      source
      read_bytes    only regular files, only so large         files
      sniff_kind    what the bytes are, whatever the name     kinds
      a reader      bytes → Extracted                         txt · html · docx · pdf
        decode        bytes → text                            encodings
        table_lines   tables → 名称：值                        tables · grids · table_words

Readers register under their suffixes in ``registry.readers``; another package adds one by an entry point there. A
reader's module is imported when its first file comes, so that a library that is not installed is missed only then.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from zhibiao import registry
from zhibiao.errors import MissingExtraError
from zhibiao.readers.encodings import Decoded, decode
from zhibiao.readers.extracted import Extracted, Reader, ReadLimits
from zhibiao.readers.files import FoundFile, walk_paths
from zhibiao.readers.kinds import OWN_SUFFIXES
from zhibiao.readers.source import read_source

__all__ = ["Decoded", "Extracted", "FoundFile", "ReadLimits", "Reader", "decode", "read_source", "walk_paths"]


def _lazy_reader(module: str, function: str, extra: str | None) -> Reader:
    """Make a reader that imports its module when it is first used."""

    def read(data: bytes, limits: ReadLimits) -> Extracted:
        try:
            reader = cast("Reader", getattr(import_module(f"{__name__}.{module}"), function))
        except ModuleNotFoundError as error:
            if extra is None:
                raise
            raise MissingExtraError(
                f"reading {extra} files needs the library {error.name}: pip install 'zhibiao[{extra}]'"
            ) from error
        return reader(data, limits)

    return read


for _suffix, (_module, _function, _extra) in OWN_SUFFIXES.items():
    registry.readers.register(_suffix, func=_lazy_reader(_module, _function, _extra))
