"""An evaluation as Markdown, for ``training/experiments.md`` and the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from zhibiao.evaluation.breakdowns import BROKEN_DOWN
from zhibiao.evaluation.record import Record
from zhibiao.evaluation.wording import (
    FEW_EXPLAINED,
    LAYER_MEANINGS,
    NOTHING,
    RELIABILITY_EXPLAINED,
    SLOT_LAYERS,
    explain_kind,
    judge,
    name_systems,
    say_chance,
    say_detail,
    say_difference,
    say_interval,
    say_p_value,
    say_score,
)

CLASSES, EXAMPLES = 20, 3
# What Markdown would not show as it is: *a*, [a], `a`, ~a~, a|b, a tag <b>, an entity &lt; and _a_, but HAS_VALUE stays.
_SPECIAL = re.compile(r"[\\`*\[\]|~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")


def render_markdown(record: Record) -> str:
    """Write an evaluation as Markdown without HTML.

    Parameters
    ----------
    record
        See `zhibiao.evaluation.record.make_record`.

    Returns
    -------
    str
        Signature, scores, slots, schemes, differences, breakdowns, confusion, and the largest classes of mistakes with
        examples, gold against predicted; tables are aligned for a terminal.

    Examples
    --------
    >>> record = dict.fromkeys(("reports", "notes", "scores", "mistake_counts", "mistakes", "sentences"), [])
    >>> record |= dict.fromkeys(("schemes", "breakdowns", "confusion"), {}) | {"reliability": []}
    >>> record["signature"] = {"system": "规则", "text": "standard:2026-11|reports:0"}
    >>> print(render_markdown(record).splitlines()[0])
    ## Evaluation of 规则 on 0 reports
    """
    sections = (_head, _scores, _schemes, _reliability, _differences, _breakdowns, _confusion, _mistakes)
    return "\n\n".join(block for section in sections for block in section(record)) + "\n"


def escape(text: object) -> str:
    r"""Write a text on one line of Markdown, so that it shows as it is.

    Examples
    --------
    >>> print(escape("HAS_VALUE _高企_ <b>|125家* p < 1"))
    HAS_VALUE \_高企\_ \<b>\|125家\* p < 1
    """
    return _SPECIAL.sub(r"\\\g<0>", " ".join(str(text).split()))


def make_table(header: Sequence[str], rows: Iterable[Sequence[object]], *, left: int = 1) -> str:
    """Write a table whose first ``left`` columns are words and the others numbers.

    Examples
    --------
    >>> print(make_table(["label", "gold"], [["指标", 12], ["ORG", 3]]))
    | label | gold |
    | ----- | ---: |
    | 指标  |   12 |
    | ORG   |    3 |
    """
    lines = [[escape(cell) for cell in row] for row in [header, *rows]]
    widths = [max(3, *(_width(line[column]) for line in lines)) for column in range(len(header))]
    lines.insert(1, ["-" * width if at < left else "-" * (width - 1) + ":" for at, width in enumerate(widths)])
    return "\n".join(
        "| "
        + " | ".join(
            cell + gap if at < left else gap + cell
            for at, cell in enumerate(line)
            for gap in [" " * (widths[at] - _width(cell))]
        )
        + " |"
        for line in lines
    )


def _width(text: str) -> int:
    """Count the columns a text takes on a terminal, where 指 takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _head(record: Record) -> list[str]:
    signature = record["signature"]
    return [
        f"## Evaluation of {escape(signature['system'])} on {len(record['reports'])} reports",
        f"`{signature['text'].replace('`', '')}`",
        *(f"**Note:** {escape(note)}" for note in record["notes"]),
    ]


def _scores(record: Record) -> list[str]:
    if not record["scores"]:
        return ["### Scores", "Neither the gold nor the system has anything."]
    blocks = ["### Scores", FEW_EXPLAINED]
    for layer, rows in groupby(record["scores"], key=lambda score: score["layer"]):
        blocks.append(f"**{escape(layer)}**: {LAYER_MEANINGS.get(layer, '')}")
        if layer in SLOT_LAYERS:
            slots = [
                [row["label"], row["matched"], row["reference"], say_score(row), say_interval(row["interval"])]
                for row in rows
            ]
            blocks.append(make_table(["slot", "right", "of", "share right", "95 % interval"], slots))
            continue
        measures = ("precision", "recall", "f1")
        lines = [
            [
                row["label"],
                row["reference"],
                row["predicted"],
                *(say_score(row, measure) for measure in measures),
                say_interval(row["interval"]),
            ]
            for row in rows
        ]
        blocks.append(make_table(["label", "gold", "predicted", "P", "R", "F1", "95 % interval"], lines))
    return blocks


def _schemes(record: Record) -> list[str]:
    rows = [
        [scheme, *(NOTHING if score[name] is None else f"{score[name]:.3f}" for name in ("precision", "recall", "f1"))]
        for scheme, score in record["schemes"].items()
    ]
    return (
        ["**Spans by the four schemes of SemEval-2013**", make_table(["scheme", "P", "R", "F1"], rows)] if rows else []
    )


def _reliability(record: Record) -> list[str]:
    if not record["reliability"]:
        return []
    rows = []
    for one in record["reliability"]:
        bins = ", ".join(
            f"{found['confidence']:.2f}: {found['right']:.2f} of {found['number']}" for found in one["bins"]
        )
        rows.append([one["layer"], one["label"], one["number"], f"{one['error']:.3f}", bins])
    return [
        "### What the confidence is worth",
        RELIABILITY_EXPLAINED,
        make_table(["layer", "label", "predicted", "error", "mean confidence: share right, by tenths"], rows, left=2),
    ]


def _differences(record: Record) -> list[str]:
    if "against" not in record:
        return []
    systems = name_systems(record)
    rows = [
        [
            one["layer"],
            one["label"],
            judge(one, systems),
            say_difference(one["difference"]),
            say_interval(one["interval"], sign=True),
            say_p_value(one["p_value"]),
        ]
        for one in record["differences"]
    ]
    return [
        f"### F1 of {escape(systems[1])} less F1 of {escape(systems[0])}",
        f"`{record['against']['text'].replace('`', '')}`",
        f"Above zero {escape(systems[1])} is better. Intervals and p are paired by report. {say_chance(record['differences'])}",
        make_table(["layer", "label", "verdict", "difference", "95 % interval", "p"], rows, left=3),
    ]


def _breakdowns(record: Record) -> list[str]:
    blocks: list[str] = []
    for dimension, categories in record["breakdowns"].items():
        rows = []
        for category, layers in categories.items():
            row: list[Any] = [category]
            for layer in BROKEN_DOWN:
                counts = layers.get(layer)
                row += [say_score(counts), counts["reference"]] if counts else [NOTHING, 0]
            rows.append(row)
        header = [dimension, *(name for layer in BROKEN_DOWN for name in (str(layer), "gold"))]
        blocks += [f"### F1 by {escape(dimension)}", make_table(header, rows)] if rows else []
    return blocks


def _confusion(record: Record) -> list[str]:
    table = record["confusion"]
    if not any(sum(row.values()) for row in table.values()):
        return []
    rows = [
        [label, *(NOTHING if label == other == "nothing" else number for other, number in row.items())]
        for label, row in table.items()
    ]
    return ["### Labels: gold (rows) against predicted (columns)", make_table(["gold", *table], rows)]


def _mistakes(record: Record) -> list[str]:
    total = len(record["mistakes"])
    if not total:
        return ["### Mistakes", "None."]
    classes = record["mistake_counts"]
    blocks = [
        f"### Mistakes: the {min(CLASSES, len(classes))} largest of {len(classes)} classes, {total:,} mistakes",
        "⟦ ⟧ mark what each side has; the examples are of different reports where there are enough.",
    ]
    for number, one in enumerate(classes[:CLASSES], start=1):
        blocks.append(
            f"**{number}. {escape(one['kind'])}, {escape(one['label'])}: {one['number']:,}** ({explain_kind(one['kind'])})"
        )
        blocks.append("\n".join(line for mistake in _examples(record, one) for line in _example(mistake, record)))
    return blocks


def _examples(record: Record, one: Record) -> list[Record]:
    """Choose the first mistake of a class in each report, then the others, up to three."""
    found = [
        mistake for mistake in record["mistakes"] if (mistake["kind"], mistake["label"]) == (one["kind"], one["label"])
    ]
    firsts = list({mistake["report_id"]: mistake for mistake in reversed(found)}.values())[::-1]
    return (firsts + [mistake for mistake in found if mistake not in firsts])[:EXAMPLES]


def _example(mistake: Record, record: Record) -> list[str]:
    sentence = record["sentences"][mistake["sentence"]]
    gold, predicted = mistake["gold_spans"], mistake["predicted_spans"]
    detail = say_detail(mistake)
    lines = [f"- {escape(mistake['report_id'])}, character {mistake['place']}{': ' * bool(detail)}{escape(detail)}"]
    if gold and gold == predicted and mistake["reference"] == mistake["predicted"]:
        return [*lines, f"  - both: {_marked(sentence, 'gold', gold)}"]
    for side, item, spans in (("gold", "reference", gold), ("predicted", "predicted", predicted)):
        lines.append(f"  - {side}: {_marked(sentence, side, spans) if mistake[item] else 'nothing'}")
    return lines


def _marked(sentence: Record, side: str, spans: list[list[int]]) -> str:
    """Write a sentence with some of its spans in the brackets of the annotators' guide: ⟦METRIC:高企总数⟧达⟦AMOUNT:125家⟧."""
    labels = {tuple(mark["spans"][0]): mark["label"] for mark in sentence[side]["spans"]}
    text, done = sentence["text"], 0
    pieces: list[str] = []
    for start, end in sorted(span for span in spans if span[0] >= 0):
        pieces += [text[done:start], f"⟦{labels.get((start, end), '')}:{text[start:end]}⟧"]
        done = end
    return escape("".join([*pieces, text[done:]]))
