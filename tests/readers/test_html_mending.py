"""Markup that would swallow a page's text, mended in the source, and sound markup left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.readers.html_mending import mend_page


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ("甲<!-- 注 --><!-- 乙>丙", "甲<!-- 注 --><! 乙>丙"),
        ("<title>总结<body>甲", "<title>总结</title><body>甲"),
        ("<title>总结<meta a=b><style>p {}<p>甲", "<title>总结</title><meta a=b><style>p {}</style><p>甲"),
        ("<SCRIPT>write('<p>');\n<p>甲", "<SCRIPT>write('<p>');\n</script><p>甲"),
        ("<textarea a=b>甲<p>乙", "<textarea a=b></textarea>甲<p>乙"),
        ("<script>a</script><xmp><p>甲", "<script>a</script><xmp></xmp><p>甲"),
        ("<p title='a>甲</p><p>乙", "<p title='a'>甲</p><br><p>乙"),
        ('<td width = "10>高企</td><td width="20">', '<td width = "10">高企</td><td width="20">'),
        ("<p class=a 高企</p>", "&lt;p class=a 高企</p><br>"),
        ("投入<GDP增速</p>", "投入&lt;GDP增速</p><br>"),
        ("<h1>甲</h2>乙</BODY></html >丙", "<h1>甲</h2><br>乙<br><br>丙"),
    ],
)
def test_mend_page_ends_what_nothing_ends(page: str, mended: str) -> None:
    assert mend_page(page) == mended


@pytest.mark.parametrize(
    "page",
    [
        "甲<!--><!---><!-- 注 -->乙",
        "<title>甲<b>乙</title><script>if (a<b) write('<p>')</SCRIPT ><p>丙",
        "<script src=a /><p>甲",
        "甲<script>var a",
        '<a title="3>2" class=\'b\' href="高企">甲</a>',
        "占比<2.4%，增速>3%",
        '甲<div class="a',
        "<p>甲<p/>乙",
    ],
)
def test_mend_page_leaves_sound_markup_alone(page: str) -> None:
    assert mend_page(page) == page


@given(st.text(alphabet="<>/!-=\"' abp<title高", max_size=80))
def test_mend_page_keeps_every_character(page: str) -> None:
    mended = mend_page(page)
    assert mended.count("高") == page.count("高")
    assert mended.count("b") == page.count("b") + mended.count("<br>")
