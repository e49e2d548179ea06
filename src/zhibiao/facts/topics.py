"""What a figure's paragraph is about, for METRICs that do not say it: 3.[专利]：申请量687件，授权量401件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from zhibiao.records import Entity, Section

_NUMBER: Final = "[0-9０-９一二三四五六七八九十]{1,3}"
# 3.专利：申请量 · （二）高企。今年 · 一是科技特派员：新增 · ——研发平台。
_LEAD = re.compile(
    rf"\s*(?:第?{_NUMBER}[.．、,，）)是]\s?|[（(]{_NUMBER}[）)]|[-—·•●◆■]+)?(?P<lead>[^，,；;。：:！\n]{{2,20}})[。：:]"
)
_LONGEST_LEAD: Final = 32
_SHORTEST_TITLE: Final = 2
_LONGEST_TITLE: Final = 20
# How many METRICs of the sentences before are still in mind.
_REACH: Final = 3


def find_topics(
    text: str, line_start: int, section: Section | None, metric: Entity, before: Sequence[Entity]
) -> list[str]:
    """Give what a METRIC's paragraph is about, the likeliest first: how its line begins, its heading, what was named before.

    Parameters
    ----------
    text, line_start
        The report's text, and where the METRIC's line begins in it.
    section
        The section it stands in.
    before
        The METRICs of the line in front of its sentence.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> text = "3.专利：申请量687件，授权量401件"
    >>> find_topics(text, 0, None, Entity(0, EntityLabel.METRIC, 13, 16, "授权量"), [])
    ['专利']
    """
    lead = _LEAD.match(text, line_start, min(line_start + _LONGEST_LEAD, metric.start))
    topics = [lead["lead"]] if lead else []
    if section is not None and _SHORTEST_TITLE <= len(section.title) <= _LONGEST_TITLE:
        topics.append(section.title)
    # 专利申请量突破900件。三镇的[申请量]分别为…: what is named by its last word alone was named in full before
    return topics + [one.text for one in reversed(before[-_REACH:]) if one.text.endswith(metric.text)]
