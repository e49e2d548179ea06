"""Where a figure stands: its section and its clause."""

from __future__ import annotations

from zhibiao.records import Report, Section

_CLAUSE_MARKS = "，,；;。：:！？!?（(\n"
# A text without punctuation has no clauses; what stands further away says nothing of a figure.
_LONGEST_CLAUSE = 160


def section_at(report: Report, place: int) -> Section | None:
    """Give the innermost section that holds a place, or None."""
    inside = [section for section in report.sections if section.start <= place < section.end]
    return max(inside, key=lambda section: (section.level, section.start), default=None)


def clause_start(text: str, sentence_start: int, place: int) -> int:
    """Give the start of the clause that holds a place.

    Examples
    --------
    >>> clause_start("全市高企125家,居全省第3位", 0, 11)
    9
    """
    first = max(sentence_start, place - _LONGEST_CLAUSE)
    while place > first and text[place - 1] not in _CLAUSE_MARKS:
        place -= 1
    return place
