import pytest

from zhibiao.labels import Direction
from zhibiao.rules.left import Outside, behind_field, read_left, strip_lead


@pytest.mark.parametrize(
    ("stretch", "kept", "change"),
    [
        ("高企总数累计达到", "高企总数", None),
        ("每万人口发明专利拥有量由", "每万人口发明专利拥有量", None),
        ("各类人才", "各类人才", None),  # 才 is no adverb here
        ("高新技术产业产值同比增长", "高新技术产业产值", Direction.UP),
        ("比上年增加", "", Direction.UP),
        ("规上工业单位能耗较上年下降", "规上工业单位能耗", Direction.DOWN),
        ("工业投资增速回落到", "工业投资增速", None),
        ("增速", "", Direction.UP),
        ("降幅", "", Direction.DOWN),
        ("增加值增速高于全市平均水平", "增加值增速", Direction.GAP),
        ("比全省平均高", "", Direction.GAP),
        ("科技型中小企业入库数比上年多", "科技型中小企业入库数", Direction.UP),
        ("技术合同成交额完成年度目标的", "技术合同成交额", Direction.GAP),
        ("申请量是上年同期的", "申请量", Direction.UP),
        ("科技型中小企业新增", "科技型中小企业新增", None),
        ("发放小微企业“科技贷”", "发放小微企业“科技贷”", None),
    ],
)
def test_read_left_cuts_joining_words_and_change(stretch: str, kept: str, change: Direction | None) -> None:
    reading = read_left(stretch, 0, len(stretch))
    assert stretch[reading.start : reading.end] == kept
    assert reading.change == change


def test_read_left_cuts_words_of_place_only_in_front_of_a_rank() -> None:
    stretch = "高新技术产业增加值位居"
    assert read_left(stretch, 0, len(stretch), rank=True).end == 9
    assert read_left(stretch, 0, len(stretch)).end == len(stretch)


def test_read_left_cuts_a_time_at_the_end_but_not_one_compared_with() -> None:
    stretch = "支付进度12月底前"
    assert read_left(stretch, 0, len(stretch), outside=Outside([(4, 9)])).end == 4
    compared = "占比比2010年提高"
    reading = read_left(compared, 0, len(compared), outside=Outside([(3, 8)]))
    assert (compared[: reading.end], reading.change) == ("占比", Direction.UP)


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("二是累计引进高层次人才", "引进高层次人才"),
        ("(一)今年以来兑现科技创新券", "兑现科技创新券"),
        ("全年开展产学研对接活动", "产学研对接活动"),
        ("有效期内高企", "有效期内高企"),  # 有 is no verb here
        ("全社会研发经费投入", "全社会研发经费投入"),
        ("在省级以上媒体上采用稿件", "采用稿件"),
        ("(简称富朗石墨)自筹", "自筹"),
    ],
)
def test_strip_lead_takes_what_no_metric_begins_with(phrase: str, kept: str) -> None:
    assert phrase[strip_lead(phrase, 0, len(phrase)) :] == kept


@pytest.mark.parametrize(("phrase", "kept"), [("设区市中", ""), ("与定西市", ""), ("城镇登记失业率", "城镇登记失业率")])
def test_behind_field(phrase: str, kept: str) -> None:
    assert phrase[behind_field(phrase, 0, len(phrase)) :] == kept
