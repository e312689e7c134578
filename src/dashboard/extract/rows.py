"""Rows of a document's tables with their place, and the labels that reach into them from above."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.extract.labels import bare
from dashboard.model import Cell, Table


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row as a person counts it (table and row from 1); `above` are the merged cells it stands below."""

    table: int
    number: int
    cells: tuple[Cell, ...]
    words: tuple[str, ...]
    above: tuple[Cell, ...]
    has_grid: bool

    @property
    def text(self) -> str:
        """The row as it is quoted: its own cells, parted by bars."""
        return " | ".join(" ".join(cell.text.split()) for cell in self.cells)


def rows_of(number: int, table: Table) -> list[Row]:
    """The rows of a document's table, in order; `words` are the bare texts of a row's own cells."""
    return list(_rows(number, table))


def _rows(number: int, table: Table) -> Iterator[Row]:
    reaching: list[tuple[int, Cell]] = []
    for place, cells in enumerate(table.rows, start=1):
        reaching = [(last, cell) for last, cell in reaching if last >= place]
        above = tuple(cell for _, cell in reaching)
        reaching += [(place + cell.height - 1, cell) for cell in cells if cell.height > 1]
        words = tuple(bare(cell.text) for cell in cells)
        yield Row(number, place, cells, words, above, table.has_grid)
