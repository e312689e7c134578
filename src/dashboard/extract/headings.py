"""The rows of a table that are no figures: titles, headers, empty rows; and the walk they steer.

A header tells which block of the form has begun, in which order its columns stand and in which unit.
A header of two levels must have the form's order; where it has another, no figure below it is taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from dashboard.codebook import FormBlock, FormLabel, FormTable
from dashboard.extract.labels import bare, normal
from dashboard.model import Cell
from dashboard.numbers import fold


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the document with its place: table and row numbers as a person counts them."""

    table: int
    number: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return " | ".join(" ".join(cell.text.split()) for cell in self.cells)


@dataclass(slots=True)
class Walk:
    """How far the walk through one table of the form has come."""

    block: FormBlock
    headed: bool = False
    columns: tuple[FormLabel, ...] = ()
    units: tuple[str | None, ...] = ()
    disordered: bool = False
    last_row: int = -1
    read: dict[str, Row] = field(default_factory=dict)


def is_heading(row: Row, form: FormTable, walk: Walk) -> bool:
    """Whether the row is a title, a header or empty; takes up the block and column order it tells."""
    texts = [bare(cell.text) for cell in row.cells if cell.text]
    for block in form.blocks:
        if block.title and normal(block.title) in texts:
            enter(walk, block)
            texts.remove(normal(block.title))
    furniture = {bare(heading) for heading in form.headings} | column_words(walk.block) | _group_words(form)
    if any(text not in furniture for text in texts):
        return _is_header_of_another_block(row, form, walk)
    if any(text in column_words(walk.block) for text in texts):
        walk.headed = True
        _take_column_order(row, form, walk)
    return bool(texts) or not _could_be_values(row, walk)


def enter(walk: Walk, block: FormBlock) -> None:
    """Go on in another block of the form; what its header will tell is not known yet."""
    if walk.block is not block:
        walk.block, walk.headed, walk.last_row = block, False, -1
        walk.columns, walk.units, walk.disordered = (), (), False


def _is_header_of_another_block(row: Row, form: FormTable, walk: Walk) -> bool:
    """A header row whose block title is missing (a page break can swallow it)."""
    texts = {bare(cell.text) for cell in row.cells if cell.text} - {bare(text) for text in form.headings}
    for block in form.blocks:
        if texts and texts <= column_words(block):
            enter(walk, block)
            walk.headed = True
            _take_column_order(row, form, walk)
            return True
    return False


def _could_be_values(row: Row, walk: Walk) -> bool:
    """An empty row is a data row only where the form has a row without a label (table 4)."""
    unlabelled = any(not line.path for line in walk.block.rows)
    return unlabelled and walk.headed and len(row.cells) == len(walk.block.columns)


def _take_column_order(row: Row, form: FormTable, walk: Walk) -> None:
    """Note the printed order and units of a flat header; a header of two levels keeps the form's."""
    headings = {bare(heading) for heading in form.headings}
    cells = [cell for cell in row.cells if cell.text and bare(cell.text) not in headings]
    columns = walk.block.columns
    if any(len(column.path) > 1 for column in columns):
        walk.disordered = walk.disordered or not _in_form_order((bare(cell.text) for cell in cells), columns)
        return
    if len(cells) != len(columns):
        return
    printed = [
        next((column for column in columns if bare(cell.text) in spellings(column)), None) for cell in cells
    ]
    if None not in printed and len(set(printed)) == len(columns):
        walk.columns = tuple(column for column in printed if column is not None)
    walk.units = tuple(_header_unit(cell.text) for cell in cells)


def _in_form_order(printed: Iterable[str], columns: tuple[FormLabel, ...]) -> bool:
    """Whether the words of a header row come in the form's order, level by level; repeated words do not tell."""
    leaves = [bare(column.path[-1]) for column in columns]
    if len(set(leaves)) < len(leaves):
        return True
    words = list(printed)
    for level in range(max(len(column.path) for column in columns)):
        order = list(
            dict.fromkeys(bare(column.path[level]) for column in columns if len(column.path) > level)
        )
        places = [order.index(word) for word in words if word in order]
        if places != sorted(places):
            return False
    return True


def _header_unit(label: str) -> str | None:
    folded = fold(label)
    return next((unit for unit in ("亿元", "万元", "元") if unit in folded), None)


@cache
def spellings(label: FormLabel) -> frozenset[str]:
    """The ways a row or column names itself, bare."""
    own = (label.path[-1],) if label.path else ()
    return frozenset(bare(text) for text in (*own, *label.aliases))


@cache
def _group_words(form: FormTable) -> frozenset[str]:
    return frozenset(bare(part) for block in form.blocks for line in block.rows for part in line.path[:-1])


@cache
def column_words(block: FormBlock) -> frozenset[str]:
    """Every word that a header of the block may hold."""
    return frozenset(bare(part) for column in block.columns for part in column.path).union(
        *(spellings(column) for column in block.columns)
    )
