"""Lines that are one cell each -> the rows they make, by the labels of the forms and the widths of their rows.

Where empty lines part rows, or every two cells, they are no cells; where the rows do not come out as wide
as the form has them, no figure is anybody's.
"""

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from dashboard.extract.labels import bare
from dashboard.extract.vocabulary import Words
from dashboard.model import Cell
from dashboard.numbers import cell_quantity

#: The part of the rows that must come out as wide as the form has them: of lines in disorder half do at most.
_LEAST_FITTING = 0.8

Rows = tuple[tuple[Cell, ...], ...]


def rows_of_regions(regions: list[list[Cell]], words: Words) -> Iterator[Rows]:
    """The rows of each region, figures included where the rows have the widths that the forms have."""
    for cells in (regions, [_every_other(cells, words) or _without_separators(cells) for cells in regions]):
        found = [[row for row in rows_by_label(part, words) if _is_of_table(row, words)] for part in cells]
        line, group = _blanks_between_rows(found, words)
        shapes = [_shapes(rows, words) for rows in found]
        fitting = [
            surplus == line + group * lead and _named_once(row, words)
            for rows in shapes
            for row, surplus, lead in rows
            if surplus is not None and not _is_group(row, words)
        ]
        if sum(fitting) >= len(fitting) * _LEAST_FITTING and not _has_lone_units(found, words):
            for rows in shapes:
                own = (
                    labels_of(row, words) if _is_crowded(row) else _own_cells(row, line, group * lead, words)
                    for row, _, lead in rows
                )
                yield tuple(numbered_in_columns(row) for row in own if row)
            return
    for rows in shapes:
        named = (labels_of(row, words) for row, _, _ in rows)
        yield tuple(numbered_in_columns(row) for row in named if row)


def _has_lone_units(tables: list[list[tuple[Cell, ...]]], words: Words) -> bool:
    """Whether rows begin with a unit: their labels stand elsewhere, and the figures beside those are not theirs."""
    return any(bare(row[0].text) in words.units for rows in tables for row in rows)


def _is_crowded(row: tuple[Cell, ...]) -> bool:
    """Whether a cell of a row holds several figures: its columns ran into one another."""
    return any(
        len(parts := cell.text.split(" ")) > 1 and all(is_figure(part) for part in parts)
        for cell in row
        if not is_figure(cell.text)
    )


def _is_group(row: tuple[Cell, ...], words: Words) -> bool:
    """Whether a row is the name of a group, whose cells hold nothing or are not printed."""
    return any(bare(cell.text) in words.groups for cell in row) and not any(map(_is_number, row))


def _named_once(row: tuple[Cell, ...], words: Words) -> bool:
    """Whether a row has one label that calls for figures: labels one after the other have lost theirs."""
    named = [word for cell in row if (word := bare(cell.text)) in words.shapes and word not in words.groups]
    return len(named) == 1


def _every_other(cells: list[Cell], words: Words) -> list[Cell]:
    """The cells where an empty line stands between every two, blank ones too; [] where it does not."""
    labels = [place for place, cell in enumerate(cells) if bare(cell.text) in words]
    if not labels:
        return []
    first, last = labels[0], labels[-1]
    end = next((place for place in range(first + 1, len(cells), 2) if cells[place].text), len(cells))
    return [*cells[first:end:2], *cells[end:]] if end > last else []


def _without_separators(cells: list[Cell]) -> list[Cell]:
    """The cells without the one empty line behind each."""
    return [cell for before, cell in pairwise([Cell("", 0, 0), *cells]) if cell.text or not before.text]


def labels_of(row: tuple[Cell, ...], words: Words) -> tuple[Cell, ...]:
    """Return the row up to its last label."""
    last = max((place for place, cell in enumerate(row) if bare(cell.text) in words), default=-1)
    return row[: last + 1]


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


def _shapes(rows: list[tuple[Cell, ...]], words: Words) -> list[tuple[tuple[Cell, ...], int | None, int]]:
    """Each row with the cells it has too many (None where unknown) and the blanks the next may begin with."""
    found = []
    for row, following in zip_longest(rows, rows[1:], fillvalue=()):
        labels = [place for place, cell in enumerate(row) if bare(cell.text) in words.rows]
        width, _ = words.shapes.get(bare(row[labels[-1]].text), (None, 0)) if labels else (None, 0)
        surplus = None if width is None else len(row) - labels[-1] - 1 - width
        printed = [bare(cell.text) for cell in following if bare(cell.text) in words.rows]
        _, depth = words.shapes.get(printed[-1], (None, 0)) if printed else (None, 0)
        found.append((row, surplus, max(0, depth - len(printed))))
    return found


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


def numbered_in_columns(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells of a row with their columns, one each."""
    return tuple(cell._replace(column=place) for place, cell in enumerate(row))


def rows_by_label(cells: list[Cell], words: Words) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells in rows: a label after figures begins one, and so do figures below a header."""
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
    if word in words.titles or (word and _is_full(row, words) and not is_figure(word)):
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
    return bool(word) and word not in words and word not in words.units and not is_figure(word)


def is_figure(text: str) -> bool:
    """Whether a cell holds what a figure's cell may hold: a number, a mark for nothing, or nothing."""
    return cell_quantity(text).status != "unreadable"


def _is_number(cell: Cell) -> bool:
    return cell_quantity(cell.text).value is not None
