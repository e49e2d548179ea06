"""Whose figure it is: self-references and places resolved against the report's issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhibiao.catalog.regions import resolve_region
from zhibiao.records import Report

_OWN_ORGAN = re.compile(r"^(?:我|本)(?:局|委|办|厅|院|中心|部|处|校|所|公司|街道|镇|乡|系统|单位)$")


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's name, and the code of its region where it is one."""

    name: str
    code: str | None


def resolve_holder(name: str | None, report: Report) -> Holder | None:
    """Resolve a HELD_BY span's text; without one the fact inherits the issuer.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText
    >>> report = Report("r", "r.txt", 0, AlignedText.from_source(""), issuer="宁国市科技局", region_code="341881")
    >>> resolve_holder("全市", report), resolve_holder("我局", report)
    (Holder(name='宁国市', code='341881'), Holder(name='宁国市科技局', code='341881'))
    """
    if name is None or _OWN_ORGAN.match(name):
        issuer = report.issuer or name
        return Holder(issuer, report.region_code) if issuer else None
    region = resolve_region(name, report.region_code)
    return Holder(region.name, region.code) if region else Holder(name, None)
