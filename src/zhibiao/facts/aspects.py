"""Stock, addition, running total or renewal: what a METRIC and the words around its figure count."""

from __future__ import annotations

import re
from functools import cache

from zhibiao.catalog.lexicon import load_lexicon
from zhibiao.labels import Aspect
from zhibiao.rules.words import any_of

_RENEWED = re.compile("重新认定|再登记|重新登记")
# Names that begin with 新 and tell of no addition.
_NEW_NOUN = re.compile(
    "新(?:材料|能源|兴|型|区|城|产品|品种|技术|农村|农|闻|疆|媒体|三板|药|业态|模式|动能|质|设备|工艺|经济|基建|格局|机制|时代|一代|高|生|四板|旧)"
)
_STOCK = re.compile("总数|总量|存量|拥有量|保有量|在孵|有效")
# 城镇新增就业, 高企净增数
_ADDED = re.compile("新增|净增")
_OTHER_ASPECT = re.compile(r"(?:目前|全[市省县区]|现|均?已)?(?:(?P<sum>累计)|达到|达|总数)")
_CUMULATIVE = re.compile("累计|历年|总共")


@cache
def _additions() -> re.Pattern[str]:
    """Match the verbs of addition: 新增, 新认定, 净增; 创新 and 新材料 are none."""
    words = {word for word in load_lexicon("metric_verbs") if word.startswith(("新", "净增"))}
    return re.compile(f"(?<![创更革全最翻刷维高崭])(?:{any_of(words | {'首次认定', '增设', '增补'})})")


def find_aspect(metric: str, around: str, *, apart: bool = False) -> Aspect:
    """Tell stock, addition, running total or renewal from the METRIC, and from what stands around it in its clause.

    Items of a list share the verb in front of the first: 新认定市级科技型企业261家、[高新技术企业]189家. ``apart`` tells
    that the METRIC stands in an earlier clause, so that this one may say something else of it: 新增平台3家,[累计]29家.

    Examples
    --------
    >>> cases = [("重新认定", ""), ("高新技术企业", "新认定科技型企业261家、"), ("专利授权量", "累计达"), ("新材料产值", "")]
    >>> [find_aspect(*case).value for case in cases]
    ['renewed', 'new', 'cumulative', 'level']
    """
    other = _OTHER_ASPECT.match(around) if apart else None
    if other:
        return Aspect.CUMULATIVE if other["sum"] else Aspect.LEVEL
    if _RENEWED.search(metric):
        return Aspect.RENEWED
    if _names_addition(metric):
        return Aspect.NEW
    if not _STOCK.search(metric):
        if _additions().search(around):
            return Aspect.NEW
        if _CUMULATIVE.search(metric) or _CUMULATIVE.search(around):
            return Aspect.CUMULATIVE
    return Aspect.LEVEL


def _names_addition(metric: str) -> bool:
    """Tell 新认定高企, 科技型中小企业[新增] and 城镇[新增]就业 from 新材料产值."""
    begins = metric.startswith("新") and not _NEW_NOUN.match(metric)
    ends = any(match.end() == len(metric) for match in _additions().finditer(metric))
    return begins or ends or bool(_additions().match(metric) or _ADDED.search(metric))
