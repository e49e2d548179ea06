import pytest

from zhibiao.facts.measures import measure_amount, measure_rank
from zhibiao.facts.scopes import Scope
from zhibiao.labels import Approx, RankKind
from zhibiao.numbers.ranks import parse_rank


@pytest.mark.parametrize(
    ("figure", "between", "low", "high", "approx"),
    [
        ("125家", "达", 125, 125, Approx.EXACT),
        ("125家", "突破", 125, None, Approx.MORE),
        ("125家", "不足", None, 125, Approx.LESS),
        ("100家以上", "达", 100, None, Approx.MORE),
        ("约100家", "突破", 100, 100, Approx.ABOUT),
        ("2-3家", "突破", 2, 3, Approx.EXACT),
        ("十之八九", "", None, None, None),
    ],
)
def test_bounds_are_read_from_the_span_and_from_the_verb(
    figure: str, between: str, low: int | None, high: int | None, approx: Approx | None
) -> None:
    measured = measure_amount(figure, between)
    assert (measured.value_low, measured.value_high, measured.approx) == (low, high, approx)


def test_a_rank_from_the_bottom_needs_the_number_that_compete() -> None:
    rank = parse_rank("倒数第四")
    assert rank is not None
    known, unknown = (measure_rank(rank, Scope("全区", None, size), tied=False) for size in (22, None))
    assert (known.rank_low, known.rank_high, known.rank_from_bottom, known.rank_kind) == (19, 19, 4, RankKind.ORDINAL)
    assert (unknown.rank_low, unknown.rank_high, unknown.rank_from_bottom) == (None, None, 4)
    assert (known.scope_size, unknown.scope_size) == (22, None)
