import pytest

from zhibiao.alignment import AlignedText
from zhibiao.facts.holders import Holder, resolve_holders
from zhibiao.records import Report


def report_of(issuer: str | None, region_code: str | None) -> Report:
    return Report("r", "r.txt", 0, AlignedText.from_source(""), issuer=issuer, region_code=region_code)


NINGGUO = report_of("宁国市科技局", "341881")
JIANGXIA = report_of("江夏区科学技术和经济信息化局", "420115")
PARK = report_of("昆山高新区科技局", "320583")
TOWN = report_of("潼南区柏梓镇人民政府", "500152")


@pytest.mark.parametrize(
    ("name", "report", "holder"),
    [
        # the region of the issuer, and those above it
        ("全市", NINGGUO, Holder("宁国市", "341881")),
        ("我市", NINGGUO, Holder("宁国市", "341881")),
        ("市里", NINGGUO, Holder("宁国市", "341881")),
        ("全省", NINGGUO, Holder("安徽省", "340000")),
        ("区内", JIANGXIA, Holder("江夏区", "420115")),
        ("区里", JIANGXIA, Holder("江夏区", "420115")),
        ("我们区", JIANGXIA, Holder("江夏区", "420115")),
        ("市里", JIANGXIA, Holder("武汉市", "420100")),
        ("市本级", NINGGUO, Holder("宁国市本级", "341881")),
        ("市本级", JIANGXIA, Holder("武汉市本级", "420100")),
        # the issuer itself
        ("我局", NINGGUO, Holder("宁国市科技局", "341881")),
        ("全局", NINGGUO, Holder("宁国市科技局", "341881")),
        ("局里", NINGGUO, Holder("宁国市科技局", "341881")),
        ("市科技局", NINGGUO, Holder("宁国市科技局", "341881")),
        ("科技局", NINGGUO, Holder("宁国市科技局", "341881")),
        ("区科经局", JIANGXIA, Holder("江夏区科学技术和经济信息化局", "420115")),
        # others
        ("市财政局", NINGGUO, Holder("市财政局", None)),
        ("省科技厅", NINGGUO, Holder("省科技厅", None)),
        ("省科技局", NINGGUO, Holder("省科技局", None)),
        ("县科协", report_of("旌德县科技局", "341825"), Holder("县科协", None)),
        ("旌德县", NINGGUO, Holder("旌德县", "341825")),
        ("绩溪", NINGGUO, Holder("绩溪县", "341824")),
        ("保隆科技", NINGGUO, Holder("保隆科技", None)),
        # a park and a town have no code of their own
        ("全区", PARK, Holder("昆山高新区", None)),
        ("园区", PARK, Holder("昆山高新区", None)),
        ("全市", PARK, Holder("昆山市", "320583")),
        ("全镇", TOWN, Holder("潼南区柏梓镇", None)),
        ("全区", TOWN, Holder("潼南区", "500152")),
    ],
)
def test_a_holder_is_resolved_against_the_issuer(name: str, report: Report, holder: Holder) -> None:
    assert resolve_holders([name], report) == holder


@pytest.mark.parametrize(
    ("issuer", "code", "name"),
    [
        ("福泉市工业和信息化局", "522702", "市工信局"),
        ("临高县发展和改革委员会", "469024", "县发改委"),
        ("温宿县科学技术局", "652922", "县科技局"),
        ("内蒙古自治区科学技术厅", "150000", "自治区科技厅"),
        ("扎兰屯市人力资源和社会保障局", "150783", "市人社局"),
    ],
)
def test_an_organ_goes_by_a_shorter_name(issuer: str, code: str, name: str) -> None:
    assert resolve_holders([name], report_of(issuer, code)) == Holder(issuer, code)


def test_several_holders_are_one_name_with_their_codes() -> None:
    assert resolve_holders(["旌德县", "绩溪县"], NINGGUO) == Holder("旌德县、绩溪县", "341825、341824")
    assert resolve_holders(["旌德县", "保隆科技"], NINGGUO) == Holder("旌德县、保隆科技", None)


def test_without_a_holder_the_issuer_holds_or_at_least_its_region() -> None:
    assert resolve_holders([], NINGGUO) == Holder("宁国市科技局", "341881")
    assert resolve_holders([], report_of(None, "341881")) == Holder("宁国市", "341881")
    assert resolve_holders([], report_of(None, None)) is None
