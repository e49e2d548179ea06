"""Krippendorff's alpha for names: agreement of any number of annotators, chance taken out, gaps allowed.

Source: K. Krippendorff, Content Analysis (2004), chapter 11: alpha is 1 − observed / expected disagreement, from the matrix of
coincidences, to which a unit with m values gives each pair of them 1 / (m − 1).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

Value = Hashable


def count_units(units: Iterable[Sequence[Value]]) -> Counter[tuple[Value, ...]]:
    """Count units by the values that the annotators gave them: characters come in tens of thousands and few kinds."""
    return Counter(tuple(unit) for unit in units)


def nominal_alpha(units: Mapping[tuple[Value, ...], int]) -> float | None:
    """Give alpha.

    Parameters
    ----------
    units
        How often each row of values occurs, one value for each annotator who has seen the unit; rows of one value alone
        say nothing of agreement and are left out.

    Returns
    -------
    float or None
        None where nothing can disagree: no unit of two values, or one value throughout.

    Examples
    --------
    >>> nominal_alpha(count_units([("实", "实"), ("实", "虚"), ("虚", "虚"), ("虚", "虚")])) # doctest: +ELLIPSIS
    0.533...
    """
    coincidences: dict[tuple[Value, Value], float] = defaultdict(float)
    for row, times in units.items():
        if len(row) < 2:
            continue
        held = Counter(row)
        for one, ones in held.items():
            for other, others in held.items():
                pairs = ones * (others - (one == other))
                coincidences[one, other] += times * pairs / (len(row) - 1)
    totals: dict[Value, float] = defaultdict(float)
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    size = sum(totals.values())
    expected = size * size - sum(total * total for total in totals.values())
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (size - 1) * observed / expected
