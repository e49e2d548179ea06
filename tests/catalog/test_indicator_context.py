import pytest

from zhibiao.catalog.indicators import match_in_context, match_indicator


@pytest.mark.parametrize(
    ("earlier", "metric", "unit", "expected"),
    [
        (["研发投入"], "占GDP比重", "percent", "rd_intensity"),
        (["完成全社会研发投入"], "占地区生产总值的比重", "percent", "rd_intensity"),
        (["研发经费投入"], "强度", "percent", "rd_intensity"),
        (["高新技术产业产值"], "占规上工业产值", "percent", "hightech_industry_output_share"),
        (["新增高企"], "总数", "家", "hightech_enterprises"),
        (["申报高新技术企业"], "新认定", "家", "hightech_enterprises"),
        (["申报高新技术企业", "新认定"], "重新认定", "家", "hightech_enterprises"),
        (["专利申请"], "授权", "件", "patent_grants"),
        (["专利申请量"], "授权量", "件", "patent_grants"),
        (["授权专利"], "发明", "件", "invention_grants"),
        # nothing named before, or nothing that fits the unit
        ([], "占GDP比重", "percent", None),
        (["专利申请"], "总数", "家", None),
        (["专项斗争"], "总数", "起", None),
        # too far back
        (["新增高企", "甲", "乙", "丙", "丁"], "总数", "家", None),
    ],
)
def test_what_the_sentence_has_named_completes_a_metric(
    earlier: list[str], metric: str, unit: str, expected: str | None
) -> None:
    found = match_in_context(metric, unit, earlier)
    assert (found.id if found else None) == expected


def test_a_metric_with_a_name_of_its_own_needs_no_context() -> None:
    assert match_in_context("研发投入", "CNY", ["专利申请"]) == match_indicator("研发投入", "CNY")


def test_what_is_completed_is_less_sure() -> None:
    completed, named = match_in_context("总数", "家", ["高企"]), match_indicator("高企", "家")
    assert completed is not None and named is not None
    assert completed.score < named.score
