"""A table of the form as placed cells: the official grid with its merged headings.

Everything comes from the labels in the codebook: a label that several rows or columns share is one
merged cell over all of them, a label with fewer levels than the deepest reaches across the levels left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard.codebook import FormBlock, FormTable
from dashboard.forms.cells import Cell, cell_of

#: What a group's own row holds in the column of units (form of 2014).
_NO_UNIT = "——"
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place: rows and columns are counted from 0; `is_head` tells labels from figures."""

    text: str
    column: int
    width: int
    row: int
    height: int
    is_head: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of placed cells, row by row; `header` is how many rows at its top only head the columns."""

    cells: tuple[GridCell, ...]
    header: int = 0

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(cell.column + cell.width for cell in self.cells)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max(cell.row + cell.height for cell in self.cells)

    @property
    def label_columns(self) -> int:
        """How many columns at the left hold labels only."""
        figures = [cell.column for cell in self.cells if not cell.is_head]
        return min(figures, default=self.width)

    def rows(self) -> Iterator[list[tuple[GridCell, bool]]]:
        """For each row the cells that reach into it, left to right, and whether they begin in it."""
        found: list[list[tuple[GridCell, bool]]] = [[] for _ in range(self.height)]
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            for row in range(cell.row, cell.row + cell.height):
                found[row].append((cell, row == cell.row))
        yield from found


class _Texts(NamedTuple):
    """What the cells of a table say beside its labels."""

    figures: Mapping[Cell, str]
    units: Mapping[str, str]
    numbered: bool


class _Span(NamedTuple):
    """A label over `places` rows or columns from `place`, and `levels` of label columns from `level`."""

    text: str
    level: int
    levels: int
    place: int
    places: int


def grids(
    table: FormTable,
    figures: Mapping[Cell, str],
    units: Mapping[str, str],
    *,
    separate: bool = False,
    numbered: bool = False,
) -> tuple[Grid, ...]:
    """The table as one grid of stacked blocks, or (`separate`) each block as a grid of its own.

    `figures` are the printed cells, `units` the unit of each indicator; `numbered`: a column without a
    meaning holds the number of the row.
    """
    texts = _Texts(figures, units, numbered)
    if separate:
        return tuple(_stacked((block,), table, texts) for block in table.blocks)
    return (_stacked(table.blocks, table, texts),)


def _stacked(blocks: Sequence[FormBlock], table: FormTable, texts: _Texts) -> Grid:
    labels = max(_label_depth(block) for block in blocks)
    width = max(len(block.columns) for block in blocks)
    corner, above = _headings(table)
    cells: list[GridCell] = []
    header = 0
    for block in blocks:
        top = max((cell.row + cell.height for cell in cells), default=0)
        if block.title:
            cells.append(GridCell(block.title, 0, labels + width, top, 1, is_head=True))
            top += 1
        edges = (*range(labels, labels + len(block.columns)), labels + width)
        head = [*_header(block, edges, corner if labels else "", above if labels else "")]
        header = max(cell.row + cell.height for cell in head)
        cells += [replace(cell, row=cell.row + top) for cell in head]
        body = [*_labels(block, labels), *_body(block, edges, texts)]
        cells += [replace(cell, row=cell.row + top + header) for cell in body]
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return Grid(ordered, header if len(blocks) == 1 and not blocks[0].title else 0)


def _headings(table: FormTable) -> tuple[str, str]:
    """What stands over the row labels and what over all columns.

    A note in brackets stands over the labels and leaves the first other heading to the columns; without
    a note the first heading stands over the labels.
    """
    notes = [heading for heading in table.headings if heading.startswith(("（", "("))]
    others = [heading for heading in table.headings if heading not in notes]
    return (notes[0], "".join(others[:1])) if notes else ("".join(others[:1]), "")


def _header(block: FormBlock, edges: Sequence[int], corner: str, above: str) -> Iterator[GridCell]:
    """The rows over the columns: `edges` are the grid columns at which the block's columns begin and end."""
    first, last = edges[0], edges[-1]
    top = 1 if above else 0
    paths = [column.path for column in block.columns]
    levels = max(len(path) for path in paths)
    if first:
        yield GridCell(corner, 0, first, 0, top + levels, is_head=True)
    if above:
        yield GridCell(above, first, last - first, 0, 1, is_head=True)
    for span in _spans(paths, levels):
        start, end = edges[span.place], edges[span.place + span.places]
        yield GridCell(span.text, start, end - start, top + span.level, span.levels, is_head=True)


def _labels(block: FormBlock, depth: int) -> Iterator[GridCell]:
    for span in _spans(_row_paths(block), depth):
        yield GridCell(span.text, span.level, span.levels, span.place, span.places, is_head=True)


def _body(block: FormBlock, edges: Sequence[int], texts: _Texts) -> Iterator[GridCell]:
    for place, row in enumerate(block.rows):
        asked = [cell for column in block.columns if (cell := cell_of(block, row, column))]
        for number, column in enumerate(block.columns):
            start, width = edges[number], edges[number + 1] - edges[number]
            cell = cell_of(block, row, column)
            if cell is not None:
                yield GridCell(texts.figures.get(cell, ""), start, width, place, 1, is_head=False)
                continue
            text = f"{place + 1:02}" if column.gives == "ignored" and texts.numbered else ""
            if column.gives == "unit":
                text = texts.units[asked[0][0]] if asked else _NO_UNIT
            yield GridCell(text, start, width, place, 1, is_head=False)


def _row_paths(block: FormBlock) -> list[Path]:
    """The label paths of the rows; where groups have rows of their own, the rows are a list of single labels."""
    paths = [row.path for row in block.rows]
    own = {row.path for row in block.rows if row.path and not row.optional}
    if any(path[:depth] in own for path in paths for depth in range(1, len(path))):
        return [path[-1:] for path in paths]
    return paths


def _label_depth(block: FormBlock) -> int:
    return max(len(path) for path in _row_paths(block))


def _spans(paths: Sequence[Path], depth: int) -> Iterator[_Span]:
    """Each label of nested paths with its extent: shared ones merged, last ones over all levels left."""
    for level in range(depth):
        place = 0
        while place < len(paths):
            path = paths[place]
            places = 1
            if len(path) > level + 1:
                while _shares(paths, place, place + places, level):
                    places += 1
            if len(path) > level:
                levels = depth - level if len(path) == level + 1 else 1
                yield _Span(path[level], level, levels, place, places)
            place += places


def _shares(paths: Sequence[Path], place: int, other: int, level: int) -> bool:
    """Whether the path at `other` goes on under the same label of this level as the one at `place`."""
    return (
        other < len(paths)
        and len(paths[other]) > level + 1
        and paths[other][: level + 1] == paths[place][: level + 1]
    )
