"""Cleaning: a sequence of steps over an aligned text, run until nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhibiao.alignment import AlignedText, Edit
from zhibiao.records import Flag
from zhibiao.text import characters, furniture, pagemarks, script, spacing, wrapping
from zhibiao.text.damage import find_damage
from zhibiao.text.removal import Removal, Removed

Step = Callable[[str], Sequence[Edit]]

# In this order: characters before words before lines, so that furniture is known in whatever script and width it
# came; and wrapped lines while all of them still have the page's width, before pages are joined to longer ones.
STEPS: tuple[Step, ...] = (
    characters.drop_invisible,
    characters.resolve_entities,
    characters.drop_tags,
    characters.mend_line_breaks,
    characters.plain_spaces,
    characters.unify_ideographs,
    characters.narrow_width,
    characters.drop_pinyin,
    script.simplify,
    furniture.drop_furniture,
    pagemarks.drop_page_cuts,
    wrapping.join_wrapped_lines,
    pagemarks.drop_page_numbers,
    pagemarks.drop_running_headers,
    pagemarks.drop_glued_page_numbers,
    pagemarks.mend_form_feeds,
    spacing.drop_indents,
    spacing.join_scattered,
    spacing.join_numbers,
    spacing.join_words,
    spacing.drop_spaces_at_marks,
)

# Real files settle in two or three rounds. Text built to take more (an entity escaped inside an escaped entity …)
# is left as it then is.
MOST_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text with its source places, what was taken out, and where it is broken beyond repair."""

    aligned: AlignedText
    removed: tuple[Removed, ...]
    flags: tuple[Flag, ...]

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.aligned.text


def clean(text: str) -> Cleaned:
    r"""Clean the decoded text of a file.

    Cleaning a cleaned text changes nothing.

    Parameters
    ----------
    text
        The text as it was read, with every flaw.

    Returns
    -------
    Cleaned
        ``aligned`` refers to ``text``; so do the ranges of ``removed``. ``flags`` refer to the cleaned text.

    Examples
    --------
    >>> cleaned = clean("首页 > 政务公开\n發展總結:負(fù)責(zé)人高企達125家&nbsp;")
    >>> cleaned.text
    '发展总结:负责人高企达125家'
    >>> cleaned.removed
    (Removed(kind='navigation', start=0, end=10, text='首页 > 政务公开'),)
    """
    aligned, removed = settle(AlignedText.from_source(text))
    return Cleaned(aligned, removed, find_damage(aligned.text))


def settle(aligned: AlignedText) -> tuple[AlignedText, tuple[Removed, ...]]:
    """Run the steps over a text that knows its source until none of them changes it."""
    removed: list[Removed] = []
    for _ in range(MOST_ROUNDS):
        before = aligned
        for step in STEPS:
            if edits := step(aligned.text):
                removed += _recorded(aligned, edits)
                aligned = aligned.edited(edits)
        if aligned is before:
            break
    return aligned, tuple(sorted(removed, key=lambda r: (r.start, r.end)))


def _recorded(aligned: AlignedText, edits: Sequence[Edit]) -> list[Removed]:
    return [
        Removed(edit.kind, *aligned.source_span(edit.start, edit.end), aligned.text[edit.start : edit.end].strip())
        for edit in edits
        if isinstance(edit, Removal) and edit.end > edit.start
    ]
