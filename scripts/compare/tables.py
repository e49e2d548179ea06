"""Markdown tables of scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Write a table, the first column to the left and the others to the right."""
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows)]


def share(value: float | None) -> str:
    """Write a score; a dash where it is undefined."""
    return "–" if value is None else f"{value:.3f}"
