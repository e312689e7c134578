"""What becomes of a grid on its way through a page break or another program: a grid -> a grid."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.forms.grids import Grid, GridCell
from dashboard.forms.layout import Layout


def arranged(grid: Grid, layout: Layout) -> Grid:
    """The grid with its merged cells and its header as the layout has them."""
    if layout.merges == "repeated":
        grid = _with_groups_repeated(grid)
    if layout.vertical:
        grid = _with_groups_upright(grid)
    if layout.header_again is not None:
        grid = _with_header_again(grid, layout.header_again)
    if layout.merges == "lost":
        grid = replace(grid, cells=_ordered(part for cell in grid.cells for part in _unmerged(cell)))
    return grid


def _with_groups_repeated(grid: Grid) -> Grid:
    """A label down several rows stands in each of them; the header keeps its own."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        if cell.row < grid.header:
            cells.append(cell)
        else:
            rows = range(cell.row, cell.row + cell.height)
            cells += [replace(cell, row=row, height=1) for row in rows]
    return replace(grid, cells=_ordered(cells))


def _with_groups_upright(grid: Grid) -> Grid:
    cells = (
        replace(cell, text="\n".join(cell.text.replace("\n", "")))
        if cell.row >= grid.header and cell.height > 1 and cell.width == 1
        else cell
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells))


def _with_header_again(grid: Grid, row: int) -> Grid:
    """The header once more before a row of figures; a label that runs across it goes on without text."""
    break_at = grid.header + row
    if not grid.header or not grid.header < break_at < grid.height:
        return grid
    cells: list[GridCell] = []
    for cell in grid.cells:
        if cell.row < grid.header:
            cells.append(replace(cell, row=cell.row + break_at))
        if cell.row >= break_at:
            cells.append(replace(cell, row=cell.row + grid.header))
        elif cell.row + cell.height > break_at:
            below = cell.row + cell.height - break_at
            cells.append(replace(cell, height=cell.height - below))
            cells.append(replace(cell, text="", row=break_at + grid.header, height=below))
        else:
            cells.append(cell)
    return replace(grid, cells=_ordered(cells))


def _unmerged(cell: GridCell) -> Iterator[GridCell]:
    for row in range(cell.row, cell.row + cell.height):
        for column in range(cell.column, cell.column + cell.width):
            is_first = (row, column) == (cell.row, cell.column)
            yield GridCell(cell.text if is_first else "", column, 1, row, 1, cell.is_head)


def _ordered(cells: Iterator[GridCell] | list[GridCell]) -> tuple[GridCell, ...]:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
