import pytest

from zhibiao.facts.scopes import Scope, find_scope
from zhibiao.numbers.ranks import parse_rank


def scope_of(marked: str, before: Scope | None = None) -> tuple[str | None, str | None, int | None]:
    """Find the order of the rank in brackets for an issuer in 宁国市: its text, its region and its size."""
    front, _, rest = marked.partition("[")
    figure, _, behind = rest.partition("]")
    rank = parse_rank(figure)
    assert rank is not None
    found = find_scope(rank, front + figure + behind, 0, len(front), before=before, home="341881")
    return found.text, found.region.name if found.region else None, found.size


@pytest.mark.parametrize(
    ("marked", "text", "region", "size"),
    [
        # beside the place
        ("居[全省第2位]", "全省", "安徽省", None),
        ("列[15个副省级城市第一]", "15个副省级城市", None, 15),
        ("居[全省16个市第3位]", "全省16个市", "安徽省", 16),
        # apart from it
        ("在全省排名由[第8位]升至第5位", "全省", "安徽省", None),
        ("在全市12个县（市、区）中排[第9位]", "全市", "宁国市", 12),
        ("财政支出占比在全省129个县(市、区)中由[第71位]升至第65位", "全省", "安徽省", 129),
        ("在苏州市各板块中,我区得分由[第8位]升至第5位", "苏州市各板块", "苏州市", None),
        ("在长三角26个城市中，指数列[第14位]", "长三角", None, 26),
        ("额度在临沂各县中居[首位]", "临沂各县", "临沂市", None),
        ("研发投入强度在鲁南12个可比县中进入[前列]", "鲁南", None, 12),
        ("在51个省直单位中名列[前茅]", None, None, 51),
        ("总量在全省县级市中虽居[前列]", "全省县级市", "安徽省", None),
        ("在晋东南的八个开发区中，强度排在[第二位]", "晋东南", None, 8),
        ("城乡居民待遇在全国处于[后列]", "全国", None, None),
        ("在省内五个国家级高新区里[并列末位]", "省内", "安徽省", 5),
        ("全省区县创新能力评价中,我区升至[第31位]", "全省区县", "安徽省", None),
        ("2021年全市科技创新考核,蕲春升至[第4位]", "全市", "宁国市", None),
        # the subject is no order
        ("我市技术合同增速居[首位]", None, None, None),
        ("排在[倒数第五]", None, None, None),
        # against the own past there is none
        ("成交额创[历史新高]", None, None, None),
        # what is ranked is no order
        ("[泰兴科技历史新高]", "泰兴", "泰兴市", None),
        ("获[浙江省晚稻高产第一名]", "浙江省", "浙江省", None),
        ("获[宣城赛区成长组第一名]", "宣城赛区成长组", "宣城市", None),
    ],
)
def test_the_order_ranked_in(marked: str, text: str | None, region: str | None, size: int | None) -> None:
    assert scope_of(marked) == (text, region, size)


def test_a_rank_without_an_order_takes_that_of_the_rank_before_it() -> None:
    before = Scope("全省", None, 16)
    assert scope_of("由全省第6位升至今年[第4位]", before) == ("全省", None, 16)
    assert scope_of("由全省第6位升至今年[全国第4位]", before)[0] == "全国"
