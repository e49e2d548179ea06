"""Where a report looks ahead: sentence by sentence, from its headings, its turns of speech and its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from zhibiao.facts import outlook_patterns as patterns
from zhibiao.facts.calendar import Calendar
from zhibiao.labels import SectionStatus
from zhibiao.records import Report, Section
from zhibiao.text.sections import is_plan_only, run_on_title, section_announcement

# What a heading that says so weighs against each sentence below it, and the document's title where no heading does.
_BY_HEADING = {SectionStatus.PLAN: 4, SectionStatus.REVIEW: -4, SectionStatus.PROBLEMS: -2, SectionStatus.OTHER: 0}
_BY_PLAN_TITLE = 3
_BY_PLAN_ABOVE = 2
_BY_TITLE = -1
_TURN = 8
_AFTER_TURN = 1
# One sentence cannot say more than this, and a change of mind costs this much inside a section, less at its edge.
_MOST = 4
_CHANGE = 5
_CHANGE_AT_EDGE = 2


def find_outlook(report: Report, calendar: Calendar) -> list[bool]:
    r"""Tell for each sentence of a report whether it stands where the report looks ahead.

    The likeliest course through the text is taken (Viterbi), so that a sentence without a sign is read with those around it.

    Examples
    --------
    >>> from zhibiao.text.reports import make_text_report
    >>> text = "县科技局2021年工作总结\n全年新增高企3家。举办培训12期。\n明年，重点抓好以下工作。新增高企5家以上。举办培训20期。"
    >>> report = make_text_report(text, report_id="r", source="r.txt")
    >>> find_outlook(report, Calendar("2021", "2022", 2021))
    [False, False, False, True, True, True]
    """
    weights, edges = _weigh(report, calendar)
    # A report begins by looking back, unless its title says otherwise.
    ahead, behind = 0 if edges and weights[0] > 0 else -_CHANGE_AT_EDGE, 0
    came: list[tuple[bool, bool]] = []
    for weight, edge in zip(weights, edges, strict=True):
        cost = _CHANGE_AT_EDGE if edge else _CHANGE
        stay_ahead, stay_behind = ahead >= behind - cost, behind >= ahead - cost
        came.append((stay_ahead, not stay_behind))
        ahead, behind = (
            (ahead if stay_ahead else behind - cost) + weight,
            behind if stay_behind else ahead - cost,
        )
    course: list[bool] = []
    state = ahead > behind
    for from_ahead, from_behind in reversed(came):
        course.append(state)
        state = from_ahead if state else from_behind
    return course[::-1]


def _weigh(report: Report, calendar: Calendar) -> tuple[list[int], list[bool]]:
    """Weigh each sentence for a plan (above 0) or a review, and tell where a section begins."""
    text, title = report.text, report.title or run_on_title(report.text) or ""
    base = _BY_PLAN_TITLE if is_plan_only(title) else _BY_TITLE
    said = _signs(report)
    announced = [section_announcement(section, report.year) for section in report.sections]
    weights: list[int] = []
    edges: list[bool] = []
    section, turned = None, False
    for number, (start, end) in enumerate(report.sentences):
        place = _leaf(report.sections, section, start)
        edges.append(place != section)
        if place != section:
            section, turned = place, False
        turn = _turn(text, start, end, calendar)
        weight = turn or max(-_MOST, min(_MOST, said[number]))
        turned = turned or turn > 0
        leaning = _by_heading(report.sections, announced, section, base)
        # Behind 「下一步，」 a heading that looks back no longer counts against what follows.
        weights.append(weight + (max(leaning, _AFTER_TURN) if turned else leaning))
    return weights, edges


def _signs(report: Report) -> list[int]:
    """Sum the weights of the signs of each sentence; the same sign counts once."""
    starts = [start for start, _ in report.sentences]
    found: list[set[int]] = [set() for _ in starts]
    for match in patterns.SIGN.finditer(report.text):
        sign = patterns.SIGN_OF.get(match.group())
        if sign is not None and (number := bisect_right(starts, match.start()) - 1) >= 0:
            found[number].add(sign)
    return [sum(patterns.SIGNS[sign].weight for sign in signs) for signs in found]


def _leaf(sections: Sequence[Section], current: int | None, place: int) -> int | None:
    """Give the innermost section at a place, searching on from the one before."""
    at = -1 if current is None else current
    while at + 1 < len(sections) and sections[at + 1].start <= place:
        at += 1
    return at if at >= 0 else None


def _by_heading(
    sections: Sequence[Section], announced: Sequence[SectionStatus | None], section: int | None, base: int
) -> int:
    top = section
    while section is not None:
        status = announced[section]
        if status is not None:
            return _BY_HEADING[status]
        top, section = section, sections[section].parent
    # 「四、加强自身建设」 behind 「三、2026年工作安排」 goes on planning.
    return _BY_PLAN_ABOVE if top is not None and sections[top].status is SectionStatus.PLAN else base


def _turn(text: str, start: int, end: int, calendar: Calendar) -> int:
    """Tell whether a sentence turns to what is to come (above 0) or back (below)."""
    if patterns.TURN.match(text, start, end) or text.startswith(patterns.PARTS.get(_months(calendar.plan), ()), start):
        return _TURN
    if end - start <= patterns.ANNOUNCEMENT_LENGTH and patterns.ANNOUNCED.search(text, start, end):
        return _TURN
    year = patterns.YEAR_AHEAD.match(text, start, end)
    last = calendar.review.rpartition("/")[2][:4] if calendar.review else None
    if year and last:
        return _TURN if year[1] > last else -_TURN if year[1] == last else 0
    return -_TURN if patterns.BACK.match(text, start, end) else 0


def _months(period: str | None) -> str:
    """Give the months of a part of a year: 07/12 of 2022-07/2022-12."""
    return f"{period[5:7]}/{period[13:15]}" if period and len(period) == 15 else ""
