"""Whose figure it is: self-references and places resolved against the report's issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.catalog.regions import resolve_region
from zhibiao.records import Report

_OWN_ORGAN = re.compile(r"^(?:我|本)(?:局|委|办|厅|院|中心|部|处|校|所|公司|街道|镇|乡|系统|单位)$")


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's name, and the code of its region where it is one."""

    name: str
    code: str | None


def resolve_holders(names: Sequence[str], report: Report) -> Holder | None:
    """Resolve the texts of a figure's HELD_BY spans; without one the fact inherits the issuer.

    Several holders of one figure stand in one name, joined by 、, without a code.

    Examples
    --------
    >>> from zhibiao.alignment import AlignedText
    >>> report = Report("r", "r.txt", 0, AlignedText.from_source(""), issuer="宁国市科技局", region_code="341881")
    >>> resolve_holders(["全市"], report), resolve_holders([], report)
    (Holder(name='宁国市', code='341881'), Holder(name='宁国市科技局', code='341881'))
    """
    if not names:
        return Holder(report.issuer, report.region_code) if report.issuer else None
    holders = [_resolve(name, report) for name in names]
    return holders[0] if len(holders) == 1 else Holder("、".join(holder.name for holder in holders), None)


def _resolve(name: str, report: Report) -> Holder:
    if _OWN_ORGAN.match(name):
        return Holder(report.issuer or name, report.region_code)
    region = resolve_region(name, report.region_code)
    return Holder(region.name, region.code) if region else Holder(name, None)
