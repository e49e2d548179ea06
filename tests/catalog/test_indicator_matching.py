import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.indicator_matching import MatchWay, explain_match, fits_unit, match_indicator, measure_similarity
from zhibiao.catalog.indicator_table import Indicator, get_indicator, load_indicators
from zhibiao.catalog.units import load_units

CATALOGUE = load_indicators()
UNITS = sorted({unit.base for unit in load_units()})

# A METRIC, the unit of its figure (- for none), and the indicator (- where nothing may be said).
LISTED_OR_PEELED = """
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
实际利用外资 USD foreign_investment
地区生产总值 CNY gdp
规模以上工业增加值 CNY industrial_value_added
社消零总额 CNY retail_sales
城镇新增就业 人 new_employment
农村居民人均可支配收入 CNY rural_income
市场主体总数 户 market_entities
带动企业投入 CNY leveraged_investment
会诊量 例 remote_consultations
实施招商项目 个 investment_projects
获评省级专利示范企业 家 ip_demonstration_enterprises
科技特派员选派 名 sci_tech_commissioners
瞪羚企业遴选 家 gazelle_enterprises
批复的省级重点实验室 个 provincial_key_laboratories
科技小巨人企业(含培育)新增 家 tech_little_giants
县级科技专项资金安排 CNY science_rewards
财政科技支出只占一般公共预算支出 percent fiscal_science_share
发明专利申请占 percent invention_application_share
全社会研发经费支出相当于地区生产总值的比重 percent rd_intensity
规上工业企业研发活动覆盖面 percent rd_active_enterprise_share
省科技进步奖一等奖 项 provincial_science_awards
耕种收综合机械化水平 percent mechanisation_rate
每万名从业人员中研发人员 人 rd_personnel_density
农村居民人均纯收入 CNY rural_net_income
财政总收入 CNY total_fiscal_revenue
限额以上社会消费品零售额 CNY above_quota_retail
学前三年毛入园率 percent preschool_enrolment_rate
"""

# The same characters in another order, or with light words.
NEAREST = """
“四上”单位在库 家 above_scale_units
授信科技企业 CNY credit_granted
学生参与 人次 event_participants
区域性地震安全评价工作 km2 seismic_safety_area
"""

# The unit says the noun that is left out.
UNIT_NOUNS = """
温室 m2 facility_agriculture_area
新建保税仓库 m2 warehouse_area
农产品加工 家 agri_processing_enterprises
国家级“小巨人” 家 little_giants
蔬菜 吨 vegetable_output
获得奖补 CNY science_rewards
"""

# Wordings of several indicators: the unit may tell, or nothing can.
SHARED = """
技术合同 CNY tech_contract_value
技术合同 项 tech_contracts
技术合同 - -
培训 人次 trainees
培训 期 trainings
培训 - -
水稻 亩 rice_area
水稻 公斤 rice_output
建有研发机构 家 enterprise_rd_institutions
建有研发机构 percent enterprise_rd_institution_coverage
专利质押贷款 笔 ip_pledge_projects
专利质押贷款 CNY ip_pledge_financing
发明专利 件 -
到位资金 CNY -
工业企业 家 -
"""

# Names of something else, a unit that contradicts, words that only their sentence can tell.
REFUSED = """
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
投资额 CNY -
会议纪要 份 -
高新技术产业增加值 家 -
专利 percent -
技术合同成交额 项 -
绿皮火车 列 -
专利申请 家 -
科技特派员 家 -
培训企业人员 期 -
在孵企业 人 -
获省科技进步二等奖 家 -
综合科技进步水平指数 家 -
占规上工业产值比重 percent -
占地区生产总值比重 percent -
没有研发活动 percent -
有机硅产业研发投入 CNY -
高企平均营业收入 CNY -
技术合同成交额增幅 percent -
新增 家 -
引进 家 -
绿皮火车 家 -
"""

# A verb in front and a noun at the end, with what lies between left out; or a quoted name left out.
HEADS = """
发放知识产权、节能减排、防震减灾等方面的宣传资料 份 science_materials
参加第十届中国创新创业大赛 家 startup_contest_enterprises
推广优质稻、油茶新品种面积 m2 agri_extension_area
新增生物医药高层次人才 人 high_level_talents
建成新药中试基地 家 pilot_bases
“局长面对面”座谈 次 meetings
"""
# What lies between makes it less, or the noun is not what is counted.
NO_HEADS = """
新增农业类省级研发平台 家 -
培训校长、骨干教师 人次 -
培训财务和研发人员 人次 -
支持小微企业和养殖大户 家次 -
研发投入为零的规上企业 家 -
生产型研发机构 家 -
"""
# A wording that the unit does not fit stands for it with a noun.
NOUNS_FOR_UNITS = """
技术合作协议 CNY cooperation_contract_value
科普讲座 人次 science_participants
科普讲座 次 science_lectures
推广新品种 m2 agri_extension_area
推广新品种 个 plant_varieties
亩产干胶 公斤 crop_yield
吨铜耗能 吨标准煤 product_energy_intensity
基础研究投入占全社会研发经费比重 percent basic_research_share
"""


def rows(table: str) -> list[tuple[str, str | None, str | None]]:
    cells = (line.split() for line in table.splitlines() if line)
    return [(metric, unit if unit != "-" else None, found if found != "-" else None) for metric, unit, found in cells]


def match(metric: str, unit: str | None) -> str | None:
    found = match_indicator(metric, unit)
    return found.id if found else None


@pytest.mark.parametrize(
    ("metric", "unit", "expected"),
    rows(LISTED_OR_PEELED + NEAREST + UNIT_NOUNS + HEADS + SHARED + NOUNS_FOR_UNITS + REFUSED + NO_HEADS),
)
def test_match_indicator_names_the_indicator_or_none(metric: str, unit: str | None, expected: str | None) -> None:
    assert match(metric, unit) == expected


@pytest.mark.parametrize(
    ("table", "ways"),
    [
        (LISTED_OR_PEELED, {MatchWay.LISTED, MatchWay.PEELED, MatchWay.COUNTED}),
        (NEAREST, {MatchWay.NEAREST}),
        (UNIT_NOUNS, {MatchWay.UNIT_NOUN}),
    ],
)
def test_explain_match_tells_the_way(table: str, ways: set[MatchWay]) -> None:
    assert {explain_match(metric, unit).way for metric, unit, _ in rows(table)} == ways


def test_match_indicator_is_surest_of_a_listed_wording() -> None:
    listed, peeled, nearest, noun = (
        match_indicator(metric, unit)
        for metric, unit in [
            ("高企总数", "家"),
            ("今年以来全市新认定高企", "家"),
            ("授信科技企业", "CNY"),
            ("温室", "m2"),
        ]
    )
    assert listed is not None
    assert peeled is not None
    assert nearest is not None
    assert noun is not None
    assert listed.score == 1.0 > peeled.score > noun.score > 0.8
    assert peeled.score > nearest.score > 0.7


def test_explain_match_tells_the_meanings_of_a_shared_wording_and_those_a_unit_allows() -> None:
    found = explain_match("技术合同", "CNY")
    assert {one.id for one in found.meanings} == {"tech_contracts", "tech_contract_value"}
    assert [one.id for one in found.fitting] == ["tech_contract_value"]


def test_match_indicator_is_quick_on_a_long_metric() -> None:
    start = time.process_time()
    assert match_indicator("新增" * 100_000) is None
    assert match_indicator("高企" + "，" * 100_000) is None
    assert time.process_time() - start < 1


@pytest.mark.parametrize("dimension", sorted({one.dimension for one in CATALOGUE}))
def test_every_wording_of_its_own_matches_the_indicator_with_score_one(dimension: str) -> None:
    wordings = [(one, name) for one in CATALOGUE if one.dimension == dimension for name in (one.name_zh, *one.aliases)]
    for one, wording in wordings:
        for unit in (None, one.unit or None):
            found = match_indicator(wording, unit)
            assert found is not None, wording
            assert (found.id, found.score) == (one.id, 1.0), wording


@pytest.mark.parametrize("one", [one for one in CATALOGUE if one.shared], ids=lambda one: one.id)
def test_a_shared_wording_names_the_indicator_only_where_the_unit_tells(one: Indicator) -> None:
    for wording in one.shared:
        assert match(wording, None) is None
        assert match(wording, one.unit) in (one.id, None)


metrics = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "全市", "新增", "省级", "今年以来", "企业", "宁国市", "有"]),
        st.sampled_from([wording for one in CATALOGUE for wording in one.wordings]) | st.text(max_size=8),
        st.sampled_from(["", "总数", "新增", "额", "面积", "企业", "情况", "增速"]),
    ),
)


@given(metrics, st.sampled_from(UNITS))
def test_a_unit_never_turns_an_indicator_that_it_fits_into_another(metric: str, unit: str) -> None:
    own = match(metric, None)
    assert own is None or not fits_unit(get_indicator(own), unit) or match(metric, unit) == own


@given(st.text(max_size=80) | metrics, st.sampled_from([None, "", "no unit", *UNITS]))
def test_match_indicator_gives_a_score_or_none_for_any_text(metric: str, unit: str | None) -> None:
    found = match_indicator(metric, unit)
    assert found is None or 0 < found.score <= 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_measure_similarity_is_symmetric_and_one_for_equals(one: str, other: str) -> None:
    assert measure_similarity(one, other) == measure_similarity(other, one)
    assert 0 <= measure_similarity(one, other) <= 1
    assert measure_similarity(one, one) == 1
