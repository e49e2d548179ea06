"""Relations found by a trained rel_component recipe, for scripts/compare_systems.py; runs in the recipe's own folder.

    cd FOLDER_OF_THE_RECIPE && python relate_elsewhere.py < sentences.json > relations.json

Reads a JSON list of sentences, each with its text and its entities as start, end, label; writes for each the pairs of entities, by their
numbers, with label and score, down to a score of 0.2; the recipe's own threshold is 0.5.
"""

import json
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span

sys.path.insert(0, str(Path.cwd()))
LOWEST = 0.2


def main():
    """Relate the entities of every sentence."""
    from scripts import custom_functions  # noqa: F401, PLC0415 - the recipe's; registers its component

    stdout, sys.stdout = sys.stdout, sys.stderr  # the component prints
    nlp = spacy.load("training/model-best")
    result = []
    for text, entities in json.load(sys.stdin):
        doc = Doc(nlp.vocab, words=list(text), spaces=[False] * len(text))
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in entities]
        for _, component in nlp.pipeline:
            doc = component(doc)
        number = {start: i for i, (start, _, _) in enumerate(entities)}
        result.append(
            [
                [number[head], number[child], label, round(float(score), 4)]
                for (head, child), scores in doc._.rel.items()
                for label, score in scores.items()
                if score >= LOWEST
            ]
        )
    json.dump(result, stdout)


if __name__ == "__main__":
    main()
