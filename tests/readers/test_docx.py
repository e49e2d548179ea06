"""Word documents: what is read, in which order, and what is left out."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from zhibiao.errors import InputError
from zhibiao.readers.docx import read_docx
from zhibiao.readers.extracted import ReadLimits

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MakeDocx = Callable[..., bytes]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lines(data: bytes) -> list[str]:
    return read_docx(data, ReadLimits()).text.split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # runs of one paragraph, as Word cuts them at every change of format
        ("<w:p><w:r><w:t>高企总数</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>12</w:t></w:r><w:r><w:t>5家</w:t></w:r></w:p>", ["高企总数125家"]),
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>", ["甲", "乙\t丙"]),
        ("<w:p><w:r><w:t>2021</w:t><w:noBreakHyphen/><w:t>2025</w:t></w:r></w:p>", ["2021-2025"]),
        (p("甲") + "<w:p/>" + p(" 　 ") + p("乙"), ["甲", "乙"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("甲") + "</w:sdtContent></w:sdt>", ["甲"]),
        ("<w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>", ["甲"]),
        ("<w:p><m:oMath><m:r><m:t>2.4</m:t></m:r></m:oMath></w:p>", ["2.4"]),
        # tracked changes: what was put in counts, what was taken out does not
        ("<w:p><w:ins><w:r><w:t>125</w:t></w:r></w:ins><w:del><w:r><w:delText>120</w:delText></w:r></w:del><w:r><w:t>家</w:t></w:r></w:p>", ["125家"]),
        ("<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo></w:p>", ["乙"]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r></w:p>", ["显"]),
        ("<w:p><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:t>甲</w:t></w:r></w:p>", ["甲"]),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>fù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>负</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>", ["负"]),
        # a text box is stored twice, for new and for old programs
        ("<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice><v:box><w:txbxContent>" + p("框中") + "</w:txbxContent></v:box></mc:Choice>"
         "<mc:Fallback><w:txbxContent>" + p("框中") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>" + p("下文"),
         ["正文", "框中", "下文"]),
    ],
)  # fmt: skip
def test_read_docx_gives_what_is_read_aloud(make_docx: MakeDocx, body: str, expected: list[str]) -> None:
    assert lines(make_docx(body)) == expected


def test_read_docx_reads_iso_strict_files(make_docx: MakeDocx) -> None:
    assert lines(make_docx(p("高企"), namespace=STRICT)) == ["高企"]


def test_read_docx_leaves_out_the_table_of_contents(make_docx: MakeDocx) -> None:
    styles = {"styles": '<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style>'}
    body = p("一、2021年工作总结\t1", '<w:pStyle w:val="10"/>') + p("一、2021年工作总结")
    assert lines(make_docx(body, styles)) == ["一、2021年工作总结"]


def test_read_docx_puts_notes_behind_the_body(make_docx: MakeDocx) -> None:
    notes = {
        "footnotes": f'<w:footnote w:type="separator">{p("—")}</w:footnote><w:footnote w:id="1">{p("含宁国经开区")}</w:footnote>'
    }
    body = '<w:p><w:r><w:t>高企125家</w:t><w:footnoteReference w:id="1"/></w:r></w:p>' + p("下文")
    assert lines(make_docx(body, notes)) == ["高企125家", "下文", "含宁国经开区"]


CHINESE_LIST = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def number(level: int, list_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_read_docx_writes_out_automatic_numbers(make_docx: MakeDocx) -> None:
    body = "".join(
        p(text, number(level)) for level, text in ((0, "总结"), (1, "平台"), (2, "载体"), (2, "2个中心"), (1, "人才"), (0, "计划"), (1, "高企"))
    )  # fmt: skip
    expected = ["一、总结", "（一）平台", "1.载体", "2. 2个中心", "（二）人才", "二、计划", "（一）高企"]
    assert lines(make_docx(body, {"numbering": CHINESE_LIST})) == expected


def test_read_docx_finds_the_list_in_the_style_and_its_base(make_docx: MakeDocx) -> None:
    styles = (
        f'<w:style w:styleId="a"><w:name w:val="标题 1"/><w:pPr>{number(0)}</w:pPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="标题 甲"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="环"/><w:basedOn w:val="c"/></w:style>'
    )
    parts = {"numbering": CHINESE_LIST, "styles": styles}
    body = (
        p("总结", '<w:pStyle w:val="b"/>')
        + p("无号", '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("自环", '<w:pStyle w:val="c"/>')
        + p("计划", '<w:pStyle w:val="b"/>')
    )
    assert lines(make_docx(body, parts)) == ["一、总结", "无号", "自环", "二、计划"]


def test_read_docx_restarts_a_list_where_the_file_says_so(make_docx: MakeDocx) -> None:
    body = p("甲", number(0)) + p("乙", number(0, 2)) + p("丙", number(0, 2)) + p("丁", number(0, 9))
    assert lines(make_docx(body, {"numbering": CHINESE_LIST})) == ["一、甲", "五、乙", "六、丙", "丁"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_read_docx_resolves_merged_cells(make_docx: MakeDocx) -> None:
    table = (
        row(
            cell("类别", DOWN),
            cell("指标", DOWN),
            cell("2021年", '<w:gridSpan w:val="2"/>'),
            properties="<w:tblHeader/>",
        )
        + row(cell("", ON), cell("", ON), cell("数量（家）"), cell("增速"), properties="<w:tblHeader/>")
        + row(cell("企业", DOWN), cell("高企"), cell("125"), cell("12.5%"))
        + row(cell("", ON), cell("科小"), cell("258"), cell("3%"))
        + row(cell("删"), cell("去"), cell("1"), cell("1%"), properties="<w:del/>")
    )
    assert lines(make_docx(p("表1") + f"<w:tbl>{table}</w:tbl>" + p("下文"))) == [
        "表1",
        "企业，高企：2021年数量125家，2021年增速12.5%",
        "企业，科小：2021年数量258家，2021年增速3%",
        "下文",
    ]


def test_read_docx_takes_the_unit_from_the_line_above_a_table(make_docx: MakeDocx) -> None:
    table = row(cell("指标"), cell("2021年"), cell("增速（%）")) + row(cell("产值"), cell("550"), cell("3"))
    assert lines(make_docx(p("单位：亿元") + f"<w:tbl>{table}</w:tbl>"))[1:] == ["产值：2021年550亿元，增速3%"]


def test_read_docx_agrees_with_python_docx_on_its_files() -> None:
    document = docx.Document()
    paragraphs = ["宁国市科技局2021年工作总结", "高企总数达125家。", "研发经费投入12.6亿元。"]
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "页眉"
    stream = io.BytesIO()
    document.save(stream)
    assert lines(stream.getvalue()) == paragraphs


@pytest.mark.parametrize(
    "changed",
    [
        {"word/document.xml": b"<a/>"},
        {"word/document.xml": b""},
        {"_rels/.rels": b'<R><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></R>'},
    ],
)
def test_read_docx_refuses_a_package_without_a_document(make_docx: MakeDocx, changed: dict[str, bytes]) -> None:
    with pytest.raises(InputError, match="holds no Word document"):
        read_docx(make_docx("", **changed), ReadLimits())


def test_read_docx_survives_tables_in_tables_to_the_limit(make_docx: MakeDocx) -> None:
    depth = 60
    nested = "<w:tbl><w:tr><w:tc>" * depth + p("高企") + "</w:tc></w:tr></w:tbl>" * depth
    assert lines(make_docx(nested)) == ["高企"]
    controls = "<w:sdt><w:sdtContent>" * 95 + p("高企") + "</w:sdtContent></w:sdt>" * 95
    assert lines(make_docx(controls)) == ["高企"]
