"""What a figure says in numbers: an amount in its base unit, or a place in an order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhibiao.facts.places import count_from_bottom, count_from_top
from zhibiao.facts.scopes import Scope
from zhibiao.labels import Approx, RankKind
from zhibiao.numbers.amounts import parse_amount, read_context
from zhibiao.numbers.mentions import RankValue


@dataclass(frozen=True, slots=True)
class Measure:
    """The fields of a fact that are read off the figure itself; those of :class:`~zhibiao.records.Fact`."""

    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    approx: Approx | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    rank_from_bottom: int | None = None
    rank_tied: bool | None = None
    rank_kind: RankKind | None = None
    scope: str | None = None
    scope_code: str | None = None
    scope_size: int | None = None


def measure_amount(figure: str, between: str) -> Measure:
    """Read an amount; ``between`` is what stands in front of it in its clause, behind the METRIC.

    Examples
    --------
    >>> measured = measure_amount("125家", "突破")
    >>> measured.value_low, measured.value_high, measured.unit, measured.approx.value
    (Decimal('125'), None, '家', 'more')
    """
    quantity = parse_amount(figure)
    if quantity is None:
        return Measure()
    low, high, approx = quantity.low, quantity.high, quantity.approx
    # 突破 and 不足 stand outside the span, and bound the number all the same.
    if approx is Approx.EXACT and low == high and (bound := read_context(between)) is not None:
        approx = bound
        low, high = (None if bound is Approx.LESS else low), (None if bound is Approx.MORE else high)
    return Measure(low, high, quantity.unit, approx)


def measure_rank(rank: RankValue, scope: Scope, *, tied: bool) -> Measure:
    """Read a rank within its order.

    Examples
    --------
    >>> from zhibiao.numbers.ranks import parse_rank
    >>> measured = measure_rank(parse_rank("倒数第四"), Scope("全区", None, 22), tied=False)
    >>> measured.rank_low, measured.rank_from_bottom, measured.scope, measured.scope_size
    (19, 4, '全区', 22)
    """
    low, high = count_from_top(rank, scope.size)
    return Measure(
        rank_low=low,
        rank_high=high,
        rank_from_bottom=count_from_bottom(rank),
        rank_tied=tied,
        rank_kind=rank.kind,
        scope=scope.text,
        scope_code=scope.region.code if scope.region else None,
        scope_size=scope.size,
    )
