import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from lxml import html

from zhibiao.labels import EntityLabel
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.analysis import FunctionRow, VoteScore, analyse, score_votes
from zhibiao.weak.functions import Cases, LabellingFunction, PairFunction, SpanFunction
from zhibiao.weak.labelling import VotedReport
from zhibiao.weak.page import LEAST_LOSS, render_page

Element = html.HtmlElement
WAYS = (Aggregation.MAJORITY, Aggregation.GENERATIVE)
ROW = FunctionRow("org_x", "ORG", 8, 2, 0.5, 0.25, 0.125, 0.75, 0.6, 0.7, 0.01)
FUNCTION = SpanFunction("org_x", EntityLabel.ORG, lambda _sentence: (), Cases())


@pytest.fixture(scope="module")
def rows(gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]) -> list[FunctionRow]:
    return analyse(gold_reports, functions, Aggregation.MAJORITY)


@pytest.fixture(scope="module")
def scores(gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]) -> list[VoteScore]:
    return score_votes(gold_reports, functions, WAYS)


@pytest.fixture(scope="module")
def page(rows: list[FunctionRow], scores: list[VoteScore], functions: tuple[LabellingFunction, ...]) -> Element:
    made = render_page(rows, functions, aggregation=Aggregation.MAJORITY, scores=scores, reports=5)
    return html.document_fromstring(made)


def read_page(*rows: FunctionRow, function: LabellingFunction = FUNCTION) -> Element:
    made = [replace(function, name=row.function) for row in rows]
    return html.document_fromstring(render_page(rows, made, aggregation=Aggregation.MAJORITY, reports=2))


def cells(row: Element) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def show(value: float | None, form: str = "{:.3f}") -> str:
    return "–" if value is None else form.format(value)


def test_every_function_has_its_line_with_the_numbers_of_the_table(page: Element, rows: list[FunctionRow]) -> None:
    lines = {line.get("id"): cells(line) for line in page.xpath("//table[contains(@class, 'functions')]/tbody/tr")}
    assert set(lines) == {row.function for row in rows}
    for row in rows:
        shares = [show(one) for one in (row.precision, row.recall, row.coverage, row.overlaps, row.conflicts)]
        counts = [f"{row.votes:,}", f"{row.against:,}", show(row.accuracy)]
        assert lines[row.function][2:] == [show(row.loss, "{:+.4f}"), "", *shares, *counts]


def test_every_function_says_what_it_does_and_shows_its_cases(
    page: Element, functions: tuple[LabellingFunction, ...]
) -> None:
    for function in functions:
        (line,) = page.xpath(f"//tr[@id='{function.name}']")
        assert function.about
        assert line.xpath(".//span[@class='about']")[0].text == function.about
        cases = [*function.cases.match, *function.cases.against, *function.cases.abstain]
        shown = [item.text_content().split(" ", 1)[1] for item in line.xpath(".//li")]
        assert shown == [re.sub("[⟦⟧]", "", case) for case in cases]
        marked = [mark.text for mark in line.xpath(".//mark")]
        assert marked == [found for case in cases for found in re.findall("⟦(.*?)⟧", case)]


def test_labels_of_pair_functions_are_named(page: Element, functions: tuple[LabellingFunction, ...]) -> None:
    for function in functions:
        if isinstance(function, PairFunction):
            chips = page.xpath(f"//tr[@id='{function.name}']//span[contains(@class, 'chip')]/text()")
            assert set(chips) == ({label.value for label in function.labels} or {"none"})


def test_scores_of_the_vote_stand_on_top(page: Element, scores: list[VoteScore]) -> None:
    (table,) = page.xpath("//section[@id='scores']//table")
    assert cells(table.xpath("thead/tr")[0])[2:] == ["majority", "generative"]
    lines = {line[0]: line[1:] for line in map(cells, table.xpath("tbody/tr"))}
    for score in scores:
        counts = score.counts
        said = f"{show(counts.f1)} ({show(counts.precision)}, {show(counts.recall)})"
        assert lines[score.target][0] == f"{counts.reference:,}"
        assert lines[score.target][1 + WAYS.index(score.aggregation)] == said


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"loss": LEAST_LOSS}, "worth its keep"),
        ({"loss": -LEAST_LOSS}, "harmful"),
        ({"loss": LEAST_LOSS / 2}, "no difference"),
        ({"loss": None}, "not judged"),
        ({"votes": 0, "against": 0, "loss": 0.0}, "never votes"),
    ],
)
def test_a_function_is_judged_by_what_the_vote_loses(changes: dict[str, float | None], verdict: str) -> None:
    row = replace(ROW, **changes)  # type: ignore[arg-type]  # a row of other values
    assert read_page(row).xpath("//td[contains(@class, 'verdict')]/text()") == [verdict]


def test_what_helps_most_comes_first_and_what_is_silent_last() -> None:
    losses = {"org_a": -0.02, "org_b": 0.03, "org_c": 0.0, "org_d": 0.01}
    rows = [replace(ROW, function=name, loss=loss) for name, loss in losses.items()]
    page = read_page(replace(ROW, function="org_e", votes=0, against=0, loss=0.0), *rows)
    assert page.xpath("//tbody/tr/@id") == ["org_b", "org_d", "org_c", "org_a", "org_e"]


def test_without_gold_there_are_no_scores(
    gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]
) -> None:
    blind = [replace(report, gold=None) for report in gold_reports]
    assert score_votes(blind, functions, WAYS) == []
    assert read_page(replace(ROW, loss=None)).xpath("//*[@id='scores']") == []


def test_texts_cannot_become_markup() -> None:
    cases = Cases(match=("<b>⟦<img src=x>⟧</script><script>alert(1)</script>",))
    function = replace(FUNCTION, cases=cases, about='<i>x</i> & "y" \'>')
    page = read_page(replace(ROW, function='"><img src=y>'), function=function)
    assert page.xpath("//b | //img | //i") == []
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//mark/text()") == ["<img src=x>"]
    assert page.xpath("//span[@class='about']/text()") == ['<i>x</i> & "y" \'>']
    assert page.xpath("//tbody/tr/@id") == ['"><img src=y>']


def test_only_the_pages_own_script_may_run_and_nothing_is_loaded(page: Element) -> None:
    (script,) = page.xpath("//script")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert f"'sha256-{b64encode(sha256(script.text.encode()).digest()).decode()}'" in policy
    assert all(link.startswith("#") for link in page.xpath("//@href | //@src"))
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert "url(" not in page.xpath("//style")[0].text
    assert "@import" not in page.xpath("//style")[0].text


def test_links_within_the_page_arrive(page: Element) -> None:
    assert {link[1:] for link in page.xpath("//@href")} <= set(page.xpath("//@id"))
    assert all(table.xpath("caption") for table in page.xpath("//table"))
