"""Up, down, up again; and what is left when the server or the network goes in the middle."""

from __future__ import annotations

import json
import os
import secrets
import signal
import stat
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhibiao.annotation.candidates import make_candidate
from zhibiao.annotation.doccano.answers import UnreachableError
from zhibiao.annotation.doccano.connect import connect
from zhibiao.annotation.pull import pull
from zhibiao.annotation.results import read_candidates, write_pulled
from zhibiao.annotation.rounds import Round
from zhibiao.corpus.gold import GoldReport, read_gold

pytestmark = pytest.mark.slow

GOLD = Path(__file__).parents[2] / "annotations" / "gold"
PASSWORD = secrets.token_urlsafe(9)


@pytest.fixture(scope="module")
def home(control: ModuleType, doccano_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server of this module's own, since it is killed here."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("server", "client"):
        (folder / name).symlink_to(control.HOME / name)
    yield folder
    control.down(folder)


@pytest.fixture
def running(control: ModuleType, home: Path) -> Any:
    return control.up(home, 0, PASSWORD)[0]


def status_of(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def wait_gone(control: ModuleType, home: Path) -> None:
    for _ in range(100):
        if control.find(home) is None:
            return
        time.sleep(0.1)
    raise TimeoutError("the killed server is still there")


def test_it_is_on_loopback_alone_with_secrets_of_its_own(home: Path, running: Any) -> None:
    data = home / "data"
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert len((data / "secret_key").read_text()) > 60
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:]
    port = f":{running.port:04X}"
    assert {line.split()[1] for line in listening if line.split()[1].endswith(port) and line.split()[3] == "0A"} == {
        f"0100007F{port}"
    }
    assert status_of(running.url) == 200
    assert status_of(running.url, Host="evil.example") == 400
    assert PASSWORD not in Path(f"/proc/{running.pid}/cmdline").read_text()
    assert PASSWORD not in Path(f"/proc/{running.pid}/environ").read_text()
    assert PASSWORD.encode() not in (data / "db.sqlite3").read_bytes()


def test_a_page_that_is_missing_tells_nothing_of_the_program(running: Any) -> None:
    try:
        urllib.request.urlopen(f"{running.url}/v1/projects/999999/examples", timeout=20)
    except urllib.error.HTTPError as error:
        assert b"Traceback" not in error.read()


def test_a_second_up_gives_the_same_and_data_survive_a_restart(
    control: ModuleType,
    home: Path,
    running: Any,
    make_report: Callable[..., GoldReport],
    send: Callable[..., Any],
    tmp_path: Path,
) -> None:
    assert control.up(home, 0, "another")[0] == running
    with connect(running.url, "admin", PASSWORD) as transport:
        send(transport, make_report(), folder=tmp_path / "r")
    assert control.down(home) == running
    assert control.down(home) is None
    again, password = control.up(home, running.port, "another")
    assert (again.pid != running.pid, password) == (True, "")
    with connect(again.url, "admin", PASSWORD) as transport:
        (annotator,) = pull(transport, Round(tmp_path / "r"))
        assert annotator.reports[0].faults == ()


def test_down_ends_no_process_that_only_has_the_number(control: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    other = {"pid": os.getpid(), "began": 1, "port": 1, "doccano": "1.8.4"}
    (tmp_path / "data" / "server.json").write_text(json.dumps(other))
    assert control.down(tmp_path) is None


def test_a_port_that_is_taken_is_told(control: ModuleType, home: Path, running: Any, tmp_path: Path) -> None:
    (tmp_path / "server").symlink_to(control.HOME / "server")
    with pytest.raises(control.ControlError, match=r"did not come up: .*in use"):
        control.up(tmp_path, running.port, PASSWORD)
    assert control.find(tmp_path) is None


def test_killed_in_mid_push_and_repeated_nothing_is_lost_or_doubled(
    control: ModuleType,
    home: Path,
    running: Any,
    send: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports = [read_gold(path) for path in sorted(GOLD.glob("a0[0-2]*.jsonl"))]
    with connect(running.url, "admin", PASSWORD) as transport:
        whole = transport.import_lines
        batches: list[int] = []

        def kill_in_the_second(project: int, lines: Any) -> Any:
            batches.append(len(lines))
            if len(batches) == 2:
                threading.Timer(0.3, os.kill, (running.pid, signal.SIGKILL)).start()
            return whole(project, lines)

        monkeypatch.setattr(transport, "import_lines", kill_in_the_second)
        with pytest.raises(UnreachableError):
            send(transport, *reports, folder=tmp_path / "k")
    assert len(batches) == 2
    wait_gone(control, home)
    again = control.up(home, running.port, PASSWORD)[0]
    with connect(again.url, "admin", PASSWORD) as transport:
        send(transport, *reports, folder=tmp_path / "k")
        (annotator,) = pull(transport, Round(tmp_path / "k"))
        sent = Round(tmp_path / "k").read_documents()
        assert len(transport.list_documents(sent[0].project)) == len(sent)
    assert annotator.strays == ()
    assert [make_candidate(one).gold for one in annotator.reports] == reports


def test_without_network_what_was_pulled_stays(
    control: ModuleType,
    home: Path,
    running: Any,
    make_report: Callable[..., GoldReport],
    send: Callable[..., Any],
    tmp_path: Path,
) -> None:
    folder = Round(tmp_path / "n")
    with connect(running.url, "admin", PASSWORD) as transport:
        send(transport, make_report(), folder=folder.folder)
        write_pulled(folder, *pull(transport, folder), unfinished=True)
        control.down(home)
        with pytest.raises(UnreachableError, match="make doccano"):
            pull(transport, folder)
    with pytest.raises(UnreachableError):
        connect(running.url, "admin", PASSWORD)
    assert read_candidates(folder) == {"anna": {"t-0": make_report()}}
