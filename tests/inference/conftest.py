"""Small inputs, stages without spaCy, and a crew that works in this process."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from zhibiao.inference import Stages, batch
from zhibiao.inference.tasks import FileReader, LoadFailure, Outcome, PipelineIdentity, Task, load_reader

FAKES = Path(__file__).parent / "stages"

# scripts and modules for other processes, not tests
collect_ignore = ["stages"]


@pytest.fixture(autouse=True)
def _importable_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process and its workers import ``fake_stages``."""
    monkeypatch.syspath_prepend(str(FAKES))


@pytest.fixture
def stages() -> Stages:
    return Stages(*(f"fake_stages:{name}" for name in ("walk_paths", "read_source", "make_reports", "load_pipeline")))


@dataclass
class InlineCrew:
    """Works at once, in this process, but hands the newest answer back first: order must not matter."""

    stages: Stages
    model: str | None
    min_score: float = 0.0
    answers: list[tuple[object, PipelineIdentity | LoadFailure | Outcome]] = field(default_factory=list)
    readers: dict[object, FileReader] = field(default_factory=dict)

    def hire(self) -> object:
        worker = object()
        reader = load_reader(self.stages, self.model, self.min_score)
        if isinstance(reader, FileReader):
            self.readers[worker] = reader
        self.answers.append((worker, reader if isinstance(reader, LoadFailure) else reader.identity))
        return worker

    def give(self, worker: object, task: Task) -> None:
        self.answers.append((worker, self.readers[worker].read(task)))

    def wait(self, workers: Sequence[object], seconds: float) -> Collection[object]:
        return [self.answers[-1][0]]

    def take(self, worker: object) -> PipelineIdentity | LoadFailure | Outcome:
        return self.answers.pop()[1]

    def dismiss(self, worker: object) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``extract`` work without other processes."""
    monkeypatch.setattr(batch, "ProcessCrew", InlineCrew)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Six files, of which ``b/3.txt`` repeats ``a.txt`` and ``c.jpg`` is no report."""
    folder = tmp_path / "reports"
    (folder / "b").mkdir(parents=True)
    for name, text in {
        "a.txt": "工作总结\n高企125家",
        "b/1.txt": "工作总结\n高企2.5家，高企3家\n工作总结",
        "b/2.txt": "无",
        "b/3.txt": "工作总结\n高企125家",
        "c.jpg": "图",
        "d.txt": "工作总结\n高企-科技=高企18家",
    }.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def read_results(output: Path) -> dict[str, Any]:
    """Read a result folder, without the times."""
    ledger = [json.loads(line) for line in (output / "ledger.jsonl").read_text("utf-8").splitlines()]
    for entry in ledger:
        del entry["seconds"]
    run = json.loads((output / "run.json").read_text("utf-8"))
    tables = {path.name: path.read_bytes() for name in ("facts", "checks") for path in output.glob(f"{name}.*")}
    return {"ledger": ledger, "counts": run["counts"], "spans": (output / "spans.jsonl").read_bytes(), **tables}


@pytest.fixture(scope="session")
def results() -> Any:
    return read_results
