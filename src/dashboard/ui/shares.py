"""Shares of outcomes over the years, on a page: four groups that compare from the form of 2014 on.

Counts do not compare between the forms; shares do (metrics: time comparison). A year with fewer than ten completed
requests has counts only, and is no point of a line.
"""

from typing import Any

import pandas as pd

from dashboard.charts.lines import series_lines
from dashboard.formats import NO_NUMBER, years
from dashboard.rows import ids, records
from dashboard.text import words
from dashboard.ui.ask import frame
from dashboard.ui.page import View
from dashboard.ui.parts import card, chart
from dashboard.ui.rates import note

Row = dict[str, Any]
#: A line needs two points.
_FEWEST_YEARS = 2


def _said(key: str, **values: Any) -> str:  # noqa: ANN401 - what a text says of
    return words(f"page.requests.{key}", **values)


def shares_card(view: View) -> None:
    """The four groups as shares of the requests completed; nothing where fewer than two years have ten."""
    found = frame("harmonised_outcomes", agency=view.agency, first_year=view.first_year, last_year=view.year)
    shown = found[found["is_shown"] & found["share"].notna()]
    told = sorted({int(year) for year in shown["year"]})
    if len(told) < _FEWEST_YEARS:
        return
    last = [row for row in records(shown) if row["year"] == told[-1]]
    listed = "，".join(f"{row['group_label']} {row['share']:.1f}%" for row in last)
    with card(_said("shares_title", year=told[-1], listed=listed), _said("shares_caption")):
        chart(
            series_lines(_points(found)),
            _said("shares_alt", years=years(told), listed=listed),
            _said("years_source"),
            _table(records(found)),
            [list(ids(row["fact_ids"])) for row in records(found)],
            "shares",
        )


def _points(found: pd.DataFrame) -> pd.DataFrame:
    """The rows as points of lines: a share that is not shown is no point."""
    order = {group: place for place, group in enumerate(dict.fromkeys(found["group"]))}
    return found.assign(
        series=found["group_label"],
        series_order=found["group"].map(order),
        value=found["share"].where(found["is_shown"]).round(1),
        reason_label=[note(row) for row in records(found)],
    )


def _table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _said("column_year"): [row["year"] for row in rows],
            _said("column_outcome"): [row["group_label"] for row in rows],
            _said("column_share"): [f"{row['share']:.1f}%" if row["is_shown"] else NO_NUMBER for row in rows],
            _said("column_value"): [row["value"] for row in rows],
            _said("column_whole"): [row["n"] for row in rows],
            _said("column_status"): [note(row) for row in rows],
        }
    )
