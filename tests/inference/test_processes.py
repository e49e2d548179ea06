from collections.abc import Iterator
from pathlib import Path

import pytest

from zhibiao.errors import ModelError
from zhibiao.inference import Stages
from zhibiao.inference.processes import ProcessCrew, describe_exit
from zhibiao.inference.scheduler import Scheduler
from zhibiao.inference.tasks import Task


def make_tasks(folder: Path, texts: list[str]) -> Iterator[Task]:
    for position, text in enumerate(texts):
        path = folder / f"{position}.txt"
        path.write_text(text, "utf-8")
        yield Task(position, path, path.name, None)


def read_all(stages: Stages, folder: Path, texts: list[str], seconds: float = 60) -> dict[int, str | None]:
    with Scheduler(ProcessCrew(stages, None), seconds_per_file=seconds) as scheduler:
        outcomes = scheduler.run(make_tasks(folder, texts), workers=2)
        return {outcome.position: outcome.reason for outcome in outcomes}


def test_workers_die_alone(stages: Stages, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    # without a sha256 every file that is read counts as changed, which is an answer like any other
    changed = "the file changed during the run; run again"
    assert read_all(stages, tmp_path, ["die", "", "exit", "write", "sleep 60", "", ""], seconds=1.5) == {
        0: "the worker process died (SIGKILL, perhaps for want of memory)",
        1: changed,
        2: "the worker process died (exit code 7)",
        3: changed,
        4: "not done within the limit of 1.5 s",
        5: changed,
        6: changed,
    }
    assert capfd.readouterr().out == ""


def test_a_worker_that_dies_while_it_loads_stops_the_run(stages: Stages) -> None:
    with (
        Scheduler(ProcessCrew(stages, "deadly"), seconds_per_file=60) as scheduler,
        pytest.raises(ModelError, match=r"failed to load the pipeline: the worker process died \(exit code 5\)"),
    ):
        scheduler.load()


@pytest.mark.parametrize(
    ("code", "words"),
    [(0, "exit code 0"), (None, "exit code None"), (-15, "SIGTERM"), (-200, "signal 200")],
)
def test_describe_exit_names_the_signal(code: int | None, words: str) -> None:
    assert describe_exit(code) == words
