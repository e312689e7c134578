"""Tables flattened to one cell a line without tabs -> rows again, by the labels of the forms.

Some sites and editors strip the tabs and trailing spaces that mark the cells; what is left is one
line a cell, blank cells as empty lines. Between a row's label and the next label stand exactly the
row's cells, so the form's own labels tell where each row is. Where rows are parted by an empty line
too, or the next one begins with the blank cells of its group, those are no cells of the row: else a row
that lost one would borrow them, and its figures would move. Text that has tables already, or shows no
such labels, passes through unchanged.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from dashboard.codebook import Codebook, FormTable
from dashboard.extract.barred import BAR, cells_between_bars, rows_between_bars
from dashboard.extract.flattened_rows import rows_of_regions
from dashboard.extract.headings import matched_in_order
from dashboard.extract.labels import bare, normal
from dashboard.extract.sections import section_of_heading
from dashboard.extract.vocabulary import Words, block_words, leaf_words, words_of
from dashboard.model import Block, Cell, Document, Paragraph, Table

_LINE = re.compile(r"[^\n]*(?:\n|$)")
#: A label may be broken over this many lines.
_MOST_LINES = 3
#: A section's text is a flattened table when it shows at least this many labels.
_LEAST_LABELS = 6
#: The line that names an annexed table is no longer than this.
_LONGEST_NAME = 40


def with_tables(document: Document, book: Codebook) -> Document:
    """Return the document with its flattened tables laid out as tables, the same where it has none."""
    words = words_of(book)
    regions: list[list[Cell]] = []
    barred: list[list[Cell]] = []
    for region in _regions(document, book):
        has_bars = BAR.search(document.text, *region) is not None
        cells = list((cells_between_bars if has_bars else _cells)(document.text, region, words))
        words = _with_headed_widths(cells, words, book)
        if sum(bare(cell.text) in words for cell in cells if cell.text) >= _LEAST_LABELS:
            (barred if has_bars else regions).append(cells)
    told = [*(rows_between_bars(cells, words) for cells in barred), *rows_of_regions(regions, words)]
    tables = [Table(rows) for rows in told if rows]
    if not tables:
        return document
    taken = sorted(
        (cell.start, cell.end) for table in tables for row in table.rows for cell in row if cell.text
    )
    starts = [start for start, _ in taken]
    kept: list[Block] = []
    for block in document.blocks:
        start = _start(block)
        place = bisect_right(starts, start) - 1
        if not isinstance(block, Paragraph) or place < 0 or start >= taken[place][1]:
            kept.append(block)
    return replace(document, blocks=tuple(sorted([*kept, *tables], key=_start)))


def _with_headed_widths(cells: list[Cell], words: Words, book: Codebook) -> Words:
    """The words with the widths of rows as a header here prints them: some columns are printed or not."""
    shapes = dict(words.shapes)
    blocks = [block for edition in book.editions.values() for form in edition.tables for block in form.blocks]
    texts = (bare(cell.text) for cell in cells if cell.text)
    for is_head, run in groupby(texts, lambda word: word in words.columns):
        heads = list(run) if is_head else []
        for block in (
            block for block in blocks if heads and any(column.optional for column in block.columns)
        ):
            named = [word for word in heads if word in leaf_words(block)]
            if matched_in_order(named, block.columns) is not None:
                width = len(named)
                shapes |= {word: (width, shapes[word][1]) for word in block_words(block) if word in shapes}
    return replace(words, shapes=shapes)


def _start(block: Block) -> int:
    return block.rows[0][0].start if isinstance(block, Table) else block.start


def annex_names(book: Codebook) -> set[str]:
    """The names of the tables that stand in no section of the report, without their notes."""
    forms = [table for edition in book.editions.values() for table in edition.tables]
    return {normal(table.name_zh.split("（")[0]) for table in forms if not _is_of_section(table, book)}


def _regions(document: Document, book: Codebook) -> Iterator[tuple[int, int]]:
    """The stretches of text that may hold a table: below the headings of its section, or below its own name."""
    forms = [table for edition in book.editions.values() for table in edition.tables]
    with_table = {table.section for table in forms}
    names = annex_names(book)
    known = words_of(book).rows
    headings: list[tuple[Paragraph, bool]] = []
    is_annex = False
    for paragraph in document.paragraphs:
        word = normal(paragraph.text)
        is_label = is_annex and any(label.startswith(word) for label in known)
        section = None if is_label else section_of_heading(paragraph.text, book)
        is_annex = is_annex or (len(word) <= _LONGEST_NAME and any(name in word for name in names))
        if section is not None or (is_annex and not is_label and any(name in word for name in names)):
            headings.append((paragraph, section is None or section in with_table))
    ends = [*(paragraph.start for paragraph, _ in headings), len(document.text)][1:]
    for (paragraph, holds), end in zip(headings, ends, strict=True):
        if holds:
            yield paragraph.end + 1, end


def _is_of_section(table: FormTable, book: Codebook) -> bool:
    """Whether a table stands in a section of the report, rather than in an annex."""
    return table.section in {section["id"] for section in book.sections}


def _cells(text: str, region: tuple[int, int], words: Words) -> Iterator[Cell]:
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
