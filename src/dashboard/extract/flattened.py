"""Tables flattened to one cell a line without tabs -> rows again, by the labels of the forms.

Some sites and editors strip the tabs and trailing spaces that mark the cells; what is left is one
line a cell, blank cells as empty lines. Between a row's label and the next label stand exactly the
row's cells, so the form's own labels tell where each row is. Where rows are parted by an empty line
too, or the next one begins with the blank cells of its group, those are no cells of the row: else a row
that lost one would borrow them, and its figures would move. Text that has tables already, or shows no
such labels, passes through unchanged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from dashboard.codebook import Codebook
from dashboard.extract.labels import bare, normal
from dashboard.extract.sections import section_of_heading
from dashboard.model import Block, Cell, Document, Table
from dashboard.numbers import cell_quantity

_LINE = re.compile(r"[^\n]*(?:\n|$)")
#: A label may be broken over this many lines.
_MOST_LINES = 3
#: A section's text is a flattened table when it shows at least this many labels.
_LEAST_LABELS = 6


@dataclass(frozen=True, slots=True)
class _Words:
    """The labels of all editions, by what they do in a table; `shapes` are a row's columns and its depth."""

    titles: frozenset[str]
    columns: frozenset[str]
    rows: frozenset[str]
    shapes: Mapping[str, tuple[int | None, int]]

    def __contains__(self, word: str) -> bool:
        return word in self.titles or word in self.columns or word in self.rows


def with_tables(document: Document, book: Codebook) -> Document:
    """Return the document with its flattened tables laid out as tables, where it has any."""
    if document.tables:
        return document
    words = _words(book)
    found: list[list[tuple[Cell, ...]]] = []
    for region in _regions(document, book):
        cells = list(_cells(document.text, region, words))
        if sum(bare(cell.text) in words for cell in cells if cell.text) >= _LEAST_LABELS:
            found.append(list(_rows(cells, words)))
    line, group = _blanks_between_rows(found, words)
    tables = [
        Table(tuple(_without_blanks(row, line + group * lead) for row, _, lead in _shapes(rows, words)))
        for rows in found
    ]
    spans = [(table.rows[0][0].start, max(cell.end for cell in table.rows[-1])) for table in tables]
    kept: list[Block] = [
        paragraph
        for paragraph in document.paragraphs
        if not any(start <= paragraph.start < max(end, start + 1) for start, end in spans)
    ]
    return Document(document.text, tuple(sorted([*kept, *tables], key=_start)))


def _shapes(
    rows: list[tuple[Cell, ...]], words: _Words
) -> Iterator[tuple[tuple[Cell, ...], int | None, int]]:
    """Each row with the cells it has too many (None where unknown) and the blanks the next may begin with."""
    for row, following in zip_longest(rows, rows[1:], fillvalue=()):
        labels = [place for place, cell in enumerate(row) if bare(cell.text) in words.rows]
        width, _ = words.shapes.get(bare(row[labels[-1]].text), (None, 0)) if labels else (None, 0)
        surplus = None if width is None else len(row) - labels[-1] - 1 - width
        printed = [bare(cell.text) for cell in following if bare(cell.text) in words.rows]
        _, depth = words.shapes.get(printed[-1], (None, 0)) if printed else (None, 0)
        yield row, surplus, max(0, depth - len(printed))


def _blanks_between_rows(tables: list[list[tuple[Cell, ...]]], words: _Words) -> tuple[int, int]:
    """What the rows say by majority: an empty line between them or not, blank cells of groups or not."""
    shapes = [(surplus, lead) for rows in tables for _, surplus, lead in _shapes(rows, words)]
    votes = {
        (line, group): sum(surplus == line + group * lead for surplus, lead in shapes)
        for line in (0, 1)
        for group in (0, 1)
    }
    return max(votes, key=lambda layout: (votes[layout], layout))


def _without_blanks(row: tuple[Cell, ...], count: int) -> tuple[Cell, ...]:
    while count and len(row) > 1 and not row[-1].text:
        row, count = row[:-1], count - 1
    return row


def _start(block: Block) -> int:
    return block.rows[0][0].start if isinstance(block, Table) else block.start


def _words(book: Codebook) -> _Words:
    titles: set[str] = set()
    columns: set[str] = set()
    rows: set[str] = set()
    shapes: dict[str, tuple[int | None, int]] = {}
    for edition in book.editions.values():
        for table in edition.tables:
            titles |= {normal(block.title) for block in table.blocks if block.title}
            columns |= {bare(heading) for heading in table.headings}
            for block in table.blocks:
                for column in block.columns:
                    columns |= {bare(text) for text in (*column.path, *column.aliases)}
                for line in block.rows:
                    rows |= {bare(text) for text in (*line.path, *line.aliases)}
                    for text in (*line.path[-1:], *line.aliases):
                        width, _ = shapes.get(bare(text), (len(block.columns), 0))
                        shapes[bare(text)] = (width if width == len(block.columns) else None, len(line.path))
    return _Words(frozenset(titles), frozenset(columns), frozenset(rows - {""}), shapes)


def _regions(document: Document, book: Codebook) -> Iterator[tuple[int, int]]:
    """The stretches of text below the headings of the sections that hold a table."""
    with_table = {table.section for edition in book.editions.values() for table in edition.tables}
    headings = [
        (paragraph, section)
        for paragraph in document.paragraphs
        if (section := section_of_heading(paragraph.text, book)) is not None
    ]
    ends = [*(paragraph.start for paragraph, _ in headings), len(document.text)][1:]
    for (paragraph, section), end in zip(headings, ends, strict=True):
        if section in with_table:
            yield paragraph.end + 1, end


def _cells(text: str, region: tuple[int, int], words: _Words) -> Iterator[Cell]:
    """One cell a line, the lines of a broken label joined."""
    lines = [found.span() for found in _LINE.finditer(text, *region) if found.group()]
    place = 0
    while place < len(lines):
        for count in range(min(_MOST_LINES, len(lines) - place), 0, -1):
            broken = lines[place : place + count]
            if count > 1 and not all(text[start:end].strip() for start, end in broken):
                continue
            cell = _cell(text, broken[0][0], broken[-1][1])
            if count == 1 or bare(cell.text) in words:
                yield cell
                place += count
                break


def _cell(text: str, start: int, end: int) -> Cell:
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip())
    trimmed = raw.strip()
    return Cell(
        trimmed, start + left if trimmed else start, start + left + len(trimmed) if trimmed else start
    )


def _rows(cells: list[Cell], words: _Words) -> Iterator[tuple[Cell, ...]]:
    row: list[Cell] = []
    for cell in cells:
        if row and _starts_row(bare(cell.text), row, words):
            yield from _closed(row, words)
            row = []
        if cell.text or row:
            row.append(cell)
    if row:
        yield from _closed(row, words)


def _starts_row(word: str, row: list[Cell], words: _Words) -> bool:
    labels = [bare(cell.text) for cell in row if cell.text]
    if word in words.titles:
        return True
    if word in words.rows:
        return any(label not in words.rows for label in labels) or not row[-1].text
    return word in words.columns and any(label not in words.columns for label in labels)


def _closed(row: list[Cell], words: _Words) -> Iterator[tuple[Cell, ...]]:
    """A finished row; figures below a header without a label of their own are a row by themselves."""
    last_label = max(place for place, cell in enumerate(row) if bare(cell.text) in words or place == 0)
    figures = row[last_label + 1 :]
    if bare(row[last_label].text) in words.columns and any(_is_number(cell) for cell in figures):
        yield tuple(row[: last_label + 1])
        figures = figures if figures[0].text else figures[1:]  # the empty line that ended the header
        while figures and not figures[-1].text:
            figures.pop()
        yield tuple(figures)
    else:
        yield tuple(row)


def _is_number(cell: Cell) -> bool:
    return cell_quantity(cell.text).value is not None
