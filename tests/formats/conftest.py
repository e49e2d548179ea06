"""Facts to write and to read back."""

from decimal import Decimal

import pytest
from hypothesis import strategies as st

from zhibiao.labels import Approx, Aspect, Direction, FactKind, FactStatus, RankKind
from zhibiao.records import Fact

VALUE = Fact(
    "8ab899e49ca3-0-0", "8ab899e49ca3-0", "宁国/2021.txt", 0, FactKind.VALUE, "高企所得税减免", "2.41亿元",
    "110家企业享受高企所得税减免2.41亿元，\n研发加计扣除1.98亿元", 7, 14, 14, 20, 107, 114, 114, 121,
    indicator="tax.high_tech", value_low=Decimal("2.41") * 10**8, value_high=Decimal("2.41") * 10**8, unit="CNY",
    approx=Approx.EXACT, period="2021", holder="宁国市", holder_code="341881", score=0.93,
)  # fmt: skip
CHANGE = Fact(
    "8ab899e49ca3-0-1", "8ab899e49ca3-0", "宁国/2021.txt", 0, FactKind.CHANGE, "-科技贷款", "3.2%", "=1+1下降3.2%",
    0, 5, 7, 11, 0, 5, 7, 11, value_low=Decimal("-3.2"), unit="percent", approx=Approx.MORE, direction=Direction.DOWN,
    status=FactStatus.FORECAST, aspect=Aspect.CUMULATIVE,
)  # fmt: skip
RANK = Fact(
    "8ab899e49ca3-0-2", "8ab899e49ca3-0", "宁国/2021.txt", 0, FactKind.RANK, "𠮷高企\"总数,", "全省前三", "'位居全省前三",
    0, 5, 7, 11, 0, 5, 7, 11, rank_low=1, rank_high=3, rank_tied=False, rank_kind=RankKind.BAND, scope="全省", scope_code="340000", scope_size=16,
    status=FactStatus.TARGET, aspect=Aspect.RENEWED,
)  # fmt: skip


@pytest.fixture(scope="session")
def facts() -> list[Fact]:
    return [VALUE, CHANGE, RANK]


@pytest.fixture(scope="session")
def any_fact() -> st.SearchStrategy[Fact]:
    text, offset = st.text(), st.integers(0, 2**40)
    # an empty text and a missing one are the same empty cell in most formats
    some = st.none() | st.text(min_size=1)
    number = st.none() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
    place = st.none() | st.integers(1, 10_000)
    return st.builds(
        Fact, text, text, text, offset, st.sampled_from(FactKind), text, text, text, *[offset] * 8,
        indicator=some, value_low=number, value_high=number, unit=some, approx=st.none() | st.sampled_from(Approx),
        direction=st.none() | st.sampled_from(Direction), rank_low=place, rank_high=place,
        rank_from_bottom=place, rank_tied=st.none() | st.booleans(), rank_kind=st.none() | st.sampled_from(RankKind),
        scope=some, scope_code=some, scope_size=place,
        status=st.sampled_from(FactStatus), period=some, aspect=st.sampled_from(Aspect), holder=some,
        holder_code=some, score=st.floats(0, 1),
    )  # fmt: skip
