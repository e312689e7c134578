"""What has become of figures, on a page: corrections beside what was published, and changes since the last build."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.formats import NO_NUMBER, number
from dashboard.rows import records
from dashboard.text import texts, words
from dashboard.ui.ask import ask_changes, frame
from dashboard.ui.page import View
from dashboard.ui.parts import card, empty, listed

Row = dict[str, Any]


def _said(key: str, **values: Any) -> str:  # noqa: ANN401 - what a text says of
    return words(f"page.quality.{key}", **values)


def corrections_card(view: View) -> None:
    """Every correction of the agency: what was published, what it is corrected to, why, by whom and when."""
    rows = records(frame("corrections", agency=view.agency))
    if not rows:
        return
    with card(_said("corrections_title", count=len(rows)), _said("corrections_caption")):
        table = pd.DataFrame(
            {
                _said("column_year"): [row["year"] for row in rows],
                _said("column_cell"): [_cell(row) for row in rows],
                _said("column_was"): [_number(row["was"]) for row in rows],
                _said("column_now"): [_number(row["value"]) for row in rows],
                _said("column_reason"): [row["reason"] for row in rows],
                _said("column_by"): [f"{row['by']} {row['on']}" for row in rows],
            }
        )
        listed(table, [[int(row["fact_id"])] for row in rows], "corrections")


def changes_card(view: View) -> None:
    """What is otherwise than in the database before; asked for only when the fold is opened."""
    with card(_said("changes_title"), _said("changes_caption")):
        opened = st.expander(_said("changes_open"), type="compact", key="changes", on_change="rerun")
        with opened:
            if opened.open:
                _changes(ask_changes(view.agency))


def _changes(rows: list[Row]) -> None:
    if not rows:
        empty(texts("changes")["none"])
        return
    kinds = texts("changes")
    table = pd.DataFrame(
        {
            _said("column_year"): [row["year"] for row in rows],
            _said("column_change"): [kinds[row["change"]] for row in rows],
            _said("column_cell"): [_cell(row) if row["indicator"] else row["message"] for row in rows],
            _said("column_was"): [_told(row["was"], row["was_status"]) for row in rows],
            _said("column_now"): [_told(row["value"], row["status"]) for row in rows],
        }
    )
    facts = [[] if row["fact_id"] is None else [int(row["fact_id"])] for row in rows]
    listed(table, facts, "changes")


def _cell(row: Row) -> str:
    """A figure by its indicator, applicants and account."""
    named = (row["name_zh"], row.get("group_label"), row["item"])
    return " · ".join(str(part) for part in named if part)


def _told(value: float | None, status: str | None) -> str:
    if value is not None:
        return number(value)
    return texts("status").get(status, NO_NUMBER) if status else ""


def _number(value: float | None) -> str:
    return texts("status")["blank"] if value is None else number(value)
