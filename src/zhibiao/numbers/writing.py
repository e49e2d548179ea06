"""Quantities written as reports write them, so that they can be read back."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from zhibiao.catalog.units import load_units
from zhibiao.labels import Approx
from zhibiao.numbers.mentions import Quantity


def format_quantity(quantity: Quantity) -> str:
    """Write a quantity in its base unit; :func:`~zhibiao.numbers.amounts.parse_amount` gives the quantity back.

    Examples
    --------
    >>> from zhibiao.numbers.amounts import parse_amount
    >>> [format_quantity(parse_amount(text)) for text in ("2.41亿元", "近三成", "不足2家", "2-3家", "百余项", "5.2件/万人")]
    ['241000000元', '约30%', '2家以下', '2-3家', '100项以上', '5.2件/万人']
    """
    unit = _unit_surface(quantity.unit)
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        # 数十家 has no number; 两位数 has no unit either.
        number = "两位数" if quantity.unit is None else f"几十{unit}"
        return number + {Approx.MORE: "以上", Approx.LESS: "以下"}.get(quantity.approx, "")
    if high is None or low is None:
        return f"{_plain(low if low is not None else high)}{unit}{'以上' if high is None else '以下'}"
    about = "约" if quantity.approx is Approx.ABOUT else ""
    return f"{about}{_plain(low)}{unit}" if low == high else f"{about}{_plain(low)}-{_plain(high)}{unit}"


def _plain(value: Decimal | None) -> str:
    return format(value, "f") if value is not None else ""


def _unit_surface(unit: str | None) -> str:
    """Give how a base unit is written; of a rate (件/万人) the part above the stroke is one."""
    if unit is None:
        return ""
    base, stroke, per = unit.partition("/")
    return f"{_surfaces().get(base, base)}{stroke}{per}"


@cache
def _surfaces() -> dict[str, str]:
    """Give for each base unit the first of its surfaces in the table that holds no other one: 元, not 元人民币."""
    by_base: dict[str, list[str]] = {}
    for unit in load_units():
        if unit.factor == 1:
            by_base.setdefault(unit.base, []).append(unit.surface)
    return {
        base: next(one for one in surfaces if not any(other in one for other in surfaces if other != one))
        for base, surfaces in by_base.items()
    }
