"""Tables that are lines of text with blanks between their cells -> rows, by the labels of the forms.

Two shapes: columns lined up by wide gaps (lined_up.py tells blank cells by them), and text copied from a
PDF, one blank between figures, whose long labels are torn (torn.py). A row short of figures that no gap
explains is left short: the table's reader calls it unreadable.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from dashboard.codebook import Codebook
from dashboard.extract.labels import bare
from dashboard.extract.lined_up import fill, is_named
from dashboard.extract.spaced_lines import Line, cut
from dashboard.extract.torn import drop_torn_heads, mend
from dashboard.extract.vocabulary import Words, words_of
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

_LEAST_ROWS = 3
#: A character that a row's label may have, before its width is made plain: figures alone have none.
_WORD = re.compile("[\u2e80-\U0002ffff]")
#: A line is a row when its label is at least so alike (of 100) to one of the forms, and so long.
_ALIKE, _SHORTEST_MISPRINT = 80, 4


def with_spaced_tables(document: Document, book: Codebook) -> Document:
    """Return the document with its spaced tables laid out as tables, the same document where it has none."""
    words = words_of(book)
    if sum(_WORD.search(block.text) is not None for block in document.paragraphs) < _LEAST_ROWS:
        return document
    lines = [cut(block, document.text, words) for block in document.paragraphs]
    for line in lines:
        line.is_table = bool(line.labels or line.figures) and _is_row(line, words)
    if sum(bool(line.figures) and is_named(line, words) for line in lines) < _LEAST_ROWS:
        return document
    if any(_holds_figures_alone(table, words) for table in document.tables):
        for line in lines:  # a label alone is no blank row: its figures may be those in the table
            line.is_broken = not line.figures and is_named(line, words)
    if mend(lines, document.text, words):
        fill(lines, document.text, book, words)
    drop_torn_heads(lines, words)
    by_start = {line.block.start: line for line in lines}
    return Document(document.text, tuple(_blocks(document, by_start)), document.pages)


def _holds_figures_alone(table: Table, words: Words) -> bool:
    """Whether a table has figures and no label: a row was shaded or ruled, and its label was not."""
    texts = [cell.text for row in table.rows for cell in row if cell.text]
    return bool(texts) and all(
        cell_quantity(text).status != "unreadable" or bare(text) in words.units for text in texts
    )


def _blocks(document: Document, lines: dict[int, Line]) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for block in document.blocks:
        line = lines.get(block.start) if isinstance(block, Paragraph) else None
        if line is not None and line.is_piece:
            continue
        if line is not None and line.is_table:
            cells = [*line.labels, *line.figures]
            rows.append(tuple(cell._replace(column=place) for place, cell in enumerate(cells)))
            continue
        if rows:
            yield Table(tuple(rows))
            rows = []
        yield block
    if rows:
        yield Table(tuple(rows))


def _is_row(line: Line, words: Words) -> bool:
    known = [bare(cell.text) in words for cell in line.labels]
    if not line.figures:
        return all(known)
    return not line.labels or any(known) or _is_misprint(line.labels[-1].text, words)


def _is_misprint(label: str, words: Words) -> bool:
    """Whether a label is so like a row's that its line is one; which row it is, is decided later."""
    word = bare(label)
    alike = process.extractOne(word, words.shapes.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return len(word) >= _SHORTEST_MISPRINT and alike is not None
