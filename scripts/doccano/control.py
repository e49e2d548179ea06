"""Bring a doccano up on this machine, and stop it: ``control.py up``, ``down``, ``build``.

Everything lies in one folder that git ignores (``.doccano``): ``server`` and ``client`` are the environments of doccano and doccano-client, each from
its own locked requirements, and ``data`` is what people made: database, files, secret key. Only the standard library is used here.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent / ".doccano"
# doccano 1.8.4 and the pins it needs do not install on anything newer
PYTHON = "python3.11"
START_SECONDS = 180.0
STOP_SECONDS = 20.0


class ControlError(Exception):
    """What the user can mend: one line."""


@dataclass(frozen=True)
class Running:
    """A server that runs: its process, when that began (in clock ticks since boot), its port and doccano's version."""

    pid: int
    began: int
    port: int
    doccano: str

    @property
    def url(self) -> str:
        """Where to open it."""
        return f"http://127.0.0.1:{self.port}"


def main() -> int:
    """Run a command; messages go to stderr."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("up", "down", "build"))
    parser.add_argument("--home", type=Path, default=HOME, help="the folder of environments and data")
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free one")
    arguments = parser.parse_args()
    try:
        if arguments.command == "up":
            running, password = up(arguments.home, arguments.port, os.environ.get("DOCCANO_PASSWORD", ""))
            print(f"doccano {running.doccano} is open at {running.url} (process {running.pid})")
            if password:
                print(f"account: admin, password: {password}   (told this once; choose one with DOCCANO_PASSWORD)")
        elif arguments.command == "down":
            stopped = down(arguments.home)
            print(
                f"stopped process {stopped.pid}; the data stay in {arguments.home / 'data'}"
                if stopped
                else "not running"
            )
        else:
            for name in ("server", "client"):
                print(build(arguments.home, name))
    except ControlError as error:
        print(f"doccano: {error}", file=sys.stderr)
        return 1
    return 0


def build(home: Path, name: str) -> Path:
    """Make the environment of a lock file unless it is there and of that lock; give its Python."""
    lock = HERE / f"{name}.lock"
    folder = home / name
    python = folder / "bin" / "python"
    made_of = folder / "made-of.lock"
    if made_of.is_file() and made_of.read_bytes() == lock.read_bytes():
        return python
    _make_home(home)
    interpreter = shutil.which(PYTHON)
    if interpreter is None:
        raise ControlError(f"{PYTHON} is needed for doccano 1.8.4 and is not here: install it")
    shutil.rmtree(folder, ignore_errors=True)
    print(f"making the environment of {name} in {folder}", file=sys.stderr)
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--retries",
        "2",
        "--no-compile",
        "--no-deps",
    ]
    for command in ([interpreter, "-m", "venv", str(folder)], [*pip, "--require-hashes", "-r", str(lock)]):
        if subprocess.run(command, check=False).returncode:
            raise ControlError(f"could not install {lock.name}; the lines above say why")
    shutil.copyfile(lock, made_of)
    return python


def _make_home(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    ignore = home / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")


def up(home: Path, port: int, password: str = "") -> tuple[Running, str]:
    """Start the server unless it runs; give it, and the admin's password if one had to be made up.

    Raises
    ------
    ControlError
        If it does not come up; the log's last lines are in the message.
    """
    python = build(home, "server")
    data = home / "data"
    data.mkdir(exist_ok=True, mode=0o700)
    with _alone(home):
        if running := find(home):
            return running, ""
        log = data / "server.log"
        with log.open("wb") as written:
            process = subprocess.Popen(
                [python, "-I", HERE / "serve.py", data, "--port", str(port)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                env={name: value for name, value in os.environ.items() if name != "DOCCANO_PASSWORD"},
                start_new_session=True,  # Ctrl-C in the terminal that started it must not end it
            )
        told = _first_line(process, password, log)
        process.returncode = 0  # it outlives this call, and is known by its number from here on
        running = Running(process.pid, _began(process.pid) or 0, told["port"], told["doccano"])
        _state(home).write_text(json.dumps(asdict(running)))
        return running, told.get("password", "")


def _first_line(process: subprocess.Popen[bytes], password: str, log: Path) -> dict[str, object]:
    """Hand over the password, and wait for the line that tells that the server answers."""
    process.stdin.write(f"{password}\n".encode())
    process.stdin.close()
    ready, _, _ = select.select([process.stdout], [], [], START_SECONDS)
    line = process.stdout.readline() if ready else b""
    process.stdout.close()
    if not line:
        process.kill()
        process.wait()
        last = " | ".join(log.read_text("utf-8", "replace").splitlines()[-3:])
        raise ControlError(f"the server did not come up: {last} (all of it: {log})")
    return json.loads(line)


def down(home: Path) -> Running | None:
    """Stop the server by its own process id, and wait until it is gone; None if none runs."""
    if not home.is_dir():
        return None
    with _alone(home):
        running = find(home)
        if running is not None:
            os.kill(running.pid, signal.SIGTERM)
            if not _wait_gone(running, STOP_SECONDS):
                os.kill(running.pid, signal.SIGKILL)
                _wait_gone(running, STOP_SECONDS)
        _state(home).unlink(missing_ok=True)
        return running


def find(home: Path) -> Running | None:
    """Give the server that runs; a process that only has its number, after a restart of the machine, is none."""
    try:
        running = Running(**json.loads(_state(home).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return running if _began(running.pid) == running.began else None


def _state(home: Path) -> Path:
    return home / "data" / "server.json"


def _began(pid: int) -> int | None:
    """Give the time a process began, in clock ticks since boot; None if it is gone or ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[19])


def _wait_gone(running: Running, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(ChildProcessError):
            os.waitpid(running.pid, os.WNOHANG)  # where this very process started it
        if _began(running.pid) != running.began:
            return True
        time.sleep(0.05)
    return False


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep two calls from starting two servers on one database."""
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
