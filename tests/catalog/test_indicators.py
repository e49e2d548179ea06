import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.indicators import (
    Indicator,
    find_indicator_names,
    load_indicators,
    match_indicator,
    normalise_wording,
    parse_indicators,
)
from zhibiao.catalog.units import UnitKind, load_units
from zhibiao.errors import CatalogError

CATALOGUE = load_indicators()
KINDS = {unit.base: unit.kind for unit in load_units()}
# What a unit of each dimension measures; an index has no unit, a concentration one of its own.
DIMENSIONS = {
    "money": UnitKind.MONEY,
    "ratio": UnitKind.RATIO,
    "growth": UnitKind.RATIO,
    "count": UnitKind.COUNT,
    "people": UnitKind.COUNT,
    "events": UnitKind.COUNT,
    "intensity": UnitKind.COUNT,
    "area": UnitKind.AREA,
    "length": UnitKind.LENGTH,
    "mass": UnitKind.MASS,
    "energy": UnitKind.ENERGY,
    "power": UnitKind.POWER,
    "time": UnitKind.TIME,
    "index": None,
    "concentration": None,
}

# A METRIC, the unit of its figure (- for none), and the indicator (- where nothing may be said).
MATCHES = """
全社会研发经费投入 CNY rd_expenditure
R&D经费支出 CNY rd_expenditure
研究与试验发展(R&D)经费 CNY rd_expenditure
研发投入 CNY rd_expenditure
全区研发经费投入 CNY rd_expenditure
全社会研发经费占GDP的比重 percent rd_intensity
研发投入占地区生产总值比例 percent rd_intensity
R&D投入强度 percent rd_intensity
研发占比 percent rd_intensity
研发经费投入强度 percentage_point rd_intensity
规模以上工业企业研发费用 CNY industrial_rd_expenditure
规上工业企业研发活动覆盖率 percent rd_active_enterprise_share
有研发活动的规上企业占比 percent rd_active_enterprise_share
基础研究经费 CNY basic_research_expenditure
财政科技支出 CNY fiscal_science_expenditure
本级科技支出 CNY fiscal_science_expenditure
财政科技支出占一般公共预算支出的比重 percent fiscal_science_share
研发费用加计扣除金额 CNY super_deduction_amount
研发加计扣除所得税减免 CNY super_deduction_tax_saved
享受高企所得税减免 CNY hightech_tax_saved
高企 家 hightech_enterprises
高企总数 家 hightech_enterprises
高新企业 家 hightech_enterprises
国家高新技术企业数 家 hightech_enterprises
有效期内国家高企 家 hightech_enterprises
新认定高新技术企业 家 hightech_enterprises
重新认定高企 家 hightech_enterprises
高企净增 家 hightech_enterprises
泰兴市高新技术企业总数 家 hightech_enterprises
高新技术企业保有量 家 hightech_enterprises
申报高企 家 hightech_applications
纳入省高企培育库 家 hightech_reserve_enterprises
高企培育库在库企业 家 hightech_reserve_enterprises
省级高新技术培育后备入库企业 家 hightech_reserve_enterprises
科技型中小企业 家 tech_smes
科技型中小微企业 家 tech_smes
培育科技中小企业 家 tech_smes
科技型中小企业评价入库 家 tech_smes
科技型中小企业新增 家 tech_smes
专精特新“小巨人”企业 家 little_giants
国家级专精特新小巨人企业 家 little_giants
自治区“专精特新”企业 家 specialised_smes
瞪羚企业 家 gazelle_enterprises
省级创新型试点企业 家 innovative_enterprises
高新技术产业产值 CNY hightech_industry_output
高新技术产业产值占规模以上工业总产值的比重 percent hightech_industry_output_share
占规上工业产值比重 percent hightech_industry_output_share
高新技术产业增加值 CNY hightech_industry_value_added
高新产业增加值 CNY hightech_industry_value_added
高新技术产业增加值占规模以上工业比重 percent hightech_industry_value_added_share
高新技术产业增加值增速 percent hightech_industry_value_added_growth
战新产业产值 CNY emerging_industry_output
新产品销售收入 CNY new_product_revenue
限上科技服务业增加值 CNY tech_service_value_added
科技中介服务机构 家 tech_service_institutions
科技进步贡献率 percent tech_progress_contribution
科技进步水平综合指数 - innovation_index
专利申请量 件 patent_applications
专利申请数 件 patent_applications
申请专利 件 patent_applications
授权专利 件 patent_grants
授权发明专利 件 invention_grants
有效发明专利拥有量 件 valid_inventions
万人发明专利拥有量 件 inventions_per_10k
每万人口高价值发明专利拥有量 件 high_value_inventions_per_10k
万人高价值发明专利拥有量 件 high_value_inventions_per_10k
PCT国际专利申请量 件 pct_applications
知识产权质押融资额 CNY ip_pledge_financing
专利权质押融资 CNY ip_pledge_financing
立案假冒、侵权专利案件 件 ip_infringement_cases
知识产权优势企业 家 ip_demonstration_enterprises
软件著作权 件 software_copyrights
农业新品种 个 plant_varieties
技术合同成交额 CNY tech_contract_value
技术合同认定登记额 CNY tech_contract_value
技术合同登记 项 tech_contracts
技术合同 CNY tech_contract_value
技术合同 项 tech_contracts
吸纳技术合同成交额 CNY tech_contract_absorbed_value
输出技术合同成交额 CNY tech_contract_output_value
转化科技成果 项 transfer_conversions
签订科技合作协议 份 cooperation_agreements
签订高质量科技合作协议 项 cooperation_agreements
有效产学研项目 个 university_industry_projects
达成各类产学研合作 项 university_industry_projects
产学研对接活动 场 matchmaking_events
技术经纪人 人 technology_brokers
省级研发平台 家 provincial_platforms
省级以上研发平台 家 provincial_platforms
自治区级以上研发平台 个 provincial_platforms
市级以上创新平台 个 research_platforms
市域外研发机构 家 offsite_rd_institutions
新型研发机构 家 new_rd_institutions
全国重点实验室 家 national_key_laboratories
省级重点实验室 家 provincial_key_laboratories
省级及以上工程技术研究中心 家 provincial_engineering_centres
市级企业工程(技术)中心 家 engineering_centres
国家认定企业技术中心 家 national_enterprise_tech_centres
省级企业技术中心 家 provincial_enterprise_tech_centres
院士工作站 家 academician_stations
共建校企联盟 个 school_enterprise_alliances
科技部国际科技合作基地 家 international_bases
省级众创空间 家 provincial_makerspaces
省级科技企业孵化器 家 provincial_incubators
科技企业孵化器 家 incubators
在孵企业 家 incubated_enterprises
入孵企业 家 incubated_enterprises
新毕业企业 家 graduated_enterprises
孵化器面积 m2 incubator_area
高层次科技人才 人 high_level_talents
高层次科技人才团队 个 talent_teams
选派农业科技特派员 名 sci_tech_commissioners
区级以上科技特派员 名 sci_tech_commissioners
兑现科技创新券 CNY innovation_vouchers
“苏科贷”贷款 CNY science_loans
省科技进步二等奖 项 provincial_science_awards
解决企业难题 个 enterprise_problems_solved
走访企业 家次 enterprise_visits
发放宣传资料 份 science_materials
省级科普基地 家 science_bases
防震减灾示范学校 所 quake_demonstration_schools
办理新建、改建、扩建建设工程抗震设防要求核定 - seismic_requirement_reviews
区域性地震安全性评价 km2 seismic_safety_area
签约项目 个 investment_projects
引进亿元以上项目 个 large_investment_projects
到位资金 CNY funds_in_place
实际利用外资 USD foreign_investment
地区生产总值 CNY gdp
规模以上工业增加值 CNY industrial_value_added
社消零总额 CNY retail_sales
城镇新增就业 人 new_employment
农村居民人均可支配收入 CNY rural_income
市场主体总数 户 market_entities
电力消费弹性 - -
新认定 家 -
重新认定 家 -
高企 percent -
高企总数 CNY -
研发投入 percent -
研发投入强度 CNY -
企业 家 -
项目 项 -
活动 场 -
平台 家 -
增幅 - -
占比 percent -
总数 家 -
同比 percent -
入选省“百强高新技术企业” 家 -
孟村弯头 个 -
带动企业投入 CNY leveraged_investment
投资额 CNY -
会诊量 例 remote_consultations
会议纪要 份 -
高新技术产业增加值 家 -
专利 percent -
技术合同成交额 项 -
绿皮火车 列 -
- - -
"""


def rows(table: str) -> list[tuple[str, str | None, str | None]]:
    cells = (line.split() for line in table.strip().splitlines())
    return [(metric, unit if unit != "-" else None, found if found != "-" else None) for metric, unit, found in cells]


@pytest.mark.parametrize(("metric", "unit", "expected"), rows(MATCHES))
def test_match_indicator_names_the_indicator_or_none(metric: str, unit: str | None, expected: str | None) -> None:
    match = match_indicator(metric, unit)
    assert (match.id if match else None) == expected


def test_match_indicator_is_surest_of_a_listed_wording() -> None:
    listed, stripped = match_indicator("高企总数"), match_indicator("今年以来全市新认定高企")
    assert listed is not None
    assert stripped is not None
    assert listed.score == 1.0 > stripped.score > 0.8


def test_match_indicator_is_quick_on_a_long_metric() -> None:
    assert match_indicator("新增" * 5000) is None


def test_catalogue_covers_the_domain() -> None:
    assert len(CATALOGUE) >= 350
    assert sum(len(one.aliases) for one in CATALOGUE) >= 3000
    assert Counter(one.dimension for one in CATALOGUE).keys() == DIMENSIONS.keys()


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.id)
def test_catalogue_row_is_complete(one: Indicator) -> None:
    assert re.fullmatch(r"[^。]{6,}。", one.definition)
    assert KINDS.get(one.unit) is DIMENSIONS[one.dimension]
    assert not re.search(r"\s", "".join((one.name_zh, *one.aliases)))
    assert one.name_zh not in one.aliases


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.id)
def test_every_wording_leads_back_to_its_indicator(one: Indicator) -> None:
    for wording in (one.name_zh, *one.aliases):
        match = match_indicator(wording, one.unit or None)
        assert match is not None, wording
        assert match.id == one.id, wording


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
        ([row(id="X-1")], "snake_case"),
        ([row(definition="")], "definition"),
        ([{"id": "x"}], "lacks a field"),
    ],
)
def test_parse_indicators_refuses_a_wrong_row(table: list[dict[str, str]], message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        parse_indicators(iter(table))


@given(st.sampled_from([wording for one in CATALOGUE for wording in one.aliases]))
def test_normalise_wording_is_idempotent(wording: str) -> None:
    once = normalise_wording(wording)
    assert normalise_wording(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市高企总数达125家,技术合同成交额9.8亿元", ["高企总数", "技术合同成交额"]),
        ("高新技术产业增加值占规模以上工业比重达28%", ["高新技术产业增加值占规模以上工业比重"]),
        ("各类企业走访情况", []),
        ("", []),
    ],
)
def test_find_indicator_names_gives_the_longest_wordings(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_indicator_names(text)] == expected
