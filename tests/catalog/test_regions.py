import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.catalog.regions import (
    Region,
    _gazetteer,
    ancestors,
    find_regions,
    get_region,
    resolve_region,
)

ALL = tuple(_gazetteer().by_code.values())

# Text, with each mention as name:code of the likeliest candidate.
FOUND = [
    ("鄞州、慈溪高企分别达300家、200家", "鄞州:330212 慈溪:330282"),
    ("中共宁国市委宁国市人民政府", "宁国市:341881 宁国市:341881"),
    ("安徽省宣城市宁国市", "安徽省:340000 宣城市:341800 宁国市:341881"),
    ("六盘水市六枝特区", "六盘水市:520200 六枝特区:520203"),
    ("六盘水高新技术企业", "六盘水:520200"),
    ("列泰州第2,低于兴化市和靖江市", "泰州:321200 兴化市:321281 靖江市:321282"),
    ("在全省排名低于安庆3位", "安庆:340800"),
    ("宁波市江北区发展和改革局", "宁波市:330200 江北区:330205"),
    ("重庆市江北区", "重庆市:500000 江北区:500105"),
    ("江北、鄞州和海曙增速居前", "江北:330205 鄞州:330212 海曙:330203"),
    ("青岛市市北区", "青岛市:370200 市北区:370203"),
    ("青岛市北区科技局", "青岛市北区:370203"),
    ("济南市中区", "济南市中区:370103"),
    ("西安市新城区", "西安市:610100 新城区:610102"),
    ("洛阳老城区", "洛阳:410300 老城区:410302"),
    ("延边州科技局与延边朝鲜族自治州政府", "延边州:222400 延边朝鲜族自治州:222400"),
    ("道真县", "道真县:520325"),
    ("内蒙古自治区鄂伦春旗", "内蒙古自治区:150000 鄂伦春旗:150723"),
    ("宁国市场监管局", "宁国:341881"),
    ("松江区域协同", "松江:310117"),
    ("江苏省级财政", "江苏:320000"),
    ("长兴安吉两县", "长兴:330522 安吉:330523"),
    ("其中山东12家、江苏10家", "山东:370000 江苏:320000"),
    ("河北京津冀协同", "河北:130000"),
    ("南昌都市圈", "南昌:360100"),
    ("宁波镇海区", "宁波:330200 镇海区:330211"),
    ("台州路桥区", "台州:331000 路桥区:331004"),
    ("泰兴乡镇园区", "泰兴:321283"),
    ("巢湖市", "巢湖市:340181"),
    ("枞阳县", "枞阳县:340722"),
    ("大足县高企3家", "大足县:500225"),
    ("重庆大足", "重庆:500000 大足:500111"),
    ("杭州市下城区", "杭州市:330100 下城区:330103"),
    ("莱芜市2015年", "莱芜市:371200"),
    ("美丽江西建设", "江西:360000"),
    ("居长三角41个城市第8位,上海市第一", "上海市:310000"),
    ("吉林省吉林市船营区", "吉林省:220000 吉林市:220200 船营区:220204"),
    ("仙桃市科技局", "仙桃市:429004"),
    ("北京大兴机场临空区", "北京:110000 大兴:110115"),
]

PASSED_OVER = [
    "上海路街道",
    "南京东路商圈",
    "和平时期",
    "大力发展新兴产业",
    "东方红拖拉机",
    "创新平台建设",
    "创新和改革",
    "共建平台12个",
    "项目资金安排到位",
    "推广东部经验",
    "长江西岸",
    "水平和能力",
    "提高要求",
    "朝阳产业",
    "新城建设",
    "城区和郊区",
    "国家高新区",
    "新建厂房3万平方米",
    "加强合作、互助",
    "各县区",
    "新增城镇就业1.2万人",
    "主动适应城市发展",
    "扎根基层",
    "绿水青山就是金山银山",
    "弘扬中华文化",
    "长治久安",
    "会同有关部门",
    "平安创建",
    "公安机关",
    "普通化肥",
    "资源城市转型",
    "西平镇中心小学",
    "区县级联动",
    "人民和谐",
    "全国各省市",
    "",
    "市",
]


def mentions(text: str) -> str:
    return " ".join(f"{m.name}:{m.candidates[0].code}" for m in find_regions(text))


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_find_regions_names_each_region(text: str, expected: str) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize("text", PASSED_OVER)
def test_find_regions_passes_over_other_words(text: str) -> None:
    assert mentions(text) == ""


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("宁国", None, "341881"),
        ("宁国市", None, "341881"),
        ("宣城宁国", None, "341881"),
        ("安徽省宣城市宁国市", None, "341881"),
        ("江北区", None, None),
        ("江北区", "330200", "330205"),
        ("江北", "330212", "330205"),
        ("鼓楼区", None, None),
        ("南京市鼓楼区", None, "320106"),
        ("鼓楼区", "350100", "350102"),
        ("新城区", "610000", "610102"),
        ("吉林", None, "220000"),
        ("恩施", None, "422800"),
        ("海南", None, "460000"),
        ("朝阳", "211302", "211300"),
        ("新和", None, "652925"),
        ("青岛市北区", None, "370203"),
        ("大足", None, "500111"),
        ("北京", None, "110000"),
        ("月球", None, None),
        ("安徽省慈溪市", None, None),
        ("全市", "330212", "330200"),
        ("全市", "330282", "330282"),
        ("我市", "330282", "330282"),
        ("全市", "110105", "110000"),
        ("全市", "429004", "429004"),
        ("全省", "341881", "340000"),
        ("我省", "110105", None),
        ("全区", "110105", "110105"),
        ("全区", "450102", "450102"),
        ("全区", "450181", "450000"),
        ("全区", "540000", "540000"),
        ("全区", "542521", "540000"),
        ("全区", "330200", None),
        ("我县", "520325", "520325"),
        ("全州", "222401", "222400"),
        ("全州", None, "450324"),
        ("全旗", "150723", "150723"),
        ("市本级", "330282", "330282"),
        ("区本级", "330212", "330212"),
        ("辖区内", "330212", "330212"),
        ("全市", None, None),
    ],
)
def test_resolve_region_gives_one_region_or_none(name: str, within: str | None, code: str | None) -> None:
    region = resolve_region(name, within)
    assert (region.code if region else None) == code


def test_find_regions_keeps_all_homonyms_and_narrows_them_behind_their_city() -> None:
    assert len(find_regions("鼓楼区")[0].candidates) > 3
    assert [one.code for one in find_regions("徐州市鼓楼区")[1].candidates] == ["320302"]


def test_get_region_raises_on_an_unknown_code() -> None:
    with pytest.raises(KeyError):
        get_region("999999")


def test_get_region_gives_the_division_in_force_where_a_code_was_given_twice() -> None:
    assert get_region("130503").name == "信都区"
    assert resolve_region("邢台市桥西区") == Region("130503", "桥西区", "county", "130500", "/2019")


def test_every_region_has_a_chain_of_ancestors_that_ends_in_a_province() -> None:
    for region in ALL:
        chain = ancestors(region.code)
        assert (chain[-1] if chain else region).level == "province", region


def test_table_holds_every_county_level_division_once() -> None:
    counties = [one for one in ALL if one.level == "county" and one.is_current]
    # The yearbook of 2023 counts 2,844 county-level divisions of the mainland; 三沙's two have no row.
    assert 2800 <= len(counties) <= 2850
    assert len({one.code for one in counties}) == len(counties)
    assert len([one for one in ALL if one.level == "province"]) == 34


@given(st.text(st.sampled_from("宁国市安徽省江西北京南山东、和创新平台区县路 12上海波泰州兴化"), max_size=40))
def test_find_regions_gives_ordered_disjoint_spans_of_the_text(text: str) -> None:
    end = 0
    for mention in find_regions(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.name
        assert mention.candidates
        end = mention.end


@given(st.sampled_from(ALL))
def test_resolve_region_finds_a_region_by_its_chain_of_names(region: Region) -> None:
    chain = "".join(one.name for one in reversed((region, *ancestors(region.code))))
    found = resolve_region(chain)
    assert found is not None
    # 江西省赣州市赣县 is 赣县区 since 2016
    assert found.name == region.name or (not region.is_current and found.name.startswith(region.name))
