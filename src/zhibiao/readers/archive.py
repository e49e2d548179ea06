"""Zip archives from strangers: opened, weighed, and read part by part within limits."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from zhibiao.errors import InputError
from zhibiao.readers.extracted import MEBIBYTE, ReadLimits

# What zipfile raises over damaged bytes, found by mutating archives; ValueError covers names that are not Unicode,
# RuntimeError and NotImplementedError encryption and unknown compression.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_DAMAGED = "a damaged zip or docx file; get it again from where it came from"
_TOO_LARGE = "unpacks to more than the limit of {:g} MiB; not read, it may be a zip bomb"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive for its list of parts; nothing is unpacked.

    Raises
    ------
    InputError
        If the list of parts cannot be read.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAULTS:
        raise InputError(_DAMAGED) from None


def check_archive(archive: zipfile.ZipFile, limits: ReadLimits) -> None:
    """Refuse an archive that says of itself that it unpacks beyond the limits.

    Raises
    ------
    InputError
        If there are too many parts, too much in them, or one that is packed more tightly than any document.
    """
    members = archive.infolist()
    if len(members) > limits.max_members:
        raise InputError(f"holds {len(members)} parts, more than the limit of {limits.max_members}; not read")
    if sum(member.file_size for member in members) > limits.max_inflated:
        raise InputError(_TOO_LARGE.format(limits.max_inflated / MEBIBYTE))
    for member in members:
        if member.file_size > MEBIBYTE and member.file_size > limits.max_ratio * max(member.compress_size, 1):
            raise InputError(f"packed more than {limits.max_ratio} times; not read, it may be a zip bomb")


def read_member(archive: zipfile.ZipFile, name: str, *, max_size: int) -> bytes | None:
    """Unpack one part; None if the archive has no such part.

    The size that the archive claims is not trusted: unpacking stops at ``max_size``.

    Raises
    ------
    InputError
        If the part is damaged, encrypted or larger than ``max_size``.
    """
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    if member.flag_bits & 1:
        raise InputError("password-protected; save it without a password")
    try:
        with archive.open(member) as stream:
            content = stream.read(max_size + 1)
    except ZIP_FAULTS:
        raise InputError(_DAMAGED) from None
    if len(content) > max_size:
        raise InputError(_TOO_LARGE.format(max_size / MEBIBYTE))
    return content
