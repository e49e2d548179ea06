from zhibiao.scoring.counts import Counts, total


def test_a_missed_reference_lowers_recall() -> None:
    counts = total([Counts(1, 2, 1), Counts(0, 1, 0)])
    assert (counts.precision, counts.recall) == (1.0, 1 / 3)


def test_nothing_on_both_sides_is_undefined() -> None:
    empty = Counts(0, 0, 0)
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)


def test_f1_is_the_harmonic_mean() -> None:
    counts = Counts(6, 8, 12)
    assert counts.f1 == 2 * 0.75 * 0.5 / (0.75 + 0.5)


def test_nothing_right_is_zero_and_not_undefined() -> None:
    assert Counts(0, 3, 0).f1 == 0.0
