"""What the gold corpus holds, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhibiao.catalog.regions import get_region
from zhibiao.corpus.gold import GoldReport
from zhibiao.corpus.sources import SourceFile
from zhibiao.corpus.splits import SPLITS
from zhibiao.errors import MissingExtraError
from zhibiao.labels import EntityLabel, RelationLabel

# Shapes of a figure, the first that fits: 10—15个, 1.2个百分点, 46.8%, 三成, 2.4亿元, 一百二十家, 5.2件/万人, 125家.
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("range", re.compile(r"[\d一二三四五六七八九十][—\-~～至到][\d一二三四五六七八九十]")),
    ("percentage point", re.compile("百分点")),
    ("percent", re.compile("[%％‰]")),
    ("share, times, fold", re.compile("成|倍|番|分之|半")),
    ("money", re.compile("元|美元|欧元")),
    ("Chinese numeral", re.compile("^[^0-9]+$")),
    ("rate", re.compile("/|∶|:")),
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
    ['count', 'money', 'percentage point', 'share, times, fold', 'range', 'Chinese numeral']
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


# Kinds of office by words of its name, the first that fits.
OFFICES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("science and technology", re.compile("科学技术|科技|科委|科创")),
    ("industry and information", re.compile("工业和信息化|工信|经济和信息化")),
    ("agriculture", re.compile("农业|农委")),
    ("education", re.compile("教育")),
    ("commerce", re.compile("商务")),
    ("human resources", re.compile("人力资源|人社")),
    ("statistics", re.compile("统计")),
    ("market supervision, patents", re.compile("市场监督|市场监管|知识产权")),
    ("development and reform", re.compile("发展和改革|发改")),
    ("government", re.compile("政府|管委会|管理委员会")),
)


@dataclass(frozen=True, slots=True)
class Origins:
    """What the registers say of each report: province, year and kind of office, by source file and part."""

    of: Mapping[tuple[str, int], tuple[str, str, str]]

    @classmethod
    def read(cls, sources: Iterable[SourceFile]) -> Origins:
        """Gather the registers' reports."""
        return cls(
            {
                (source.file, part): (
                    get_region(f"{report.code[:2]}0000").name,
                    report.period[:4] if report.period else "masked",
                    next((name for name, pattern in OFFICES if pattern.search(report.publisher)), "other"),
                )
                for source in sources
                for part, report in enumerate(source.report)
            }
        )

    def provinces(self, report: GoldReport) -> Counter[str]:
        """Count the report under its province."""
        return Counter({self.of[report.source, report.part][0]: 1})

    def years(self, report: GoldReport) -> Counter[str]:
        """Count the report under the year it speaks of."""
        return Counter({self.of[report.source, report.part][1]: 1})

    def offices(self, report: GoldReport) -> Counter[str]:
        """Count the report under its kind of office."""
        return Counter({self.of[report.source, report.part][2]: 1})


def draw_counts(tables: Mapping[str, Sequence[CountRow]], path: Path) -> None:
    """Draw tables of counts as bars, one panel each, the splits stacked.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("a picture needs matplotlib: pip install 'zhibiao[train]'") from None
    figure = Figure(figsize=(11, 2.2 + 0.26 * sum(map(len, tables.values()))), layout="constrained")
    panels = figure.subplots(len(tables), 1, squeeze=False, height_ratios=[len(rows) + 1 for rows in tables.values()])
    for panel, (title, rows) in zip(panels[:, 0], tables.items(), strict=True):
        names = [row.name for row in reversed(rows)]
        left = [0] * len(rows)
        for split in SPLITS:
            widths = [row.per_split.get(split, 0) for row in reversed(rows)]
            panel.barh(names, widths, left=left, label=split)
            left = [a + b for a, b in zip(left, widths, strict=True)]
        panel.set_title(title, loc="left", fontsize=10)
    panels[0, 0].legend(fontsize=8)
    figure.savefig(path, dpi=110)
