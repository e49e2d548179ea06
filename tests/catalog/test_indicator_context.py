import pytest

from zhibiao.catalog.indicators import Context, match_in_context, match_indicator


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
        (["发明专利"], "授权量", "件", "invention_grants"),
        (["提交发明专利"], "获授权", "件", "invention_grants"),
        (["蔬菜播种面积"], "总产", "吨", "vegetable_output"),
        (["设立科技创新专项基金"], "规模", "CNY", "investment_funds"),
        (["研发费用税前加计扣除"], "减免所得税", "CNY", "super_deduction_tax_saved"),
        (["研发费用加计扣除"], "享受优惠的企业", "家", "super_deduction_enterprises"),
        (["签约项目"], "合同金额", "CNY", "contracted_investment"),
        (["签订合作协议"], "合同金额", "CNY", "cooperation_contract_value"),
        (["引进亿元以上项目"], "到位资金", "CNY", "funds_in_place"),
        (["争取科技项目"], "到位资金", "CNY", "project_funding"),
        (["实施技改项目"], "投资", "CNY", "technical_renovation_investment"),
        (["获省科技进步一等奖"], "二等奖", "项", "provincial_science_awards"),
        (["高新技术企业"], "新申报", "家", "hightech_applications"),
        (["平台"], "新增国家级", "家", "national_platforms"),
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
    found = match_in_context(metric, unit, Context(earlier))
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("before", "metric", "unit", "expected"),
    [
        ("实际放款6.7亿元,惠及", "企业", "家", "enterprises_benefited"),
        ("年底前新开工", "项目", "个", "construction_starts"),
        ("现场签约", "项目", "个", "investment_projects"),
        ("带动", "农户", "户", "farmers_benefited"),
        # only a listed wording, and only in the clause
        ("座谈会上，", "企业", "家", None),
        ("县里的", "企业", "家", None),
        ("", "项目", "个", None),
    ],
)
def test_the_verb_in_front_of_the_figure_completes_its_object(
    before: str, metric: str, unit: str, expected: str | None
) -> None:
    found = match_in_context(metric, unit, Context(before=before))
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("topics", "metric", "unit", "expected"),
    [
        (["专利"], "申请量", "件", "patent_applications"),
        (["发明专利"], "拥有量", "件", "valid_inventions"),
        (["技术合同"], "登记", "项", "tech_contracts"),
        (["高新技术企业"], "净增", "家", "hightech_enterprises"),
        (["高企培育"], "总数", "家", "hightech_enterprises"),
        (["研发投入"], "占GDP比重", "percent", "rd_intensity"),
        (["存在问题", "科技特派员"], "选派", "人", "sci_tech_commissioners"),
        # what names something by itself, or nothing at all
        (["专利"], "培训", "人次", "trainees"),
        (["研发投入"], "占", "percent", None),
        (["企业梯队更加完整"], "总数", "家", None),
    ],
)
def test_what_the_paragraph_is_about_completes_a_metric(
    topics: list[str], metric: str, unit: str, expected: str | None
) -> None:
    found = match_in_context(metric, unit, Context(topics=topics))
    assert (found.id if found else None) == expected


def test_a_metric_with_a_name_of_its_own_needs_no_context() -> None:
    assert match_in_context("研发投入", "CNY", Context(["专利申请"])) == match_indicator("研发投入", "CNY")


def test_what_is_completed_is_less_sure() -> None:
    completed, named = match_in_context("总数", "家", Context(["高企"])), match_indicator("高企", "家")
    assert completed is not None and named is not None
    assert completed.score < named.score
