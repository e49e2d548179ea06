import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.alignment import AlignedText, Edit


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=40))
    edits: list[Edit] = []
    cursor = 0
    while cursor < len(text) and draw(st.booleans()):
        start = draw(st.integers(cursor, len(text)))
        end = draw(st.integers(start, len(text)))
        edits.append(Edit(start, end, draw(st.text(max_size=end - start))))
        cursor = end
    return text, edits


@given(texts_with_edits())
def test_edited_keeps_places_in_order_and_apart(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    aligned = AlignedText.from_source(text).edited(edits)
    assert len(aligned.text) == len(aligned.starts) == len(aligned.ends)
    places = [place for pair in zip(aligned.starts, aligned.ends, strict=True) for place in pair]
    assert places == sorted(places)
    assert all(start < end for start, end in zip(aligned.starts, aligned.ends, strict=True))


@given(texts_with_edits())
def test_untouched_characters_map_to_themselves(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    aligned = AlignedText.from_source(text).edited(edits)
    touched = {place for edit in edits for place in range(edit.start, edit.end)}
    kept = [
        (char, start)
        for char, start, end in zip(aligned.text, aligned.starts, aligned.ends, strict=True)
        if start not in touched and end == start + 1
    ]
    assert kept == [(char, place) for place, char in enumerate(text) if place not in touched]


@given(texts_with_edits())
def test_part_of_edited_has_the_same_places(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    aligned = AlignedText.from_source(text).edited(edits)
    half = aligned.part(len(aligned) // 2, len(aligned))
    assert half.text == aligned.text[len(aligned) // 2 :]
    assert list(half.starts) == list(aligned.starts[len(aligned) // 2 :])


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(2, 4), Edit(3, 5)],
        [Edit(0, 9)],
        [Edit(1, 2, "两字")],
    ],
    ids=["overlapping", "beyond the end", "longer than what it replaces"],
)
def test_edited_refuses(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        AlignedText.from_source("高新技术企业").edited(edits)


def test_shorter_replacement_covers_all_it_replaces() -> None:
    aligned = AlignedText.from_source("a&amp;b").edited([Edit(1, 6, "&")])
    assert aligned.text == "a&b"
    assert [aligned.source_span(i, i + 1) for i in range(3)] == [(0, 1), (1, 6), (6, 7)]
