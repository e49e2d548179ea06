"""Does an encoder beside the CRFs find more? Strict F1 by label for the CRFs, the encoder, and both, by the weight of the encoder.

    python scripts/encoder_experiment.py CRF_PIPELINE ENCODER_FOLDER

The first is a trained pipeline with ``zhibiao_crf``, the second what ``zhibiao_encoder`` wrote with ``to_disk``. The scores of the tags
are added before the likeliest way is looked for, those of the encoder times its weight.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.labels import EntityLabel
from zhibiao.pipes.crf.component import CrfTagger
from zhibiao.pipes.crf.decoding import best_tags, make_grammar
from zhibiao.pipes.crf.tags import read_tags
from zhibiao.pipes.crf.tracks import Tracks
from zhibiao.pipes.document import make_doc
from zhibiao.pipes.encoder.component import Encoder
from zhibiao.pipes.encoder.scores import tag_scores

WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
SPLITS = ("authored_dev", "dev")
Span = tuple[int, int]


def find_spans(crf: CrfTagger, doc: Doc, tagger: str, weights: Sequence[tuple[float, float]]) -> Iterator[set[Span]]:
    """Give the spans of a tagger for each pair of weights, of the CRF and of the encoder."""
    options, model = crf.taggers[tagger], crf._models[tagger]
    clues = crf._clues(doc)
    places = np.arange(len(clues.elements))
    ours, theirs = model._score(Tracks(clues), places), tag_scores(doc, str(options.labels[0]))
    kept = [(first, last) for first, last in crf._sequences(options, clues) if first < last]
    for own, other in weights:
        found: set[Span] = set()
        grammar = make_grammar(model.tags, model.steps * np.float32(own))
        for first, last in kept:
            scores = own * ours[first:last] + other * theirs[first:last]
            tags = [model.tags[tag] for tag in best_tags(scores, [last - first], grammar)]
            found |= {clues.elements.characters(first + begin, first + end) for begin, end, _ in read_tags(tags)}
        yield found


def main(pipeline: str, encoder: str) -> None:
    """Print the table."""
    nlp = spacy.load(pipeline)
    crf = nlp.get_pipe("zhibiao_crf")
    scorer = Encoder(nlp, "zhibiao_encoder", sentences="all", depth=6, width=256, epochs=0, seed=0).from_disk(encoder)
    weights = [(0.0, 1.0), *((1.0, weight) for weight in WEIGHTS)]
    counts: Counter[tuple[str, str, int, str]] = Counter()
    for split in SPLITS:
        for gold in read_gold_paths([Path("annotations/gold")], splits=Path("corpus/splits.toml"), chosen=[split]):
            doc = make_doc(nlp, gold.report())
            for name, component in nlp.pipeline:
                if name == "zhibiao_crf":
                    break
                doc = component(doc)
            doc = scorer(doc)
            for tagger, options in crf.taggers.items():
                label = EntityLabel(options.labels[0])
                wanted = {(one.start_offset, one.end_offset) for one in gold.entities if one.label is label}
                for number, found in enumerate(find_spans(crf, doc, tagger, weights)):
                    for where in (split, "both"):
                        counts[label, where, number, "matched"] += len(found & wanted)
                        counts[label, where, number, "all"] += len(found) + len(wanted)
    print("| label | encoder alone |", " | ".join(f"CRF + {weight} × encoder" for weight in WEIGHTS), "|")
    for label in ("METRIC", "ORG"):
        for where in (*SPLITS, "both"):
            row = (
                200 * counts[label, where, number, "matched"] / counts[label, where, number, "all"]
                for number in range(len(weights))
            )
            print(f"| {label} {where} |", " | ".join(f"{share:.1f}" for share in row), "|")


if __name__ == "__main__":
    main(*sys.argv[1:])
