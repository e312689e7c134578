"""What is known of a sheet besides its values: hidden rows and columns, and texts that a value alone does not give.

Owned by none of the two kinds of workbook: xlsx_notes.py and xls_notes.py make these, spreadsheet.py uses them.
"""

from dataclasses import dataclass, field

from dashboard.errors import Refused

#: The library lays out every place between the first and the last value of a sheet: this many are room for
#: thousands of rows, and a stray value in the last row of a sheet needs more.
MOST_PLACES = 400_000


@dataclass(slots=True)
class SheetNotes:
    """Rows and columns, counted from 0, that are hidden; the texts of places (row, column) shown otherwise."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)


def check_extent(name: str, rows: int, columns: int, places: int = 0) -> None:
    """Refuse a sheet whose values lie so far apart that laying it out (with `places` in all) takes all memory."""
    if max(rows * columns, places) > MOST_PLACES:
        raise Refused(
            f"工作表“{name}”的使用范围过大（{rows} 行 × {columns} 列）；请删除远处多余的单元格，另存后再试"
        )
