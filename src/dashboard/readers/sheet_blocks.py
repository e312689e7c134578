"""The rows of a sheet -> paragraphs and tables, by what is filled and merged.

Rows with several filled cells are of a table, and such rows that follow each other are of one, empty rows
between them or not. A row with one filled cell is of the table below the last row where its cell has the place
of a label (a row without figures), or between two rows (the merged title of a block). Any other is a paragraph,
and so is a numbered heading (三、) where the table's own labels are not numbered so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, pairwise, repeat
from typing import NamedTuple

from dashboard.readers.frames import without_empty_rows
from dashboard.readers.sheet_grid import Grid
from dashboard.readers.transcript import AnyPlaced, Placed, Transcript

_HEADING = re.compile(r"\s*([一二三四五六七八九十]{1,3})\s*、")
_NOTE = re.compile(r"\s*[（(]?(?:注|备注|说明|填表说明)\s*+\d*+\s*+[:：]")
#: A cell that is merged over this part of the width is as good as over all of it.
_NEARLY_ALL = 0.8
#: A longer text is prose, neither a label nor the title of a block of the table.
_MOST_LABEL = 60
_SINGLE = (1, 1)
_NO_SIZES: Mapping[int, tuple[int, int]] = {}
#: Makes a named tuple in half the time that naming it takes.
_new = tuple.__new__
_ONES = repeat(1)


class _Row(NamedTuple):
    """A row with something in it: its number, the columns of its filled cells, its first text and that cell's width."""

    number: int
    filled: list[int]
    text: str
    width: int

    @property
    def place(self) -> tuple[int, int]:
        return self.filled[0], self.width


def transcribe_sheet(grid: Grid, transcript: Transcript) -> None:
    """Add the paragraphs and tables of a sheet, in the order of its rows."""
    for block in _blocks(grid, list(_filled_rows(grid))):
        if len(block) == 1 and len(block[0].filled) == 1:
            transcript.paragraph(block[0].text)
        else:
            transcript.table(_placed(grid, block))


def _filled_rows(grid: Grid) -> Iterator[_Row]:
    for number, texts in enumerate(grid.rows):
        filled = [column for column, text in enumerate(texts) if text and not text.isspace()]
        if filled:
            width = grid.sizes[number].get(filled[0], _SINGLE)[0] if number in grid.sizes else 1
            yield _new(_Row, (number, filled, texts[filled[0]], width))


class _Table:
    """A table as its rows come: where its labels are, and whether they are numbered like headings (一、)."""

    def __init__(self, rows: Iterable[_Row] = ()) -> None:
        self.rows: list[_Row] = []
        self.label_places: set[tuple[int, int]] = set()
        self.is_numbered = False
        for row in rows:
            self.add(row)

    def add(self, row: _Row) -> None:
        self.rows.append(row)
        self.is_numbered = self.is_numbered or ("、" in row.text and _HEADING.match(row.text) is not None)
        if len(row.filled) > 1:
            self.label_places.add(row.place)

    def is_right_above(self, row: _Row) -> bool:
        return bool(self.rows) and row.number - self.rows[-1].number == 1

    def parts_from(self, row: _Row) -> bool:
        """Whether a row is a numbered heading, and no label of a table whose labels are numbered alike."""
        found = _HEADING.match(row.text)
        return found is not None and found[1] != "一" and not self.is_numbered


def _blocks(grid: Grid, rows: list[_Row]) -> Iterator[list[_Row]]:
    """The rows by block: a table has several, or one with several cells; a paragraph is one row with one cell."""
    titles = _places_of_titles(rows)
    sheet_width = max((len(texts) for texts in grid.rows), default=0)
    table = _Table()
    waiting: list[_Row] = []  # below the table, with one cell each
    for row in rows:
        if len(row.filled) > 1 and table.rows and not waiting:
            table.add(row)
        elif len(row.filled) > 1:
            joining = _joining(waiting, row, table, titles) if waiting else []
            if not table.rows or len(joining) < len(waiting):
                yield from _apart(table, waiting[: len(waiting) - len(joining)])
                table = _Table()
            for one in (*joining, row):
                table.add(one)
            waiting = []
        elif not waiting and _is_row_of(table, row, grid, sheet_width):
            table.add(row)
        else:
            waiting.append(row)
    yield from _apart(table, waiting)


def _apart(table: _Table, paragraphs: list[_Row]) -> Iterator[list[_Row]]:
    """A table, where there is one, and the paragraphs below it."""
    if table.rows:
        yield table.rows
    yield from ([one] for one in paragraphs)


def _places_of_titles(rows: list[_Row]) -> set[tuple[int, int]]:
    """Where the merged titles of blocks are: single cells right above a row of several, with another such before."""
    return {
        row.place
        for (above, row), (_, below) in pairwise(pairwise(rows))
        if len(above.filled) > 1 == len(row.filled) < len(below.filled)
        and below.number - row.number == 1
        and row.width > 1
        and not _HEADING.match(row.text)
    }


def _is_row_of(table: _Table, row: _Row, grid: Grid, sheet_width: int) -> bool:
    """Whether a row with one cell is a row of the table right above.

    Its cell is beside one that is merged from there, or where a label is, the other cells blank.
    """
    if not table.is_right_above(row):
        return False
    texts = grid.rows[row.number]
    if None in texts[: row.filled[0]] or None in texts[row.filled[0] + row.width :]:
        return True
    if row.width >= sheet_width * _NEARLY_ALL or len(row.text) > _MOST_LABEL or _NOTE.match(row.text):
        return False
    return row.place in table.label_places and not table.parts_from(row)


def _joining(waiting: list[_Row], row: _Row, table: _Table, titles: set[tuple[int, int]]) -> list[_Row]:
    """Which of the waiting rows, the last one if any, is of the table that goes on or begins with `row`."""
    last = waiting[-1]
    if row.number - last.number > 1 or len(last.text) > _MOST_LABEL:
        return []
    if _HEADING.match(last.text) and (last.width > 1 or table.parts_from(last)):
        return []
    if not table.rows:  # a single row above the first table is the title of the sheet
        return [last] if last.place in titles and len(waiting) > 1 else []
    goes_on = len(waiting) == 1 and (table.is_right_above(last) or last.width > 1)
    return [last] if goes_on or last.place in titles else []


def _placed(grid: Grid, block: list[_Row]) -> Sequence[Iterable[AnyPlaced]]:
    """The rows of a table, blank cells within its width included; a single cell reaches over no more than that."""
    wide = [row for row in block if len(row.filled) > 1]
    left = min(row.filled[0] for row in wide)
    right = max(
        row.filled[-1] + grid.sizes.get(row.number, _NO_SIZES).get(row.filled[-1], _SINGLE)[0] for row in wide
    )
    own = {row.number for row in block}
    end = block[-1].number + 1
    rows: list[Iterable[AnyPlaced]] = []
    for number in range(block[0].number, end):
        texts = grid.rows[number][left:right]
        has_covered = None in texts
        if number not in own and not has_covered:
            rows.append([])
        elif has_covered or number in grid.sizes:
            rows.append(_cells(texts, grid.sizes.get(number, _NO_SIZES), left, end - number))
        else:
            rows.append(zip(texts, count(left), _ONES, _ONES))  # type: ignore[arg-type]
    return rows if all(rows) else without_empty_rows([[Placed(*cell) for cell in row] for row in rows])


def _cells(
    texts: list[str | None], sizes: Mapping[int, tuple[int, int]], left: int, most: int
) -> Iterable[AnyPlaced]:
    """The cells of a row that begins at a column of the sheet; none is higher than the rows that are left."""
    placed: list[AnyPlaced] = list(zip(texts, count(left), _ONES, _ONES))  # type: ignore[arg-type]
    right = left + len(texts)
    for column, (width, height) in sizes.items():
        if left <= column < right:
            text, *_ = placed[column - left]
            placed[column - left] = (text, column, min(width, right - column), min(height, most))
    return [cell for cell in placed if cell[0] is not None]
