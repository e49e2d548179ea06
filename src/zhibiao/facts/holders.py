"""Whose figure it is: self-references and places resolved against the report's issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.catalog.regions import get_region, resolve_region
from zhibiao.records import Report

# 我局, 局里, 全厅, 我们单位: the issuer itself.
_OWN_ORGAN = re.compile(
    r"(?:我们?|咱们?|本|全)(?P<own>局|委|办|厅|院|中心|部|处|校|所|站|会|司|公司|集团|系统|单位|部门)$|(?P<inside>局|委|办|厅|院|校)(?:里|上|内)$"
)
# 我市, 区里, 县域内, 辖区: its region, or the region above it of that kind.
_OWN_REGION = re.compile(
    r"(?:(?:我们?|咱们?|本|该|全)(?P<kind>省|市|县|区|州|盟|旗)|(?P<inside>省|市|县|区|州|盟|旗)(?:域)?(?:里|内|上|域))(?:内|里)?$"
)
_OWN_BUDGET = re.compile(r"(?P<kind>省|市|县|区|州|盟|旗)本级$")
# 全园, 全镇: a park or a town speaks of itself, which has no code of its own.
_OWN_PLACE = re.compile(r"(?:我们?|本|该|全)?(?P<kind>园区|园|高新区|经开区|开发区|新区|镇|乡|街道)(?:里|内|上)?$")
_PARK = re.compile(
    r".{2,}?(?:高新技术产业开发区|经济技术开发区|经济开发区|高新区|经开区|开发区|新区|工业园区|产业园区|园区|示范区)"
)
_TOWN = re.compile(r".{2,}?(?:镇|乡|街道)(?!政府)")
_LEVEL = re.compile(r"(?:自治区|省|市|县|区|州|盟|旗)")


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's name, and the code of its region where it is one."""

    name: str
    code: str | None


def resolve_holders(names: Sequence[str], report: Report) -> Holder | None:
    """Resolve the texts of a figure's HELD_BY spans; without one the fact inherits the issuer, or at least its region.

    Several holders of one figure stand in one name, joined by 、, and so do their codes where each has one.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText
    >>> report = Report("r", "r.txt", 0, AlignedText.from_source(""), issuer="宁国市科学技术局", region_code="341881")
    >>> resolve_holders(["全市"], report), resolve_holders([], report)
    (Holder(name='宁国市', code='341881'), Holder(name='宁国市科学技术局', code='341881'))
    >>> resolve_holders(["市科技局"], report).name, resolve_holders(["市财政局"], report), resolve_holders(["市本级"], report).name
    ('宁国市科学技术局', Holder(name='市财政局', code=None), '宁国市本级')
    >>> resolve_holders(["旌德县", "绩溪县"], report)
    Holder(name='旌德县、绩溪县', code='341825、341824')
    """
    if not names:
        return _issuer(report)
    holders = [_resolve(name, report) for name in names]
    if len(holders) == 1:
        return holders[0]
    codes = [holder.code for holder in holders if holder.code]
    return Holder(
        "、".join(holder.name for holder in holders), "、".join(codes) if len(codes) == len(holders) else None
    )


def _issuer(report: Report) -> Holder | None:
    if report.issuer:
        return Holder(report.issuer, report.region_code)
    return Holder(get_region(report.region_code).name, report.region_code) if report.region_code else None


def _resolve(name: str, report: Report) -> Holder:
    own = _resolve_self(name, report)
    if own:
        return own
    region = resolve_region(name, report.region_code)
    return Holder(region.name, region.code) if region else Holder(name, None)


def _resolve_self(name: str, report: Report) -> Holder | None:
    """Resolve what only the issuer can mean by it: 我局, 市科技局 of itself, 区里, 县本级, 全镇."""
    if _OWN_ORGAN.match(name) or (report.issuer and _is_short_for(name, report.issuer)):
        return _issuer(report)
    budget = _OWN_BUDGET.match(name)
    reference = budget or _OWN_REGION.match(name)
    if reference:
        groups = reference.groupdict()
        region = resolve_region(f"全{groups['kind'] or groups['inside']}", report.region_code)
        if region:
            return Holder(f"{region.name}本级" if budget else region.name, region.code)
    if report.issuer and (reference or _OWN_PLACE.match(name)):
        # 我区 of a bureau in 昆山高新区, which is no administrative division.
        place = _PARK.match(report.issuer) or _TOWN.match(report.issuer)
        return Holder(place.group(), None) if place else None
    return None


def _is_short_for(name: str, issuer: str) -> bool:
    """Tell whether an organ's name means the issuer: 区科经局 for 江夏区科学技术和经济信息化局.

    The level in front agrees, and the characters of the organ's name stand in the issuer's in the same order.
    """
    if name == issuer:
        return True
    level = _LEVEL.match(name)
    *_, last = (None, *_LEVEL.finditer(issuer[:-2]))
    organ, whole = name[level.end() if level else 0 :], issuer[last.end() if last else 0 :].replace("委员会", "委")
    if len(organ) < 2 or not whole or organ[0] != whole[0] or organ[-1] != whole[-1] or organ[-1] not in "局委厅办":
        return False
    if level and last and level.group()[-1] != last.group()[-1]:
        return False
    characters = iter(whole)
    return all(character in characters for character in organ.replace("委员会", "委"))
