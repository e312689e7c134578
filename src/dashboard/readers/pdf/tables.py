"""The ruled tables of a PDF's page: their cells in a true grid, and the rows that are prose in a frame.

Cells come from ruled lines and shadings alone. A cell's place in the grid is told by its sides, so merged
cells are known by their extent, and what they cover has no cell.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from pdfplumber.utils.clustering import make_cluster_dict

from dashboard.readers.pdf.lines import Line, lines_of
from dashboard.readers.pdf.marks import Box, Mark
from dashboard.readers.pdf.pages import Page
from dashboard.readers.pdf.rulings import NEAR, cells_of
from dashboard.readers.transcript import Placed

#: A one-cell row with fewer characters than this, next to a table's other rows, is a title in it.
_TITLE_LENGTH = 20
#: What a cell keeps free on its left and right together, in points: Word's 0.19 cm twice.
_PADDING = 11


@dataclass(slots=True)
class _Cell:
    """A cell of a grid; the ends are the first column and row it does not cover."""

    column: int
    row: int
    column_end: int
    row_end: int
    is_hole: bool = False
    characters: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The sides of a table's columns and rows on the page, and its cells by the places they cover."""

    columns: Sequence[float]
    rows: Sequence[float]
    cells: list[_Cell]
    places: dict[tuple[int, int], _Cell]

    @property
    def box(self) -> Box:
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table as it is transcribed, and its top on the page."""

    top: float
    rows: list[list[Placed]]


def split(page: Page) -> tuple[list[RuledTable], list[Line], list[Box]]:
    """Part a page into its ruled tables, the lines of text outside them, and the frames around lines.

    A frame is prose shaded or boxed, line by line or whole, which looks like a table: its lines are with
    the others. Raises Refused when the page has more ruled lines than any form.
    """
    grids = sorted(map(_grid, cells_of(page.edges)), key=lambda grid: grid.box.area)
    outside = page.characters
    for grid in grids:  # the smallest first: a table within a frame is the table
        outside = _fill(grid, outside)
    tables: list[RuledTable] = []
    frames: list[Box] = []
    for grid in grids:
        rows = _rows(grid)
        first, last = _without_prose(rows, len(grid.columns) - 1)
        for part in filter(None, (rows[:first], rows[last:])):
            frames.append(
                grid.box._replace(top=grid.rows[part[0][0].row], bottom=grid.rows[part[-1][0].row_end])
            )
            outside += [mark for row in part for cell in row for mark in cell.characters]
        if any(cell.characters for row in rows[first:last] for cell in row):
            tables.append(RuledTable(grid.rows[rows[first][0].row], _placed(rows[first:last], grid.columns)))
    return tables, lines_of(outside), frames


def _grid(boxes: Iterable[tuple[float, float, float, float]]) -> _Grid:
    boxes = list(boxes)
    across = make_cluster_dict((x for box in boxes for x in (box[0], box[2])), NEAR)
    down = make_cluster_dict((y for box in boxes for y in (box[1], box[3])), NEAR)
    grid = _Grid(_sides(across), _sides(down), [], {})
    for x0, top, x1, bottom in boxes:
        _add(grid, _Cell(across[x0], down[top], across[x1], down[bottom]))
    return grid


def _sides(clusters: dict[float, int]) -> list[float]:
    """One position for each cluster of positions that are one line."""
    return [
        min(places) for _, group in groupby(sorted(clusters), clusters.__getitem__) if (places := list(group))
    ]


def _add(grid: _Grid, cell: _Cell) -> None:
    places = [
        (row, column)
        for row in range(cell.row, cell.row_end)
        for column in range(cell.column, cell.column_end)
    ]
    if places:
        grid.cells.append(cell)
        grid.places.update(dict.fromkeys(places, cell))


def _fill(grid: _Grid, characters: Iterable[Mark]) -> list[Mark]:
    """Put characters into the cells they stand in and return the others; text is never without a cell."""
    others = []
    box = grid.box
    for mark in characters:
        if not box.holds(mark):
            others.append(mark)
            continue
        column = bisect_right(grid.columns, (mark["x0"] + mark["x1"]) / 2) - 1
        row = bisect_right(grid.rows, (mark["top"] + mark["bottom"]) / 2) - 1
        if (row, column) not in grid.places and not mark["text"].isspace():
            _add(grid, _Cell(column, row, column + 1, row + 1, is_hole=True))
        if cell := grid.places.get((row, column)):
            cell.characters.append(mark)
    return others


def _rows(grid: _Grid) -> list[list[_Cell]]:
    """The cells by the row they begin in; neighbouring places without ruled sides are one cell."""
    cells: list[_Cell] = []
    for cell in sorted(grid.cells, key=attrgetter("row", "column")):
        last = cells[-1] if cells else cell
        if cell.is_hole and last.is_hole and (last.row, last.column_end) == (cell.row, cell.column):
            last.column_end = cell.column_end
            last.characters += cell.characters
        else:
            cells.append(cell)
    return [list(row) for _, row in groupby(cells, attrgetter("row"))]


def _without_prose(rows: list[list[_Cell]], width: int) -> tuple[int, int]:
    """Which rows are the table's: those with several cells, all between, and a short title beside them."""
    parted = [
        number
        for number, row in enumerate(rows)
        if len(row) > 1 or (row[0].column, row[0].column_end) != (0, width)
    ]
    if not parted:
        return 0, 0
    first, last = parted[0], parted[-1] + 1
    if first > 0 and _is_title(rows[first - 1]):
        first -= 1
    if last < len(rows) and _is_title(rows[last]):
        last += 1
    return first, last


def _is_title(row: list[_Cell]) -> bool:
    return 0 < sum(not mark["text"].isspace() for mark in row[0].characters) < _TITLE_LENGTH


def _text(cell: _Cell, sides: Sequence[float]) -> str:
    """The lines of a cell; a number that its narrow column broke over two of them is whole again."""
    width = sides[cell.column_end] - sides[cell.column]
    text = ""
    before: Line | None = None
    for line in lines_of(cell.characters):
        is_full = before is not None and width - (before.x1 - before.x0) < line.size + _PADDING
        is_broken = is_full and text[-1:].isdigit() and line.text[:1].isdigit()
        text += line.text if is_broken or not text else f"\n{line.text}"
        before = line
    return text


def _placed(rows: list[list[_Cell]], sides: Sequence[float]) -> list[list[Placed]]:
    """The rows with their cells counted in the columns and rows that these cells make."""
    columns = sorted({side for row in rows for cell in row for side in (cell.column, cell.column_end)})
    starts = [row[0].row for row in rows]
    return [
        [
            Placed(
                _text(cell, sides),
                column := columns.index(cell.column),
                columns.index(cell.column_end) - column,
                bisect_left(starts, cell.row_end) - number,
            )
            for cell in row
        ]
        for number, row in enumerate(rows)
    ]
