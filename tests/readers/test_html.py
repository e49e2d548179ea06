"""Web pages as lines of text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.errors import InputError
from zhibiao.readers.extracted import ReadLimits
from zhibiao.readers.html import page_text, read_html, read_mht

REPORT = "全市高新技术企业总数达125家，同比增长12.5%。"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>甲</p><p>乙</p>丙", ["甲", "乙", "丙"]),
        ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<div>高企<span>总数</span><b>12</b>5家</div>", ["高企总数125家"]),
        ("<p>高企&nbsp;&nbsp;125 家</p>", ["高企 125 家"]),
        ("<p>　　高企总数　</p>", ["高企总数"]),
        ("<p>高企总数\n  达125家，\r\n同比</p>", ["高企总数达125家，同比"]),
        ("<p>高新\n技术</p><p>GDP\n总量</p>", ["高新技术", "GDP 总量"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<p>一段<p>二段", ["一段", "二段"]),
        ("<p>占比</b></div>2.4%</p>", ["占比2.4%"]),  # as in a browser, which passes over end tags that fit no start
        ("<p>占比</b></p>2.4%</p>同比", ["占比", "2.4%", "同比"]),
        ("<p hidden>暗<p>明", ["明"]),
        ("<h1>总结</h2>正文", ["总结", "正文"]),
        ("<P CLASS=a TITLE='a>b'>甲</P><DIV>乙</DIV>", ["甲", "乙"]),
        ('<a title="3>2">甲', ["甲"]),
        ("占比<2.4%，增速>3%", ["占比<2.4%，增速>3%"]),
        ("甲<!-- <p>乙</p> -->丙", ["甲丙"]),
        ("甲<!-->乙", ["甲乙"]),
        ("<!DOCTYPE html><?xml:namespace prefix = o />甲</ >乙", ["甲乙"]),
        ("<?xml version='1.0' encoding='gb2312'?><meta charset=gb2312><p>高企", ["高企"]),
        ("R&D经费&nbsp;2&#46;4&lt;3&amp;nbsp;", ["R&D经费 2.4<3&nbsp;"]),
        ('甲<div class="a', ["甲"]),  # a page cut off
        ("<table><tr><td>甲</td></", ["甲"]),
        ("<p>甲<p/>乙<div/>丙", ["甲", "乙", "丙"]),
        ("<script src=a.js />甲", ["甲"]),
        ("甲<o:p>乙</o:p><st1:place w:st=on>丙</st1:place>", ["甲乙丙"]),
        ("甲</body></html>乙<html><p>丙</html>", ["甲", "乙", "丙"]),
        ("甲\0乙", ["甲\ufffd乙"]),
        ("<ruby>负<rp>(</rp><rt>fù</rt><rp>)</rp></ruby>责", ["负责"]),
    ],
)
def test_page_text_gives_a_line_for_each_block(page: str, lines: list[str]) -> None:
    assert page_text(page).split("\n") == lines


@pytest.mark.parametrize(
    "furniture",
    [
        "<script>var a = '高企';</script>",
        "<SCRIPT>if (a<b) document.write('<p>高企</p>')</SCRIPT >",
        "<script><!--\nvar a = '<p>高企';\n//--></script>",
        "<style>p {color: red}</style>",
        "<nav><a>首页</a></nav>",
        "<footer>主办单位</footer>",
        "<aside>相关链接</aside>",
        "<select><option>安徽省<option>江苏省</select>",
        "<noscript>请打开脚本</noscript>",
        "<button>打印</button>",
        "<textarea>输入<p></textarea>",
        "<div style='display : none'>分享<div>到</div>微信</div>",
        '<span style="color:red;visibility:hidden">暗记</span>',
        "<p hidden>暗记</p>",
        "<div><nav>首页</div>",
        "<iframe>请升级浏览器</iframe>",
        "<svg><title>图标</title><text>图</text></svg>",
        "<template><p>模板</p></template>",
    ],
)
def test_page_text_leaves_out_what_is_not_the_page_s_text(furniture: str) -> None:
    assert page_text(f"{furniture}<p>{REPORT}</p>{furniture}") == REPORT


@pytest.mark.parametrize(
    "wrapping",
    [
        "<form id='aspnetForm'>{}</form>",
        "<nav><a>首页</a>{}",
        "<div style='display:none'>{}</div>",
        "<aside>{}</aside>",
        "<div hidden><div>{}</div>",
        "<div class='hidden none'>{}</div>",
        "<select><option>甲{}",
        "<embed hidden=true src=a.mid>{}",
        "<title>总结<body>{}",
        "<textarea>{}",
        "<iframe src=a>{}",
        "<xmp>{}",
        "<script>var a = '<p>';<p>{}",
        "<style>p {{}}\n<div>{}",
        "<!-- 注>{}",
        "<p title='甲>{}",
        '<td width="10>{}</td><td width="20">',
        "<p {}</p>",
    ],
)
def test_page_text_never_leaves_out_the_report(wrapping: str) -> None:
    assert REPORT in page_text(f"<p>甲</p>{wrapping.format(REPORT)}<p>乙</p>")


@pytest.mark.parametrize("start", ["<nav>首页", "<div hidden>", "<noscript>", "<textarea>"])
@pytest.mark.parametrize("end", ["", "</body></html>"])
def test_page_text_reads_a_dropped_element_that_never_ends_however_short(start: str, end: str) -> None:
    assert page_text(f"<body><p>{'甲' * 99}<p>{start}{REPORT}{end}").endswith(REPORT)


def test_page_text_reads_a_page_cut_off_anywhere() -> None:
    page = f"<title>总结</title><table><tr><td title='a'>甲<tr><td>{REPORT}</table><div class=\"b\">乙<!-- 注 --></div>"
    for end in range(page.index(REPORT) + len(REPORT), len(page)):
        assert REPORT in page_text(page[:end])


def test_page_text_ends_a_hidden_element_with_the_cell_it_stands_in() -> None:
    page = f"<table><tr><td><div hidden>暗</td><td>明</td></tr></table><p>{REPORT}</p>"
    assert page_text(page) == f"明\n{REPORT}"


@pytest.mark.parametrize(
    ("title", "body", "first"),
    [
        ("科技局2021年工作总结", "正文", "科技局2021年工作总结"),
        ("科技局2021年工作总结_宁国市人民政府", "科技局2021年工作总结", "科技局2021年工作总结"),
        ("宁国市人民政府-科技局2021年工作总结", "<b>科技局</b>2021年工作总结<br>正文", "科技局2021年工作总结"),
        ("总结", "2021年总结", "2021年总结"),
        (" \n ", "正文", "正文"),
    ],
)
def test_page_text_begins_with_the_title_unless_the_body_has_it(title: str, body: str, first: str) -> None:
    assert page_text(f"<title>{title}</title><body>{body}").split("\n")[0] == first


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("<tr><th>产值（亿元）<td>12.6<tr><th>高企<td>125家", ["产值：12.6亿元", "高企：125家"]),
        (
            "<caption>单位：亿元</caption><thead><tr><td>指标<td>2020年<td>2021年<tbody><tr><td>产值<td>500<td>550",
            ["单位：亿元", "产值：2020年500亿元，2021年550亿元"],
        ),
        (
            "<tr><td rowspan=2>县区<td colspan=2>高企<tr><td>总数（家）<td>增速<tr><td>鄞州<td>300<td>5%",
            ["鄞州：高企总数300家，高企增速5%"],
        ),
        ("<tr><td><table><tr><td>高企<td>125家</table><td>右栏", ["高企：125家", "右栏"]),
        (f"<tr><td><p>{REPORT}</p><p>{REPORT}</p>", [REPORT, REPORT]),
        ("<tr><td>甲<td>乙</table><table><tr><td>丙", ["甲：乙", "丙"]),
        ("<tr><td colspan=0 rowspan=x>高企<td rowspan=0>125家<tr><td>科小", ["高企：125家", "科小："]),
        ("甲<tr>乙<td>丙", ["甲", "乙", "丙"]),
    ],
)
def test_page_text_reads_tables(table: str, lines: list[str]) -> None:
    assert page_text(f"<table>{table}</table>").split("\n") == lines


def test_page_text_refuses_elements_nested_beyond_reason() -> None:
    with pytest.raises(InputError, match="nested deeper"):
        page_text("<span>" * 40_000 + "</b>" * 40_000)


def test_page_text_refuses_tables_nested_beyond_reason() -> None:
    with pytest.raises(InputError, match="nested deeper"):
        page_text("<table><tr><td>" * 101)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + REPORT,
        "".join(f"<p><font size={number}>{REPORT}" for number in range(20_000)),
        "<div " + " ".join(f"a{number}=1" for number in range(100_000)) + f">{REPORT}",
        "<table>" + "<tr><td colspan=9999 rowspan=9999>1" * 2_000 + REPORT,
        "<table>" + "<tr><td>1" * 10_000 + "<tr><td colspan=2>1" * 10_000 + f"<tr><td>1<td>{REPORT}",
        "<p><font size=1>一段</p>" * 10_000 + REPORT,
        REPORT * 200_000,
        f"<img src='data:image/png;base64,{'A' * 11_000_000}'>{REPORT}",
        f"{REPORT}" + "<nav>" * 50_000,
    ],
    ids=["nested", "fonts", "attributes", "spans", "rows", "mixed", "line", "image", "unclosed"],
)
def test_page_text_reads_broken_pages_that_would_keep_a_quadratic_parser_for_hours(page: str) -> None:
    assert REPORT in page_text(page)


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", '<a b="', "<a b='\"", "<!--", "<!-- -", "</", "<script>", "<title>", "<p><font size=1>", "&#", "<a b= ", "<a/ ",
     "\0", '="a>', "<p 高", "<script ", "<b><i><p>"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["", "\">'>"])
def test_page_text_comes_to_an_end_whatever_is_repeated(piece: str, end: str) -> None:
    assert REPORT in page_text(f"<p>{REPORT}</p>{piece * 32_000}{end}")


TAGS = (
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<font size=1>",
    "</h1>",
    "<embed hidden>",
    "<!-- 注 -->",
    "</html>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th colspan=2>",
    "<td rowspan=3>",
    "<p>",
    "</p>",
    "<br>",
    "<pre>",
)


@given(st.lists(st.sampled_from(("高企总数", "125家", *TAGS))))
def test_page_text_keeps_every_word_whatever_the_tags(pieces: list[str]) -> None:
    text = page_text("".join(pieces))
    assert "\n\n" not in text
    for word in ("高企总数", "125家"):
        assert (word in text) == (word in pieces)


WORDS = st.sampled_from(["高企", "125", "家", " ", "&amp;", "2.4%"])
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["div", "span", "b", "ul", "section"]), st.lists(inner).map("".join)
    ),
    max_leaves=20,
)


@given(TREES)
def test_page_text_gives_the_text_that_another_parser_gives(page: str) -> None:
    texts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = texts.append  # type: ignore[method-assign]
    parser.feed(page)
    parser.close()
    assert "".join(page_text(page).split()) == "".join("".join(texts).split())


@given(st.text(alphabet="<>/!-=\"'& abtscriptdhvx?[]高企;#x1\0\x0b\r", max_size=80))
def test_page_text_never_fails(page: str) -> None:
    assert len(page_text(page)) <= 2 * len(page)


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (f'<meta charset="gb2312"><p>{REPORT}'.encode("gbk"), "gb18030"),
        (f'<meta charset="gb2312"><p>{REPORT}'.encode(), "utf-8"),  # claims one thing and is another
        (f"<html><p>{REPORT}".encode("utf-16"), "utf-16"),
        ('<meta charset="big5"><p>高新技術企業總數達125家'.encode("cp950"), "cp950"),
    ],
)
def test_read_html_finds_the_encoding(page: bytes, encoding: str) -> None:
    extracted = read_html(page, ReadLimits())
    assert (extracted.kind, extracted.encoding) == ("html", encoding)
    assert "125家" in extracted.text


MHT = (
    b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=\"B\"\r\n\r\n--B\r\n"
    b"Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>=B8=DF=C6=F3=D7=DC=\r\n=CA=FD125=BC=D2\r\n\r\n--B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n"
)  # fmt: skip


def test_read_mht_reads_the_page_in_the_archive() -> None:
    assert read_mht(MHT, ReadLimits()).text == "高企总数125家"


@pytest.mark.parametrize("data", [MHT[:100], MHT.replace(b"text/html", b"text/css"), b"From: x\r\n" * 400])
def test_read_mht_refuses_an_archive_without_a_page(data: bytes) -> None:
    with pytest.raises(InputError, match="without a page"):
        read_mht(data, ReadLimits())


def test_read_mht_survives_parts_within_parts() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level) for level in range(1_200)
    )
    with pytest.raises(InputError, match="web archive"):
        read_mht(b"MIME-Version: 1.0\r\n" + nested, ReadLimits())
