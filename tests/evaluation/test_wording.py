import pytest

from zhibiao.evaluation.harness import LABELS, SLOT_GIVEN_LAYER, SLOT_LAYER
from zhibiao.evaluation.mistakes import MistakeKind
from zhibiao.evaluation.wording import (
    KIND_MEANINGS,
    LAYER_MEANINGS,
    judge,
    name_systems,
    say_chance,
    say_score,
)


def test_every_layer_and_every_kind_is_explained() -> None:
    assert list(LAYER_MEANINGS) == [*(str(layer) for layer in LABELS), SLOT_LAYER, SLOT_GIVEN_LAYER]
    assert list(KIND_MEANINGS) == [str(kind) for kind in MistakeKind]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((19, 20, 25), ("0.760", "0.950", "0.844")),
        ((3, 7, 8), ("3 of 8", "3 of 7", "3 of 7")),
        ((0, 7, 0), ("–", "0 of 7", "0 of 7")),
        ((0, 0, 5), ("0 of 5", "–", "–")),
        ((0, 20, 5), ("0.000", "0.000", "0.000")),
        ((0, 0, 0), ("–", "–", "–")),
    ],
)
def test_a_score_is_written_as_counts_where_it_would_say_too_much(
    counts: tuple[int, int, int], expected: tuple[str, str, str]
) -> None:
    matched, reference, predicted = counts
    record = {
        "matched": matched,
        "reference": reference,
        "predicted": predicted,
        "precision": matched / predicted if predicted else None,
        "recall": matched / reference if reference else None,
        "f1": 2 * matched / (reference + predicted) if reference + predicted else None,
    }
    assert tuple(say_score(record, measure) for measure in ("precision", "recall", "f1")) == expected


@pytest.mark.parametrize(
    ("difference", "p_value", "expected"),
    [
        (0.02, 0.01, "crf is better"),
        (-0.02, 0.01, "rules is better"),
        (0.02, 0.05, "no clear difference"),
        (0.5, None, "too few to say"),
    ],
)
def test_the_better_system_is_named_only_where_chance_is_unlikely(
    difference: float, p_value: float | None, expected: str
) -> None:
    assert judge({"difference": difference, "p_value": p_value}, ("rules", "crf")) == expected


def test_systems_of_one_name_are_told_apart() -> None:
    one, other = {"system": "rules", "model": "ab12"}, {"system": "rules", "model": "cd34"}
    assert name_systems({"signature": one, "against": other}) == ("rules (ab12)", "rules (cd34)")


def test_untested_lines_are_no_chance_finds() -> None:
    assert say_chance([{"p_value": 0.5}] * 40 + [{"p_value": None}] * 9).startswith("40 lines are tested")
    assert say_chance([{"p_value": None}] * 9) == "There are too few reports to test any line."
