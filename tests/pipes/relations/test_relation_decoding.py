from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.pipes.relations.decoding import decide
from zhibiao.pipes.relations.features import Description, metric_choices
from zhibiao.pipes.relations.frame import Frame, read_frame
from zhibiao.pipes.relations.relating import Askers, Least, relate
from zhibiao.rules.spans import LabelledSpan

LABELS = {"M": EntityLabel.METRIC, "A": EntityLabel.AMOUNT, "R": EntityLabel.RANK, "O": EntityLabel.ORG}


def frame_of(marked: str) -> Frame:
    """Read a text with spans as ``[M论文]``, one sentence."""
    text, spans = "", []
    for piece in marked.split("["):
        inside, bracket, behind = piece.partition("]")
        if bracket:
            spans.append(LabelledSpan(len(text), len(text) + len(inside) - 1, LABELS[inside[0]]))
            text += inside[1:] + behind
        else:
            text += piece
    return read_frame(text, [(0, len(text))], spans)


def chosen_metrics(frame: Frame, wanted: dict[tuple[str, str], float], least: float = 0.45) -> list[list[str]]:
    """Decide with given chances, by figure and METRIC (several as A+B); give the METRICs of each figure."""
    choices = metric_choices(frame)
    chances = np.zeros(len(choices))
    for row, (figure, target) in enumerate(zip(choices.figure, choices.target, strict=True)):
        key = text_of(frame, [frame.figures.spans[figure]]), text_of(frame, targets_of(frame, target))
        chances[row] = wanted.get(key, 0.0)
    decisions = decide(frame.figures, frame.metrics, choices, chances, least=least)
    return [
        [text_of(frame, [span]) for span in targets_of(frame, decisions.targets[number])]
        if number in decisions.targets
        else []
        for number in range(len(frame.figures))
    ]


def targets_of(frame: Frame, target: int) -> list[LabelledSpan]:
    return [frame.metrics.spans[member] for member in frame.metrics.members[target]]


def text_of(frame: Frame, spans: list[LabelledSpan]) -> str:
    return "+".join(frame.text[span.start : span.end] for span in spans)


LISTS = "[M论文]、[M专著]分别达[A70篇]、[A20部]"
SHARED = "[M总量]和[M占比]均居[R前列]"


@pytest.mark.parametrize(
    ("marked", "chances", "expected"),
    [
        ("[M高企]达[A5家]", {("5家", "高企"): 0.5}, [["高企"]]),
        ("[M高企]达[A5家]", {("5家", "高企"): 0.4}, [[]]),
        (
            "[M高企]达[A5家],[M平台][A3个]",
            {("3个", "高企"): 0.3, ("3个", "平台"): 0.6, ("5家", "高企"): 0.9},
            [["高企"], ["平台"]],
        ),
        # The second figure alone would rather have none.
        (LISTS, {("70篇", "论文"): 0.9, ("20部", "专著"): 0.4}, [["论文"], ["专著"]]),
        # No mate alone: both or neither.
        (LISTS, {("70篇", "论文"): 0.6}, [[], []]),
        # Crosswise is no pairing.
        (LISTS, {("70篇", "专著"): 0.9, ("20部", "论文"): 0.9}, [[], []]),
        (LISTS, {("70篇", "论文+专著"): 0.9, ("20部", "论文+专著"): 0.8}, [["论文", "专著"]] * 2),
        (SHARED, {("前列", "总量+占比"): 0.6, ("前列", "占比"): 0.3}, [["总量", "占比"]]),
        (SHARED, {("前列", "总量+占比"): 0.3, ("前列", "占比"): 0.6}, [["占比"]]),
    ],
)
def test_figures_choose(marked: str, chances: dict[tuple[str, str], float], expected: list[list[str]]) -> None:
    assert chosen_metrics(frame_of(marked), chances) == expected


@given(st.lists(st.floats(0, 0.33), min_size=6, max_size=6))
def test_lists_are_decided_as_well_as_can_be(values: list[float]) -> None:
    frame = frame_of(LISTS)
    names = ("论文", "专著", "论文+专著")
    wanted = dict(zip(product(("70篇", "20部"), names), values, strict=True))
    got = ["+".join(found) for found in chosen_metrics(frame, wanted, least=0.0)]

    def likelihood(first: str, second: str) -> float:
        chosen = (("70篇", first), ("20部", second))
        none = {figure: 1 - sum(wanted[figure, name] for name in names) for figure, _ in chosen}
        return float(np.prod([max(wanted[one] if one[1] else none[one[0]], 1e-9) for one in chosen]))

    # Nothing is chosen for want of chances here: each figure takes the group or, together, its own mate.
    allowed = [("论文", "专著"), ("论文+专著", "论文+专著")]
    assert tuple(got) in allowed
    assert likelihood(got[0], got[1]) == pytest.approx(max(likelihood(*pair) for pair in allowed))


def test_members_of_a_group_add_up_their_chances() -> None:
    frame = frame_of(SHARED)
    choices = metric_choices(frame)
    group = [len(frame.metrics.members[target]) for target in choices.target]
    chances = np.where(
        np.array(group) == 2, 0.6, [0.1 if start else 0.2 for start in frame.metrics.start[choices.target]]
    )
    decisions = decide(frame.figures, frame.metrics, choices, chances, least=0.5)
    assert decisions.chances[0] == pytest.approx((0.8, 0.7))


def sure(value: float, description: Description) -> np.ndarray:
    return np.full(len(description), value)


@pytest.mark.parametrize(
    ("marked", "change", "expected"),
    [
        ("[M高企]达[A5家]", -9.0, [RelationLabel.HAS_VALUE]),
        ("[M高企]增长[A5%]", 9.0, [RelationLabel.HAS_CHANGE]),
        ("[M高企]居[R第2位]", 9.0, [RelationLabel.HAS_RANK]),
        ("[O市一中][M高企]达[A5家]", -9.0, [RelationLabel.HAS_VALUE, RelationLabel.HELD_BY]),
        # By the standard a figure without a METRIC has no relation.
        ("[O市一中]有[A5家]", 9.0, []),
        ("[M高企]、[O市一中]", 9.0, []),
        ("", 9.0, []),
    ],
)
def test_labels_follow_from_the_spans(marked: str, change: float, expected: list[RelationLabel]) -> None:
    askers = Askers(
        *(lambda found: sure(9.0, found), lambda found: sure(9.0, found), lambda found: sure(change, found))
    )
    links = relate(frame_of(marked), askers, Least(0.5, 0.5))
    assert [link.label for link in links] == expected
    assert all(0.99 < link.score <= 1 for link in links)
