import re
from collections import Counter

import pytest

from zhibiao.catalog.indicator_table import Indicator, get_indicator, load_indicators, parse_indicators
from zhibiao.catalog.units import UnitKind, load_units
from zhibiao.errors import CatalogError

CATALOGUE = load_indicators()
KINDS = {unit.base: unit.kind for unit in load_units()}
# What a unit of each dimension measures; an index has no unit, a concentration one of its own.
DIMENSIONS = {
    "money": UnitKind.MONEY,
    "ratio": UnitKind.RATIO,
    "growth": UnitKind.RATIO,
    "multiple": UnitKind.TIMES,
    "count": UnitKind.COUNT,
    "people": UnitKind.COUNT,
    "events": UnitKind.COUNT,
    "intensity": UnitKind.COUNT,
    "area": UnitKind.AREA,
    "length": UnitKind.LENGTH,
    "mass": UnitKind.MASS,
    "volume": UnitKind.VOLUME,
    "energy": UnitKind.ENERGY,
    "power": UnitKind.POWER,
    "time": UnitKind.TIME,
    "data": UnitKind.DATA,
    "index": None,
    "concentration": None,
}


def test_catalogue_covers_the_domain() -> None:
    assert len(CATALOGUE) >= 700
    assert sum(len(one.wordings) for one in CATALOGUE) >= 6500
    assert Counter(one.dimension for one in CATALOGUE).keys() == DIMENSIONS.keys()


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_catalogue_rows_are_complete(dimension: str) -> None:
    for one in CATALOGUE:
        if one.dimension == dimension:
            assert re.fullmatch(r"[^。]{6,}。", one.definition), one
            assert KINDS.get(one.unit) is DIMENSIONS[dimension], one
            assert not re.search(r"\s", "".join(one.wordings)), one
            assert len(set(one.wordings)) == len(one.wordings), one
            assert one.name_en.isascii(), one


@pytest.mark.parametrize("one", [one for one in CATALOGUE if one.parent], ids=lambda one: one.id)
def test_a_part_is_measured_like_its_whole(one: Indicator) -> None:
    whole, seen = one, set[str]()
    while whole.parent is not None:
        assert whole.id not in seen
        seen.add(whole.id)
        whole = get_indicator(whole.parent)
        assert DIMENSIONS[whole.dimension] is DIMENSIONS[one.dimension]


def row(**changes: str) -> dict[str, str]:
    fields = ["id", "name_zh", "name_en", "definition", "unit", "dimension", "parent", "aliases", "source"]
    base = dict.fromkeys(fields, "") | {"id": "x", "name_zh": "甲", "name_en": "A", "definition": "一句话。"}
    return base | changes


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([row(), row(name_zh="乙")], "x is listed twice"),
        ([row(parent="y")], "unknown parent y"),
        ([row(aliases="R&D经费"), row(id="y", name_zh="研发投入")], "already means x"),
        ([row(aliases="丙?"), row(id="y", name_zh="丙")], "marked in x, but y has it without a mark"),
        ([row(aliases="丙?"), row(id="y", name_zh="乙")], "only x has it"),
        ([row(id="X-1")], "snake_case"),
        ([row(definition="")], "definition"),
        ([{"id": "x"}], "lacks a field"),
    ],
)
def test_parse_indicators_refuses_a_wrong_row(table: list[dict[str, str]], message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        parse_indicators(table)


def test_parse_indicators_parts_own_wordings_from_shared_ones() -> None:
    first, second = parse_indicators([row(aliases="丙|丁?"), row(id="y", name_zh="乙", aliases="丁?")])
    assert (first.aliases, first.shared, first.wordings) == (("丙",), ("丁",), ("甲", "丙", "丁"))
    assert second.shared == ("丁",)
