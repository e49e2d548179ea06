"""Who gets which report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhibiao.errors import InputError


@dataclass(frozen=True, slots=True)
class Share:
    """An annotator, and how much of the work is theirs, relative to the others."""

    annotator: str
    weight: float = 1.0


def parse_share(told: str) -> Share:
    """Read ``anna`` or ``anna=2``.

    Raises
    ------
    InputError
        If the name is no account name, or the weight no positive number.

    Examples
    --------
    >>> parse_share("安娜=2")
    Share(annotator='安娜', weight=2.0)
    """
    name, equals, weight = told.partition("=")
    try:
        share = Share(name.strip(), float(weight) if equals else 1.0)
    except ValueError:
        raise InputError(f"expected NAME or NAME=WEIGHT, found {told!r}") from None
    # The characters that Django allows in an account's name; it becomes the name of a folder too.
    if not share.annotator[:1].isalnum() or not all(c.isalnum() or c in "@.+-_" for c in share.annotator):
        raise InputError(f"no name of an account: {share.annotator!r}")
    if not 0 < share.weight < float("inf"):
        raise InputError(f"a share is a positive number, found {told!r}")
    return share


def assign(
    sizes: Mapping[str, int],
    shares: Sequence[Share],
    *,
    double: float = 0.0,
    taken: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Give each report to one annotator, or two, so that everyone's characters come near their share.

    Parameters
    ----------
    sizes
        Characters of each report, in the order of the work.
    shares
        The annotators.
    double
        The part of the reports that two annotators get, from 0 to 1.
    taken
        Reports with the annotators they have already; they keep them.

    Raises
    ------
    InputError
        If an annotator is named twice, or reports are to be annotated twice by one.

    Examples
    --------
    >>> assign({"a": 900, "b": 900, "c": 900}, [Share("安娜", 2), Share("波")])
    {'a': ('安娜',), 'b': ('波',), 'c': ('安娜',)}
    """
    names = [share.annotator for share in shares]
    if len(set(names)) != len(names) or not names:
        raise InputError(f"name each annotator once: {', '.join(names) or 'nobody'}")
    if not 0 <= double <= 1 or (double and len(names) < 2):
        raise InputError("a part of the reports from 0 to 1 can be annotated twice, by two annotators at least")
    taken = taken or {}
    load = dict.fromkeys(names, 0.0)
    given: dict[str, tuple[str, ...]] = {}
    twice = 0
    for number, (report_id, size) in enumerate(sizes.items(), 1):
        owners = tuple(taken.get(report_id, ()))
        wanted = 2 if twice < round(number * double) else 1
        if not owners:
            by_load = sorted(shares, key=lambda share: load[share.annotator] / share.weight)
            owners = tuple(share.annotator for share in by_load[:wanted])
        twice += len(owners) > 1
        given[report_id] = owners
        for owner in owners:
            load[owner] = load.get(owner, 0.0) + size
    return given
