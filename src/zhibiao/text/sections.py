"""The tree of sections: which heading stands under which, and whether a section looks back or ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zhibiao.labels import SectionStatus
from zhibiao.records import Section
from zhibiao.text.fiveyears import FIVE_YEAR_PLAN, first_year
from zhibiao.text.headings import Heading

# What a heading says of its section. The cue that ends last decides: 「目标任务完成情况」 looks back, 「问题及打算」 ahead.
_CUES: tuple[tuple[SectionStatus, re.Pattern[str]], ...] = (
    (
        SectionStatus.REVIEW,
        re.compile(
            r"总结|小结|回顾|情况|成效|成绩|进展|完成|做法|亮点|取得|业绩|(?:做了|干了|干成了)(?:哪些|什么).{0,3}"
            r"|过去.{0,4}年|一年来|有了?新"
        ),
    ),
    (
        SectionStatus.PLAN,
        re.compile(
            r"计划|打算|思路|下一?步.{0,10}|今后.{0,8}|展望|工作安排|安排$|设想|部署|要点|明年.{0,8}|下半年.{0,8}|怎么干|努力方向"
            r"|(?:奋斗|发展|总体|年度|工作|主要|预期)?目标(?:任务)?$|总体要求|重点任务$|(?:整改|保障)举措$|措施$|调整(?:意见|建议)|建议$|后.年.{0,8}"
            r"|对策|办法$|往哪里|怎么[办抓]"
        ),
    ),
    (
        SectionStatus.PROBLEMS,
        re.compile(
            r"(?:存在|面临|暴露).{0,8}(?:问题|不足|困难|短板|差距|挑战)|(?:问题|不足|困难|短板|差距|挑战|薄弱环节)(?:之处|在哪里|分析|剖析)?"
            r"(?=$|[和与及、])|(?:几点|哪些|主要)(?:不足|问题|短板)|成因|原因(?:分析|剖析)?$"
        ),
    ),
)
# 「主要工作」 are those done, unless a year says that they are to come: 「三、2026年主要工作」.
_DONE_UNLESS_DATED = re.compile("主要工作$")
# 「抓平台，补上研发机构短板」 tells of work, not of what is lacking.
_MENDED = re.compile("补[^，,、；]{0,8}?(?:短板|不足|差距|弱项|短腿)")
# Below the top only these speak against the section above: 「强化目标管理」 is no plan inside a review.
_FIRM = re.compile(
    r"存在.{0,6}(?:问题|不足|困难|短板|差距)|^(?:主要)?(?:问题|不足|短板|困难)(?:和|与|及|、)?(?:问题|不足|短板|困难)?$|下一?步|打算$|计划$|明年"
    r"|工作思路$|完成情况$|工作总结$|工作回顾$|工作安排$"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
# A text whose line breaks are lost runs on behind its title: 「桑珠孜区科学技术局2024年工作要点2024年是关键一年。」
_RUN_ON_TITLE = re.compile(
    r"[^，,。；;：:！？!?\n]{2,45}?(?:总结|小结|报告|汇报|讲话|述职|要点|计划|打算|思路|设想|安排|方案)(?![，,。、的和及与暨])"
)
_RUN_ON_REACH = 60
_PLAN_TITLE = re.compile(r"计划|打算|思路|安排|要点|设想|部署|方案")
_REVIEW_TITLE = re.compile(r"总结|小结|情况|回顾|汇报|报告|综述|述职|盘点|成效|纪实|巡礼|评估")

# Headings of these styles stand above all others when they come late.
_ROOT_STYLES = ("annex", "part")
_TOP_STYLES = (*_ROOT_STYLES, "han_dun")
_INSIDE_PARAGRAPHS = frozenset(("first_is", "nth", "first"))
_OUTRANKED_BY_NONE = frozenset(("annex", "part", "bracket", "plain"))
_NUMBER_GAP = 3


class _Open(NamedTuple):
    heading: Heading
    place: int


def make_sections(
    text: str, headings: Sequence[Heading], *, title: str | None = None, year: int | None = None
) -> tuple[Section, ...]:
    r"""Make the section tree of a report from its headings.

    Parameters
    ----------
    text
        The cleaned text of one report.
    headings
        What :func:`~zhibiao.text.headings.find_headings` found in it; those out of sequence are dropped.
    title
        Its title: a report that only plans has no section that looks back by default.
    year
        The year it reports on: a heading that names a later one looks ahead.

    Returns
    -------
    tuple of Section
        In text order. Level 1 is the top; a section ends where the next one of its level or above begins.

    Examples
    --------
    >>> from zhibiao.text.headings import find_headings
    >>> text = "一、2021年工作总结\n(一)培育企业。高企达125家。\n二、存在问题\n三、2022年计划"
    >>> sections = make_sections(text, find_headings(text), year=2021)
    >>> [(s.level, s.marker, s.title, s.status.value, s.parent) for s in sections] # doctest: +NORMALIZE_WHITESPACE
    [(1, '一、', '2021年工作总结', 'review', None), (2, '(一)', '培育企业', 'review', 0),
     (1, '二、', '存在问题', 'problems', None), (1, '三、', '2022年计划', 'plan', None)]
    """
    nested = _nest(headings)
    ends = _ends([(heading.start, level) for heading, level, _ in nested], len(text))
    default = _default_status(title or run_on_title(text))
    before: SectionStatus | None = None
    sections: list[Section] = []
    for (heading, level, parent), end in zip(nested, ends, strict=True):
        name = text[heading.mark_end : heading.title_end].strip()
        if parent is not None:
            status = _status_below(name, sections[parent].status)
        else:
            status = before = _status_at_top(heading, name, before, default, year)
        marker = text[heading.start : heading.mark_end].strip()
        sections.append(Section(level, marker, name, heading.start, end, status, parent))
    return tuple(sections)


def is_plan_only(title: str | None) -> bool:
    """Tell whether a title announces a plan and no review.

    Examples
    --------
    >>> is_plan_only("2022年工作要点"), is_plan_only("2021年工作总结及2022年工作计划"), is_plan_only("行动计划中期评估报告")
    (True, False, False)
    """
    return bool(title and _PLAN_TITLE.search(title) and not _REVIEW_TITLE.search(title))


def section_announcement(section: Section, year: int | None) -> SectionStatus | None:
    """Tell what a section's own heading says it is; None where it says nothing and the one above it has to be asked.

    Examples
    --------
    >>> headed = Section(1, "三、", "2022年工作安排", 0, 9, SectionStatus.PLAN)
    >>> section_announcement(headed, 2021), section_announcement(Section(2, "(一)", "培育主体", 9, 20, headed.status, 0), 2021)
    (<SectionStatus.PLAN: 'plan'>, None)
    """
    if section.parent is not None:
        return _cued(section.title) if _FIRM.search(section.title) else None
    return _cued_or_dated(section.title, year)


def run_on_title(text: str) -> str | None:
    """Give the title that a text without lines begins with, and what stands beside it up to the first stop.

    Examples
    --------
    >>> run_on_title("在全省科技工作会议上的讲话（2023年2月23日）同志们：会议开到现在"), run_on_title("2021年，我局按照工作部署，")
    ('在全省科技工作会议上的讲话（2023年2月23日）同志们', None)
    """
    match = _RUN_ON_TITLE.match(text.lstrip())
    if match is None or (is_plan_only(match[0]) and not _YEAR.search(match[0])):
        return None
    return re.split(r"[。：:！？!?\n]", text.lstrip()[:_RUN_ON_REACH], maxsplit=1)[0]


def _nest(headings: Sequence[Heading]) -> list[tuple[Heading, int, int | None]]:
    """Give each heading in sequence its level and the index of the one above it."""
    nested: list[tuple[Heading, int, int | None]] = []
    stack: list[_Open] = []
    last_number: dict[str, int] = {}
    for heading in headings:
        place = next((i for i, entry in enumerate(stack) if entry.heading.style == heading.style), None)
        if not _in_sequence(heading, stack[place].heading if place is not None else None, last_number):
            continue
        if place is not None:
            del stack[place:]
        else:
            stack = list(_still_open(stack, heading))
        # One below its parent, which may stand deeper than what is still open says: 一是。1.⏎(一)
        parent = stack[-1].place if stack else None
        nested.append((heading, 1 if parent is None else nested[parent][1] + 1, parent))
        stack.append(_Open(heading, len(nested) - 1))
        if heading.number is not None:
            last_number[heading.style] = heading.number
    return nested


def _ends(starts: Sequence[tuple[int, int]], length: int) -> list[int]:
    """Give where each section ends: at the next start of its level or one above, given starts with their levels."""
    ends = [length] * len(starts)
    pending: list[int] = []
    for position, (start, level) in enumerate(starts):
        while pending and starts[pending[-1]][1] >= level:
            ends[pending.pop()] = start
        pending.append(position)
    return ends


def _in_sequence(heading: Heading, sibling: Heading | None, last_number: dict[str, int]) -> bool:
    number = heading.number
    if number is None or number == 1:
        return True
    # Numbers may run on under a new chapter: 一、(一)(二) 二、(三)(四).
    last = sibling.number if sibling is not None else last_number.get(heading.style)
    if heading.own_line:
        # A number lost with its line leaves a gap (「七)组织」 for (七)); a year or a table row leaves a wider one.
        return last is None or 0 < number - last <= _NUMBER_GAP or number <= _NUMBER_GAP
    # 「二持续推进科技孵化平台建设」 lost its 是; 三是 follows all the same.
    gap = 2 if heading.style in _INSIDE_PARAGRAPHS else 1
    return last is not None and 0 < number - last <= gap


def _still_open(stack: Sequence[_Open], heading: Heading) -> Iterable[_Open]:
    """Give the sections that a heading of a new style stands inside."""
    if heading.style in _TOP_STYLES:
        root = heading.style in _ROOT_STYLES
        return (entry for entry in stack if not root and entry.heading.style in _OUTRANKED_BY_NONE)
    if heading.own_line:
        # 一是…二是… inside the paragraph above ends with it.
        return (e for e in stack if e.heading.own_line or e.heading.style not in _INSIDE_PARAGRAPHS)
    return stack


def _default_status(title: str | None) -> SectionStatus:
    if is_plan_only(title):
        return SectionStatus.PLAN
    return SectionStatus.REVIEW if title and _REVIEW_TITLE.search(title) else SectionStatus.OTHER


def _status_below(name: str, above: SectionStatus) -> SectionStatus:
    return (_cued(name) if _FIRM.search(name) and above is not SectionStatus.OTHER else None) or above


def _status_at_top(
    heading: Heading, name: str, before: SectionStatus | None, default: SectionStatus, year: int | None
) -> SectionStatus:
    if heading.style == "annex":
        return SectionStatus.OTHER
    # 「四、全面加强政府自身建设」 behind 「三、2026年工作安排」 still looks ahead.
    carried = before if before in (SectionStatus.PLAN, SectionStatus.OTHER) else default
    return _cued_or_dated(name, year) or carried


def _cued_or_dated(name: str, year: int | None) -> SectionStatus | None:
    found = _cued(name) or _dated(name, year)
    return SectionStatus.REVIEW if found is None and _DONE_UNLESS_DATED.search(name) else found


def _cued(name: str) -> SectionStatus | None:
    name = _MENDED.sub("", name)
    last = (-1, -1)
    found = None
    for status, pattern in _CUES:
        for match in pattern.finditer(name):
            if (match.end(), match.start()) > last:
                last, found = (match.end(), match.start()), status
    return found


def _dated(name: str, year: int | None) -> SectionStatus | None:
    years = [int(y) for y in _YEAR.findall(name)] + [first_year(m[0]) for m in FIVE_YEAR_PLAN.finditer(name)]
    if not years or year is None:
        return None
    return SectionStatus.PLAN if years[-1] > year else SectionStatus.REVIEW
