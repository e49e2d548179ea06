"""The words that every report of an evaluation uses: what is counted, and how numbers are written."""

from __future__ import annotations

from collections.abc import Sequence

from zhibiao.evaluation.harness import SLOT_GIVEN_LAYER, SLOT_LAYER
from zhibiao.evaluation.mistakes import MistakeKind
from zhibiao.evaluation.outcomes import Layer
from zhibiao.evaluation.record import Record
from zhibiao.scoring.intervals import FEWEST_ITEMS, FEWEST_REPORTS

# When an item of a layer, or a slot, counts as right.
LAYER_MEANINGS = {
    str(Layer.ENTITIES): "label and both ends of the span are right",
    str(Layer.ENTITIES_OVERLAP): "the label is right and the spans share a character",
    str(Layer.RELATIONS_GIVEN): "the system links the spans of the gold: what linking alone costs",
    str(Layer.RELATIONS): "label and both spans are exactly right",
    str(Layer.RELATIONS_RELAXED): "the label is right, both spans share a character with the gold's",
    str(Layer.FACTS_LOCATED): "kind is right, METRIC and figure share a character with the gold's",
    str(Layer.FACTS): "the METRICs share a character; kind, normalised value and unit (or rank) are right",
    SLOT_LAYER: "share of the facts found whose slot is right, of those where a person stated it",
    SLOT_GIVEN_LAYER: "the same, read off the spans and relations of the gold: what the fact builder alone costs",
}
# Their lines are shares: what was found is what was asked for.
SLOT_LAYERS = (SLOT_LAYER, SLOT_GIVEN_LAYER)
KIND_MEANINGS = {
    str(MistakeKind.MISSED): "a span of the gold that the system has nothing for",
    str(MistakeKind.SPURIOUS): "a span that the gold has nothing for",
    str(MistakeKind.WRONG_LABEL): "the spans share a character, their labels differ",
    str(MistakeKind.LEFT): "the label is right, the start is not",
    str(MistakeKind.RIGHT): "the label is right, the end is not",
    str(MistakeKind.BOTH): "the label is right, start and end are not",
    str(MistakeKind.WRONG_LINK): "the figure is linked to another span, or under another label",
    str(MistakeKind.MISSED_LINK): "both spans are there, the relation is not",
    str(MistakeKind.SPURIOUS_LINK): "a relation that the gold has nothing for",
    str(MistakeKind.SPAN_LACKING): "a span that the relation needs was not found",
    str(MistakeKind.SPAN_MOVED): "the relation is right but for the ends of its spans",
}
TOO_FEW = "too few to say"
NOTHING = "–"
FEW_EXPLAINED = (
    f"Intervals are drawn by report. With fewer than {FEWEST_ITEMS} gold items the counts stand in the place of a score; with so few, or "
    f"with fewer than {FEWEST_REPORTS} reports that hold any, there is no interval."
)
RELIABILITY_EXPLAINED = "Of what is found with a confidence of 0.8, eight of ten should be right; the error is the expected calibration error. Figures are found by rules, which are always sure."
SIGNIFICANT = 0.05


def say_score(counts: Record, measure: str = "f1") -> str:
    """Write a precision, recall or F1; of fewer than 20 gold items the counts, since decimals would lie.

    Examples
    --------
    >>> say_score({"matched": 18, "reference": 20, "predicted": 24, "f1": 18 / 22})
    '0.818'
    >>> say_score({"matched": 3, "reference": 7, "predicted": 8, "precision": 3 / 8}, "precision")
    '3 of 8'
    >>> say_score({"matched": 0, "reference": 0, "predicted": 0, "f1": None})
    '–'
    """
    value = counts[measure]
    # Of nothing to find, what was made up has no F1 worth the name; the counts beside it say how much that is.
    if value is None or (counts["reference"] == 0 and measure == "f1"):
        return NOTHING
    if counts["reference"] < FEWEST_ITEMS:
        return f"{counts['matched']} of {counts['predicted' if measure == 'precision' else 'reference']}"
    return f"{value:.3f}"


def say_interval(interval: Record | None, *, sign: bool = False) -> str:
    """Write the interval of a score, or with signs that of a difference.

    Examples
    --------
    >>> say_interval({"low": 0.8626, "high": 0.8924}), say_interval(None)
    ('0.863 to 0.892', 'too few to say')
    >>> say_interval({"low": -0.0311, "high": 0.0124}, sign=True)
    '−0.031 to +0.012'
    """
    if interval is None:
        return TOO_FEW
    low, high = (say_difference(interval[end]) if sign else f"{interval[end]:.3f}" for end in ("low", "high"))
    return f"{low} to {high}"


def say_difference(difference: float) -> str:
    """Write a difference with its sign.

    Examples
    --------
    >>> say_difference(0.0312), say_difference(-0.0312), say_difference(-0.0001)
    ('+0.031', '−0.031', '0.000')
    """
    written = f"{difference:+.3f}".replace("-", "−")
    return written if any(digit in written for digit in "123456789") else "0.000"


def say_p_value(p_value: float | None) -> str:
    """Write a p-value.

    Examples
    --------
    >>> say_p_value(0.0342), say_p_value(0.0001), say_p_value(None)
    ('0.034', '< 0.001', '–')
    """
    if p_value is None:
        return NOTHING
    return "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"


def name_systems(record: Record) -> tuple[str, str]:
    """Name the two systems; two of one name are told apart by the hash of their model."""
    first, second = record["signature"], record["against"]
    if first["system"] != second["system"]:
        return first["system"], second["system"]
    return f"{first['system']} ({first['model']})", f"{second['system']} ({second['model']})"


def judge(difference: Record, systems: tuple[str, str]) -> str:
    """Say which of two systems is better on one line of the table.

    Examples
    --------
    >>> judge({"difference": 0.03, "p_value": 0.004}, ("rules", "crf"))
    'crf is better'
    >>> judge({"difference": -0.03, "p_value": 0.3}, ("rules", "crf"))
    'no clear difference'
    """
    if difference["p_value"] is None:
        return TOO_FEW
    if difference["p_value"] >= SIGNIFICANT:
        return "no clear difference"
    return f"{systems[difference['difference'] > 0]} is better"


def say_chance(differences: Sequence[Record]) -> str:
    """Say how many of the comparisons chance alone would call better.

    Examples
    --------
    >>> say_chance([{"p_value": 0.5}] * 40)
    '40 lines are tested: if nothing differed, about 2 of them would still have p < 0.05.'
    """
    tested = sum(one["p_value"] is not None for one in differences)
    if not tested:
        return "There are too few reports to test any line."
    return f"{tested} lines are tested: if nothing differed, about {tested * SIGNIFICANT:.0f} of them would still have p < {SIGNIFICANT}."


def explain_kind(kind: str) -> str:
    """Say in one line what a kind of mistake is.

    Examples
    --------
    >>> explain_kind("boundary left")
    'the label is right, the start is not'
    >>> explain_kind("wrong period")
    "the fact is there, its period is not the gold's"
    """
    return KIND_MEANINGS.get(kind) or f"the fact is there, its {kind.removeprefix('wrong ')} is not the gold's"


def say_detail(mistake: Record) -> str:
    """Say what a mistake's detail means.

    Examples
    --------
    >>> say_detail({"kind": "wrong period", "detail": "2021, not 2022"})
    'should be 2021, not 2022'
    >>> say_detail({"kind": "wrong label", "detail": "as ORG"}), say_detail({"kind": "missed", "detail": ""})
    ('predicted as ORG', '')
    """
    if not mistake["detail"]:
        return ""
    return f"{'predicted' if mistake['kind'] in KIND_MEANINGS else 'should be'} {mistake['detail']}"
