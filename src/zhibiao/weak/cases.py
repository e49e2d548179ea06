"""The one-line cases of a labelling function, run: a function's author sees at once whether it does what its lines say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhibiao.corpus.marks import read_marked
from zhibiao.errors import CatalogError
from zhibiao.labels import RelationLabel
from zhibiao.rules.spans import LabelledSpan
from zhibiao.weak.functions import LabellingFunction, PairFunction, SpanFunction
from zhibiao.weak.views import PairsView, ReportView, SentenceView

_MARK = re.compile("⟦([^⟦⟧]*)⟧")
_NAME = re.compile(r"⟦([OMAR]\d+):")
_WORDS = {
    "value": RelationLabel.HAS_VALUE,
    "change": RelationLabel.HAS_CHANGE,
    "rank": RelationLabel.HAS_RANK,
    "held": RelationLabel.HELD_BY,
    "none": None,
}


def check_cases(function: LabellingFunction) -> list[str]:
    r"""Run the cases of a function; give one line for each that fails, with what was expected and what came.

    Raises
    ------
    CatalogError
        If a case cannot be read.

    Examples
    --------
    >>> from zhibiao.weak.patterns import parse_patterns
    >>> row = '[amount_x]\nlabel = "AMOUNT"\npattern = "[0-9]+家"\nmatch = "新增⟦5家⟧"\nabstain = "新增3家"'
    >>> check_cases(parse_patterns(row, where="x")[0])
    ['amount_x: abstain: 新增3家: voted for 3家']
    """
    if isinstance(function, PairFunction):
        return [problem for line in _pair_lines(function) for problem in _check_pairs(function, *line)]
    checks = [
        *((line, "match") for line in function.cases.match),
        *((line, "against") for line in function.cases.against),
        *((line, "abstain") for line in function.cases.abstain),
    ]
    return [problem for line, kind in checks for problem in _check_spans(function, line, kind)]


def _check_spans(function: SpanFunction, line: str, kind: str) -> list[str]:
    marked = [match.group(1) for match in _MARK.finditer(line)]
    if bool(marked) != (kind != "abstain"):
        raise CatalogError(f"{function.name}: {kind}: {line}: marks ⟦ ⟧ stand in match and against, and not in abstain")
    spans, text = _read_spans(line)
    if spans and _is_passed_over(function, text):
        return [f"{function.name}: {kind}: {line}: has none of the characters it needs"]
    voted = {(vote.start, vote.end): vote.against for vote in function.vote(_one_sentence(text))}
    wrong = [
        f"voted {'against' if against else 'for'} {text[slice(*span)]}"
        for span, against in sorted(voted.items())
        if span not in spans or against != (kind == "against")
    ]
    wrong += [f"no vote on {text[slice(*span)]}" for span in sorted(spans - set(voted))]
    return [f"{function.name}: {kind}: {line}: {problem}" for problem in wrong]


def _read_spans(line: str) -> tuple[set[tuple[int, int]], str]:
    spans: set[tuple[int, int]] = set()
    pieces: list[str] = []
    length = cursor = 0
    for match in _MARK.finditer(line):
        length += match.start() - cursor
        pieces += (line[cursor : match.start()], match.group(1))
        spans.add((length, length + len(match.group(1))))
        length += len(match.group(1))
        cursor = match.end()
    return spans, "".join([*pieces, line[cursor:]])


def _pair_lines(function: PairFunction) -> Iterable[tuple[str, str]]:
    for kind in ("match", "against", "abstain"):
        for line in getattr(function.cases, kind):
            yield kind, line


def _check_pairs(function: PairFunction, kind: str, line: str) -> list[str]:
    body, _, arcs = line.partition(" | ")
    marked = read_marked(body, where=function.name)
    names = [match.group(1) for match in _NAME.finditer(body)]
    spans = [LabelledSpan(entity.start, entity.end, entity.label) for entity in marked.entities]
    expected = _read_arcs(function.name, arcs, dict(zip(names, spans, strict=True)))
    if bool(expected) == (kind == "abstain"):
        raise CatalogError(
            f"{function.name}: {kind}: {line}: votes stand behind | in match and against, not in abstain"
        )
    if expected and _is_passed_over(function, marked.text):
        return [f"{function.name}: {kind}: {line}: has none of the characters it needs"]
    view = PairsView(_one_sentence(marked.text), spans)
    voted = {(view.spans[vote.head], view.spans[vote.child]): vote.label for vote in function.vote(view)}
    wrong = [
        f"voted {label or 'none'} on {view.words_of(pair[0])} → {view.words_of(pair[1])}"
        for pair, label in sorted(voted.items(), key=lambda item: item[0])
        if pair not in expected or expected[pair] != label
    ]
    wrong += [
        f"no vote on {view.words_of(pair[0])} → {view.words_of(pair[1])}" for pair in expected if pair not in voted
    ]
    return [f"{function.name}: {kind}: {line}: {problem}" for problem in wrong]


def _read_arcs(
    name: str, arcs: str, spans: dict[str, LabelledSpan]
) -> dict[tuple[LabelledSpan, LabelledSpan], RelationLabel | None]:
    found = {}
    for arc in filter(None, map(str.strip, arcs.split(";"))):
        try:
            head, child, word = arc.split()
            found[spans[head], spans[child]] = _WORDS[word]
        except (ValueError, KeyError):
            raise CatalogError(
                f"{name}: expected 'HEAD CHILD value|change|rank|held|none' of marks in the line, found: {arc}"
            ) from None
    return found


def _is_passed_over(function: LabellingFunction, text: str) -> bool:
    return bool(function.needs) and function.needs.isdisjoint(text)


def _one_sentence(text: str) -> SentenceView:
    return SentenceView(ReportView(text, [(0, len(text))]), 0, len(text))
