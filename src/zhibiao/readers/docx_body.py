"""The body of a Word document as lines, in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhibiao.readers.docx_numbering import Numbering
from zhibiao.readers.grids import TableCell
from zhibiao.readers.table_words import caption_unit
from zhibiao.readers.tables import table_lines
from zhibiao.readers.xml_trees import Element

# Deleted text, properties, field codes, marks of notes and comments, phonetic guides: nothing that is read aloud.
SKIPPED = frozenset(
    {
        "del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "instrText",
        "delText", "delInstrText", "rt", "rubyPr", "footnoteReference", "endnoteReference", "commentReference",
        "annotationRef", "footnoteRef", "endnoteRef", "proofErr", "bookmarkStart", "bookmarkEnd", "altChunk", "pgNum",
    }
)  # fmt: skip
_INLINE = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CONTENTS_STYLE = re.compile(r"toc \d$", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, the style it is based on, and the list it puts paragraphs into."""

    name: str
    based_on: str | None
    list_id: str | None
    depth: str | None


def read_styles(root: Element | None) -> dict[str, Style]:
    """Read the paragraph styles of ``styles.xml``."""
    styles = {}
    for style in root.iter("style") if root is not None else ():
        numbers = style.find("pPr/numPr")
        styles[style.get("styleId", "")] = Style(
            _value(style, "name") or "",
            _value(style, "basedOn"),
            _value(numbers, "numId"),
            _value(numbers, "ilvl"),
        )
    return styles


def _value(parent: Element | None, path: str) -> str | None:
    child = parent.find(path) if parent is not None else None
    return child.get("val") if child is not None else None


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads paragraphs and tables; holds what they refer to."""

    styles: dict[str, Style]
    numbering: Numbering

    def lines(self, parent: Element) -> list[str]:
        """Read everything below an element that holds paragraphs and tables.

        Text boxes come behind the paragraph that they are anchored in; of two versions of a drawing the first is
        read. Tables of contents are left out: their lines repeat the headings, with page numbers.
        """
        lines: list[str] = []
        for block in _blocks(parent):
            if block.tag == "tbl":
                unit = caption_unit(lines[-1]) if lines else None
                lines += table_lines(self._rows(block), unit=unit)
            else:
                lines += self._paragraph(block)
        return lines

    def _paragraph(self, paragraph: Element) -> list[str]:
        style_id = _value(paragraph, "pPr/pStyle")
        if style_id in self.styles and _CONTENTS_STYLE.match(self.styles[style_id].name):
            return []
        boxes: list[Element] = []
        text = "".join(_inline(paragraph, boxes))
        lines = [line for line in (line.strip(" \t\u3000\xa0") for line in text.split("\n")) if line]
        mark = self._mark(paragraph, style_id)  # counts on even where the paragraph is empty, as Word does
        if lines:
            lines[0] = _marked(mark, lines[0])
        for box in boxes:
            lines += self.lines(box)
        return lines

    def _mark(self, paragraph: Element, style_id: str | None) -> str:
        """Find the list and level of a paragraph, its own or its style's, and count on."""
        list_id, depth = _value(paragraph, "pPr/numPr/numId"), _value(paragraph, "pPr/numPr/ilvl")
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen and (list_id is None or depth is None):
            style = self.styles[style_id]
            seen.add(style_id)
            list_id, depth = list_id or style.list_id, depth or style.depth
            style_id = style.based_on
        if list_id in (None, "0"):  # 0 takes a paragraph out of its style's list
            return ""
        return self.numbering.next_mark(list_id or "", int(depth) if depth and depth.isdecimal() else 0)

    def _rows(self, table: Element) -> list[list[TableCell]]:
        """Read the cells, those merged downwards as one cell of many rows."""
        raw = [(row, self._cells(row)) for row in _children(table, "tr") if row.find("trPr/del") is None]
        heights: dict[tuple[int, int], int] = {}
        open_at: dict[int, tuple[int, int]] = {}
        for place, (row, cells) in enumerate(raw):
            column = _count(_value(row, "trPr/gridBefore"), 0)
            for index, (cell, merge) in enumerate(cells):
                if merge == "continue" and column in open_at:
                    heights[open_at[column]] += 1
                else:
                    open_at[column] = (place, index)
                    heights[place, index] = 1
                column += cell.columns
        rows = []
        for place, (row, cells) in enumerate(raw):
            before = _count(_value(row, "trPr/gridBefore"), 0)
            header = _is_on(row.find("trPr/tblHeader"))
            rows.append([TableCell((), before)] if before else [])
            rows[-1] += [
                TableCell(cell.lines, cell.columns, heights[place, index], header, cell.nested)
                for index, (cell, _) in enumerate(cells)
                if (place, index) in heights
            ]
        return rows

    def _cells(self, row: Element) -> list[tuple[TableCell, str]]:
        cells = []
        for cell in _children(row, "tc"):
            merge = cell.find("tcPr/vMerge")
            cells.append(
                (
                    TableCell(
                        tuple(self.lines(cell)),
                        max(1, _count(_value(cell, "tcPr/gridSpan"), 1)),
                        nested=any(block.tag == "tbl" for block in _blocks(cell)),
                    ),
                    "" if merge is None else merge.get("val", "continue"),
                )
            )
        return cells


def _blocks(parent: Element) -> Iterator[Element]:
    """Find paragraphs and tables, through content controls, insertions and other wrappings."""
    for child in parent:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag not in SKIPPED:
            yield from _blocks(_chosen(child))


def _children(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in SKIPPED:
            yield from _children(child, tag)


def _inline(parent: Element, boxes: list[Element]) -> Iterator[str]:
    """Give the pieces of a paragraph's text and note the text boxes anchored in it."""
    for child in parent:
        tag = child.tag
        if tag == "t":
            yield child.text or ""
        elif tag in _INLINE:
            yield _INLINE[tag]
        elif tag in ("txbxContent", "txBody"):
            boxes.append(child)
        elif tag == "r" and _is_on(child.find("rPr/vanish")):
            continue
        elif tag not in SKIPPED:
            yield from _inline(_chosen(child), boxes)


def _chosen(element: Element) -> Element:
    """Take the first of the versions that a drawing is stored in for new and for old programs."""
    return element[0] if element.tag == "AlternateContent" and len(element) else element


def _marked(mark: str, text: str) -> str:
    """Set a mark before its paragraph; 「1.」 before 「2022年」 needs a space not to read as 1.2022."""
    if not mark:
        return text
    runs_on = mark[-1].isascii() and (mark[-1].isalnum() or text[0].isdigit())
    return f"{mark} {text}" if runs_on else mark + text


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val") not in _OFF


def _count(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else default
