"""What the encoder says of each element of a text, kept on the Doc for the component that decodes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.tokens import Doc

from zhibiao.pipes.encoder.packed import Floats

_SCORES = "zhibiao_encoder"


def set_tag_scores(doc: Doc, scores: Mapping[str, Floats]) -> None:
    """Keep the scores of tags: for each label an array of shape (elements, tags), the tags as `zhibiao.pipes.crf.tags.tags_of` has them."""
    doc.user_data[_SCORES] = dict(scores)


def tag_scores(doc: Doc, label: str) -> Floats | None:
    """Give the scores of a label's tags, logarithms of probabilities; None if no encoder has read the Doc.

    Where the encoder did not look all tags have 0: it says nothing there.

    Examples
    --------
    >>> from zhibiao.pipes.document import blank_pipeline
    >>> doc = blank_pipeline().make_doc("高企")
    >>> tag_scores(doc, "METRIC") is None
    True
    >>> set_tag_scores(doc, {"METRIC": np.zeros((2, 5), np.float32)})
    >>> tag_scores(doc, "METRIC").shape
    (2, 5)
    """
    found: Mapping[str, Floats] = doc.user_data.get(_SCORES, {})
    return found.get(label)


def log_chances(scores: Floats, sets: Sequence[int]) -> Floats:
    """Make scores logarithms of probabilities, within each set of tags that stand side by side.

    Examples
    --------
    >>> np.exp(log_chances(np.array([[1.0, 1.0, 5.0]], np.float32), [2, 1])).round(2).tolist()
    [[0.5, 0.5, 1.0]]
    """
    parts = []
    for part in np.split(scores, np.cumsum(sets)[:-1], axis=1):
        shifted = part - part.max(axis=1, keepdims=True)
        parts.append(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
    chances: Floats = np.concatenate(parts, axis=1)
    return chances
