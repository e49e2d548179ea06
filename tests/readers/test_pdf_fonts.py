"""The font of boxes."""

from __future__ import annotations

import io

import pytest
from PIL import ImageFont

from zhibiao.readers.pdf_fonts import BOX, UNITS_PER_EM, install_box_font, make_box_font

SIZE = 100


@pytest.mark.parametrize("character", ["全", "1", "，", "\u3000", "𠮷", "\U0010ffff"])
def test_make_box_font_has_the_same_box_for_every_character(character: str) -> None:
    font = ImageFont.truetype(io.BytesIO(make_box_font()), SIZE)
    left, bottom, right, top = (round(value * SIZE / UNITS_PER_EM) for value in BOX)
    inked = font.getmask(character).getbbox()
    assert inked == (left, 0, right, top - bottom)
    assert font.getlength(character) == SIZE


@pytest.mark.parametrize(("charset", "answered"), [(134, True), (136, True), (0, False), (2, False)])
def test_install_box_font_answers_for_chinese_fonts_only(charset: int, answered: bool) -> None:
    info = install_box_font()
    assert bool(info.MapFont(info, 400, 0, charset, 0, b"SimSun", None)) is answered
    assert install_box_font() is info
