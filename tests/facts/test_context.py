import pytest

from zhibiao.facts.context import clause_start, find_aspect, find_status
from zhibiao.labels import Aspect, FactStatus, SectionStatus


@pytest.mark.parametrize(
    ("sentence", "section", "status"),
    [
        ("高企总数达125家", SectionStatus.REVIEW, FactStatus.ACTUAL),
        ("高企总数达125家", SectionStatus.PLAN, FactStatus.TARGET),
        ("力争高企总数达125家", SectionStatus.REVIEW, FactStatus.TARGET),
        ("预计高企总数达125家", SectionStatus.REVIEW, FactStatus.FORECAST),
        ("目前高企总数已达125家", SectionStatus.PLAN, FactStatus.ACTUAL),
        ("力争新增平台,高企总数达125家", SectionStatus.OTHER, FactStatus.TARGET),
        ("被认定为基地,高企总数达125家", SectionStatus.REVIEW, FactStatus.ACTUAL),
    ],
)
def test_find_status(sentence: str, section: SectionStatus, status: FactStatus) -> None:
    figure = sentence.index("125")
    assert find_status(sentence, 0, clause_start(sentence, 0, figure), figure, section) == status


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
    ],
)
def test_find_aspect(metric: str, around: str, aspect: Aspect) -> None:
    assert find_aspect(metric, around) == aspect
