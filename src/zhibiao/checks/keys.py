"""Which facts of different reports speak of the same thing: the same place and the same indicator."""

from __future__ import annotations

import re
from functools import lru_cache

from zhibiao.catalog.regions import get_region
from zhibiao.labels import FactKind
from zhibiao.records import Fact

# What may stand behind a region's name in the name of an organ that speaks for it: 宁国市[科技局], 上海市[人民政府];
# not 昆山市[高新区科技局], 宁国市[河沥溪街道办事处], 宁国市[中学].
_ORGAN = re.compile(r"(?:人民)?政府|[^区镇乡园村县街校院所]{1,14}(?:局|委|委员会|厅|办|办公室)")


def find_key(fact: Fact) -> str | None:
    """Give the key that facts of other reports have to share with a fact; None where it is not to be compared.

    A place is known by its code, so that 全市 and the city's bureau meet; what an organ below the place reports stays out,
    and so does what has no indicator or no period.
    """
    if fact.indicator is None or fact.period is None or fact.kind is FactKind.RANK:
        return None
    if fact.holder is None or fact.holder_code is None or not speaks_for(fact.holder, fact.holder_code):
        return None
    return f"{fact.holder_code} {fact.indicator}"


@lru_cache(maxsize=4096)
def speaks_for(holder: str, code: str) -> bool:
    """Tell whether a holder is the region of a code, its government or one of its bureaus.

    Examples
    --------
    >>> speaks_for("宁国市", "341881"), speaks_for("宁国市科技局", "341881"), speaks_for("宁国市中学", "341881")
    (True, True, False)
    """
    try:
        name = get_region(code).name
    except KeyError:
        return False
    _, found, organ = holder.rpartition(name)
    return bool(found) and (not organ or _ORGAN.fullmatch(organ) is not None)
