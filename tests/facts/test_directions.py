from decimal import Decimal

import pytest

from zhibiao.facts.directions import find_direction, share_of
from zhibiao.labels import Direction
from zhibiao.numbers.amounts import parse_amount

UP, DOWN, GAP = Direction.UP, Direction.DOWN, Direction.GAP


def direction_of(marked: str) -> Direction:
    """Read the direction of the figure in square brackets; ``<>`` hold its METRIC, ``/`` ends the clause in front."""
    above, _, clause = marked.rpartition("/")
    left, _, rest = clause.partition("[")
    figure, _, behind = rest.partition("]")
    front, _, back = left.partition(">") if ">" in left else ("", "", left)
    quantity = parse_amount(figure)
    share = share_of(quantity.low, quantity.unit) if quantity else None
    return find_direction(front.partition("<")[0], back, above, behind, share)


@pytest.mark.parametrize(
    ("marked", "direction"),
    [
        ("<产值>同比增长[11.4%]", UP),
        ("<产值>下降[3.2%]", DOWN),
        ("<产值>分别削减9.3%和[11.7%]", DOWN),
        ("<用电量>负增长[3.1%]", DOWN),
        ("<服务业投入>出现[2.8%]的负增长", DOWN),
        ("<入库企业>比上年多出[18家]", UP),
        ("<企业>又多出[10家]", UP),
        ("<件数>比去年同期减少[27件]", DOWN),
        ("<占比>比今年高[5个百分点]", UP),
        ("<就业率>比三年前提高[6.2个百分点]", UP),
        ("<亩产>较规划基期多出[18斤]", UP),
        ("<总收入>按可比口径增长[18.4%]", UP),
        # the verb stands in front of the METRIC
        ("减少<用药>[18%]", DOWN),
        ("压减<一般性支出>近[2,000万元]", DOWN),
        ("降<零售额>了[6.8%]", UP),
        ("<零售额>降了[6.8%]", DOWN),
        # a change of a change
        ("<利润>降幅比上半年收窄[3.4个百分点]", UP),
        ("<产值>增速回落[2个百分点]", DOWN),
        ("<进出口>降幅收窄到[3%]", DOWN),
        ("<授权量>回落到[3%]", UP),
        # parts of the own past
        ("<用电量>为去年同期的[八成]", DOWN),
        ("<产量>约合2013年高峰期的[五分之三]", DOWN),
        ("<订单>只恢复到去年同期的[74%]", DOWN),
        ("<拥有量>为2010年的[3倍]", UP),
        ("<技术交易额>是2018年的[2.4倍]", UP),
    ],
)
def test_against_the_own_past(marked: str, direction: Direction) -> None:
    assert direction_of(marked) == direction


@pytest.mark.parametrize(
    "marked",
    [
        "<增速>高于全市平均水平[18.1个百分点]",
        "<增幅>高于全市平均增幅[7.3个百分点]",
        "<强度>低于兴化市的[39.73%]",
        "<占比>也不如许昌市的[24.1%]",
        "<收入>比全州平均少[近千元]",
        "<亩产>比当地品种增产[一成多]",
        "<亩产>比乔化园提高[1.1吨]",
        "<覆盖率>较武乡县高[11.3个百分点]",
        "与深圳相比,/<投入占比>低[12.6个百分点]",
        "与兰州高新区相比,/<成交额>不足其[五分之一]",
        # goals
        "<支出>完成年度计划的[81.2%]",
        "<支出>为年度目标的[62%]",
        "<引进>只有目标的[四成]",
        "<增速>比年初预期低[2.8个百分点]",
        "<到位资金>比年初目标少[13亿元]",
        "<投资>超年度任务[12.4%]",
        "<成交额>突破年度目标[2.6亿元]",
        "<进度>滞后[13个百分点]",
        "<教师>尚缺[8人以上]",
        "<编制>只落实[六成]",
        # parts of something else
        "<占比>仅为全省平均水平的[六成]",
        "<产值>不足宁乡高新区的[一半]",
        "<价格>只有进口的[一半]",
        "<高企>不足总数的[三成]",
        "<高企>是我们的[4.8倍]",
    ],
)
def test_against_something_else(marked: str) -> None:
    assert direction_of(marked) is GAP


@pytest.mark.parametrize(
    ("low", "unit", "share"),
    [
        (Decimal(80), "percent", Decimal("0.8")),
        (Decimal("2.4"), "times", Decimal("2.4")),
        (Decimal(8), "percentage_point", None),
        (None, "percent", None),
    ],
)
def test_share_of(low: Decimal | None, unit: str, share: Decimal | None) -> None:
    assert share_of(low, unit) == share
