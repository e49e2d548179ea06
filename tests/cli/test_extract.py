import importlib
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from zhibiao import inference
from zhibiao.cli import make_app
from zhibiao.errors import ModelError
from zhibiao.formats import TableFormat
from zhibiao.inference import Engine, RunSummary
from zhibiao.inference.summary import Options
from zhibiao.inference.tasks import PipelineIdentity

Invoke = Callable[..., Result]


def make_summary(output: Path, rejected: int = 0) -> RunSummary:
    return RunSummary(
        output, PipelineIdentity("rules", "0.1.0", "ab", "rules"),
        Options(("reports",), None, TableFormat.CSV, 1, Engine.LOCAL),
        {"done": 9, "rejected": rejected, "skipped": 2}, 10, {"value": 100, "change": 12, "rank": 11},
        {"contradiction": 1, "note": 3, "pair": 2}, 0.0, 1.0,
    )  # fmt: skip


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def extract(*args: Any, **options: Any) -> RunSummary:
        calls.append((args, options))
        logging.getLogger("zhibiao.inference").info("pipeline: rules [0.1.0]")
        logging.getLogger("zhibiao.inference").warning("a.txt: rejected: the file is empty")
        sys.stdout.write("(raylet) noise\n")
        return make_summary(args[1], rejected=int(args[0] == [Path("rejected")]))

    monkeypatch.setattr(inference, "extract", extract)
    return calls


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(make_app(), ["extract", *arguments])


def test_extract_passes_its_options_on(calls: list[tuple[tuple[Any, ...], dict[str, Any]]]) -> None:
    result = invoke(
        "a.txt", "b", "--output", "out", "--model", "m", "--format", "xlsx", "--workers", "3", "--engine", "ray", "--min-score", "0.5",
    )  # fmt: skip
    assert result.exit_code == 0
    ((args, options),) = calls
    assert args == ([Path("a.txt"), Path("b")], Path("out"))
    assert options == {
        "model": "m",
        "min_score": 0.5,
        "format": "xlsx",
        "workers": 3,
        "engine": "ray",
        "progress": None,
    }


def test_extract_has_the_defaults_of_the_interface(calls: list[tuple[tuple[Any, ...], dict[str, Any]]]) -> None:
    invoke("a.txt", "--output", "out")
    assert calls[0][1] == {
        "model": None, "min_score": 0.0, "format": "csv", "workers": 1, "engine": "local", "progress": None
    }  # fmt: skip


@pytest.mark.usefixtures("calls")
def test_extract_prints_place_and_counts_on_stdout_and_messages_on_stderr() -> None:
    result = invoke("a.txt", "--output", "out")
    assert result.stdout == (
        "out/facts.csv\n"
        "123 facts (100 value, 12 change, 11 rank) in 10 reports; files: 9 done, 0 rejected, 2 skipped;"
        " pipeline: rules 0.1.0\n"
        "out/checks.csv\n"
        "findings of the checks: 6 (1 contradiction, 3 note, 2 pair)\n"
    )
    assert result.stderr == "pipeline: rules [0.1.0]\na.txt: rejected: the file is empty\n(raylet) noise\n"


@pytest.mark.usefixtures("calls")
def test_extract_is_quiet_when_asked() -> None:
    result = invoke("a.txt", "--output", "out", "--quiet")
    assert result.stderr == "(raylet) noise\n"
    assert result.stdout.startswith("out/facts.csv\n")


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(("path", "code"), [("rejected", 3), ("a.txt", 0)])
def test_extract_exits_with_3_when_a_file_was_rejected(path: str, code: int) -> None:
    assert invoke(path, "--output", "out").exit_code == code


@pytest.mark.usefixtures("calls")
def test_extract_leaves_the_log_as_it_was() -> None:
    logger = logging.getLogger("zhibiao")
    before = (logger.level, list(logger.handlers))
    invoke("a.txt", "--output", "out")
    assert (logger.level, list(logger.handlers)) == before


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (ModelError("there is no pipeline 'x'"), 1, "zhibiao: there is no pipeline 'x'\n"),
        (KeyboardInterrupt(), 130, "zhibiao: interrupted; run the same command again to continue\n"),
    ],
)
def test_extract_ends_with_one_line_for_what_users_can_mend(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    def fail(*args: Any, **options: Any) -> RunSummary:
        raise error

    monkeypatch.setattr(inference, "extract", fail)
    result = invoke("a.txt", "--output", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", message)


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.txt"],
        ["--output", "out"],
        ["a.txt", "--output", "out", "--format", "tsv"],
        ["a.txt", "--output", "out", "--engine", "spark"],
        ["a.txt", "--output", "out", "--workers", "0"],
        ["a.txt", "--output", "out", "--no-such-option"],
    ],
    ids=" ".join,
)
def test_extract_exits_with_2_when_it_is_called_wrongly(arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_extract_shows_a_progress_bar_on_a_terminal_only(
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    invoke("a.txt", "--output", "out")
    invoke("a.txt", "--output", "out", "--quiet")
    (_, shown), (_, quiet) = calls
    assert callable(shown["progress"])
    assert quiet["progress"] is None


def test_help_is_fast_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from zhibiao.cli import make_app; make_app()\n"
        "print({'spacy', 'pyarrow', 'ray', 'xlsxwriter', 'numpy', 'multiprocessing'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_version_is_printed() -> None:
    result = CliRunner().invoke(make_app(), ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"zhibiao {importlib.import_module('zhibiao').__version__}\n")
