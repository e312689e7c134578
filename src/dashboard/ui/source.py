"""Where a number stands: the sentence or table row it was read from, with the number marked."""

import json
from collections.abc import Iterable
from html import escape
from typing import Any

import streamlit as st

from dashboard.formats import number
from dashboard.rows import ids, records
from dashboard.text import texts, words
from dashboard.ui.ask import current_codebook, frame

#: More places than this are not listed in one go: the table below the chart opens each by its row.
_MOST_SHOWN = 12


def source_button(facts: Iterable[int], key: str) -> None:
    """A small button that opens the sources of these facts; nothing where there are none."""
    wanted = list(dict.fromkeys(facts))
    if not wanted:
        return
    popover = st.popover(
        words("source.open"),
        type="tertiary",
        icon=":material/article:",
        on_change="rerun",
        key=f"source-{key}",
    )
    with popover:
        if popover.open:
            show_sources(wanted)


def show_sources(facts: Iterable[int]) -> None:
    """What was printed for each fact, and where."""
    wanted = list(dict.fromkeys(facts))
    rows = frame("evidence", fact_ids=tuple(wanted[:_MOST_SHOWN]))
    for row in records(rows):
        st.html(_transcript(row))
    if len(wanted) > _MOST_SHOWN:
        st.caption(words("source.more", count=len(wanted) - _MOST_SHOWN))


def facts_of(rows: Iterable[dict[str, Any]]) -> list[int]:
    """The facts that rows of a trend rest on: their own, and the parts of a derived total."""
    found: list[int] = []
    for row in rows:
        found += [*ids([row.get("fact_id")]), *ids(row.get("part_ids"))]
    return found


def _transcript(row: dict[str, Any]) -> str:
    """HTML of one source; every piece of the document is escaped."""
    locator = json.loads(row["locator"])
    unit = row["unit"] or row["unit_zh"] or ""
    said = texts("status").get(row["status"], "")
    value = said if row["value"] is None else f"{number(row['value'])} {unit}"
    named = " · ".join(part for part in (row["name_zh"], row["group_label"], row["item"]) if part)
    return (
        f"<p><strong>{escape(value)}</strong>　{escape(named)}</p>"
        f"<blockquote>{_marked(row, locator)}</blockquote>"
        f'<p style="overflow-wrap: anywhere"><small>{escape(_place(row, locator))}</small></p>'
    )


def _marked(row: dict[str, Any], locator: dict[str, Any]) -> str:
    if row["kind"] == "figures":
        note = locator.get("note")
        return (
            escape(note)
            if note
            else escape(words("source.figures_value", raw=row["raw"] or words("source.empty")))
        )
    quote = row["quote"]
    start = locator.get("start", 0) - locator.get("quote_start", locator.get("start", 0))
    end = start + locator.get("end", 0) - locator.get("start", 0)
    if row["source"] == "narrative" and 0 <= start < end <= len(quote):
        return f"{escape(quote[:start])}<mark>{escape(quote[start:end])}</mark>{escape(quote[end:])}"
    if row["source"] == "table":
        cells = quote.split(" | ")
        column = (locator.get("column") or 0) - 1
        return " │ ".join(
            f"<mark>{escape(cell) or words('status.blank')}</mark>" if place == column else escape(cell)
            for place, cell in enumerate(cells)
        )
    return escape(quote)


def _table_name(table: str) -> str:
    """A table by the number it has in the form; a sheet without one by its name."""
    sheets = (found for edition in current_codebook().editions.values() for found in edition.tables)
    named = {found.id: found.name_zh for found in sheets if not found.id.isdigit()}
    return words("source.sheet", name=named[table]) if table in named else words("source.table", table=table)


def _place(row: dict[str, Any], locator: dict[str, Any]) -> str:
    if row["kind"] == "figures":
        place = words("source.figures_place", file=row["file"], line=locator["line"])
    elif row["source"] == "table":
        place = words(
            "source.table_place",
            year=row["year"],
            table=_table_name(locator["table"]),
            row=locator.get("row_label") or "",
            column=locator.get("column_label") or "",
        )
    else:
        place = words(
            "source.prose_place",
            year=row["year"],
            section=locator.get("section") or words("source.opening"),
            start=locator["start"] + 1,
            end=locator["end"],
        )
    if locator.get("page"):
        place = f"{place}，{words('source.page', page=locator['page'])}"
    address = f" {row['address']}" if row["address"] else ""
    file = "" if row["kind"] == "figures" else f"；{row['file']}"
    return f"{place}{file}；{words('source.digest', digest=row['sha256'][:8])}{address}"
