import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhibiao.inference import OutputError
from zhibiao.inference.lock import locked_folder

HOLD = "import sys, pathlib; from zhibiao.inference.lock import locked_folder\n"
HOLD += "with locked_folder(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "results" / ".zhibiao"


def test_locked_folder_makes_the_folder_and_removes_it_when_it_is_empty(folder: Path) -> None:
    with locked_folder(folder):
        assert (folder / "lock").read_text() == str(os.getpid())
    assert not folder.exists()
    assert folder.parent.exists()


def test_locked_folder_keeps_what_others_put_there(folder: Path) -> None:
    with locked_folder(folder):
        (folder / "journal").touch()
    assert [path.name for path in folder.iterdir()] == ["journal"]


def test_locked_folder_tells_a_second_run_who_is_there(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OutputError, match=rf"results: another run \(process {holder.pid}\)"), locked_folder(folder):
            pass
        holder.kill()
        holder.wait()
        # killed, it could not clean up; its lock is gone all the same
        assert (folder / "lock").exists()
        with locked_folder(folder):
            assert (folder / "lock").read_text() == str(os.getpid())
