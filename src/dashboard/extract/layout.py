"""A document as its author laid it out: prose out of tables, torn rows whole, lines that are tables as tables.

Readers transcribe; what only the form's words can tell is told here. A row over a table's whole width
that is no word of a form is prose, and so is a title, a heading or a sentence alone in a row (a sheet
saved as one table); a row cut by a page or line break is one; text whose lines are a
flattened, spaced or copied table becomes a table. Nothing is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from dashboard.codebook import Codebook
from dashboard.extract.flattened import annex_names, with_tables
from dashboard.extract.labels import bare, normal
from dashboard.extract.parted import with_whole_tables
from dashboard.extract.sections import section_of_heading
from dashboard.extract.spaced import with_spaced_tables
from dashboard.extract.titles import plain, title_of
from dashboard.extract.vocabulary import Words, words_of
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

_SENTENCE = re.compile(r"[。；]\s*$")
#: A table that shows fewer words of the forms than this holds none of them.
_LEAST_WORDS = 3


def laid_out(document: Document, book: Codebook) -> Document:
    """Return the document with its tables and prose apart; what it says, and where, stays the same."""
    words = words_of(book)
    blocks = [part for block in document.blocks for part in _without_prose(block, words, book)]
    document = with_whole_tables(replace(document, blocks=tuple(_whole(blocks, words))), book)
    if any(_shows_words(table, words) for table in document.tables):
        return document
    spaced = with_spaced_tables(document, book)
    return with_tables(document, book) if spaced is document else spaced


def _shows_words(table: Table, words: Words) -> bool:
    shown = {word for row in table.rows for cell in row if cell.text and (word := bare(cell.text)) in words}
    return len(shown) >= _LEAST_WORDS


def _without_prose(block: Block, words: Words, book: Codebook) -> Iterator[Block]:
    """A table with its rows of prose as paragraphs; other blocks as they are."""
    if not isinstance(block, Table):
        yield block
        return
    width = block.width
    kept: list[tuple[Cell, ...]] = []
    for row in block.rows:
        prose = _prose_of(row, width if block.has_grid else None, words, book)
        if prose is not None:
            if kept:
                yield replace(block, rows=tuple(kept))
                kept = []
            yield from _paragraphs(prose)
        else:
            kept.append(row)
    if kept:
        yield replace(block, rows=tuple(kept))


def _prose_of(row: tuple[Cell, ...], width: int | None, words: Words, book: Codebook) -> Cell | None:
    """The cell of a row that is prose: over the whole width, or alone in a row and plainly no label."""
    cell = row[0]
    if not cell.text or any(other.text for other in row[1:]) or bare(cell.text) in words:
        return None
    if len(row) == 1 and width is not None and cell.width >= width:
        return cell if cell_quantity(cell.text).status == "unreadable" else None
    is_told = (
        section_of_heading(cell.text, book)
        or title_of(plain(cell.text))
        or any(name in normal(cell.text) for name in annex_names(book))
    )
    return cell if is_told or _SENTENCE.search(cell.text) else None


def _paragraphs(cell: Cell) -> Iterator[Paragraph]:
    """The lines of a cell of prose as paragraphs of their own."""
    start = cell.start
    for line in cell.text.split("\n"):
        trimmed = line.strip()
        if trimmed:
            place = start + line.index(trimmed)
            yield Paragraph(trimmed, place, place + len(trimmed))
        start += len(line) + 1


def _whole(blocks: list[Block], words: Words) -> list[Block]:
    """The blocks with torn rows made whole: over a page break, or over the lines of a copied table."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and not block.has_grid:
            block = Table(tuple(_rejoined(block.rows, words)))  # noqa: PLW2901 - the same table, mended
        before = found[-1] if found else None
        if isinstance(block, Table) and isinstance(before, Table):
            joined = _joined_rows(before.rows[-1], block.rows[0], words)
            if joined is not None:
                found[-1] = replace(before, rows=(*before.rows[:-1], joined))
                block = replace(block, rows=block.rows[1:])  # noqa: PLW2901
        elif isinstance(block, Table) and isinstance(before, Paragraph) and not block.has_grid:
            first = block.rows[0][0]
            label = _joined_label(before, first, words)
            if label is not None:
                found.pop()
                head = (label._replace(column=first.column), *block.rows[0][1:])
                block = replace(block, rows=(head, *block.rows[1:]))  # noqa: PLW2901
        if not isinstance(block, Table) or block.rows:
            found.append(block)
    return found


def _joined_rows(above: tuple[Cell, ...], below: tuple[Cell, ...], words: Words) -> tuple[Cell, ...] | None:
    """The last row of a page and the first of the next as one, where only together they are a row."""
    texts = [cell for cell in below if cell.text]
    labels = [cell for cell in texts if cell_quantity(cell.text).status == "unreadable"]
    upper = {cell.column: cell for cell in above}
    if not labels or any(cell.column not in upper for cell in texts):
        return None
    if _joined_label(upper[labels[-1].column], labels[-1], words) is None:
        return None
    if any(upper[cell.column].text and cell not in labels for cell in texts):
        return None
    lower = {cell.column: cell for cell in texts}
    return tuple(_joined(cell, lower[cell.column]) if cell.column in lower else cell for cell in above)


def _joined(above: Cell, below: Cell) -> Cell:
    if not above.text:
        return below
    return above._replace(text=f"{above.text}\n{below.text}")


def _joined_label(above: Cell | Paragraph, below: Cell, words: Words) -> Cell | None:
    """A row's label from its two pieces; None where either is a label alone or both together are none."""
    text = f"{above.text}\n{below.text}"
    if bare(text) not in words.rows or bare(below.text) in words or bare(above.text) in words:
        return None
    return below._replace(text=text, start=above.start, end=above.end)


def _rejoined(rows: tuple[tuple[Cell, ...], ...], words: Words) -> Iterator[tuple[Cell, ...]]:
    """Rows of a copied table whose cell broke over two lines, whole again."""
    row = rows[0]
    for _, following in pairwise(rows):
        label = bare(row[-1].text + following[0].text)
        torn = label in words and bare(row[-1].text) not in words and bare(following[0].text) not in words
        if torn and row[-1].text and following[0].text:
            cells = (*row[:-1], _joined(row[-1], following[0]), *following[1:])
            row = tuple(cell._replace(column=place) for place, cell in enumerate(cells))
        else:
            yield row
            row = following
    yield row
