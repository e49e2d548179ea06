"""What a file is, by its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from zhibiao.errors import InputError
from zhibiao.readers.kinds import sniff_kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MHT = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        ("高企".encode(), "txt", "txt"),
        ("高企".encode(), "", "txt"),
        ("高企".encode(), "html", "html"),
        (b"<!DOCTYPE html><p>", "txt", "html"),
        (b"\xef\xbb\xbf\r\n<!-- x -->\n<html xmlns:o='urn'>", "doc", "html"),
        ("<html><body>".encode("utf-16"), "", "html"),
        (b"<?xml version='1.0' encoding='gbk'?>\n<!DOCTYPE html PUBLIC>", "", "html"),
        ("<高企>总数".encode(), "txt", "txt"),
        (MHT, "doc", "mht"),
        ("Date: 高企".encode(), "txt", "txt"),
        (b"\n%PDF-1.7\n", "docx", "pdf"),
        (archive("[Content_Types].xml", "word/document2.xml"), "zip", "docx"),
    ],
)
def test_sniff_kind_believes_bytes_before_names(data: bytes, suffix: str, kind: str) -> None:
    assert sniff_kind(data, suffix) == kind


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "docx", r"old Word file \(.doc\); save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "docx", "password-protected"),
        (OLE + "Workbook".encode("utf-16-le"), "doc", "Excel"),
        (OLE, "wps", "an old Office file; save it as .docx"),
        (b"{\\rtf1\\ansi", "doc", "rich text"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "doc", "in XML form; save it as .docx"),
        (b"\xff\xd8\xff\xe0", "txt", "an image"),
        (b"\x7fELF\x02", "txt", "a program"),
        (b"PK\x03\x04 cut off", "docx", "a damaged zip or docx file"),
        (archive("xl/workbook.xml"), "docx", "Excel"),
        (archive("OFD.xml"), "ofd", "OFD"),
        (archive("content.xml"), "odt", "OpenDocument"),
        (archive("宁国.txt"), "zip", "an archive"),
        ("高企".encode(), "pdf", "damaged, or no .pdf file"),
        ("高企".encode(), "docx", "damaged, or no .docx file"),
    ],
)
def test_sniff_kind_says_what_to_do_with_other_formats(data: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        sniff_kind(data, suffix)
