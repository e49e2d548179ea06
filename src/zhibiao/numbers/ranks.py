"""RANK spans: finding them in a text, and reading the place of one."""

from __future__ import annotations

from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.mentions import RankMention, RankValue
from zhibiao.numbers.ranking import parse_rank

__all__ = ["RankMention", "RankValue", "find_ranks", "parse_rank"]


def find_ranks(text: str) -> list[RankMention]:
    """Find the RANK spans of a text, each with the scope that stands beside it.

    Examples
    --------
    >>> text = "位列全省第2位，全国第46位；在全市16个区中居第七，创历史新高。"
    >>> [text[found.start : found.end] for found in find_ranks(text)]
    ['全省第2位', '全国第46位', '第七', '历史新高']
    """
    return list(find_figures(text).ranks)
