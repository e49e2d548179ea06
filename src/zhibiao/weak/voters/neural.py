"""ORG from a neural tagger that ships inside a package: Baidu's LAC (segmentation, parts of speech, names) in ONNX form.

Sure of what it finds, far from finding all: a voter, not an annotator. It reads the sentences that a name may stand in.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibiao.labels import EntityLabel
from zhibiao.pipes.neural_words import tag_words
from zhibiao.weak.functions import SpanVote, span_function
from zhibiao.weak.views import SentenceView

_LONGEST = 512


@span_function(EntityLabel.ORG, match="宁国市与⟦浙江大学⟧签订协议5份", abstain="新增高新技术企业18家", slow=True)
def org_lac(sentence: SentenceView) -> Iterator[SpanVote]:
    """Vote for the organisations of the tagger, with the place that stands right in front."""
    text = sentence.text
    if len(text) > _LONGEST:
        return
    place = None
    for start, end, tag in tag_words(text, 0, len(text)):
        if tag == "ORG" and end - start > 1:
            yield SpanVote(start if place is None else place, end)
        place = (start if place is None else place) if tag == "LOC" else None
