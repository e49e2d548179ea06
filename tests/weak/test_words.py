import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.errors import MissingExtraError
from zhibiao.pipes import jieba_words
from zhibiao.weak import words
from zhibiao.weak.words import split_words


@given(st.text(alphabet="高新技术企业总数达125家R&D，。 \n𠮷", max_size=40))
def test_words_cover_the_text_without_gap_or_overlap(text: str) -> None:
    ends = [0]
    for word in split_words(text):
        assert word.start == ends[-1] < word.end
        ends.append(word.end)
    assert ends[-1] == len(text)


def test_words_of_a_stretch_keep_their_offsets() -> None:
    text = "新增高新技术企业18家"
    assert [text[word.start : word.end] for word in split_words(text, 2, 8)] == ["高新技术", "企业"]


def test_without_the_dictionary_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jieba_words, "find_spec", lambda _name: None)
    words._load.cache_clear()
    jieba_words.load_jieba.cache_clear()
    try:
        with pytest.raises(MissingExtraError, match=r"zhibiao\[weak\]"):
            split_words("企业")
    finally:
        words._load.cache_clear()
        jieba_words.load_jieba.cache_clear()
