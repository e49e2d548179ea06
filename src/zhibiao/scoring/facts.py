"""Facts of two annotations of one text: paired by what they measure and say, then compared slot by slot."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from zhibiao.labels import FactKind
from zhibiao.records import Fact
from zhibiao.scoring.counts import Counts
from zhibiao.scoring.matching import Pair, pair_touching

# What a fact says besides its value, in the order of the annotation standard's table.
SLOTS = (
    "value",
    "unit",
    "approx",
    "rank",
    "scope",
    "direction",
    "status",
    "period",
    "aspect",
    "holder",
    "indicator",
)


@dataclass(frozen=True, slots=True)
class FactReading:
    """What one side says of a METRIC and a figure.

    Parameters
    ----------
    metric, figure
        Their spans, ``(start, end)``.
    kind
        value, change or rank.
    slots
        What is said, by the names in :data:`SLOTS`. A slot that does not apply to the kind is absent.
    checked
        The slots that a person has stated; only these are scored. The others are what the fact builder reads off the
        person's spans and relations.
    """

    metric: tuple[int, int]
    figure: tuple[int, int]
    kind: FactKind
    slots: Mapping[str, Hashable]
    checked: frozenset[str] = field(default=frozenset(SLOTS))

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The ends of both spans."""
        return (*self.metric, *self.figure)


def read_fact(fact: Fact) -> FactReading:
    """Read a fact's slots.

    Holders are compared by their region's code where they have one, since 宁国市 and 全市 may mean the same.
    """
    slots: dict[str, Hashable] = {
        "status": fact.status,
        "period": fact.period,
        "aspect": fact.aspect,
        "holder": fact.holder_code or fact.holder,
        "indicator": fact.indicator,
    }
    if fact.kind is FactKind.RANK:
        slots |= {"rank": (fact.rank_low, fact.rank_high, fact.rank_kind), "scope": fact.scope}
    else:
        slots |= {"value": (fact.value_low, fact.value_high), "unit": fact.unit, "approx": fact.approx}
    if fact.kind is FactKind.CHANGE:
        slots["direction"] = fact.direction
    return FactReading((fact.metric_start, fact.metric_end), (fact.figure_start, fact.figure_end), fact.kind, slots)


def pair_located(reference: Sequence[FactReading], predicted: Sequence[FactReading]) -> list[Pair]:
    """Pair facts of one kind whose METRICs and figures overlap, whatever they say."""
    return pair_touching(
        [fact.key for fact in reference],
        [fact.key for fact in predicted],
        fits=lambda i, j: reference[i].kind is predicted[j].kind,
    )


def pair_facts(reference: Sequence[FactReading], predicted: Sequence[FactReading]) -> list[Pair]:
    """Pair facts end to end: the METRICs overlap, and kind, normalised value and unit (or rank) are right."""
    return pair_touching(
        [fact.metric for fact in reference],
        [fact.metric for fact in predicted],
        fits=lambda i, j: _say_the_same(reference[i], predicted[j]),
    )


def count_slots(pairs: Sequence[tuple[FactReading, FactReading]]) -> dict[str, Counts]:
    """Count for each slot in how many pairs of a reference and a predicted fact it is equal.

    An indicator is counted where a side names one, since most METRICs have none: recall is the share right of those that are
    in the catalogue, precision the share right of those named.

    Examples
    --------
    >>> one = FactReading((0, 4), (5, 9), FactKind.VALUE, {"unit": "家", "period": "2021"}, frozenset({"unit", "period"}))
    >>> other = FactReading((0, 4), (5, 9), FactKind.VALUE, {"unit": "家", "period": "2022"})
    >>> {slot: counts.f1 for slot, counts in count_slots([(one, other)]).items() if counts.reference}
    {'unit': 1.0, 'period': 0.0}
    """
    counts: dict[str, Counts] = {}
    for slot in SLOTS:
        asked = [(ours, theirs) for ours, theirs in pairs if slot in ours.checked and slot in ours.slots]
        said = [(ours.slots[slot], theirs.slots.get(slot)) for ours, theirs in asked]
        if slot == "indicator":
            named = [(one is not None, other is not None, one == other) for one, other in said]
            ours_named, theirs_named = sum(one for one, _, _ in named), sum(other for _, other, _ in named)
            counts[slot] = Counts(sum(one and same for one, _, same in named), ours_named, theirs_named)
        else:
            counts[slot] = Counts(sum(one == other for one, other in said), len(said), len(said))
    return counts


def _say_the_same(one: FactReading, other: FactReading) -> bool:
    slots = ("rank",) if one.kind is FactKind.RANK else ("value", "unit")
    return one.kind is other.kind and all(one.slots[slot] == other.slots[slot] for slot in slots)
