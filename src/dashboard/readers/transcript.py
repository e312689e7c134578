"""Building a Document: paragraphs and table rows in order, each with its place in the text that grows.

The text is a transcript in the flattened shape that text.py reads: a cell is a tab and its text, a row
ends with an empty line. A position in it is what a locator leads back to.
"""

from collections.abc import Iterable

from dashboard.model import Block, Cell, Document, Paragraph, Table


class Transcript:
    """Collects a document's blocks and writes its text as they come."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    def paragraph(self, text: str) -> None:
        """Add a paragraph; one without text is left out."""
        trimmed = text.strip()
        if trimmed:
            start = self._length
            self._write(trimmed + "\n")
            self._blocks.append(Paragraph(trimmed, start, start + len(trimmed)))

    def table(self, rows: Iterable[Iterable[str]]) -> None:
        """Add a table: the texts of its rows' own cells; what a merged cell covers has no cell here."""
        built = [row for texts in rows if (row := self._row(texts))]
        if built:
            self._blocks.append(Table(tuple(built)))

    def document(self) -> Document:
        """The document as collected so far."""
        return Document("".join(self._text), tuple(self._blocks))

    def _row(self, texts: Iterable[str]) -> tuple[Cell, ...]:
        cells = []
        for text in texts:
            trimmed = text.strip()
            self._write("\t")
            cells.append(Cell(trimmed, self._length, self._length + len(trimmed)))
            self._write(trimmed + "\n")
        self._write("\n")
        return tuple(cells)

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
