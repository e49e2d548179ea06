"""Whether a figure is reached, planned or expected."""

from __future__ import annotations

import re
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.facts.context import clause_start
from zhibiao.labels import FactStatus
from zhibiao.rules.words import any_of

# 不少于5家[的目标]已经完成, 低于年初设定的90%[的要求]: the figure is the goal itself.
_IS_GOAL = re.compile(r"[)）]?(?:的[^，,；;。、\d]{0,6}(?:目标|要求|计划|任务|指标)|目标)(?!的|责任)")
_GOAL_IN_FRONT = re.compile(
    r"(?:目标(?:值|数)?(?:为|是|[:：（(])?|计划(?:为|是|的))$"
    r"|(?:预想|设定|下达|要求|预期|规定|确定)的?$|(?:规划|计划)[^，,；;。]{0,8}(?:提出|要求|确定)[^，,；;。]{0,16}(?<!的)$"
)
# 规划确定的[14项]指标 counts the goals, and is none.
_COUNTS_GOALS = re.compile(r"[^，,；;。\d]{0,6}(?:指标|目标|项目|任务|工作|措施|工程)")
# A METRIC that is a plan by its own name: [计划]入库项目数117项.
_GOAL_BY_NAME = ("计划", "目标", "预期")
# 由60家[调]至85家: what is adjusted is a goal.
_ADJUSTED = re.compile(r"[^，,；;。：:\d]{0,6}调(?!查|研|度|解|配|出|入|动)")
# A place that is to be left is held until then: 摆脱[末位], 力争退出[全国后五位].
_LEFT_BEHIND = re.compile("(?:摆脱|退出|跳出|告别|脱离)[^，,；;。]{0,14}$")
# 对[86户]脱贫户每月走访一次, 12名干部中有[7人]: things that are there already, in the midst of a plan.
_EXISTING = re.compile(
    r"(?:^|[，,；;。：:])(?:要)?对(?![标接口])(?!.*(?:给予|奖|补|实行))[^，,；;。]{0,24}$|(?:[中内里]|现|尚|仍|还|已)有$|剩余[^，,；;。]{0,8}$"
)
_DONE = re.compile("(?<![为除罢])了(?![解得不])|仅(?!供)|只(?=[有占完])|处于")
# What a level rises from says nothing of what it rises to: 由目前的0.94%[提升到]1.1%.
_ORIGIN = re.compile(r"[由从][^，,；;。]{0,40}?(?=[增提升扩降减缩调拓跃上][^，,；;。\d]{0,3}[到至为成])")
_ITEM = re.compile(r"[；;。\n]\s*(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十]{1,2}[)）、是要])")
_EXPECTED_FROM_THE_START = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}[是要、]|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?(?:[^，,；;。：:]{1,14}[:：])?预计"
)


# How far a word of a plan carries within a sentence.
_REACH = 600


@cache
def _words(name: str) -> re.Pattern[str]:
    words = load_lexicon(name)
    must = {word for word in words if word.startswith("要")}
    # 主要有三点 and 需要在 hold no 要有.
    return re.compile(f"{any_of(words - must)}|(?<![主重需必概])(?:{any_of(must)})" if must else any_of(words))


def find_status(text: str, sentence_start: int, metric_start: int, figure_start: int, *, planned: bool) -> FactStatus:
    """Tell whether a figure is reached, planned or expected.

    Words of its clause decide, then those of its METRIC's clause, then words earlier in the sentence, then where it stands.

    Parameters
    ----------
    text, sentence_start
        The report's text, and where the figure's sentence begins in it.
    metric_start, figure_start
        Where its METRIC and the figure begin.
    planned
        Whether the sentence stands where the report looks ahead.

    Examples
    --------
    >>> text = "力争新建研发机构2家"
    >>> find_status(text, 0, 4, text.index("2"), planned=False).value
    'target'
    """
    clause = clause_start(text, sentence_start, figure_start)
    front = _ORIGIN.sub("", text[clause:figure_start])
    if _LEFT_BEHIND.search(front):
        return FactStatus.ACTUAL
    if named := _by_words(front):
        return named
    if metric_start < clause and _words("forecast_words").search(
        text, clause_start(text, sentence_start, metric_start), clause
    ):
        return FactStatus.FORECAST
    if planned:
        return FactStatus.ACTUAL if _EXISTING.search(front) or _DONE.search(front) else FactStatus.TARGET
    return _by_sentence(text, max(sentence_start, clause - _REACH), clause, figure_start)


def is_goal(text: str, metric: str, clause: int, figure_start: int, figure_end: int) -> bool:
    """Tell whether a level is a goal that is only mentioned: 不少于5家[的目标]已经完成, 低于[计划的]80%.

    Examples
    --------
    >>> text = "新认定不少于5家的目标已经完成,实际认定7家"
    >>> is_goal(text, "新认定", 0, 3, 8), is_goal(text, "认定", 16, 20, 22)
    (True, False)
    """
    if metric.startswith(_GOAL_BY_NAME) or _IS_GOAL.match(text, figure_end, figure_end + 14):
        return True
    return bool(_GOAL_IN_FRONT.search(text, clause, figure_start)) and not _COUNTS_GOALS.match(text, figure_end)


def is_adjusted(text: str, figure_end: int) -> bool:
    """Tell whether a level that is left behind was a goal: 由60家[调]至85家.

    Examples
    --------
    >>> is_adjusted("由60家上调至85家", 4), is_adjusted("由60家增至85家", 4)
    (True, False)
    """
    return bool(_ADJUSTED.match(text, figure_end))


def _by_words(clause: str) -> FactStatus | None:
    for name, status in (
        ("forecast_words", FactStatus.FORECAST),
        ("plan_words", FactStatus.TARGET),
        ("actual_words", FactStatus.ACTUAL),
    ):
        if _words(name).search(clause):
            return status
    return None


def _by_sentence(text: str, start: int, clause: int, figure_start: int) -> FactStatus:
    """Read the clauses in front of a figure's own, from the last item of a list on: what was said last counts."""
    for item in _ITEM.finditer(text, start, figure_start):
        start = item.end()
    front = text[start:clause]
    if _EXPECTED_FROM_THE_START.match(front):
        return FactStatus.FORECAST
    planned = max((match.end() for match in _words("plan_words").finditer(front)), default=-1)
    if planned < 0:
        return FactStatus.ACTUAL
    done = max((match.end() for match in _words("actual_words").finditer(front)), default=-1)
    return FactStatus.TARGET if planned > done else FactStatus.ACTUAL
