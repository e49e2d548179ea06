"""Labelling functions: what they are, how they are written, where they are found.

A labelling function looks at one sentence and votes: *for* a span or a relation, or *against* it. No vote is abstention. It is a plain
function with a decorator; the cases are one line each, and all of them run as tests (see `zhibiao.weak.cases`)::

    @span_function(
        EntityLabel.AMOUNT,
        match="新增⟦5家⟧平台",
        against="⟦2021年⟧新增平台",
        abstain="新增平台",
    )
    def amount_count(sentence: SentenceView) -> Iterator[SpanVote]:
        ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from zhibiao import registry
from zhibiao.errors import CatalogError
from zhibiao.labels import EntityLabel, RelationLabel

if TYPE_CHECKING:
    from zhibiao.weak.views import PairsView, SentenceView

# The modules whose functions belong to zhibiao; importing one registers its functions.
OWN_VOTERS = ("figures", "metrics", "segmentation", "organisations", "gazetteers", "neural", "relations", "holders")


class SpanVote(NamedTuple):
    """A vote on ``[start, end)`` of a sentence: for the function's label, or against it on that range and inside it."""

    start: int
    end: int
    against: bool = False


class PairVote(NamedTuple):
    """A vote on a pair of spans, given by their places in the view's list; ``label`` None votes for no relation."""

    head: int
    child: int
    label: RelationLabel | None


@dataclass(frozen=True, slots=True)
class Cases:
    """One-line examples, which run as tests.

    For spans, what is in ``⟦ ⟧`` is voted for (``match``) or against (``against``), and nothing else is. For relations, spans are written
    ``⟦M1:高企总数⟧`` and votes behind ``|``: ``M1 A2 value; M1 A3 none``. In ``abstain`` nothing is voted on.
    """

    match: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanFunction:
    """A function that votes on spans of one label.

    Parameters
    ----------
    name
        Unique; it begins with what it votes on: ``amount_traps``.
    label
        The label it votes for or against.
    vote
        From a sentence to votes, with offsets into the sentence.
    cases
        Its examples.
    slow
        It reads fewer than 40,000 characters a second, and is left out where nobody asks for it.
    needs
        A sentence with none of these characters is not shown to it: it would abstain. Empty shows it every sentence.
    about
        What it does, in a line.
    """

    name: str
    label: EntityLabel
    vote: Callable[[SentenceView], Iterable[SpanVote]]
    cases: Cases
    slow: bool = False
    needs: frozenset[str] = frozenset()
    about: str = ""


@dataclass(frozen=True, slots=True)
class PairFunction:
    """A function that votes on relations between the spans of a sentence; ``labels`` are those it may vote for."""

    name: str
    labels: frozenset[RelationLabel]
    vote: Callable[[PairsView], Iterable[PairVote]]
    cases: Cases
    slow: bool = False
    needs: frozenset[str] = frozenset()
    about: str = ""


LabellingFunction = SpanFunction | PairFunction
_Function = TypeVar("_Function", SpanFunction, PairFunction)


def span_function(
    label: EntityLabel,
    *,
    match: str | Sequence[str] = (),
    against: str | Sequence[str] = (),
    abstain: str | Sequence[str] = (),
    slow: bool = False,
    needs: str = "",
) -> Callable[[Callable[[SentenceView], Iterable[SpanVote]]], SpanFunction]:
    """Make a function a labelling function for spans and register it under its name."""
    cases = Cases(_lines(match), _lines(against), _lines(abstain))

    def register(vote: Callable[[SentenceView], Iterable[SpanVote]]) -> SpanFunction:
        return add_function(
            SpanFunction(vote.__name__, label, vote, cases, slow, frozenset(needs), _first_line(vote.__doc__))
        )

    return register


def pair_function(
    *labels: RelationLabel,
    match: str | Sequence[str] = (),
    against: str | Sequence[str] = (),
    abstain: str | Sequence[str] = (),
    needs: str = "",
) -> Callable[[Callable[[PairsView], Iterable[PairVote]]], PairFunction]:
    """Make a function a labelling function for relations and register it under its name."""
    cases = Cases(_lines(match), _lines(against), _lines(abstain))

    def register(vote: Callable[[PairsView], Iterable[PairVote]]) -> PairFunction:
        return add_function(
            PairFunction(
                vote.__name__,
                frozenset(labels),
                vote,
                cases,
                needs=frozenset(needs),
                about=_first_line(vote.__doc__),
            )
        )

    return register


def add_function(function: _Function) -> _Function:
    """Register a labelling function under its name."""
    registry.labelling_functions.register(function.name, func=function)
    return function


def load_functions(*, slow: bool = False) -> tuple[LabellingFunction, ...]:
    """Load the labelling functions: zhibiao's own, its pattern rows, and what other packages add, in the order of names.

    Parameters
    ----------
    slow
        Load the slow ones too: the neural tagger.

    Raises
    ------
    CatalogError
        If an entry point gives something else, or two functions have one name.

    Examples
    --------
    >>> {"amount_grammar", "org_suffix", "links_rules"} <= {function.name for function in load_functions()}
    True
    """
    # here, not at the top: patterns imports this module
    from zhibiao.weak.patterns import own_patterns  # noqa: PLC0415

    for module in OWN_VOTERS:
        import_module(f"zhibiao.weak.voters.{module}")
    found: list[LabellingFunction] = list(own_patterns())
    for name, entry in registry.labelling_functions.get_all().items():
        found += _as_functions(name, entry)
    return check_names(function for function in found if slow or not function.slow)


def check_names(functions: Iterable[LabellingFunction]) -> tuple[LabellingFunction, ...]:
    """Put functions in the order of their names.

    Raises
    ------
    CatalogError
        If two have the same name.

    Examples
    --------
    >>> one = SpanFunction("org_大学", EntityLabel.ORG, lambda sentence: (), Cases())
    >>> [function.name for function in check_names([one, one])]
    ['org_大学']
    """
    by_name: dict[str, LabellingFunction] = {}
    for function in functions:
        if by_name.setdefault(function.name, function) is not function:
            raise CatalogError(f"two labelling functions are called {function.name}: rename one")
    return tuple(by_name[name] for name in sorted(by_name))


def _as_functions(name: str, entry: Any) -> list[LabellingFunction]:
    functions = list(entry) if isinstance(entry, tuple | list) else [entry]
    if not all(isinstance(function, SpanFunction | PairFunction) for function in functions):
        raise CatalogError(
            f"labelling function {name!r}: the entry point gives no labelling function, nor a tuple of them"
        )
    return functions


def _first_line(words: str | None) -> str:
    return (words or "").strip().partition("\n")[0]


def _lines(cases: str | Sequence[str]) -> tuple[str, ...]:
    return (cases,) if isinstance(cases, str) else tuple(cases)
