from decimal import Decimal

import pytest

from zhibiao.catalog.units import Counting, UnitKind, _read_row, load_units, match_unit, unit_initials
from zhibiao.errors import CatalogError

ROW = {"surface": "家", "base": "家", "factor": "1", "kind": "count", "counting": "usual", "not_before": ""}


def test_units_are_written_once_each():
    surfaces = [unit.surface for unit in load_units()]
    assert len(surfaces) == len(set(surfaces))


@pytest.mark.parametrize(
    ("surface", "base", "factor", "kind"),
    [
        ("元", "CNY", "1", UnitKind.MONEY),
        ("‰", "percent", "0.1", UnitKind.RATIO),
        ("成", "percent", "10", UnitKind.RATIO),
        ("个百分点", "percentage_point", "1", UnitKind.POINT),
        ("番", "fold", "1", UnitKind.FOLD),
        ("倍", "times", "1", UnitKind.TIMES),
        ("平方公里", "km2", "1", UnitKind.AREA),
        ("人次", "人次", "1", UnitKind.COUNT),
    ],
)
def test_units_have_their_base(surface, base, factor, kind):
    unit = match_unit(surface, 0)
    assert unit is not None
    assert (unit.surface, unit.base, unit.factor, unit.kind) == (surface, base, Decimal(factor), kind)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("人次参加", "人次"),
        ("人参加", "人"),
        ("个百分点", "个百分点"),
        ("项目标", "项"),
        ("千瓦时", "千瓦时"),
        ("千瓦", "千瓦"),
    ],
)
def test_match_unit_takes_the_longest(text, surface):
    unit = match_unit(text, 0)
    assert unit is not None
    assert unit.surface == surface


@pytest.mark.parametrize("text", ["项目", "步骤", "条件", "名单", "", "人才", "批准"])
def test_match_unit_finds_none_in_other_words(text):
    assert match_unit(text, 0) is None


def test_unit_initials_cover_every_unit():
    assert {unit.surface[0] for unit in load_units()} == unit_initials()


@pytest.mark.parametrize(
    "change",
    [
        {"factor": "x"},
        {"factor": "0"},
        {"kind": "colour"},
        {"counting": "never"},
        {"base": ""},
        {"surface": ""},
        {"not_before": "("},
    ],
)
def test_a_wrong_row_is_named(change):
    with pytest.raises(CatalogError, match=r"units\.csv"):
        _read_row(ROW | change)


def test_strict_classifiers_need_a_counting_verb():
    unit = match_unit("个", 0)
    assert unit is not None
    assert unit.counting is Counting.STRICT
