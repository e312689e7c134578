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
from itertools import groupby, zip_longest

from dashboard.codebook import Codebook, FormTable
from dashboard.extract.headings import matched_in_order
from dashboard.extract.labels import bare, normal
from dashboard.extract.sections import section_of_heading
from dashboard.extract.vocabulary import Words, block_words, leaf_words, words_of
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

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
    found: list[list[tuple[Cell, ...]]] = []
    for region in _regions(document, book):
        cells = list(_cells(document.text, region, words))
        words = _with_headed_widths(cells, words, book)
        if sum(bare(cell.text) in words for cell in cells if cell.text) >= _LEAST_LABELS:
            found.append([row for row in _rows(cells, words) if _is_of_table(row, words)])
    if not found:
        return document
    line, group = _blanks_between_rows(found, words)
    tables = [
        Table(
            tuple(
                _in_columns(_own_cells(row, line, group * lead, words))
                for row, _, lead in _shapes(rows, words)
            )
        )
        for rows in found
    ]
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


def _is_of_table(row: tuple[Cell, ...], words: Words) -> bool:
    """Whether lines that no label opens may still be a row: text with a figure behind it."""
    return any(bare(cell.text) in words for cell in row) or any(map(_is_number, row))


def _own_cells(row: tuple[Cell, ...], line: int, lead: int, words: Words) -> tuple[Cell, ...]:
    """The row without the empty lines that part it from the next, and from the header above it."""
    if any(bare(cell.text) in words for cell in row):
        return _without_blanks(row, line + lead)
    if line and len(row) > 1 and not row[0].text:
        row = row[1:]
    width = max((width for width in words.unlabelled if width <= len(row)), default=len(row))
    return row if any(cell.text for cell in row[width:]) else row[:width]


def _shapes(rows: list[tuple[Cell, ...]], words: Words) -> Iterator[tuple[tuple[Cell, ...], int | None, int]]:
    """Each row with the cells it has too many (None where unknown) and the blanks the next may begin with."""
    for row, following in zip_longest(rows, rows[1:], fillvalue=()):
        labels = [place for place, cell in enumerate(row) if bare(cell.text) in words.rows]
        width, _ = words.shapes.get(bare(row[labels[-1]].text), (None, 0)) if labels else (None, 0)
        surplus = None if width is None else len(row) - labels[-1] - 1 - width
        printed = [bare(cell.text) for cell in following if bare(cell.text) in words.rows]
        _, depth = words.shapes.get(printed[-1], (None, 0)) if printed else (None, 0)
        yield row, surplus, max(0, depth - len(printed))


def _blanks_between_rows(tables: list[list[tuple[Cell, ...]]], words: Words) -> tuple[int, int]:
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


def _in_columns(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(cell._replace(column=place) for place, cell in enumerate(row))


def _start(block: Block) -> int:
    return block.rows[0][0].start if isinstance(block, Table) else block.start


def _regions(document: Document, book: Codebook) -> Iterator[tuple[int, int]]:
    """The stretches of text that may hold a table: below the headings of its section, or below its own name."""
    forms = [table for edition in book.editions.values() for table in edition.tables]
    with_table = {table.section for table in forms}
    names = {normal(table.name_zh.split("（")[0]) for table in forms if not _is_of_section(table, book)}
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


def _rows(cells: list[Cell], words: Words) -> Iterator[tuple[Cell, ...]]:
    row: list[Cell] = []
    for cell in cells:
        if row and _starts_row(bare(cell.text), row, words):
            yield from _closed(row, words)
            row = []
        if cell.text or row:
            row.append(cell)
    if row:
        yield from _closed(row, words)


def _starts_row(word: str, row: list[Cell], words: Words) -> bool:
    labels = [bare(cell.text) for cell in row if cell.text]
    if word in words.titles or (word and _is_full(row, words) and not _is_figure(word)):
        return True
    if word in words.rows:
        return any(label not in words.rows for label in labels) or not row[-1].text
    return word in words.columns and any(label not in words.columns for label in labels)


def _is_full(row: list[Cell], words: Words) -> bool:
    """Whether a row has all the figures its label calls for: text behind them opens another row."""
    named = [place for place, cell in enumerate(row) if bare(cell.text) in words.shapes]
    width = words.shapes[bare(row[named[-1]].text)][0] if named else None
    return width is not None and len(row) - named[-1] > width


def _closed(row: list[Cell], words: Words) -> Iterator[tuple[Cell, ...]]:
    """A finished row; figures below a header without a label of their own are a row by themselves."""
    row = _with_whole_label(row, words)
    last_label = max(place for place, cell in enumerate(row) if bare(cell.text) in words or place == 0)
    figures = row[last_label + 1 :]
    if bare(row[last_label].text) in words.columns and any(_is_number(cell) for cell in figures):
        yield tuple(row[: last_label + 1])
        yield tuple(figures)
    else:
        yield tuple(row)


def _with_whole_label(row: list[Cell], words: Words) -> list[Cell]:
    """The row with the pieces of an unknown label, broken over lines that follow each other, as one cell."""
    whole: list[Cell] = []
    for cell in row:
        before = whole[-1] if whole else None
        if before is not None and _is_piece(before, words) and _is_piece(cell, words):
            whole[-1] = before._replace(text=f"{before.text}\n{cell.text}", end=cell.end)
        else:
            whole.append(cell)
    return whole


def _is_piece(cell: Cell, words: Words) -> bool:
    word = bare(cell.text)
    return bool(word) and word not in words and word not in words.units and not _is_figure(word)


def _is_figure(text: str) -> bool:
    return cell_quantity(text).status != "unreadable"


def _is_number(cell: Cell) -> bool:
    return cell_quantity(cell.text).value is not None
