from collections.abc import Callable

import pytest

from zhibiao.checks.keys import find_key, speaks_for
from zhibiao.records import Fact


@pytest.mark.parametrize(
    ("holder", "code", "speaks"),
    [
        ("宁国市", "341881", True),
        ("宁国市人民政府", "341881", True),
        ("宁国市科技局", "341881", True),
        ("宣城市宁国市科技局", "341881", True),
        ("浙江省统计局", "330000", True),
        ("宁国市发展和改革委员会", "341881", True),
        ("昆山市高新区科技局", "320583", False),
        ("宁国市河沥溪街道办事处", "341881", False),
        ("宁国市梅林镇人民政府", "341881", False),
        ("宁国市中学", "341881", False),
        ("中鼎股份", "341881", False),
        ("宁国市", "999999", False),
    ],
)
def test_a_place_its_government_and_its_bureaus_speak_for_it(holder: str, code: str, speaks: bool) -> None:
    assert speaks_for(holder, code) is speaks


def test_the_city_and_its_bureau_share_a_key(fact: Callable[..., Fact]) -> None:
    sentence = "全市高企总数125家。"
    keys = {find_key(fact(sentence, "高企总数", "125家", holder=holder)) for holder in ("宁国市", "宁国市科技局")}
    assert keys == {"341881 hightech_enterprises"}


@pytest.mark.parametrize(
    "changes", [{"holder": None}, {"holder_code": None}, {"indicator": None}, {"period": None}, {"holder": "中鼎股份"}]
)
def test_what_has_no_place_indicator_or_period_has_no_key(
    fact: Callable[..., Fact], changes: dict[str, str | None]
) -> None:
    assert find_key(fact("高企总数125家。", "高企总数", "125家", **changes)) is None
