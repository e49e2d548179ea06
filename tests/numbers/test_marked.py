from pathlib import Path

import pytest

from zhibiao.numbers.figures import find_figures

DATA = Path(__file__).parent / "data" / "marked.txt"
MARKED_LINES = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def unmark(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Take the marks out of a line; give the text and the marked spans."""
    text, spans, at = "", [], 0
    while at < len(line):
        for opening, closing, label in (("[[", "]]", "AMOUNT"), ("{{", "}}", "RANK")):
            if line.startswith(opening, at):
                end = line.index(closing, at)
                spans.append((label, len(text), len(text) + end - at - 2))
                text += line[at + 2 : end]
                at = end + 2
                break
        else:
            text += line[at]
            at += 1
    return text, spans


def mark(text: str) -> str:
    """Write the figures found in a text into it."""
    figures = find_figures(text, year=2022)
    spans = [(found.start, found.end, "[[", "]]") for found in figures.amounts]
    spans += [(found.start, found.end, "{{", "}}") for found in figures.ranks]
    pieces, done = [], 0
    for start, end, opening, closing in sorted(spans):
        pieces += (text[done:start], opening, text[start:end], closing)
        done = end
    return "".join(pieces) + text[done:]


@pytest.mark.parametrize("line", MARKED_LINES)
def test_figures_of_a_marked_line_are_found_and_nothing_else(line):
    text, _ = unmark(line)
    assert mark(text) == line


def test_marked_lines_are_many_enough_to_speak():
    spans = [span for line in MARKED_LINES for span in unmark(line)[1]]
    assert len(spans) >= 250
