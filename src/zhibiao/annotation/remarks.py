"""What annotators write about a figure, in the words of a marked file: ``150家: target 2025``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhibiao.corpus.gold import GoldFact
from zhibiao.corpus.marks import DIVIDER, FactMark, read_marked
from zhibiao.labels import Approx, Aspect, Direction, FactStatus, RelationLabel

# A doubt is told to people; anything else without this form is talk.
DOUBT = ("?", "？")
_SAID = re.compile(r"^(?P<figure>[^:：]{1,60})[:：]\s*(?P<words>[a-z0-9=#].*)$")
_PERIOD = re.compile(r"null|\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_KINDS = {RelationLabel.HAS_VALUE: "value", RelationLabel.HAS_CHANGE: "change", RelationLabel.HAS_RANK: "rank"}
_NORMALISED = ("value_low", "value_high", "unit", "approx", "rank_low", "rank_high", "rank_kind", "scope")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line of a remark says of a figure: its text, alone or behind that of its METRIC, and the words."""

    figure: str
    words: tuple[str, ...]
    line: str


def read_remark(text: str) -> list[Said]:
    """Find the lines of a remark that speak of a figure.

    Examples
    --------
    >>> remark = chr(10).join(["150家：target 2025", "? 句首的“全市” → 不标"])
    >>> [(said.figure, said.words) for said in read_remark(remark)]
    [('150家', ('target', '2025'))]
    """
    found: list[Said] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped.startswith(DOUBT) and (match := _SAID.match(stripped)):
            found.append(Said(match["figure"].strip(), tuple(match["words"].split()), stripped))
    return found


def names_figure(said: Said, metric: str, figure: str) -> bool:
    """Tell whether a line speaks of a figure: by its text, or by its METRIC and its text where several say the same.

    Examples
    --------
    >>> said = Said("高企总数 150家", ("target",), "")
    >>> names_figure(said, "高企总数", "150家"), names_figure(said, "专利", "150家")
    (True, False)
    """
    return said.figure in (figure, f"{metric} {figure}", f"{metric}{figure}")


def has_words(words: Sequence[str]) -> bool:
    """Tell whether any word is one of a marked file: 附件: 2021年报告 is talk.

    Examples
    --------
    >>> has_words(["target", "20225"]), has_words(["2021年报告"])
    (True, False)
    """
    known = {str(one) for members in (FactStatus, Aspect, Direction, Approx) for one in members}
    return any(word in known or _PERIOD.fullmatch(word) or word[:1] in "=#" for word in words)


def apply_words(fact: GoldFact, label: RelationLabel, words: Sequence[str]) -> GoldFact:
    """Change what is said of a fact by the words of a remark.

    Raises
    ------
    InputError
        If a word is none of those of a marked file.

    Examples
    --------
    >>> fact = GoldFact(relation=0, status=FactStatus.ACTUAL, aspect=Aspect.LEVEL, period="2024")
    >>> changed = apply_words(fact, RelationLabel.HAS_VALUE, ["target", "2025"])
    >>> changed.status.value, changed.period
    ('target', '2025')
    """
    told = list(words)
    if label is RelationLabel.HAS_CHANGE and not set(told) & {str(one) for one in Direction}:
        told.append(str(fact.direction or Direction.UP))
    child = "R1" if label is RelationLabel.HAS_RANK else "A1"
    line = f"M0 {child} {_KINDS[label]} {' '.join(told)}"
    mark = read_marked(f"⟦M0:甲⟧⟦{child}:乙⟧\n{DIVIDER}\n{line}", where=" ".join(words)).facts[0]
    return fact.model_copy(update=_told(mark, words))


def _told(mark: FactMark, words: Sequence[str]) -> Mapping[str, object]:
    """Give the fields that the words speak of."""
    update: dict[str, object] = {}
    for word in words:
        for field, members in (("status", FactStatus), ("aspect", Aspect), ("direction", Direction)):
            if word in {str(member) for member in members}:
                update[field] = getattr(mark, field)
        if _PERIOD.fullmatch(word):
            update["period"] = mark.period
        if word[:1] in "=#" or word in {str(one) for one in Approx} or word.startswith(("unit:", "scope:")):
            update |= {name: value for name in _NORMALISED if (value := getattr(mark, name)) is not None}
        if word.startswith(("holder:", "indicator:")):
            update |= {"holder": mark.holder, "indicator": mark.indicator}
    return update


def is_doubt(text: str) -> bool:
    """Tell whether a remark asks something."""
    return any(line.strip().startswith(DOUBT) for line in text.splitlines())
