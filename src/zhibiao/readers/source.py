"""A file as a source: found fit, read by the reader of its kind, named and hashed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

from zhibiao import registry
from zhibiao.errors import InputError
from zhibiao.readers.extracted import Extracted, Reader, ReadLimits
from zhibiao.readers.files import display_name, read_bytes
from zhibiao.readers.kinds import OWN_SUFFIXES, sniff_kind
from zhibiao.records import Source

DEFAULT_LIMITS = ReadLimits()


def read_source(path: Path, *, name: str | None = None, limits: ReadLimits = DEFAULT_LIMITS) -> Source:
    """Read a file whatever its format.

    Parameters
    ----------
    path
        The file.
    name
        How outputs call it; the file's own name if not given.
    limits
        How much is read before the file is refused.

    Raises
    ------
    InputError
        For every fault of the file, with a reason that its owner can act on.
    MissingExtraError
        If the library for its format is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "宁国.txt"
    ...     _ = path.write_bytes("高企总数125家".encode("gbk"))
    ...     source = read_source(path)
    >>> source.text, source.encoding, source.name
    ('高企总数125家', 'gb18030', '宁国.txt')
    """
    shown = display_name(path.name or str(path)) if name is None else name
    try:
        data = read_bytes(path, max_bytes=limits.max_bytes)
        extracted = _extract(data, path.suffix[1:].lower(), limits)
    except InputError as error:
        raise InputError(error.reason, where=shown) from None
    return Source(
        name=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        text=extracted.text,
        kind=extracted.kind,
        encoding=extracted.encoding,
        size=len(data),
    )


def _extract(data: bytes, suffix: str, limits: ReadLimits) -> Extracted:
    """Read bytes by the reader that another package registered for the suffix, else by what the bytes are."""
    own = suffix in OWN_SUFFIXES or suffix not in registry.readers
    reader = cast("Reader", registry.readers.get(sniff_kind(data, suffix) if own else suffix))
    extracted = reader(data, limits)
    if not extracted.text.strip("\ufeff\u200b \t\r\n\f\v\x1a\u3000\xa0"):
        raise InputError("holds no text" if data.strip() else "the file is empty but for white space")
    if len(extracted.text) > limits.max_characters:
        raise InputError(f"holds more than {limits.max_characters} characters; split it")
    return extracted
