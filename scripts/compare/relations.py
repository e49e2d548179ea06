"""Relations: zhibiao's rules and pipelines beside explosion's rel_component recipe, on gold entities and on found ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from compare.asked import UnaskedError, ask
from compare.gold_texts import Annotated, GoldText
from compare.recipe_data import entities_within, write_recipe_data
from compare.tables import share, table

from zhibiao.corpus.gold import GoldReport
from zhibiao.labels import LEGAL_PAIRS, RelationLabel
from zhibiao.records import Annotation, Relation
from zhibiao.scoring.annotations import count_relations
from zhibiao.scoring.counts import Counts, total

SCRIPT = "relate_elsewhere.py"
RECIPE = "rel_component"
# The recipe's own, and of those that its evaluation goes through the one with the best F1 on dev.
THRESHOLD, DEV_THRESHOLD = 0.5, 0.3


def train_recipe(folder: Path, train: Sequence[GoldReport], dev: Sequence[GoldReport], *, seconds: int) -> None:
    """Train the recipe with its own config on our reports; the best pipeline up to then is what is left after ``seconds``.

    The one thing changed on the command line is the language.
    """
    data = folder / "data"
    data.mkdir(exist_ok=True)
    for name, reports in (("train", train), ("dev", dev)):
        sentences, relations = write_recipe_data(reports, data / f"{name}.spacy")
        print(f"{name}: {sentences:,} sentences, {relations:,} relations", flush=True)
    command = [
        sys.executable,
        "-m",
        "spacy",
        "train",
        "configs/rel_tok2vec.cfg",
        "--output",
        "training",
        "--nlp.lang",
        "zh",
    ]
    command += [
        "--paths.train",
        "data/train.spacy",
        "--paths.dev",
        "data/dev.spacy",
        "-c",
        "./scripts/custom_functions.py",
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        subprocess.run(command, cwd=folder, check=True, timeout=seconds, env=environment)
    except subprocess.TimeoutExpired:
        print(f"stopped after {seconds} s")


def relation_lines(
    golds: Sequence[GoldText], annotated: Annotated, given: Annotated, *, cache_folder: Path, recipe: Path | None
) -> list[str]:
    """Write the two tables of relations: between gold entities, and end to end.

    Parameters
    ----------
    golds
        The reports.
    annotated, given
        What each zhibiao pipeline reads out of the text, and how it relates the gold entities.
    cache_folder, recipe
        Where answers are kept; the recipe's folder with its trained pipeline.
    """
    entities = [gold.annotation for gold in golds]
    on_gold: dict[str, Sequence[Annotation]] = {f"zhibiao, {name}": related for name, related in given.items()}
    on_found: dict[str, Sequence[Annotation]] = {f"zhibiao, {name}": read for name, read in annotated.items()}
    notes = []
    try:
        on_gold |= _by_recipe(golds, entities, cache_folder, recipe)
        for name, annotations in annotated.items():
            related = _by_recipe(golds, annotations, cache_folder, recipe)
            on_found |= {f"{system}, entities of {name}": found for system, found in related.items()}
    except UnaskedError:
        notes = ["", f"{RECIPE} was not asked: its folder was not given."]
    labels = [str(label) for label in RelationLabel]
    first = table(["between gold entities", "P", "R", "F1", *labels], _rows(entities, on_gold, both=False))
    second = table(
        ["end to end", "strict P", "R", "F1", "overlap F1", *(f"{label}, strict" for label in labels)],
        _rows(entities, on_found, both=True),
    )
    return [*first, "", *second, *notes]


def _rows(
    reference: Sequence[Annotation], systems: Mapping[str, Sequence[Annotation]], *, both: bool
) -> Iterator[list[str]]:
    for name, found in systems.items():
        strict, overlap = (_count(reference, found, overlap=overlap) for overlap in (False, True))
        every = total(strict.values())
        values = [every.precision, every.recall, every.f1]
        values += [total(overlap.values()).f1] if both else []
        yield [name, *map(share, values), *(share(strict[label].f1) for label in RelationLabel)]


def _count(
    reference: Sequence[Annotation], found: Sequence[Annotation], *, overlap: bool
) -> dict[RelationLabel, Counts]:
    counts = [count_relations(ours, theirs, overlap=overlap) for ours, theirs in zip(reference, found, strict=True)]
    return {label: total(one[label] for one in counts) for label in RelationLabel}


def _by_recipe(
    golds: Sequence[GoldText], annotations: Sequence[Annotation], cache_folder: Path, recipe: Path | None
) -> dict[str, list[Annotation]]:
    """Let the recipe relate entities sentence by sentence: as it is, and at its best.

    At its best means with the threshold of dev, and without the pairs that the standard rules out.
    """
    question: list[tuple[str, list[tuple[int, int, str]]]] = []
    ids: list[tuple[int, list[int]]] = []
    for number, (gold, annotation) in enumerate(zip(golds, annotations, strict=True)):
        for start, end in gold.sentences:
            entities = entities_within(annotation.entities, start, end)
            ids.append((number, [one.id for one in entities]))
            spans = [(one.start - start, one.end - start, str(one.label)) for one in entities]
            question.append((gold.report.text[start:end], spans))
    command = [sys.executable] if recipe else None
    answers = ask(
        cache_folder, RECIPE, question, script=SCRIPT, command=command, cwd=recipe, state=_state(recipe, cache_folder)
    )
    related: list[list[Relation]] = [[] for _ in annotations]
    for (number, known), found in zip(ids, answers, strict=True):
        related[number] += [
            Relation(known[head], known[child], RelationLabel(label), score) for head, child, label, score in found
        ]
    found_by = [Annotation(one.entities, tuple(pairs)) for one, pairs in zip(annotations, related, strict=True)]
    as_it_is = [_above(one, THRESHOLD) for one in found_by]
    at_best = [_legal(_above(one, DEV_THRESHOLD)) for one in found_by]
    return {RECIPE: as_it_is, f"{RECIPE}, threshold {DEV_THRESHOLD}, legal pairs": at_best}


def _above(annotation: Annotation, threshold: float) -> Annotation:
    return Annotation(annotation.entities, tuple(one for one in annotation.relations if one.score >= threshold))


def _legal(annotation: Annotation) -> Annotation:
    labels = {entity.id: entity.label for entity in annotation.entities}
    return Annotation(
        annotation.entities,
        tuple(one for one in annotation.relations if (labels[one.head], labels[one.child]) in LEGAL_PAIRS[one.label]),
    )


def _state(recipe: Path | None, cache_folder: Path) -> str:
    """Hash the recipe's trained pipeline; without its folder, that of the last one that was asked."""
    known = cache_folder / f"{RECIPE}.sha256"
    if recipe is None:
        return known.read_text("utf-8") if known.is_file() else ""
    digest = sha256()
    for path in sorted((recipe / "training" / "model-best").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(digest.hexdigest(), encoding="utf-8")
    return digest.hexdigest()
