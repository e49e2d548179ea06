import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhibiao.inference import OutputError, journal
from zhibiao.inference.journal import InputFile, Journal
from zhibiao.inference.tasks import FileStatus, Outcome, Task, pack_lines

FILES = [
    InputFile(Path("/r/a.txt"), "a.txt", "aa", 10),
    InputFile(Path("/r/b.jpg"), "b.jpg", None, 3, FileStatus.SKIPPED, "no report format"),
    InputFile(Path("/r/c.txt"), "c.txt", "cc", 20),
    InputFile(Path("/r/d.txt"), "d.txt", "aa", 10),
    InputFile(Path("/r/e.txt"), "e.txt", None, None),
    InputFile(Path("/r/f.txt"), "f.txt", None, None),
]


def make_outcome(position: int, name: str) -> Outcome:
    return Outcome(
        position, name, None, 2, {"value": 3, "rank": 1}, 0.5, pack_lines([f"spans {name}"]), pack_lines([f"fact {name}"]),
        pack_lines([f"check {name}"]), pack_lines([f"key {name}"]),
    )  # fmt: skip


def read(task: Task) -> Outcome:
    return make_outcome(task.position, task.name) if task.sha256 else Outcome(task.position, task.name, "no such file")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def opened(path: Path) -> Iterator[Journal]:
    with Journal(path) as opened:
        opened.begin(FILES, "rules 1", "options")
        yield opened


def list_statuses(opened: Journal) -> dict[str, str]:
    return {entry.file.name: entry.file.status.value for entry in opened.iter_ledger()}


@pytest.mark.parametrize("page", [1, 2, 1_000])
def test_tasks_are_the_readable_files_once_each(opened: Journal, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(journal, "_TASKS_AT_ONCE", page)
    assert [(task.name, task.path, task.sha256) for task in opened.iter_tasks()] == [
        ("a.txt", Path("/r/a.txt"), "aa"),
        ("c.txt", Path("/r/c.txt"), "cc"),
        ("e.txt", Path("/r/e.txt"), None),
        ("f.txt", Path("/r/f.txt"), None),
    ]


@pytest.mark.parametrize("page", [1, 2, 1_000])
def test_tasks_can_be_recorded_while_they_are_drawn(
    opened: Journal, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(journal, "_TASKS_AT_ONCE", page)
    for task in opened.iter_tasks():
        opened.record(read(task))
    assert opened.count().files == {"done": 2, "rejected": 2, "skipped": 2, "pending": 0}


def test_a_repeated_content_is_skipped_and_names_the_first(opened: Journal) -> None:
    entry = next(entry for entry in opened.iter_ledger() if entry.file.name == "d.txt")
    assert (entry.file.status, entry.file.reason) == (FileStatus.SKIPPED, "same content as a.txt")


def test_results_come_in_the_order_of_the_files(opened: Journal) -> None:
    for task in reversed(list(opened.iter_tasks())):
        opened.record(read(task))
    assert b"".join(opened.iter_facts()) == b"fact a.txt\nfact c.txt\n"
    assert b"".join(opened.iter_spans()) == b"spans a.txt\nspans c.txt\n"
    assert b"".join(opened.iter_checks()) == b"check a.txt\ncheck c.txt\n"


def test_keys_lead_back_to_the_facts_of_their_file(opened: Journal) -> None:
    for task in reversed(list(opened.iter_tasks())):
        opened.record(read(task))
    keys = list(opened.iter_keys())
    assert [lines for _, lines in keys] == [b"key a.txt\n", b"key c.txt\n"]
    assert [opened.read_facts(position) for position, _ in keys] == [b"fact a.txt\n", b"fact c.txt\n"]


def test_counts_and_ledger_agree(opened: Journal) -> None:
    first, second, *_ = opened.iter_tasks()
    opened.record(make_outcome(first.position, first.name))
    opened.record(Outcome(second.position, second.name, "the file is empty", seconds=0.25))
    counts = opened.count()
    assert counts.files == {"done": 1, "rejected": 1, "skipped": 2, "pending": 2}
    assert (counts.reports, counts.facts) == (2, {"value": 3, "change": 0, "rank": 1})
    entries = {entry.file.name: entry for entry in opened.iter_ledger()}
    assert (entries["a.txt"].reports, entries["a.txt"].facts, entries["a.txt"].seconds) == (2, 4, 0.5)
    assert (entries["c.txt"].file.reason, entries["c.txt"].facts) == ("the file is empty", 0)
    assert sum(entry.facts for entry in entries.values()) == 4


def test_a_run_that_continues_takes_results_over_but_tries_rejected_files_again(path: Path) -> None:
    with Journal(path) as opened:
        opened.begin(FILES, "rules 1", "options")
        first, second, *_ = opened.iter_tasks()
        opened.record(make_outcome(first.position, first.name))
        opened.record(Outcome(second.position, second.name, "worker died"))
    with Journal(path) as opened:
        opened.begin(FILES, "rules 1", "options")
        assert [task.name for task in opened.iter_tasks()] == ["c.txt", "e.txt", "f.txt"]
        assert b"".join(opened.iter_facts()) == b"fact a.txt\n"


@pytest.mark.parametrize(
    ("file", "signature"),
    [
        (InputFile(Path("/r/a.txt"), "a.txt", "aa", 10), "rules 2"),
        (InputFile(Path("/r/a.txt"), "a.txt", "changed", 10), "rules 1"),
        (InputFile(Path("/r/a.txt"), "renamed.txt", "aa", 10), "rules 1"),
    ],
)
def test_a_run_that_continues_leaves_results_of_other_models_and_files(
    path: Path, file: InputFile, signature: str
) -> None:
    with Journal(path) as opened:
        opened.begin(FILES, "rules 1", "options")
        first = next(opened.iter_tasks())
        opened.record(make_outcome(first.position, first.name))
    with Journal(path) as opened:
        opened.begin([file], signature, "options")
        assert list_statuses(opened) == {file.name: "pending"}
        assert list(opened.iter_facts()) == []


def test_a_run_that_continues_follows_the_new_list(path: Path) -> None:
    with Journal(path) as opened:
        opened.begin(FILES, "rules 1", "options")
        for task in opened.iter_tasks():
            opened.record(read(task))
    with Journal(path) as opened:
        opened.begin([FILES[2], FILES[0]], "rules 1", "options")
        assert b"".join(opened.iter_facts()) == b"fact c.txt\nfact a.txt\n"


def test_options_are_known_once_there_are_results(path: Path) -> None:
    with Journal(path) as opened:
        assert opened.read_options() is None
        opened.begin(FILES, "rules 1", "options")
        assert opened.read_options() is None
        first = next(opened.iter_tasks())
        opened.record(make_outcome(first.position, first.name))
    with Journal(path) as opened:
        assert opened.read_options() == "options"


def test_paths_may_hold_bytes_that_are_no_utf8(path: Path) -> None:
    raw = Path(os.fsdecode(b"/r/\xd7\xdc\xbd\xe1.txt"))
    with Journal(path) as opened:
        opened.begin([InputFile(raw, "总结.txt", "aa", 1)], "rules 1", "options")
        assert next(opened.iter_tasks()).path == raw


def test_an_outcome_is_recorded_whole_or_not_at_all(opened: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(opened.iter_tasks())
    broken = Outcome(first.position, first.name, None, facts={"value": None})  # type: ignore[dict-item]
    with pytest.raises(sqlite3.IntegrityError):
        opened.record(broken)
    assert list_statuses(opened)["a.txt"] == "pending"
    opened.record(make_outcome(first.position, first.name))
    assert list_statuses(opened)["a.txt"] == "done"


def test_a_journal_of_another_version_is_refused(path: Path) -> None:
    with Journal(path):
        pass
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(OutputError, match="another version of zhibiao: remove the folder"):
        Journal(path)


def test_a_file_that_is_no_journal_is_refused(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        Journal(path)
