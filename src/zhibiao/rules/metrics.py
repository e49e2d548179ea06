"""METRIC: the phrase that names what a figure measures, on its left or on its right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.labels import EntityLabel
from zhibiao.rules.left import NOUNS, Outside, behind_field, read_left, strip_lead
from zhibiao.rules.slots import Slot
from zhibiao.rules.spans import LabelledSpan
from zhibiao.rules.words import WordList, joining_words, lexicon_words

_EDGE = " \u3000、,，;；:：的“”\"'‘’（）()《》【】[]·…—-"
_COORDINATE = re.compile(r"、|以及|(?<=.)和(?!谐|平|解|美|睦)|(?<=.)及(?!时|其|格)|(?<=.)与(?!会)")
# Behind a number: 的 or nothing, then the noun counted. What begins otherwise is no noun of this number.
_NO_NOUN = re.compile(
    r"[\s）)”\"'》、以左等]|(?:上下|的(?:通知|意见|要求)|时|后|前|之|内|间|起|来|并|且|而|在|为|向|与|和|及|或|由|从|被|把|将|均|都|已|也|就|又|中|其中|分别)"
)
_MEASURE = re.compile(
    r"(?:元|%|％|百分点|倍|番|成|亩|平方米|平方公里|吨|公里|千瓦时?|斤|岁)(?:以上|以下|以内|左右|上下)?$"
)
_ASSESSED = re.compile(
    r"(?P<name>[^，,；;：:。！？、\n]{1,30}?(?:考核|评价|评比|测评|评估|评选|监测|考评|督查))(?:工作|结果)?[中里内]"
)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
# 经开区[(港口园区)]3.5平方公里
_BRACKET = re.compile(r"[（(][^（）()]*[)）]")
# Among those counted: 13个乡镇[中]专职干部7人, 27个县[的]科技经费.
_PART = re.compile("[中的里](?=.)")


@cache
def _light() -> WordList:
    return WordList(word for word in load_lexicon("light_verbs") if len(word) > 1)


def find_metrics(text: str, slots: Sequence[Slot], outside: Outside) -> list[LabelledSpan]:
    """Find the METRIC spans of one sentence, given the slots of its figures.

    Parameters
    ----------
    text, slots
        The report's text, and what `find_slots` made of the sentence.
    outside
        Organisations, places and times, which stay outside a METRIC's ends.

    Examples
    --------
    >>> from zhibiao.rules.slots import find_slots
    >>> def metrics(text, *figures):
    ...     spans = [LabelledSpan(text.index(f), text.index(f) + len(f), EntityLabel.AMOUNT) for f in figures]
    ...     return [text[m.start:m.end] for m in find_metrics(text, find_slots(text, 0, len(text), spans), Outside())]
    >>> metrics("新认定18家,高企总数达125家,同比增长12.5%", "18家", "125家", "12.5%")
    ['新认定', '高企总数']
    >>> metrics("新增5家省级研发平台", "5家")
    ['省级研发平台']
    """
    found: list[tuple[int, int]] = []
    for slot in slots:
        left = left_metrics(text, slot, outside)
        right = right_metric(text, slot, alone=not left)
        if right and (not left or _prefers_right(text, left[-1])):
            found.append(right)
        else:
            found += left
    return _flat(found)


def _flat(found: Iterable[tuple[int, int]]) -> list[LabelledSpan]:
    """Drop what overlaps an earlier, longer span."""
    kept: list[LabelledSpan] = []
    for start, end in sorted(set(found), key=lambda span: (span[0], -span[1])):
        if not kept or kept[-1].end <= start:
            kept.append(LabelledSpan(start, end, EntityLabel.METRIC))
    return kept


def left_metrics(text: str, slot: Slot, outside: Outside) -> list[tuple[int, int]]:
    """Cut the metric out of the left stretch; several when each of a coordinated list carries the figure."""
    reading = read_left(
        text, slot.left_start, slot.figure.start, rank=slot.figure.label is EntityLabel.RANK, outside=outside
    )
    start, end = trim_phrase(text, strip_lead(text, reading.start, reading.end, outside), reading.end)
    if slot.figure.label is EntityLabel.RANK:
        start = behind_field(text, start, end)
    if slot.follows is not None and is_count(text, slot.follows):
        start = _behind_counted_noun(text, start, end)
    start = behind_agent(text, start, end, outside)
    start, end = trim_phrase(text, start, end)
    if not is_phrase(text, start, end) or _BRACKET.fullmatch(text, start, end):
        return _assessment(text, slot, outside) if slot.figure.label is EntityLabel.RANK else []
    if slot.figure.label is EntityLabel.RANK or is_shared(text, end, slot.figure.start):
        return [part for part in split_coordinated(text, start, end) if is_phrase(text, *part)]
    return [(start, end)]


def _assessment(text: str, slot: Slot, outside: Outside) -> list[tuple[int, int]]:
    """Find the assessment a rank was reached in, in its clause or the one before: 在全市[目标责任制考核]中,我区由第8位升至第5位."""
    found = list(_ASSESSED.finditer(text, max(0, slot.left_start - 40), slot.figure.start))[-1:]
    if not found or _SENTENCE_END.search(text, found[0].end(), slot.figure.start):
        return []
    start, end = found[0].span("name")
    start += text[start] == "在"
    return [(strip_lead(text, start, end, outside), end)]


def trim_phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """Take marks off both ends, but keep a closing bracket or quote whose partner lies inside.

    Examples
    --------
    >>> trim_phrase("“青科贷”贷款、", 0, 8)
    (0, 7)
    """
    while start < end and text[start] in _EDGE and text[start] not in "“《（(":
        start += 1
    while start < end and text[end - 1] in _EDGE and not _closes(text, start, end):
        end -= 1
    # A bracket that the stretch does not close opens an aside: 八个县(市)[(注…]
    opened = max(text.rfind(mark, start, end) for mark in "（(")
    if opened > start and not any(mark in text[opened:end] for mark in "）)"):
        end = opened
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    """Tell whether the last mark closes a bracket or quote that opens inside the span."""
    pairs = {"）": "（(", ")": "（(", "”": "“", "》": "《"}
    return any(mark in text[start:end] for mark in pairs.get(text[end - 1], ""))


def is_phrase(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch holds a character of a word.

    Examples
    --------
    >>> is_phrase("高企", 0, 2), is_phrase("—", 0, 1)
    (True, False)
    """
    return end - start >= 1 and any("\u4e00" <= char <= "\u9fff" or char.isalpha() for char in text[start:end])


def is_shared(text: str, start: int, end: int) -> bool:
    """Tell whether 均, 都 or 分别 stands between a metric and its figure.

    Examples
    --------
    >>> is_shared("总量均居", 2, 4), is_shared("总量位居", 2, 4)
    (True, False)
    """
    return any(word in text[start:end] for word in ("均", "都", "分别", "双双", "皆"))


def split_coordinated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split 专利申请量和授权量 where each part is a metric of its own; keep 领办、创办经济实体 whole.

    Examples
    --------
    >>> split_coordinated("专利申请量和授权量", 0, 9), split_coordinated("领办、创办经济实体", 0, 9)
    ([(0, 5), (6, 9)], [(0, 9)])
    """
    parts: list[tuple[int, int]] = []
    cursor = start
    for match in _COORDINATE.finditer(text, start, end):
        if lexicon_words(*NOUNS).suffix(text, cursor, match.start()):
            parts.append((cursor, match.start()))
            cursor = match.end()
    parts.append((cursor, end))
    return parts


def _behind_counted_noun(text: str, start: int, end: int) -> int:
    """Skip the noun that the figure before has counted: 110家[企业]享受高企所得税减免2.41亿元."""
    verb = find_predicate(text, start, end)
    if verb is not None:
        return verb
    part = _PART.search(text, start, end)
    return part.end() if part else start


def is_count(text: str, figure: LabelledSpan) -> bool:
    """Tell a count (110家) from a measure (500万元以上).

    Examples
    --------
    >>> is_count("110家", LabelledSpan(0, 4, EntityLabel.AMOUNT)), is_count("5万元", LabelledSpan(0, 3, EntityLabel.AMOUNT))
    (True, False)
    """
    return figure.label is EntityLabel.AMOUNT and not _MEASURE.search(text, figure.start, figure.end)


def behind_agent(text: str, start: int, end: int, outside: Outside) -> int:
    """Skip who acts and the place where: [企业]申报项目, [在省级媒体]用稿, [为企业]发放贷款.

    Examples
    --------
    >>> behind_agent("企业发放贷款", 0, 6, Outside())
    2
    """
    moved = True
    while moved and start < end:
        moved = False
        cause = joining_words("causative").prefix(text, start, end)
        actor = strip_lead(text, start + cause, end, outside)
        actor += lexicon_words("generic_organisations").prefix(text, actor, end)
        # 企业申报项目: the verb has its object behind it. 科技型中小企业新增: the object stands in front.
        if actor > start + cause and 0 < verb_at(text, actor, end) < end - actor:
            start, moved = actor, True
        elif (
            text[start] in "在对向为与由给从同以被按经围"
            and (verb := _next_verb(text, start + 1, end, outside)) is not None
        ):
            start, moved = verb, True
        start_after = strip_lead(text, start, end, outside)
        start, moved = start_after, moved or start_after != start
    return start


def _next_verb(text: str, start: int, end: int, outside: Outside) -> int | None:
    """Find the next verb that is no part of a name: 由凉都农业[发展]有限公司|出资."""
    place = start
    while place < end:
        if stop := outside.end_of.get(place):
            place = stop
        elif verb_at(text, place, end):
            return place
        else:
            place += 1
    return None


def verb_at(text: str, place: int, end: int) -> int:
    """Give the length of the verb that begins here, 0 where it begins a noun: 覆盖|率, 创业|园.

    Examples
    --------
    >>> verb_at("签订协议", 0, 4), verb_at("覆盖率", 0, 3)
    (2, 0)
    """
    length = lexicon_words("metric_verbs").prefix(text, place, end)
    return length if length and lexicon_words(*NOUNS).prefix(text, place, end) <= length else 0


def find_predicate(text: str, start: int, end: int) -> int | None:
    """Find the verb that a counted noun is the subject of, with an object behind it: 企业|纳入省高企培育库.

    Examples
    --------
    >>> find_predicate("企业纳入省高企培育库", 0, 10)
    2
    """
    for place in range(start + 1, end - 2):
        length = verb_at(text, place, end)
        subject_end = _joints_before(text, start, place)
        if length and end - place - length >= 2 and _is_counted(text, start, subject_end):
            return place
    return None


def _is_counted(text: str, start: int, end: int) -> bool:
    """Tell a noun that can be counted (企业, 项目) from one that only modifies (技术|合作协议)."""
    return bool(lexicon_words(*NOUNS).suffix(text, start, end)) and not joining_words("uncounted").suffix(
        text, start, end
    )


def _joints_before(text: str, start: int, end: int) -> int:
    """Strip adverbs between a subject and its verb: 项目[成功]|入围."""
    return joining_words("adverb").strip_end(text, start, end)


def right_metric(text: str, slot: Slot, *, alone: bool = False) -> tuple[int, int] | None:
    """Cut the metric out of the right stretch: 5家[省级研发平台], 50家企业[纳入省高企培育库].

    A measure speaks of what follows it only with 的 between, or where it is ``alone``: nothing on its left is a metric.
    """
    figure = slot.figure
    if figure.label is not EntityLabel.AMOUNT:
        return None
    start, end = figure.end, slot.right_end
    of = text.startswith("的", start)
    if of:
        start += 1
    if _NO_NOUN.match(text, start, end) or not (of or alone or is_count(text, figure)):
        return None
    end = read_left(text, start, min(end, start + 60), rank=True).end
    if text[end - 1 : end] in ("中", "里", "内"):
        return None
    verb = find_predicate(text, start, end)
    if verb is not None:
        start = verb
    else:
        end = _noun_end(text, start, end)
    start, end = trim_phrase(text, start, end)
    return (start, end) if is_phrase(text, start, end) and end - start >= 2 else None


def _noun_end(text: str, start: int, end: int) -> int:
    """Stop a counted noun before a verb, or before what it is a part of: 5个项目[入驻园区], 27个县[的科技经费]."""
    for place in range(start + 1, end):
        if text[place] in "被均将并中的":
            return place
        if _is_counted(text, start, place) and (
            verb_at(text, place, end) or _light().prefix(text, place, end) or text[place] in "在已获达"
        ):
            return place
    return end


def _prefers_right(text: str, left: tuple[int, int]) -> bool:
    """Choose between the words on both sides of a number.

    A bare verb on the left (新增5家平台), or a list that the number sums up (A、B等38家创新载体), leaves the noun on the right.
    """
    start, end = left
    if text[start:end] in lexicon_words("metric_verbs") or text.startswith("等", end):
        return True
    return not lexicon_words(*NOUNS).suffix(text, start, end)
