"""Zip archives within limits."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from zhibiao.errors import InputError
from zhibiao.readers.archive import check_archive, open_archive, read_member
from zhibiao.readers.extracted import MEBIBYTE, ReadLimits

ZEROS = bytes(4 * MEBIBYTE)


def archive(content: bytes, *, count: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for number in range(count):
            new.writestr(f"word/{number}.xml", content)
    return stream.getvalue()


def claiming(data: bytes, size: int) -> bytes:
    """Let an archive claim another unpacked size in its list of parts."""
    place = data.rindex(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", size) + data[place + 4 :]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ReadLimits(max_members=2), "3 parts, more than the limit of 2"),
        (ReadLimits(max_inflated=10 * MEBIBYTE), "more than the limit of 10 MiB"),
        (ReadLimits(max_ratio=100), "packed more than 100 times"),
    ],
)
def test_check_archive_refuses_bombs(limits: ReadLimits, reason: str) -> None:
    with open_archive(archive(ZEROS, count=3)) as opened, pytest.raises(InputError, match=reason):
        check_archive(opened, limits)


def test_read_member_does_not_trust_the_claimed_size() -> None:
    with open_archive(claiming(archive(ZEROS), 10)) as opened:
        check_archive(opened, ReadLimits())
        with pytest.raises(InputError, match="damaged"):
            read_member(opened, "word/0.xml", max_size=MEBIBYTE)
    with open_archive(archive(ZEROS)) as opened, pytest.raises(InputError, match="more than the limit of 1 MiB"):
        read_member(opened, "word/0.xml", max_size=MEBIBYTE)


def test_read_member_gives_none_for_a_part_that_is_not_there() -> None:
    with open_archive(archive(b"x")) as opened:
        assert read_member(opened, "word/9.xml", max_size=9) is None
        assert read_member(opened, "word/0.xml", max_size=9) == b"x"


def test_read_member_refuses_an_encrypted_part() -> None:
    data = archive(b"x")
    place = data.rindex(b"PK\x01\x02") + 8
    with open_archive(data[:place] + b"\1" + data[place + 1 :]) as opened, pytest.raises(InputError, match="password"):
        read_member(opened, "word/0.xml", max_size=9)


def test_a_bomb_in_a_docx_is_refused(make_docx: Callable[..., bytes]) -> None:
    from zhibiao.readers.docx import read_docx  # noqa: PLC0415  beside its only use here

    bomb = make_docx("", **{"word/document.xml": b"<a>" + b" " * (20 * MEBIBYTE) + b"</a>"})
    with pytest.raises(InputError, match="bomb"):
        read_docx(bomb, ReadLimits())
    with pytest.raises(InputError, match="more than the limit of 8 MiB"):
        read_docx(bomb, ReadLimits(max_ratio=10_000, max_xml=8 * MEBIBYTE))
