"""The cells of a table on a grid, with the places that merged cells reach into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhibiao.readers.table_words import SEQUENCE_HEADERS, unwrapped

LONG_CELL = 100
MAX_COLUMNS = 256
MAX_SLOTS = 1_000_000


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as written: its lines, how far it spans, whether it is marked as a header, whether it holds a table."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False
    nested: bool = False
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the cell into one line once, since every test of a table's shape looks at it."""
        object.__setattr__(self, "text", unwrapped(self.lines))

    @property
    def is_long(self) -> bool:
        """Tell whether the cell is prose, which keeps its own lines."""
        return len(self.text) > LONG_CELL


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the grid; false where the cell there began in a row above or in a column to the left."""

    cell: TableCell
    begins_row: bool = True
    begins_column: bool = True

    @property
    def text(self) -> str:
        """The text of the cell that fills this place."""
        return self.cell.text

    @property
    def begins(self) -> bool:
        """Tell whether a cell with text begins here."""
        return self.begins_row and self.begins_column and bool(self.text)


Grid = list[list[Slot]]
_NO_SLOT = Slot(TableCell(()))


def place_cells(rows: Sequence[Sequence[TableCell]]) -> Grid | None:
    """Lay cells out on a grid; None if the table is too wide or too large to be one.

    A cell never reaches below the last row, whatever it claims.
    """
    grid: Grid = []
    hanging: dict[int, tuple[Slot, int]] = {}  # column → the slot from above, the rows that it still fills
    size = 0
    for row in rows:
        line: list[Slot] = []
        below: dict[int, tuple[Slot, int]] = {}
        reach = max(hanging, default=-1)
        cells = list(reversed(row))
        while cells or len(line) <= reach:
            column = len(line)
            if column in hanging:
                slot, left = hanging[column]
                line.append(slot)
                if left > 1:
                    below[column] = (slot, left - 1)
            elif not cells:
                line.append(_NO_SLOT)
            else:
                _place(cells.pop(), line, hanging, below)
            if len(line) > MAX_COLUMNS:
                return None
        hanging = below
        grid.append(line)
        size += len(line)
        if size > MAX_SLOTS:
            return None
    width = max(map(len, grid), default=0)
    return [line + [_NO_SLOT] * (width - len(line)) for line in grid] if width * len(grid) <= MAX_SLOTS else None


def _place(
    cell: TableCell, line: list[Slot], hanging: dict[int, tuple[Slot, int]], below: dict[int, tuple[Slot, int]]
) -> None:
    """Put a cell behind the others of its row, as wide as it claims or as cells from above leave it room."""
    first = len(line)
    for column in range(first, first + max(cell.columns, 1)):
        if column in hanging:
            break
        line.append(Slot(cell, True, column == first))
        if cell.rows > 1:
            below[column] = (Slot(cell, False, column == first), cell.rows - 1)


def compact(grid: Grid) -> Grid:
    """Drop rows and columns in which no cell with text begins, such as those that uneven merging leaves."""
    grid = [row for row in grid if any(slot.begins_row and slot.text for slot in row)]
    kept = [
        column
        for column in range(len(grid[0]) if grid else 0)
        if any(row[column].begins_column and row[column].text for row in grid)
    ]
    return [[row[column] for column in kept] for row in grid]


def without_sequence(grid: Grid) -> Grid:
    """Drop a leading column that only counts the rows: under 序号, or 1, 2, 3 without a header of its own."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return grid
    texts = [row[0].text.rstrip(".、．") for row in grid if row[0].begins_row]
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    if texts[0].lower().replace(" ", "") in SEQUENCE_HEADERS or texts == numbers:
        return compact([row[1:] for row in grid])
    return grid


def find_caption(row: list[Slot]) -> TableCell | None:
    """Give the only cell of a row when it spans the table, or stands alone over three columns or more."""
    cells = [slot for slot in row if slot.text and slot.begins_row and slot.begins_column]
    if len(cells) != 1 or not (len(row) > 2 or len(row) == 1 or row[1].cell is row[0].cell):
        return None
    return cells[0].cell if all(slot.cell is cells[0].cell or not slot.text for slot in row) else None


def split_captions(grid: Grid) -> tuple[list[TableCell], Grid]:
    """Take the captions off the top of a table, without the columns that only they reached into.

    The grid is compacted only where a column ends, not behind every caption: tables that arrange paragraphs have
    thousands of rows that look like captions.
    """
    captions: list[TableCell] = []
    while grid:
        last_rows = {
            max(
                (number for number, row in enumerate(grid) if row[column].begins_column and row[column].text), default=0
            )
            for column in range(len(grid[0]))
        }
        count = 0
        while count < len(grid) and (caption := find_caption(grid[count])):
            captions.append(caption)
            count += 1
            if count - 1 in last_rows:
                break
        if not count:
            break
        grid = compact(grid[count:])
    return captions, grid
