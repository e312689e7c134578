"""Building a Document: paragraphs and table rows in order, each with its place in the text that grows.

The text is a transcript in the flattened shape that text.py reads: a cell is a tab and its text, a row
ends with an empty line. A position in it is what a locator leads back to.
"""

from collections.abc import Iterable
from typing import NamedTuple

from dashboard.model import Block, Cell, Document, Paragraph, Picture, Table

#: Makes a named tuple in half the time that naming it takes.
_new = tuple.__new__


class Placed(NamedTuple):
    """A cell on its way into a table: its text and its place in the document's grid."""

    text: str
    column: int
    width: int = 1
    height: int = 1


#: A cell on its way as it is, or as a plain tuple of the same: a sheet has hundreds.
AnyPlaced = tuple[str, int, int, int]


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

    def paragraph(self, text: str, *, indent: int = 0) -> None:
        """Add a paragraph behind `indent` blanks that are none of it; one without text is left out."""
        trimmed = text.strip()
        if trimmed:
            start = self._length + indent
            self._write(" " * indent + trimmed + "\n")
            self._blocks.append(Paragraph(trimmed, start, start + len(trimmed)))

    def picture(self) -> None:
        """Add a picture; what it shows is not read."""
        self._blocks.append(Picture(self._length))

    def table(self, rows: Iterable[Iterable[AnyPlaced]]) -> None:
        """Add a table: the cells that begin in each row; what a merged cell covers has no cell here."""
        built = [row for placed in rows if (row := self._row(placed))]
        if built:
            self._blocks.append(Table(tuple(built), has_grid=True))

    def document(self) -> Document:
        """The document as collected so far."""
        return Document("".join(self._text), tuple(self._blocks), tuple(self._pages))

    def _row(self, placed: Iterable[AnyPlaced]) -> tuple[Cell, ...]:
        cells = []
        texts = []
        start = self._length + 1
        for text, column, width, height in placed:
            trimmed = text.strip()
            end = start + len(trimmed)
            cells.append(_new(Cell, (trimmed, start, end, column, width, height)))
            texts.append(trimmed)
            start = end + 2
        self._write("\t" + "\n\t".join(texts) + "\n\n" if texts else "\n")
        return tuple(cells)

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
