"""A sheet as it is seen: the texts of its visible places, merged cells, nothing that is hidden or covered."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from python_calamine import CalamineSheet

from dashboard.errors import Refused
from dashboard.readers.number_formats import number_text
from dashboard.readers.package import DAMAGED
from dashboard.readers.sheet_notes import MOST_PLACES, SheetNotes

#: A merged cell may reach this far beyond the last column with a value, where blank cells may be meant.
_BEYOND = 64

Place = tuple[int, int]
Merge = tuple[Place, Place]


class Grid(NamedTuple):
    """The texts of a sheet by row and column: "" where it is blank, None where a merged cell covers the place.

    `sizes` has the width and height of the merged cells that begin in a row, by that row and their column.
    """

    rows: list[list[str | None]]
    sizes: dict[int, dict[int, tuple[int, int]]]


def grid_of(sheet: CalamineSheet, notes: SheetNotes) -> Grid:
    """The grid of a sheet from its first column and row with a value.

    Raises Refused where merged cells cover more than there is, and for a date or time that there is not.
    """
    top, left = sheet.start or (0, 0)
    rows = [[value if type(value) is str else _text(value) for value in row] for row in _values(sheet)]
    if notes.shown:
        rows, (top, left) = _with_shown(rows, (top, left), notes.shown)
    merges = [
        ((first - top, before - left), (last - top, after - left))
        for (first, before), (last, after) in sheet.merged_cell_ranges or ()
    ]
    hidden_rows = {row - top for row in notes.hidden_rows}
    hidden_columns = {column - left for column in notes.hidden_columns}
    if hidden_rows or hidden_columns:
        rows, merges = _visible(rows, merges, hidden_rows, hidden_columns)
    return _merged(rows, merges)


def _values(sheet: CalamineSheet) -> list[list[Any]]:
    try:
        return sheet.to_python()
    except OverflowError as fault:
        raise Refused(
            f"工作表“{sheet.name}”中有日期或时间超出范围的单元格；请改正或清除后另存再试"
        ) from fault


@lru_cache(maxsize=4096, typed=True)
def _text(value: Hashable) -> str:
    """A value as text: 21.0 is 21, a date an ISO date, 25 hours 25:00:00, a truth value as sheets write it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return number_text(float(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, timedelta):
        hours, rest = divmod(abs(value), timedelta(hours=1))
        return f"{'-' if value < timedelta() else ''}{hours}{str(rest)[1:]}"
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _with_shown(
    rows: list[list[str]], origin: Place, shown: Mapping[Place, str]
) -> tuple[list[list[str]], Place]:
    """The rows with the texts that are shown in some places, which may lie around them; where they begin then."""
    filled = {
        (origin[0] + row, origin[1] + column): text
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    } | dict(shown)
    top, left = min(row for row, _ in filled), min(column for _, column in filled)
    height, width = max(row for row, _ in filled) + 1, max(column for _, column in filled) + 1
    extended = [
        [filled.get((row, column), "") for column in range(left, width)] for row in range(top, height)
    ]
    return extended, (top, left)


def _visible(
    rows: list[list[str]], merges: list[Merge], hidden_rows: set[int], hidden_columns: set[int]
) -> tuple[list[list[str]], list[Merge]]:
    """Rows and merged cells without what is hidden; a merged cell with a visible part keeps its text."""
    height, width = len(rows), max(map(len, rows), default=0)
    kept_rows = [row for row in range(height) if row not in hidden_rows]
    kept_columns = [column for column in range(width) if column not in hidden_columns]
    shown = []
    for (first, before), (last, after) in merges:
        top, bottom = bisect_left(kept_rows, first), bisect_right(kept_rows, last)
        left, right = bisect_left(kept_columns, before), bisect_right(kept_columns, after)
        if top < bottom and left < right and first >= 0 and before >= 0:
            rows[kept_rows[top]][kept_columns[left]] = rows[first][before]
            shown.append(((top, left), (bottom - 1, right - 1)))
    return [[rows[row][column] for column in kept_columns] for row in kept_rows], shown


def _merged(rows: list[list[str]], merges: list[Merge]) -> Grid:
    """The grid with the sizes of merged cells; those outside of the values are none."""
    height, width = len(rows), max(map(len, rows), default=0)
    merges = [merge for merge in merges if 0 <= merge[0][0] < height and 0 <= merge[0][1] < width]
    beyond = min(max((after + 1 - width for _, (_, after) in merges), default=0), _BEYOND)
    places: list[list[str | None]] = rows  # type: ignore[assignment]
    if beyond > 0:
        blanks = [""] * beyond
        places = [[*row, *blanks] for row in rows]
        width += beyond
    sizes: dict[int, dict[int, tuple[int, int]]] = {}
    covered = 0
    for (first, before), (last, after) in merges:
        below, right = min(last + 1, height), min(after + 1, width)
        text = places[first][before]
        for row in range(first, below):
            places[row][before:right] = [None] * (right - before)
        places[first][before] = text
        sizes.setdefault(first, {})[before] = (right - before, below - first)
        covered += (right - before) * (below - first)
        if covered > MOST_PLACES:
            raise Refused(DAMAGED)
    return Grid(places, sizes)
