"""The list of input files, with the sha256 that tells one content from another."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhibiao.inference.journal import InputFile
from zhibiao.inference.stages import FoundFile
from zhibiao.inference.tasks import FileStatus


def iter_inputs(found: Iterable[FoundFile], own: frozenset[Path]) -> Iterator[InputFile]:
    """List files in the order they were found.

    Parameters
    ----------
    found
        The files.
    own
        Absolute paths of our own results: they are no input, though they may lie in a folder that is.
    """
    for file in found:
        path = file.path.absolute()
        if path not in own:
            yield _look_at(path, file.name, file.skip)


def _look_at(path: Path, name: str, skip: str | None) -> InputFile:
    """Take a file's size and the sha256 of its bytes.

    A file that cannot be read is listed without them: the reader will say what is wrong with it.
    """
    size = sha256 = None
    try:
        status = path.stat()
        # opening a named pipe would wait for ever, and a device may never end
        if stat.S_ISREG(status.st_mode):
            size = status.st_size
            if skip is None:
                with path.open("rb") as file:
                    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        pass
    return InputFile(path, name, sha256, size, FileStatus.SKIPPED if skip else FileStatus.PENDING, skip)
