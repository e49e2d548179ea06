import re

import pytest

from zhibiao.catalog.lexicon import load_lexicon, load_weak_suffixes
from zhibiao.errors import CatalogError
from zhibiao.labels import Direction

FLAT = {
    "metric_heads": 900,
    "metric_verbs": 500,
    "light_verbs": 19,
    "generic_organisations": 250,
    "government_organs": 1500,
    "company_endings": 100,
    "plan_words": 100,
    "forecast_words": 35,
    "actual_words": 60,
}
GROUPED = {
    "leading_modifiers": {"region", "time", "adverb"},
    "self_references": {"region", "organ"},
    "org_suffixes": {
        *("government", "company", "education", "research", "park"),
        *("finance", "medical", "media", "association", "settlement"),
    },
}
# Words the standard names for each list.
MEMBERS = """
metric_heads 总数 总额 产值 增加值 收入 支出 投入 成交额 申请量 授权量 拥有量 比重 占比 增速 增幅 贡献率 覆盖率 企业 平台 中心 项目 专利 人才 团队 基地 协议 活动
metric_verbs 签订 新增 新认定 重新认定 引进 培育 申报 获批 认定 建成 发放 兑现 争取 签约 招引 走访 解决 登记 备案 转化 纳入 获评 选派 组建
generic_organisations 企业 高校 各县区 有关部门 科研院所
government_organs 市委 市政府 市委市政府 省科技厅 科技部 国家知识产权局 省人大 市政协 市发改委 区财政局 科技局 市经信委
plan_words 力争 确保 明年 将达
forecast_words 预计 有望
actual_words 已 目前 截至
"""
# Everyday phrases of done work that hold no word of a plan, although 计划, 目标, 要 or 将 stand in them.
NO_PLAN = ["争取国家科技计划项目51项", "主要指标", "完成年度目标任务的92%", "发展规划", "需求对接", "比上年增长"]


@pytest.mark.parametrize(("name", "least"), FLAT.items())
def test_load_lexicon_gives_clean_words(name: str, least: int) -> None:
    words = load_lexicon(name)
    assert len(words) >= least
    assert not [word for word in words if re.search(r"[\s|,，。；]", word)]


@pytest.mark.parametrize(("name", "groups"), GROUPED.items())
def test_load_lexicon_keeps_the_groups(name: str, groups: set[str]) -> None:
    found = load_lexicon(name)
    assert found.keys() == groups
    assert all(found.values())


@pytest.mark.parametrize("line", MEMBERS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_load_lexicon_holds_the_words_of_the_standard(line: str) -> None:
    name, *words = line.split()
    assert set(words) <= load_lexicon(name)


def test_light_verbs_are_the_closed_list_of_the_standard() -> None:
    listed = "开展 组织 完成 实现 举办 召开 进行 拥有 有 达 达到 为 是 共 建有 超额完成 增至 降至 升至"
    assert load_lexicon("light_verbs") == set(listed.split())


@pytest.mark.parametrize(
    ("word", "direction"),
    [
        ("增长", Direction.UP),
        ("同比增加", Direction.UP),
        ("为上年的", Direction.UP),
        ("下降", Direction.DOWN),
        ("回落", Direction.DOWN),
        ("高于", Direction.GAP),
        ("低于", Direction.GAP),
        ("完成目标的", Direction.GAP),
        ("超额", Direction.GAP),
    ],
)
def test_change_words_have_a_direction(word: str, direction: Direction) -> None:
    assert load_lexicon("change_words")[word] == direction


def test_change_words_do_not_end_words_of_counting() -> None:
    for verb in ("新增", "净增", "引进", "清退", "高企", "增收"):
        assert not [word for word in load_lexicon("change_words") if verb.endswith(word)], verb


def test_leading_modifiers_leave_names_of_indicators_whole() -> None:
    modifiers = frozenset().union(*load_lexicon("leading_modifiers").values())
    for name in (
        "有效发明专利",
        "人均可支配收入",
        "每万人口",
        "实际利用外资",
        "重点实验室",
        "净利润",
        "国内生产总值",
        "合同额",
    ):
        assert not [word for word in modifiers if name.startswith(word)], name


@pytest.mark.parametrize("text", NO_PLAN)
def test_plan_words_pass_over_done_work(text: str) -> None:
    assert not [word for word in load_lexicon("plan_words") if word in text]


def test_weak_suffixes_are_endings_that_need_a_proper_name() -> None:
    every = frozenset().union(*load_lexicon("org_suffixes").values())
    assert {"中心", "实验室", "产业园", "街道"} <= load_weak_suffixes() < every
    assert load_weak_suffixes().isdisjoint({"有限公司", "大学", "支行", "日报"})


def test_load_lexicon_refuses_an_unknown_list() -> None:
    with pytest.raises(CatalogError, match="nothing"):
        load_lexicon("nothing")
