import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhibiao.inference.journal import InputFile
from zhibiao.inference.scan import iter_inputs
from zhibiao.inference.tasks import FileStatus


@dataclass(frozen=True)
class Found:
    path: Path
    name: str = "总结.txt"
    skip: str | None = None


def scan(path: Path, *, skip: str | None = None) -> InputFile:
    (file,) = iter_inputs([Found(path, skip=skip)], frozenset())
    return file


def test_scan_takes_size_and_sha256(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert scan(path) == InputFile(path, "总结.txt", hashlib.sha256(b"abc").hexdigest(), 3, FileStatus.PENDING, None)


def test_scan_does_not_read_what_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")
    assert scan(path, skip="no report") == InputFile(path, "总结.txt", None, 3, FileStatus.SKIPPED, "no report")


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "nul", "link"])
def test_scan_leaves_what_cannot_be_read_to_the_reader(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("a\0b" if kind == "nul" else kind)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(path)
    assert scan(path) == InputFile(path, "总结.txt", None, None, FileStatus.PENDING, None)


def test_scan_passes_over_our_own_results(tmp_path: Path) -> None:
    names = ["facts.csv", "notes.csv"]
    for name in names:
        (tmp_path / name).touch()
    found = [Found(tmp_path / name, name) for name in names]
    assert [file.name for file in iter_inputs(found, frozenset({tmp_path / "facts.csv"}))] == ["notes.csv"]
