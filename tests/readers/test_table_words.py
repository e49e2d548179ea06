"""What a table cell says."""

from __future__ import annotations

import pytest

from zhibiao.readers.table_words import (
    Measure,
    caption_unit,
    is_blank,
    is_figure,
    read_measure,
    read_unit,
    unwrapped,
    with_place,
    with_unit,
)


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("产值（亿元）", "产值", "亿元"),
        ("产值(单位：万元)", "产值", "万元"),
        ("增长（±%）", "增长", "%"),
        ("同比增长%", "同比增长", "%"),
        ("产值/亿元", "产值", "亿元"),
        ("产值，单位：亿元", "产值", "亿元"),
        ("粮食产量 万吨", "粮食产量", "万吨"),
        ("人均可支配收入（元/人）", "人均可支配收入", "元/人"),
        ("提高（百分点）", "提高", "百分点"),
        ("接待游客【万人次】", "接待游客", "万人次"),
        ("产值（含税）", "产值（含税）", None),
        ("县（市、区）", "县（市、区）", None),
        ("高企数（累计）", "高企数（累计）", None),
        ("R&D", "R&D", None),
        ("2021", "2021年", None),
        ("", "", None),
        ("很长的名字" * 20 + "（家）", "很长的名字" * 20 + "（家）", None),
    ],
)
def test_read_measure_takes_off_only_units(header: str, name: str, unit: str | None) -> None:
    assert read_measure(header) == Measure(name, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("家", "家"), ("万人次", "万人次"), ("±%", "%"), ("亿", "亿"), ("家庭", None), ("单位", None), ("", None)],
)
def test_read_unit(text: str, unit: str | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：亿元", "亿元"),
        ("（计量单位: 万元）", "万元"),
        ("主要指标表 单位：家", "家"),
        ("单位：家、亿元", None),
        ("责任单位：市科技局", None),
        ("正文提到单位：亿元，其余略", None),
    ],
)
def test_caption_unit_reads_one_unit(text: str, unit: str | None) -> None:
    assert caption_unit(text) == unit


@pytest.mark.parametrize(
    "text",
    ["125", "1,830.7", "-3.5%", "125家", "约100", "100余家", "10-15个", "第2", "全省第3位", "2/9", "＞95%", "100以上", "2015.6", "3.5平方公里", "↑5.1"],
)  # fmt: skip
def test_is_figure_knows_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "高企", "2021年", "2021年5月", "2021-05", "2021.05", "2021.5.6", "1-5月", "12月底前", "二季度", "3季度", "3家企业获奖并已入库", "长期", "1134/20-1-2-3"],
)  # fmt: skip
def test_is_figure_knows_dates_and_texts(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("figure", "unit", "expected"),
    [
        ("12.6", "亿元", "12.6亿元"),
        ("-3.3", "%", "-3.3%"),
        ("100以上", "家", "100家以上"),
        ("100余", "家", "100余家"),
        ("10-15", "个", "10-15个"),
        ("≥2.8", "%", "≥2.8%"),
        ("12.6亿元", "万元", "12.6亿元"),
        ("12.6", None, "12.6"),
        ("持平", "%", "持平"),
    ],
)
def test_with_unit_goes_behind_bare_numbers_only(figure: str, unit: str | None, expected: str) -> None:
    assert with_unit(figure, unit) == expected


@pytest.mark.parametrize(("figure", "expected"), [("2", "第2位"), ("第2", "第2"), ("2/9", "2/9"), ("前3", "前3")])
def test_with_place(figure: str, expected: str) -> None:
    assert with_place(figure) == expected


@pytest.mark.parametrize(
    ("name", "unit", "fits"),
    [("产值", "亿元", True), ("增速", "亿元", False), ("占比", "家", False), ("企业数", "亿元", False), ("企业数", "家", True), ("企业数", None, True)],
)  # fmt: skip
def test_measure_fits_the_unit_of_its_row(name: str, unit: str | None, fits: bool) -> None:
    assert Measure(name).fits(unit) is fits


@pytest.mark.parametrize("text", ["", "-", "——", "/", "…", "—"])
def test_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(text + "0")


@pytest.mark.parametrize(
    ("lines", "text"),
    [((), ""), (("高企",), "高企"), (("高新技术", "企业"), "高新技术企业"), (("R&D", "经费"), "R&D 经费"), (("125", "家"), "125 家")],
)  # fmt: skip
def test_unwrapped(lines: tuple[str, ...], text: str) -> None:
    assert unwrapped(lines) == text
