"""The year and the period that a report speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.text.fiveyears import FIVE_YEAR_PLAN, first_year
from zhibiao.text.sections import is_plan_only, run_on_title

_HAN_DIGITS = {
    han: str(i) for digits in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for i, han in enumerate(digits)
}
_HAN_DIGITS |= {"○": "0", "O": "0", "Ｏ": "0"}
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19[89]|20[0-4])\d|[二2][〇○零0OＯ][〇○零一二三四五六七八九0-9]{2})年")
# 「20年,我局在市委…领导下」 · 20xx年 · 20**年 · ××年: a site or a template took the year out. 「近20年」 are twenty years.
_MASKED = re.compile(
    r"(?<![\d近约过去的这整])(?:20|201|202)年(?!来|间|前|内|以|期|代|后|多|来|的|左右|底)|(?:20|二〇)?[xX×＊*_○ＸХ#]{2,4}[ ]?年|20\d?[xX×＊*_]{1,2}年|某年"
)
_REVIEW = re.compile(r"总结|小结|情况|回顾|汇报|报告|综述|述职|盘点|成效|巡礼|进展|完成|做了|工作实现|纪实")
_PLAN = re.compile(r"计划|打算|思路|安排|要点|设想|部署|方案|目标|任务|下一步|展望|重点工作")
_SESSION = re.compile(r"政府工作报告(?!会)")
_ACCOUNT = re.compile(r"(?:评估|规划|行动计划)")

_YEAR_SPAN = re.compile(r"(?<!\d)(?P<first>20[0-4]\d)年?[ ]?(?:[-—–~～至到]|——)[ ]?(?P<last>20[0-4]\d)年")
_MONTHS = (
    (re.compile(r"上半年|年中(?:工作|推进)|(?<![上下])半年工作"), "01", "06"),
    (re.compile(r"下半年"), "07", "12"),
    (re.compile(r"前三季度|1[-—–至]9月|三季度末"), "01", "09"),
    (re.compile(r"(?:第)?一季度|首季"), "01", "03"),
    (re.compile(r"(?:第)?二季度"), "04", "06"),
    (re.compile(r"(?:第)?三季度"), "07", "09"),
    (re.compile(r"(?:第)?四季度"), "10", "12"),
)
_MONTH_RANGE = re.compile(r"(?<![\d.])1(?:月)?[-—–~～至到](?P<last>1[0-2]|[2-9])月")
# 「2019年三季度工作总结」 that goes on 「今年前三季度，…现将1—9月主要工作」 counts from January.
_FROM_JANUARY = {
    "06": re.compile(r"上半年|(?<![\d.])1月?[-—–~～至到]6月"),
    "09": re.compile(r"前三季度|(?<![\d.])1月?[-—–~～至到]9月"),
}
_LEAD = re.compile(r"^(?:(?:刚刚)?过去的|回顾)?(?P<date>.{4,5}年)(?!\d{1,2}月|[-—–至到])")
_LEAD_LENGTH = 300
_DATELINE = re.compile(r"(?P<year>(?:19[89]|20[0-4])\d)年(?P<month>\d{1,2})月")
_LOOKS_BACK_UNTIL = 3
_ANNUAL = re.compile(r"全年|年度|一年来|今年")

# How far an evaluation had come: 「评估时点为2015年6月30日」, 「评估截至2021年6月底」, 「于2023年8月21日至9月25日」, 「2025年年中」.
_ASSESSED = re.compile(
    r"(?:评估(?:时点|基准日)[^，。]{0,3}?|截[至止][到]?|（)(?P<year>20[0-4]\d)年(?P<month>\d{1,2})月"
    r"|(?P<from>20[0-4]\d)年\d{1,2}月\d{1,2}日?至(?P<to>\d{1,2})月|(?P<middle>20[0-4]\d)年(?:年中|上半年)"
)
_ASSESSED_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Period:
    """The year under review (of a plan: the year it plans), the period as ISO 8601, and what does not agree."""

    year: int | None
    period: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the title and the text say of the years."""

    title_review: int | None
    title_plan: int | None
    heading_review: int | None
    heading_plan: int | None
    lead: int | None
    masked: bool
    session: bool


def find_years(text: str) -> list[int]:
    """Read all years of a text, in figures or Chinese numerals.

    Examples
    --------
    >>> find_years("2021年工作总结与二〇二二年计划、二0一三年"), find_years("20年,我局")
    ([2021, 2022, 2013], [])
    """
    return [_read_year(match["year"]) for match in _YEAR.finditer(text)]


def find_period(title: str, headings: Sequence[str], body: str, dateline: str = "") -> Period:
    """Decide which year and period a report speaks of.

    The text wins over the title, and a note says so. A masked year stays unknown, whatever other years a site left.

    Parameters
    ----------
    title
        The title with its sub-title.
    headings
        The titles of its sections, in text order.
    body
        The text behind the head.
    dateline
        The short lines at the head, where a speech has its date.

    Examples
    --------
    >>> find_period("科技局2021年工作总结及2022年工作计划", ["2021年工作总结", "2022年工作计划"], "2021年,市科技局")
    Period(year=2021, period='2021', notes=())
    >>> find_period("区科技局2022年上半年工作总结和下半年工作计划", [], "2022年上半年,区科技局").period
    '2022-01/2022-06'
    >>> find_period("总结及2022年工作思路", ["2020年工作情况", "2021年工作思路"], "2020年,泰兴市科技局").notes
    ('the title says 2022, the text reviews 2020 and plans 2021: the text is followed',)
    >>> find_period("市科技局工作总结", [], "20年,我局。2020年共组织申报50项").notes
    ('the year is masked in the text',)
    """
    title = title or run_on_title(body) or ""
    evidence = _collect(title, headings, body)
    plan_only = is_plan_only(title)
    span = find_span(title)
    if span is not None:
        return _reviewed_part(span, title, body)
    year, notes = (_plan_year(evidence), ()) if plan_only else _review_year(evidence, body)
    if year is None:
        if evidence.masked:
            return Period(None, None, ("the year is masked in the text",))
        year, notes = _inferred_year(dateline or title, body)
    if year is None:
        return Period(None, None)
    months = _months(title, headings, body[:_LEAD_LENGTH], plan_only=plan_only)
    period = f"{year}-{months[0]}/{year}-{months[1]}" if months else str(year)
    return Period(year, period, notes)


def _read_year(text: str) -> int:
    return int("".join(_HAN_DIGITS.get(character, character) for character in text.replace("二", "2")))


def _collect(title: str, headings: Sequence[str], body: str) -> _Evidence:
    title_review, title_plan = _years_by_noun(title)
    if title_review is None and title_plan is None:
        title_review = _lone_year(title)
    heading_review = heading_plan = None
    masked = False
    for heading in headings:
        review, plan = _years_by_noun(heading)
        heading_review = heading_review or review
        heading_plan = heading_plan or plan
        masked = masked or (heading_review is None and bool(_MASKED.search(heading)))
    opening = body[:_LEAD_LENGTH].lstrip()
    lead = _LEAD.match(opening)
    lead_years = find_years(lead["date"]) if lead else []
    masked_lead = bool(_MASKED.match(opening))
    return _Evidence(
        title_review=title_review,
        title_plan=title_plan,
        heading_review=heading_review,
        heading_plan=heading_plan,
        lead=lead_years[0] if lead_years else None,
        masked=masked or masked_lead or bool(_MASKED.search(title)),
        session=bool(_SESSION.search(title)) and not re.search("上半年|季度", title),
    )


def _years_by_noun(title: str) -> tuple[int | None, int | None]:
    """Read the year that stands before a word of review, and the one before a word of plan."""
    review = plan = None
    years = list(_YEAR.finditer(title))
    for place, match in enumerate(years):
        end = years[place + 1].start() if place + 1 < len(years) else len(title)
        words = title[match.end() : end]
        looks_back, looks_ahead = _REVIEW.search(words), _PLAN.search(words)
        if looks_back:
            review = review or _read_year(match["year"])
        elif looks_ahead:
            plan = plan or _read_year(match["year"])
    return review, plan


def _lone_year(title: str) -> int | None:
    """Read the only year of a title that is no date: 「临高县发展和改革委员会2023年工作侧记」."""
    years = list(_YEAR.finditer(title))
    return _read_year(years[0]["year"]) if len(years) == 1 and not _DATELINE.match(title, years[0].start()) else None


def _review_year(evidence: _Evidence, body: str) -> tuple[int | None, tuple[str, ...]]:
    title, text = evidence.title_review, evidence.heading_review
    if evidence.session and title is not None:
        # 「2026年政府工作报告」 is given in 2026 and looks back on 2025.
        return (text if text in (title, title - 1) else title - 1), ()
    if text is None and not evidence.masked and (title is None or title not in find_years(body)):
        text = evidence.lead
    if title is None and evidence.masked and text is None:
        return None, ()
    expected = title if title is not None else (evidence.title_plan - 1 if evidence.title_plan else None)
    if text is None or expected is None or text == expected:
        return text if text is not None else expected, ()
    stated = title if title is not None else evidence.title_plan
    plans = f" and plans {evidence.heading_plan}" if evidence.heading_plan else ""
    return text, (f"the title says {stated}, the text reviews {text}{plans}: the text is followed",)


def _plan_year(evidence: _Evidence) -> int | None:
    if evidence.masked and evidence.title_plan is None:
        return None
    return evidence.title_plan or evidence.heading_plan or evidence.title_review or evidence.lead


def _inferred_year(dateline: str, body: str) -> tuple[int | None, tuple[str, ...]]:
    """Take the year of the date at the head, in its first months the one before; else the commonest in the text."""
    if match := _DATELINE.search(dateline):
        year = _read_year(match["year"]) - (int(match["month"]) <= _LOOKS_BACK_UNTIL)
        return year, ("the year is taken from the date at the head",)
    counts = Counter(find_years(body)).most_common(2)
    if not counts or counts[0][1] < 2 or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None, ()
    return counts[0][0], ("the year is not stated; the commonest one in the text is taken",)


def find_span(title: str) -> tuple[int, int] | None:
    """Read the years that a plan covers, from its title or that of its evaluation.

    Examples
    --------
    >>> find_span("科技创新五年行动计划（2023—2027年）中期评估报告"), find_span("“十三五”科技创新规划实施情况的中期评估")
    ((2023, 2027), (2016, 2020))
    >>> find_span("2021年工作实现“十四五”良好开局情况汇报") is None
    True
    """
    if match := _YEAR_SPAN.search(title):
        return int(match["first"]), int(match["last"])
    match = FIVE_YEAR_PLAN.search(title)
    if match and _ACCOUNT.search(title) and not any(_years_by_noun(title)):
        return first_year(match[0]), first_year(match[0]) + 4
    return None


def _reviewed_part(span: tuple[int, int], title: str, body: str) -> Period:
    """Give the years of a span that a report looks back on: an evaluation halfway sees the first of them alone."""
    first, last = span
    if "评估" not in title:
        return Period(last if _REVIEW.search(title) else None, f"{first}/{last}")
    opening = body[:_ASSESSED_LENGTH].lstrip()
    covered = _YEAR_SPAN.match(opening)
    if covered and int(covered["first"]) == first and int(covered["last"]) < last:
        return Period(int(covered["last"]), f"{first}/{covered['last']}")
    match = _ASSESSED.search(opening)
    if match:
        year = int(match["year"] or match["from"] or match["middle"])
        month = int(match["month"] or match["to"] or 6)
        if first <= year <= last + 1 and 1 <= month <= 12:
            return Period(year, f"{first}-01/{year}-{month:02d}")
    told = Counter(year for year in find_years(body) if first < year < last).most_common(1)
    return Period(told[0][0], str(told[0][0])) if told else Period(None, f"{first}/{last}")


def _months(title: str, headings: Sequence[str], opening: str, *, plan_only: bool) -> tuple[str, str] | None:
    """Read the months that the title speaks of; those of the first heading or sentence if it names none."""
    months = _months_named(title, headings, opening, plan_only=plan_only)
    counted = _FROM_JANUARY.get(months[1]) if months and months[0] != "01" and not plan_only else None
    first_line = opening.lstrip().partition("\n")[0]
    if months and counted and any(counted.search(words) for words in (*headings[:1], first_line)):
        return "01", months[1]
    return months


def _months_named(title: str, headings: Sequence[str], opening: str, *, plan_only: bool) -> tuple[str, str] | None:
    noun = (_PLAN if plan_only else _REVIEW).search(title)
    own = title[: noun.end()] if noun else title
    for words in (own, *headings[:1]) if not _ANNUAL.search(own) else (own,):
        if match := _MONTH_RANGE.search(words):
            return "01", f"{int(match['last']):02d}"
        for pattern, first, last in _MONTHS:
            if pattern.search(words):
                return first, last
        if find_years(words) and words is own and re.search(r"年(?:度)?(?:工作|科技|总结|个人|全)", words):
            return None
    first_sentence = re.split(r"[。，,]", opening, maxsplit=1)[0]
    if not find_years(own) and len(first_sentence) <= 12:
        return next(((a, b) for pattern, a, b in _MONTHS if pattern.search(first_sentence)), None)
    return None
