"""Tags and texts, in time that grows with the page alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from zhibiao.readers.html_tokens import iter_tokens, read_attributes


@pytest.mark.parametrize(
    ("page", "tokens"),
    [
        ("高企<b>125</b>家", ["高企", "<b>", "125", "</b>", "家"]),
        ("<P CLASS='a>b'>甲</P>", ["<p>", "甲", "</p>"]),
        ('<a title="3>2">甲', ["<a>", "甲"]),
        ("占比<2.4%，增速>3%", ["占比", "<", "2.4%，增速>3%"]),
        ("甲<!-- <p>乙</p> -->丙", ["甲", "丙"]),
        ("甲<!-->乙", ["甲", "乙"]),
        ("甲<!-- 乙>丙", ["甲", "丙"]),  # a comment without end
        ("<!DOCTYPE html><?xml:namespace prefix = o />甲</ >乙", ["甲", "乙"]),
        ("<script>if (a<b) document.write('<p>')</SCRIPT >甲", ["<script>", "</script>", "甲"]),
        ("<title>甲<b>乙</title>丙", ["<title>", "甲<b>乙", "</title>", "丙"]),
        ("甲<script>var a", ["甲", "<script>"]),
        ("R&D经费&nbsp;2&#46;4&lt;3&amp;nbsp;", ["R&D经费\xa02.4<3&nbsp;"]),
        ('甲<div class="a', ["甲"]),  # a page cut off
        ("<p>甲<p/>乙", ["<p>", "甲", "<p>", "乙"]),
    ],
)
def test_iter_tokens_cuts_as_the_standard_says(page: str, tokens: list[str]) -> None:
    brackets = {"open": "<{}>", "close": "</{}>", "text": "{}"}
    assert [brackets[kind].format(value) for kind, value, _ in iter_tokens(page)] == tokens


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        (' colspan="2" rowspan=3', {"colspan": "2", "rowspan": "3"}),
        (" hidden", {"hidden": ""}),
        (" class='hidden none' ", {"class": "hidden none"}),
        (" STYLE = 'display: none'/", {"style": "display: none"}),
        (' a="&quot;甲&quot;"', {"a": '"甲"'}),
        ("", {}),
    ],
)
def test_read_attributes(written: str, attributes: dict[str, str]) -> None:
    assert read_attributes(written) == attributes


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", '<a b="', "<a b='\"", "<!--", "<!-- -", "</", "<script>", "<title>", "<p><font size=1>", "&#", "<a b= ", "<a/ "],
)  # fmt: skip
@pytest.mark.parametrize("end", ["", "\">'>"])
def test_iter_tokens_takes_no_more_than_linear_time(piece: str, end: str) -> None:
    def seconds(count: int) -> float:
        page = piece * count + end
        begun = time.process_time()
        for _ in iter_tokens(page):
            pass
        return time.process_time() - begun

    # Quadratic time would need 64 times as long for 8 times the length.
    assert seconds(32_000) < 24 * max(seconds(4_000), 0.01)


WORDS = st.sampled_from(["高企", "125", "家", " ", "&amp;", "2.4%"])
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["div", "span", "b", "ul", "section"]), st.lists(inner).map("".join)
    ),
    max_leaves=20,
)


@given(TREES)
def test_iter_tokens_gives_the_text_that_a_browser_engine_gives(page: str) -> None:
    text = "".join(value for kind, value, _ in iter_tokens(page) if kind == "text")
    body = LexborHTMLParser(page).body
    assert text.strip() == (body.text() if body else "").strip()


@given(st.text(alphabet="<>/!-=\"'& abtscript高企;#x1", max_size=80))
def test_iter_tokens_never_fails(page: str) -> None:
    assert sum(len(value) for _, value, _ in iter_tokens(page)) <= 2 * len(page)
