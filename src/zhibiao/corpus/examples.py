"""Gold reports as spaCy's training and evaluation data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry

from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.corpus.splits import read_splits
from zhibiao.errors import InputError
from zhibiao.pipes.document import make_doc, set_annotation


def read_gold_paths(
    paths: Iterable[Path], *, splits: Path | None = None, chosen: Iterable[str] = ()
) -> list[GoldReport]:
    """Read gold files and folders of them, all or those of some splits.

    Raises
    ------
    InputError
        If a path does not exist, a file is no gold, nothing is left, or one report stands twice.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    reports = [read_gold(file) for file in files]
    wanted = set(chosen)
    if wanted and splits is not None:
        split_of = read_splits(splits)
        if unknown := wanted - set(split_of.values()):
            raise InputError(f"no report stands in split {', '.join(sorted(unknown))}", where=str(splits))
        reports = [report for report in reports if split_of.get(report.report_id) in wanted]
    if not reports:
        raise InputError("no gold report found", where=", ".join(map(str, paths)))
    seen: set[str] = set()
    for report in reports:
        if report.report_id in seen:
            raise InputError(f"{report.report_id} is given twice")
        seen.add(report.report_id)
    return reports


def make_reference(nlp: Language, gold: GoldReport) -> Doc:
    """Make the Doc of a gold report with its entities and relations."""
    doc = make_doc(nlp, gold.report())
    set_annotation(doc, gold.annotation())
    return doc


def make_example(nlp: Language, gold: GoldReport) -> Example:
    """Make an example: the bare report to predict on, and its gold."""
    return Example(make_doc(nlp, gold.report()), make_reference(nlp, gold))


@registry.readers("zhibiao.GoldReader.v1")  # type: ignore[untyped-decorator]  # spaCy has no types here
def create_gold_reader(
    path: Path | list[Path], splits: Path | None = None, chosen: list[str] | None = None
) -> Callable[[Language], Iterator[Example]]:
    """Create the reader that a training config names as a corpus.

    Parameters
    ----------
    path
        A gold file, a folder of them, or several of these.
    splits, chosen
        ``corpus/splits.toml`` and the names of the splits to read; all reports without them.
    """

    def read(nlp: Language) -> Iterator[Example]:
        paths = path if isinstance(path, list) else [path]
        for gold in read_gold_paths([Path(one) for one in paths], splits=splits and Path(splits), chosen=chosen or ()):
            yield make_example(nlp, gold)

    return read


def make_docbin(nlp: Language, reports: Iterable[GoldReport]) -> DocBin:
    """Put gold into spaCy's binary format, entities and relations, for ``spacy evaluate`` and ``spacy debug data``."""
    docs = [make_reference(nlp, gold) for gold in reports]
    for doc in docs:
        doc._.report = None  # plain data alone can be stored
    return DocBin(docs=docs, store_user_data=True)
