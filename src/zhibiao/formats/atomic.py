"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; when the block ends well, what was written there takes its place.

    The content is on the disk before the name changes, so a crash leaves the old file or the new one. When the block
    raises, the temporary file is removed and ``path`` stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder, "说明.txt")
    ...     with replacing(target) as temporary:
    ...         _ = temporary.write_text("高企总数达125家", encoding="utf-8")
    ...     target.read_text(encoding="utf-8"), [found.name for found in Path(folder).iterdir()]
    ('高企总数达125家', ['说明.txt'])
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        _force_to_disk(temporary)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _force_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder last; does nothing where folders cannot be opened (Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
