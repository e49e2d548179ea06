from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhibiao.annotation.candidates import make_candidate
from zhibiao.annotation.faults import FaultKind
from zhibiao.annotation.history import make_history
from zhibiao.annotation.pull import pull
from zhibiao.annotation.pulled import PulledReport
from zhibiao.annotation.results import read_candidates, read_history, write_pulled
from zhibiao.annotation.rounds import Round
from zhibiao.corpus.gold import GoldReport
from zhibiao.errors import InputError

Make, Send = Callable[..., GoldReport], Callable[..., Any]


@pytest.fixture
def pushed(fake: Any, make_report: Make, send: Send, tmp_path: Path) -> Round:
    send(fake, make_report(), folder=tmp_path / "r")
    return Round(tmp_path / "r")


def fetch(fake: Any, folder: Round) -> PulledReport:
    (annotator,) = pull(fake, folder)
    (report,) = annotator.reports
    return report


def changes(report: PulledReport, kind: str) -> Counter[str]:
    return Counter(str(event.change) for event in make_history(report) if event.kind == kind)


def test_what_nobody_touched_equals_what_was_sent(fake: Any, pushed: Round, make_report: Make) -> None:
    report = fetch(fake, pushed)
    assert make_candidate(report).gold == make_report()
    assert (changes(report, "span"), changes(report, "relation")) == ({"kept": 6}, {"kept": 4})


def test_a_changed_label_keeps_its_suggestion_and_a_drawn_span_has_none(fake: Any, pushed: Round) -> None:
    rank = fake.rows("types", text="RANK")[0]["id"]
    fake.tables["spans"][4]["label"] = rank
    fake.add("spans", document=1, label=rank, start_offset=17, end_offset=19)
    events = {event.text: event for event in make_history(fetch(fake, pushed)) if event.kind == "span"}
    assert (events["5%"].change, events["5%"].was, events["5%"].suggestion.by) == ("relabelled", "AMOUNT", ("gold",))
    assert (events["专利"].change, events["专利"].suggestion) == ("added", None)


def test_a_span_marked_anew_with_another_end_is_moved_and_its_relation_kept(fake: Any, pushed: Round) -> None:
    spans, relations = fake.tables["spans"], fake.tables["relations"]
    spans[99] = {**spans.pop(2), "start_offset": 4, "id": 99}
    for relation in relations.values():
        relation["from_id"] = 99 if relation["from_id"] == 2 else relation["from_id"]
    report = fetch(fake, pushed)
    assert changes(report, "span") == {"kept": 5, "moved": 1}
    assert changes(report, "relation") == {"kept": 4}


def test_what_was_taken_out_is_listed(fake: Any, pushed: Round, make_report: Make) -> None:
    del fake.tables["spans"][4]
    fake.tables["relations"] = {
        n: r for n, r in fake.tables["relations"].items() if 4 not in (r["from_id"], r["to_id"])
    }
    report = fetch(fake, pushed)
    removed = [(event.kind, event.text) for event in make_history(report) if event.change == "removed"]
    assert removed == [("span", "5%"), ("relation", "高企总数 → 5%")]
    assert len(make_candidate(report).gold.facts) == 2


CASES: list[tuple[str, Callable[[Any], object], FaultKind]] = [
    ("overlap", lambda f: f.add("spans", document=1, label=2, start_offset=0, end_offset=4), FaultKind.OVERLAP),
    ("beyond the end", lambda f: f.tables["spans"][6].update(end_offset=99), FaultKind.OUTSIDE),
    ("zero length", lambda f: f.tables["spans"][6].update(end_offset=29), FaultKind.EMPTY_SPAN),
    ("space", lambda f: f.tables["spans"][5].update(start_offset=24), FaultKind.EDGE),
    ("unknown label", lambda f: f.tables["types"][3].update(text="PLACE"), FaultKind.UNKNOWN_LABEL),
    ("unknown type", lambda f: f.tables["types"][5].update(text="IS_A"), FaultKind.UNKNOWN_LABEL),
    ("missing span", lambda f: f.tables["spans"].pop(3), FaultKind.MISSING_SPAN),
    ("edited text", lambda f: f.tables["documents"][1].update(text="另一篇"), FaultKind.EDITED_TEXT),
    ("deleted", lambda f: f.tables["documents"].pop(1), FaultKind.DELETED_DOCUMENT),
    ("crossing", lambda f: f.tables["relations"][1].update(to_id=6), FaultKind.CROSSES_SENTENCE),
    ("illegal pair", lambda f: f.tables["relations"][1].update(to_id=1), FaultKind.ILLEGAL_PAIR),
    ("drawn twice", lambda f: f.add("relations", **{**f.tables["relations"][1], "id": 9}), FaultKind.DOUBLE_RELATION),
    (
        "remark of unknown words",
        lambda f: f.add("remarks", project=1, example=1, text="125家: plan", username="anna"),
        FaultKind.UNREAD_REMARK,
    ),
    (
        "remark on no figure",
        lambda f: f.add("remarks", project=1, example=1, text="99家: target", username="anna"),
        FaultKind.UNREAD_REMARK,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "kind"), CASES, ids=[case[0] for case in CASES])
def test_what_is_wrong_is_quarantined_whole(
    fake: Any, pushed: Round, name: str, spoil: Callable[[Any], object], kind: FaultKind
) -> None:
    spoil(fake)
    for row in fake.rows("documents"):
        row["is_confirmed"] = True
    (annotator,) = pull(fake, pushed)
    summary = write_pulled(pushed, annotator)
    assert kind in {fault.kind for fault in summary.faults}
    assert (summary.candidates, summary.quarantined) == ((), ("t-0",))
    assert (pushed.folder / "pulled" / "anna" / "quarantine" / "t-0.json").is_file()
    assert read_candidates(pushed) == {"anna": {}}


def test_documents_nobody_sent_are_told(fake: Any, pushed: Round) -> None:
    fake._import_lines(1, '{"text": "别的", "entities": [], "relations": [], "document": "x-0#1"}')
    fake.add("documents", **{**fake.tables["documents"][1], "id": 9})
    (annotator,) = pull(fake, pushed)
    assert [fault.kind for fault in annotator.strays] == [FaultKind.FOREIGN_DOCUMENT, FaultKind.DOUBLE_DOCUMENT]


def test_only_finished_reports_become_candidates(fake: Any, pushed: Round, make_report: Make) -> None:
    assert write_pulled(pushed, *pull(fake, pushed)).in_work == ("t-0",)
    assert write_pulled(pushed, *pull(fake, pushed), unfinished=True).candidates == ("t-0",)
    fake.tables["documents"][1]["is_confirmed"] = True
    assert write_pulled(pushed, *pull(fake, pushed)).candidates == ("t-0",)
    assert read_candidates(pushed) == {"anna": {"t-0": make_report()}}
    assert {(event["by"], event["change"]) for event in read_history(pushed)} == {("user 1", "kept")}


def test_remarks_decide_and_doubts_are_handed_on(fake: Any, pushed: Round) -> None:
    fake.tables["documents"][1]["is_confirmed"] = True
    remark = "125家: target 2025\n? 全市 → ORG\n见附件：2021年报告"
    fake.add("remarks", project=1, example=1, text=remark, username="anna")
    summary = write_pulled(pushed, *pull(fake, pushed))
    facts = read_candidates(pushed)["anna"]["t-0"].facts
    assert [(fact.status.value, fact.period) for fact in facts] == [
        ("target", "2025"),
        ("actual", "2021"),
        ("actual", "2021"),
    ]
    assert any("anna asks" in doubt for doubt in summary.doubts)


def test_a_fault_takes_an_earlier_candidate_away(fake: Any, pushed: Round) -> None:
    fake.tables["documents"][1]["is_confirmed"] = True
    write_pulled(pushed, *pull(fake, pushed))
    fake.tables["spans"][6]["end_offset"] = 99
    write_pulled(pushed, *pull(fake, pushed))
    assert read_candidates(pushed) == {"anna": {}}


def test_another_project_under_the_number_is_refused(fake: Any, pushed: Round) -> None:
    fake.tables["projects"][1]["name"] = "别的项目"
    with pytest.raises(InputError, match="别的项目"):
        pull(fake, pushed)


def test_a_relation_whose_span_goes_while_it_is_read_is_read_again(fake: Any, pushed: Round) -> None:
    read = fake._list_relations

    def delete_in_between(project: int, document: int) -> Any:
        answer = read(project, document)
        if 4 in fake.tables["spans"]:
            del fake.tables["spans"][4]
            fake.tables["relations"] = {n: r for n, r in fake.tables["relations"].items() if r["to_id"] != 4}
        return answer

    fake._list_relations = delete_in_between
    report = fetch(fake, pushed)
    assert (report.faults, len(report.relations)) == ((), 3)
