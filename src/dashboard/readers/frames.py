"""What holds for tables in Word and on web pages alike: frames around prose, rows that are covered entirely."""

from itertools import accumulate

from dashboard.readers.transcript import Placed

#: A cell with more text than this in a table of one column or one row is prose in a frame, no label.
MOST_LABEL = 100


def may_be_frame(cells_by_row: list[int]) -> bool:
    """Whether a table with so many cells in its rows is one column or one row: it may only frame its text."""
    return len(cells_by_row) == 1 or max(cells_by_row, default=0) <= 1


def without_empty_rows(rows: list[list[Placed]]) -> list[list[Placed]]:
    """The rows that have cells of their own; what reaches over a row that has none is so much lower."""
    if all(rows):
        return rows
    kept = [0, *accumulate(bool(row) for row in rows)]
    return [
        [cell._replace(height=kept[min(number + cell.height, len(rows))] - kept[number]) for cell in row]
        for number, row in enumerate(rows)
        if row
    ]
