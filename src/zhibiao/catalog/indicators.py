"""The indicators that reports speak of, each with its definition, unit, wordings and source.

One row of ``data/indicators.csv`` is one indicator:

``id``, ``name_zh``, ``name_en``, ``definition``
    A stable English id, the usual names, and one sentence.
``unit``
    The base unit it is usually given in (see `zhibiao.catalog.units`); empty for an index.
``dimension``
    What is counted or measured: money, ratio, growth, count, people, events, intensity, index, area, mass, …
``parent``
    The id of the indicator it is a part of.
``aliases``
    Other wordings, parted by ``|``.
``source``
    The yearbook, regulation or standard that defines it.

``data/indicator_wording.toml`` holds the rules that bring wordings to one form.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add
from typing import Any

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.catalog.regions import find_regions
from zhibiao.catalog.units import UnitKind, load_units
from zhibiao.errors import CatalogError

# Units of change say nothing of the indicator's own unit: 技术合同成交额增长12个百分点, 翻一番.
_NEUTRAL = frozenset({UnitKind.POINT, UnitKind.TIMES, UnitKind.FOLD})
# 技术合同420万元 speaks of their value.
_MONEY_ENDS = ("成交额", "额", "金额", "资金")
_MODIFIER_COST, _ASPECT_COST, _LEVEL_COST, _END_COST = 0.98, 0.95, 0.85, 0.97
_LONGEST_METRIC = 60


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the catalogue; see the module for the fields."""

    id: str
    name_zh: str
    name_en: str
    definition: str
    unit: str
    dimension: str
    parent: str | None
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """An indicator's id, and how sure the match is: 1 for a listed wording, less for each part taken off."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class _Wording:
    replacements: tuple[tuple[re.Pattern[str], str], ...]
    counting_ends: tuple[str, ...]
    aspect_starts: tuple[str, ...]
    aspect_ends: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    by_form: dict[str, Indicator]
    by_stem: dict[str, tuple[Indicator, ...]]
    kinds: dict[str, UnitKind | None]


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """Read the catalogue, in its own order.

    Raises
    ------
    CatalogError
        If an id is listed twice, a parent is unknown, a field is missing, or a wording points at two indicators.

    Examples
    --------
    >>> next(one for one in load_indicators() if one.id == "rd_intensity").name_zh
    '研发经费投入强度'
    """
    table = (files(__package__) / "data/indicators.csv").read_text(encoding="utf-8")
    return parse_indicators(csv.DictReader(table.splitlines()))


def parse_indicators(rows: Iterator[dict[str, str]] | csv.DictReader[str]) -> tuple[Indicator, ...]:
    """Check rows of the catalogue and give them as records.

    Raises
    ------
    CatalogError
        As `load_indicators`, naming the row.
    """
    found: dict[str, Indicator] = {}
    forms: dict[str, str] = {}
    for row in rows:
        one = _read_row(row)
        if one.id in found:
            raise CatalogError(f"indicators.csv: {one.id} is listed twice")
        found[one.id] = one
        for wording in (one.name_zh, *one.aliases):
            other = forms.setdefault(normalise_wording(wording), one.id)
            if other != one.id:
                raise CatalogError(f"indicators.csv: {wording} of {one.id} already means {other}; keep it in one row")
    for one in found.values():
        if one.parent is not None and one.parent not in found:
            raise CatalogError(f"indicators.csv: {one.id} has an unknown parent {one.parent}")
    return tuple(found.values())


def _read_row(row: dict[str, str]) -> Indicator:
    try:
        one = Indicator(
            id=row["id"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            definition=row["definition"],
            unit=row["unit"],
            dimension=row["dimension"],
            parent=row["parent"] or None,
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            source=row["source"],
        )
    except (KeyError, AttributeError) as error:
        raise CatalogError(f"indicators.csv: row {row} lacks a field ({error})") from error
    if not (re.fullmatch(r"[a-z][a-z0-9_]*", one.id) and one.name_zh and one.name_en and one.definition):
        raise CatalogError(f"indicators.csv: row {one.id!r} needs an id in snake_case, two names and a definition")
    return one


def normalise_wording(text: str) -> str:
    """Bring the many ways to write one thing to one form.

    Examples
    --------
    >>> normalise_wording("R&D经费支出占地区生产总值的比重"), normalise_wording("研发投入占GDP比例")
    ('研发投入占GDP比重', '研发投入占GDP比重')
    """
    for pattern, replacement in _wording().replacements:
        text = pattern.sub(replacement, text)
    return text


def match_indicator(metric: str, unit: str | None = None) -> IndicatorMatch | None:
    """Find the indicator that a METRIC names; None when the catalogue has none, or more than one would do.

    Parameters
    ----------
    metric
        The METRIC's text.
    unit
        Base unit of a level of it. A unit of another kind vetoes: percent speaks of no sum of money. Leave it out for a
        change, whose percent is not the indicator's own unit.

    Examples
    --------
    >>> match_indicator("全市有效期内国家高企"), match_indicator("新认定高新技术企业")
    (IndicatorMatch(id='hightech_enterprises', score=0.98), IndicatorMatch(id='hightech_enterprises', score=0.95))
    >>> match_indicator("研发投入", "CNY").id, match_indicator("研发投入", "percent")
    ('rd_expenditure', None)
    """
    for form, score in _forms(metric[:_LONGEST_METRIC]):
        found = _look_up(form, unit)
        if found is not None:
            return IndicatorMatch(found[0].id, round(score * found[1], 2))
    return None


def find_indicator_names(text: str) -> list[tuple[int, int, str]]:
    """Find the wordings of the catalogue in running text: ``(start, end, id)``, the longest at each place.

    Wordings that are common nouns or verbs by themselves (企业, 活动, 走访) are left out.

    Examples
    --------
    >>> [("技术合同成交额达9.8亿元"[a:b], c) for a, b, c in find_indicator_names("技术合同成交额达9.8亿元")]
    [('技术合同成交额', 'tech_contract_value')]
    """
    surfaces, by_pair = _surfaces()
    found: list[tuple[int, int, str]] = []
    behind = 0
    for start, pair in enumerate(map(add, text, text[1:])):
        if pair not in by_pair or start < behind:
            continue
        for surface in by_pair[pair]:
            if text.startswith(surface, start):
                behind = start + len(surface)
                found.append((start, behind, surfaces[surface]))
                break
    return found


def _forms(metric: str) -> Iterator[tuple[str, float]]:
    """Give the wording as it stands, then with ever more taken off its ends, each with a score."""
    seen: set[str] = set()
    queue = [(normalise_wording(metric), 1.0)]
    while queue:
        form, score = max(queue, key=lambda one: one[1])
        queue.remove((form, score))
        if form in seen or len(form) < 2:
            continue
        seen.add(form)
        yield form, score
        wording = _wording()
        queue += [(form[length:], score * _MODIFIER_COST) for length in _modifier_lengths(form)]
        queue += [(form[len(w) :], score * _ASPECT_COST) for w in wording.aspect_starts if form.startswith(w)]
        queue += [(form[: -len(w)], score * _ASPECT_COST) for w in wording.aspect_ends if form.endswith(w)]
        queue += [(form[len(w) :], score * _LEVEL_COST) for w in wording.levels if form.startswith(w)]


def _modifier_lengths(form: str) -> list[int]:
    """Give the lengths of the place, time or adverb that a wording begins with."""
    modifiers = _modifiers()
    lengths = [length for length in range(min(8, len(form) - 1), 0, -1) if form[:length] in modifiers][:1]
    mention = next(iter(find_regions(form)), None)
    if mention is not None and mention.start == 0:
        lengths.append(mention.end)
    return lengths


def _look_up(form: str, unit: str | None) -> tuple[Indicator, float] | None:
    index = _index()
    one = index.by_form.get(form)
    if one is not None and _fits(one, unit):
        return one, 1.0
    if one is not None and _kind(unit) is UnitKind.MONEY:
        for end in _MONEY_ENDS:
            other = index.by_form.get(form + end)
            if other is not None and _fits(other, unit):
                return other, _END_COST
    stem = _stem(form)
    # 投资额 is not 投资总额, and 企业 is a noun that any number may count: two characters are too few to tell.
    if one is not None or (len(stem) < 3 and (stem == form or stem not in index.by_form)):
        return None
    candidates = [other for other in index.by_stem.get(stem, ()) if _fits(other, unit)]
    return (candidates[0], _END_COST) if len(candidates) == 1 else None


def _fits(indicator: Indicator, unit: str | None) -> bool:
    """Tell whether a level of the indicator can be given in a unit."""
    given = _kind(unit)
    if given is None or given in _NEUTRAL:
        return True
    own = _index().kinds[indicator.id]
    return own is given if own is not None else given in (UnitKind.COUNT, UnitKind.RATIO)


def _stem(form: str) -> str:
    for end in _wording().counting_ends:
        if form.endswith(end) and len(form) - len(end) >= 2:
            return form[: -len(end)]
    return form


@cache
def _unit_kinds() -> dict[str, UnitKind]:
    return {unit.base: unit.kind for unit in load_units()}


def _kind(unit: str | None) -> UnitKind | None:
    return _unit_kinds().get(unit) if unit else None


@cache
def _modifiers() -> frozenset[str]:
    words = frozenset().union(*load_lexicon("leading_modifiers").values(), load_lexicon("self_references")["region"])
    return words | load_lexicon("light_verbs")


@cache
def _wording() -> _Wording:
    data: dict[str, Any] = tomllib.loads(
        (files(__package__) / "data/indicator_wording.toml").read_text(encoding="utf-8")
    )
    return _Wording(
        replacements=tuple((re.compile(pattern), text) for pattern, text in data["replacements"]),
        counting_ends=tuple(data["counting_ends"]),
        aspect_starts=tuple(data["aspect_starts"]),
        aspect_ends=tuple(data["aspect_ends"]),
        levels=tuple(data["levels"]),
    )


@cache
def _index() -> _Index:
    by_form: dict[str, Indicator] = {}
    stems: dict[str, dict[str, Indicator]] = {}
    for one in load_indicators():
        for wording in (one.name_zh, *one.aliases):
            form = normalise_wording(wording)
            by_form[form] = one
            stems.setdefault(_stem(form), {})[one.id] = one
    kinds = {one.id: _kind(one.unit) for one in load_indicators()}
    return _Index(by_form, {stem: tuple(found.values()) for stem, found in stems.items()}, kinds)


@cache
def _surfaces() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Give each wording with its id, and the wordings by their first two characters, the longest first."""
    common = load_lexicon("metric_verbs") | load_lexicon("generic_organisations")
    surfaces = {
        wording: one.id
        for one in load_indicators()
        for wording in (one.name_zh, *one.aliases)
        if len(wording) > 1 and wording not in common
    }
    by_pair: dict[str, list[str]] = {}
    for surface in sorted(surfaces, key=lambda one: (-len(one), one)):
        by_pair.setdefault(surface[:2], []).append(surface)
    return surfaces, {pair: tuple(found) for pair, found in by_pair.items()}
