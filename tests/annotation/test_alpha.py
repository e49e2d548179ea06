from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.annotation.alpha import count_units, nominal_alpha

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, gaps; nominal alpha .743.
OBSERVERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def test_the_published_example_comes_out() -> None:
    units = [tuple(row[i] for row in OBSERVERS if row[i] != ".") for i in range(12)]
    assert nominal_alpha(count_units(units)) == pytest.approx(0.743, abs=0.0005)


def test_two_observers_binary_as_published() -> None:
    # ibid., section A: ten units, alpha .095
    first, second = "0100000000", "1110010100"
    assert nominal_alpha(count_units(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.0005)


@given(st.lists(st.sampled_from("ab"), min_size=2))
def test_agreement_throughout_is_one_or_undefined(values: list[str]) -> None:
    expected = 1.0 if len(set(values)) > 1 else None
    assert nominal_alpha(count_units((value, value) for value in values)) == expected


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_order_of_annotators_and_units_does_not_matter(units: list[tuple[str, str]]) -> None:
    turned = nominal_alpha(count_units((b, a) for a, b in reversed(units)))
    assert turned == pytest.approx(nominal_alpha(count_units(units)))


def test_nothing_to_compare_is_undefined() -> None:
    assert nominal_alpha(Counter({("a",): 5})) is None
