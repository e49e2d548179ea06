"""PDF files, through PDFium."""

from __future__ import annotations

import re

import pypdfium2  # type: ignore[import-untyped]

from zhibiao.errors import InputError
from zhibiao.readers.extracted import Extracted, ReadLimits
from zhibiao.readers.pdf_fonts import install_box_font

PASSWORD_ERROR = 4
# A scan may carry a page number or the mark of the scanning program on each page, such as 扫描全能王 创建.
SCAN_CHARACTERS = 30
MOST_UNREADABLE = 0.3

_IMAGE_OBJECT = 3
_SPACE = re.compile(r"\s")
# Private characters, noncharacters and controls stand for glyphs of which the font does not say what they mean.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]")


def read_pdf(data: bytes, limits: ReadLimits) -> Extracted:
    """Read a PDF page by page; lines end where they end on the page, pages with a form feed.

    Raises
    ------
    InputError
        If the file is damaged, protected by a password, too long, a scan without text, or its fonts do not tell
        which characters they draw.
    """
    install_box_font()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == PASSWORD_ERROR:
            raise InputError("password-protected; save it without a password") from None
        raise InputError("a damaged PDF; get it again from where it came from") from None
    try:
        count = len(document)
        if count > limits.max_pages:
            raise InputError(f"has {count} pages, more than the limit of {limits.max_pages}; split it")
        pages = _read_pages(document, count, limits)
        text = "\f".join(pages)
        _check_text(text, pages, document)
    except pypdfium2.PdfiumError:
        raise InputError("a damaged PDF; get it again from where it came from") from None
    finally:
        document.close()
    return Extracted(text, "pdf")


def _read_pages(document: pypdfium2.PdfDocument, count: int, limits: ReadLimits) -> list[str]:
    pages: list[str] = []
    left = limits.max_characters
    for number in range(count):
        page = document[number]
        content = page.get_textpage()
        if content.count_chars() > left:
            raise InputError(f"holds more than {limits.max_characters} characters; split it")
        text: str = content.get_text_bounded()
        content.close()
        page.close()
        left -= len(text)
        # PDFium writes U+0002 for a hyphen at the end of a line and joins the line to the next.
        pages.append(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "-").replace("\x00", ""))
    return pages


def _check_text(text: str, pages: list[str], document: pypdfium2.PdfDocument) -> None:
    sizes = [len(_SPACE.sub("", page)) for page in pages]
    total = sum(sizes)
    if not total or (max(sizes) <= SCAN_CHARACTERS and all(_is_picture(document, page) for page in range(len(pages)))):
        raise InputError("a scan without text; have it read by a text recognition program (OCR) first")
    if len(_UNREADABLE.findall(text)) > MOST_UNREADABLE * total:
        raise InputError("its fonts do not tell which characters they draw; have it read by text recognition (OCR)")


def _is_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Tell whether one image covers most of a page; a logo or a seal does not."""
    page = document[number]
    width, height = page.get_size()
    found = False
    for image in page.get_objects(filter=[_IMAGE_OBJECT], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        found = found or abs((right - left) * (top - bottom)) > width * height / 2
    page.close()
    return found
