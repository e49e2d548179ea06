from collections.abc import Callable

import pytest

from zhibiao.corpus.marks import MarkedText
from zhibiao.rules.organisations import find_holders
from zhibiao.rules.spans import LabelledSpan

ReadCase = Callable[[str], tuple[MarkedText, list[LabelledSpan]]]

MATCH = [
    "⟦O1:宁国市科技局⟧按照⟦O2:市委⟧、⟦O3:市政府⟧的要求,与⟦O4:省科技厅⟧对接",
    "⟦O1:安庆市科学技术局⟧2012年工作总结",
    "⟦O1:市委⟧⟦O2:市政府⟧主要领导多次调研",
    "⟦O1:我局⟧会同⟦O2:市财政局⟧出台办法",
    "与⟦O1:浙江大学⟧、⟦O2:青岛科技大学⟧等高校合作",
    "⟦O1:江苏泰兴精细化工产业研究院⟧实体化运行",
    "⟦O1:济川药业集团有限公司⟧获扶持",
    "与⟦O1:建设银行博罗支行⟧续签协议",
    "⟦O1:昆山高新区科技局⟧2015年工作小结",
    "⟦O1:安庆经开区⟧新增企业",
    "⟦O1:振皖汽配⟧、⟦O2:华泰石化⟧、⟦O3:天柱纺织⟧等5家企业获奖",
    "⟦O1:桂工智能装备股份有限公司⟧(简称⟦O2:桂工智能⟧)牵头,支持⟦O3:桂工智能⟧上市",
    "⟦O1:县第一中学⟧、⟦O2:县人民医院⟧同台服务",
]
ABSTAIN = [
    "组织企业、高校和科研院所申报省级工程技术研究中心",
    "各县区、有关部门要盘活园区低效用地",
    "新增省级重点实验室3家、国家级孵化器1家",
    "企业反映担保门槛高,银行不敢贷",
    "推进科技创新和乡村振兴",
]


@pytest.mark.parametrize("case", MATCH)
def test_find_holders_finds_names(case: str, read_case: ReadCase) -> None:
    marked, spans = read_case(case)
    assert list(find_holders(marked.text).organisations) == spans


@pytest.mark.parametrize("text", ABSTAIN)
def test_find_holders_passes_over_common_nouns(text: str) -> None:
    assert find_holders(text).organisations == ()


def test_places_are_kept_apart_from_organisations() -> None:
    text = "全市、鄞州区和石湾镇均达标,宁波市科技局牵头"
    places = find_holders(text).places
    assert [text[span.start : span.end] for span in places] == ["全市", "鄞州区", "石湾镇"]
