"""The dictionary that the package jieba ships, read as a text file: importing jieba itself writes and trusts a cache outside the project."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from zhibiao.errors import MissingExtraError


@cache
def load_jieba() -> dict[str, tuple[int, str]]:
    """Read the words with how often each was counted, and its part of speech.

    Raises
    ------
    MissingExtraError
        If jieba is not installed.

    Examples
    --------
    >>> load_jieba()["科技"][1]
    'n'
    """
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("cutting words needs the dictionary of jieba: pip install 'zhibiao[weak]'")
    lines = (Path(spec.submodule_search_locations[0]) / "dict.txt").read_text("utf-8").splitlines()
    return {word: (int(count), part) for word, count, part in (line.split(" ") for line in lines)}
