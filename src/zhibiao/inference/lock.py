"""One run at a time in a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from zhibiao.errors import OutputError

# The system takes these locks away when their process ends, however it ends: a lock is never stale, and the process id
# in the file is only for the message.
if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Hold a folder (made if need be) for this process; an empty folder is removed at the end.

    Raises
    ------
    OutputError
        If another process holds it.
    OSError
        If the folder cannot be made or written to.
    """
    path = folder / "lock"
    descriptor = _acquire(path)
    try:
        yield
    finally:
        # removed while it is held, so that nobody can have locked the file that vanishes (see _acquire)
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)
        with suppress(OSError):
            folder.rmdir()


def _acquire(path: Path) -> int:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _try_lock(descriptor)
        except OSError:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise OutputError(
                f"{path.parent.parent}: another run (process {holder or 'unknown'}) is at work here; wait for its end"
            ) from None
        # the run before may have removed the file between our opening and our locking it
        with suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(descriptor).st_ino:
                os.truncate(descriptor, 0)
                os.write(descriptor, str(os.getpid()).encode("ascii"))
                return descriptor
        os.close(descriptor)
