"""The annotators' guide: its examples keep the standard, its two languages say the same, its keys are doccano's."""

import json
import re
import string
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import make_gold
from zhibiao.corpus.marks import MarkedText, read_marked
from zhibiao.labels import (
    Approx,
    Aspect,
    Direction,
    EntityLabel,
    FactStatus,
    RankKind,
    RelationLabel,
)
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report

ANNOTATIONS = Path(__file__).parents[2] / "annotations"
GUIDE = (ANNOTATIONS / "GUIDELINES.md").read_text("utf-8")
LABELS = json.loads((ANNOTATIONS / "labels.json").read_text("utf-8"))
PARTS = dict(re.findall(r'<a id="(zh|en)"></a>\n(.*?)(?=<a id="en"></a>|\Z)', GUIDE, re.DOTALL))


def read_examples(language: str) -> dict[str, str]:
    """Find the marked examples of one language part, by their numbers (e1 …, h1 …)."""
    found = re.findall(
        rf'<a id="{language}-([eh]\d+)"></a>(?:(?!<a id=).)*?```marks\n(.*?)\n```', PARTS[language], re.DOTALL
    )
    assert len(found) == PARTS[language].count("```marks"), "a marked example stands without a number of its own"
    return dict(found)


EXAMPLES = {language: read_examples(language) for language in PARTS}
# One list for both parts, so that a fault is shown with its language and number.
NUMBERED = [
    pytest.param(marked, id=f"{language}-{number}")
    for language, examples in EXAMPLES.items()
    for number, marked in examples.items()
]


def read_all() -> list[MarkedText]:
    return [read_marked(marked, where=number) for number, marked in EXAMPLES["zh"].items()]


@pytest.mark.parametrize("marked", NUMBERED)
def test_an_example_keeps_the_standard(marked: str) -> None:
    read = read_marked(marked)
    text = read.text.rstrip("\n")
    report = make_gold(
        make_text_report(text, report_id="x-0", source="GUIDELINES.md"),
        report_id="guide",
        origin="authored",
        annotation=Annotation(read.entities, read.relations),
        facts=read.facts,
    )
    assert list(map(str, check_gold(report))) == []


def test_both_parts_hold_the_same_examples() -> None:
    assert EXAMPLES["zh"] == EXAMPLES["en"]
    kinds = Counter(number[0] for number in EXAMPLES["zh"])
    assert kinds["e"] >= 30
    assert kinds["h"] >= 10


def test_no_sentence_serves_twice() -> None:
    assert [text for text, times in Counter(read.text for read in read_all()).items() if times > 1] == []


def test_both_parts_are_numbered_alike() -> None:
    headings = {
        language: re.findall(r"^#{3,4} (?:例 |疑难 |Example |Hard case )?([eh]?\d[\d.]*)", part, re.MULTILINE)
        for language, part in PARTS.items()
    }
    settled = {language: re.findall(r"^\| (s\d+) \| (.*?) \|", part, re.MULTILINE) for language, part in PARTS.items()}
    assert headings["zh"] == headings["en"]
    assert settled["zh"] == settled["en"]
    assert [number for number, _ in settled["zh"]] == [f"s{n}" for n in range(1, len(settled["zh"]) + 1)]


def test_every_link_leads_to_one_anchor() -> None:
    anchors = Counter(re.findall(r'<a id="([^"]+)"></a>', GUIDE))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= set(anchors)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_index_leads_to_every_example(language: str) -> None:
    index = PARTS[language].rpartition(f'<a id="{language}-12"></a>')[2]
    assert set(re.findall(rf"\(#{language}-([eh]\d+)\)", index)) == set(EXAMPLES[language])


def test_the_examples_show_everything_an_annotator_may_say() -> None:
    read = read_all()
    entities = chain.from_iterable(one.entities for one in read)
    relations = chain.from_iterable(one.relations for one in read)
    facts = list(chain.from_iterable(one.facts for one in read))
    assert {entity.label for entity in entities} == set(EntityLabel)
    assert {relation.label for relation in relations} == set(RelationLabel)
    assert {fact.status for fact in facts} == set(FactStatus)
    assert {fact.aspect for fact in facts} == set(Aspect)
    assert {fact.direction for fact in facts} == {*Direction, None}
    assert {fact.approx for fact in facts} == {*Approx, None}
    assert {fact.rank_kind for fact in facts} == {*RankKind, None}
    assert {len(fact.period or "") for fact in facts} >= {0, len("2022"), len("2022-06-30"), len("2022-01/2022-05")}


def test_labels_are_those_of_the_project() -> None:
    assert list(LABELS) == ["span_types", "relation_types"]
    assert [label["text"] for label in LABELS["span_types"]] == list(EntityLabel)
    assert [label["text"] for label in LABELS["relation_types"]] == list(RelationLabel)


def test_labels_have_the_shape_doccano_imports() -> None:
    labels = [*LABELS["span_types"], *LABELS["relation_types"]]
    for label in labels:
        assert set(label) == {"text", "suffix_key", "background_color", "text_color"}
        assert all(re.fullmatch("#[0-9a-f]{6}", label[field]) for field in ("background_color", "text_color"))
        assert label["suffix_key"] in tuple(string.digits + string.ascii_lowercase)
    assert len({label["suffix_key"] for label in labels}) == len(labels), "one key, one label, in either mode"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guide_tells_the_keys_of_the_labels(language: str) -> None:
    told = re.findall(r"^\| `([a-z])` \| (\w+) \|", PARTS[language], re.MULTILINE)
    assert told == [(label["suffix_key"], label["text"]) for labels in LABELS.values() for label in labels]
