"""How much of what reports speak of the catalogue knows, and what it had better know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from zhibiao.catalog.indicator_matching import explain_match
from zhibiao.catalog.indicator_search import Candidate, rank_candidates
from zhibiao.catalog.indicator_wording import head_of, is_bare

_EXAMPLES = 3


class Miss(StrEnum):
    """Why a METRIC has no indicator: see `zhibiao.catalog.indicator_matching`, and bare words, which name none."""

    UNKNOWN = "unknown"
    UNIT = "unit"
    SHARED = "shared"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mention:
    """A METRIC of a report with the base unit of its figure; None for a change, a rank, or a figure without one."""

    report: str
    metric: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class MissedGroup:
    """METRICs without an indicator that have one head, such as 科普驿站 of 新建科普驿站.

    Parameters
    ----------
    head
        What they count, without place, time and aspect.
    reports, mentions
        How many different reports and mentions have them.
    metrics, units
        The commonest of them, and of their units.
    nearest
        The indicator that is most like the head; to add is a row, or a wording of this one.
    """

    head: str
    reports: int
    mentions: int
    metrics: tuple[str, ...]
    units: tuple[str, ...]
    nearest: Candidate | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What part of the METRICs has an indicator.

    Parameters
    ----------
    reports, mentions, matched
        How many there are, and how many mentions have an indicator.
    indicators
        Mentions of each indicator, the commonest first.
    missed
        Mentions without an indicator, by reason.
    misses
        Those that the catalogue does not know, by head, the most worth adding first: those of most reports.
    """

    reports: int
    mentions: int
    matched: int
    indicators: dict[str, int]
    missed: dict[Miss, int]
    misses: tuple[MissedGroup, ...]

    @property
    def share(self) -> float | None:
        """The share of mentions that have an indicator; None where there are no mentions."""
        return self.matched / self.mentions if self.mentions else None


@dataclass(slots=True)
class _Group:
    last_report: str | None = None
    reports: int = 0
    metrics: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)


def measure_coverage(mentions: Iterable[Mention], *, limit: int = 30) -> Coverage:
    """Count which METRICs have an indicator, and group the others by what they count.

    Parameters
    ----------
    mentions
        Those of one report stand together, as in a fact table.
    limit
        How many groups to give.

    Examples
    --------
    >>> found = measure_coverage([
    ...     Mention("a", "高企总数", "家"), Mention("a", "新建科普驿站", "处"),
    ...     Mention("b", "科普驿站", "处"), Mention("b", "总数", "家"), Mention("b", "全市蜂群", "箱"),
    ... ])
    >>> found.share, found.indicators
    (0.6, {'science_bases': 2, 'hightech_enterprises': 1})
    >>> [(one.head, one.reports) for one in found.misses], {str(miss): count for miss, count in found.missed.items()}
    ([('蜂群', 1)], {'bare': 1, 'unknown': 1})
    """
    indicators: Counter[str] = Counter()
    missed: Counter[Miss] = Counter()
    groups: dict[str, _Group] = {}
    reports = total = 0
    last = None
    for mention in mentions:
        total += 1
        reports += mention.report != last
        last = mention.report
        found = explain_match(mention.metric, mention.unit)
        if found.match is not None:
            indicators[found.match.id] += 1
            continue
        if found.meanings:
            missed[Miss.SHARED if found.fitting else Miss.UNIT] += 1
        elif is_bare(mention.metric):
            missed[Miss.BARE] += 1
        else:
            missed[Miss.UNKNOWN] += 1
            _add(groups.setdefault(head_of(mention.metric), _Group()), mention)
    return Coverage(
        reports=reports,
        mentions=total,
        matched=indicators.total(),
        indicators=dict(indicators.most_common()),
        missed=dict(missed.most_common()),
        misses=_rank_misses(groups, limit),
    )


def _add(group: _Group, mention: Mention) -> None:
    group.reports += mention.report != group.last_report
    group.last_report = mention.report
    group.metrics[mention.metric] += 1
    if mention.unit is not None:
        group.units[mention.unit] += 1


def _rank_misses(groups: dict[str, _Group], limit: int) -> tuple[MissedGroup, ...]:
    ranked = sorted(groups.items(), key=lambda item: (-item[1].reports, -item[1].metrics.total(), item[0]))
    return tuple(
        MissedGroup(
            head=head,
            reports=group.reports,
            mentions=group.metrics.total(),
            metrics=tuple(metric for metric, _ in group.metrics.most_common(_EXAMPLES)),
            units=tuple(unit for unit, _ in group.units.most_common(_EXAMPLES)),
            nearest=next(iter(rank_candidates(head, 1)), None),
        )
        for head, group in ranked[:limit]
    )
