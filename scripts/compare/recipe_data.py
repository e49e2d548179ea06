"""Gold reports written as the data of explosion's rel_component recipe, the way its own parse_data.py writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from zhibiao.corpus.gold import GoldReport
from zhibiao.labels import RelationLabel
from zhibiao.records import Entity


def write_recipe_data(reports: Sequence[GoldReport], path: Path) -> tuple[int, int]:
    """Write the sentences that hold a relation, all pairs of their entities with a 1 or a 0 for each label.

    Sentences without a relation are left out and relations across sentences do not exist, both as in the recipe.

    Returns
    -------
    tuple of int
        How many sentences and how many relations were written.
    """
    if not Doc.has_extension("rel"):
        Doc.set_extension("rel", default={})
    vocab = Vocab()
    docs = [doc for report in reports for doc in _sentence_docs(report, vocab)]
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    return len(docs), sum(int(value) for doc in docs for labels in doc._.rel.values() for value in labels.values())


def _sentence_docs(gold: GoldReport, vocab: Vocab) -> Iterator[Doc]:
    annotation = gold.annotation()
    by_id = {entity.id: entity for entity in annotation.entities}
    related = [(by_id[one.head], by_id[one.child], one.label) for one in annotation.relations]
    for start, end in gold.report().sentences:
        entities = entities_within(annotation.entities, start, end)
        starts = [entity.start - start for entity in entities]
        pairs = {(one, other): dict.fromkeys(map(str, RelationLabel), 0.0) for one in starts for other in starts}
        positive = 0
        for head, child, label in related:
            if start <= head.start < end and start <= child.start < end:
                pairs[head.start - start, child.start - start][str(label)] = 1.0
                positive += 1
        if positive:
            # Tokens are characters, as spaCy's Chinese tokenizer gives them where nothing else is asked for.
            doc = Doc(vocab, words=list(gold.text[start:end]), spaces=[False] * (end - start))
            doc.ents = [Span(doc, one.start - start, one.end - start, label=str(one.label)) for one in entities]
            doc._.rel = pairs
            yield doc


def entities_within(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """List the entities of a sentence, in text order."""
    return sorted((one for one in entities if start <= one.start and one.end <= end), key=lambda one: one.start)
