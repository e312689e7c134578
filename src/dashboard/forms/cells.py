"""The figures of a form: which cells it asks for, and how a fact is printed in its cell.

The inverse of numbers.py: what is printed here is read back as the same value and status.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dashboard.codebook import Codebook, Edition, FormBlock, FormLabel, FormTable
from dashboard.forms.layout import Layout
from dashboard.model import Fact
from dashboard.numbers import is_money

#: What a cell is about: its indicator and, in a table of applicants, their group.
Cell = tuple[str, str | None]

_MONEY = re.compile(r"亿元|万元|元")
_WHOLE_PART = re.compile(r"(?<![\d.])\d{4,}")
_TWO_DIGITS = re.compile(r"(\D*\d)(\d\D*)")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def cell_of(block: FormBlock, row: FormLabel, column: FormLabel) -> Cell | None:
    """What the cell at `row` and `column` is about; None where the form asks for no figure."""
    if block.heads_group(row) or column not in block.value_columns:
        return None
    return block.cell(row, column)


def places(edition: Edition) -> Iterator[tuple[FormBlock, FormLabel, Cell]]:
    """Every cell of the edition's form that asks for a figure, in print order, with its block and column."""
    for table in edition.tables:
        for block in table.blocks:
            for row in block.rows:
                for column in block.columns:
                    cell = cell_of(block, row, column)
                    if cell is not None:
                        yield block, column, cell


def states_unit(block: FormBlock, column: FormLabel, unit: str) -> bool:
    """Whether the form prints this unit of money beside the cell: in the column's header or a column of units."""
    found = _MONEY.search(column.path[-1]) if column.path else None
    return any(label.gives == "unit" for label in block.columns) or (
        found is not None and found.group() == unit
    )


def money_unit(block: FormBlock, column: FormLabel, book: Codebook) -> str | None:
    """The one unit of money of all cells in a column, None where they are no money or differ."""
    cells = [cell for row in block.rows if (cell := cell_of(block, row, column))]
    units = {book.indicators[code].unit_zh for code, _ in cells}
    return next((unit for unit in units if len(units) == 1 and is_money(unit)), None)


def text_of(fact: Fact, unit: str, *, is_stated: bool) -> str:
    """What a table fact looks like in its cell; `unit` is the indicator's, printed with money.

    `is_stated`: the form says that unit already.
    """
    if fact.value is None:
        return {"blank": "", "dash": "-"}.get(fact.status, fact.raw)
    if fact.status == "nil":
        return "无"
    printed = f"{fact.value:f}"
    about = "约" if fact.status == "approximate" else ""
    return f"{about}{printed}{unit if is_money(unit) and not is_stated else ''}"


def present(table: FormTable, cells: Mapping[Cell, str], layout: Layout) -> FormTable:
    """The table without the optional rows and columns that the figures do not speak of."""
    blocks = tuple(_present_block(block, cells, layout) for block in table.blocks)
    return replace(table, blocks=tuple(block for block in blocks if block.rows and block.columns))


def printed_cells(
    table: FormTable, cells: Mapping[Cell, str], book: Codebook, layout: Layout
) -> dict[Cell, str]:
    """The text of every cell of the table as the layout has it; cells that are not given are blank.

    The table's labels are spelled already: whether a header states a unit depends on it.
    """
    printed: dict[Cell, str] = {}
    for block in table.blocks:
        for column in block.columns:
            for row in block.rows:
                cell = cell_of(block, row, column)
                if cell is not None:
                    text = _with_unit(cells.get(cell, ""), cell, (block, column), book, layout)
                    printed[cell] = _as_laid_out(text, layout)
    return printed


def _present_block(block: FormBlock, cells: Mapping[Cell, str], layout: Layout) -> FormBlock:
    def is_told(row: FormLabel, column: FormLabel) -> bool:
        return cell_of(block, row, column) in cells

    def has_row(row: FormLabel) -> bool:
        return (
            not row.optional
            or block.heads_group(row)
            or any(is_told(row, column) for column in block.columns)
        )

    def has_column(column: FormLabel) -> bool:
        if not column.optional:
            return True
        if column not in block.value_columns:
            return layout.all_columns
        return any(is_told(row, column) for row in block.rows)

    return replace(
        block,
        rows=tuple(row for row in block.rows if has_row(row)),
        columns=tuple(column for column in block.columns if has_column(column)),
    )


def _with_unit(
    text: str, cell: Cell, place: tuple[FormBlock, FormLabel], book: Codebook, layout: Layout
) -> str:
    """Money with its unit in the cell where nothing beside it states the unit, or the layout wants both."""
    unit = book.indicators[cell[0]].unit_zh
    if not is_money(unit) or not any(character.isdecimal() for character in text):
        return text
    number = text.removesuffix(unit)
    return number if states_unit(*place, unit) and layout.unit != "cell" else number + unit


def _as_laid_out(text: str, layout: Layout) -> str:
    if not text:
        return layout.blank
    if layout.thousands:
        text = _WHOLE_PART.sub(lambda found: f"{int(found[0]):,}".replace(",", layout.thousands), text)
    if layout.torn and (found := _TWO_DIGITS.fullmatch(text)):
        text = f"{found[1]} {found[2]}"
    return text.translate(_WIDE) if layout.digits == "wide" else text
