"""The queue as a file: a line of JSON a report, the first first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from zhibiao.annotation.queue import QueueItem
from zhibiao.errors import InputError
from zhibiao.formats.jsonl import make_json_line, write_lines

_ITEM = TypeAdapter(QueueItem)


def write_queue(items: Iterable[QueueItem], path: Path) -> None:
    """Write a queue."""
    write_lines((make_json_line(asdict(item)) for item in items), path)


def read_queue(path: Path) -> list[QueueItem]:
    """Read a queue.

    Raises
    ------
    InputError
        If the file is missing or a line is none of a queue.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        return [_ITEM.validate_json(line) for line in lines]
    except FileNotFoundError:
        raise InputError("no such queue: make one with zhibiao annotate next --output", where=str(path)) from None
    except (ValidationError, UnicodeDecodeError):
        raise InputError("not a queue of zhibiao annotate next", where=str(path)) from None


def doccano_score(item: QueueItem) -> float:
    """Give the number by which doccano sorts: its lowest comes first, from 0 for the head of the queue.

    Examples
    --------
    >>> doccano_score(QueueItem("a-0", 0.75, None, None, 0.75))
    25.0
    """
    return round(100 * (1 - item.value), 2)
