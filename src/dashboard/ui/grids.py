"""Grids whose cells open their sources: names at the start of each row, narrow columns of numbers."""

from collections.abc import Mapping
from typing import Literal

import pandas as pd
import streamlit as st

from dashboard.ui.parts import chosen_in, sources_of

#: Pixels. A phone shows a column of numbers beside the names of the rows; a desktop of 1280 a form of seven columns.
CELL_WIDTH = 96
_NUMBER_WIDTH, _ROW_NAME_WIDTH, _PHONE_WIDTH, _DESKTOP_WIDTH = 46, 200, 320, 788
_WIDE_CHARACTER, _NARROW_CHARACTER, _CELL_PADDING, _LAST_NARROW = 14, 8, 17, "\u2000"
#: What a browser calls itself on a telephone.
_PHONE = "Mobi"


def form_table(table: pd.DataFrame, facts: Mapping[tuple[int, int], int], key: str) -> None:
    """The form's own grid: choose a cell to open its source. `facts` are by (row, column)."""
    place = grid(table, f"form-{key}")
    if place:
        sources_of([facts[place]] if place in facts else [])


def grid(
    table: pd.DataFrame, key: str, width: int = _NUMBER_WIDTH, align: Literal["left", "right"] = "right"
) -> tuple[int, int] | None:
    """A table with a name at the start of each row and columns of `width` pixels; gives the chosen (row, column).

    A column is wider where its heading or a number needs more room; the names have what is left to be whole.
    """
    first, *others = table.columns
    widths = {name: max(width, *map(_text_width, (name, *table[name]))) for name in others}
    columns = {
        name: st.column_config.TextColumn(alignment=align, width=pixels) for name, pixels in widths.items()
    }
    columns[first] = st.column_config.TextColumn(
        width=_name_width(table[first], sum(widths.values())), pinned=True
    )
    chosen = chosen_in(table, "single-cell", key, column_config=columns, height="content")
    return next(((row, list(table.columns).index(name)) for row, name in chosen.cells), None)


def _name_width(names: "pd.Series[str]", others: int) -> int:
    """The room for the names of rows beside columns of `others` pixels."""
    if _PHONE in (st.context.headers.get("User-Agent") or ""):
        return max(_ROW_NAME_WIDTH, _PHONE_WIDTH - others)
    return max(_ROW_NAME_WIDTH, min(max(map(_text_width, names)), _DESKTOP_WIDTH - others))


def _text_width(text: str) -> int:
    """The pixels that a cell needs to show its text whole, Chinese characters being the wider ones."""
    wide = sum(character > _LAST_NARROW for character in text)
    return wide * _WIDE_CHARACTER + (len(text) - wide) * _NARROW_CHARACTER + _CELL_PADDING
