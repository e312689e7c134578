"""Which cells of a row are its label and which its figures: by the grid of the header and by order.

The two ways must agree where both can tell. A row that has a cell too few or too many, or whose figure
stands under two columns, gives none: which of its cells vanished is not for us to guess.
"""

from dashboard.codebook import FormTable
from dashboard.extract.headings import Header, width_of
from dashboard.extract.labels import bare
from dashboard.extract.matching import Labels
from dashboard.extract.rows import Row
from dashboard.extract.vocabulary import row_words
from dashboard.model import Cell
from dashboard.numbers import cell_quantity


def labels_of(row: Row, form: FormTable, header: Header) -> tuple[Labels, int]:
    """The row's name and groups, and how many of its cells are label."""
    count = _label_count(row, form, header)
    unwanted = {
        place
        for place, column in zip(header.places, header.columns, strict=False)
        if column.gives == "ignored"
    }
    cells = zip(row.cells[:count], row.words, strict=False)
    names = [word for cell, word in cells if word and not (unwanted and cell.column in unwanted)]
    above = [cell for cell in row.above if not header.places or cell.column < _first_figure(header)]
    groups = (*names[:-1], *(bare(cell.text) for cell in above if cell.text))
    return Labels(names[-1] if names else "", groups), count


def _first_figure(header: Header) -> int:
    """The grid column at which labels end: that of the first unit or figure."""
    places = zip(header.places, header.columns, strict=True)
    return min(place for place, column in places if column.gives != "ignored")


def value_cells(row: Row, label_count: int, header: Header) -> tuple[Cell, ...] | None:
    """One cell a column of the header, in its order; None where the row does not tell whose is whose."""
    by_order = _by_order(row, label_count, header)
    by_grid = _by_grid(row, header) if _shares_grid(row, header) else None
    if by_order and by_grid and by_order != by_grid:
        return None
    found = by_grid or by_order
    return found if found and _has_unit_in_place(found, header) else None


def _has_unit_in_place(values: tuple[Cell, ...], header: Header) -> bool:
    """Whether the column of units holds no figure, nor is blank while text stands in a column without a meaning.

    Where it does, a cell has vanished or is one too many: the figures stand under other heads than theirs.
    """
    kinds = [column.gives for column in header.columns]
    if "unit" not in kinds:
        return True
    unit = values[kinds.index("unit")]
    others = (value for value, kind in zip(values, kinds, strict=True) if kind == "ignored")
    is_taken = cell_quantity(unit.text).value is not None
    return not is_taken and (bool(unit.text) or all(map(is_figure, others)))


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds what a figure's cell may hold: a number, a mark for nothing, or nothing."""
    return cell_quantity(cell.text).status != "unreadable"


def _label_count(row: Row, form: FormTable, header: Header) -> int:
    if header.places and _shares_grid(row, header):
        return sum(cell.column < _first_figure(header) for cell in row.cells)
    known = row_words(form)
    named = [place for place, word in enumerate(row.words) if word and word in known]
    count = named[-1] + 1 if named else 0
    spare = len(row.cells) - len(header.columns)
    while count < spare and (not is_figure(row.cells[count]) or not any(row.words[: count + 1])):
        count += 1  # a misprinted name, below the name of its group or below none
    return count


def _shares_grid(row: Row, header: Header) -> bool:
    """Whether the header's columns are the row's: of one table, or of its like on the next page."""
    if not header.places:
        return False
    return row.table == header.table or (row.has_grid and width_of(row) == header.width)


def _by_order(row: Row, label_count: int, header: Header) -> tuple[Cell, ...] | None:
    """The cells behind the label one by one; a column without a meaning that stands in it is none of them."""
    if header.places and _shares_grid(row, header) and header.places[0] < _first_figure(header):
        return None
    values = row.cells[label_count:]
    count = len(header.columns)
    spare = () if row.has_grid or header.places else values[count:]
    if len(values) - len(spare) != count or any(cell.text for cell in spare):
        return None
    return values[:count]


def _by_grid(row: Row, header: Header) -> tuple[Cell, ...] | None:
    own = {cell.column: cell for cell in row.cells}
    found: list[Cell] = []
    for place, width in zip(header.places, header.widths, strict=True):
        below = [cell for cell in row.cells if cell.text and place <= cell.column < place + width]
        if len({cell.text for cell in below}) > 1:  # two figures below one head
            return None
        cell = next(iter(below), None) or own.get(place) or _blank_over(row, place)
        if cell is None or (cell.width > width and cell.text):
            return None
        found.append(cell)
    rest = [
        cell for cell in row.cells if cell.text and cell.column > _first_figure(header) and cell not in found
    ]
    return None if any(not _has_head(cell, header) for cell in rest) else tuple(found)


def _blank_over(row: Row, place: int) -> Cell | None:
    """A blank cell merged over several columns is blank in each."""
    return next(
        (cell for cell in row.cells if not cell.text and cell.column < place < cell.column + cell.width), None
    )


def _has_head(cell: Cell, header: Header) -> bool:
    """Whether the header names the cell's column, though the form does not know it (a remark's column)."""
    return any(
        head.text and head.column <= cell.column < head.column + head.width
        for row in header.rows
        for head in row.cells
    )
