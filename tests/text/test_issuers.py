import pytest

from zhibiao.text.issuers import find_issuer
from zhibiao.text.titles import read_head

NEUTRAL = "坚持创新驱动，狠抓工作落实，各项任务较好完成，主要指标稳中有进，现将有关情况报告如下。"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("宁国市科技局2021年工作总结", "宁国市科技局", "341881"),
        ("关于2016年工作情况的报告\n林芝市教育局", "林芝市教育局", "540400"),
        ("2016年度述职报告\n汨罗市科技局局长", "汨罗市科技局", "430681"),
        ("渭南市临渭区双王街道统计站2022年度述职报告", "渭南市临渭区双王街道统计站", "610502"),
        ("昆山高新区科技局2015年工作小结", "昆山高新区科技局", "320583"),
        ("潼南区柏梓镇2021年科技工作总结", "潼南区柏梓镇人民政府", "500152"),
        ("2026年吉林省政府工作报告", "吉林省人民政府", "220000"),
        ("政府工作报告\n——2026年1月26日在广东省第十四届人民代表大会上", "广东省人民政府", "440000"),
        # a bare bureau and the place in the text
        ("区科技局2022年工作总结\n2022年，田家庵区科技局紧扣目标。淮南市对全区考核", "田家庵区科技局", "340403"),
        (
            "市科技局工作总结\n我市科技工作。宁波市出台意见，我市鄞州、慈溪、余姚居前，宁波大学获奖，浙江省领先",
            "宁波市科技局",
            "330200",
        ),
        (
            "自治区工业和信息化厅2025年工作总结\n全区工业平稳，南宁市、柳州市增长，广西壮族自治区出台政策",
            "广西壮族自治区工业和信息化厅",
            "450000",
        ),
        # the subject of the first sentence
        ("科技创新工作总结\n2020年,泰兴市科技局始终坚持目标。列泰州第1，泰州市、江苏省领先", "泰兴市科技局", "321283"),
        ("洋浦经济开发区商务局2017年招商工作总结\n海南省重视", "洋浦经济开发区商务局", "460000"),
        # only the place is known
        ("2012年工作思路\n贵州省六盘水市钟山区要抓好工作，我区全力推进", None, "520201"),
        ("在座谈会上的讲话\n同志们辛苦了", None, None),
        # not every bureau that is named speaks
        ("在全区大会上的讲话\n今天在香洲区会议中心开会，全区香洲区企业都来了", None, "440402"),
    ],
)
def test_who_speaks(text: str, name: str | None, code: str | None) -> None:
    title, _, rest = text.partition("\n")
    report = f"{title}\n{rest}{'' if rest.startswith('——') or len(rest) < 12 else '，'}\n{NEUTRAL}"
    issuer = find_issuer(read_head(report), report)
    assert issuer.name == name
    assert (issuer.region.code if issuer.region else None) == code


def test_the_page_gives_a_bare_bureau_its_place() -> None:
    text = f"科技局2021年工作总结\n2021年,市科技局{NEUTRAL}"
    issuer = find_issuer(read_head(text), text, publishers=("网友投稿", "宁国市科技局"))
    assert issuer.name == "宁国市科技局"


def test_a_shared_name_is_settled_by_its_surroundings() -> None:
    text = f"宝山区科学技术委员会2020年工作总结\n上海市重视，宝山区科委{NEUTRAL}"
    region = find_issuer(read_head(text), text).region
    assert region is not None
    assert region.code == "310113"
