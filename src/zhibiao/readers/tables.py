"""Tables as lines that a person can read aloud and a pattern can read: a name, then its figure.

Three shapes are told apart:

names and values
    two columns, or pairs of columns side by side: one line ``名称：值`` a pair
    (索引号 | 1134 | 发布机构 | 科技局 → ``索引号：1134`` and ``发布机构：科技局``).
rows under a header
    one line a row, the row's name first, then each header with its value
    (企业 | 数量（家） | 增速（%） over 高企 | 125 | 12.5 → ``高企：数量125家，增速12.5%``).
layout
    a table that only arranges text (one column, tables in cells, paragraphs): the text of its cells, in order.

A unit stated in a header, in a row's name, in a column of units or for the whole table is put behind each bare number
that it belongs to. A bare number under 排名 or 位次 becomes ``第2位``. Cells over several rows name each of those rows;
figures over several rows are given once. Columns of running numbers are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhibiao.readers.grids import (
    Grid,
    Slot,
    TableCell,
    compact,
    find_caption,
    place_cells,
    split_captions,
    without_sequence,
)
from zhibiao.readers.table_words import (
    EMPTY_HEADERS,
    METADATA_NAMES,
    RANK_HEADER,
    TEXT_HEADER,
    UNIT_HEADERS,
    VALUE_HEADER,
    Measure,
    caption_unit,
    is_blank,
    is_figure,
    is_year,
    read_measure,
    read_unit,
    with_place,
    with_unit,
)

LONG_NAME = 40
LONG_HEADER = 20


def table_lines(rows: Sequence[Sequence[TableCell]], *, unit: str | None = None) -> list[str]:
    """Turn a table into lines of text.

    Parameters
    ----------
    rows
        The cells of each row as written, without the places that a cell from above or from the left reaches into.
    unit
        The unit that the line above the table states for all of it.

    Examples
    --------
    >>> def rows(*texts):
    ...     return [[TableCell((text,)) for text in row.split("|")] for row in texts]
    >>> table_lines(rows("指标|产值（亿元）|增速（%）|全省排名", "高新技术产业|550|12.5|3"))
    ['高新技术产业：产值550亿元，增速12.5%，全省排名第3位']
    >>> table_lines(rows("研发经费支出（亿元）|12.6", "高企总数|125家"))
    ['研发经费支出：12.6亿元', '高企总数：125家']
    """
    placed = None if any(cell.nested for row in rows for cell in row) else place_cells(rows)
    grid = without_sequence(compact(placed or []))
    if placed is None or not grid:
        return [line for row in rows for cell in row for line in cell.lines]
    lines: list[str] = []
    captions, grid = split_captions(grid)
    for caption in captions:
        lines += caption.lines
        unit = caption_unit(caption.text) or unit
    if not grid or len(grid[0]) < 2:
        return lines + [line for row in grid for slot in row if slot.begins for line in slot.cell.lines]
    if _is_pairs(grid, least=4):
        return lines + list(_pair_lines(grid, unit))
    if depth := _header_depth(grid):
        return lines + list(_row_lines(grid, depth, unit))
    return lines + (list(_pair_lines(grid, unit)) if _is_pairs(grid, least=2) else _plain_lines(grid))


def _plain_lines(grid: Grid) -> list[str]:
    """Give a table of unknown shape: rows of short cells as a list, everything else cell by cell."""
    lines: list[str] = []
    for row in grid:
        cells = [slot.cell for slot in row if slot.begins]
        if len(grid) == 1 or any(cell.is_long for cell in cells):
            lines += [line for cell in cells for line in cell.lines]
        else:
            name, *others = (cell.text for cell in cells)
            joint = "：" if others and is_figure(others[0]) and not is_figure(name) else "，"
            lines.append(name + (joint if others else "") + "，".join(others))
    return lines


def _is_pairs(grid: Grid, *, least: int) -> bool:
    """Tell whether every other column names what stands to the right of it; ``least`` is the number of columns."""
    width = len(grid[0])
    if width < least or width % 2:
        return False
    names = [slot for row in grid for slot in row[::2] if slot.begins]
    values = [slot for row in grid for slot in row[1::2] if slot.begins]
    if not names or any(len(name.text) > LONG_NAME for name in names):
        return False
    if width == 2:
        return len(grid) > 1 or len(names[0].text) <= LONG_HEADER
    marked = sum(_is_marked_name(name) for name in names)
    return 2 * marked > len(names) or not (
        any(is_figure(name.text) for name in names) or any(not is_figure(value.text) for value in values)
    )


def _is_marked_name(slot: Slot) -> bool:
    return slot.cell.header or slot.text.endswith(("：", ":")) or slot.text.replace(" ", "") in METADATA_NAMES


def _pair_lines(grid: Grid, unit: str | None) -> Iterator[str]:
    """Give ``名称：值`` for each pair; a long value keeps its own lines behind the name's line."""
    for row in grid:
        for left, right in zip(row[::2], row[1::2], strict=True):
            name = read_measure(left.text.rstrip("：: ")) if left.begins_column else Measure("")
            value = right.text if right.begins else ""
            if right.cell is left.cell or not name.name:
                yield from left.cell.lines if left.begins else right.cell.lines if right.begins else ()
            elif right.begins and right.cell.is_long:
                yield f"{name.name}："
                yield from right.cell.lines
            else:
                yield f"{name.name}：{with_unit(value, name.unit or unit)}"


def _header_depth(grid: Grid) -> int:
    """Count the rows at the top that name the columns; 0 where there is no header.

    Marked rows are believed. Else a first row of short texts is a header when figures stand below it, or when its cells
    read like headers (责任单位, 完成时限): three columns of company names have no header. Further rows belong to it as long as they hang below cells that it merged.
    """
    if len(grid) < 2:
        return 0
    marked = 0
    while marked < len(grid) - 1 and all(slot.cell.header for slot in grid[marked] if slot.text):
        marked += 1
    if marked:
        return marked
    if not _may_be_header(grid[0]) or not _has_header_above_body(grid):
        return 0
    depth = 1
    while depth < min(3, len(grid) - 1) and _may_be_header(grid[depth]) and _hangs_below(grid[depth - 1], grid[depth]):
        depth += 1
    return depth


def _may_be_header(row: list[Slot]) -> bool:
    texts = [slot.text for slot in row[1:]]
    return all(texts) and all(
        len(slot.text) <= LONG_HEADER and (not is_figure(slot.text) or is_year(slot.text)) for slot in row
    )


def _hangs_below(above: list[Slot], row: list[Slot]) -> bool:
    """Tell whether a row splits up a cell merged over columns above it, as in 2021年 over 数量 and 增速."""
    return any(not upper.begins_column and slot.begins for upper, slot in zip(above, row, strict=True))


def _has_header_above_body(grid: Grid) -> bool:
    body = [[slot.text for slot in row] for row in grid[1:]]
    first = [slot.text for slot in grid[0]]
    if len(first) == 2:
        measure = read_measure(first[1])
        return bool(measure.unit or VALUE_HEADER.search(measure.name)) and all(
            is_figure(text) or is_blank(text) for _, text in body
        )
    if any(is_figure(text) for row in body for text in row[1:]):
        return True
    return 2 * sum(bool(TEXT_HEADER.search(text)) for text in first) > len(first)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table with a header are: names of rows, a unit for each row, values."""

    names: tuple[int, ...]
    values: tuple[int, ...]
    unit: int | None
    measures: tuple[Measure, ...]


def _columns(grid: Grid, depth: int) -> _Columns:
    headers = [_header_text(grid[:depth], column) for column in range(len(grid[0]))]
    bodies = [[row[column].text for row in grid[depth:] if row[column].begins] for column in range(len(headers))]
    unit = next(
        (
            column
            for column, (header, body) in enumerate(zip(headers, bodies, strict=True))
            if header in UNIT_HEADERS and body and all(read_unit(text) or is_blank(text) for text in body)
        ),
        None,
    )
    rest = [column for column in range(len(headers)) if column != unit]
    named = [column for column in rest if sum(map(is_figure, bodies[column])) * 2 < len(bodies[column])]
    names = named[:1]
    # 创新主体 over three rows heads 高企, 科小 and 瞪羚, which are the rows' names.
    for left, right in pairwise(named):
        if right != left + 1 or names[-1] != left or all(row[left].begins_row for row in grid[depth:]):
            break
        names.append(right)
    names = names or rest[:1]
    values = tuple(column for column in rest if column not in names)
    measures = [read_measure(header) for header in headers]
    return _Columns(tuple(names), values, unit, tuple(measures))


def _header_text(header: Grid, column: int) -> str:
    """Join what stands over a column from top to bottom, each cell once: 2021年 over 数量 is 2021年数量."""
    texts: list[str] = []
    for row in header:
        text = read_measure(row[column].text).name if is_year(row[column].text) else row[column].text
        if row[column].begins_row and text and not any(text in above for above in texts):
            texts.append(text)
    return "".join(texts)


def _row_lines(grid: Grid, depth: int, unit: str | None) -> Iterator[str]:
    """Give one line a row: its name, then each header with its value."""
    columns = _columns(grid, depth)
    for row in grid[depth:]:
        if caption := find_caption(row):
            yield from caption.lines
            continue
        names = [read_measure(row[column].text) for column in columns.names if _names_row(row[column])]
        row_unit = row[columns.unit].text if columns.unit is not None else None
        if not row_unit and names:
            row_unit = names[-1].unit or (unit if names[-1].fits(unit) else None)
        name = "，".join(name.name for name in names)
        cells = [
            (columns.measures[column], row[column].cell)
            for column in columns.values
            if row[column].begins and not is_blank(row[column].text)
        ]
        if any(cell.is_long for _, cell in cells):
            yield from [name] if name else ()
            for measure, cell in cells:
                yield from _long_item(measure, cell, row_unit)
        else:
            yield _joined(name, [_item(measure, cell.text, row_unit) for measure, cell in cells])


def _names_row(slot: Slot) -> bool:
    """Tell whether a slot names its row: a cell from above does, the rest of a cell merged to the right does not."""
    return slot.begins_column and bool(slot.text)


def _item(measure: Measure, text: str, row_unit: str | None) -> str:
    """Give a header with its value: a figure follows at once, with its unit; a text follows behind a colon."""
    name = "" if measure.name in EMPTY_HEADERS else measure.name
    if not is_figure(text):
        return f"{name}：{text}" if name else text
    if RANK_HEADER.search(name):
        text = with_place(text)
    else:
        text = with_unit(text, measure.unit or (row_unit if measure.fits(row_unit) else None))
    # 「R&D2021」 or 「G60125家」 would run two numbers or words into one.
    joint = "：" if name and name[-1].isascii() and name[-1].isalnum() and text[0].isascii() else ""
    return f"{name}{joint}{text}"


def _long_item(measure: Measure, cell: TableCell, row_unit: str | None) -> Iterator[str]:
    first, *others = cell.lines
    yield _item(measure, first, row_unit)
    yield from others


def _joined(name: str, items: list[str]) -> str:
    """Join a row: 高企：数量125家，增速12.5%, but 高企培育，责任单位：科技局 with one colon at a time."""
    joint = "：" if name and items and not _has_colon(items[0]) else "，"
    line = name
    for item in items:
        line += item if not line or line.endswith(("。", "；", "！")) else (joint if line == name else "，") + item
    return line


def _has_colon(item: str) -> bool:
    return "：" in item[:LONG_HEADER]
