"""Which way a change points: up, down, or across to something else (a goal, an average, another place)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.labels import Direction
from zhibiao.rules.words import any_of

_BEHIND = re.compile(r"\s*的?(?:(?P<down>负增长|降幅|跌幅|下降|下滑|减幅)|(?P<up>(?:正)?增长|增幅|涨幅|升幅))")
# What a figure is set against: 比[上年]增长, 较[全区平均水平]少, 与[深圳]相比. 占比, 同比 and 比重 compare nothing.
_AGAINST = re.compile(
    r"(?:(?<![占对同环类配可相])比(?!重|例|率|值|武|赛|拼|较)|较(?![好快大多高])|[与跟同和](?=[^，,；;。]{1,16}?(?:相?比|相较)))(?P<what>[^，,；;。]*)"
)
_AGAINST_ABOVE = re.compile(r"(?:与|跟|和|同|比起|相比)[^，,；;。]{1,18}?(?:相?比(?!重|例|率|值)|相较|来说)[，,]")
# Its own past: 上年, 2015年, 基期, 高峰期, 老线.
_PAST = re.compile(
    r"上年|去年|今年|前年|往年|上一?[年期次轮届季月]|同期|年初|年末|年底|月末|\d年|\d月|季度|半年|以[前往来]|此前|过去|原(?!市|县|区)|基期|期初|高峰|年之?前|历年|“十|普查"
)
_GOAL = re.compile("目标|任务|计划|预算|要求|进度|指标|设计|规划(?!基期)|预期|标准")
# 为[上年]的八成, 不足[宁乡高新区]的一半, 只有[进口]的一半
_SHARE_OF = re.compile(
    r"(?:为|是|达到?|约合|约为|合|相当于|恢复到|不足|不到|不及|未到|未达|抵不过|只[有是]|仅[有为是]?(?=[^有为是])|接近|占|完成了?|达成|实现|比得上)"
    r"(?P<whole>[^，,；;。\d]{1,24}?|(?:19|20)\d\d年[^，,；;。\d]{0,12}?|[^，,；;。]{0,10}\d{4}年[^，,；;。\d]{0,12}?)的?(?:约|近|大约|不足|不到)?$"
)
_ITS = re.compile(r"其(?:约|近)?$")
_CARRIED_OUT = re.compile(
    r"(?:完成|落实|执行|支出|到位|兑现|拨付|达成)(?:了|率|率为|率达|进度)?(?:约|近|不足|不到|过)?$"
)
# 超[年度任务]12.4%, 突破[年度目标]2.6亿元, 不如[许昌市的]24.1%
_BEYOND = re.compile(
    r"(?:超|超出|超过|突破|超额|提前)[^，,；;。]{0,8}(?:目标|任务|计划|预算|进度|预期)[^，,；;。]{0,3}$|(?:不如|不及|不敌|逊于|低于|高于)[^，,；;。]{1,16}的?$"
)
# 降幅收窄到个位数 gives what is left of the fall, 增速回落到3% what is left of the rise.
_LEVEL_OF_CHANGE = re.compile(r"(?:收窄|回落|放缓|扩大|提高|提升|掉|降|升|加快|转为|保持)[到至]$")
_FALL = re.compile("降幅|跌幅|减幅|负增长")
_LACKING = re.compile(
    r"(?:尚|还|仍|只|仅)?(?:缺|差|欠|短|滞后|落后|慢)(?:了|口|口约|额)?(?:约|近)?$|(?:距离?|离)[^，,；;。]{1,20}$"
)
_COMPARATIVE = re.compile(
    r"(?P<way>[多高快增长]|[少低慢减短降砍掉])(?:出|了|收|发|花|用|开|卖|产|耗)?了?(?:约|近|不足|不到|超过?|逾|至少|整整|出|一)?$"
)
_LESS_OF_A_FALL = re.compile(r"(?:降幅|跌幅|减幅|缺口|差距)[^，,；;。]*(?:收窄|缩小|收敛)[^，,；;。]*$")
_LESS_OF_A_RISE = re.compile(r"(?:增速|增幅|涨幅|升幅)[^，,；;。]*(?:收窄|回落|放缓|下降|缩小|减少|下滑)[^，,；;。]*$")
_VERB_IN_FRONT = re.compile(
    r"(?:减少|压减|压缩|调减|降低|精简|精减|削减|核减|缩减|砍掉|砍|减|缩短|压降|少用|少)(?:了)?$"
)
# 化学需氧量、二氧化硫排放分别削减9.3%和|11.7%: the verb stands in front of the first of a list.
_WAYS = {"up": Direction.UP, "down": Direction.DOWN, "gap": Direction.GAP}
_EITHER_WAY = re.compile("[多少高超]出了?|超出了?|高过|平均[多少]|水平[多少高低]")


# A word of change this close to the figure speaks of it before anything else does.
_NEAR = 6


@cache
def _change_words() -> tuple[re.Pattern[str], dict[str, Direction]]:
    words = {
        word: _WAYS[way]
        for word, way in load_lexicon("change_words").items()
        if len(word) > 1 and not word.endswith("的")
    }
    return re.compile(any_of(words)), words


def share_of(low: Decimal | None, unit: str | None) -> Decimal | None:
    """Give a figure as a multiple of something else, or None where it is none.

    Examples
    --------
    >>> share_of(Decimal(80), "percent"), share_of(Decimal("2.4"), "times"), share_of(Decimal(80), "家")
    (Decimal('0.8'), Decimal('2.4'), None)
    """
    if low is None or unit not in ("percent", "times"):
        return None
    return low / 100 if unit == "percent" else low


def find_direction(front: str, back: str, above: str, behind: str, share: Decimal | None) -> Direction:
    """Tell which way a change points from the words around its figure.

    Parameters
    ----------
    front, back
        The figure's clause up to its METRIC, and from there to the figure; without a METRIC in it all of it is ``back``.
    above
        The clause in front of that one.
    behind
        What follows the figure.
    share
        What :func:`share_of` makes of the figure; a share may tell what part of something else there is: 为上年的八成.

    Examples
    --------
    >>> cases = ("同比增长", "比全市平均水平快", "为上年的", "完成年度计划的", "比上年少")
    >>> [find_direction("", back, "", "", Decimal("0.8")).value for back in cases]
    ['up', 'gap', 'down', 'gap', 'down']
    """
    words = _Words(front, back, behind, share, _last_change(back), elsewhere=_is_against_another(back, above))
    for read in _READERS:
        if direction := read(words):
            return direction
    return Direction.GAP if words.elsewhere else Direction.UP


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around a figure; ``change`` is the last word of change in ``back``, ``elsewhere`` what it is set against."""

    front: str
    back: str
    behind: str
    share: Decimal | None
    change: re.Match[str] | None
    elsewhere: bool

    def along(self, direction: Direction) -> Direction:
        """Give the direction, unless the figure is set against something else."""
        return Direction.GAP if self.elsewhere else direction


def _read_behind(words: _Words) -> Direction | None:
    """Read 出现2.8%[的负增长]."""
    told = _BEHIND.match(words.behind)
    return (Direction.DOWN if told["down"] else Direction.UP) if told else None


def _read_level(words: _Words) -> Direction | None:
    """Read 降幅收窄到|3%, 增速回落到|个位数: the figure is what is left of a fall or a rise."""
    if not _LEVEL_OF_CHANGE.search(words.back):
        return None
    return Direction.DOWN if _FALL.search(words.back) else Direction.UP


def _read_beyond(words: _Words) -> Direction | None:
    return Direction.GAP if _BEYOND.search(words.back) else None


def _read_slowed(words: _Words) -> Direction | None:
    """Read 降幅收窄|3个百分点, 增速回落|2个百分点: a change of a change."""
    if _LESS_OF_A_FALL.search(words.back):
        return Direction.UP
    return Direction.DOWN if _LESS_OF_A_RISE.search(words.back) else None


def _read_adjacent_word(words: _Words) -> Direction | None:
    near = words.change is not None and words.change.end() >= len(words.back) - _NEAR
    return _read_word(words) if near else None


def _read_word(words: _Words) -> Direction | None:
    if words.change is None:
        return None
    word = words.change.group()
    direction = _change_words()[1][word]
    if direction is not Direction.GAP:
        return words.along(direction)
    # 比上年多出18家 and 又多出10家 are rises, 比全省平均多出两倍 a distance.
    own = not words.elsewhere and (_PAST.search(words.back) or words.back.endswith(word))
    if own and _EITHER_WAY.fullmatch(word):
        return Direction.DOWN if "少" in word or "低" in word else Direction.UP
    return direction


def _read_share(words: _Words) -> Direction | None:
    """Read a part of something: of a goal or another place it is a distance, of the own past a rise or a fall."""
    if words.share is None:
        return None
    match = _SHARE_OF.search(words.back)
    if match is None:
        return Direction.GAP if _ITS.search(words.back) or _CARRIED_OUT.search(words.back) else None
    if _GOAL.search(match["whole"]) or not _PAST.search(match["whole"]):
        return Direction.GAP
    return Direction.UP if words.share >= 1 else Direction.DOWN


def _read_comparative(words: _Words) -> Direction | None:
    match = _COMPARATIVE.search(words.back)
    if match is None:
        return None
    return words.along(Direction.UP if match["way"] in "多高快增长" else Direction.DOWN)


def _read_lacking(words: _Words) -> Direction | None:
    return Direction.GAP if _LACKING.search(words.back) else None


def _read_verb_in_front(words: _Words) -> Direction | None:
    """Read [减少]用药|18%."""
    return Direction.DOWN if _VERB_IN_FRONT.search(words.front) else None


_READERS = (
    _read_behind,
    _read_level,
    _read_beyond,
    _read_slowed,
    _read_adjacent_word,
    _read_share,
    _read_comparative,
    _read_lacking,
    _read_word,
    _read_verb_in_front,
)


def _is_against_another(back: str, above: str) -> bool:
    """Tell whether the figure is set against something else than its own past."""
    against = list(_AGAINST.finditer(back))
    if against:
        what = against[-1]["what"]
        return bool(_GOAL.search(what)) or not _PAST.search(what)
    return bool(_AGAINST_ABOVE.search(above)) and not _PAST.search(above)


def _last_change(back: str) -> re.Match[str] | None:
    found = list(_change_words()[0].finditer(back))
    return found[-1] if found else None
