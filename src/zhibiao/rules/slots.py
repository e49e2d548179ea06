"""The places of a sentence where a metric may stand: beside each figure, up to the next boundary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.rules.spans import LabelledSpan

_BOUNDARY = re.compile(r"[，,；;：:。！？!?\n—]")
_OPEN, _CLOSE = "（(", "）)"
# Behind a figure these begin the next item: 国家级创新型企业16家[、]省级创新型企业52家.
_NEXT_ITEM = re.compile(r"\s*(?:、|以及|和|及|与|或)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure with the stretch on its left and on its right that may name what it measures.

    Parameters
    ----------
    figure
        The AMOUNT or RANK.
    left_start, right_end
        The stretches are ``[left_start, figure.start)`` and ``[figure.end, right_end)``.
    clause
        Number of the clause in the sentence, from 0.
    follows
        The figure that the left stretch begins at, with no boundary between: 110家[企业享受减免]2.41亿元.
    """

    figure: LabelledSpan
    left_start: int
    right_end: int
    clause: int
    follows: LabelledSpan | None


def find_boundaries(text: str, start: int, end: int, figures: Sequence[LabelledSpan]) -> list[tuple[int, int]]:
    """List the ranges in ``[start, end)`` that part clauses or list items; figures are never cut.

    A bracket parts clauses only when it holds a figure (746家(其中,国家级8家)) or stands behind one: 工程(技术)中心 is a name.

    Examples
    --------
    >>> find_boundaries("新建平台(中心)3家,累计9家", 0, 14, [])
    [(10, 11)]
    """
    inside = bytearray(end - start)
    for figure in figures:
        inside[figure.start - start : figure.end - start] = b"\1" * (figure.end - figure.start)
    figure_starts = {figure.start for figure in figures}
    cuts = [
        match.span()
        for match in _BOUNDARY.finditer(text, start, end)
        if not inside[match.start() - start]
        # In a table line the colon joins: R&D经费支出:12.6亿元.
        and not (match.group() in "：:" and match.end() in figure_starts)
    ]
    figure_ends = {figure.end for figure in figures}
    for match in re.finditer(f"[{_OPEN}]", text[start:end]):
        opened = start + match.start()
        closed = min((place for mark in _CLOSE if (place := text.find(mark, opened, end)) >= 0), default=-1)
        if inside[opened - start]:
            continue
        holds_figure = any(opened < figure.start < (closed if closed >= 0 else end) for figure in figures)
        if holds_figure or opened in figure_ends:
            cuts.append((opened, opened + 1))
            if closed >= 0:
                cuts.append((closed, closed + 1))
    for place in figure_ends | {cut_end for cut_start, cut_end in cuts if text[cut_start] in _CLOSE}:
        if (mark := _NEXT_ITEM.match(text, place, end)) and not inside[mark.end() - 1 - start]:
            cuts.append(mark.span())
    return sorted(set(cuts))


def find_slots(text: str, start: int, end: int, figures: Sequence[LabelledSpan]) -> list[Slot]:
    """Make the slot of each figure of the sentence ``[start, end)``, in text order.

    Examples
    --------
    >>> from zhibiao.labels import EntityLabel
    >>> text = "新认定18家,高企总数达125家"
    >>> slots = find_slots(text, 0, 17, [LabelledSpan(3, 6, EntityLabel.AMOUNT), LabelledSpan(12, 16, EntityLabel.AMOUNT)])
    >>> [text[slot.left_start:slot.figure.start] for slot in slots]
    ['新认定', '高企总数达']
    """
    cuts = find_boundaries(text, start, end, figures)
    slots: list[Slot] = []
    next_cut, clause, cursor = 0, 0, start
    for number, figure in enumerate(figures):
        last_cut_end = start if cursor == start and not slots else -1
        while next_cut < len(cuts) and cuts[next_cut][1] <= figure.start:
            last_cut_end = cuts[next_cut][1]
            clause += 1
            next_cut += 1
        left_start = max(cursor, last_cut_end)
        right_end = min(
            figures[number + 1].start if number + 1 < len(figures) else end,
            cuts[next_cut][0] if next_cut < len(cuts) else end,
        )
        follows = figures[number - 1] if number and last_cut_end < left_start else None
        slots.append(Slot(figure, left_start, right_end, clause, follows))
        cursor = figure.end
    return slots
