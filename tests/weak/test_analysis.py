import csv
import io

import pytest

from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.analysis import FunctionRow, analyse, as_csv, as_records
from zhibiao.weak.functions import LabellingFunction
from zhibiao.weak.labelling import VotedReport


@pytest.fixture(scope="module")
def rows(gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]) -> dict[str, FunctionRow]:
    return {row.function: row for row in analyse(gold_reports, functions, Aggregation.MAJORITY)}


def test_every_function_has_a_row(rows: dict[str, FunctionRow], functions: tuple[LabellingFunction, ...]) -> None:
    assert set(rows) == {function.name for function in functions}


def test_the_number_grammar_is_right_on_plain_figures(rows: dict[str, FunctionRow]) -> None:
    row = rows["amount_grammar"]
    assert (row.precision, row.recall, row.votes) == (1.0, 1.0, 25)


def test_a_function_that_never_votes_has_no_shares(rows: dict[str, FunctionRow]) -> None:
    row = rows["org_newspaper"]
    assert (row.votes, row.coverage, row.precision, row.loss) == (0, 0.0, None, 0.0)


def test_shares_are_shares(rows: dict[str, FunctionRow]) -> None:
    for row in rows.values():
        for share in (row.coverage, row.overlaps, row.conflicts, row.precision, row.recall, row.accuracy):
            assert share is None or 0 <= share <= 1
        assert row.conflicts is None or row.overlaps is None or row.conflicts <= row.overlaps


def test_a_function_that_aligns_is_right_on_an_aligned_list(rows: dict[str, FunctionRow]) -> None:
    assert rows["rel_respectively"].precision == 1.0


def test_without_gold_only_what_needs_none_is_given(
    gold_reports: list[VotedReport], functions: tuple[LabellingFunction, ...]
) -> None:
    blind = [VotedReport(report.view, report.votes, report.spans, None, ()) for report in gold_reports]
    found = {row.function: row for row in analyse(blind, functions, Aggregation.GENERATIVE)}
    row = found["amount_grammar"]
    assert row.coverage is not None
    assert (row.precision, row.recall, row.accuracy, row.loss) == (None, None, None, None)


def test_csv_and_records_say_the_same(rows: dict[str, FunctionRow]) -> None:
    records = as_records(list(rows.values()))
    lines = list(csv.DictReader(io.StringIO(as_csv(list(rows.values())))))
    assert [line["function"] for line in lines] == [record["function"] for record in records]
    assert [int(line["votes"]) for line in lines] == [record["votes"] for record in records]
