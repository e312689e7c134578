"""A form as a spreadsheet (.xlsx): merged ranges as on the form, the same bytes for the same form."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from dashboard.forms.form import Form
from dashboard.forms.grids import Grid, GridCell
from dashboard.forms.layout import Layout
from dashboard.forms.outline import Line
from dashboard.forms.text import display_width

_FONT: Final = {"font_name": "宋体", "text_wrap": True}
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "mark": {"align": "center"},
    "heading": {"bold": True, "font_size": 13},
    "cell": {"border": 1, "align": "center", "valign": "vcenter"},
}
_A4: Final = 9
_FIRST_SHEET: Final = "年报"
#: A paragraph is merged over this many columns.
_ACROSS: Final = 10
#: Half-width places in a column and points in a line of text: merged cells do not grow with their text.
_PLACES: Final = 12
_POINTS: Final = 18
#: A number of more digits is written as text: a spreadsheet keeps 15.
_MOST_DIGITS: Final = 15


def written(blocks: Iterable[Line | Grid], form: Form, layout: Layout) -> bytes:
    """The blocks as a workbook: on one sheet, or with a sheet for each section that has a table."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {
                "title": form.headline,
                "author": form.agency,
                "created": datetime(form.day.year, form.day.month, form.day.day),  # noqa: DTZ001 - a day
            }
        )
        formats = {name: workbook.add_format({**_FONT, **style}) for name, style in _STYLES.items()}
        formats["text"] = formats["furniture"] = workbook.add_format(_FONT)
        for name, part in _sheets(list(blocks), layout):
            sheet = workbook.add_worksheet(name)
            sheet.set_column(0, _ACROSS + 4, _PLACES)
            sheet.set_paper(_A4)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            _fill(sheet, part, formats, layout)
    return held.getvalue()


def _sheets(blocks: list[Line | Grid], layout: Layout) -> list[tuple[str, list[Line | Grid]]]:
    """The blocks of each sheet, with its name."""
    sheets: list[tuple[str, list[Line | Grid]]] = [(_FIRST_SHEET, [])]
    for place, block in enumerate(blocks):
        is_heading = isinstance(block, Line) and block.style == "heading"
        if layout.sheets == "each" and is_heading and isinstance(_after(blocks, place), Grid):
            sheets.append((f"表{len(sheets)}", []))
        sheets[-1][1].append(block)
    return sheets


def _after(blocks: list[Line | Grid], place: int) -> Line | Grid | None:
    return blocks[place + 1] if place + 1 < len(blocks) else None


def _fill(sheet: Worksheet, blocks: list[Line | Grid], formats: dict[str, Format], layout: Layout) -> None:
    top = 0
    for block in blocks:
        if isinstance(block, Grid):
            for number, row in enumerate(block.rows()):
                own = [cell for cell, begins in row if begins and cell.height == 1]
                lines = max((_lines(cell.text, cell.width) for cell in own), default=1)
                sheet.set_row(top + number, _POINTS * lines)
            for cell in block.cells:
                _write(sheet, cell, top, formats["cell"], layout)
            top += block.height + 1
        else:
            sheet.set_row(top, _POINTS * _lines(block.text, _ACROSS))
            sheet.merge_range(top, 0, top, _ACROSS - 1, block.text, formats[block.style])
            top += 1


def _lines(text: str, columns: int) -> int:
    """How many lines the text takes in a cell of so many columns."""
    return sum(max(1, -(-display_width(line) // (columns * _PLACES))) for line in text.split("\n"))


def _write(sheet: Worksheet, cell: GridCell, top: int, look: Format, layout: Layout) -> None:
    row, column = top + cell.row, cell.column
    if cell.width > 1 or cell.height > 1:
        sheet.merge_range(row, column, row + cell.height - 1, column + cell.width - 1, "", look)
    number = _number(cell.text) if layout.typed and not cell.is_head else None
    if number is not None:
        sheet.write_number(row, column, number, look)
    else:
        sheet.write_string(row, column, cell.text, look)


def _number(text: str) -> float | None:
    """The text as a number where a spreadsheet keeps it to the last digit."""
    if not text.isascii() or sum(character.isdecimal() for character in text) > _MOST_DIGITS:
        return None
    try:
        return float(text)
    except ValueError:
        return None
