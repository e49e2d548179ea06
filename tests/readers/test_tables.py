"""Tables read aloud: each case is a table and the lines it gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.readers.grids import TableCell
from zhibiao.readers.tables import table_lines


def rows(table: str, *, header: int = 0) -> list[list[TableCell]]:
    """Cut rows at line ends and cells at bars; the first ``header`` rows are marked as such."""
    return [
        [TableCell((text.strip(),) if text.strip() else (), header=number < header) for text in line.split("|")]
        for number, line in enumerate(table.strip().split("\n"))
    ]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        # names and values
        ("研发经费支出（亿元）|12.6\n高企总数|125家", ["研发经费支出：12.6亿元", "高企总数：125家"]),
        ("名称：|科技局总结\n文号:|", ["名称：科技局总结", "文号："]),
        ("名称|宁国市科技局\n日期|2022-02-24\n数量|125家", ["名称：宁国市科技局", "日期：2022-02-24", "数量：125家"]),
        ("2020|100\n2021|125", ["2020年：100", "2021年：125"]),
        ("高企总数|125家", ["高企总数：125家"]),
        (
            "索引号|11341/202202-00048|组配分类|规划计划\n发布机构|宁国市科技局|文号|",
            ["索引号：11341/202202-00048", "组配分类：规划计划", "发布机构：宁国市科技局", "文号："],
        ),
        ("高企|125家|科小|258家\n孵化器|2家|星创天地|3家", ["高企：125家", "科小：258家", "孵化器：2家", "星创天地：3家"]),
        # a header over figures
        ("企业|数量（家）|增速（%）\n高企|125|12.5", ["高企：数量125家，增速12.5%"]),
        ("指标|单位|2021年|2022年目标\n高企|家|125|140\n研发投入强度|%|2.65|2.8以上",
         ["高企：2021年125家，2022年目标140家", "研发投入强度：2021年2.65%，2022年目标2.8%以上"]),
        ("单位|高企数（家）\n市科技局|125\n开发区|40", ["市科技局：高企数125家", "开发区：高企数40家"]),
        ("地区|高企数（家）|增速（%）\n鄞州区|300|-3.1\n合计|500|—", ["鄞州区：高企数300家，增速-3.1%", "合计：高企数500家"]),
        ("指标|完成情况\n高企数|125家\n产值|550亿元", ["高企数：125家", "产值：550亿元"]),
        ("指标|数值|增速|排名\n研发经费（亿元）|12.6|11.4%|2", ["研发经费：12.6亿元，增速11.4%，排名第2位"]),
        ("排名|县区|高企数\n1|鄞州区|300\n2|慈溪市|200", ["鄞州区：排名第1位，高企数300", "慈溪市：排名第2位，高企数200"]),
        ("指标|2020|2021\n产值（亿元）|500|550", ["产值：2020年500亿元，2021年550亿元"]),
        ("单位：亿元||\n指标|2020年|2021年\n产值|500|550\n增速|3|5", ["单位：亿元", "产值：2020年500亿元，2021年550亿元", "增速：2020年3，2021年5"]),
        ("序号|指标|本期（万元）|同比\n1|税收|12,600|持平\n|其中：||\n2|规费|350|/", ["税收：本期12,600万元，同比：持平", "其中：", "规费：本期350万元"]),
        ("企业|G60|1-5月\n中鼎|12|30", ["中鼎，G60：12，1-5月30"]),
        # a header over texts
        ("序号|任务|责任单位|完成时限\n1|培育高企|市科技局|2022年12月", ["培育高企，责任单位：市科技局，完成时限：2022年12月"]),
        ("项目名称|总投资（亿元）|建设单位|进展\n薄膜项目|7|中鼎公司|已开工", ["薄膜项目：总投资7亿元，建设单位：中鼎公司，进展：已开工"]),
        # no header
        ("高企|125家|12.5%\n科小|258家|3%", ["高企：125家，12.5%", "科小：258家，3%"]),
        ("中鼎公司|保隆科技|司尔特\n绿谷新材料|兆胜空调|泰丰化工", ["中鼎公司，保隆科技，司尔特", "绿谷新材料，兆胜空调，泰丰化工"]),
        ("1|培育高企\n2|建设平台", ["培育高企", "建设平台"]),
        # nothing to tell apart
        ("一列\n两行", ["一列", "两行"]),
        ("甲|乙|丙", ["甲", "乙", "丙"]),
        ("|", []),
    ],
)  # fmt: skip
def test_table_lines(table: str, lines: list[str]) -> None:
    assert table_lines(rows(table)) == lines


def test_table_lines_joins_headers_of_two_rows() -> None:
    table = [
        [TableCell(("类别",), rows=2), TableCell(("指标",), rows=2), TableCell(("2021年",), columns=2), TableCell(("2022年目标（家）",), rows=2)],
        [TableCell(("数量（家）",)), TableCell(("增速",))],
        [TableCell(("企业",), rows=2), *rows("高企|125|12.5%|140")[0]],
        rows("科小|258|3%|300")[0],
        [TableCell(("合计",), columns=2), *rows("383|5%|440")[0]],
    ]  # fmt: skip
    assert table_lines(table) == [
        "企业，高企：2021年数量125家，2021年增速12.5%，2022年目标140家",
        "企业，科小：2021年数量258家，2021年增速3%，2022年目标300家",
        "合计：2021年数量383家，2021年增速5%，2022年目标440家",
    ]


def test_table_lines_gives_a_figure_merged_over_rows_once() -> None:
    table = [
        *rows("企业|数量|补助"),
        [*rows("高企|125")[0], TableCell(("500万元",), rows=2)],
        rows("科小|258")[0],
    ]
    assert table_lines(table) == ["高企：数量125，补助500万元", "科小：数量258"]


def test_table_lines_believes_a_marked_header() -> None:
    assert table_lines(rows("公司|甲\n中鼎|乙", header=1)) == ["中鼎，甲：乙"]


def test_table_lines_keeps_the_lines_of_long_cells() -> None:
    prose = ("一是培育高企。" * 10, "二是建设平台。" * 10)
    header = [TableCell((text,)) for text in ("任务", "完成情况", "责任单位")]
    row = [TableCell(("创新",)), TableCell(prose), TableCell(("科技局",))]
    assert table_lines([header, row]) == ["创新", *prose, "责任单位：科技局"]
    assert table_lines([[TableCell(("创新",)), TableCell(prose)]]) == ["创新：", *prose]
    assert table_lines([[TableCell(prose), TableCell(("右栏",))]]) == [*prose, "右栏"]


def test_table_lines_takes_a_table_with_tables_in_it_for_layout() -> None:
    inner = TableCell(("高企：125家",), nested=True)
    assert table_lines([[inner, TableCell(("右栏",))], rows("下|栏")[0]]) == ["高企：125家", "右栏", "下", "栏"]


def test_table_lines_uses_the_unit_above_the_table_where_it_fits() -> None:
    table = rows("指标|产值|企业数|增速\n规上工业|500|120|3")
    assert table_lines(table, unit="亿元") == ["规上工业：产值500亿元，企业数120，增速3"]


FIGURES = st.from_regex(r"[1-9][0-9]{1,3}(\.[1-9])?", fullmatch=True)


@given(st.lists(st.lists(FIGURES, min_size=3, max_size=3), min_size=1, max_size=5))
def test_table_lines_never_glues_or_loses_a_figure(figures: list[list[str]]) -> None:
    names = ["企业", "平台", "人才", "项目", "资金"]
    body = [[name, *values] for name, values in zip(names, figures, strict=False)]
    table = "指标|数量（家）|增速（%）|排名\n" + "\n".join("|".join(row) for row in body)
    assert table_lines(rows(table)) == [
        f"{name}：数量{count}家，增速{growth}%，排名" + (f"第{place}位" if place.isdecimal() else place)
        for name, count, growth, place in body
    ]
