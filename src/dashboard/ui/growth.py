"""Growth over the years shown: below a trend in a sentence a series, on the overview as a table.

The rate a year (queries.growth) always has its span; where it means nothing the reason stands in its place.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.formats import NO_NUMBER, number, quantity, years
from dashboard.rows import ids, records
from dashboard.text import words
from dashboard.ui.ask import frame
from dashboard.ui.page import View
from dashboard.ui.parts import twin

Row = Mapping[str, Any]


def growth_line(view: View, names: Mapping[tuple[str, str | None], str]) -> None:
    """Below a trend: how the series it shows grew a year, over which span, or why that is not told.

    `names` are the names of the series by indicator and item, in the order of the trend.
    """
    codes = tuple(dict.fromkeys(code for code, _ in names))
    told = {(row["indicator"], row["item"]): row for row in _growth(view, codes)}
    rows = [(name, told[key]) for key, name in names.items() if key in told]
    said = [_sentence(name, row) for name, row in rows if row["status"] == "ok"]
    reasons: dict[str, list[str]] = {}
    for name, row in rows:
        if row["status"] != "ok" and (reason := _reason(row)):
            reasons.setdefault(reason, []).append(name)
    said += [_said("without", names="、".join(named), reason=reason) for reason, named in reasons.items()]
    if said:
        st.caption("；".join(said))


def growth_table(view: View, labels: Mapping[str, str], key: str) -> None:
    """Behind a fold: the indicators by their labels, from the first to the last year that compare."""
    rows = [row for row in _growth(view, tuple(labels)) if row["status"] != "no_figures"]
    if not rows:
        return
    table = pd.DataFrame(
        {
            _said("column_name"): [labels[row["indicator"]] for row in rows],
            _said("column_span"): [_span(row) for row in rows],
            _said("column_start"): [quantity(row["start_value"], row["unit_zh"]) for row in rows],
            _said("column_end"): [quantity(row["end_value"], row["unit_zh"]) for row in rows],
            _said("column_rate"): [_rate(row) if row["status"] == "ok" else NO_NUMBER for row in rows],
            _said("column_note"): ["，".join(_notes(row)) for row in rows],
        }
    )
    twin(table, [list(ids(row["fact_ids"])) for row in rows], key, "growth.open")


def _growth(view: View, codes: Sequence[str]) -> list[dict[str, Any]]:
    span = {"first_year": view.first_year, "last_year": view.year}
    return records(frame("growth", agencies=(view.agency,), indicators=tuple(codes), **span))


def _said(key: str, **values: object) -> str:
    return words(f"growth.{key}", "zh", **values)


def _sentence(name: str, row: Row) -> str:
    """政务动态 2020–2024 年（4 年）由 15 条到 50 条，年均增长 35.1%，其间 2021、2022 年没有数字."""
    course = _said(
        "course",
        name=name,
        span=_span(row),
        start=quantity(row["start_value"], row["unit_zh"]),
        end=quantity(row["end_value"], row["unit_zh"]),
    )
    return "，".join((course, _rate(row), *_notes(row)))


def _span(row: Row) -> str:
    """2020–2024 年（4 年）, or the one year."""
    first, last = row["start_year"], row["end_year"]
    return (
        _said("span", first=first, last=last, span=row["span"]) if row["span"] else _said("year", year=last)
    )


def _rate(row: Row) -> str:
    rounded = round(row["cagr"], 1)
    key = "flat" if not rounded else "up" if rounded > 0 else "down"
    return _said(key, percent=number(abs(rounded)))


def _reason(row: Row) -> str:
    """Why there is no rate; "" for a single figure that no break cuts off: the chart tells that itself."""
    if row["status"] == "one_figure" and not len(row["earlier_years"]):
        return ""
    since = _said("since_break") if len(row["earlier_years"]) else ""
    return "" if row["status"] == "no_figures" else since + _said(row["status"])


def _notes(row: Row) -> list[str]:
    """Why there is no rate, and what the years shown have that is not in it."""
    notes = [] if row["status"] == "ok" else [_said(row["status"])]
    left_out = {"earlier": row["earlier_years"], "missing": row["missing_years"]}
    return notes + [_said(key, years=years(list(told))) for key, told in left_out.items() if len(told)]
