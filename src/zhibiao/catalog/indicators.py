"""The indicators that reports speak of: the catalogue, and which of it a METRIC names.

``data/indicators.csv`` has one row for each indicator (`zhibiao.catalog.indicator_table`), and
``data/indicator_wording.toml`` the words that bring wordings to one form (`zhibiao.catalog.indicator_wording`).
"""

from __future__ import annotations

from zhibiao.catalog.indicator_context import Context, match_in_context
from zhibiao.catalog.indicator_coverage import Coverage, Mention, Miss, MissedGroup, measure_coverage
from zhibiao.catalog.indicator_matching import Explanation, IndicatorMatch, MatchWay, explain_match, match_indicator
from zhibiao.catalog.indicator_search import Candidate, rank_candidates
from zhibiao.catalog.indicator_table import Indicator, get_indicator, load_indicators, parse_indicators
from zhibiao.catalog.indicator_wording import normalise_wording

__all__ = [
    "Candidate",
    "Context",
    "Coverage",
    "Explanation",
    "Indicator",
    "IndicatorMatch",
    "MatchWay",
    "Mention",
    "Miss",
    "MissedGroup",
    "explain_match",
    "get_indicator",
    "load_indicators",
    "match_in_context",
    "match_indicator",
    "measure_coverage",
    "normalise_wording",
    "parse_indicators",
    "rank_candidates",
]
