"""Administrative divisions of China, GB/T 2260, down to the county, with those renamed or merged since 2010.

The table ``data/regions.csv`` is made by ``scripts/make_regions.py``, which names its sources. Names that are
everyday words (城区, 新建, 合作) or that chance puts together (创新|和|改革 holds 新和) are *guarded* there: running
text has to name the province or city in front of them, or a sister region beside them.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add
from typing import Literal

from zhibiao.errors import CatalogError

Level = Literal["province", "city", "county"]
LEVELS: tuple[Level, ...] = ("province", "city", "county")

# 全市 我县 本区 该省, 市本级, with the last character of the region's name that each asks for.
SELF_REFERENCE = re.compile(
    r"^(?:[全我本该](?P<kind>省|市|区|县|州|盟|旗)|(?P<own>[省市区县州盟旗])本级|(?P<here>全域|辖区|辖区内|本辖区))$"
)
# 鄞州、江北和海曙: what may stand between sister regions.
JOINERS = frozenset(("、", "和", "及", "与", ",", "，", ""))


@dataclass(frozen=True, slots=True)
class Region:
    """A province, a city (prefecture) or a county, with its six-digit code.

    ``valid`` is empty for a division that has stood unchanged since 2010, else the years between which the code list
    shows it under this code and name: ``2011/`` is newer, ``/2019`` is gone or renamed.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    valid: str = ""

    @property
    def is_current(self) -> bool:
        """Tell whether the division is still in force."""
        return not self.valid or self.valid.endswith("/")


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region's name at ``[start, end)`` of a text, with every region it may mean, the likeliest first."""

    start: int
    end: int
    name: str
    candidates: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    by_code: dict[str, Region]
    by_name: dict[str, tuple[Region, ...]]
    guarded: frozenset[str]
    full: frozenset[str]
    by_pair: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Context:
    words: frozenset[str]
    breaks: dict[str, str]
    follow: re.Pattern[str]


def get_region(code: str) -> Region:
    """Look up a region by its six-digit code; the one in force, where a code was given twice.

    Raises
    ------
    KeyError
        If no division has had this code since 2010.

    Examples
    --------
    >>> get_region("341881")
    Region(code='341881', name='宁国市', level='county', parent='341800', valid='')
    """
    return _gazetteer().by_code[code]


def ancestors(code: str) -> tuple[Region, ...]:
    """Give the regions a region lies in, the nearest first.

    Raises
    ------
    KeyError
        If no division has had this code since 2010.

    Examples
    --------
    >>> [region.name for region in ancestors("341881")]
    ['宣城市', '安徽省']
    """
    by_code = _gazetteer().by_code
    found = []
    parent = by_code[code].parent
    while parent is not None:
        found.append(by_code[parent])
        parent = by_code[parent].parent
    return tuple(found)


def find_regions(text: str) -> list[RegionMention]:
    """Find the regions a text names, left to right, without overlap.

    Examples
    --------
    >>> [(m.name, m.candidates[0].code) for m in find_regions("鄞州、慈溪高企分别达300家、200家,居宁波市前列")]
    [('鄞州', '330212'), ('慈溪', '330282'), ('宁波市', '330200')]

    Streets and chance meetings are passed over:

    >>> find_regions("上海路的企业推广东部经验,加强创新和改革")
    []
    """
    by_pair, words = _gazetteer().by_pair, _context().words
    starts = [start for start, pair in enumerate(map(add, text, text[1:])) if pair in by_pair]
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(starts):
        cluster = _cluster(text, starts, at)
        spans += _best_cover(cluster) if len(cluster) > 1 else cluster
        at += 1
        end = max((end for _, end in cluster), default=0)
        while at < len(starts) and starts[at] < end:
            at += 1
    return _settle(text, [span for span in spans if text[slice(*span)] not in words])


def resolve_region(name: str, within: str | None = None) -> Region | None:
    """Give the one region that a name means; None when it is unknown or may mean several.

    Parameters
    ----------
    name
        A name with or without its kind, with or without those above it, or a self-reference: 宁国, 宁国市,
        安徽省宣城市宁国市, 全省, 我市, 市本级.
    within
        The code of the region where the name is used: nearer regions are preferred, and self-references need it.

    Examples
    --------
    >>> resolve_region("安徽省宣城市宁国市").code
    '341881'
    >>> resolve_region("全市", within="330212").name, resolve_region("我市", within="330282").name
    ('宁波市', '慈溪市')
    >>> resolve_region("江北区") is None, resolve_region("江北区", within="330212").code
    (True, '330205')
    """
    reference = SELF_REFERENCE.match(name)
    if reference is not None and within is not None:
        return _resolve_self(reference, within)
    candidates = _without_replaced(_read_chain(name))
    if within is not None and len(candidates) > 1:
        candidates = _nearest(candidates, within)
    candidates = tuple(filter(lambda region: region.is_current, candidates)) or candidates
    if len(candidates) > 1:
        top = min(LEVELS.index(region.level) for region in candidates)
        candidates = tuple(region for region in candidates if LEVELS.index(region.level) == top)
    return candidates[0] if len(candidates) == 1 else None


def _cluster(text: str, starts: list[int], at: int) -> list[tuple[int, int]]:
    """Collect the names that overlap the one at ``starts[at]``, directly or through others."""
    end = starts[at] + 1
    cluster: list[tuple[int, int]] = []
    for start in starts[at : at + 32]:
        if start >= end:
            break
        for stop in _ends(text, start):
            cluster.append((start, stop))
            end = max(end, stop)
    return cluster


def _ends(text: str, start: int) -> list[int]:
    """Give the ends of the names that begin at ``start``, the longest first."""
    context, gazetteer = _context(), _gazetteer()
    found = []
    for name in gazetteer.by_pair[text[start : start + 2]]:
        end = start + len(name)
        if not text.startswith(name, start):
            continue
        if name in gazetteer.full:
            if text[end : end + 1] and text[end] in context.breaks.get(name[-1], ""):
                continue
        elif name not in context.words and context.follow.match(text, end):
            continue
        found.append(end)
    return found


def _best_cover(cluster: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Choose names without overlap that cover most characters; of equals the one that starts first, then the longest.

    长兴安吉 is 长兴 and 安吉, not 兴安; 其中山东 is 其中 and 山东; 济南市中区 is one name.
    """
    by_start: dict[int, list[int]] = {}
    for start, end in cluster:
        by_start.setdefault(start, []).append(end)
    first, last = cluster[0][0], max(end for _, end in cluster)
    # covered[p]: characters that names from p on can cover, and those names.
    covered: dict[int, tuple[int, list[tuple[int, int]]]] = {last: (0, [])}
    for position in range(last - 1, first - 1, -1):
        options = [(end - position + covered[end][0], end) for end in by_start.get(position, ())]
        score, end = max(options, default=(0, 0))
        if score and score >= covered[position + 1][0]:
            covered[position] = (score, [(position, end), *covered[end][1]])
        else:
            covered[position] = covered[position + 1]
    return covered[first][1]


def _settle(text: str, spans: list[tuple[int, int]]) -> list[RegionMention]:
    """Narrow homonyms by the region in front or beside, and drop guarded names that stand alone."""
    gazetteer = _gazetteer()
    mentions: list[RegionMention] = []
    for index, (start, end) in enumerate(spans):
        name = text[start:end]
        candidates = gazetteer.by_name[name]
        before = mentions[-1] if mentions else None
        related = _related(text, before, start, candidates) if before else ()
        if not related and name in gazetteer.guarded:
            related = _sisters_behind(text, spans, index, candidates)
            if not related:
                continue
        mentions.append(RegionMention(start, end, name, _without_replaced(related or candidates)))
    return mentions


def _related(text: str, before: RegionMention, start: int, candidates: tuple[Region, ...]) -> tuple[Region, ...]:
    """Keep the candidates that lie in the region named right in front, or beside it in a list."""
    if start - before.end > 1 or text[before.end : start] not in JOINERS:
        return ()
    codes = {region.code for region in before.candidates}
    if start == before.end:
        inside = tuple(one for one in candidates if any(up.code in codes for up in ancestors(one.code)))
        if inside:
            return inside
    parents = {region.parent for region in before.candidates}
    return tuple(one for one in candidates if one.parent in parents and one.code not in codes)


def _sisters_behind(
    text: str, spans: list[tuple[int, int]], index: int, candidates: tuple[Region, ...]
) -> tuple[Region, ...]:
    """Keep the candidates that share a parent with an unguarded region next in the list: 江北、鄞州."""
    if index + 1 == len(spans):
        return ()
    start, end = spans[index + 1]
    gap = text[spans[index][1] : start]
    name = text[start:end]
    gazetteer = _gazetteer()
    if gap not in JOINERS or not gap or name in gazetteer.guarded:
        return ()
    parents = {region.parent for region in gazetteer.by_name[name]}
    return tuple(one for one in candidates if one.parent in parents)


def _resolve_self(reference: re.Match[str], within: str) -> Region | None:
    """Walk up from ``within`` to the first region whose kind the self-reference names."""
    here = get_region(within)
    kind = reference["kind"] or reference["own"]
    if kind is None:
        return here
    for region in (here, *ancestors(within)):
        # 全区 in 阿里地区 means 西藏自治区.
        if region.name.endswith(kind) and not (kind == "区" and region.name.endswith("地区")):
            return region
    return None


def _read_chain(name: str) -> tuple[Region, ...]:
    """Read names that stand one in the other, 安徽省宣城市宁国市, and give what the last may mean."""
    by_name = _gazetteer().by_name
    if name in by_name:
        return by_name[name]
    for cut in range(len(name) - 2, 1, -1):
        inner = by_name.get(name[cut:])
        if inner is None:
            continue
        outer = {region.code for region in _read_chain(name[:cut])}
        found = tuple(one for one in inner if any(up.code in outer for up in ancestors(one.code)))
        if found:
            return found
    return ()


def _nearest(candidates: tuple[Region, ...], within: str) -> tuple[Region, ...]:
    """Keep the candidates that share most of their ancestors with ``within``."""
    own = {within, *(region.code for region in ancestors(within))}
    shared = [len(own & {one.code, *(up.code for up in ancestors(one.code))}) for one in candidates]
    return tuple(one for one, count in zip(candidates, shared, strict=True) if count == max(shared))


@cache
def _context() -> _Context:
    data = tomllib.loads((files(__package__) / "data/region_words.toml").read_text(encoding="utf-8"))
    follow = re.compile("|".join(data["follow"]["patterns"]))
    return _Context(frozenset(data["words"]), data["breaks"], follow)


@cache
def _gazetteer() -> _Gazetteer:
    """Read the table and index its names.

    Raises
    ------
    CatalogError
        If a row has an unknown level or parent.
    """
    by_code: dict[str, Region] = {}
    holders: dict[str, list[Region]] = {}
    shorts: dict[tuple[str, str], str] = {}
    free: set[str] = set()
    full: set[str] = set()
    rows = csv.DictReader((files(__package__) / "data/regions.csv").read_text(encoding="utf-8").splitlines())
    for row in rows:
        if row["level"] not in LEVELS:
            raise CatalogError(f"regions.csv, {row['code']} {row['name']}: unknown level {row['level']!r}")
        region = Region(row["code"], row["name"], row["level"], row["parent"] or None, row["valid"])
        if region.is_current or region.code not in by_code:
            by_code[region.code] = region
        names = [row["name"], *filter(None, row["short"].split("|"))]
        if len(names) > 1:
            shorts[region.code, region.name] = names[1]
        # 市北区 stands behind its city's short name too: 青岛市北区.
        guarded = row["guarded"].split("|")
        full.add(row["name"])
        for name in names:
            holders.setdefault(name, []).append(region)
            if name not in guarded:
                free.add(name)
    for region in by_code.values():
        if region.parent is not None and region.parent not in by_code:
            raise CatalogError(f"regions.csv, {region.code} {region.name}: no row for its parent {region.parent}")
        if region.name.startswith("市") and region.parent is not None:
            compound = shorts[region.parent, by_code[region.parent].name] + region.name
            holders[compound] = [region]
            free.add(compound)
            full.add(compound)
    by_name = {name: tuple(sorted(regions, key=_likelihood)) for name, regions in holders.items()}
    by_pair: dict[str, list[str]] = {}
    for name in sorted({*by_name, *_context().words}, key=lambda one: (-len(one), one)):
        by_pair.setdefault(name[:2], []).append(name)
    return _Gazetteer(
        by_code,
        by_name,
        frozenset(by_name.keys() - free),
        frozenset(full),
        {pair: tuple(names) for pair, names in by_pair.items()},
    )


def _likelihood(region: Region) -> tuple[bool, int, str]:
    """Sort regions in force first, then the higher level."""
    return not region.is_current, LEVELS.index(region.level), region.code


def _without_replaced(regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """Drop the holders of a name that a newer holder in the same province replaced.

    枞阳县 moved from 安庆 (340823) to 铜陵 (340722); 大足 was a county and is a district.
    """
    heirs = {region.code[:2] for region in regions if region.valid.endswith("/")}
    return tuple(region for region in regions if region.is_current or region.code[:2] not in heirs)
