"""What people changed in the suggestions, by rule and label: which rule to mend first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhibiao.annotation.history import Change


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What became of the suggestions of a rule, function or model under one label; ``kept`` of how many ``suggested``."""

    rule: str
    label: str
    suggested: int
    kept: int
    moved: int
    relabelled: int
    removed: int

    @property
    def share_kept(self) -> float:
        """How many of the suggestions people left as they were."""
        return self.kept / self.suggested


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of suggestions, the most changed first, and what was added, by label."""

    rules: tuple[RuleChanges, ...]
    added: Mapping[str, int]


def count_changes(history: Iterable[Mapping[str, Any]]) -> Changes:
    """Count the events of a history; a suggestion that several rules stand behind counts for each of them.

    Examples
    --------
    >>> kept = {"change": "kept", "label": "METRIC", "was": None, "suggested_by": ["rules"]}
    >>> moved = {"change": "moved", "label": "METRIC", "was": "全市高企总数", "suggested_by": ["rules"]}
    >>> [(one.rule, one.label, one.kept, one.moved) for one in count_changes([kept, moved]).rules]
    [('rules', 'METRIC', 1, 1)]
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    added: Counter[str] = Counter()
    for event in history:
        change = event["change"]
        if change == Change.ADDED:
            added[event["label"]] += 1
            continue
        # a relabelled one was suggested under its old label
        label = event["was"] if change == Change.RELABELLED else event["label"]
        for rule in event["suggested_by"] or ("?",):
            counts[rule, label][change] += 1
    rows = [
        RuleChanges(
            rule,
            label,
            suggested=count.total(),
            kept=count[Change.KEPT],
            moved=count[Change.MOVED],
            relabelled=count[Change.RELABELLED],
            removed=count[Change.REMOVED],
        )
        for (rule, label), count in counts.items()
    ]
    rows.sort(key=lambda row: (row.kept - row.suggested, row.rule, row.label))
    return Changes(tuple(rows), dict(added))
