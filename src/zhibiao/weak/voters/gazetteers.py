"""ORG from the coined words that companies call themselves by, as the package companynameparser lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.errors import MissingExtraError
from zhibiao.labels import EntityLabel
from zhibiao.rules.words import any_of
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.views import SentenceView

_LENGTHS = (4, 3, 2)
_BEHIND = re.compile("[、，,。；;：:）)”和与及的等获在列入完投研申牵自]|$")


@span_function(EntityLabel.ORG, match="支持⟦保隆科技⟧、绿地", abstain=["支持农业科技发展", "新材料获批"])
def org_brand(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for a coined word of the list with a trade behind it, where a mark or a verb ends the name."""
    text, brands = sentence.text, _brands()
    for match in _trade_pattern().finditer(text):
        if not _BEHIND.match(text, match.end()):
            continue
        for length in _LENGTHS:
            start = match.start() - length
            if start >= 0 and text[start : match.start()] in brands:
                yield SpanVote(start, match.end())
                break


@cache
def _trade_pattern() -> re.Pattern[str]:
    return re.compile(any_of(load_lexicon("company_endings")))


@cache
def _brands() -> frozenset[str]:
    """Load the coined words; those that the word lists know are words of the language."""
    spec = find_spec("companynameparser")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("the company names need companynameparser: pip install 'zhibiao[weak]'")
    path = Path(spec.submodule_search_locations[0]) / "data" / "brand.txt"
    known = set().union(
        *(load_lexicon(name) for name in ("metric_heads", "metric_verbs", "generic_organisations", "company_endings"))
    )
    return frozenset(word for word in path.read_text("utf-8").split() if len(word) in _LENGTHS and word not in known)
