from collections.abc import Callable

import pytest

from zhibiao.corpus.marks import MarkedText, read_marked
from zhibiao.labels import EntityLabel
from zhibiao.rules.spans import LabelledSpan


@pytest.fixture
def read_case() -> Callable[[str], tuple[MarkedText, list[LabelledSpan]]]:
    """Read a one-line case: a marked sentence, then its relations behind ``|``, parted by ``;``."""

    def read(case: str) -> tuple[MarkedText, list[LabelledSpan]]:
        sentence, _, relations = case.partition(" | ")
        marked = read_marked(f"{sentence}\n====\n" + relations.replace(";", "\n"))
        return marked, [LabelledSpan(entity.start, entity.end, EntityLabel(entity.label)) for entity in marked.entities]

    return read
