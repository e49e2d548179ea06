from hypothesis import given
from hypothesis import strategies as st

from zhibiao.scoring.calibration import bin_by_confidence, calibration_error

SCORED = st.lists(st.tuples(st.floats(0, 1), st.booleans()))


@given(SCORED, st.integers(1, 20))
def test_every_prediction_is_in_the_bin_that_holds_it(scored: list[tuple[float, bool]], bins: int) -> None:
    found = bin_by_confidence([score for score, _ in scored], [right for _, right in scored], bins=bins)
    assert sum(one.number for one in found) == len(scored)
    for one in found:
        assert one.low - 1e-9 <= one.confidence <= one.high + 1e-9
        held = [right for score, right in scored if one.low < score <= one.high or score == one.low == 0]
        assert (one.number, one.right) == (len(held), sum(held) / len(held))


@given(SCORED)
def test_the_error_is_a_share(scored: list[tuple[float, bool]]) -> None:
    error = calibration_error(bin_by_confidence(*zip(*scored, strict=True))) if scored else calibration_error(())
    assert error is None if not scored else error is not None and 0 <= error <= 1


def test_who_is_always_sure_and_always_right_makes_no_error_and_who_is_always_wrong_makes_the_largest() -> None:
    assert calibration_error(bin_by_confidence([1.0, 1.0], [True, True])) == 0
    assert calibration_error(bin_by_confidence([1.0, 1.0], [False, False])) == 1
