"""Encodings told from bytes alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from opencc import OpenCC

from zhibiao.errors import InputError
from zhibiao.readers.encodings import declared_encoding, decode

RAW = Path(__file__).parents[2] / "corpus" / "raw"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]
# Text 1 is traditional with pinyin in it, (fù), which Big5 cannot write.
SIMPLIFIED = [TEXTS[0], *TEXTS[2:]]
TRADITIONAL = [re.sub(r"\([^()]*\)", "", TEXTS[1]), *(OpenCC("s2tw").convert(text) for text in SIMPLIFIED)]
SIMPLIFIED_CODECS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
SHORT = 12


def encoded(text: str, codec: str) -> tuple[bytes, str]:
    """Give the bytes of a text and the text as far as the codec can write it."""
    data = text.encode(codec, "ignore")
    return data, text if codec.startswith("utf") else data.decode(codec)


def is_telling(passage: str) -> bool:
    """「號: 113417020」 in Big5 is 「腹: 113417020」 in GB18030: one character tells nothing."""
    return len(re.findall("[一-鿿]", passage)) >= 4


@pytest.mark.parametrize("codec", SIMPLIFIED_CODECS)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_decode_gives_back_each_report_in_each_encoding(text: str, codec: str) -> None:
    data, text = encoded(text, codec)
    assert decode(data).text == text


@pytest.mark.parametrize("codec", ["big5", "cp950", "big5hkscs"])
@pytest.mark.parametrize("text", TRADITIONAL, ids=range(len(TRADITIONAL)))
def test_decode_gives_back_traditional_reports_in_big5(text: str, codec: str) -> None:
    # Windows and Hong Kong differ from the standard in symbols such as ～ and ／ only.
    data, text = encoded(re.sub("[•∼～／＼¥￥··‧∥]", "", text), codec)
    assert decode(data).text == text


@given(st.data())
def test_decode_gives_back_passages_of_a_title_s_length(data: st.DataObject) -> None:
    codec = data.draw(st.sampled_from(SIMPLIFIED_CODECS))
    text = data.draw(st.sampled_from(SIMPLIFIED))
    start = data.draw(st.integers(0, len(text) - SHORT))
    length = data.draw(st.integers(SHORT, 200))
    encoded_text, passage = encoded(text[start : start + length], codec)
    assume(is_telling(passage))
    assert decode(encoded_text).text == passage


@given(st.data())
def test_decode_gives_back_traditional_passages(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TRADITIONAL[1:]))  # the first holds passages that an earlier program garbled
    start = data.draw(st.integers(0, len(text) - 200))
    length = data.draw(st.integers(SHORT, 200))
    encoded_text, passage = encoded(text[start : start + length], "cp950")
    assume(is_telling(passage))
    assert decode(encoded_text).text == passage


@given(st.binary(max_size=400))
def test_decode_raises_nothing_but_input_errors(data: bytes) -> None:
    try:
        decoded = decode(data)
    except InputError:
        return
    assert "\0" not in decoded.text
    assert data.decode(decoded.encoding, "replace") == decoded.text


@given(st.sampled_from(["utf-8", "gb18030", "cp950"]), st.integers(0, 600), st.binary(min_size=1, max_size=1))
def test_decode_marks_a_broken_byte_and_keeps_the_rest(codec: str, place: int, broken: bytes) -> None:
    text = (TRADITIONAL if codec == "cp950" else SIMPLIFIED)[1][:1200]
    data, text = encoded(text, codec)
    decoded = decode(data[:place] + (b"\xff" if broken == b"\0" else broken) + data[place + 1 :])
    # The damage ends where the next ASCII character or, in UTF-8, the next character begins.
    assert decoded.text[-400:] == text[-400:]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"R&D 2.4%", "utf-8"),
        ("联通".encode("gbk"), "gb18030"),  # well-formed UTF-8 of two Latin letters
        ("“一号”、②③、12.5％".encode("gbk"), "gb18030"),
        ("佢哋嘅科技項目喺香港完成咗三十個".encode("big5hkscs"), "big5hkscs"),
        ("全市高企总数\x1a".encode("gbk"), "gb18030"),
        ("稳就业、稳企业、稳市场".encode("utf-16-le"), "utf-16-le"),
        ("125 342 2021-05-06".encode("utf-16-be"), "utf-16-be"),
        ("𠮷田村高标准农田1200亩".encode("gb18030"), "gb18030"),
    ],
)
def test_decode_names_the_encoding(data: bytes, encoding: str) -> None:
    assert decode(data).encoding == encoding


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "a binary file"),
        ("高企总数\x00125家".encode(), "a binary file"),
        (bytes(range(128, 256)) * 4, "not Chinese text"),
        ("L'économie française a été très dynamique".encode("latin-1"), "not Chinese text"),
        (("高新技术企业总数达百家，同比增长。".encode() + b"\xff") * 40, "unreadable bytes: 40 of 720"),
        (b"\xef\xbb\xbf" + "高".encode("gbk") * 40, "not Chinese text"),  # pairs that read as NKo letters
    ],
    ids=["png", "zero byte", "all bytes", "french", "too many broken", "mark before gbk"],
)
def test_decode_refuses_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(data)


def test_decode_lets_the_declaration_decide_only_between_equals() -> None:
    assert decode("高企总数125家".encode(), declared="gb2312").text == "高企总数125家"
    assert decode("高企总数125家".encode("gbk"), declared="utf-8").text == "高企总数125家"


@pytest.mark.parametrize(
    ("page", "declared"),
    [
        (b'<meta charset="GBK">', "gbk"),
        (b"<META http-equiv=Content-Type content='text/html; charset=big5'>", "big5"),
        (b'<?xml version="1.0" encoding="gb2312"?>', "gb2312"),
        (b"<html><body>", None),
        (b" " * 5000 + b'<meta charset="GBK">', None),
    ],
)
def test_declared_encoding_is_read_from_the_head(page: bytes, declared: str | None) -> None:
    assert declared_encoding(page) == declared
