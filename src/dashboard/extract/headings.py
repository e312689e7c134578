"""The rows of a table that are no figures: titles, headers, empty rows; and what a header tells.

A header tells which block of the form begins, in which order and at which grid columns its columns
stand, and in which unit. Where it has another order than the form and the grid cannot say whose column
is whose, no figure below it is taken; the same for a header in mid-table that is not the form's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.codebook import FormBlock, FormLabel, FormTable
from dashboard.extract.labels import bare
from dashboard.extract.rows import Row
from dashboard.extract.vocabulary import column_words, group_words, heading_words, spellings
from dashboard.model import Cell
from dashboard.numbers import cell_quantity, fold

_COUNTED = re.compile(r"(?P<name>\D+)(?P<number>\d{1,2})")


@dataclass(slots=True)
class Header:
    """What the latest header of a form's table tells of the rows below it.

    `columns` are the form's columns in the order printed; `places` their grid columns and `widths`
    how many each covers, () where the header does not tell; `unknown` are heads that the form lacks;
    `is_wrong`: no figure below is taken.
    """

    block: FormBlock
    columns: tuple[FormLabel, ...]
    places: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    units: tuple[str | None, ...] = ()
    table: int = 0
    width: int = 0
    is_seen: bool = False
    is_wrong: bool = False
    is_open: bool = False
    unknown: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def fresh(block: FormBlock) -> Header:
    """What holds before any header of a block was seen: the form's own columns, in its order."""
    return Header(block, tuple(column for column in block.columns if not column.optional))


def take_heading(row: Row, form: FormTable, header: Header) -> Header | None:
    """The header after a row that is a title, a header or empty; None where the row is none of these."""
    words = [word for word in row.words if word]
    for block in form.blocks:
        if block.title and bare(block.title) in words:
            header = header if header.block is block else fresh(block)
            words.remove(bare(block.title))
    unknown = [word for word in words if word not in heading_words(form) and word not in group_words(form)]
    if unknown and not _names_every_column(words, form):
        return header if _are_torn_heads(words, form) else None
    known = [word for word in words if word not in unknown]
    block_of_words = _block_of(known, form, header.block)
    if block_of_words is not None:
        if block_of_words is not header.block:
            header = fresh(block_of_words)
        header = _with_row(row, form, header)
        header.unknown = tuple(dict.fromkeys([*header.unknown, *unknown]))
    return header if words or not _could_be_values(row, header) else None


def is_strange(row: Row, header: Header) -> bool:
    """Whether a row without figures has words where figures stand: a header that is not the form's."""
    inside = [cell for cell in row.cells if cell.text and _is_inside(cell, header)]
    least = max(2 if header.places else 3, len(header.columns) // 2)
    return len(inside) >= least and all(cell_quantity(cell.text).status == "unreadable" for cell in inside)


def is_counted(row: Row, header: Header) -> bool:
    """Whether a row heads each column with its number, as programs do that lost the heads ("数据1", "列2")."""
    words = row.words[-len(header.columns) :]
    cells = row.cells[-len(header.columns) :]
    if len(row.words) <= len(header.columns) or any(
        cell_quantity(cell.text).status != "unreadable" for cell in cells
    ):
        return False
    found = [_COUNTED.fullmatch(word) for word in words]
    numbers = [match and int(match["number"]) == place for place, match in enumerate(found, start=1)]
    pairs = zip(words, numbers, header.columns, strict=True)
    names = {match["name"] for match in found if match}
    fits = all(is_number or word in spellings(column) for word, is_number, column in pairs)
    return fits and len(names) == 1 and any(numbers)


def _block_of(words: list[str], form: FormTable, current: FormBlock) -> FormBlock | None:
    """The block whose column heads the words are: the current one first (a page break swallows titles)."""
    told = [word for word in words if word not in map(bare, form.headings)]
    for block in (current, *form.blocks):
        known = column_words(block)
        if any(word in known for word in told) and all(
            word in known or word in group_words(form) for word in told
        ):
            return block
    return current if any(word in column_words(current) for word in told) else None


def _names_every_column(words: list[str], form: FormTable) -> bool:
    """Whether a row names all columns of a block: what else it names are columns that the form lacks."""
    return any(
        all(spellings(column) & set(words) for column in block.columns if not column.optional)
        for block in form.blocks
    )


def _are_torn_heads(words: list[str], form: FormTable) -> bool:
    """Whether words are heads, and pieces of others: a page break cut a header in two."""
    heads = heading_words(form)
    return not heads.isdisjoint(words) and all(any(word in head for head in heads) for word in words)


def _could_be_values(row: Row, header: Header) -> bool:
    """An empty row is a data row only where the form has a row without a label (table 4)."""
    unlabelled = any(not line.path for line in header.block.rows)
    return unlabelled and header.is_seen and len(row.cells) == len(header.columns)


def _is_inside(cell: Cell, header: Header) -> bool:
    """Whether a cell stands where the header's figures do; a unit is no figure."""
    values = header.block.value_columns
    places = zip(header.places, header.columns, strict=False)
    return not header.places or cell.column in [place for place, column in places if column in values]


def _with_row(row: Row, form: FormTable, before: Header) -> Header:
    """The header with one more row of those being printed, or one printed anew."""
    goes_on = before.is_open and before.table == row.table
    rows = (*before.rows, row) if goes_on else (row,)
    header = replace(
        before,
        rows=rows,
        unknown=before.unknown if goes_on else (),
        is_open=True,
        is_seen=True,
        is_wrong=False,
        places=(),
        widths=(),
        table=row.table,
    )
    header.width = max(map(width_of, rows))
    leaves = _merged(sorted(_leaves(header), key=lambda cell: cell.column), header.block)
    columns = _columns_of(leaves, header.block, row)
    if columns is not None:
        _settle(header, columns, leaves)
    else:
        header.is_wrong = not _is_in_form_order(header, form)
    return header


def _settle(header: Header, columns: tuple[FormLabel, ...], leaves: list[Cell]) -> None:
    places = tuple(leaf.column for leaf in leaves)
    rising = all(one < other for one, other in pairwise(places))
    in_order = [column for column in header.block.columns if column in columns] == list(columns)
    header.is_wrong = not (in_order or rising)
    header.columns = columns
    has_corner = places[0] > 0 or not any(line.path for line in header.block.rows)  # lost in copied text
    header.places = places if rising and has_corner else ()
    header.widths = tuple(leaf.width for leaf in leaves) if header.places else ()
    header.units = tuple(_unit(leaf.text) for leaf in leaves)


def _leaves(header: Header) -> Iterator[Cell]:
    """The cells of the open header rows that name a column itself, not a group of columns."""
    known = frozenset().union(*map(spellings, header.block.columns))
    for row in header.rows:
        yield from (cell for cell, word in zip(row.cells, row.words, strict=True) if word in known)


def _merged(leaves: list[Cell], block: FormBlock) -> list[Cell]:
    """The leaves, a head that is printed in each column of a merged cell as one over all of them."""
    found: list[Cell] = []
    for leaf in leaves:
        named = [column for column in block.columns if bare(leaf.text) in spellings(column)]
        last = found[-1] if found else None
        repeats = last is not None and last.text == leaf.text and last.column + last.width == leaf.column
        if last is not None and repeats and len(named) == 1:
            found[-1] = last._replace(width=last.width + leaf.width)
        else:
            found.append(leaf)
    return found


def _columns_of(leaves: list[Cell], block: FormBlock, row: Row) -> tuple[FormLabel, ...] | None:
    """The form's columns that the leaves name, one each; None unless every required one is named once.

    Another order than the form's is taken from a true grid, or from a header of one level.
    """
    if len(leaves) < sum(not column.optional for column in block.columns):
        return None
    words = [bare(leaf.text) for leaf in leaves]
    in_order = matched_in_order(words, block.columns)
    if in_order is not None or not (row.has_grid or all(len(column.path) == 1 for column in block.columns)):
        return in_order
    named = [[column for column in block.columns if word in spellings(column)] for word in words]
    if any(len(columns) != 1 for columns in named):
        return None
    found = tuple(columns[0] for columns in named)
    required = [column for column in block.columns if not column.optional]
    return found if len(set(found)) == len(found) and set(required) <= set(found) else None


def matched_in_order(words: list[str], columns: tuple[FormLabel, ...]) -> tuple[FormLabel, ...] | None:
    """The columns that the words name one after the other; None where a required one is missing."""
    found: list[FormLabel] = []
    left = list(words)
    for column in columns:
        if left and left[0] in spellings(column):
            found.append(column)
            left.pop(0)
        elif not column.optional:
            return None
    return None if left else tuple(found)


def _is_in_form_order(header: Header, form: FormTable) -> bool:
    """Whether the words of the header rows come in the form's order, level by level; repeated words do not tell."""
    columns = header.block.columns
    leaves = [bare(column.path[-1]) for column in columns]
    if len(set(leaves)) < len(leaves):
        return True
    headings = frozenset(map(bare, form.headings))
    for row in header.rows:
        words = [word for word in row.words if word and word not in headings]
        for level in range(max(len(column.path) for column in columns)):
            order = list(
                dict.fromkeys(bare(column.path[level]) for column in columns if len(column.path) > level)
            )
            places = [order.index(word) for word in words if word in order]
            if places != sorted(places):
                return False
    return True


def width_of(row: Row) -> int:
    """The grid column at which a row ends."""
    return max((cell.column + cell.width for cell in (*row.above, *row.cells)), default=0)


def _unit(label: str) -> str | None:
    folded = fold(label)
    return next((unit for unit in ("亿元", "万元", "元") if unit in folded), None)
