"""What the gold corpus holds, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from zhibiao.corpus.gold import GoldReport
from zhibiao.labels import EntityLabel, RelationLabel

# Shapes of a figure, the first that fits; each with an example.
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("range (10—15个)", re.compile(r"[\d一二三四五六七八九十][—\-~～至到][\d一二三四五六七八九十]")),
    ("percentage point", re.compile("百分点")),
    ("percent", re.compile("[%％‰]")),
    ("share, times, fold (三成, 2.4倍)", re.compile("成|倍|番|分之|半")),
    ("money", re.compile("元|美元|欧元")),
    ("Chinese numeral", re.compile("^[^0-9]+$")),
    ("rate (5.2件/万人)", re.compile("/|∶|:")),
    ("count", re.compile("[0-9]")),
)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of a table of counts: a name and a number per split."""

    name: str
    per_split: Mapping[str, int]


def figure_shape(text: str) -> str:
    """Name the shape of an AMOUNT.

    Examples
    --------
    >>> [figure_shape(text) for text in ("125家", "2.41亿元", "18.1个百分点", "三成", "10—15个", "一百二十家")]
    ['count', 'money', 'percentage point', 'share, times, fold (三成, 2.4倍)', 'range (10—15个)', 'Chinese numeral']
    """
    return next((name for name, pattern in SHAPES if pattern.search(text)), "other")


def count_by_split(
    reports: Sequence[GoldReport], split_of: Mapping[str, str], names: Callable[[GoldReport], Counter[str]]
) -> list[CountRow]:
    """Count what ``names`` finds in each report, summed per split, the commonest first."""
    totals: dict[str, Counter[str]] = {}
    for report in reports:
        for name, number in names(report).items():
            totals.setdefault(name, Counter())[split_of[report.report_id]] += number
    return [CountRow(name, counts) for name, counts in sorted(totals.items(), key=lambda item: -item[1].total())]


def sizes(report: GoldReport) -> Counter[str]:
    """Count reports, characters and figures."""
    figures = sum(entity.label in (EntityLabel.AMOUNT, EntityLabel.RANK) for entity in report.entities)
    return Counter({"reports": 1, "characters": len(report.text), "figures": figures, "facts": len(report.facts)})


def labels(report: GoldReport) -> Counter[str]:
    """Count spans by label and relations by type."""
    counts = Counter({str(label): 0 for label in (*EntityLabel, *RelationLabel)})
    counts.update(str(entity.label) for entity in report.entities)
    counts.update(str(relation.type) for relation in report.relations)
    return counts


def shapes(report: GoldReport) -> Counter[str]:
    """Count amounts by shape."""
    return Counter(figure_shape(entity.text) for entity in report.entities if entity.label is EntityLabel.AMOUNT)


def facts(report: GoldReport) -> Counter[str]:
    """Count facts by status and by aspect."""
    return Counter(str(value) for fact in report.facts for value in (fact.status, fact.aspect))
