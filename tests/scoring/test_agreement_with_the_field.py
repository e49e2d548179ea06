"""Where seqeval, nervaluate and spaCy define a score as we do, they give the same number, on generated and on real annotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2
from spacy.language import Language
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.corpus.examples import make_example, read_gold_paths
from zhibiao.corpus.marks import read_marked
from zhibiao.labels import EntityLabel
from zhibiao.pipes.document import blank_pipeline, set_annotation
from zhibiao.pipes.load import load_pipeline
from zhibiao.pipes.scorer import score_annotations
from zhibiao.records import Annotation, Entity
from zhibiao.scoring.annotations import count_spans, pair_spans, spans_of
from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.matching import count_pairs
from zhibiao.scoring.semeval import Scheme, scheme_scores

ROOT = Path(__file__).parents[2]
LABELS = [str(label) for label in EntityLabel]
MICRO = "micro"
# A space, a wide space, a character beyond the basic plane, and letters whose lower case is longer.
TEXT = "全市高企总数达 125家,居全省第3位;　𠮷林İß同比增长12.5%"
# What they call our schemes.
THEIR_NAMES = {scheme: "ent_type" if scheme is Scheme.TYPE else scheme.value for scheme in Scheme}

# Precision, recall, F1; None where undefined.
Rates = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Case:
    """A text with the annotation of two sides."""

    text: str
    reference: Annotation
    predicted: Annotation


def flat(drawn: Iterable[tuple[int, int, EntityLabel]]) -> Annotation:
    """Cut spans where the one before ends, so that many of them stand side by side."""
    spans: list[Entity] = []
    done = 0
    for first, last, label in sorted(drawn):
        start, end = max(first, done), min(last, len(TEXT))
        if start < end:
            spans.append(Entity(len(spans), label, start, end, TEXT[start:end]))
            done = end
    return Annotation(tuple(spans))


# Mostly one label, so that spans of the same label compete for each other.
DRAWN_LABELS = st.sampled_from((EntityLabel.METRIC, EntityLabel.METRIC, EntityLabel.METRIC, *EntityLabel))
SPANS = st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9), DRAWN_LABELS), max_size=12).map(
    lambda drawn: [(start, start + length, label) for start, length, label in drawn]
)
EXTRA = [(0, 2, EntityLabel.ORG), (8, 12, EntityLabel.AMOUNT), (8, 20, EntityLabel.METRIC)]
SHIFTS = st.tuples(st.sampled_from((0, 0, -2, -1, 1, 3)), st.sampled_from((0, 0, -3, -1, 1, 2)))


@st.composite
def make_case(draw: st.DrawFn) -> Case:
    """Annotate the text twice: the second side is free, or the first with moved edges, other labels, spans more and less."""
    reference = flat(draw(SPANS))
    if draw(st.booleans()):
        return Case(TEXT, reference, flat(draw(SPANS)))
    moved = draw(st.lists(st.sampled_from(EXTRA), max_size=2))
    for span in reference.entities:
        if draw(st.integers(0, 5)):
            left, right = draw(SHIFTS)
            label = draw(st.sampled_from((span.label, span.label, *EntityLabel)))
            moved.append((max(span.start + left, 0), span.end + right, label))
    return Case(TEXT, reference, flat(moved))


CASES = st.lists(make_case(), min_size=1, max_size=3)


@cache
def read_real(name: str) -> list[Case]:
    """Read real annotation: the gold of a split against the rules, or the two annotators' copies against each other."""
    if name == "annotators":
        folders = [ROOT / "annotations" / "agreement" / side for side in "AB"]
        copies = [[read_marked(path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))] for folder in folders]
        return [
            Case(one.text, Annotation(one.entities), Annotation(other.entities))
            for one, other in zip(*copies, strict=True)
        ]
    gold = read_gold_paths([ROOT / "annotations" / "gold"], splits=ROOT / "corpus" / "splits.toml", chosen=[name])
    found = load_pipeline("rules").read([report.report() for report in gold])
    return [
        Case(report.text, report.annotation(), result.annotation) for report, result in zip(gold, found, strict=True)
    ]


def rates(counts: Counts) -> Rates:
    return counts.precision, counts.recall, counts.f1


def defined(ours: Rates, undefined: float) -> tuple[float, ...]:
    """Give what a scorer says that has a number for what we leave undefined."""
    return tuple(undefined if score is None else score for score in ours)


def used_labels(cases: Sequence[Case]) -> set[str]:
    return {str(span.label) for case in cases for side in (case.reference, case.predicted) for span in side.entities}


def count_ours(cases: Sequence[Case], *, overlap: bool = False) -> dict[str, Counts]:
    """Count by label and over all labels."""
    found = [count_spans(case.reference, case.predicted, overlap=overlap) for case in cases]
    counts = {str(label): total(one[label] for one in found) for label in EntityLabel}
    return counts | {MICRO: total(counts.values())}


def make_tags(text: str, annotation: Annotation) -> list[str]:
    tags = ["O"] * len(text)
    for span in annotation.entities:
        tags[span.start : span.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (span.end - span.start - 1)
    return tags


def check_seqeval(cases: Sequence[Case], undefined: int = 0) -> None:
    ours = {name: rates(counts) for name, counts in count_ours(cases).items()}
    reference = [make_tags(case.text, case.reference) for case in cases]
    predicted = [make_tags(case.text, case.predicted) for case in cases]
    options = {"zero_division": undefined, "scheme": IOB2}
    micro = precision_recall_fscore_support(reference, predicted, average="micro", **options)
    assert micro[:3] == pytest.approx(defined(ours[MICRO], undefined))
    if not used_labels(cases):
        return  # their report takes the mean of no scores, and numpy warns
    for mode in ("strict", None):
        report = classification_report(reference, predicted, mode=mode, output_dict=True, **options)
        theirs = {name: (row["precision"], row["recall"], row["f1-score"]) for name, row in report.items()}
        assert theirs.keys() - {"macro avg", "weighted avg", "micro avg"} == used_labels(cases)
        for label in LABELS:
            if label in theirs:
                assert theirs[label] == pytest.approx(defined(ours[label], undefined))
            else:
                assert ours[label] == (None, None, None)
        assert theirs["micro avg"] == pytest.approx(defined(ours[MICRO], undefined))


def as_dicts(sides: Iterable[Annotation]) -> list[list[dict[str, object]]]:
    """Give spans to nervaluate, whose ends are those of the last character."""
    return [
        [{"label": str(span.label), "start": span.start, "end": span.end - 1} for span in side.entities]
        for side in sides
    ]


def check_nervaluate(cases: Sequence[Case]) -> None:
    sides = [case.reference for case in cases], [case.predicted for case in cases]
    found = Evaluator(*map(as_dicts, sides), tags=LABELS, loader="dict").evaluate()
    theirs = found["entities"] | {MICRO: found["overall"]}
    assert found["entities"].keys() == used_labels(cases)
    for name, by_scheme in theirs.items():
        chosen = [
            [side.entities if name == MICRO else spans_of(side, EntityLabel(name)) for side in texts] for texts in sides
        ]
        for scheme, ours in scheme_scores(*chosen).items():
            other = by_scheme[THEIR_NAMES[scheme]]
            same = pytest.approx(defined((ours.precision, ours.recall, ours.f1), 0.0))
            assert (other.precision, other.recall, other.f1) == same, (name, scheme)
    counts = count_ours(cases)
    for name, by_scheme in theirs.items():
        strict = by_scheme["strict"]
        assert Counts(strict.correct, strict.possible, strict.actual) == counts[name]


def check_overlap_and_nervaluate(cases: Sequence[Case]) -> None:
    sides = [case.reference for case in cases], [case.predicted for case in cases]
    theirs = Evaluator(*map(as_dicts, sides), tags=LABELS, loader="dict").evaluate()
    labels_aside = total(
        count_pairs(pair_spans(case.reference.entities, case.predicted.entities, overlap=True)) for case in cases
    )
    partial = theirs["overall"]["partial"]
    assert labels_aside.matched == partial.correct + partial.partial
    ours = count_ours(cases, overlap=True)
    for label, by_scheme in theirs["entities"].items():
        assert ours[label].matched >= by_scheme["ent_type"].correct


@cache
def nlp() -> Language:
    return blank_pipeline()


def make_annotated_doc(text: str, annotation: Annotation) -> Doc:
    doc = nlp().make_doc(text)
    set_annotation(doc, annotation)
    return doc


def check_spacy(cases: Sequence[Case]) -> None:
    examples = [
        Example(make_annotated_doc(case.text, case.predicted), make_annotated_doc(case.text, case.reference))
        for case in cases
    ]
    ours = {name: rates(counts) for name, counts in count_ours(cases).items()}
    through_spacy = score_annotations(examples)
    assert tuple(through_spacy[f"ents_{key}"] for key in "prf") == ours[MICRO]
    for theirs in (Scorer.score_spans(examples, "ents"), get_ner_prf(examples)):
        compare_with_spacy(ours, theirs, used_labels(cases))


def compare_with_spacy(ours: dict[str, Rates], theirs: dict[str, object], used: set[str]) -> None:
    micro = tuple(theirs[f"ents_{key}"] for key in "prf")
    if not used:  # the one case that spaCy too leaves undefined
        assert (micro, theirs["ents_per_type"]) == ((None, None, None), None) == (ours[MICRO], None)
        return
    assert micro == pytest.approx(defined(ours[MICRO], 0.0))
    per_type = theirs["ents_per_type"]
    assert isinstance(per_type, dict)
    assert per_type.keys() == used
    for label, found in per_type.items():
        assert tuple(found[key] for key in "prf") == pytest.approx(defined(ours[label], 0.0))


@settings(deadline=None)
@given(CASES, st.sampled_from((0, 1)))
def test_strict_is_seqeval_strict(cases: list[Case], undefined: int) -> None:
    check_seqeval(cases, undefined)


@settings(deadline=None, max_examples=300)
@given(CASES)
def test_the_four_schemes_are_nervaluate(cases: list[Case]) -> None:
    check_nervaluate(cases)


@settings(deadline=None)
@given(CASES)
def test_overlap_finds_what_partial_finds_and_no_less_than_type(cases: list[Case]) -> None:
    check_overlap_and_nervaluate(cases)


@settings(deadline=None)
@given(CASES)
def test_strict_is_spacy_on_code_points(cases: list[Case]) -> None:
    check_spacy(cases)


@pytest.mark.parametrize("corpus", ["dev", "authored_dev", "annotators"])
@pytest.mark.parametrize("check", [check_seqeval, check_nervaluate, check_overlap_and_nervaluate, check_spacy])
def test_real_annotation_scores_the_same_everywhere(corpus: str, check: Callable[[list[Case]], None]) -> None:
    cases = read_real(corpus)
    strict = count_ours(cases)[MICRO]
    assert 0 < strict.matched < strict.predicted  # or nothing would be compared
    check(cases)


def test_evaluating_a_pipeline_gives_the_numbers_of_the_field() -> None:
    gold = read_gold_paths([ROOT / "annotations" / "gold"], splits=ROOT / "corpus" / "splits.toml", chosen=["dev"])
    pipeline = load_pipeline("rules").nlp
    scores = pipeline.evaluate([make_example(pipeline, report) for report in gold])
    ours = {name: rates(counts) for name, counts in count_ours(read_real("dev")).items()}
    assert tuple(scores[f"ents_{key}"] for key in "prf") == ours[MICRO]
    assert {name: tuple(found[key] for key in "prf") for name, found in scores["ents_per_type"].items()} == {
        label: ours[label] for label in LABELS
    }
