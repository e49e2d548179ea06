from collections.abc import Callable

import pytest

from zhibiao.corpus.marks import MarkedText
from zhibiao.labels import EntityLabel
from zhibiao.rules.links import find_links
from zhibiao.rules.spans import LabelledSpan

ReadCase = Callable[[str], tuple[MarkedText, list[LabelledSpan]]]

CASES = [
    # nearest, and inheritance across clauses
    "⟦M1:高企总数⟧达⟦A2:125家⟧,居⟦R3:全省第3位⟧,同比增长⟦A4:12.5%⟧ | M1 A2 value;M1 R3 rank;M1 A4 change up",
    "⟦M1:新认定⟧⟦A2:18家⟧,⟦M3:重新认定⟧⟦A4:24家⟧ | M1 A2 value;M3 A4 value",
    "新增⟦A1:5家⟧⟦M2:省级研发平台⟧,⟦M3:省级以上研发平台⟧达⟦A4:70家⟧ | M2 A1 value;M3 A4 value",
    "⟦A1:110家⟧企业⟦M2:享受高企所得税减免⟧⟦A3:2.41亿元⟧ | M2 A1 value;M2 A3 value",
    # 分别, 均, coordination
    "⟦M1:申请量⟧、⟦M2:授权量⟧分别达⟦A3:7件⟧、⟦A4:5件⟧,分别增长⟦A5:3%⟧和⟦A6:4%⟧ | M1 A3 value;M2 A4 value;M1 A5 change up;M2 A6 change up",
    "⟦M1:申请量⟧达⟦A2:7件⟧、⟦M3:授权量⟧达⟦A4:5件⟧,均居⟦R5:全省第一⟧ | M1 A2 value;M3 A4 value;M1 R5 rank;M3 R5 rank",
    "⟦M1:总量⟧和⟦M2:占比⟧均居⟦R3:泰州前列⟧ | M1 R3 rank;M2 R3 rank",
    # change words and references
    "⟦M1:增速⟧⟦A2:21.1%⟧,高于全市平均水平⟦A3:18.1个百分点⟧ | M1 A2 value;M1 A3 change gap",
    "⟦M1:机构数⟧达⟦A2:356家⟧(比上年增加⟦A3:41家⟧) | M1 A2 value;M1 A3 change up",
    "⟦M1:成交额⟧⟦A2:3亿元⟧,完成年度目标的⟦A3:92.3%⟧ | M1 A2 value;M1 A3 change gap",
    "⟦M1:高企⟧由⟦A2:154家⟧增至⟦A3:312家⟧ | M1 A2 value;M1 A3 value",
    # ranks behind a field
    "在全省⟦A1:14个⟧市州中⟦M2:研发投入⟧列⟦R3:第6位⟧ | M2 R3 rank",
    "⟦M1:研发强度⟧为⟦A2:1.07%⟧,在全省⟦A3:14个⟧市州中列⟦R4:第6位⟧ | M1 A2 value;M1 R4 rank",
    # a threshold has no relation
    "完成⟦M1:签约项目⟧⟦A2:6个⟧,其中⟦A3:3亿元以上⟧⟦M4:项目⟧⟦A5:2个⟧ | M1 A2 value;M4 A5 value",
    # holders
    "⟦O1:鄞州⟧、⟦O2:慈溪⟧⟦M3:高企⟧分别达⟦A4:300家⟧、⟦A5:200家⟧ | M3 A4 value;M3 A5 value;A4 O1 held;A5 O2 held",
    "⟦O1:迎江区⟧⟦M2:高企⟧⟦A3:13家⟧、⟦O4:大观区⟧⟦A5:11家⟧ | M2 A3 value;M2 A5 value;A3 O1 held;A5 O4 held",
    "⟦O1:太湖县⟧、⟦O2:望江县⟧受基数影响,⟦M3:申请量⟧只完成⟦A4:98件⟧和⟦A5:76件⟧ | M3 A4 value;M3 A5 value;A4 O1 held;A5 O2 held",
    "⟦O1:泰特尔新材料⟧、⟦O2:长虹三杰⟧等⟦A3:2家⟧企业⟦M4:获批省工程技术研究中心⟧ | M4 A3 value",
    "支持⟦O1:中鼎公司⟧建设基地,⟦M2:新建机构⟧⟦A3:2家⟧ | M2 A3 value",
]


@pytest.mark.parametrize("case", CASES)
def test_find_links(case: str, read_case: ReadCase) -> None:
    marked, spans = read_case(case)
    expected = {(spans[r.head], spans[r.child], r.label) for r in marked.relations}
    assert {(x.head, x.child, x.label) for x in find_links(marked.text, 0, len(marked.text), spans)} == expected
    directions = {spans[fact.relation.child]: fact.direction for fact in marked.facts if fact.direction}
    for link in find_links(marked.text, 0, len(marked.text), spans):
        assert link.direction == directions.get(link.child)


def test_a_place_is_linked_only_as_a_holder() -> None:
    text = "全市高企125家"
    spans = [LabelledSpan(2, 4, EntityLabel.METRIC), LabelledSpan(4, 8, EntityLabel.AMOUNT)]
    place = LabelledSpan(0, 2, EntityLabel.ORG)
    links = find_links(text, 0, len(text), spans, [place])
    assert [(link.head, link.child) for link in links if link.child is place] == [(spans[1], place)]
