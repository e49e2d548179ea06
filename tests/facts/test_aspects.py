import pytest

from zhibiao.facts.aspects import find_aspect
from zhibiao.labels import Aspect


@pytest.mark.parametrize(
    ("metric", "around", "aspect"),
    [
        ("新增高新技术企业", "", Aspect.NEW),
        ("省级研发平台", "新增", Aspect.NEW),
        ("净增", "", Aspect.NEW),
        ("重新认定", "", Aspect.RENEWED),
        ("科技特派员", "再登记", Aspect.LEVEL),
        ("核实再登记", "", Aspect.RENEWED),
        ("专利授权量", "累计达", Aspect.CUMULATIVE),
        ("创新平台", "", Aspect.LEVEL),
        ("各类创新活动", "", Aspect.LEVEL),
        ("新材料产业产值", "", Aspect.LEVEL),
        ("新毕业企业", "", Aspect.NEW),
        ("科技型中小企业新增", "", Aspect.NEW),
        ("办理新建、改建工程核定", "", Aspect.LEVEL),
        ("高新技术企业", "新认定市级科技型企业261家、", Aspect.NEW),
        ("高企总数", "新认定18家、", Aspect.LEVEL),
        ("获奖扶资金", "累计", Aspect.CUMULATIVE),
        # an addition inside the name
        ("城镇新增就业", "", Aspect.NEW),
        ("高企净增数", "", Aspect.NEW),
        ("“四上”单位新增入库", "", Aspect.NEW),
    ],
)
def test_find_aspect(metric: str, around: str, aspect: Aspect) -> None:
    assert find_aspect(metric, around) == aspect


@pytest.mark.parametrize(
    ("metric", "around", "aspect"),
    [
        ("新增省级工程技术研究中心", "累计", Aspect.CUMULATIVE),
        ("高新技术企业新认定", "全区累计", Aspect.CUMULATIVE),
        ("国家级高新技术企业新认定", "达到", Aspect.LEVEL),
        ("新认定知识产权示范企业", "目前达到", Aspect.LEVEL),
        ("新认定高新技术企业", "增长", Aspect.NEW),
        ("新认定高新技术企业", "居", Aspect.NEW),
    ],
)
def test_a_later_clause_may_count_something_else(metric: str, around: str, aspect: Aspect) -> None:
    assert find_aspect(metric, around, apart=True) == aspect
