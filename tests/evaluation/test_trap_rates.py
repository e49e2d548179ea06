from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.errors import InputError
from zhibiao.evaluation.trap_rates import TrapRate, find_falls, read_rates, record_rates, wilson_interval


def rate(group: str, passed: int, cases: int) -> TrapRate:
    return TrapRate(group, cases, cases, cases, cases, passed)


@given(st.integers(1, 500).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases))))
def test_the_interval_holds_the_share_and_stays_within_none_and_all(counts: tuple[int, int]) -> None:
    passed, cases = counts
    interval = wilson_interval(passed, cases)
    assert 0 <= interval.low <= passed / cases <= interval.high <= 1
    assert interval.low < interval.high


def test_more_cases_make_a_narrower_interval() -> None:
    few, many = wilson_interval(15, 20), wilson_interval(150, 200)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("now", "recorded", "falls"),
    [
        ((16, 20), {"ranks": (16, 20)}, []),
        ((17, 20), {"ranks": (16, 20)}, []),
        ((16, 18), {"ranks": (8, 9)}, []),
        ((17, 21), {"ranks": (17, 20)}, ["ranks: 17 of 21 pass, recorded are 17 of 20"]),
        ((0, 20), {"plans": (5, 20)}, ["ranks: 0 of 20 pass, none is recorded"]),
    ],
)
def test_a_class_falls_when_its_share_does(
    now: tuple[int, int], recorded: dict[str, tuple[int, int]], falls: list[str]
) -> None:
    assert find_falls([rate("ranks", *now)], recorded) == falls


def test_recording_replaces_one_system_and_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    record_rates("rules", [rate("ranks", 16, 20), rate("plans", 3, 20)], path)
    record_rates("zhibiao_zh_fast", [rate("ranks", 18, 20)], path)
    record_rates("rules", [rate("ranks", 17, 20)], path)
    assert read_rates(path) == {"rules": {"ranks": (17, 20)}, "zhibiao_zh_fast": {"ranks": (18, 20)}}


def test_nothing_is_recorded_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_rates(tmp_path / "rates.toml") == {}


@pytest.mark.parametrize("content", ["[rules", "rules = 3", "[rules]\nranks = 3", "[rules]\nranks = { passed = 3 }"])
def test_a_broken_file_of_rates_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rates.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"rates\.toml: not a file of recorded rates"):
        read_rates(path)
