import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.inference import Stages
from zhibiao.inference.tasks import FileReader, LoadFailure, Task, load_reader, make_one_line, pack_lines, unpack_lines


def make_task(path: Path, text: str, sha256: str = "") -> Task:
    path.write_text(text, "utf-8")
    return Task(4, path, path.name, sha256 or hashlib.sha256(text.encode()).hexdigest())


def test_read_gives_the_lines_and_counts_of_a_file(stages: Stages, tmp_path: Path) -> None:
    task = make_task(tmp_path / "a.txt", "工作总结 高企125家，高企18家 工作总结")
    outcome = FileReader(stages, None).read(task)
    assert (outcome.position, outcome.name, outcome.reason) == (4, "a.txt", None)
    assert (outcome.reports, outcome.facts) == (2, {"value": 4})
    assert len(unpack_lines(outcome.spans_lines).splitlines()) == 2
    facts = [json.loads(line) for line in unpack_lines(outcome.fact_lines).splitlines()]
    assert [(fact["part"], fact["figure"]) for fact in facts] == [(0, "125家"), (0, "18家"), (1, "125家"), (1, "18家")]


def test_read_checks_each_report_and_gives_the_keys_of_its_facts(stages: Stages, tmp_path: Path) -> None:
    task = make_task(tmp_path / "a.txt", "工作总结 高企125家，高企126家 工作总结")
    outcome = FileReader(stages, None).read(task)
    checks = [json.loads(line) for line in unpack_lines(outcome.check_lines).splitlines()]
    assert [(check["figure"], check["other_figure"], check["report_id"][-2:]) for check in checks] == [
        ("125家", "126家", "-0"), ("125家", "126家", "-1")
    ]  # fmt: skip
    keys = [json.loads(line) for line in unpack_lines(outcome.key_lines).splitlines()]
    assert keys == [["341881 hightech_enterprises", part, line] for part, line in ((0, 0), (0, 1), (1, 2), (1, 3))]


def test_unsure_facts_stay_out_of_the_table_and_in_the_annotation(stages: Stages, tmp_path: Path) -> None:
    task = make_task(tmp_path / "a.txt", "工作总结 高企125家，高企126.5家")
    every = FileReader(stages, None, 0.5).read(task)
    sure = FileReader(stages, None, 0.51).read(task)
    assert (every.facts, sure.facts) == ({"value": 2}, {"value": 1})
    assert [json.loads(line)["figure"] for line in unpack_lines(sure.fact_lines).splitlines()] == ["125家"]
    assert (len(unpack_lines(every.check_lines)) > 0, sure.check_lines) == (True, b"")
    assert sure.spans_lines == every.spans_lines


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("reject", "nothing to read"),
        ("extra", "install zhibiao[pdf]"),
        ("bug", "internal error: KeyError: '高企' (fake_stages.py:"),
        ("change", "the file changed during the run; run again"),
    ],
)
def test_read_turns_whatever_goes_wrong_into_a_reason(stages: Stages, tmp_path: Path, text: str, reason: str) -> None:
    outcome = FileReader(stages, None).read(make_task(tmp_path / "a.txt", text))
    assert outcome.reason is not None
    assert outcome.reason.startswith(reason)
    assert (outcome.reports, outcome.facts, outcome.spans_lines, outcome.fact_lines) == (0, {}, b"", b"")
    assert ("Traceback" in outcome.trace) == ("internal" in reason)


def test_read_rejects_a_missing_file_with_the_reason_of_the_reader(stages: Stages, tmp_path: Path) -> None:
    assert FileReader(stages, None).read(Task(1, tmp_path / "none.txt", "none.txt", None)).reason == "no such file"


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("missing", "there is no pipeline 'missing'"),
        ("broken", "the pipeline cannot be loaded: OSError: config.cfg\nnot found"),
    ],
)
def test_load_reader_answers_with_the_failure(stages: Stages, model: str, message: str) -> None:
    assert load_reader(stages, model) == LoadFailure(message)


def test_load_reader_answers_when_a_stage_is_not_there() -> None:
    failure = load_reader(Stages(read_source="no_such_module:read"), None)
    assert isinstance(failure, LoadFailure)
    assert "No module named 'no_such_module'" in failure.message


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_unpack_lines_undoes_pack_lines(lines: list[str]) -> None:
    assert unpack_lines(pack_lines(lines)).decode().split("\n") == [*lines, ""]


def test_pack_lines_replaces_what_utf8_cannot_hold() -> None:
    assert unpack_lines(pack_lines(["总\ud800结"])) == "总?结\n".encode()


@given(st.text())
def test_make_one_line_makes_one_short_line(text: str) -> None:
    line = make_one_line(text)
    assert len(line.splitlines()) <= 1
    assert len(line) <= 500
