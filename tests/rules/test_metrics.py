from collections.abc import Callable

import pytest

from zhibiao.corpus.marks import MarkedText
from zhibiao.labels import EntityLabel
from zhibiao.rules.left import Outside
from zhibiao.rules.metrics import find_metrics
from zhibiao.rules.slots import find_slots
from zhibiao.rules.spans import LabelledSpan

ReadCase = Callable[[str], tuple[MarkedText, list[LabelledSpan]]]

CASES = [
    # rule 1: named before the number, without region, time and adverb
    "⟦O1:全市⟧⟦M2:高新技术企业总数⟧达⟦A3:125家⟧",
    "⟦M1:高新技术产业增加值占规模以上工业比重⟧保持⟦R2:宣城市前列⟧",
    "科技企业2019年度所得税减免合计⟦A1:6.29亿元⟧,⟦M2:全社会研发经费投入⟧⟦A3:3亿元⟧".replace(
        "科技企业2019年度所得税减免", "⟦M4:科技企业2019年度所得税减免⟧"
    ),
    # rule 2: verbs that touch the object, light verbs outside
    "全年开展⟦M1:产学研对接活动⟧⟦A2:40场⟧,⟦M3:签订科技合作协议⟧⟦A4:101份⟧",
    "⟦M1:技术合同登记⟧⟦A2:2820项⟧",
    "⟦M1:科技型中小企业新增⟧⟦A2:258家⟧",
    "今年⟦M1:兑现科技创新券⟧⟦A2:628.34万元⟧,带动⟦A3:61家⟧企业⟦M4:投入研发费用⟧⟦A5:1.24亿元⟧",
    "该公司由⟦O1:六盘水凉都农业发展有限公司⟧⟦M2:出资⟧⟦A3:2100万元⟧",
    # rule 3: number before the noun
    "新增⟦A1:5家⟧⟦M2:省级研发平台⟧",
    "⟦A1:50家⟧企业⟦M2:纳入省高企培育库⟧",
    "⟦A1:10位⟧科技特派员⟦M2:获评全省优秀科技特派员⟧",
    "建立⟦A1:不少于150家⟧的⟦M2:高企后备培育库⟧",
    "引进⟦A1:16项⟧⟦M2:重大科技合作项目⟧",
    "达成⟦A1:100万元⟧的⟦M2:技术合作协议⟧",
    # rule 4: object left out
    "⟦M1:新认定⟧⟦A2:18家⟧,⟦M3:重新认定⟧⟦A4:24家⟧",
    "⟦M1:R&D经费支出⟧:⟦A2:12.6亿元⟧",
    # rule 5: words of change alone are no metric
    "⟦M1:授权专利⟧⟦A2:494件⟧,同比增长⟦A3:50.6%⟧",
    "⟦M1:增加值增速⟧⟦A2:21.1%⟧,高于全市平均水平⟦A3:18.1个百分点⟧",
    # rule 6: coordination
    "⟦M1:总量⟧和⟦M2:占比⟧均居⟦R3:泰州前列⟧",
    "⟦M1:走访乡镇(园区)、重点企业⟧⟦A2:100余家次⟧",
    # asides and lists
    "⟦M1:市级以上企业工程(技术)中心⟧⟦A2:746家⟧(其中,⟦M3:国家认定企业技术中心⟧⟦A4:8家⟧)",
]


@pytest.mark.parametrize("case", CASES)
def test_find_metrics(case: str, read_case: ReadCase) -> None:
    marked, spans = read_case(case)
    figures = [span for span in spans if span.label in (EntityLabel.AMOUNT, EntityLabel.RANK)]
    names = Outside([(span.start, span.end) for span in spans if span.label is EntityLabel.ORG])
    found = find_metrics(marked.text, find_slots(marked.text, 0, len(marked.text), figures), names)
    expected = [entity.text for entity in marked.entities if entity.label is EntityLabel.METRIC]
    assert [marked.text[span.start : span.end] for span in found] == expected
