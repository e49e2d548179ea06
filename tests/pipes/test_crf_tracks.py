import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.errors import ModelError
from zhibiao.labels import EntityLabel
from zhibiao.numbers.figures import find_figures
from zhibiao.pipes.crf.clues import Clues
from zhibiao.pipes.crf.elements import make_elements
from zhibiao.pipes.crf.lexicons import LEXICONS, find_listed
from zhibiao.pipes.crf.model import number_tracks
from zhibiao.pipes.crf.templates import GROUPS, templates_of
from zhibiao.pipes.crf.tracks import KINDS, SIZES, TRACKS, Open, Tracks
from zhibiao.pipes.crf.words import Vocabulary
from zhibiao.rules.spans import LabelledSpan
from zhibiao.text.sentences import split_sentences

WORDS = Vocabulary({"全市": "n", "高新技术": "n", "企业": "n", "增长": "v", "达": "v"})
TEXT = "2021年全市高新技术企业达125家,居全省第3位。市科技局与浙江大学合作,新增5家省级平台;\n无数字的一句。"


def clues_of(text: str) -> Clues:
    found = find_figures(text)
    figures = [LabelledSpan(one.start, one.end, EntityLabel.AMOUNT) for one in found.amounts]
    figures += [LabelledSpan(one.start, one.end, EntityLabel.RANK) for one in found.ranks]
    periods = [(one.start, one.end) for one in found.periods]
    return Clues(text, split_sentences(text), sorted(figures), periods, WORDS)


def shown(track: str, text: str = TEXT) -> dict[str, int]:
    """Give the characters that a closed track has codes for."""
    clues = clues_of(text)
    codes = TRACKS[track](clues)
    assert isinstance(codes, np.ndarray)
    return {
        text[start:end]: code
        for start, end, code in zip(clues.elements.starts, clues.elements.ends, codes.tolist(), strict=True)
        if code
    }


texts = st.text(alphabet="全市高新技术企业达为125家%亿元增长,。;、()第三位居分别新省大学局\n“”年月R&D", max_size=60)


@settings(deadline=None, max_examples=60)
@given(texts)
def test_every_track_has_a_code_for_every_element(text: str) -> None:
    clues = clues_of(text)
    tracks = Tracks(clues)
    values = {kind: set[str]() for kind in KINDS.values()}
    for name in TRACKS:
        track = tracks[name]
        assert isinstance(track, Open) is (name in KINDS) is (name not in SIZES)
        if isinstance(track, Open):
            values[KINDS[name]].update(track.values)
    indexes = {
        kind: {value: number for number, value in enumerate(sorted(found - {""}), 1)} for kind, found in values.items()
    }
    for name, codes in number_tracks(tracks, TRACKS, indexes).items():
        size = len(indexes[KINDS[name]]) + 1 if name in KINDS else SIZES[name]
        assert codes.shape == (len(clues.elements),)
        assert not len(codes) or 0 <= codes.min() <= codes.max() < size


@settings(deadline=None)
@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5))
def test_elements_cover_the_text_once(length: int, ranges: list[tuple[int, int]]) -> None:
    whole = [(start, end) for start, end in ranges if end <= length]
    elements = make_elements(length, whole)
    covered = [place for span in zip(elements.starts, elements.ends, strict=True) for place in range(*span)]
    assert covered == list(range(length))
    assert all(elements.starts[one] <= place < elements.ends[one] for place, one in enumerate(elements.at))
    proper = [span for span in whole if span[0] < span[1]]
    assert not proper or elements.is_aligned(proper[0])


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        ("gate", {"达": 1, "125家": 1, "局": 1}),
        ("far_behind", {"达": 2, "125家": 1, "居": 2}),
        ("far_before", {"125家": 1, "省": 2}),
        ("side", {"达": 1, "省": 2}),
        ("group", {"企": 2, "业": 3}),
        ("place", {"全": 1, "市": 3}),
        ("organisation", {"浙": 1, "学": 3}),
        ("metric", {"高": 1, "企": 2}),
        ("kind", {"125家": 2, "\n": 9, "达": 1}),
    ],
)
def test_tracks_mark_what_they_are_named_for(track: str, expected: dict[str, int]) -> None:
    found = shown(track, TEXT)
    assert {text: found.get(text) for text in expected} == expected


def test_no_figure_is_seen_across_a_sentence() -> None:
    clues = clues_of("高企达125家。下一句。")
    for track in ("gate", "far_before", "side"):
        codes = TRACKS[track](clues)
        assert isinstance(codes, np.ndarray)
        assert not codes[-4:].any()


@pytest.mark.parametrize("lexicon", LEXICONS)
@settings(deadline=None, max_examples=25)
@given(text=texts)
def test_listed_words_are_flat_and_inside(lexicon: str, text: str) -> None:
    behind = 0
    for start, end in find_listed(lexicon, text):
        assert behind <= start < end <= len(text)
        behind = end


@pytest.mark.parametrize(
    ("lexicon", "text", "expected"),
    [
        ("verb", "重新认定", ["重新认定"]),
        # The list is long, and the text ends with a word of it.
        ("indicator", "实现技术合同成交额", ["技术合同成交额"]),
        ("head", "高企总数", ["高企", "总数"]),
        ("unit", "个百分点", ["个百分点"]),
        ("group", "没有", []),
    ],
)
def test_the_longest_listed_word_is_found(lexicon: str, text: str, expected: list[str]) -> None:
    found = [text[start:end] for start, end in find_listed(lexicon, text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高新技术企业", ["高新技术", "企业"]),
        ("高新科技", ["高", "新", "科", "技"]),  # a beginning alone is no word
        ("R&D投入", ["R&D", "投", "入"]),
        ("", []),
    ],
)
def test_words_are_the_longest_at_their_place(text: str, expected: list[str]) -> None:
    assert [text[word.start : word.end] for word in WORDS.cut(text)] == expected


def test_a_vocabulary_survives_its_bytes() -> None:
    assert Vocabulary.from_bytes(WORDS.to_bytes()).words == WORDS.words


def test_templates_look_at_tracks_that_exist() -> None:
    assert {track for group in GROUPS.values() for template in group for track, _ in template} == set(TRACKS)


def test_templates_do_not_cross_two_tracks_with_many_values() -> None:
    large = {name for name, kind in KINDS.items() if kind in ("word", "pair", "split_pair", "triple", "character")}
    for template in templates_of(GROUPS):
        assert sum(track in large for track, _ in template) <= 1


def test_an_unknown_group_of_features_is_named() -> None:
    with pytest.raises(ModelError, match="no features called colours"):
        templates_of(["characters", "colours"])
