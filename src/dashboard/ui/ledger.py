"""Ledgers on a page: what one report hands on to the next, and whether the two agree.

A breach shows both reports: its row opens the cells of both years. What cannot be tested says why.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.formats import number, quantity
from dashboard.rows import ids, records
from dashboard.text import texts, words
from dashboard.ui.ask import current_codebook, frame
from dashboard.ui.page import View
from dashboard.ui.parts import card, plain_table, twin
from dashboard.ui.source import source_button

Row = dict[str, Any]
_TOTAL = "total"
_COUNTS = ("carried_in", "new", "completed", "carried_out")
_STOCK_COUNTS = ("opening", "added", "removed", "expected", "told")


def _said(key: str, **values: Any) -> str:  # noqa: ANN401 - what a text says of
    return words(f"ledger.{key}", **values)


def requests_ledger(view: View) -> None:
    """Requests carried in, new, completed and carried out by year; the applicant groups that break the chain below."""
    found = frame("ledger", agency=view.agency, first_year=view.first_year, last_year=view.year)
    rows = [row for row in records(found) if row["group"] == _TOTAL]
    breaches = [row for row in records(found) if row["group"] != _TOTAL and row["verdict"] == "differs"]
    with card(_title(rows), _said("caption")):
        plain_table(_request_table(rows).drop(columns=_said("group")), [_said(name) for name in _COUNTS])
        notes = [note for row in rows if (note := _note(row))]
        if notes:
            st.caption("；".join(notes) + "。")
        if breaches:
            st.markdown(f":small[{_said('groups', listed='；'.join(map(_group_words, breaches)))}]")
        st.caption(words("source.line", source=_said("source")))
        every = [*rows, *breaches]
        twin(_request_table(every), _facts(every), "ledger")


def _title(rows: Sequence[Row]) -> str:
    off = [row for row in rows if row["verdict"] == "differs"]
    if off:
        count = quantity(abs(off[-1]["difference"]), "件")
        return _said("title_off", year=off[-1]["year"], count=count)
    return _said("title_ok" if any(row["verdict"] == "matches" for row in rows) else "title_open")


def _request_table(rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _said("year"): [str(row["year"]) for row in rows],
            _said("group"): [
                words("outcome.total") if row["group"] == _TOTAL else row["group_label"] for row in rows
            ],
        }
        | {_said(name): [row[name] for row in rows] for name in _COUNTS}
        | {_said("check"): [_verdict(row, "件") for row in rows]}
    )


def _verdict(row: Row, unit: str) -> str:
    if row["verdict"] == "differs":
        return _said("off", count=quantity(abs(row["difference"]), unit))
    if row["verdict"] == "matches":
        return _said("ok")
    return _said("open", year=row["reason_year"], reason=texts("ledger.reason")[row["reason"]])


def _note(row: Row) -> str:
    """What has to be said of a year: a total that was blank, or told in words."""
    if row["completed_status"] == "derived":
        return _said("derived", year=row["year"], value=number(row["completed"]))
    return _said("in_words", year=row["year"]) if row["new_status"] == "nil" else ""


def _group_words(row: Row) -> str:
    values = {
        "year": row["year"],
        "group": row["group_label"],
        "count": quantity(abs(row["difference"]), "件"),
    }
    return _said("group_off", **values)


def _facts(rows: Sequence[Row]) -> list[list[int]]:
    return [list(ids(row["fact_ids"])) for row in rows]


def stocks_ledger(view: View, stocks: Sequence[str]) -> bool:
    """Stocks (documents in force, items, pending cases) against the year before; False where no two years meet."""
    found = frame("stock_ledger", agency=view.agency, first_year=view.first_year, last_year=view.year)
    rows = [
        row
        for row in records(found)
        if row["stock"].startswith(tuple(stocks)) and row["verdict"] != "unknown"
    ]
    if not rows:
        return False
    off = sum(row["verdict"] == "differs" for row in rows)
    with card(_said("stocks_off" if off else "stocks_ok", count=off or len(rows)), _said("stocks_caption")):
        for place, row in enumerate(row for row in rows if row["verdict"] == "differs"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(_stock_line(row), width="stretch")
                source_button(ids(row["fact_ids"]), f"stock-{place}")
        twin(_stock_table(rows), _facts(rows), "stocks")
    return True


def _stock_line(row: Row) -> str:
    """2023 年现行有效行政规范性文件：上年 15 件，增 1、减 0，应为 16 件，所填 18 件，差 2 件。"""
    indicator = current_codebook().indicators[row["stock"]]
    named = {name: number(row[name] or 0) for name in ("opening", "added", "removed", "expected", "told")}
    off = quantity(abs(row["difference"]), indicator.unit_zh)
    key = "stock_line" if row["removed"] is not None else "stock_line_added"
    return _said(key, year=row["year"], name=indicator.said_zh, unit=indicator.unit_zh, off=off, **named)


def _stock_table(rows: Sequence[Row]) -> pd.DataFrame:
    indicators = current_codebook().indicators
    return pd.DataFrame(
        {
            _said("year"): [str(row["year"]) for row in rows],
            _said("stock"): [indicators[row["stock"]].said_zh for row in rows],
        }
        | {_said(name): [row[name] for row in rows] for name in _STOCK_COUNTS}
        | {_said("check"): [_verdict(row, indicators[row["stock"]].unit_zh) for row in rows]}
    )
