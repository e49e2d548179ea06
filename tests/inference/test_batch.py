import errno
import json
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhibiao import __version__
from zhibiao.errors import MissingExtraError, ModelError
from zhibiao.formats import TableFormat
from zhibiao.inference import OutputError, RunSummary, Stages, across, batch, extract, merge
from zhibiao.inference.tasks import Outcome

pytestmark = pytest.mark.usefixtures("inline")

Results = Callable[[Path], dict[str, Any]]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def run(stages: Stages, reports: Path, output: Path) -> Callable[..., RunSummary]:
    def run(**options: Any) -> RunSummary:
        return extract(options.pop("paths", [reports]), output, **({"stages": stages} | options))

    return run


def test_extract_writes_the_five_files_and_nothing_else(run: Callable[..., RunSummary], output: Path) -> None:
    summary = run()
    assert (summary.facts_path, summary.checks_path) == (output / "facts.csv", output / "checks.csv")
    assert sorted(path.name for path in output.iterdir()) == [
        "checks.csv", "facts.csv", "ledger.jsonl", "run.json", "spans.jsonl"
    ]  # fmt: skip


def test_extract_lists_every_file_with_its_fate(
    run: Callable[..., RunSummary], output: Path, reports: Path, results: Results
) -> None:
    run(paths=[reports, Path("none.txt")])
    ledger = results(output)["ledger"]
    assert [
        (entry["name"], entry["status"], entry["reason"], entry["reports"], entry["facts"]) for entry in ledger
    ] == [
        ("a.txt", "done", None, 1, 1),
        ("b/1.txt", "done", None, 2, 4),
        ("b/2.txt", "done", None, 0, 0),
        ("b/3.txt", "skipped", "same content as a.txt", 0, 0),
        ("c.jpg", "skipped", "no report format", 0, 0),
        ("d.txt", "done", None, 1, 1),
        ("none.txt", "rejected", "no such file", 0, 0),
    ]
    assert ledger[0]["path"] == str(reports / "a.txt")
    assert list(ledger[0]) == ["name", "path", "sha256", "size", "status", "reason", "reports", "facts"]


def test_extract_describes_the_run(run: Callable[..., RunSummary], output: Path, reports: Path) -> None:
    times = iter([1_640_995_200.0, 1_640_995_202.5])
    summary = run(model="zhibiao_zh_fast", workers=3, clock=lambda: next(times))
    record = json.loads((output / "run.json").read_text("utf-8"))
    assert (record.pop("python"), record.pop("platform")) != (None, None)
    assert record == {
        "version": __version__,
        "model": {"name": "zhibiao_zh_fast", "version": "1.0.0", "hash": "cd" * 32, "kind": "trained"},
        "options": {
            "paths": [str(reports)], "model": "zhibiao_zh_fast", "format": "csv", "workers": 3, "engine": "local",
            "min_score": 0.0,
        },
        "counts": {
            "files": {"done": 4, "rejected": 0, "skipped": 2},
            "reports": 4,
            "facts": {"value": 6, "change": 0, "rank": 0},
            "checks": {"contradiction": 0, "note": 0, "pair": 0},
        },
        "started": "2022-01-01T00:00:00+00:00",
        "finished": "2022-01-01T00:00:02+00:00",
        "seconds": 2.5,
    }  # fmt: skip
    assert (summary.rejected, summary.reports, summary.facts["value"]) == (0, 4, 6)


def test_extract_writes_one_span_line_per_report(run: Callable[..., RunSummary], output: Path) -> None:
    run()
    lines = [json.loads(line) for line in (output / "spans.jsonl").read_text("utf-8").splitlines()]
    assert [(line["source"], line["part"]) for line in lines] == [
        ("a.txt", 0), ("b/1.txt", 0), ("b/1.txt", 1), ("d.txt", 0)
    ]  # fmt: skip


@pytest.mark.parametrize("table_format", TableFormat)
def test_extract_writes_every_format(run: Callable[..., RunSummary], output: Path, table_format: TableFormat) -> None:
    run(format=str(table_format))
    assert (output / f"facts.{table_format}").stat().st_size > 0
    assert (output / f"checks.{table_format}").is_file()


def test_extract_checks_figures_within_reports_and_between_them(
    run: Callable[..., RunSummary], reports: Path, output: Path
) -> None:
    (reports / "e.txt").write_text("工作总结 高企126家 高企128家", "utf-8")
    summary = run(format="jsonl")
    found = [json.loads(line) for line in (output / "checks.jsonl").read_text("utf-8").splitlines()]
    assert [(row["kind"], row["verdict"], row["source"], row["figure"], row["other_source"], row["other_figure"])
            for row in found] == [
        ("repeat", "contradiction", "e.txt", "126家", "e.txt", "128家"),
        ("repeat", "note", "a.txt", "125家", "e.txt", "126家"),
        ("repeat", "note", "a.txt", "125家", "e.txt", "128家"),
    ]  # fmt: skip
    assert summary.checks == {"contradiction": 1, "note": 2, "pair": 0}
    assert json.loads((output / "run.json").read_text("utf-8"))["counts"]["checks"] == summary.checks


def test_extract_compares_a_bounded_number_of_facts_across_reports(
    run: Callable[..., RunSummary], reports: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (reports / "e.txt").write_text("工作总结 高企126家", "utf-8")
    monkeypatch.setattr(across, "_MOST_FACTS", 3)
    assert run().checks["note"] == 0
    assert "341881 hightech_enterprises: only the first 3 facts are compared across reports" in caplog.messages


@pytest.mark.parametrize("workers", [2, 3, 8])
def test_extract_gives_the_same_for_any_number_of_workers(
    run: Callable[..., RunSummary], output: Path, results: Results, workers: int
) -> None:
    run()
    one = results(output)
    shutil.rmtree(output)
    run(workers=workers)
    assert results(output) == one


def test_extract_says_which_pipeline_it_uses(run: Callable[..., RunSummary], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        run()
    assert "pipeline: rules 0.1.0 (rules)" in caplog.messages


def test_extract_tells_its_progress(run: Callable[..., RunSummary]) -> None:
    steps: list[tuple[int, int]] = []
    run(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]


def test_extract_rejects_a_file_that_breaks_the_code_and_goes_on(
    run: Callable[..., RunSummary], reports: Path, output: Path, results: Results, caplog: pytest.LogCaptureFixture
) -> None:
    (reports / "b" / "2.txt").write_text("bug", "utf-8")
    assert run().rejected == 1
    entry = results(output)["ledger"][2]
    assert entry["reason"].startswith("internal error: KeyError: '高企' (fake_stages.py:")
    assert f"b/2.txt: rejected: {entry['reason']}" in caplog.messages


def test_extract_does_not_bury_the_terminal_under_rejections(
    run: Callable[..., RunSummary], reports: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(30):
        (reports / f"{number}.txt").write_text(f"bug {number}" if number % 2 else f"reject\n{number}", "utf-8")
        (reports / f"x{number}.txt").write_text(f"reject\nx{number}", "utf-8")
    summary = run()
    warnings = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert summary.rejected > 20
    assert len(warnings) == 21
    assert warnings[-1] == "more files are rejected; ledger.jsonl will list them all"


def test_extract_of_no_files_gives_empty_results(run: Callable[..., RunSummary], tmp_path: Path, output: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert sum(run(paths=[tmp_path / "empty"]).files.values()) == 0
    assert (output / "facts.csv").read_text("utf-8-sig").startswith("fact_id")


def test_extract_copes_with_names_that_are_no_utf8(
    run: Callable[..., RunSummary], reports: Path, output: Path, results: Results
) -> None:
    folder = Path(os.fsdecode(os.fsencode(reports) + "/总结".encode("gbk")))
    folder.mkdir()
    (folder / "1.txt").write_text("工作总结 高企125家", "utf-8")
    for _ in range(2):
        run(paths=[folder])
        (entry,) = results(output)["ledger"]
        assert entry["status"] == "done"
        # the two bytes in the middle happen to be UTF-8
        assert entry["path"].endswith("/reports/\\udcd7\u073d\\udce1/1.txt")


def test_extract_does_not_take_its_own_results_for_input(stages: Stages, reports: Path, results: Results) -> None:
    for _ in range(2):
        extract([reports], reports, stages=stages)
        assert [entry["name"] for entry in results(reports)["ledger"]] == [
            "a.txt", "b/1.txt", "b/2.txt", "b/3.txt", "c.jpg", "d.txt"
        ]  # fmt: skip


def test_the_same_command_again_follows_the_files(
    run: Callable[..., RunSummary], reports: Path, output: Path, results: Results
) -> None:
    run()
    (reports / "a.txt").write_text("工作总结 高企126家", "utf-8")
    (reports / "0.txt").write_text("工作总结 高企127家", "utf-8")
    run()
    ledger = results(output)["ledger"]
    assert [entry["name"] for entry in ledger] == ["0.txt", "a.txt", "b/1.txt", "b/2.txt", "b/3.txt", "c.jpg", "d.txt"]
    assert [entry["status"] for entry in ledger].count("done") == 6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"model": "zhibiao_zh_fast"}, "model: none given"),
        ({"format": "jsonl"}, "format: csv"),
        ({"paths": ["elsewhere"]}, "paths: .*/reports"),
    ],
)
def test_another_command_does_not_touch_finished_results(
    run: Callable[..., RunSummary], output: Path, results: Results, options: dict[str, Any], message: str
) -> None:
    run()
    before = results(output)
    with pytest.raises(OutputError, match=rf"holds the results of other options \({message}\): choose another folder"):
        run(**options)
    assert results(output) == before
    assert not (output / ".zhibiao").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"options": null}', '{"options": {"paths": 1}}'])
def test_a_foreign_run_file_is_not_overwritten(run: Callable[..., RunSummary], output: Path, content: str) -> None:
    output.mkdir()
    (output / "run.json").write_text(content)
    with pytest.raises(OutputError, match=r"run.json is not of zhibiao's making"):
        run()
    assert (output / "run.json").read_text() == content


def interrupt_after(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the journal be cut off after some outcomes, once."""
    record = batch.Journal.record
    recorded = 0

    def record_some(journal: batch.Journal, outcome: Outcome) -> None:
        nonlocal recorded
        if recorded == number:
            raise KeyboardInterrupt
        recorded += 1
        record(journal, outcome)

    monkeypatch.setattr(batch.Journal, "record", record_some)


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_an_interrupted_run_is_continued_to_the_same_end(
    run: Callable[..., RunSummary], output: Path, results: Results, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    run()
    whole = results(output)
    shutil.rmtree(output)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        interrupt_after(patched, number)
        run()
    assert [path.name for path in output.iterdir()] == [".zhibiao"]
    steps: list[int] = []
    run(progress=lambda done, total: steps.append(done))
    assert steps[0] == 2 + number
    assert results(output) == whole
    assert not (output / ".zhibiao").exists()


@pytest.mark.parametrize("name", ["write_results", "publish_results", "_forget"])
def test_a_run_that_is_interrupted_while_it_writes_is_continued_to_the_same_end(
    run: Callable[..., RunSummary], output: Path, results: Results, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    run()
    whole = results(output)
    shutil.rmtree(output)

    def work_and_stop(*args: Any) -> None:
        real(*args)
        raise KeyboardInterrupt

    real = getattr(batch, name)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(batch, name, work_and_stop)
        run()
    run()
    assert results(output) == whole
    assert not (output / ".zhibiao").exists()


def test_a_run_that_is_interrupted_between_the_files_leaves_no_run_file(
    run: Callable[..., RunSummary], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    replace = Path.replace

    def stop_at_spans(path: Path, target: Path) -> Path:
        if target == output / "spans.jsonl":
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", stop_at_spans)
        run()
    assert not (output / "run.json").exists()
    run()
    assert (output / "run.json").exists()


def test_another_model_does_not_continue_an_interrupted_run(
    run: Callable[..., RunSummary], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        interrupt_after(patched, 2)
        run()
    with pytest.raises(OutputError, match="holds an unfinished run with other options"):
        run(model="zhibiao_zh_fast")
    steps: list[int] = []
    run(format="jsonl", progress=lambda done, total: steps.append(done))
    assert steps[0] == 4


def test_an_interrupted_run_whose_model_was_trained_anew_begins_anew(
    run: Callable[..., RunSummary], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        interrupt_after(patched, 2)
        run()
    import fake_stages  # noqa: PLC0415 - importable only under the fixture

    monkeypatch.setattr(
        fake_stages, "load_pipeline", lambda model: fake_stages.FakePipeline("rules", "0.1.0", "new", "rules")
    )
    steps: list[int] = []
    run(progress=lambda done, total: steps.append(done))
    assert steps[0] == 2


@pytest.mark.parametrize("model", ["missing", "broken"])
def test_a_missing_model_leaves_nothing_behind(run: Callable[..., RunSummary], output: Path, model: str) -> None:
    with pytest.raises(ModelError):
        run(model=model)
    assert not output.exists()


def test_a_missing_extra_is_noticed_before_any_work(
    run: Callable[..., RunSummary], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhibiao.formats.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="zhibiao\\[parquet\\]"):
        run(format="parquet")
    assert not output.exists()


@pytest.mark.parametrize(("option", "value"), [("format", "tsv"), ("engine", "spark")])
def test_an_unknown_option_is_refused(run: Callable[..., RunSummary], option: str, value: str) -> None:
    with pytest.raises(ValueError, match=value):
        run(**{option: value})


def test_a_folder_that_is_a_file_is_refused(run: Callable[..., RunSummary], output: Path) -> None:
    output.write_text("in the way")
    with pytest.raises(OutputError, match="results cannot be written: "):
        run()


def test_a_full_disk_keeps_what_was_read(
    run: Callable[..., RunSummary], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "facts.csv")

    with monkeypatch.context() as patched, pytest.raises(OutputError, match="results cannot be written: No space left"):
        patched.setattr(merge, "write_table", fail)
        run()
    steps: list[int] = []
    run(progress=lambda done, total: steps.append(done))
    assert steps == [6]


def test_a_damaged_journal_is_refused(run: Callable[..., RunSummary], output: Path) -> None:
    (output / ".zhibiao").mkdir(parents=True)
    (output / ".zhibiao" / "journal.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(OutputError, match=r"is damaged .* remove it to start anew"):
        run()
