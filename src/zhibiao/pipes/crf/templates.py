"""Groups of feature templates: a config names the groups, and leaving one out is an ablation.

A template is one or more places to look at, ``(track, distance)``, whose values together are one feature:
``(("organisation", -1), ("organisation", 0))`` tells whether a name that the rules find begins here. Its table of weights has a row for
each combination of values, so that no template takes more than one track with many of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhibiao.errors import ModelError
from zhibiao.pipes.crf.lexicons import LEXICONS

Template = tuple[tuple[str, int], ...]

# The pairs across either end of a span.
_EDGES = ((-1, 0), (0, 1))


def _at(track: str, *windows: tuple[int, ...]) -> tuple[Template, ...]:
    return tuple(tuple((track, distance) for distance in window) for window in windows)


def _with(first: str, *others: str) -> tuple[Template, ...]:
    return tuple(((first, 0), (other, 0)) for other in others)


def _edges(*tracks: str) -> tuple[Template, ...]:
    return tuple(template for track in tracks for template in _at(track, *_EDGES))


GROUPS: Mapping[str, tuple[Template, ...]] = {
    # 高企总数|达: which character, alone and in runs of two and three.
    "characters": (
        *_at("character", *((distance,) for distance in range(-3, 4))),
        *_at("pair", *((distance,) for distance in range(-2, 2))),
        *_at("split_pair", (-1,)),
        *_at("triple", *((distance,) for distance in range(-2, 1))),
    ),
    "digits": _at("digit", (-1,), (0,), (1,)),
    "kinds": (*_edges("kind"), *_at("kind", (-2,), (2,))),
    "lexicons": _edges(*LEXICONS),
    # Words on either side, told apart by where in its own word the element stands.
    "words": (
        *_edges("cut"),
        *_with("cut", "word", "word-1", "word+1", "word-2", "word+2", "part", "part-1", "part+1"),
    ),
    # What a neural tagger says of the words around; it is slow, and needs its package where the pipeline runs.
    "tagged": _at("tagged", (-2,), (-1,), (0,), (1,), (2,)),
    "figures": (*_edges("figure"), *_at("figure", (-2,), (2,)), *_at("gate", (0,))),
    "distances": (
        *_with("far_before", "far_behind", "unit_before"),
        *_with("far_behind", "unit_behind"),
        *_edges("side"),
    ),
    "names": _edges("organisation", "place"),
    "votes": (
        *_edges("metric", "left", "right", "core"),
        *_at("slot", (0,)),
        *_with("slot", "metric", "left", "right"),
        *_with("left", "right"),
    ),
}
# How far from its element a template looks.
FARTHEST = max(abs(distance) for templates in GROUPS.values() for template in templates for _, distance in template)


def templates_of(groups: Iterable[str]) -> tuple[Template, ...]:
    """Give the templates of some groups, each once, in the order of the groups.

    Raises
    ------
    ModelError
        If there is no such group.

    Examples
    --------
    >>> templates_of(["digits"])
    ((('digit', -1),), (('digit', 0),), (('digit', 1),))
    """
    chosen = list(groups)
    if unknown := sorted(set(chosen) - set(GROUPS)):
        raise ModelError(f"there are no features called {', '.join(unknown)}; choose among {', '.join(GROUPS)}")
    return tuple(dict.fromkeys(template for group in chosen for template in GROUPS[group]))
