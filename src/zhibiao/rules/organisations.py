"""ORG: named organisations by the grammar of their names, and the places that may hold a figure.

A name is read from its end: a suffix (局 公司 大学 研究院 …), then leftwards to where the name must begin: a place name,
or the word in front that cannot be part of it. A suffix with nothing of its own in front is a common noun (研发中心).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon, load_weak_suffixes
from zhibiao.catalog.regions import find_regions
from zhibiao.labels import EntityLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.rules.words import any_of, joining_words, lexicon_words

_WINDOW = 26
_NAME_CHAR = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&（）()\-]")
# Behind a number stands a classifier, not a name: 3家|省级工作站.
_CLASSIFIER = re.compile(r"(?:余|多)?[家个所名位项批次年月日座间场期]")
_MARKS = "、，,。；;：:（(“\n和与"
_NUMERALS = "0123456789一二两三四五六七八九十百多余几"
# A grade in front makes an institution of that place: 县医院, 市第一中学; not 省级医院.
_OF_PLACE = re.compile(r"[省市县区州](?!级|属|域|内|场|外)")
# Written together, still two: 市委|市政府.
_PAIR = re.compile(r"(?<=委)(?=[省市区县州盟旗](?:政府|人民政府))")

_ZONE = "高新技术产业开发区|经济技术开发区|高新技术开发区|综合保税区|经济开发区|高新区|经开区|开发区|保税区|示范区|工业园区|产业园区"
_PARK = re.compile(
    rf"(?<![各级类家个型])(?:{_ZONE.replace('|示范区', '').replace('|工业园区', '').replace('|产业园区', '')})(?![\u4e00-\u9fff]{{0,2}}(?:局|委|管委会))"
)
_PARK_BEFORE = re.compile(rf"(?:{_ZONE})$")
_TOWN = re.compile(
    r"(?:^|(?<=[、，,。；;：:\n和与及]))(?P<town>[^\W\d省市县区乡镇各本该]{2,3}(?:镇|乡|街道))(?=[\u4e00-\u9fff、，,])(?!村|镇|级)",
    re.MULTILINE,
)
# Two or three characters between a mark and 开发区 are its name.
_OWN_NAME = re.compile(r"(?:^|[、，,。；;：:\n（(和与])(?P<name>[\u4e00-\u9fff]{2,3})$")
# What closes a list of companies: A、B、C[等5家企业].
_COMPANY_LIST_END = re.compile(r"等?(?:\d+|[两三四五六七八九十]+)家(?:企业|公司)")
_LISTED_NAME = re.compile(r"[^\W\d等]{3,}$")
_LONGEST_LISTED = 16
_LIST_START = re.compile(r"[，,。；;：:\n（(“]")
_DEFINED = re.compile(r"[（(](?:以下|下)?(?:简)?称[:：]?[“\"]?(?P<name>[\u4e00-\u9fffA-Za-z]{2,10})[”\"]?[)）]")


@dataclass(frozen=True, slots=True)
class Holders:
    """What may hold a figure: organisations, and places or self-references (全市, 我市, 鄞州区)."""

    organisations: tuple[LabelledSpan, ...]
    places: tuple[LabelledSpan, ...]


def find_holders(text: str) -> Holders:
    """Find the organisations of a text, and the places that are an ORG if they hold a figure.

    Examples
    --------
    >>> text = "宁国市科技局支持企业与浙江大学合作,全市新增3家"
    >>> holders = find_holders(text)
    >>> [text[span.start:span.end] for span in holders.organisations]
    ['宁国市科技局', '浙江大学']
    >>> [text[span.start:span.end] for span in holders.places]
    ['全市']
    """
    return settle_holders(find_names(text))


@dataclass(frozen=True, slots=True)
class Names:
    """What each part of the grammar finds, ``[start, end)``, before overlaps are settled.

    ``organs`` 市科技局 · ``own_organs`` 我局 · ``zones`` 宁国经开区 · ``suffixed`` 浙江大学 · ``short`` 利宸精工 · ``repeated`` where a short name
    stands again · ``regions`` 宁国市 · ``towns`` 石湾镇 · ``own_places`` 全市.
    """

    organs: tuple[tuple[int, int], ...]
    own_organs: tuple[tuple[int, int], ...]
    zones: tuple[tuple[int, int], ...]
    suffixed: tuple[tuple[int, int], ...]
    short: tuple[tuple[int, int], ...]
    repeated: tuple[tuple[int, int], ...]
    regions: tuple[tuple[int, int], ...]
    towns: tuple[tuple[int, int], ...]
    own_places: tuple[tuple[int, int], ...]


def find_names(text: str) -> Names:
    """Find names and places, each part of the grammar by itself.

    Examples
    --------
    >>> text = "宁国市科技局支持企业与浙江大学合作"
    >>> names = find_names(text)
    >>> [text[start:end] for start, end in (*names.organs, *names.suffixed)]
    ['宁国市科技局', '浙江大学']
    """
    regions = _Regions(text)
    short = _short_names(text)
    return Names(
        organs=tuple(_organs(text, regions)),
        own_organs=tuple(_self_organs(text)),
        zones=tuple(_parks(text, regions)),
        suffixed=tuple(_named(text, regions)),
        short=tuple(short),
        repeated=tuple(_repeated(text, short)),
        regions=tuple(regions.spans),
        towns=tuple(_towns(text)),
        own_places=tuple(_self_places(text)),
    )


def settle_holders(names: Names) -> Holders:
    """Make flat organisations and places of names: of those that overlap the longest stays."""
    found = _flat(
        [
            *names.organs,
            *names.own_organs,
            *_joined([*names.zones, *names.suffixed]),
            *names.short,
            *names.repeated,
        ]
    )
    taken = {place for span in found for place in range(span.start, span.end)}
    places = [*names.regions, *names.towns, *names.own_places]
    return Holders(tuple(found), tuple(_flat((start, end) for start, end in places if start not in taken)))


class _Regions:
    """The place names of a text, side by side taken together: 安徽省|宣城市|宁国市."""

    def __init__(self, text: str) -> None:
        self.spans = [(mention.start, mention.end) for mention in find_regions(text)]
        self.start_of = {end: start for start, end in self.spans}
        self.end_of = dict(self.spans)

    def first_start(self, end: int) -> int:
        """Walk left over the place names that end here."""
        while end in self.start_of:
            end = self.start_of[end]
        return end

    def last_end(self, start: int, limit: int) -> int:
        """Walk right over the place names that begin here and end before the limit."""
        while start in self.end_of and self.end_of[start] <= limit:
            start = self.end_of[start]
        return start


def _joined(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add the names that two names side by side make together: 中国银行|昆山分行."""
    spans = set(found)
    ends = dict(spans)
    return [*spans, *((start, ends[end]) for start, end in spans if end in ends)]


def _flat(found: Iterable[tuple[int, int]]) -> list[LabelledSpan]:
    """Keep the longest of overlapping spans, in text order."""
    kept: list[LabelledSpan] = []
    taken: set[int] = set()
    for start, end in sorted(set(found), key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append(LabelledSpan(start, end, EntityLabel.ORG))
    return sorted(kept)


@cache
def _self_pattern(kind: str) -> re.Pattern[str]:
    return re.compile(f"{any_of(load_lexicon('self_references')[kind])}(?!级)")


def _self_organs(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _self_pattern("organ").finditer(text)]


def _self_places(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _self_pattern("region").finditer(text)]


@cache
def _organ_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(load_lexicon('government_organs'))})(?!长|级|托|派|员|会|里)")


def _organs(text: str, regions: _Regions) -> list[tuple[int, int]]:
    """Find government organs, with the place in front: [宁国市]科技局, [省]财政厅."""
    found = []
    for match in _organ_pattern().finditer(text):
        # 安庆市|科学技术局 is found as 市科学技术局: the first character closes the place name.
        start = regions.first_start(match.start() + 1 if match.start() + 1 in regions.start_of else match.start())
        if park := _PARK_BEFORE.search(text, max(0, match.start() - 12), match.start() + 1):
            start = min(start, regions.first_start(park.start()))
        pair = _PAIR.search(text, start, match.end())
        found += [(start, pair.start()), (pair.start(), match.end())] if pair else [(start, match.end())]
    return found


def _parks(text: str, regions: _Regions) -> list[tuple[int, int]]:
    """Find development zones, with the place or proper name in front: [安庆]经开区, [老城]开发区, 高新区."""
    found = []
    for match in _PARK.finditer(text):
        start = regions.first_start(match.start())
        own = _OWN_NAME.search(text, max(0, start - 5), start) if start == match.start() else None
        if own and _is_coined(own["name"]) and not joining_words("org_stop").prefix(own["name"], 0, len(own["name"])):
            start = own.start("name")
        found.append((start, match.end()))
    return found


def _listed(text: str) -> list[tuple[int, int]]:
    """Find companies by the list they stand in: [振皖汽配]、[华泰石化]、[天柱纺织]等5家企业."""
    found = []
    behind = 0
    for match in _COMPANY_LIST_END.finditer(text):
        start, end = _list_before(text, behind, match.start()), match.start()
        behind = match.end()
        if start is None:
            continue
        # The first item may follow words of the sentence; it ends like the others but has no mark in front.
        start = text.index("、", start, end) + 1 if not _LIST_START.match(text, max(0, start - 1), end) else start
        for item in re.finditer("[^、和]+", text[start:end]):
            found.append((start + item.start(), start + item.end()))
    return [
        (start, end)
        for start, end in found
        if 3 <= end - start <= 16 and text[start:end] not in lexicon_words("generic_organisations")
    ]


def _list_before(text: str, first: int, end: int) -> int | None:
    """Walk left over names parted by 、 to where the list begins; None if there are not two."""
    names, start, stop = 0, end, end
    while match := _LISTED_NAME.search(text, max(first, stop - _LONGEST_LISTED), stop):
        names, start = names + 1, match.start()
        if start == first or text[start - 1] != "、":
            break
        stop = start - 1
    return start if names > 1 else None


def _towns(text: str) -> list[tuple[int, int]]:
    """Find towns and streets where a clause or list item begins with them: [石湾镇]、[龙溪街道]各办一个."""
    return [match.span("town") for match in _TOWN.finditer(text)]


def _short_names(text: str) -> list[tuple[int, int]]:
    """Find coined short names: those a bracket defines, and list items that end like a company's."""
    found = [match.span("name") for match in _DEFINED.finditer(text)] + _listed(text)
    for match in _company_pattern().finditer(text):
        start, end = match.span("name")
        start = _behind_verbs(text, start, end)
        if end - start >= 3 and _is_coined(text[start:end]):
            found.append((start, end))
    return found


def _behind_verbs(text: str, start: int, end: int) -> int:
    """Skip verbs that run into a name: [支持]华冠电子, [复制推广]自贸区."""
    while length := max(
        joining_words("org_stop").prefix(text, start, end), lexicon_words("metric_verbs").prefix(text, start, end)
    ):
        start += length
    return start


def _is_coined(name: str) -> bool:
    """Tell 利宸精工 from 先进制造装备: something of the name is no common word."""
    rest = 0
    while rest < len(name) and (length := joining_words("org_common").prefix(name, rest, len(name))):
        rest += length
    return rest == 0 and name not in lexicon_words("generic_organisations")


def _repeated(text: str, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find every place where a short name stands again."""
    found = []
    for name in {text[start:end] for start, end in names}:
        place = text.find(name)
        while place >= 0:
            found.append((place, place + len(name)))
            place = text.find(name, place + len(name))
    return found


@cache
def _company_pattern() -> re.Pattern[str]:
    endings = any_of(load_lexicon("company_endings"))
    return re.compile(
        rf"(?:^|(?<=[、，,。；;：:（(“\n和与对由])|(?<=支持)|(?<=推动)|(?<=引导)|(?<=其中))"
        rf"(?P<name>[\u4e00-\u9fff]{{2,4}}?(?:{endings}))(?=[、，,。；;）)”和与及的等]|牵头|自筹|获|新增|投资|入选|被|列为|列入|完成|在|与|联合|研发|申报)",
        re.MULTILINE,
    )


@cache
def _suffix_pattern() -> re.Pattern[str]:
    # An ending of one character (局 院 站) is too weak here; authorities are known by their whole names.
    suffixes = load_lexicon("org_suffixes")
    words = {word for words in suffixes.values() for word in words if len(word) > 1}
    words -= {word for word in suffixes["government"] if word.endswith(("委", "政府", "局"))}
    return re.compile(any_of(words))


@cache
def _known_pattern() -> re.Pattern[str]:
    return re.compile(any_of(joining_words("org_known").words))


def _named(text: str, regions: _Regions) -> list[tuple[int, int]]:
    """Find names that end with a suffix and begin with a place or with a word of their own."""
    found = [match.span() for match in _known_pattern().finditer(text)]
    for match in _suffix_pattern().finditer(text):
        start = _name_start(text, match.start(), regions)
        if start is not None and match.group() in load_weak_suffixes():
            start = _behind_verbs(text, start, match.start())
        if start is not None and _is_proper(text, start, match.start(), match.end(), regions):
            found.append((start, match.end()))
    return found


def _name_start(text: str, end: int, regions: _Regions) -> int | None:
    """Walk left from a suffix to where its name begins: behind a stop word or mark, or at the first place name."""
    first_place = None
    place = end
    while place > max(0, end - _WINDOW):
        if place in regions.start_of:
            first_place = place = regions.first_start(place)
            continue
        before = text[place - 1]
        if before in _NUMERALS and (match := _CLASSIFIER.match(text, place, end)):
            place = match.end()
            break
        if not _NAME_CHAR.match(before) or joining_words("org_stop").suffix(text, max(0, place - 6), place):
            break
        place -= 1
    start = first_place if first_place is not None else place
    name = text[start:end]
    if name.count("(") + name.count("（") != name.count(")") + name.count("）"):
        return None
    return start if start < end else None


def _is_proper(text: str, start: int, suffix_start: int, end: int, regions: _Regions) -> bool:
    """Tell a name from a common noun: something in front of the suffix must be neither grade nor common word."""
    if text[start:end] in lexicon_words("generic_organisations"):
        return False
    own = rest = regions.last_end(start, suffix_start)
    while rest < suffix_start and (length := joining_words("org_common").prefix(text, rest, suffix_start)):
        rest += length
    weak = text[suffix_start:end] in load_weak_suffixes()
    if own > start:
        return not weak or own < suffix_start
    if not weak and _OF_PLACE.match(text, start, suffix_start + 1):
        return True
    clear_start = start == 0 or text[start - 1] in _MARKS
    if text[suffix_start:end] in joining_words("org_everyday"):
        return clear_start and rest == own and 2 <= suffix_start - rest <= 4
    return suffix_start - rest >= (2 if clear_start or not weak else 3)
