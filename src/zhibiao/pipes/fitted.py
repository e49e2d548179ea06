"""What the trained components share: they are fitted in one go, in ``initialize``, and saved as a few files of plain bytes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from zhibiao.pipes.document import doc_text


class FittedComponent(ABC):
    """A component whose training loop has nothing to update, with its saving; no pickle."""

    @abstractmethod
    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""

    @property
    @abstractmethod
    def files(self) -> tuple[str, ...]:
        """Names of the files that it may have."""

    @abstractmethod
    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Give what was fitted, each part under the name of its file; nothing before it is fitted."""

    @abstractmethod
    def restore(self, parts: Mapping[str, bytes]) -> None:
        """Take what `parts` gave, some of it or all.

        Raises
        ------
        ModelError
            If it is damaged, or was fitted under another config.
        """

    def annotated(self, example: Example, nlp: Language) -> Doc:
        """Make an example's Doc as it comes to this component: the components before it have annotated it."""
        doc = nlp.make_doc(doc_text(example.predicted))
        doc._.report = example.predicted._.report
        for _, component in nlp.pipeline:
            if component is self:
                break
            doc = component(doc)
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the parts as bytes."""
        packed: bytes = srsly.msgpack_dumps(self._without(self.parts(), exclude))
        return packed

    def from_bytes(self, packed: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Read what `to_bytes` gave; raises as `restore`."""
        self.restore(self._without(srsly.msgpack_loads(packed).items(), exclude))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write one file for each part."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._without(self.parts(), exclude).items():
            (folder / name).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read what `to_disk` wrote; raises as `restore`."""
        found = ((name, Path(path) / name) for name in self.files)
        self.restore(self._without(((name, file.read_bytes()) for name, file in found if file.is_file()), exclude))
        return self

    @staticmethod
    def _without(parts: Iterable[tuple[str, bytes]], exclude: Iterable[str]) -> dict[str, bytes]:
        left_out = set(exclude)
        return {name: data for name, data in parts if name not in left_out}
