"""Folders walked, and bytes read from regular files only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zhibiao.errors import InputError
from zhibiao.readers.files import display_name, read_bytes, walk_paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.PDF",
        "县区/宁国.html",
        "县区/图.jpg",
        "县区/旧.doc",
        "县区/README",
        "a.d/z.docx",
        ".git/config.txt",
        "~$a.docx",
        "Thumbs.db",
        "._b.txt",
        "b.txt~",
        "__MACOSX/b.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("高企总数125家")
    return tmp_path


def names(*paths: Path) -> list[str]:
    return [found.name for found in walk_paths(paths)]


def test_walk_paths_lists_files_in_the_order_of_their_names(folder: Path) -> None:
    assert names(folder) == [
        "a.PDF",
        "a.d/z.docx",
        "b.txt",
        "县区/README",
        "县区/图.jpg",
        "县区/宁国.html",
        "县区/旧.doc",
    ]


def test_walk_paths_says_why_a_file_is_skipped_but_leaves_documents_to_the_reader(folder: Path) -> None:
    reasons = {found.name: found.skip for found in walk_paths([folder])}
    assert [name for name, reason in reasons.items() if reason] == ["县区/README", "县区/图.jpg"]
    assert ".jpg" in str(reasons["县区/图.jpg"])
    assert "without a suffix" in str(reasons["县区/README"])


def test_walk_paths_passes_on_what_was_named_whatever_it_is(folder: Path) -> None:
    found = list(walk_paths([folder / "县区" / "图.jpg", folder / "缺.txt", folder / ".git" / "config.txt"]))
    assert [(file.name, file.skip) for file in found] == [("图.jpg", None), ("缺.txt", None), ("config.txt", None)]


def test_walk_paths_enters_no_folder_twice(folder: Path) -> None:
    (folder / "县区" / "回").symlink_to(folder)
    (folder / "又.d").symlink_to(folder / "县区")
    once = names(folder)
    assert once.count("县区/宁国.html") + once.count("又.d/宁国.html") == 1
    assert names(folder, folder) == once


def test_walk_paths_passes_on_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt", "b.txt"]
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(tmp_path / "a.txt", max_bytes=10)


def test_walk_paths_passes_on_a_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.listdir

    def deny(path: Path) -> list[str]:
        if Path(path).name == "县区":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", deny)
    assert names(folder) == ["a.PDF", "a.d/z.docx", "b.txt", "县区"]


def test_read_bytes_never_opens_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(InputError, match="pipe, socket or device"):
        read_bytes(tmp_path / "a.txt", max_bytes=10)
    with pytest.raises(InputError, match="pipe, socket or device"):
        read_bytes(Path("/dev/zero"), max_bytes=10)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("缺.txt", "no such file"),
        ("县区", "a folder, not a file"),
        ("b.txt/缺.txt", "cannot be read"),
        ("空.txt", "the file is empty"),
        ("a\0b.txt", "cannot be read"),
        ("长" * 300 + ".txt", "cannot be read"),
        ("b.txt", "larger than the limit"),
    ],
)
def test_read_bytes_says_what_is_wrong(folder: Path, name: str, reason: str) -> None:
    (folder / "空.txt").touch()
    with pytest.raises(InputError, match=reason) as caught:
        read_bytes(folder / name, max_bytes=5)
    assert "\n" not in caught.value.reason


def test_read_bytes_says_when_it_may_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(InputError, match="no permission"):
        read_bytes(folder / "b.txt", max_bytes=100)


def test_read_bytes_stops_at_a_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    opened = os.open

    def grow(file: str, flags: int) -> int:
        with path.open("ab") as stream:
            stream.write(b"6" * 100)
        return opened(file, flags)

    monkeypatch.setattr(os, "open", grow)
    with pytest.raises(InputError, match="larger than the limit"):
        read_bytes(path, max_bytes=5)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("县区/宁国.txt", "县区/宁国.txt"),
        (os.fsdecode("工作总结.txt".encode("gb18030")), "工作总结.txt"),
        ("a\n2021-01-01 done.txt", "a\ufffd2021-01-01 done.txt"),
        ("总结\u202etxt.exe", "总结\ufffdtxt.exe"),
        ("\ud9ff.txt", "?.txt"),
    ],
)
def test_display_name_fits_any_output(name: str, shown: str) -> None:
    assert display_name(name) == shown
    assert shown.encode()
