"""Who speaks in a report, and the region that is spoken of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhibiao.catalog.regions import Region, RegionMention, ancestors, find_regions, resolve_region
from zhibiao.text.titles import Head

_HAN = "\u4e00-\u9fff"
_OFFICES = "局|厅|委员会|管委会|委|办公室|人民政府|政府|街道办事处|办|科协"
_ENDINGS = f"{_OFFICES}|管理处|中心|管理站|统计站|站|研究所|监管所|所|总队|支队|大队|公司"
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零0OＯ][〇○零一二三四五六七八九0-9]{2})年度?"
_POST = r"(?:党组书记|党委书记|书记|局长|主任|厅长|县长|区长|市长|站长|处长|主席|负责人|主要负责人|主要负责同志|党组|领导班子|班子)"
# 「宁国市科技局」2021年工作总结, 2014年「自治区科技厅」工作要点, 关于…: what follows shows where the name ends.
_TITLE_ORG = re.compile(
    rf"(?:{_YEAR})?(?:[—\-]{{1,2}})?(?:中共)?(?P<org>[{_HAN}()（）·]{{2,36}}?(?:{_ENDINGS}))"
    rf"(?=\d|二[〇○零0O]|关于|工作|{_POST}|[（(“\"《 ]|年|上半年|下半年|第?[一二三四前]+季度|科技|个人|述职|总结|$)"
)
_ORGANISATION = re.compile(rf"[{_HAN}()（）·]{{2,36}}?(?:{_ENDINGS})(?:[(（][{_HAN}]{{2,10}}[)）])?")
_LINE_ORG = re.compile(
    rf"[（(]?(?P<org>[{_HAN}()（）·]{{2,36}}(?:{_ENDINGS}))(?:{_POST})?[ ]?(?:[{_HAN}]{{2,4}})?[)）]?$"
)
_TOWN = re.compile(rf"(?P<org>[{_HAN}]{{2,20}}?(?:街道|镇|乡))(?={_YEAR}|[{_HAN}]{{0,4}}工作|关于)")
# 「日照」 is a word too, so running text does not name the city by it; before its development zone it does.
_ZONE = re.compile(rf"(?P<place>[{_HAN}]{{2,3}})(?=(?:国家)?(?:经济技术|高新技术产业)?(?:高新区|开发区|经开区))")
_OWN_PLACE = re.compile(r"开发区|高新区|新区|园区|示范区|街道|镇|乡|保税区")

# The bureau behind a place in running text: 「2020年,泰兴市科技局始终坚持…」, not 「在香洲区会议中心开会」 or 「《…管理办法》」.
_AFTER_REGION = re.compile(
    rf"(?P<core>(?:高新(?:技术产业开发)?区|经济(?:技术)?开发区|经开区)?[{_HAN}]{{1,14}}?(?:{_OFFICES}))(?![长面限势法理托员]|部的)"
)
_NO_SUBJECT = re.compile(r"[在到赴与和对给把被往向《]$")
_LEVELS = "自治区|自治州|省|市|区|县|州|旗|盟|镇|乡|街道"
_LEVEL_ORG = re.compile(
    rf"(?<![{_HAN}])(?P<org>(?:自治区|省|市|区|县|州|旗|盟)(?P<core>[{_HAN}]{{1,8}}?(?:局|厅|委员会|委|办)))(?![长员托面限势法理]|领导)"
)
_PARTY = re.compile(r"(?:市|区|县|省|州)?(?:委|政府|人大|政协|纪委|人民政府|党委)")
_OWN_LEVEL = re.compile(r"[全我本](?P<level>省|市|区|县|州|旗|盟)(?![值直])")
_GOVERNMENT = re.compile(r"政府工作报告|向大会报告")
_NEWS = re.compile(r"日报|新闻|网友|晚报|客户端|在线|信息网|公众号|投稿|电视台")
_KIND_END = re.compile(r"(?:自治区|自治州|自治县|自治旗|特区|新区|省|市|区|县|州|旗|盟)$")

_OPENING = 400
_COUNT_CAP = 6
_IN_TITLE, _IN_METADATA, _AT_EDGE, _IN_FRAME, _IN_OPENING, _IN_TEXT = 12.0, 10.0, 10.0, 3.0, 4.0, 1.0
_OTHER_LEVEL = 0.25


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who speaks, as fully as the text allows, and the region."""

    name: str | None
    region: Region | None


def find_issuer(head: Head, text: str, publishers: Sequence[str] = (), frame: str = "") -> Issuer:
    r"""Find who speaks in a report.

    Parameters
    ----------
    head
        The title and the short lines at the report's head and foot.
    text
        The report's text.
    publishers
        Organisations that the page's metadata names as publisher or source, the surest first.
    frame
        Other text of the page's frame: breadcrumbs, the site's name.

    Examples
    --------
    >>> from zhibiao.text.titles import read_head
    >>> text = "市科技局工作总结\n按照贵州省部署,我市出台了六盘水市2021年度科技计划,钟山区、六枝特区完成任务。"
    >>> issuer = find_issuer(read_head(text), text)
    >>> issuer.name, issuer.region.code
    ('六盘水市科技局', '520200')
    """
    publishers = [name for name in publishers if _ORGANISATION.fullmatch(name) and not _NEWS.search(name)]
    named = _named_beside_title(head, publishers)
    chain = _leading_regions(named) if named else []
    if named and chain and len(chain[-1].candidates) == 1:
        return Issuer(_official(named), chain[-1].candidates[0])
    mentions = find_regions("\n".join((*publishers, frame[:2000], text)))
    place = _place_of_title(head, mentions)
    if named is None:
        opening = text[head.body_start : head.body_start + _OPENING]
        named = _subject_of_opening(opening, place, mentions) or next(iter(publishers), None)
    if named is not None and (chain := _leading_regions(named)):
        return Issuer(_official(named), _chosen(chain[-1], [*chain[:-1], *mentions]))
    if place is None:
        telling = _telling_words(head, text, publishers, frame)
        place = _issuing_region(telling, mentions, _speaking_level(text, named))
    if named is None and place is not None and _GOVERNMENT.search(head.heading + text[:_OPENING]):
        return Issuer(f"{place.name}人民政府", place)
    named = named or _bureau_of_text(text)
    if named is None or place is None or _OWN_PLACE.search(named):
        return Issuer(_official(named) if named else None, place)
    return Issuer(_full_name(named, place, [*publishers, *head.lines, *head.foot, text]), place)


def _place_of_title(head: Head, mentions: Sequence[RegionMention]) -> Region | None:
    """Give the place that the title, or its sub-title, begins with."""
    for line in (head.title or "", *head.heading.split(" ")[1:]):
        words = re.sub(rf"^(?:[—\-]{{1,2}}|{_YEAR}|关于|《)+", "", line)
        if chain := _leading_regions(words):
            return _chosen(chain[-1], [*chain[:-1], *mentions])
        if (match := _ZONE.match(words)) and (region := resolve_region(match["place"])):
            return region
    return None


def _named_beside_title(head: Head, publishers: Sequence[str]) -> str | None:
    """Pick the organisation that the title names, else one of the short lines at the head and foot."""
    candidates: list[str] = []
    for line in (head.title or "", *head.heading.split(" ")):
        if match := _TITLE_ORG.match(line) or _TOWN.match(line.lstrip("—-")):
            candidates.append(match["org"])
    for line in (*head.lines, *head.foot):
        if len(line) <= 40 and (match := _LINE_ORG.match(line)):
            candidates.append(match["org"])
    if not candidates or _leading_regions(candidates[0]):
        return next(iter(candidates), None)
    # A bare 「科技局」 is taken with its place where another line gives it.
    core = _core(candidates[0])
    return next((c for c in (*candidates, *publishers) if c.endswith(core) and _leading_regions(c)), candidates[0])


def _subject_of_opening(opening: str, place: Region | None, mentions: Sequence[RegionMention]) -> str | None:
    """Find the first bureau with its place in the opening sentences, of the title's place if that names one."""
    for mention in find_regions(opening):
        match = _AFTER_REGION.match(opening, mention.end)
        before = opening[max(0, mention.start - 1) : mention.start]
        if not match or _PARTY.fullmatch(match["core"]) or _NO_SUBJECT.search(before):
            continue
        if place is None or _chosen(mention, mentions) == place:
            return opening[mention.start : mention.end] + match["core"]
    return None


def _bureau_of_text(text: str) -> str | None:
    """Give the bureau with its level word that the text names most, or that its opening names: 市科技局."""
    named = [match["org"] for match in _LEVEL_ORG.finditer(text) if not _PARTY.fullmatch(match["org"])]
    named = [name for name in named if not _PARTY.fullmatch(name[1:])]
    common = Counter(named).most_common(1)
    if common and (common[0][1] >= 2 or common[0][0] in text[:_OPENING]):
        return common[0][0]
    return None


def _leading_regions(name: str) -> list[RegionMention]:
    """Give the places that a name begins with, one inside the other."""
    chain: list[RegionMention] = []
    end = 0
    for mention in find_regions(name):
        if mention.start != end:
            break
        chain.append(mention)
        end = mention.end
    return chain


def _core(name: str) -> str:
    """Take the place, or the word for its level, off a bureau's name."""
    chain = _leading_regions(name)
    rest = name[chain[-1].end :] if chain else name
    return re.sub(rf"^(?:{_LEVELS})(?=.{{2}})", "", rest)


def _official(name: str) -> str:
    """Give 吉林省政府 its official form, and a town's name its government."""
    if name.endswith("政府") and not name.endswith("人民政府"):
        return name.removesuffix("政府") + "人民政府"
    if name.endswith(("镇", "乡")):
        return name + "人民政府"
    return name + "办事处" if name.endswith("街道") else name


def _chosen(mention: RegionMention, others: Iterable[RegionMention]) -> Region:
    """Pick the region that a name means: the one whose province, city or neighbours are named too."""
    if len(mention.candidates) == 1:
        return mention.candidates[0]
    near = Counter({region.code for other in others if other.name != mention.name for region in other.candidates[:1]})

    def kinship(region: Region) -> float:
        above = sum(code.code in near for code in ancestors(region.code))
        return above + 0.1 * sum(code[:2] == region.code[:2] for code in near)

    return max(mention.candidates, key=kinship)


def _telling_words(head: Head, text: str, publishers: Sequence[str], frame: str) -> tuple[tuple[float, str], ...]:
    """Give the words that tell most of who speaks, each with what a place named there counts."""
    return (
        (_IN_TITLE, head.heading),
        (_IN_METADATA, " ".join(publishers)),
        (_AT_EDGE, " ".join((*head.lines, *head.foot))),
        (_IN_FRAME, frame[:2000]),
        (_IN_OPENING, text[head.body_start : head.body_start + _OPENING]),
    )


def _issuing_region(
    weighted: Iterable[tuple[float, str]], mentions: Sequence[RegionMention], level: str | None
) -> Region | None:
    """Score the places that are named, by where they are named and whether they are of the level that speaks."""
    places = [(weight, mention) for weight, words in weighted for mention in find_regions(words)]
    places += [(_IN_TEXT, mention) for mention in mentions]
    scores: dict[Region, float] = defaultdict(float)
    seen: Counter[tuple[float, Region]] = Counter()
    for weight, mention in places:
        region = _chosen(mention, mentions)
        seen[weight, region] += 1
        if seen[weight, region] <= _COUNT_CAP:
            scores[region] += weight * (1.5 if _KIND_END.search(mention.name) else 1.0)
    for region in scores:
        speaks = region.level != "province" if level is None else _is_of_level(region, level)
        scores[region] *= 1.0 if speaks else _OTHER_LEVEL
    return max(scores, key=scores.__getitem__, default=None)


def _speaking_level(text: str, named: str | None) -> str | None:
    """Tell whether a province, city, county or district speaks: by 市科技局 in the title, else by 全市, 我市."""
    if named is not None and (match := re.match(_LEVELS, named)) and match[0] not in ("镇", "乡", "街道"):
        return "自治区" if match[0] == "自治区" else match[0][-1]
    counts = Counter(match["level"] for match in _OWN_LEVEL.finditer(text))
    return counts.most_common(1)[0][0] if counts else None


def _is_of_level(region: Region, level: str) -> bool:
    if level == "自治区":
        return region.level == "province" and region.name.endswith("自治区")
    return region.name.endswith(level)


def _full_name(named: str, region: Region, texts: Iterable[str]) -> str:
    """Give a bureau its place: as the text writes it, else region and bureau put together."""
    core = _core(named)
    for words in texts:
        for match in re.finditer(re.escape(core), words):
            offset = min(14, match.start())
            before = find_regions(words[match.start() - offset : match.start()])
            if before and before[-1].end == offset and region in before[-1].candidates:
                return _official(before[-1].name + core)
    return _official(region.name + core)
