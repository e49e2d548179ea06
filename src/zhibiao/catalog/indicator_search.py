"""The indicators that a text may speak of, ranked: for people who look for one, not for a match."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import log

from zhibiao.catalog.indicator_table import Indicator, load_indicators
from zhibiao.catalog.indicator_wording import normalise_wording, parts_of

# A pair of characters says more than its two characters by themselves.
_CHARACTER_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator, the one of its wordings that is most like a text, and how like it is, from 0 to 1."""

    indicator: Indicator
    wording: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """A wording of an indicator; ``weight`` is that of all its parts."""

    indicator: Indicator
    wording: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Index:
    weights: dict[str, float]
    unknown: float
    by_part: dict[str, tuple[_Entry, ...]]


def rank_candidates(text: str, limit: int = 10) -> list[Candidate]:
    """Give the indicators whose wordings are most like a text, each once, the likest first.

    Likeness is Dice's coefficient over characters and pairs of characters, each weighted by how few indicators have it
    (the inverse document frequency of text retrieval): 技术合同 tells more than 成交额. Chinese and English names, ids
    and all wordings are compared.

    Examples
    --------
    >>> [one.indicator.id for one in rank_candidates("企业研发费用加计扣除优惠", 2)]
    ['super_deduction_amount', 'super_deduction_enterprises']
    >>> rank_candidates("R&D intensity", 1)[0].indicator.name_zh
    '研发经费投入强度'
    >>> rank_candidates("")
    []
    """
    index = _index()
    form = _bring_to_form(text)
    parts = parts_of(form)
    own = sum(index.weights.get(part, index.unknown) for part in parts)
    shared: defaultdict[int, float] = defaultdict(float)
    entries: dict[int, _Entry] = {}
    for part in parts:
        for entry in index.by_part.get(part, ()):
            shared[id(entry)] += index.weights[part]
            entries[id(entry)] = entry
    best: dict[str, Candidate] = {}
    for key, weight in shared.items():
        entry = entries[key]
        similarity = 2 * weight / (own + entry.weight)
        if entry.indicator.id not in best or similarity > best[entry.indicator.id].similarity:
            best[entry.indicator.id] = Candidate(entry.indicator, entry.wording, similarity)
    return sorted(best.values(), key=lambda one: (-one.similarity, one.indicator.id))[:limit]


def _bring_to_form(text: str) -> str:
    return normalise_wording(text).lower()


@cache
def _index() -> _Index:
    holders: defaultdict[str, set[str]] = defaultdict(set)
    wordings = [(one, wording) for one in load_indicators() for wording in (*one.wordings, one.name_en, one.id)]
    for one, wording in wordings:
        for part in parts_of(_bring_to_form(wording)):
            holders[part].add(one.id)
    total = len(load_indicators()) + 1

    def weigh(part: str, count: float) -> float:
        return log(total / count) * (1 if len(part) > 1 else _CHARACTER_WEIGHT)

    weights = {part: weigh(part, len(found)) for part, found in holders.items()}
    by_part: defaultdict[str, list[_Entry]] = defaultdict(list)
    for one, wording in wordings:
        parts = parts_of(_bring_to_form(wording))
        entry = _Entry(one, wording, sum(weights[part] for part in parts))
        for part in parts:
            by_part[part].append(entry)
    return _Index(weights, weigh("", 0.5), {part: tuple(found) for part, found in by_part.items()})
