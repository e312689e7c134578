"""Building a Document: paragraphs and table rows in order, each with its place in the text that grows.

The text is a transcript in the flattened shape that text.py reads: a cell is a tab and its text, a row
ends with an empty line. A position in it is what a locator leads back to.
"""

from collections.abc import Iterable
from typing import NamedTuple

from dashboard.model import Block, Cell, Document, Paragraph, Picture, Table


class Placed(NamedTuple):
    """A cell on its way into a table: its text and its place in the document's grid."""

    text: str
    column: int
    width: int = 1
    height: int = 1


class Transcript:
    """Collects a document's blocks and writes its text as they come."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[int] = []

    def page(self) -> None:
        """Say that a page of a PDF, or a sheet of a workbook, begins here."""
        self._pages.append(self._length)

    def paragraph(self, text: str) -> None:
        """Add a paragraph; one without text is left out."""
        trimmed = text.strip()
        if trimmed:
            start = self._length
            self._write(trimmed + "\n")
            self._blocks.append(Paragraph(trimmed, start, start + len(trimmed)))

    def picture(self) -> None:
        """Add a picture; what it shows is not read."""
        self._blocks.append(Picture(self._length))

    def table(self, rows: Iterable[Iterable[Placed]]) -> None:
        """Add a table: the cells that begin in each row; what a merged cell covers has no cell here."""
        built = [row for placed in rows if (row := self._row(placed))]
        if built:
            self._blocks.append(Table(tuple(built), has_grid=True))

    def document(self) -> Document:
        """The document as collected so far."""
        return Document("".join(self._text), tuple(self._blocks), tuple(self._pages))

    def _row(self, placed: Iterable[Placed]) -> tuple[Cell, ...]:
        cells = []
        position = self._length
        for text, column, width, height in placed:
            trimmed = text.strip()
            end = position + 1 + len(trimmed)
            cells.append(Cell(trimmed, position + 1, end, column, width, height))
            position = end + 1
        self._write("".join(f"\t{cell.text}\n" for cell in cells) + "\n")
        return tuple(cells)

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
