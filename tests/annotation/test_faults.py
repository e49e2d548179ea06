from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from zhibiao.annotation.faults import FaultKind, find_faults
from zhibiao.annotation.suggestions import SuggestedReport, from_gold
from zhibiao.corpus.gold import GoldReport


def changed(report: SuggestedReport, field: str, number: int, **update: Any) -> SuggestedReport:
    items: list[BaseModel] = list(getattr(report, field))
    items[number] = items[number].model_copy(update=update)
    return report.model_copy(update={field: tuple(items)})


CASES = [
    ("spans", 1, {"end": 3}, FaultKind.OTHER_TEXT),
    ("spans", 1, {"start": 6, "end": 6, "text": ""}, FaultKind.EMPTY_SPAN),
    ("spans", 5, {"end": 999}, FaultKind.OUTSIDE),
    ("spans", 1, {"start": 0, "text": "全市高企总数"}, FaultKind.OVERLAP),
    ("spans", 1, {"id": 0}, FaultKind.DOUBLE_ID),
    ("spans", 4, {"start": 24, "end": 29, "text": "\n技术合同"}, FaultKind.EDGE),
    ("relations", 0, {"child": 77}, FaultKind.MISSING_SPAN),
    ("relations", 0, {"head": 0}, FaultKind.ILLEGAL_PAIR),
    ("relations", 0, {"child": 5}, FaultKind.CROSSES_SENTENCE),
    ("relations", 1, {"child": 2}, FaultKind.DOUBLE_RELATION),
    ("relations", 1, {"id": 0}, FaultKind.DOUBLE_ID),
]


@pytest.mark.parametrize(("field", "number", "update", "kind"), CASES)
def test_each_fault_is_found(
    make_report: Callable[..., GoldReport], field: str, number: int, update: dict[str, Any], kind: FaultKind
) -> None:
    report = changed(from_gold(make_report()), field, number, **update)
    assert kind in {fault.kind for fault in find_faults(report)}


def test_what_keeps_the_standard_has_no_fault(make_report: Callable[..., GoldReport]) -> None:
    assert find_faults(from_gold(make_report())) == []


@pytest.mark.parametrize(
    ("text", "kind"), [(" \n", FaultKind.EMPTY_TEXT), ("高企\ud800总数", FaultKind.UNSENDABLE_TEXT)]
)
def test_texts_that_cannot_travel(text: str, kind: FaultKind, make_report: Callable[..., GoldReport]) -> None:
    bare = from_gold(make_report()).model_copy(update={"text": text, "spans": (), "relations": (), "facts": ()})
    assert [fault.kind for fault in find_faults(bare)] == [kind]
