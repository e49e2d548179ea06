"""Spans as one tag per element, and back: B begins, I goes on, E ends, S is a span of one, O is outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

OUTSIDE = "O"
# A range of elements and its label.
Tagged = tuple[int, int, str]


def tags_of(labels: Iterable[str]) -> tuple[str, ...]:
    """Give all tags of some labels.

    Examples
    --------
    >>> tags_of(["ORG"])
    ('O', 'B-ORG', 'I-ORG', 'E-ORG', 'S-ORG')
    """
    return (OUTSIDE, *(f"{kind}-{label}" for label in labels for kind in "BIES"))


def can_begin(tag: str) -> bool:
    """Tell whether a sequence can begin with a tag."""
    return tag[0] in "OBS"


def can_end(tag: str) -> bool:
    """Tell whether a sequence can end with a tag."""
    return tag[0] in "OES"


def can_follow(first: str, second: str) -> bool:
    """Tell whether a tag can stand behind another.

    Examples
    --------
    >>> can_follow("B-ORG", "E-ORG"), can_follow("B-ORG", "E-METRIC"), can_follow("O", "I-ORG")
    (True, False, False)
    """
    return first[1:] == second[1:] and second[0] in "IE" if first[0] in "BI" else can_begin(second)


def span_tags(first: int, last: int, label: str) -> list[str]:
    """Give the tags of one span.

    Examples
    --------
    >>> span_tags(2, 5, "METRIC"), span_tags(0, 1, "ORG")
    (['B-METRIC', 'I-METRIC', 'E-METRIC'], ['S-ORG'])
    """
    if last - first == 1:
        return [f"S-{label}"]
    return [f"B-{label}", *[f"I-{label}"] * (last - first - 2), f"E-{label}"]


def read_tags(tags: Sequence[str]) -> list[Tagged]:
    """Read the spans off tags; a sequence that no span writes (B without its E) gives none.

    Examples
    --------
    >>> read_tags(["S-ORG", "O", "B-METRIC", "I-METRIC", "E-METRIC"])
    [(0, 1, 'ORG'), (2, 5, 'METRIC')]
    >>> read_tags(["B-ORG", "O", "E-ORG"])
    []
    """
    spans: list[Tagged] = []
    begin: int | None = None
    for place, tag in enumerate(tags):
        kind, label = tag[0], tag[2:]
        if begin is not None and (kind not in "IE" or tags[begin][2:] != label):
            begin = None
        if kind == "S":
            spans.append((place, place + 1, label))
        elif kind == "B":
            begin = place
        elif kind == "E" and begin is not None:
            spans.append((begin, place + 1, label))
            begin = None
    return spans
