"""How the wordings of one indicator are brought to one form; the words for it are in ``data/indicator_wording.toml``.

A wording is *normalised* (R&D经费支出 and 研究与试验发展经费 are 研发投入), *peeled* of what stands around a name (全市新增…,
…总数), or reduced to its *core*: the characters that are left without light words, in no order, so that 选派科技特派员 and
科技特派员选派 have the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import heappop, heappush
from importlib.resources import files
from operator import add
from typing import Any

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.catalog.regions import find_regions

_MODIFIER_COST, _ASPECT_COST, _VERB_COST, _LEVEL_COST = 0.98, 0.95, 0.88, 0.85
# No region's name is longer: 积石山保安族东乡族撒拉族自治县.
_LONGEST_REGION = 16
_SHORTEST_NAME = 2
_LONGEST_END, _LONGEST_START, _LONGEST_MODIFIER = 3, 6, 8
_SHORTEST_CORE = 3
_CACHED_METRICS = 1 << 15
_SHARE_OF = "占"


@dataclass(frozen=True, slots=True)
class _Wording:
    replacements: tuple[tuple[re.Pattern[str], str], ...]
    counting_ends: frozenset[str]
    light: re.Pattern[str]
    actions: frozenset[str]
    starts: dict[str, float]
    ends: dict[str, float]


@dataclass(frozen=True, slots=True)
class EllipticalWords:
    """Words of METRICs that leave out what was named before; see ``[elliptical]`` in the data file."""

    measures: frozenset[str]
    counts: frozenset[str]
    applications: frozenset[str]
    steps: tuple[tuple[str, frozenset[str], str], ...]
    verbs: tuple[str, ...]


def normalise_wording(text: str) -> str:
    """Bring the many ways to write one thing to one form.

    Examples
    --------
    >>> normalise_wording("R&D经费支出占地区生产总值的比重"), normalise_wording("研发投入占GDP比例")
    ('研发投入占GDP', '研发投入占GDP')
    """
    for pattern, replacement in _wording().replacements:
        text = pattern.sub(replacement, text)
    return text


def peel_wording(form: str) -> Iterator[tuple[str, float]]:
    """Give a normalised wording as it stands, then with ever more taken off its ends, the surest first.

    Examples
    --------
    >>> [(form, round(score, 2)) for form, score in peel_wording("全市新增高企")]
    [('全市新增高企', 1.0), ('新增高企', 0.98), ('高企', 0.93)]
    """
    seen = {form}
    queue = [(-1.0, form)]
    while queue:
        cost, form = heappop(queue)
        yield form, -cost
        for shorter, factor in _peel_once(form):
            if len(shorter) >= _SHORTEST_NAME and shorter not in seen:
                seen.add(shorter)
                heappush(queue, (cost * factor, shorter))


def stem_of(form: str) -> str:
    """Drop an ending that says no more than how many or how much.

    Examples
    --------
    >>> stem_of("高企总数"), stem_of("专利申请量"), stem_of("总数")
    ('高企', '专利申请', '总数')
    """
    ends = _wording().counting_ends
    for length in range(min(_LONGEST_END, len(form) - _SHORTEST_NAME), 0, -1):
        if form[-length:] in ends:
            return form[:-length]
    return form


def core_of(form: str) -> str:
    """Give the characters of a normalised wording without light words, sorted; nothing if too few are left to tell.

    Examples
    --------
    >>> core_of("参会企业数") == core_of("企业参会"), core_of("各类活动")
    (True, '')
    """
    core = "".join(sorted(_wording().light.sub("", form)))
    return core if len(core) >= _SHORTEST_CORE else ""


def parts_of(text: str) -> frozenset[str]:
    """Give the characters of a text and its pairs of neighbours.

    Examples
    --------
    >>> sorted(parts_of("高企数"))
    ['企', '企数', '数', '高', '高企']
    """
    return frozenset((*text, *map(add, text, text[1:])))


def is_action(form: str) -> bool:
    """Tell whether a wording is nothing but how there came to be one more: 新增, 重新认定, 引进.

    Examples
    --------
    >>> is_action("重新认定"), is_action("认定登记")
    (True, False)
    """
    return form in _wording().actions


@lru_cache(maxsize=_CACHED_METRICS)
def is_bare(metric: str) -> bool:
    """Tell whether a METRIC needs another word to name an indicator: 总数, 占GDP比重, 重新认定, 企业.

    Examples
    --------
    >>> is_bare("科普驿站总数"), is_bare("总数"), is_bare("占全市的比重"), is_bare("重新认定"), is_bare("新增企业")
    (False, True, True, True, True)
    """
    form, head = normalise_wording(metric), head_of(metric)
    return len(head) < _SHORTEST_NAME or form.startswith(_SHARE_OF) or bool({form, head} & _bare_words())


def find_verb(form: str) -> str:
    """Give the verb that a normalised wording begins with; nothing if it begins with none.

    Examples
    --------
    >>> find_verb("发放防震减灾方面宣传资料"), find_verb("防震减灾宣传资料")
    ('发放', '')
    """
    verbs = _leading_verbs()
    return next(
        (form[:length] for length in range(min(_LONGEST_START, len(form)), 1, -1) if form[:length] in verbs), ""
    )


@cache
def _leading_verbs() -> frozenset[str]:
    data = _read()
    return load_lexicon("metric_verbs") | frozenset((*data["verb_starts"], *data["aspect_starts"]))


def nouns_of(kind: str | None, unit: str) -> tuple[str, ...]:
    """Give the nouns that a unit of a kind may stand for where a wording leaves its last one out.

    Examples
    --------
    >>> nouns_of("area", "亩")[0], nouns_of("count", "家"), nouns_of("ratio", "percent")
    ('面积', ('企业',), ())
    """
    nouns = _unit_nouns()
    return nouns.get(kind or "") or nouns.get(unit, ())


def head_of(metric: str) -> str:
    """Give what a wording counts, without place, time and aspect, to count like wordings together.

    Examples
    --------
    >>> head_of("全市新增科普驿站"), head_of("科普驿站总数"), head_of("新能源汽车产量")
    ('科普驿站', '科普驿站', '新能源汽车产量')
    """
    head = min((form for form, score in peel_wording(normalise_wording(metric)) if score > _VERB_COST), key=len)
    # 产量 is no 产: only endings that are words of counting by themselves
    end = next((end for end in (head[-_LONGEST_END:], head[-2:]) if end in _wording().counting_ends), "")
    return head.removesuffix(end) or head


@cache
def load_unit_groups() -> dict[str, str]:
    """Give the group of each counting unit that counts one sort of thing only: person, event, firm, object, mark.

    Examples
    --------
    >>> load_unit_groups()["家"], load_unit_groups()["人次"], "个" in load_unit_groups()
    ('firm', 'person', False)
    """
    return {unit: group for group, units in _read()["unit_groups"].items() for unit in units}


@cache
def _unit_nouns() -> dict[str, tuple[str, ...]]:
    return {name: tuple(nouns) for name, nouns in _read()["unit_nouns"].items()}


def _peel_once(form: str) -> Iterator[tuple[str, float]]:
    """Take the longest modifier, region, leading word and last word off a form, one at a time."""
    modifiers = _modifiers()
    for length in range(min(_LONGEST_MODIFIER, len(form) - 1), 0, -1):
        if form[:length] in modifiers:
            yield form[length:], _MODIFIER_COST
            break
    mention = next(iter(find_regions(form[:_LONGEST_REGION])), None)
    if mention is not None and mention.start == 0:
        yield form[mention.end :], _MODIFIER_COST
    starts, ends = _wording().starts, _wording().ends
    lengths = range(min(_LONGEST_START, len(form) - _SHORTEST_NAME), 0, -1)
    for length in lengths:
        if form[:length] in starts:
            yield form[length:], starts[form[:length]]
            break
    for length in lengths:
        if form[-length:] in ends:
            yield form[:-length], ends[form[-length:]]
            break


@cache
def _modifiers() -> frozenset[str]:
    words = frozenset().union(*load_lexicon("leading_modifiers").values(), load_lexicon("self_references")["region"])
    return words | load_lexicon("light_verbs")


@cache
def _bare_words() -> frozenset[str]:
    data = _read()
    words = (
        load_lexicon("generic_organisations") | load_lexicon("metric_verbs") | frozenset(load_lexicon("change_words"))
    )
    return words | _wording().actions | frozenset(map(normalise_wording, (*data["bare"], *data["counting_ends"])))


@cache
def load_elliptical_words() -> EllipticalWords:
    """Read the words of METRICs that need one named before them."""
    data = _read()["elliptical"]
    return EllipticalWords(
        measures=frozenset(data["measures"]),
        counts=frozenset(data["counts"]),
        applications=frozenset(data["applications"]),
        steps=tuple((said, frozenset(metrics), wording) for said, metrics, wording in data["steps"]),
        verbs=tuple(data["verbs"]),
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data/indicator_wording.toml").read_text(encoding="utf-8"))


@cache
def _wording() -> _Wording:
    data = _read()
    light = sorted({*data["light"], *data["counting_ends"]}, key=len, reverse=True)
    actions = (data[name] for name in ("aspect_starts", "aspect_ends", "verb_starts", "verb_ends"))
    return _Wording(
        replacements=tuple((re.compile(pattern), text) for pattern, text in data["replacements"]),
        counting_ends=frozenset(data["counting_ends"]),
        light=re.compile("|".join(map(re.escape, light))),
        actions=frozenset().union(*actions),
        starts=_costs(data, {"levels": _LEVEL_COST, "verb_starts": _VERB_COST, "aspect_starts": _ASPECT_COST}),
        ends=_costs(data, {"verb_ends": _VERB_COST, "aspect_ends": _ASPECT_COST}),
    )


def _costs(data: dict[str, Any], lists: dict[str, float]) -> dict[str, float]:
    return {word: cost for name, cost in lists.items() for word in data[name]}
