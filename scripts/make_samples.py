"""Make the sample reports in tests/data/samples, the same bytes each time.

    python scripts/make_samples.py

Five short reports in five formats: Word with a table and automatic numbers, PDF, a web page in GB18030, text in Big5
with traditional characters, text in UTF-16. The places exist, the figures are invented. Needs the extra ``dev``.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from opencc import OpenCC
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).parents[1] / "tests" / "data" / "samples"
LINE_LENGTH = 34
LINES_PER_PAGE = 9

WANGJIANG_TITLE = "望江县科技局2023年工作总结及2024年工作计划"
# (level of automatic numbering or None, text)
WANGJIANG = (
    (None, "2023年，望江县科技局坚持创新驱动，较好完成了各项目标任务。现将工作情况总结如下。"),
    (0, "2023年工作总结"),
    (
        1,
        "企业培育成效明显。全年新认定高新技术企业21家，高新技术企业总数达86家，同比增长18.2%。入库科技型中小企业132家，居全市第3位。",
    ),
    (1, "研发投入稳步提高。全社会研发经费投入6.35亿元，占GDP比重2.41%，比上年提高0.2个百分点。主要指标见下表。"),
    ("table", ""),
    (1, "平台建设取得突破。新增省级研发平台4家，省级以上研发平台达17家，吸纳技术合同成交额9.8亿元。"),
    (0, "存在问题"),
    (None, "企业研发机构覆盖率不高，高层次人才偏少。"),
    (0, "2024年工作计划"),
    (1, "力争新增高新技术企业15家以上，高新技术企业总数突破100家。"),
    (1, "力争全社会研发经费投入达7亿元，引进高层次科技人才团队2个。"),
)
WANGJIANG_TABLE = (
    ("指标", "单位", "2023年", "同比（%）", "全市排名"),
    ("高新技术产业产值", "亿元", "152.6", "11.4", "4"),
    ("技术合同成交额", "亿元", "9.8", "25.6", "2"),
    ("发明专利授权", "件", "118", "-3.3", "6"),
)
QINGTIAN = (
    "青田县经济和信息化局2022年上半年工作总结",
    "2022年上半年，全县规模以上工业增加值28.6亿元，同比增长7.9%，增速居全市第2位。",
    "一、上半年工作情况",
    "（一）工业经济稳中有进。1-6月，规模以上工业总产值达163.2亿元，增长12.3%，高于全市平均2.1个百分点。新增规上工业企业11家，"
    "规上工业企业总数达254家。",
    "（二）数字化改造提速。完成智能化改造项目36个，新增省级数字化车间2个，上云企业累计达1200余家。",
    "（三）节能降耗有力。单位工业增加值能耗下降3.6%，盘活低效用地215亩。",
    "二、下半年工作打算",
    "全年力争规模以上工业增加值增长8%以上，完成工业投资20亿元，新增专精特新企业5家，培育国家级“小巨人”企业1家。",
)
ZHUSHAN = """<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>珠山区农业农村局2021年工作总结_珠山区人民政府</title>
<style>p {text-indent: 2em}</style><script>var page = "<p>不是正文</p>";</script></head>
<body><form id="aspnetForm"><nav><a href="/">首页</a> &gt; <a href="/xxgk">信息公开</a></nav>
<table><tr><td>索引号</td><td>360203-2022-00017</td><td>发布机构</td><td>珠山区农业农村局</td></tr>
<tr><td>发布日期</td><td>2022-01-20</td><td>有效性</td><td>有效</td></tr></table>
<h1>珠山区农业农村局2021年工作总结</h1>
<div id="zoom">
<p>&nbsp;&nbsp;2021年，全区粮食播种面积<span>3.2</span>万亩，粮食总产量1.35万吨，
同比增长1.8%。</p>
<p>一、主要工作<br>（一）产业发展。新建高标准农田2600亩，新增省级龙头企业3家，农产品加工产值达18.7亿元。</p>
<p>（二）乡村建设。完成农村户厕改造480户，卫生厕所普及率达93.5%，比上年提高4.2个百分点。</p>
<table border="1"><caption>主要指标（单位：万元）</caption>
<tr><th rowspan="2">乡镇</th><th colspan="2">2021年</th></tr><tr><th>农业产值</th><th>增速（%）</th></tr>
<tr><td>竟成镇</td><td>12,600</td><td>6.1</td></tr><tr><td>新厂街道</td><td>8,350</td><td>5.4</td></tr></table>
<p>二、2022年计划</p><p>力争农村居民人均可支配收入达到2.4万元，增长9%左右；新增绿色食品5个以上。</p>
</div><div style="display: none">分享到微信</div></form>
<footer>主办：珠山区人民政府 赣ICP备00000000号</footer></body></html>
"""
PINGTAN = (
    "平潭县卫生健康局2020年工作总结",
    "2020年，全县医疗卫生机构达186个，开放床位1430张，每千人口床位数4.1张。",
    "一、工作成效",
    "（一）服务能力提升。全年总诊疗人次达152万人次，住院手术5600余台，分别增长6.2%和11.5%。",
    "（二）公共卫生扎实。居民健康档案建档率达91.2%，适龄儿童免疫规划疫苗接种率保持在95%以上。",
    "二、2021年工作计划",
    "力争新增床位200张，引进卫生专业技术人才60名，县域内就诊率达到85%。",
)
DANZHAI = (
    "丹寨县文体广电旅游局2024年上半年工作总结和下半年工作计划",
    "2024年上半年，全县接待游客412.6万人次，实现旅游综合收入38.9亿元，同比分别增长15.3%和17.8%，接待过夜游客居全州第1位。",
    "一、上半年工作",
    "（一）项目建设。实施文旅项目9个，完成投资2.3亿元，占年度计划的57.5%。",
    "（二）文化惠民。举办群众文化活动85场，放映公益电影630场，新建村级文化广场12个。",
    "二、下半年计划",
    "全年力争接待游客900万人次以上，旅游综合收入突破80亿元，新增3A级旅游景区1个。",
)


def main() -> None:
    """Write all samples."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    (SAMPLES / "wangjiang.docx").write_bytes(make_docx())
    (SAMPLES / "qingtian.pdf").write_bytes(make_pdf())
    (SAMPLES / "zhushan.html").write_bytes(ZHUSHAN.encode("gb18030"))
    traditional = OpenCC("s2tw").convert("\r\n".join(PINGTAN))
    (SAMPLES / "pingtan_big5.txt").write_bytes(traditional.encode("cp950"))
    (SAMPLES / "danzhai_utf16.txt").write_bytes("\n".join(DANZHAI).encode("utf-16"))


def make_docx() -> bytes:
    """Make a Word file whose numbers 一、 and （一） are automatic."""
    document = Document()
    document.add_heading(WANGJIANG_TITLE, 0)
    add_numbering(document)
    for level, text in WANGJIANG:
        if level == "table":
            table = document.add_table(len(WANGJIANG_TABLE), len(WANGJIANG_TABLE[0]))
            for cells, values in zip(table.rows, WANGJIANG_TABLE, strict=True):
                for cell, value in zip(cells.cells, values, strict=True):
                    cell.text = value
            continue
        paragraph = document.add_paragraph(text)
        if isinstance(level, int):
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = level
            number.get_or_add_numId().val = 77
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_dates(stream.getvalue())


def add_numbering(document: Document) -> None:
    """Add list 77: 一、 on its first level and （一） on its second."""
    root = document.part.numbering_part.element
    kind = OxmlElement("w:abstractNum", {qn("w:abstractNumId"): "77"})
    for depth, mark in enumerate(("%1、", "（%2）")):
        level = OxmlElement("w:lvl", {qn("w:ilvl"): str(depth)})
        for name, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", mark)):
            level.append(OxmlElement(name, {qn("w:val"): value}))
        kind.append(level)
    root.insert(0, kind)
    number = OxmlElement("w:num", {qn("w:numId"): "77"})
    number.append(OxmlElement("w:abstractNumId", {qn("w:val"): "77"}))
    root.append(number)


def with_fixed_dates(package: bytes) -> bytes:
    """Repack a zip file without the time of day in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def make_pdf() -> bytes:
    """Make a PDF with lines broken at a fixed width and page numbers."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    lines = [
        paragraph[start : start + LINE_LENGTH]
        for paragraph in QINGTIAN
        for start in range(0, len(paragraph), LINE_LENGTH)
    ]
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for page, start in enumerate(range(0, len(lines), LINES_PER_PAGE), 1):
        for row, line in enumerate(lines[start : start + LINES_PER_PAGE]):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(70, 780 - 38 * row, line)
        canvas.drawString(280, 40, f"- {page} -")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


if __name__ == "__main__":
    main()
