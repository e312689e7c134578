"""The form's own grids on a page: rows and columns of the codebook, cells as the report fills them.

A blank cell stays empty, the year before stands in brackets, and a chosen cell opens its source.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.codebook import FormBlock, FormTable
from dashboard.formats import number
from dashboard.rows import records
from dashboard.text import words
from dashboard.ui.grids import form_table

Cells = Mapping[tuple[str, str | None], Mapping[str, Any]]
Place = tuple[str, str | None]
#: The rows of a grid: what stands before each, and its cells by column; none in a row that heads others.
Lines = list[tuple[str, dict[str, Place]]]
_INDENT = "\u00a0\u00a0"


def cells_of(form: pd.DataFrame) -> Cells:
    """The rows of queries.form_cells by (indicator, group)."""
    return {(row["indicator"], row["group"]): row for row in records(form)}


def form_grid(form: pd.DataFrame, table: FormTable, key: str) -> bool:
    """Draw a table of the form, each of its blocks; False, and nothing drawn, where none of it is in."""
    cells = cells_of(form)
    drawn = [
        _draw_block(block, cells, key if len(table.blocks) == 1 else f"{key}-{place}")
        for place, block in enumerate(table.blocks)
    ]
    return any(drawn)


def _draw_block(block: FormBlock, cells: Cells, key: str) -> bool:
    """Draw a block of a table under its title; False where no cell of it is in."""
    rows = form_lines(block, lambda place: _has_fact(cells, place))
    places = [place for _, line in rows for place in line.values()]
    if not any(_has_fact(cells, place) for place in places):
        return False
    columns = list(next(line for _, line in rows if line))
    before = any(cells[place]["previous_value"] is not None for place in places)
    shown = pd.DataFrame(
        {words("form.row"): [label for label, _ in rows]}
        | {
            column: [_cell(cells[line[column]], before=before) if line else "" for _, line in rows]
            for column in columns
        }
    )
    facts = {
        (row, column): int(cells[line[name]]["fact_id"])
        for row, (_, line) in enumerate(rows)
        for column, name in enumerate(columns, start=1)
        if line and cells[line[name]]["fact_id"] is not None
    }
    if block.title:
        st.markdown(f":small[**{block.title}**]")
    form_table(shown, facts, key)
    return True


def form_lines(block: FormBlock, is_filled: Callable[[Place], bool]) -> Lines:
    """The rows of a block as the form prints them; a row that may be missing where a cell of it is filled."""
    return _crossed(block, is_filled) if block.rows[0].path else _by_path(block)


def _has_fact(cells: Cells, place: Place) -> bool:
    return place in cells and cells[place]["fact_id"] is not None


def has_year_before(form: pd.DataFrame, indicator: str) -> bool:
    """Whether any cell of an indicator has a number of the year before."""
    return bool(form[form["indicator"] == indicator]["previous_value"].notna().any())


def _crossed(block: FormBlock, is_filled: Callable[[Place], bool]) -> Lines:
    """Rows of the form against its columns; a group's name is a row, without cells unless it has its own.

    A row that may be missing is there where a cell of it is filled.
    """
    rows: Lines = []
    named: set[tuple[str, ...]] = set()
    for row in (row for row in block.rows if not block.heads_group(row)):
        line = {column.path[-1]: block.cell(row, column) for column in block.value_columns}
        if row.optional and not any(map(is_filled, line.values())):
            continue
        for depth, part in enumerate(row.path[:-1]):
            if row.path[: depth + 1] not in named:
                named.add(row.path[: depth + 1])
                rows.append((_INDENT * depth + part, {}))
        named.add(row.path)
        rows.append((_INDENT * (len(row.path) - 1) + row.path[-1].split("（区分")[0], line))
    return rows


def _by_path(block: FormBlock) -> Lines:
    """A table with a single row (table 4): what its columns have in common becomes the rows."""
    rows: dict[str, dict[str, Place]] = {}
    for column in block.columns:
        rows.setdefault(column.path[-2], {})[column.path[-1]] = block.cell(block.rows[0], column)
    return list(rows.items())


def _cell(cell: Mapping[str, Any], *, before: bool) -> str:
    now = number(cell["value"]) if cell["value"] is not None else _as_printed(cell)
    if before and cell["previous_value"] is not None:
        return words("form.with_before", now=now, before=number(cell["previous_value"]))
    return now


def _as_printed(cell: Mapping[str, Any]) -> str:
    """A cell without a number: nothing where it is blank, else what stands there."""
    return "" if cell["raw"] is None else str(cell["raw"])
