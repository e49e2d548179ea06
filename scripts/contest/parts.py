"""What only the contest's configs need: sentences for training, candidates for the span categoriser, and figures beside what it finds.

python -m spacy train training/configs/contest/ner.cfg --code scripts/contest/parts.py --output build/contest/ner
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry
from thinc.api import Ops, get_current_ops
from thinc.types import Ragged

from zhibiao.corpus.examples import make_reference, read_gold_paths
from zhibiao.labels import EntityLabel
from zhibiao.pipes.components import mark_figures
from zhibiao.pipes.crf.clues import Clues
from zhibiao.pipes.document import doc_spans, doc_text, set_spans
from zhibiao.rules.spans import LabelledSpan
from zhibiao.text.sentences import split_sentences

FIGURES = (EntityLabel.AMOUNT, EntityLabel.RANK)
SPANS_KEY = "sc"
# How far a candidate's ends are moved, one at a time.
_MOVES = (-4, -3, -2, -1, 1, 2, 3, 4)


@registry.readers("contest.SentenceReader.v1")
def create_sentence_reader(path: Path, splits: Path, chosen: list[str]) -> Callable[[Language], Iterator[Example]]:
    """Create a reader of gold that gives one example for each sentence: spaCy trains best on short texts."""

    def read(nlp: Language) -> Iterator[Example]:
        for gold in read_gold_paths([Path(path)], splits=Path(splits), chosen=chosen):
            whole = make_reference(nlp, gold)
            for start, end in gold.report().sentences:
                doc = nlp.make_doc(gold.text[start:end])
                inside = [ent for ent in whole.ents if start <= ent.start and ent.end <= end]
                doc.set_ents([Span(doc, ent.start - start, ent.end - start, label=ent.label_) for ent in inside])
                doc.spans[SPANS_KEY] = list(doc.ents)
                yield Example(nlp.make_doc(doc.text), doc)

    return read


@Language.component("contest_beside_figures")
def mark_beside_figures(doc: Doc) -> Doc:
    """Keep ORG and METRIC where they do not overlap the figures of the number grammar, which every contestant is given."""
    found = [span for span in doc_spans(doc) if span.label not in FIGURES]
    mark_figures(doc)
    set_spans(doc, [*doc_spans(doc), *found])
    return doc


@Language.component("contest_categories")
def mark_categories(doc: Doc) -> Doc:
    """Make entities of the categorised spans, the surest first."""
    group = doc.spans.get(SPANS_KEY, [])
    scores = group.attrs.get("scores", []) if len(group) else []
    ordered = sorted(zip(group, scores, strict=True), key=lambda pair: -float(np.max(pair[1])))
    set_spans(doc, (LabelledSpan(span.start, span.end, EntityLabel(span.label_)) for span, _ in ordered))
    return doc


@registry.misc("contest.CandidateSuggester.v1")
def create_candidate_suggester() -> Callable[..., Ragged]:
    """Create a suggester of what the rules could take for a name or a metric, with each end moved by up to four characters."""

    def suggest(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
        ops = ops or get_current_ops()
        found = [sorted(_candidates(doc)) for doc in docs]
        flat = np.array([span for spans in found for span in spans], dtype="i").reshape(-1, 2)
        return Ragged(ops.asarray(flat), ops.asarray1i([len(spans) for spans in found]))

    return suggest


def _candidates(doc: Doc) -> set[tuple[int, int]]:
    text = doc_text(doc)
    bare = Doc(doc.vocab, words=[token.text for token in doc], spaces=[False] * len(doc))
    mark_figures(bare)
    clues = Clues(text, split_sentences(text), doc_spans(bare), bare._.periods)
    holders = (*clues.holders.organisations, *clues.holders.places)
    sides = [span for clue in clues.slots for span in (*clue.left, clue.right, clue.core) if span is not None]
    seeds = {*clues.metrics, *sides, *((span.start, span.end) for span in holders)}
    moved = {(start + move, end) for start, end in seeds for move in _MOVES}
    moved |= {(start, end + move) for start, end in seeds for move in _MOVES}
    return {(start, end) for start, end in seeds | moved if 0 <= start < end <= len(doc)}
