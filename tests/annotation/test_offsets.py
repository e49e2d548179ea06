import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.annotation.offsets import Utf16Offsets

CHARACTERS = st.text(alphabet=st.sampled_from("高企125家\r\n\u3000é𠮷😀👨‍👩‍👧\U0010ffff"), max_size=60)


@given(CHARACTERS)
def test_every_place_comes_back(text: str) -> None:
    offsets = Utf16Offsets.of(text)
    places = range(len(text) + 1)
    assert [offsets.to_code_point(offsets.to_utf16(place)) for place in places] == list(places)


@given(CHARACTERS)
def test_units_are_those_of_utf_16(text: str) -> None:
    offsets = Utf16Offsets.of(text)
    assert [offsets.to_utf16(place) for place in range(len(text) + 1)] == [
        len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)
    ]
    assert offsets.utf16_length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("unit", [1, 3, 6, -1])
def test_no_place_within_a_character_or_outside(unit: int) -> None:
    assert Utf16Offsets.of("𠮷😀企").to_code_point(unit) is None
