import json
from pathlib import Path

import pytest

from zhibiao.errors import OutputError
from zhibiao.weak import job
from zhibiao.weak.aggregation import Aggregation
from zhibiao.weak.functions import LabellingFunction
from zhibiao.weak.job import FAULTS_FILE, LEDGER_FILE, RUN_FILE, label_files
from zhibiao.weak.silver import read_silver

Functions = tuple[LabellingFunction, ...]
REPORT = "宁国市科技局2021年工作总结\n全市高企总数达{n}家，同比增长12.5%。\n新增5家省级研发平台。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for n in (125, 130):
        (inputs / f"r{n}.txt").write_text(REPORT.replace("{n}", str(n)), "utf-8")
    (inputs / "copy.txt").write_text(REPORT.replace("{n}", "130"), "utf-8")
    (inputs / "empty.txt").write_bytes(b"")
    return inputs


def test_label_files_writes_silver_and_says_what_became_of_each_file(folder: Path, functions: Functions) -> None:
    output = folder.parent / "out"
    summary = label_files([folder], output, functions, aggregation=Aggregation.MAJORITY)
    assert summary.files == {"done": 2, "rejected": 1, "skipped": 1}
    ledger = {line["source"]: line for line in map(json.loads, (output / LEDGER_FILE).read_text("utf-8").splitlines())}
    assert ledger["empty.txt"]["status"] == "rejected"
    assert ledger["empty.txt"]["reason"]
    assert "same content" in ledger["r130.txt"]["reason"]
    reports = list(read_silver(summary.silver_path))
    assert [report.source for report in reports] == ["copy.txt", "r125.txt"]
    assert all("高企总数" in [entity.text for entity in report.entities] for report in reports)
    assert sorted(path.name for path in output.iterdir()) == sorted(
        ["silver.jsonl", LEDGER_FILE, RUN_FILE, FAULTS_FILE]
    )


def test_an_interrupted_run_is_continued(folder: Path, functions: Functions, monkeypatch: pytest.MonkeyPatch) -> None:
    output = folder.parent / "out"

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(job, "_weigh", stop)
        with pytest.raises(KeyboardInterrupt):
            label_files([folder], output, functions, aggregation=Aggregation.MAJORITY)
    votes_cast: list[object] = []
    monkeypatch.setattr(job, "vote", lambda *args: votes_cast.append(args))
    again = label_files([folder], output, functions, aggregation=Aggregation.MAJORITY)
    monkeypatch.undo()
    anew = label_files([folder], folder.parent / "anew", functions, aggregation=Aggregation.MAJORITY)
    assert votes_cast == []
    assert list(read_silver(again.silver_path)) == list(read_silver(anew.silver_path))


def test_votes_of_other_functions_are_not_taken_over(
    folder: Path, functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = folder.parent / "out"

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(job, "_weigh", stop)
        with pytest.raises(KeyboardInterrupt):
            label_files([folder], output, functions)
    fewer = tuple(function for function in functions if function.name != "metric_rules")
    summary = label_files([folder], output, fewer, aggregation=Aggregation.MAJORITY)
    named = {
        name for report in read_silver(summary.silver_path) for one in report.silver.entities for name in one.votes
    }
    assert "metric_rules" not in named


def test_damaged_votes_are_cast_anew(folder: Path, functions: Functions) -> None:
    output = folder.parent / "out"
    work = output / ".zhibiao" / "votes"
    work.mkdir(parents=True)
    for path in folder.glob("r*.txt"):
        (work / f"{job.read_source(path, name=path.name).sha256}.json").write_text("{broken", "utf-8")
    assert label_files([folder], output, functions, aggregation=Aggregation.MAJORITY).reports == 2


def test_another_commands_folder_is_left_alone(folder: Path, functions: Functions) -> None:
    output = folder.parent / "out"
    output.mkdir()
    (output / RUN_FILE).write_text('{"command": "extract"}', "utf-8")
    with pytest.raises(OutputError, match="choose another folder"):
        label_files([folder], output, functions)
    assert (output / RUN_FILE).read_text("utf-8") == '{"command": "extract"}'


def test_no_readable_file_gives_empty_silver(tmp_path: Path, functions: Functions) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    summary = label_files([tmp_path / "empty.txt"], tmp_path / "out", functions)
    assert (summary.reports, summary.files["rejected"]) == (0, 1)
    assert list(read_silver(summary.silver_path)) == []
