"""Where other scorers define a score in another way: both numbers of each example of docs/scoring.md, which is read for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from nervaluate import Evaluator
from nervaluate.entities import EvaluationResult
from seqeval.metrics import f1_score, precision_score
from seqeval.scheme import IOB2
from sklearn.exceptions import UndefinedMetricWarning
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab

from zhibiao.corpus.marks import read_marked
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.records import Annotation, Entity, Relation
from zhibiao.scoring.annotations import count_relations, count_spans
from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.semeval import Scheme, scheme_scores

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"
LABELS = [str(label) for label in EntityLabel]


@dataclass(frozen=True)
class Row:
    """An example of the page: a text, the spans of both sides, and the figures it states for us and for the other scorer."""

    text: str
    reference: tuple[Entity, ...]
    predicted: tuple[Entity, ...]
    figures: tuple[str, str]


@cache
def read_page() -> str:
    return PAGE.read_text("utf-8")


def read_row(name: str) -> Row:
    line = next(line for line in read_page().splitlines() if line.startswith(f"| {name} |"))
    _, reference, predicted, _, ours, theirs = (cell.strip() for cell in line.strip("|").split("|"))
    sides = [[read_marked(copy) for copy in re.findall("`([^`]+)`", cell)] for cell in (reference, predicted)]
    (text,) = {marked.text for side in sides for marked in side} or {""}
    spans = [tuple(span for marked in side for span in marked.entities) for side in sides]
    return Row(text, spans[0], spans[1], (ours, theirs))


def show(*scores: float | None) -> tuple[str, ...]:
    return tuple("none" if score is None else f"{score:.2f}" for score in scores)


def count(row: Row, label: EntityLabel | None = None, *, overlap: bool = False) -> Counts:
    counts = count_spans(Annotation(row.reference), Annotation(row.predicted), overlap=overlap)
    return counts[label] if label else total(counts.values())


def make_tags(length: int, spans: Sequence[Entity], first: str = "B") -> list[str]:
    tags = ["O"] * length
    for span in spans:
        tags[span.start : span.end] = [f"{first}-{span.label}"] + [f"I-{span.label}"] * (span.end - span.start - 1)
    return tags


def nervaluate(
    reference: Sequence[Entity], predicted: Sequence[Entity], scheme: str, *, label: str | None = None, last: int = 1
) -> EvaluationResult:
    """Score one text; ``last`` is what lies between our ends and theirs."""
    sides = [
        [[{"label": str(span.label), "start": span.start, "end": span.end - last} for span in side]]
        for side in (reference, predicted)
    ]
    found = Evaluator(*sides, tags=LABELS, loader="dict").evaluate()
    return (found["entities"][label] if label else found["overall"])[scheme]


def make_example(row: Row, *, words: Sequence[str] | None = None, missing: tuple[int, int] | None = None) -> Example:
    """Make a spaCy example whose predicted side has code points as tokens; the reference may have words, or tokens nobody saw."""
    vocab = Vocab()
    predicted, reference = (
        Doc(vocab, words=list(side), spaces=[False] * len(side)) for side in (row.text, words or row.text)
    )
    predicted.set_ents([Span(predicted, span.start, span.end, label=str(span.label)) for span in row.predicted])
    reference.set_ents(
        [reference.char_span(span.start, span.end, label=str(span.label)) for span in row.reference],
        missing=[reference[slice(*missing)]] if missing else [],
    )
    return Example(predicted, reference)


def test_seqeval_joins_neighbours_whose_tags_do_not_say_where_one_begins() -> None:
    row = read_row("S1")
    tags = [[make_tags(len(row.text), side, first="I")] for side in (row.reference, row.predicted)]
    assert show(count(row, EntityLabel.AMOUNT).f1, f1_score(*tags)) == ("0.00", "1.00") == row.figures


def test_seqeval_by_default_takes_a_run_of_inside_tags_for_a_span() -> None:
    row = read_row("S2")
    metric, amount = row.predicted
    reference = make_tags(len(row.text), row.reference)
    found = (
        make_tags(len(row.text), [metric], first="I")[: metric.end] + make_tags(len(row.text), [amount])[metric.end :]
    )
    ours = count(Row(row.text, row.reference, (amount,), row.figures)).f1  # a METRIC that never begins is none
    assert show(ours, f1_score([reference], [found])) == ("0.67", "1.00") == row.figures
    assert show(f1_score([reference], [found], mode="strict", scheme=IOB2)) == ("0.67",)


def test_seqeval_calls_an_undefined_precision_zero_or_one() -> None:
    row = read_row("S3")
    tags = [[make_tags(len(row.text), side)] for side in (row.reference, row.predicted)]
    with pytest.warns(UndefinedMetricWarning):
        theirs = precision_score(*tags, mode="strict", scheme=IOB2)
    assert show(count(row, EntityLabel.AMOUNT).precision, theirs) == ("none", "0.00") == row.figures
    assert precision_score(*tags, mode="strict", scheme=IOB2, zero_division=1) == 1.0


def test_nervaluate_asks_for_a_hundredth_of_the_reference_span() -> None:
    long, short = Entity(0, EntityLabel.METRIC, 0, 101, ""), Entity(0, EntityLabel.METRIC, 0, 1, "")
    ours = scheme_scores([[long]], [[short]])[Scheme.PARTIAL].f1
    assert show(ours, nervaluate([long], [short], "partial").f1) == ("0.50", "0.00") == read_row("N1").figures
    assert show(nervaluate([short], [long], "partial").f1) == ("0.50",)


def test_nervaluate_depends_on_the_order_of_a_list() -> None:
    row = read_row("N2")
    backwards = row.predicted[::-1]
    ours = scheme_scores([row.reference], [backwards])[Scheme.PARTIAL].f1
    assert show(ours, nervaluate(row.reference, backwards, "partial").f1) == ("0.50", "0.25") == row.figures
    assert show(nervaluate(row.reference, row.predicted, "partial").f1) == ("0.50",)


def test_nervaluate_lets_an_overlapping_span_use_up_what_a_later_one_finds() -> None:
    row = read_row("N3")
    ours, theirs = count(row).f1, nervaluate(row.reference, row.predicted, "strict").f1
    assert show(ours, theirs) == ("0.67", "0.00") == row.figures
    assert ours == scheme_scores([row.reference], [row.predicted])[Scheme.STRICT].f1


def test_nervaluate_sees_neighbours_overlap_when_given_half_open_ends() -> None:
    row = read_row("N4")
    ours = scheme_scores([row.reference], [row.predicted])[Scheme.PARTIAL].f1
    theirs = nervaluate(row.reference, row.predicted, "partial", last=0).f1
    assert show(ours, theirs) == ("0.00", "0.50") == row.figures


def test_overlap_makes_as_many_pairs_as_can_be_where_nervaluate_takes_the_nearest() -> None:
    row = read_row("N5")
    theirs = nervaluate(row.reference, row.predicted, "ent_type", label="METRIC").f1
    ours = count(row, EntityLabel.METRIC, overlap=True).f1
    assert show(ours, theirs) == ("1.00", "0.50") == row.figures
    assert scheme_scores([row.reference], [row.predicted])[Scheme.TYPE].f1 == theirs


def test_overlap_sums_over_labels_where_nervaluate_lets_a_wrong_label_use_a_span_up() -> None:
    row = read_row("N6")
    theirs = nervaluate(row.reference, row.predicted, "ent_type").f1
    assert show(count(row, overlap=True).f1, theirs) == ("0.67", "0.00") == row.figures
    assert nervaluate(row.reference, row.predicted, "ent_type", label="METRIC").f1 == 1.0


def test_nervaluate_calls_an_undefined_score_zero() -> None:
    row = read_row("S3")
    theirs = nervaluate(row.reference, row.predicted, "strict")
    assert (count(row).precision, theirs.precision) == (None, 0.0)


WORDS = ["高企总数", "达", "125家"]


def test_spacy_leaves_out_a_predicted_span_that_cuts_a_word() -> None:
    row = read_row("P1")
    theirs = Scorer.score_spans([make_example(row, words=WORDS)], "ents")
    assert show(count(row).precision, theirs["ents_p"]) == ("0.50", "1.00") == row.figures
    same_tokens = Scorer.score_spans([make_example(row)], "ents")
    assert show(same_tokens["ents_p"]) == ("0.50",)


def test_spacy_takes_a_predicted_span_that_cuts_a_word_for_the_word() -> None:
    row = read_row("P2")
    theirs = get_ner_prf([make_example(row, words=WORDS)])
    assert show(count(row).f1, theirs["ents_f"]) == ("0.50", "1.00") == row.figures
    assert show(get_ner_prf([make_example(row)])["ents_f"]) == ("0.50",)


def test_spacy_leaves_out_what_nobody_annotated() -> None:
    row = read_row("P3")
    unseen = (row.predicted[1].start, row.predicted[1].end)
    theirs = get_ner_prf([make_example(row, missing=unseen)])
    assert show(count(row).precision, theirs["ents_p"]) == ("0.50", "1.00") == row.figures
    bare = make_example(row)
    bare.reference = Doc(bare.reference.vocab, words=list(row.text), spaces=[False] * len(row.text))
    assert get_ner_prf([bare])["ents_f"] is None


def test_spacy_calls_an_undefined_precision_zero_where_any_span_exists() -> None:
    row = read_row("P4")
    examples = [make_example(row)]
    ours = count(row, EntityLabel.AMOUNT).precision
    assert "AMOUNT" in get_ner_prf(examples)["ents_per_type"]
    for theirs in (Scorer.score_spans(examples, "ents"), get_ner_prf(examples)):
        assert show(ours, theirs["ents_per_type"]["AMOUNT"]["p"]) == ("none", "0.00") == row.figures
    nothing = [make_example(Row(row.text, (), (), row.figures))]
    assert Scorer.score_spans(nothing, "ents")["ents_p"] is None


def read_relations() -> list[Annotation]:
    blocks = re.findall("```marks\n(.*?)```", read_page(), re.DOTALL)
    return [Annotation(marked.entities, marked.relations) for marked in map(read_marked, blocks)]


def recall_of_proposed(reference: Annotation, predicted: Annotation, max_length: int) -> float:
    """Count as the tutorial does: over the pairs of gold spans that start at most so many tokens apart, and no others."""
    starts = {span.id: span.start for span in reference.entities}
    proposed = {
        (head, child)
        for head, at in starts.items()
        for child, other in starts.items()
        if head != child and abs(at - other) <= max_length
    }
    gold = {one for one in reference.relations if (one.head, one.child) in proposed}
    return len(gold & set(predicted.relations)) / len(gold)


def test_scoring_proposed_pairs_alone_raises_recall() -> None:
    reference, _ = read_relations()
    near = Annotation(reference.entities, reference.relations[:2])
    theirs = recall_of_proposed(reference, near, max_length=20)
    ours = total(count_relations(reference, near, overlap=False).values()).recall
    assert show(theirs, ours) == ("1.00", "0.67")
    assert "has recall **1.00** there and **0.67** here" in read_page()


def test_gold_entities_hide_what_a_wrong_edge_costs() -> None:
    reference, predicted = read_relations()
    given = Annotation(reference.entities, predicted.relations)
    scores = (
        total(count_relations(reference, side, overlap=overlap).values()).f1
        for side, overlap in ((given, False), (predicted, False), (predicted, True))
    )
    assert show(*scores) == ("1.00", "0.00", "1.00")
    assert "F1 **1.00**, strict **0.00**, relaxed **1.00**" in read_page()


def test_the_label_of_a_holding_figure_must_be_right() -> None:
    (amount, organisation) = (Entity(0, EntityLabel.AMOUNT, 0, 2, "首位"), Entity(1, EntityLabel.ORG, 3, 5, "全市"))
    held = (Relation(0, 1, RelationLabel.HELD_BY),)
    rank = Entity(0, EntityLabel.RANK, 0, 2, "首位")
    sides = Annotation((rank, organisation), held), Annotation((amount, organisation), held)
    for overlap in (False, True):
        assert count_relations(*sides, overlap=overlap)[RelationLabel.HELD_BY].f1 == 0.0
