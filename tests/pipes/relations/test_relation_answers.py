import numpy as np
import pytest

from zhibiao.corpus.marks import read_marked
from zhibiao.labels import EntityLabel
from zhibiao.pipes.relations.answers import read_answers, right_choices
from zhibiao.pipes.relations.features import Named, describe_holders, describe_metrics, holder_choices, metric_choices
from zhibiao.pipes.relations.frame import read_frame
from zhibiao.records import Annotation
from zhibiao.rules.spans import LabelledSpan

GOLD = """⟦O1:全市⟧⟦M2:论文⟧、⟦M3:专著⟧分别达⟦A4:70篇⟧、⟦A5:20部⟧，⟦M6:总量⟧和⟦M7:占比⟧均居⟦R8:前列⟧，增长⟦A9:5%⟧。
====
period 2021
M2 A4 value
M3 A5 value
M6 R8 rank
M7 R8 rank
M7 A9 change up
A4 O1 held
"""


def annotation() -> tuple[str, Annotation]:
    read = read_marked(GOLD)
    return read.text, Annotation(read.entities, read.relations)


def test_gold_spans_answer_as_the_gold_says() -> None:
    text, gold = annotation()
    spans = [LabelledSpan(entity.start, entity.end, entity.label) for entity in gold.entities]
    frame = read_frame(text, [(0, len(text))], spans)
    answers = read_answers(frame, gold)
    assert answers.metrics == {0: {0}, 1: {1}, 2: {2, 3}, 3: {3}}
    assert answers.holders == {0: {0}}
    assert answers.changes == {0: False, 1: False, 3: True}
    choices = metric_choices(frame)
    right = right_choices(choices, frame.metrics, answers.metrics)
    assert [frame.metrics.members[target] for target in choices.target[right]] == [(0,), (1,), (2, 3), (3,)]


@pytest.mark.parametrize(
    ("start", "end", "label", "metrics"),
    [
        # A METRIC that is too long by a word stands for the gold one; one the gold knows not has no figure.
        (2, 5, EntityLabel.METRIC, {0: {0}}),
        (0, 2, EntityLabel.METRIC, {}),
    ],
)
def test_a_span_stands_for_the_gold_span_that_it_overlaps(
    start: int, end: int, label: EntityLabel, metrics: dict[int, set[int]]
) -> None:
    text, gold = annotation()
    figure = next(entity for entity in gold.entities if entity.text == "70篇")
    spans = [LabelledSpan(start, end, label), LabelledSpan(figure.start, figure.end, figure.label)]
    assert read_answers(read_frame(text, [(0, len(text))], spans), gold).metrics == metrics


def test_what_stands_elsewhere_changes_no_description() -> None:
    text = "全市高企达125家,增长5%。"
    spans = [
        (0, 2, EntityLabel.ORG),
        (2, 4, EntityLabel.METRIC),
        (5, 9, EntityLabel.AMOUNT),
        (12, 14, EntityLabel.AMOUNT),
    ]
    before = "去年,我局签订协议3份。\n"

    def describe(lead: str) -> list[np.ndarray]:
        shift = len(lead)
        found = [LabelledSpan(start + shift, end + shift, label) for start, end, label in spans]
        frame = read_frame(lead + text, [*([(0, shift)] if lead else []), (shift, shift + len(text))], found)
        none = np.full(len(frame.figures), -1)
        described = (
            describe_metrics(frame, metric_choices(frame)),
            describe_holders(frame, holder_choices(frame), Named(none, none)),
        )
        return [one.counts for one in described]

    for alone, behind in zip(describe(""), describe(before), strict=True):
        assert np.array_equal(alone, behind)


@pytest.mark.parametrize("joint", [",", "、"])
def test_long_sentences_make_no_more_choices_for_each_figure(joint: str) -> None:
    one = f"高企{joint}5家{joint}"
    text = one * 400
    spans = [
        span
        for place in range(0, len(text), len(one))
        for span in (
            LabelledSpan(place, place + 2, EntityLabel.METRIC),
            LabelledSpan(place + 3, place + 5, EntityLabel.AMOUNT),
        )
    ]
    frame = read_frame(text, [(0, len(text))], spans)
    assert len(metric_choices(frame)) <= 8 * 400


def test_a_long_list_is_cut_into_groups() -> None:
    text = "甲、" * 1000 + "各5家"
    names = [LabelledSpan(place, place + 1, EntityLabel.ORG) for place in range(0, 2000, 2)]
    figure = LabelledSpan(len(text) - 2, len(text), EntityLabel.AMOUNT)
    assert len(holder_choices(read_frame(text, [(0, len(text))], [*names, figure]))) < 250
