"""Organisations found by cutword or FoolNLTK, for scripts/compare_systems.py; each runs in an environment of its own.

    python find_names_elsewhere.py cutword|fool < sentences.json > names.json

Reads a JSON list of sentences, writes for each the names of organisations found, as start and end, end exclusive.
"""

import json
import sys

# What each calls an organisation.
ORGANISATIONS = {"cutword": {"ORG"}, "fool": {"org", "company"}}


def find_by_cutword(sentences):
    """Ask cutword's BiLSTM-CRF."""
    from cutword import NER  # noqa: PLC0415 - not in the project's environment

    ner = NER()
    for text in sentences:
        # one list for each text of a call
        found = [item for items in ner.predict([text]) for item in items]
        yield [[item.begin, item.end] for item in found if item.ner_type_en in ORGANISATIONS["cutword"]]


def find_by_fool(sentences):
    """Ask FoolNLTK's BiLSTM-CRF; it was written for TensorFlow 1, whose names TensorFlow 2 keeps under compat.v1."""
    import types  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415
    import tensorflow  # noqa: PLC0415 - not in the project's environment

    def viterbi_decode(score, transitions):
        """Find the best path, as tensorflow.contrib.crf did."""
        trellis, backpointers = np.zeros_like(score), np.zeros_like(score, dtype=np.int32)
        trellis[0] = score[0]
        for step in range(1, score.shape[0]):
            reached = trellis[step - 1][:, None] + transitions
            trellis[step], backpointers[step] = score[step] + reached.max(0), reached.argmax(0)
        path = [int(trellis[-1].argmax())]
        for pointers in backpointers[:0:-1]:
            path.append(int(pointers[path[-1]]))
        return path[::-1], trellis[-1].max()

    crf = types.ModuleType("tensorflow.contrib.crf")
    crf.viterbi_decode = viterbi_decode
    sys.modules["tensorflow"] = tensorflow.compat.v1
    sys.modules["tensorflow.contrib"] = types.ModuleType("tensorflow.contrib")
    sys.modules["tensorflow.contrib.crf"] = crf
    tensorflow.compat.v1.disable_eager_execution()
    import fool  # noqa: PLC0415

    for text in sentences:
        yield [
            [start, min(end, len(text))] for start, end, label, _ in fool.ner(text)[0] if label in ORGANISATIONS["fool"]
        ]


def main(tool):
    """Find the names."""
    sentences = json.load(sys.stdin)
    stdout, sys.stdout = sys.stdout, sys.stderr  # both print
    find = {"cutword": find_by_cutword, "fool": find_by_fool}[tool]
    json.dump(list(find(sentences)), stdout)


if __name__ == "__main__":
    main(sys.argv[1])
