import re

from hypothesis import given
from hypothesis import strategies as st

from zhibiao.rules.words import WordList, any_of

WORDS = st.sets(st.text(alphabet="科技局厅协会市", min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text(alphabet="科技局厅协会市省", max_size=20))
def test_any_of_finds_what_a_plain_alternation_of_longest_first_finds(words: set[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert re.findall(any_of(words), text) == re.findall(plain, text)


@given(WORDS, st.text(alphabet="科技局厅协会市省", max_size=12))
def test_prefix_and_suffix_are_the_longest(words: set[str], text: str) -> None:
    found = WordList(words)
    assert found.prefix(text, 0, len(text)) == max((len(w) for w in words if text.startswith(w)), default=0)
    assert found.suffix(text, 0, len(text)) == max((len(w) for w in words if text.endswith(w)), default=0)
