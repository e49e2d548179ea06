import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhibiao.errors import MissingExtraError
from zhibiao.inference import Stages, extract, ray_actors

STAGES = Path(__file__).parent / "stages"
LISTENING = "0A"


def test_a_missing_ray_names_the_extra(
    stages: Stages, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(ray_actors, "import_module", refuse)
    with pytest.raises(MissingExtraError, match=r"pip install 'zhibiao\[ray\]'"):
        extract([reports], tmp_path / "out", stages=stages, engine="ray")
    assert not (tmp_path / "out").exists()


def list_listeners() -> set[str]:
    """Give local addresses, in the kernel's notation, that accept connections."""
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return {fields[1] for fields in lines if fields[3] == LISTENING}


@pytest.mark.slow
def test_ray_gives_what_local_processes_give_and_listens_on_the_loopback_only(
    reports: Path, tmp_path: Path, results: Callable[[Path], dict[str, Any]]
) -> None:
    (reports / "e.txt").write_text("die", "utf-8")
    (reports / "f.txt").write_text("bug", "utf-8")
    (reports / "g.txt").write_text("工作总结 高企7家", "utf-8")
    before = list_listeners()
    seen: set[str] = set()
    for engine in ("local", "ray"):
        command = [sys.executable, str(STAGES / "run_extract.py"), str(reports), "--output", str(tmp_path / engine)]
        with subprocess.Popen(
            [*command, "--engine", engine, "--workers", "2"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"PYTHONPATH": str(STAGES)},
        ) as process:
            while process.poll() is None:
                seen |= list_listeners() - before
                time.sleep(0.2)
            assert process.stdout is not None
            assert process.returncode == 3
            assert process.stdout.read().startswith(f"{tmp_path / engine / 'facts.csv'}\n")
    local, ray = results(tmp_path / "local"), results(tmp_path / "ray")
    # both say that the worker died, each in its own words
    assert ray["ledger"][6].pop("reason") == "the worker process died (ActorDiedError)"
    assert local["ledger"][6].pop("reason") == "the worker process died (SIGKILL, perhaps for want of memory)"
    assert ray == local
    assert seen
    assert all(re.match(r"(0{16}FFFF0000)?0100007F:", address) for address in seen)
