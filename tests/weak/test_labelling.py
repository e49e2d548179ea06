from collections.abc import Callable
from dataclasses import replace

import pytest

from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import GoldReport
from zhibiao.errors import InputError
from zhibiao.labels import LEGAL_PAIRS, EntityLabel
from zhibiao.scoring.annotations import count_relations, count_spans
from zhibiao.scoring.counts import total
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.functions import LabellingFunction
from zhibiao.weak.labelling import VotedReport, fit_labeller
from zhibiao.weak.silver import make_silver

Functions = tuple[LabellingFunction, ...]


@pytest.mark.parametrize("aggregation", list(Aggregation))
def test_labels_come_back_on_plain_sentences(
    aggregation: Aggregation, gold_reports: list[VotedReport], functions: Functions
) -> None:
    labeller = fit_labeller(gold_reports[:4], functions, aggregation)
    gold, found = gold_reports[4].gold, labeller.label(gold_reports[4]).annotation
    assert gold is not None
    assert (total(count_spans(gold, found, overlap=False).values()).f1 or 0) > 0.8
    assert (total(count_relations(gold, found, overlap=False).values()).f1 or 0) > 0.7


@pytest.mark.parametrize("aggregation", list(Aggregation))
def test_labels_keep_to_the_standard(
    aggregation: Aggregation, gold_reports: list[VotedReport], functions: Functions
) -> None:
    report = gold_reports[0]
    labelled = fit_labeller(gold_reports, functions, aggregation).label(report)
    entities = {entity.id: entity for entity in labelled.annotation.entities}
    ends = [0, *(entity.end for entity in entities.values())]
    assert all(entity.start >= end for entity, end in zip(entities.values(), ends, strict=False))
    for relation in labelled.annotation.relations:
        head, child = entities[relation.head], entities[relation.child]
        assert (head.label, child.label) in LEGAL_PAIRS[relation.label]
    linked = {number for relation in labelled.annotation.relations for number in (relation.head, relation.child)}
    assert all(e.id in linked for e in entities.values() if e.label is EntityLabel.METRIC)
    rows = make_silver("a", report, labelled, aggregation, source="a.txt", part=0).model_dump(exclude={"silver"})
    gold = GoldReport.model_validate({**rows, "origin": "authored"})
    assert [finding for finding in check_gold(gold) if "fact" not in str(finding)] == []


def test_every_label_has_a_score_and_votes(gold_reports: list[VotedReport], functions: Functions) -> None:
    labelled = fit_labeller(gold_reports, functions, Aggregation.GENERATIVE).label(gold_reports[0])
    assert len(labelled.behind_entities) == len(labelled.annotation.entities)
    assert len(labelled.behind_relations) == len(labelled.annotation.relations)
    assert all(0 < behind.score <= 1 and behind.votes for behind in labelled.behind_relations)
    assert all(0 < entity.score <= 1 for entity in labelled.annotation.entities)


def test_gold_of_the_report_itself_is_not_needed_to_label_it(
    gold_reports: list[VotedReport], functions: Functions
) -> None:
    labeller = fit_labeller(gold_reports[:4], functions, Aggregation.WEIGHTED)
    blind = replace(gold_reports[4], gold=None)
    assert labeller.label(blind) == labeller.label(gold_reports[4])


def test_the_weighted_vote_without_gold_says_what_to_do(gold_reports: list[VotedReport], functions: Functions) -> None:
    with pytest.raises(InputError, match="use majority or generative"):
        fit_labeller([replace(gold_reports[0], gold=None)], functions, Aggregation.WEIGHTED)


def test_a_place_is_an_organisation_only_if_it_holds_a_figure(
    read_voted: Callable[[str], VotedReport], functions: Functions, gold_reports: list[VotedReport]
) -> None:
    labeller = fit_labeller(gold_reports, functions, Aggregation.MAJORITY)
    text = "全市高企总数达125家。在宁波市举办大赛。"
    found = labeller.label(read_voted(text)).annotation.entities
    assert [entity.text for entity in found if entity.label is EntityLabel.ORG] == ["全市"]


@pytest.mark.parametrize("text", ["", "无数字。", "5"])
def test_texts_without_votes_get_no_labels(
    text: str, read_voted: Callable[[str], VotedReport], functions: Functions, gold_reports: list[VotedReport]
) -> None:
    labeller = fit_labeller(gold_reports, functions, Aggregation.WEIGHTED)
    assert labeller.label(read_voted(text)).annotation.relations == ()
