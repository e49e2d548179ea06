"""The order that a rank is a place in: beside it, apart from it in the sentence, or that of the rank before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from zhibiao.catalog.regions import Region, find_regions, resolve_region
from zhibiao.labels import RankKind
from zhibiao.numbers.mentions import RankValue
from zhibiao.numbers.numerals import read_numeral
from zhibiao.numbers.rank_patterns import COUNT, GROUP, REGION

_HAN: Final = "一-鿿"
_KIND: Final = (
    r"(?:同类|同级|可比|省级|国家级|市级|县级|涉农|主要|重点|平原|毗邻|省直|市直|所有|有关|参评|参赛|参展|样板|样本)"
)
_NAMED: Final = (
    rf"(?![我本该])(?:(?!在)[{_HAN}]){{2,10}}?(?:自治)?(?:市|州|县|区|省|盟|旗|城市群|经济圈|流域|半岛|片区)"
)
_GROUPED: Final = (
    rf"(?:的|下辖|所辖)?(?:(?P<count>{COUNT})|(?P<each>各))?(?P<kind>(?:{_KIND})*(?:{GROUP}|板块|镇|村|街道){{0,2}})"
)
# 在[全省]14个市州中, 在[苏州市各板块]中, 在[鲁南]12个可比县中, 在51个省直单位中, 在[全国]由第13位升至.
_FRAMED = re.compile(
    rf"(?:[在于]|放到)(?P<region>(?![我本该]){REGION}|{_NAMED}|(?![倒第前末后])(?:(?!在)[{_HAN}]){{2,4}}?(?=各|{COUNT}))?{_GROUPED}"
    rf"(?=[^，,；;。]{{0,20}}?(?:[中里内]|排|位|处于|名列|由|从|[居列]|稳居|进入|跻身))"
)
# [全省]区县创新能力评价中, [全省]排名由第11位升至.
_HEADED = re.compile(
    rf"(?:^|(?<=[，,；;。！？：:、年\s”]))(?P<region>(?![我本该]){REGION}|{_NAMED}){_GROUPED}"
    rf"(?=[^，,；;。]{{0,16}}?(?:排名|位次|考核|考评|评价|监测|抽查|测评|评比|[里中](?:并列|排|居|列)))"
)
# 全省县级市 and 省内五个高新区 lie in the province.
_LED = re.compile(r"[全我本该](?P<kind>[省市县区州盟旗])|(?P<inside>[省市县区州盟旗])内")
# What competes, or where: 各县, 16个市, 同类平台, 赛区.
_AMONG = re.compile(rf"{GROUP}|{_KIND}|[各组赛内里东南西北中部]|{COUNT}个|地区|板块|平台|学校|片区|城市|流域")
_REACH: Final = 64


@dataclass(frozen=True, slots=True)
class Scope:
    """An order ranked in: its text, the region it lies in, and how many compete, where the text says so."""

    text: str | None = None
    region: Region | None = None
    size: int | None = None


def find_scope(
    rank: RankValue, text: str, sentence_start: int, place: int, *, before: Scope | None, home: str | None
) -> Scope:
    """Find the order that a rank is a place in.

    Parameters
    ----------
    rank
        The rank as its span reads.
    text, sentence_start, place
        The report's text, where the rank's sentence begins in it, and the rank.
    before
        The order of the rank in front of it in the same sentence: 由全省第6位升至[第4位].
    home
        The code of the region where the report was written.

    Examples
    --------
    >>> from zhibiao.numbers.ranks import parse_rank
    >>> def scope(text, figure, before=None):
    ...     found = find_scope(parse_rank(figure), text, 0, text.index(figure), before=before, home="341881")
    ...     return found.text, found.region and found.region.name, found.size
    >>> scope("在全省129个县(市、区)中由第71位升至第65位", "第71位"), scope("居全省第3位", "全省第3位")
    (('全省', '安徽省', 129), ('全省', '安徽省', None))
    >>> scope("在苏州市各板块中列第4位", "第4位"), scope("成交额创历史新高", "历史新高")
    (('苏州市各板块', '苏州市', None), (None, None, None))
    """
    if rank.scope is not None:
        scope = _without_subject(rank.scope)
        return Scope(scope, _region_of(scope, home), rank.field_size)
    if rank.kind is RankKind.RECORD:
        # A record against the own past is a place in no order.
        return Scope()
    found = _last_order(text, max(sentence_start, place - _REACH), place)
    if found is None:
        return before or Scope()
    region = found["region"] or ""
    if found["count"]:
        size = read_numeral(found["count"], 0)
        return Scope(region or None, _region_of(region, home), int(size.low) if size and size.low is not None else None)
    name = f"{region}{'各' if found['each'] else ''}{found['kind']}"
    return Scope(name or None, _region_of(name, home), None)


def _last_order(text: str, start: int, end: int) -> re.Match[str] | None:
    last = None
    for pattern in (_FRAMED, _HEADED):
        for match in pattern.finditer(text, start, end):
            named = match["region"] or match["count"] or match["each"]
            if named and (last is None or match.start() > last.start()):
                last = match
    return last


def _without_subject(scope: str) -> str:
    """Take off what is ranked: 浙江省[晚稻高产]第一, 泰兴[科技]历史新高; 全省[16个市] and 宣城[赛区成长组] are what it is among."""
    region = next(iter(find_regions(scope)), None)
    if region is None or region.start != 0 or _AMONG.search(scope, region.end):
        return scope
    return scope[: region.end]


def _region_of(scope: str, home: str | None) -> Region | None:
    """Give the region that a scope is, or that it names a part of: 全省县级市 lie in the province."""
    if not scope:
        return None
    if region := resolve_region(scope, home):
        return region
    if led := _LED.match(scope):
        return resolve_region(f"全{led['kind'] or led['inside']}", home)
    named = find_regions(scope)
    return resolve_region(named[0].name, home) if named and named[0].start == 0 else None
