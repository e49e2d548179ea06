from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhibiao.annotation.doccano.answers import UnreachableError
from zhibiao.annotation.faults import FaultKind
from zhibiao.annotation.rounds import Round
from zhibiao.annotation.suggestions import from_gold
from zhibiao.corpus.gold import GoldReport
from zhibiao.errors import InputError, OutputError

Make, Send = Callable[..., GoldReport], Callable[..., Any]


def test_each_annotator_has_a_project_with_labels_and_a_share(fake: Any, make_report: Make, send: Send) -> None:
    reports = [make_report(report_id=f"t-{i}") for i in range(6)]
    summary = send(fake, *reports, shares=("anna", "bo"), double=0.5)
    assert [row["name"].rpartition(" · ")[2] for row in fake.rows("projects")] == ["anna", "bo"]
    assert len(fake.rows("types")) == 16
    assert {row["text"]: row["suffix_key"] for row in fake.rows("types", project=1)}["METRIC"] == "m"
    assert summary.sent == len(fake.rows("documents")) == 9
    assert summary.passwords.keys() == {"anna", "bo"}


def test_a_push_that_is_repeated_sends_nothing(fake: Any, make_report: Make, send: Send, tmp_path: Path) -> None:
    send(fake, make_report(), folder=tmp_path)
    again = send(fake, make_report(), folder=tmp_path)
    assert (again.sent, again.there, again.passwords, len(fake.rows("documents"))) == (0, 1, {}, 1)


def test_another_folder_takes_in_what_is_there(fake: Any, make_report: Make, send: Send, tmp_path: Path) -> None:
    send(fake, make_report(), folder=tmp_path / "a" / "r")
    summary = send(fake, make_report(), folder=tmp_path / "b" / "r")
    assert (summary.sent, summary.there, len(fake.rows("documents"))) == (0, 1, 1)
    assert Round(tmp_path / "a" / "r").read_documents() == Round(tmp_path / "b" / "r").read_documents()


def test_nothing_is_asked_of_the_server_before_everything_is_checked(fake: Any, make_report: Make, send: Send) -> None:
    good = from_gold(make_report())
    bad = good.model_copy(update={"report_id": "t-1", "spans": (good.spans[0], *good.spans)})
    with pytest.raises(InputError, match="nothing was sent; the first: t-1"):
        send(fake, good, bad)
    assert fake.asked == []


def test_other_suggestions_for_a_report_need_another_round(
    fake: Any, make_report: Make, send: Send, tmp_path: Path
) -> None:
    report = from_gold(make_report())
    send(fake, report, folder=tmp_path)
    with pytest.raises(InputError, match="begin another round"):
        send(fake, report.model_copy(update={"relations": report.relations[1:]}), folder=tmp_path)


def test_a_broken_off_import_is_sent_again(fake: Any, make_report: Make, send: Send, tmp_path: Path) -> None:
    whole = fake._import_lines

    def break_off(project: int, content: str) -> None:
        whole(project, content)
        fake.tables["relations"] = {}
        raise UnreachableError("gone")

    fake._import_lines = break_off
    with pytest.raises(UnreachableError):
        send(fake, make_report(), folder=tmp_path)
    fake._import_lines = whole
    summary = send(fake, make_report(), folder=tmp_path)
    assert (summary.sent, summary.repaired, len(fake.rows("documents"))) == (1, ["t-0#1 of anna"], 1)


def test_an_import_that_the_server_repeats_leaves_one_document(fake: Any, make_report: Make, send: Send) -> None:
    once = fake._import_lines
    fake._import_lines = lambda project, content: max((once(project, content) for _ in range(4)), key=len)
    summary = send(fake, make_report())
    assert len(fake.rows("documents")) == 1
    assert summary.repaired == ["t-0#1 of anna"] * 3


def test_spans_that_the_server_drops_do_not_pass(fake: Any, make_report: Make, send: Send) -> None:
    whole = fake._import_lines

    def drop(project: int, content: str) -> Any:
        answer = whole(project, content)
        fake.tables["spans"].clear()
        return answer

    fake._import_lines = drop
    with pytest.raises(OutputError, match="do not arrive"):
        send(fake, make_report())


def test_a_document_that_is_gone_is_told_and_not_sent_again(
    fake: Any, make_report: Make, send: Send, tmp_path: Path
) -> None:
    send(fake, make_report(), folder=tmp_path)
    fake.tables["documents"].clear()
    summary = send(fake, make_report(), folder=tmp_path)
    assert ([fault.kind for fault in summary.faults], summary.sent) == ([FaultKind.DELETED_DOCUMENT], 0)


def test_a_project_with_other_settings_is_refused(fake: Any, make_report: Make, send: Send, tmp_path: Path) -> None:
    send(fake, make_report(), folder=tmp_path)
    fake.tables["projects"][1]["allow_overlapping"] = True
    with pytest.raises(InputError, match="allow_overlapping"):
        send(fake, make_report(), folder=tmp_path)


def test_a_round_goes_on_with_more_annotators_and_refuses_other_settings(
    fake: Any, make_report: Make, send: Send, tmp_path: Path
) -> None:
    send(fake, make_report(), folder=tmp_path)
    send(fake, make_report(report_id="t-1"), folder=tmp_path, shares=("bo",))
    assert Round(tmp_path).read_info().owners == {"t-0": ("anna",), "t-1": ("bo",)}
    with pytest.raises(InputError, match="begun with size"):
        send(fake, make_report(), folder=tmp_path, size=300)


def test_text_with_line_separators_survives_the_side_file(
    fake: Any, make_report: Make, send: Send, tmp_path: Path
) -> None:
    report = make_report("全市\u2028⟦M1:高企⟧\u0085⟦A2:5家⟧\n====\nM1 A2 value")
    send(fake, report, folder=tmp_path)
    assert Round(tmp_path).read_reports() == {"t-0": from_gold(report)}


def test_two_commands_do_not_work_on_one_round_at_once(tmp_path: Path) -> None:
    with Round(tmp_path).alone(), pytest.raises(InputError, match="another command"), Round(tmp_path).alone():
        raise AssertionError("two at once")
    with Round(tmp_path).alone():
        assert list(tmp_path.iterdir()) == []
