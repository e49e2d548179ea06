"""What a file is, told from its bytes rather than from its name."""

from __future__ import annotations

import re

from zhibiao.errors import InputError
from zhibiao.readers.archive import open_archive

# First bytes of formats that hold no report text, and what to tell the owner of such a file.
_SIGNATURES = (
    (b"{\\rtf", "rich text (.rtf); save it as .docx"),
    (b"CAJ\0", "a CAJ document; save it as pdf"),
    (b"\x89PNG\r\n", "an image (png)"),
    (b"\xff\xd8\xff", "an image (jpeg)"),
    (b"GIF8", "an image (gif)"),
    (b"II*\0", "an image (tiff)"),
    (b"MM\0*", "an image (tiff)"),
    (b"Rar!\x1a\x07", "an archive (rar); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z); unpack it first"),
    (b"\x1f\x8b", "a compressed file (gzip); unpack it first"),
    (b"BZh", "a compressed file (bzip2); unpack it first"),
    (b"\xfd7zXZ\0", "a compressed file (xz); unpack it first"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database (sqlite)"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams inside an old Office file; an encrypted docx is such a file with its zip sealed inside.
_OLE_STREAMS = (
    ("EncryptedPackage", "password-protected; save it without a password"),
    ("WordDocument", "an old Word file (.doc); save it as .docx"),
    ("Workbook", "an old Excel file (.xls), not a report"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt), not a report"),
)
_OLE_OTHER = "an old Office file; save it as .docx"
# Parts that tell what a zip file holds.
_ZIP_PARTS = (
    (re.compile(r"OFD\.xml$"), "an OFD document; save it as pdf or .docx"),
    (re.compile(r"xl/"), "an Excel file (.xlsx), not a report"),
    (re.compile(r"ppt/"), "a PowerPoint file (.pptx), not a report"),
    (re.compile(r"content\.xml$"), "an OpenDocument file (.odt); save it as .docx"),
)
_ZIP_OTHER = "an archive (zip); unpack it first"
_HTML_START = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,9}<(?:!doctype\s+html|html|head|body)\b"
)
_MIME_START = re.compile(rb"(?i)\s*(?:mime-version|from|content-type|date|subject|snapshot-content-location)\s?:")
# Suffix → the module and function that read it, and the extra that installs what they need.
_TXT, _HTML, _MHT = ("txt", "read_txt", None), ("html", "read_html", "html"), ("html", "read_mht", "html")
_DOCX, _PDF = ("docx", "read_docx", None), ("pdf", "read_pdf", "pdf")
OWN_SUFFIXES: dict[str, tuple[str, str, str | None]] = {
    **dict.fromkeys(("txt", "text", "md"), _TXT),
    **dict.fromkeys(("html", "htm", "shtml", "xhtml"), _HTML),
    **dict.fromkeys(("mht", "mhtml"), _MHT),
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), _DOCX),
    "pdf": _PDF,
}


def sniff_kind(data: bytes, suffix: str) -> str:
    r"""Tell which reader takes a file: one of txt, html, mht, docx, pdf.

    Bytes go before the name: a page saved as ``总结.doc`` is still a page.

    Parameters
    ----------
    data
        The bytes of the file.
    suffix
        The suffix of its name, lower case, without the dot.

    Raises
    ------
    InputError
        If the bytes are of a format that is not read, with what to do about it.

    Examples
    --------
    >>> sniff_kind(b"%PDF-1.4 ...", "txt"), sniff_kind(b"<html><body>", "doc"), sniff_kind("高企".encode(), "log")
    ('pdf', 'html', 'txt')
    >>> sniff_kind(b"PK\x03\x04...", "docx")
    Traceback (most recent call last):
        ...
    zhibiao.errors.InputError: a damaged zip or docx file; get it again from where it came from
    """
    if b"%PDF-" in data[:1024] and not data[:1024].lstrip().startswith(b"<"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        streams = ((name.encode("utf-16-le"), reason) for name, reason in _OLE_STREAMS)
        raise InputError(next((reason for name, reason in streams if name in data), _OLE_OTHER))
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(reason)
    return _text_kind(data, suffix)


def _zip_kind(data: bytes) -> str:
    with open_archive(data) as archive:
        names = archive.namelist()
    if "word/document.xml" in names or any(re.match(r"word/.*\.xml$", name) for name in names):
        return "docx"
    for pattern, reason in _ZIP_PARTS:
        if any(pattern.match(name) for name in names):
            raise InputError(reason)
    raise InputError(_ZIP_OTHER)


def _text_kind(data: bytes, suffix: str) -> str:
    """Tell text, page and page archive apart; a wide encoding's zero bytes do not hide the tags."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if b"<?mso-application" in head:
        raise InputError("a Word file in XML form; save it as .docx")
    if _MIME_START.match(head) and b"multipart/" in head:
        return "mht"
    if OWN_SUFFIXES.get(suffix) == _HTML or _HTML_START.match(head):
        return "html"
    if OWN_SUFFIXES.get(suffix) in (_PDF, _DOCX):
        raise InputError(f"damaged, or no .{suffix} file; get it again from where it came from")
    return "txt"
