"""Finding and loading the pipeline that reads reports: the best trained one there is, else the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language

from zhibiao import __version__
from zhibiao.errors import ModelError
from zhibiao.pipes.document import blank_pipeline, doc_annotation, doc_facts, make_doc, set_annotation
from zhibiao.pipes.naming import pipeline_name
from zhibiao.records import Annotation, ReadReport, Report

RULES = "rules"
# Best first; looked for in models/ of the working folder, then among the installed packages.
TRAINED = ("zhibiao_zh_best", "zhibiao_zh_fast")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded pipeline with what a run says of it; ``hash`` is a sha256 over all that decides its output."""

    nlp: Language
    name: str
    version: str
    hash: str
    kind: Literal["rules", "trained"]

    def read(self, reports: Sequence[Report]) -> Iterator[ReadReport]:
        """Read reports, one result each, in order."""
        docs = (make_doc(self.nlp, report) for report in reports)
        for report, doc in zip(reports, self.nlp.pipe(docs), strict=True):
            yield ReadReport(report, doc_annotation(doc), doc_facts(doc))

    def relate(self, reports: Sequence[Report], annotations: Sequence[Annotation]) -> Iterator[Annotation]:
        """Find the relations between given entities: the components that mark relations see them as their own."""
        components = [
            component
            for name, component in self.nlp.pipeline
            if "doc._.relations" in self.nlp.get_pipe_meta(name).assigns
        ]
        for report, annotation in zip(reports, annotations, strict=True):
            doc = make_doc(self.nlp, report)
            set_annotation(doc, Annotation(annotation.entities))
            for component in components:
                doc = component(doc)
            yield doc_annotation(doc)


def rules_pipeline() -> Language:
    """Make the pipeline of rules alone."""
    nlp = blank_pipeline()
    for name in ("figures", "organisations", "metrics", "relations", "facts"):
        nlp.add_pipe(f"zhibiao_{name}")
    return nlp


def load_pipeline(model: str | None = None) -> Pipeline:
    """Load a pipeline by name or path.

    Parameters
    ----------
    model
        ``rules``, an installed package, or a folder, also one that ``spacy train`` wrote its best pipeline into; None takes
        the best trained pipeline found in ``models/`` or installed, else the rules.

    Raises
    ------
    ModelError
        If there is no such pipeline or it cannot be loaded.
    """
    if model is None:
        model = next((found for name in TRAINED if (found := _find(name))), RULES)
    if model == RULES:
        return Pipeline(rules_pipeline(), RULES, __version__, _code_hash(), "rules")
    try:
        nlp = spacy.load(pipeline_folder(Path(model)) or model)
    except OSError as error:
        raise ModelError(
            f"no pipeline {model!r}: give 'rules', a folder such as models/zhibiao_zh_fast, or an installed package"
        ) from error
    return Pipeline(nlp, pipeline_name(nlp), str(nlp.meta["version"]), _model_hash(Path(nlp.path)), "trained")


def _find(name: str) -> str | None:
    if folder := pipeline_folder(Path("models") / name):
        return str(folder)
    return name if spacy.util.is_package(name) else None


def pipeline_folder(path: Path) -> Path | None:
    """Find the pipeline that lies in a folder, or in the one that ``spacy train`` makes there."""
    return next((folder for folder in (path, path / "model-best") if (folder / "config.cfg").is_file()), None)


def _code_hash() -> str:
    """Hash the package's own code and data: the rules are their own weights, and facts are built by them for any model."""
    digest = hashlib.sha256(__version__.encode())
    for name, item in sorted(_walk(files("zhibiao"), "")):
        digest.update(name.encode())
        digest.update(item.read_bytes())
    return digest.hexdigest()


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _walk(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".py", ".toml", ".csv")):
            yield prefix + item.name, item


def _model_hash(folder: Path) -> str:
    """Hash a trained pipeline's files together with the code that runs them."""
    digest = hashlib.sha256(_code_hash().encode())
    for path in sorted(found for found in folder.rglob("*") if found.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
