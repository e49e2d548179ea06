import pytest

from zhibiao.facts.status import find_status, is_adjusted, is_goal
from zhibiao.labels import FactStatus

ACTUAL, TARGET, FORECAST = FactStatus.ACTUAL, FactStatus.TARGET, FactStatus.FORECAST


def status_of(sentence: str, *, planned: bool) -> FactStatus:
    """Read the status of the figure in square brackets; the last round-tipped span in front of it is its METRIC."""
    front, _, rest = sentence.partition("[")
    before, _, behind = front.rpartition("<")
    metric, figure = len(_plain(before)), len(_plain(front))
    text = _plain(front + rest)
    return find_status(text, 0, metric if behind else figure, figure, planned=planned)


def _plain(marked: str) -> str:
    return marked.replace("<", "").replace(">", "").replace("]", "")


@pytest.mark.parametrize(
    ("sentence", "planned", "status"),
    [
        ("<高企总数>达[125家]", False, ACTUAL),
        ("<高企总数>达[125家]", True, TARGET),
        ("力争<高企总数>达[125家]", False, TARGET),
        ("目前<高企总数>已达[125家]", True, ACTUAL),
        # an earlier clause
        ("力争新增平台,<高企总数>达[125家]", False, TARGET),
        ("力争新增平台[2个],去年已有<高企>[5家]", False, TARGET),
        ("被认定为基地,<高企总数>达[125家]", False, ACTUAL),
        ("目标已经划定:<研发经费占比>力争达到1.8%,<高企>突破[110家]", False, TARGET),
        ("谋划新平台，力争明年开工；目前<高企>[5家]", False, ACTUAL),
        # words that only look like those of a plan
        ("存在的问题主要有三点：<高企>只有[4家]", False, ACTUAL),
        ("锚定创新高地,<高企>增至[1127家]", False, ACTUAL),
        ("<市级科技计划>安排[61项]", False, ACTUAL),
        # what is there already, in the midst of a plan
        ("对县域内[86家]<化工实验室>开展排查", True, ACTUAL),
        ("全局12名干部中有[7人]<驻村>", True, ACTUAL),
        ("今年<科技贷款>放了[2.3亿元]", True, ACTUAL),
        ("<发明专利拥有量>仅[0.8件]", True, ACTUAL),
        ("对首次认定的给予<补助>[10万元]", True, TARGET),
        # a place that is to be left is held until then
        ("力争<研发强度>提高到0.85%,退出[全国后五位]", True, ACTUAL),
        ("坚决摆脱<研发投入>[末位]", True, ACTUAL),
        ("<投入占比>由目前的0.94%提升到[1.1%]", True, TARGET),
    ],
)
def test_reached_or_planned(sentence: str, planned: bool, status: FactStatus) -> None:
    assert status_of(sentence, planned=planned) == status


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("预计<研发经费投入>[37亿元]", FORECAST),
        # 预计 at the start holds to the end of the item
        ("预计<研发经费投入>383亿元,<增加值>增长[9.3%]", FORECAST),
        ("1.研发经费:预计<投入>4,865万元,<占生产总值比重>[0.68%]", FORECAST),
        ("1.预计<投入>4,865万元;2.<财政科技支出>[1,230.5万元]", ACTUAL),
        # in a predicate it holds for that METRIC
        ("<研发投入>预计2.08亿元,同比增长[9.6%]", FORECAST),
        ("研发投入预计2.08亿元,<占地区生产总值的比重>达[0.52%]", ACTUAL),
        ("三是<零售额>只增长[5.7%]", ACTUAL),
        ("<居民步行可达的网点覆盖率>为[81%]", ACTUAL),
        ("投产后每年可节约<标准煤>[210万吨]", FORECAST),
    ],
)
def test_expected(sentence: str, status: FactStatus) -> None:
    assert status_of(sentence, planned=False) == status


@pytest.mark.parametrize(
    ("text", "figure", "metric", "goal"),
    [
        ("新认定瞪羚企业不少于5家的目标已经完成", "不少于5家", "新认定瞪羚企业", True),
        ("提前超过2027年22亿元目标", "22亿元", "成交额", True),
        ("低于年初设定的90%的要求", "90%", "入驻率", True),
        ("控制在5,500人的市下达指标以内", "5,500人", "失业人数", True),
        ("距离目标1.5%差一大截", "1.5%", "占生产总值", True),
        ("规划提出五年引进硕士60人", "60人", "引进硕士", True),
        ("计划入库项目数117项", "117项", "计划入库项目数", True),
        ("规划确定的14项指标中，提前完成5项", "14项", "指标", False),
        ("列入市级以上科技计划34项", "34项", "列入市级以上科技计划", False),
        ("与37家重点企业签订目标责任书", "37家", "重点企业", False),
        ("高企达125家", "125家", "高企", False),
    ],
)
def test_a_goal_that_is_only_mentioned_is_a_target(text: str, figure: str, metric: str, goal: bool) -> None:
    start = text.index(figure)
    assert is_goal(text, metric, 0, start, start + len(figure)) is goal


@pytest.mark.parametrize(
    ("text", "adjusted"), [("60家上调至75家", True), ("1500万元调减为1200万元", True), ("14类整合为6类", False)]
)
def test_what_is_adjusted_was_a_goal(text: str, adjusted: bool) -> None:
    figure = {"60家上调至75家": 3, "1500万元调减为1200万元": 6, "14类整合为6类": 3}[text]
    assert is_adjusted(text, figure) is adjusted
