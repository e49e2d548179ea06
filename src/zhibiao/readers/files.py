"""Finding files in folders, and reading the bytes of one without trusting its name."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhibiao import registry
from zhibiao.errors import InputError
from zhibiao.readers.extracted import MEBIBYTE

# Documents in formats that are not read: a report may be in them, so the ledger must say that it was rejected.
REJECTED_SUFFIXES = frozenset({"doc", "dot", "wps", "wpt", "rtf", "odt", "ofd", "uof", "caj"})

_LITTER = re.compile(r"\.|~\$|~WRL\d+\.tmp$|__MACOSX$|thumbs\.db$|desktop\.ini$|.*~$", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufffd]")
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, or one to list as skipped.

    Parameters
    ----------
    path
        Where it is.
    name
        How outputs call it: relative to the folder that was asked for, with ``/`` between folders.
    skip
        Why it is not to be read, None for a file to read: only files found in a folder are ever skipped.
    """

    path: Path
    name: str
    skip: str | None = None


def walk_paths(paths: Iterable[Path]) -> Iterator[FoundFile]:
    """Find the files of folders, in the order of their names, and pass on what is no folder.

    Hidden files and what editors and systems leave behind (``~$总结.docx``, ``.DS_Store``, ``Thumbs.db``) are passed
    over. Links are followed, but no folder is entered twice. A path that does not exist or cannot be listed is passed
    on: ``read_source`` says what is wrong with it, so that the caller lists every fault in one way.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("宁国.txt", "附图.jpg", "~$宁国.docx"):
    ...         _ = (Path(folder) / name).write_text("高企总数125家")
    ...     for found in walk_paths([Path(folder), Path("没有.txt")]):
    ...         print(found.name, found.skip)
    宁国.txt None
    附图.jpg no report format (.jpg); name the file itself to have it tried
    没有.txt None
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        if _is_folder(path):
            yield from _walk(path, entered)
        else:
            yield FoundFile(path, display_name(path.name or str(path)))


def _walk(top: Path, entered: set[tuple[int, int]]) -> Iterator[FoundFile]:
    pending = [(top, "")]
    while pending:
        path, name = pending.pop()
        if not _is_folder(path):
            yield FoundFile(path, display_name(name), _skip_reason(path))
            continue
        try:
            status = path.stat()
            identity = (status.st_dev, status.st_ino)
            children = sorted(os.listdir(path), reverse=True) if identity not in entered else []  # noqa: PTH208
        except OSError:
            yield FoundFile(path, display_name(name or path.name))
            continue
        entered.add(identity)
        prefix = f"{name}/" if name else ""
        pending += ((path / child, prefix + child) for child in children if not _LITTER.match(child))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _skip_reason(path: Path) -> str | None:
    suffix = path.suffix[1:].lower()
    if suffix in REJECTED_SUFFIXES or suffix in registry.readers:
        return None
    shown = display_name(f".{suffix}") if suffix else "without a suffix"
    return f"no report format ({shown}); name the file itself to have it tried"


def display_name(name: str) -> str:
    r"""Make a file's name fit for any output: valid Unicode, without line ends and without characters that reorder text.

    Names that are not UTF-8 mostly come out of archives packed on Chinese Windows, so they are read as GB18030.

    Examples
    --------
    >>> display_name(os.fsdecode("总结.txt".encode("gbk")))
    '总结.txt'
    >>> display_name("总结\n2021.txt")
    '总结�2021.txt'
    """
    try:
        raw = os.fsencode(name)
        shown = raw.decode("utf-8")
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode()
    except UnicodeDecodeError:
        shown = raw.decode("gb18030", "replace")
    return _UNPRINTABLE.sub("\ufffd", shown)


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """Read a regular file; nothing else is ever opened, since a pipe or a device may block or act.

    Raises
    ------
    InputError
        If the path is missing, no regular file, not readable, empty or larger than ``max_bytes``.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(_irregular(path, status.st_mode))
        if status.st_size <= max_bytes:
            # Without blocking, and checked again once open: the file may have been exchanged for a pipe in between.
            with open(path, "rb", opener=lambda file, _: os.open(file, _OPEN_FLAGS)) as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise InputError("no regular file")
                data = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise InputError("no such file") from None
    except PermissionError:
        raise InputError("no permission to read it") from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if status.st_size > max_bytes or len(data) > max_bytes:
        raise InputError(f"larger than the limit of {max_bytes / MEBIBYTE:g} MiB; split it")
    if not data:
        raise InputError("the file is empty")
    return data


def _irregular(path: Path, mode: int) -> str:
    if not stat.S_ISDIR(mode):
        return "a pipe, socket or device, not a file"
    if not os.access(path, os.R_OK | os.X_OK):
        return "no permission to list this folder"
    return "a folder, not a file"
