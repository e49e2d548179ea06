"""Settling differences question by question; decisions are kept, so that the dialogue can be broken off at any place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from zhibiao.annotation.rounds import Round
from zhibiao.annotation.settle import Choice, Difference, settle_report
from zhibiao.corpus.gold import GoldReport, write_gold
from zhibiao.errors import InputError
from zhibiao.formats.jsonl import make_json_line, write_lines

Pair = tuple[str, str]
Annotated = Mapping[str, Mapping[str, GoldReport]]
# Takes a question in words and the choices; gives one of them, None for later, or raises `Stopped`.
Ask = Callable[[str, Difference], Choice | None]
DECISIONS = "decisions.jsonl"
AROUND = 30


class Stopped(Exception):  # noqa: N818 - not an error: whoever answers has had enough for today
    """Whoever answers ends the dialogue."""


@dataclass(frozen=True, slots=True)
class SettleSummary:
    """The gold that was written, and the reports that stay open."""

    gold: tuple[Path, ...]
    open: tuple[str, ...]


def choose_pair(annotated: Annotated, first: str | None = None, second: str | None = None) -> Pair:
    """Choose whose differences are settled: those named, else the two with most reports in common.

    Raises
    ------
    InputError
        If nothing was pulled from somebody, or no two have a report in common.
    """
    named = [name for name in (first, second) if name is not None]
    for name in named:
        if name not in annotated:
            raise InputError("nothing was pulled from this annotator", where=name)
    common = {
        pair: len(annotated[pair[0]].keys() & annotated[pair[1]].keys())
        for pair in combinations(sorted(annotated), 2)
        if set(named) <= set(pair)
    }
    best = max(common, key=lambda pair: common[pair], default=None)
    if best is None or not common[best]:
        raise InputError("no report was annotated by both: push with --double, and pull")
    return best if not named or best[0] == named[0] else (best[1], best[0])


def settle_round(folder: Round, annotated: Annotated, pair: Pair, target: Path, ask: Ask) -> SettleSummary:
    """Ask about each difference of two annotators, and write what is settled as gold.

    Parameters
    ----------
    folder
        The round, where decisions are kept.
    annotated
        Gold candidates by annotator and report.
    pair
        The two annotators.
    target
        Folder for the gold.
    ask
        Who decides.
    """
    first, second = annotated[pair[0]], annotated[pair[1]]
    decisions = _Decisions(folder.folder / DECISIONS, pair)
    asking = True
    written: list[Path] = []
    left: list[str] = []
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted(first.keys() & second.keys()):
        if asking:
            try:
                _ask_all(first[name], second[name], decisions, pair, ask)
            except Stopped:
                asking = False
        gold = settle_report(first[name], second[name], decisions.choices).gold
        if gold is None:
            left.append(name)
        else:
            written.append(write_gold(gold, target))
    return SettleSummary(tuple(written), tuple(left))


def _ask_all(first: GoldReport, second: GoldReport, decisions: _Decisions, pair: Pair, ask: Ask) -> None:
    """Ask what is open; decisions on spans open questions on relations, and those on facts."""
    skipped: set[str] = set()
    while True:
        open_ = settle_report(first, second, decisions.choices).open
        questions = [difference for difference in open_ if difference.key not in skipped]
        if not questions:
            return
        for difference in questions:
            choice = ask(put_question(first.text, difference, pair), difference)
            if choice is None:
                skipped.add(difference.key)
            else:
                decisions.add(difference, choice)


def put_question(text: str, difference: Difference, pair: Pair) -> str:
    """Put a difference into words.

    Examples
    --------
    >>> one = Difference("a-0", "span", "", 2, 6, ("METRIC 高企总数",), ("METRIC 总数",), (Choice.FIRST, Choice.SECOND))
    >>> print(put_question("全市高企总数达125家。", one, ("安娜", "波")))
    a-0, span: …全市⟦高企总数⟧达125家。…
      1  安娜: METRIC 高企总数
      2  波: METRIC 总数
    """
    before, after = text[max(0, difference.start - AROUND) : difference.start], text[difference.end :][:AROUND]
    lines = [f"{difference.report_id}, {difference.kind}: …{before}⟦{text[difference.start : difference.end]}⟧{after}…"]
    sides = zip(pair, (difference.first, difference.second), strict=True)
    lines += [f"  {number}  {name}: {'; '.join(said) or '–'}" for number, (name, said) in enumerate(sides, 1)]
    return "\n".join(lines)


class _Decisions:
    """What was decided, in memory and in the round's folder."""

    def __init__(self, path: Path, pair: Pair) -> None:
        self._path, self._pair = path, pair
        self._lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        records = [json.loads(line) for line in self._lines]
        self.choices = {record["key"]: Choice(record["choice"]) for record in records}

    def add(self, difference: Difference, choice: Choice) -> None:
        """Keep a decision."""
        sides = dict(zip(self._pair, (list(difference.first), list(difference.second)), strict=True))
        record = {"report_id": difference.report_id, "key": difference.key, "choice": str(choice), "sides": sides}
        self._lines.append(make_json_line(record))
        write_lines(self._lines, self._path)
        self.choices[difference.key] = choice
