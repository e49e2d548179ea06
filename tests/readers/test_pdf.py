"""PDF files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhibiao.errors import InputError
from zhibiao.readers.extracted import ReadLimits
from zhibiao.readers.pdf import read_pdf

MakePdf = Callable[..., bytes]
PAGES = (
    ("宁国市科技局2021年工作总结", "高企总数达125家，研发经", "费投入2.41亿元。"),
    ("well-", "known", "第二页", "- 2 -"),
)


def test_read_pdf_keeps_lines_and_marks_pages(make_pdf: MakePdf) -> None:
    extracted = read_pdf(make_pdf(*PAGES), ReadLimits())
    first, second = extracted.text.split("\f")
    assert first.split("\n") == list(PAGES[0])
    assert second.split("\n") == ["well-known", "第二页", "- 2 -"]
    assert (extracted.kind, extracted.encoding) == ("pdf", None)


def test_read_pdf_opens_a_file_that_only_restricts_printing(make_pdf: MakePdf) -> None:
    assert "125家" in read_pdf(make_pdf(*PAGES, password=""), ReadLimits()).text


def test_read_pdf_refuses_a_protected_file(make_pdf: MakePdf) -> None:
    with pytest.raises(InputError, match="password-protected"):
        read_pdf(make_pdf(*PAGES, password="secret"), ReadLimits())


@pytest.mark.parametrize(
    ("pages", "image_height"),
    [(((),), 800), (((), ()), 0), ((("扫描全能王 创建",), ("扫描全能王 创建",)), 800)],
)
def test_read_pdf_tells_a_scan(make_pdf: MakePdf, pages: tuple[tuple[str, ...], ...], image_height: float) -> None:
    with pytest.raises(InputError, match="a scan without text"):
        read_pdf(make_pdf(*pages, image_height=image_height), ReadLimits())


def test_read_pdf_does_not_take_a_page_with_a_logo_for_a_scan(make_pdf: MakePdf) -> None:
    assert read_pdf(make_pdf(("高企125家",), image_height=100), ReadLimits()).text == "高企125家"
    assert "125家" in read_pdf(make_pdf(*PAGES, image_height=800), ReadLimits()).text  # a scan with recognised text


def test_read_pdf_refuses_text_that_its_fonts_do_not_spell(make_pdf: MakePdf) -> None:
    with pytest.raises(InputError, match="fonts do not tell"):
        read_pdf(make_pdf(("\ue001\ue002\ue003\ue004\ue005高企",)), ReadLimits())


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(ReadLimits(max_pages=1), "2 pages, more than the limit of 1"), (ReadLimits(max_characters=40), "more than 40")],
)
def test_read_pdf_keeps_to_the_limits(make_pdf: MakePdf, limits: ReadLimits, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_pdf(make_pdf(*PAGES), limits)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_read_pdf_refuses_a_file_cut_off(make_pdf: MakePdf, share: float) -> None:
    data = make_pdf(*PAGES)
    with pytest.raises(InputError, match="a damaged PDF"):
        read_pdf(data[: int(share * len(data))], ReadLimits())


def test_read_pdf_reads_characters_placed_one_by_one_on_a_machine_without_fonts(make_pdf: MakePdf) -> None:
    # Without a stand-in font PDFium drops the Chinese characters of this page and leaves the digits.
    text = "企业总数达125家"
    assert read_pdf(make_pdf((text,), spread=True), ReadLimits()).text.replace(" ", "") == text
