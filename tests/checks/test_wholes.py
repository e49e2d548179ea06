from collections.abc import Callable
from dataclasses import replace

import pytest

from zhibiao.checks.told import Told
from zhibiao.checks.wholes import check_wholes
from zhibiao.labels import CheckKind, Verdict

Tell = Callable[..., list[Told]]


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("签约亿元以上项目6个，其中3亿元以上项目8个。", ("签约亿元以上项目|6个", "3亿元以上项目|8个")),
        ("培训干部120人，其中女干部130人。", ("培训干部|120人", "女干部|130人")),
        ("总投资5.2亿元，其中企业自筹5.8亿元。", ("总投资|5.2亿元", "企业自筹|5.8亿元")),
    ],
)
def test_a_part_above_its_whole_is_a_contradiction(told: Tell, sentence: str, rows: tuple[str, ...]) -> None:
    (finding,) = check_wholes(told(sentence, *rows))
    assert (finding.check, finding.verdict) == (CheckKind.WHOLE, Verdict.CONTRADICTION)
    assert finding.other is not None
    assert (finding.fact.figure, finding.other.figure) == tuple(row.split("|")[1] for row in reversed(rows))
    assert finding.expected_high == finding.other.value_high


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("签约亿元以上项目6个，其中3亿元以上项目2个。", ("签约亿元以上项目|6个", "3亿元以上项目|2个")),
        ("签约项目6个，其中3亿元以上2个，服务企业50个。", ("签约项目|6个", "服务企业|50个")),
        ("签约项目6个，总投资50亿元，其中工业投资80亿元。", ("签约项目|6个", "工业投资|80亿元")),
        ("引进博士3人（硕士1人），其中医疗系统24人。", ("引进博士|3人", "医疗系统|24人")),
        ("培训干部120余人，其中女干部130人。", ("培训干部|120余人", "女干部|130人")),
        ("失业率5.5%，其中研发投入占比60%。", ("失业率|5.5%", "研发投入占比|60%")),
        ("每万人发明专利2.1件，其中发明专利申请231件。", ("每万人发明专利|2.1件", "发明专利申请|231件")),
        ("8个村获评，其中愚公楼村在全县30个样板村中领先。", ("获评|8个", "愚公楼村|30个")),
        ("培训干部5000人，其中女干部5100人。", ("培训干部|5000人", "女干部|5100人")),  # 5000 is a round number
    ],
)
def test_other_figures_behind_a_whole_are_not(told: Tell, sentence: str, rows: tuple[str, ...]) -> None:
    assert list(check_wholes(told(sentence, *rows))) == []


PARTS = ("发明专利授权量215件，专利授权量180件。", ("发明专利授权量|215件", "专利授权量|180件"))


def with_indicators(told: list[Told], *indicators: str, **changes: object) -> list[Told]:
    return [
        replace(one, fact=replace(one.fact, indicator=indicator, **(changes if place else {})))
        for place, (one, indicator) in enumerate(zip(told, indicators, strict=True))
    ]


def test_a_part_of_the_catalogue_does_not_exceed_its_parent(told: Tell) -> None:
    sentence, rows = PARTS
    (finding,) = check_wholes(with_indicators(told(sentence, *rows), "invention_grants", "patent_grants"))
    assert finding.explanation == (
        "发明专利授权量 215件 exceeds 专利授权量 180件, of which the catalogue counts invention_grants into patent_grants"
    )


@pytest.mark.parametrize("changes", [{"period": "2020"}, {"holder": "宣城市"}, {"unit": "项"}])
def test_a_parent_of_another_year_place_or_unit_is_no_whole(told: Tell, changes: dict[str, str]) -> None:
    sentence, rows = PARTS
    facts = with_indicators(told(sentence, *rows), "invention_grants", "patent_grants", **changes)
    assert list(check_wholes(facts)) == []


def test_averages_do_not_add_up(told: Tell) -> None:
    facts = told(
        "城镇居民人均可支配收入5.4万元，居民人均可支配收入4.1万元。",
        "城镇居民人均可支配收入|5.4万元",
        "居民人均可支配收入|4.1万元",
    )
    assert list(check_wholes(with_indicators(facts, "urban_income", "per_capita_income"))) == []


def test_a_count_of_one_level_is_no_whole(told: Tell) -> None:
    facts = told("建成省级重点实验室3家，认定市级重点实验室2家。", "省级重点实验室|3家", "市级重点实验室|2家")
    assert list(check_wholes(with_indicators(facts, "provincial_key_laboratories", "key_laboratories"))) == []


@pytest.mark.parametrize(("figure", "found"), [("104%", 1), ("100%", 0), ("超过98%", 0)])
def test_a_share_stays_below_a_hundred_percent(told: Tell, figure: str, found: int) -> None:
    assert len(list(check_wholes(told(f"研发机构覆盖率{figure}。", f"研发机构覆盖率|{figure}")))) == found


def test_a_rate_that_may_exceed_a_hundred_percent_is_none(told: Tell) -> None:
    assert list(check_wholes(told("投资完成率104%。", "投资完成率|104%"))) == []
