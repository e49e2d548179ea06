from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.errors import ModelError
from zhibiao.pipes.encoder.pieces import Pieces

PIECES = Pieces({"高": -9.0, "企": -9.0, "高企": -10.0, "企业": -10.0, "业": -9.0, ",": -5.0}, {"，": ","})


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("高企", ["高企"]),
        ("高企业", ["高企", "业"]),  # as likely as 高|企业: the shorter piece at the end stays
        ("高，企业", ["高", "，", "企业"]),
        ("高户企业", ["高", "户", "企业"]),
        ("", []),
    ],
)
def test_text_is_cut_into_its_likeliest_pieces(text: str, pieces: list[str]) -> None:
    place, found = 0, []
    for size in PIECES.cut(text):
        found.append(text[place : place + size])
        place += size
    assert found == pieces


@given(st.text(st.sampled_from("高企业，,户 \n𠮷"), max_size=30))
def test_pieces_cover_the_text_and_unknown_ones_are_single(text: str) -> None:
    place = 0
    for size in PIECES.cut(text):
        assert size == 1 or PIECES.number(text[place : place + size]) > 3
        place += size
    assert place == len(text)


def test_numbers_survive_the_bytes() -> None:
    again = Pieces.from_bytes(PIECES.to_bytes())
    assert [again.number(piece) for piece in ("高企", "，", "户")] == [6, 9, 3]
    assert again.cut("高企业") == PIECES.cut("高企业")


@pytest.mark.parametrize("damaged", [b"", b"\x93\x01\x02\x03", PIECES.to_bytes()[:-3]])
def test_damaged_bytes_are_refused(damaged: bytes) -> None:
    with pytest.raises(ModelError, match="train it again"):
        Pieces.from_bytes(damaged)
