"""Real processes, really killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

STAGES = Path(__file__).parent / "stages"
Results = Callable[[Path], dict[str, Any]]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(40):
        # slow enough to be caught in the act, and of uneven length so that files end out of order
        pause = 0.01 + 0.02 * (number % 4)
        # figures near enough to one another for the checks to hold them together, in a file and between files
        figures = f"高企{100 + number}.5家 高企{100 + number}家"
        (folder / f"{number:02}.txt").write_text(f"sleep {pause}\n工作总结 {figures}", "utf-8")
    (folder / "40.txt").write_text("reject", "utf-8")
    (folder / "41.txt").write_text("sleep 0.01\n工作总结 高企0.5家 高企0家", "utf-8")
    return folder


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(STAGES / "run_extract.py"), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(STAGES)},
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str], number: int) -> list[int]:
    """Wait until a number of files is dealt with, and give the ids of the workers."""
    assert process.stderr is not None
    for line in process.stderr:
        match line.split():
            case ["progress", done, _, *workers] if int(done) >= number:
                return [int(worker) for worker in workers]
    raise AssertionError("the run ended too early")


def finish(*arguments: str | Path) -> tuple[int, str]:
    process = start(*arguments)
    _, messages = process.communicate(timeout=60)
    return process.returncode, messages


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def whole(reports: Path, tmp_path_factory: pytest.TempPathFactory, results: Results) -> dict[str, Any]:
    output = tmp_path_factory.mktemp("whole")
    code, _ = finish(reports, "--output", output, "--workers", "2")
    assert code == 3
    found = results(output)
    assert found["counts"]["checks"] == {"contradiction": 39, "note": 10, "pair": 0}
    return found


def test_a_killed_run_is_continued_to_the_same_end(
    reports: Path, tmp_path: Path, results: Results, whole: dict[str, Any]
) -> None:
    command = (reports, "--output", tmp_path / "out", "--workers", "3")
    for number in (2, 15, 30):
        process = start(*command)
        children = wait_for(process, number)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        deadline = time.monotonic() + 10
        while any(map(is_running, children)):
            assert time.monotonic() < deadline, "a worker outlived its parent"
            time.sleep(0.05)
    code, messages = finish(*command)
    assert code == 3
    assert "continuing: " in messages
    assert results(tmp_path / "out") == whole
    assert not (tmp_path / "out" / ".zhibiao").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_how_to_go_on_and_does(
    reports: Path, tmp_path: Path, results: Results, whole: dict[str, Any], number: signal.Signals
) -> None:
    command = (reports, "--output", tmp_path / "out", "--workers", "2")
    process = start(*command)
    children = wait_for(process, 10)
    # Ctrl-C reaches the workers as well
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    out, messages = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert messages.endswith("zhibiao: interrupted; run the same command again to continue\n")
    assert "Traceback" not in messages
    assert not any(map(is_running, children))
    assert finish(*command)[0] == 3
    assert results(tmp_path / "out") == whole


@pytest.mark.parametrize("limit", ["4096", "60000"])
def test_a_full_disk_is_one_line_and_the_run_can_be_continued(
    reports: Path, tmp_path: Path, results: Results, whole: dict[str, Any], limit: str
) -> None:
    command = (reports, "--output", tmp_path / "out", "--workers", "2")
    code, messages = finish("--limit", limit, *command)
    assert code == 1
    assert "Traceback" not in messages
    assert "out cannot be written: " in messages.splitlines()[-1]
    assert finish(*command)[0] == 3
    assert results(tmp_path / "out") == whole


def test_a_second_run_on_the_same_folder_is_refused(reports: Path, tmp_path: Path) -> None:
    command = (reports, "--output", tmp_path / "out")
    first = start(*command)
    wait_for(first, 5)
    code, messages = finish(*command)
    assert code == 1
    assert f"out: another run (process {first.pid}) is at work here" in messages
    first.kill()
    first.communicate()
