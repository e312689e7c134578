"""How the labels of a form are spelled in a layout: a table of the form -> the same with other labels.

Codes and order stay; where the layout has no wish a label is that of the codebook, letter by letter.
"""

import re
from dataclasses import replace

from dashboard.codebook import Codebook, FormBlock, FormLabel, FormTable
from dashboard.forms.cells import money_unit, states_unit
from dashboard.forms.layout import Layout

_HALF = str.maketrans("（）", "()")
_LIST_MARK = re.compile(r"^(\d+)[.．、]")
_SHORT = 2


def respelled(table: FormTable, book: Codebook, layout: Layout) -> FormTable:
    """The table with every title, heading, row and column label as the layout spells it."""
    return replace(
        table,
        headings=tuple(spelled(heading, layout) for heading in table.headings),
        blocks=tuple(_block(block, book, layout) for block in table.blocks),
    )


def spelled(text: str, layout: Layout) -> str:
    """One label as the layout spells it."""
    text = _LIST_MARK.sub(lambda found: found[1] + layout.mark, text) if layout.mark != "." else text
    if layout.brackets == "half":
        text = text.translate(_HALF)
    if len(text) == _SHORT:
        text = layout.gap.join(text)
    if layout.broken_after and len(text) > layout.broken_after + 1:
        text = f"{text[: layout.broken_after]}\n{text[layout.broken_after :]}"
    return text


def _block(block: FormBlock, book: Codebook, layout: Layout) -> FormBlock:
    return FormBlock(
        spelled(block.title, layout),
        tuple(_row(row, layout) for row in block.rows),
        tuple(_column(column, block, book, layout) for column in block.columns),
    )


def _row(row: FormLabel, layout: Layout) -> FormLabel:
    if layout.misprint is None or layout.misprint[0] != row.code or not row.path:
        return _label(row, layout)
    *groups, own = row.path
    place = layout.misprint[1]
    return replace(
        row,
        path=(
            *(spelled(part, layout) for part in groups),
            spelled(own[:place] + own[place + 1 :], layout),
        ),
    )


def _column(column: FormLabel, block: FormBlock, book: Codebook, layout: Layout) -> FormLabel:
    unit = money_unit(block, column, book)
    whole = _label(column, replace(layout, broken_after=0))
    if layout.unit != "header" or unit is None or states_unit(block, whole, unit):
        return _label(column, layout)
    *groups, own = whole.path
    return replace(column, path=(*groups, spelled(f"{own}（单位：{unit}）", layout)))


def _label(label: FormLabel, layout: Layout) -> FormLabel:
    path = label.path
    if path and 0 < layout.alias <= len(label.aliases):
        path = (*path[:-1], label.aliases[layout.alias - 1])
    return replace(label, path=tuple(spelled(part, layout) for part in path))
