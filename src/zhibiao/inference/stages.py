"""What the batch is made of: the functions that find, read and cut files, and the pipeline that reads reports.

They are named, not passed: a worker process imports its own, so nothing but strings crosses the border, and the
process that only hands out work never loads spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Protocol, cast

from zhibiao.records import ReadReport, Report, Source


class FoundFile(Protocol):
    """A file: where it lies, its name as shown in every output, and why it is skipped if it is."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def name(self) -> str:
        """Its name relative to the folder that was asked for."""

    @property
    def skip(self) -> str | None:
        """Why it is not read; None for a file to read."""


class ReadSource(Protocol):
    """Read a file; raise :class:`zhibiao.errors.InputError` where that cannot be done."""

    def __call__(self, path: Path, *, name: str) -> Source:
        """Read ``path`` and call it ``name``."""


class Pipeline(Protocol):
    """What turns reports into annotation and facts."""

    @property
    def name(self) -> str:
        """``rules``, or the name of the trained pipeline."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def hash(self) -> str:
        """The sha256 of everything its results depend on."""

    @property
    def kind(self) -> str:
        """``rules`` or ``trained``."""

    def read(self, reports: Sequence[Report]) -> Iterator[ReadReport]:
        """Read reports, in order."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of the batch, each as ``module:name``.

    Parameters
    ----------
    walk_paths
        Lists the files under the paths asked for.
    read_source, make_reports
        Read a file, and cut it into its reports.
    load_pipeline
        Loads the pipeline from its name or path; None asks for the best one there is.

    Examples
    --------
    >>> Stages(make_reports="unicodedata:name").get_make_reports()("高")
    'CJK UNIFIED IDEOGRAPH-9AD8'
    """

    walk_paths: str = "zhibiao.readers:walk_paths"
    read_source: str = "zhibiao.readers:read_source"
    make_reports: str = "zhibiao.text.reports:make_reports"
    load_pipeline: str = "zhibiao.pipes.load:load_pipeline"

    def get_walk_paths(self) -> Callable[[Sequence[Path]], Iterable[FoundFile]]:
        """Import the function that lists files."""
        return cast("Callable[[Sequence[Path]], Iterable[FoundFile]]", resolve_name(self.walk_paths))

    def get_read_source(self) -> ReadSource:
        """Import the function that reads a file."""
        return cast("ReadSource", resolve_name(self.read_source))

    def get_make_reports(self) -> Callable[[Source], Sequence[Report]]:
        """Import the function that cuts a file into reports."""
        return cast("Callable[[Source], Sequence[Report]]", resolve_name(self.make_reports))

    def get_load_pipeline(self) -> Callable[[str | None], Pipeline]:
        """Import the function that loads the pipeline."""
        return cast("Callable[[str | None], Pipeline]", resolve_name(self.load_pipeline))
