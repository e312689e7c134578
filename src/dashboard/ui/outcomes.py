"""How the year's requests ended, on a page: who asked and what came of it, year by year, and why not.

Three cards of 依申请公开.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.matrix import request_matrix
from dashboard.charts.requests import outcomes_by_year, reasons_heat
from dashboard.formats import number, years
from dashboard.rows import records
from dashboard.text import texts, words
from dashboard.ui.ask import current_codebook, frame
from dashboard.ui.page import View
from dashboard.ui.parts import card, chart, empty
from dashboard.ui.source import facts_of

_TOTAL = "total"


def w(key: str, **values: Any) -> str:  # noqa: ANN401 - what a text says of
    """A text of the page of requests."""
    return words(f"page.requests.{key}", **values)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the cards draw on: the form's cells, outcomes by year, and the totals completed by year."""

    view: View
    form: pd.DataFrame
    cells: pd.DataFrame
    closed: Mapping[int, float]


def matrix_card(told: Outcomes, nothing_asked: str | None) -> None:
    """Applicant type by outcome for the year; `nothing_asked` says so where it is known."""
    year, form = told.view.year, told.form
    if not form.empty and not form["group"].notna().any():
        key = "matrix_ungrouped" if form["fact_id"].notna().any() else "matrix_sheetless"
        with card(w(f"{key}_title", year=year)):
            empty(w(key, year=year))
        return
    cells = _of_year(told.cells, year).assign(
        outcome_label=lambda rows: rows["outcome"].map(texts("outcome"))
    )
    cells.loc[cells["group"] == _TOTAL, "group_label"] = words("outcome.total")
    sums = cells[(cells["group"] == _TOTAL) & cells["value"].notna()]
    if sums.empty:
        with card(w("matrix_none" if nothing_asked else "matrix_unknown", year=year)):
            empty(nothing_asked or w("matrix_empty", year=year))
        return
    with card(_matrix_title(told, sums), w("matrix_caption", year=year)):
        if sums["value"].sum() == 0:
            empty(w("matrix_zero", year=year))
        else:
            shown = cells[cells["value"].notna() | (cells["group"] == _TOTAL)]
            chart(
                request_matrix(pd.concat([cells, _group_totals(form, cells)], ignore_index=True)),
                w("summary_matrix", year=year, listed=_outcome_words(sums)),
                w("matrix_source", year=year),
                _outcome_table(shown),
                [list(map(int, facts)) for facts in shown["fact_ids"]],
                "matrix",
            )
            if notes := _matrix_notes(cells):
                st.caption(notes)


def _matrix_notes(cells: pd.DataFrame) -> str:
    """What 空白 in the matrix means and that some applicants are left out, where that is so."""
    listed = cells.groupby("group")["value"].transform("count") > 0
    notes = [w("matrix_blank")] if (cells[listed]["status"] == "blank").any() else []
    return "".join([*notes, *([] if listed.all() else [w("matrix_unlisted")])])


def _of_year(cells: pd.DataFrame, year: int) -> pd.DataFrame:
    return cells[cells["year"] == year]


def _matrix_title(told: Outcomes, sums: pd.DataFrame) -> str:
    """The year's total and its most frequent outcome, or its only one."""
    most = max(records(sums), key=lambda row: row["value"])
    only = (sums["value"] > 0).sum() <= 1
    return w(
        "matrix_one" if only else "matrix_title",
        year=told.view.year,
        total=number(told.closed.get(told.view.year, sums["value"].sum())),
        outcome=most["outcome_label"],
        count=number(most["value"]),
    )


def _group_totals(form: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The printed total of each applicant group, or the sum of its rows, as cells of the matrix's last column."""
    totals = form[form["indicator"] == "req.outcome.total"]
    printed = totals.assign(value=totals["value"].fillna(totals["derived_value"]))
    named = cells.drop_duplicates("group").set_index("group")
    return pd.DataFrame(
        {
            "group": row["group"],
            "group_label": named.loc[row["group"], "group_label"],
            "group_order": named.loc[row["group"], "group_order"],
            "outcome": _TOTAL,
            "outcome_label": words("outcome.total"),
            "outcome_order": 9,
            "value": row["value"],
            "status": row["status"] or "not_entered",
        }
        for row in records(printed)
    )


def _outcome_words(sums: pd.DataFrame) -> str:
    """予以公开 12 件，部分公开 4 件, for a screen reader."""
    return "，".join(f"{row['outcome_label']} {number(row['value'])} 件" for row in records(sums))


def _outcome_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Outcome cells as a table of words and numbers."""
    return pd.DataFrame(
        {
            w("column_year"): rows["year"],
            w("column_group"): rows["group_label"],
            w("column_outcome"): rows["outcome"].map(texts("outcome")),
            w("column_value"): rows["value"],
            w("column_status"): rows["status"].map(texts("status")),
        }
    )


def years_card(told: Outcomes) -> None:
    """Outcomes of every year as stacked counts."""
    view, cells = told.view, told.cells
    rows = cells[cells["group"] == _TOTAL].assign(
        outcome_label=lambda found: found["outcome"].map(texts("outcome")),
        reason_label=lambda found: found["status"].map(texts("status")),
    )
    sums = rows[rows["value"].notna()].groupby("year")["value"].sum()
    missing = [year for year in view.years if year not in view.report_years]
    untold = [year for year in view.years if year in view.report_years and year not in sums.index]
    title = w("years_title_none")
    if len(sums):
        key = "years_title" if len(sums) > 1 else "years_title_one"
        last = sums.index[-1]
        title = w(key, count=len(sums), year=last, total=number(told.closed.get(last, sums.iloc[-1])))
    notes = [w("years_missing", years=years(missing))] if missing else []
    notes += [w("years_untold", years=years(untold))] if untold else []
    with card(title, w("years_caption", missing="；".join(notes) or w("years_complete"))):
        listed = "，".join(f"{year} 年 {number(value)} 件" for year, value in sums.items())
        chart(
            outcomes_by_year(pd.concat([rows, _printed_totals(told, sums.index)], ignore_index=True)),
            w("summary_years", listed=listed or words("missing.no_report")),
            w("years_source"),
            _outcome_table(rows),
            [list(map(int, facts)) for facts in rows["fact_ids"]],
            "years",
        )


def _printed_totals(told: Outcomes, shown: Iterable[int]) -> pd.DataFrame:
    """The totals of these years as rows of a chart of outcomes, where they are known."""
    label, place = words("outcome.total"), 9
    rows = [
        {
            "year": year,
            "outcome": _TOTAL,
            "outcome_label": label,
            "outcome_order": place,
            "value": told.closed[year],
        }
        for year in shown
        if year in told.closed
    ]
    return pd.DataFrame(rows).assign(status="reported")


def reasons_card(told: Outcomes) -> None:
    """Reasons for what was not disclosed, by year."""
    families, view = texts("page.requests.families"), told.view
    with st.container(border=True, height="stretch"):
        chosen = st.segmented_control(
            w("reasons_pick"),
            list(families),
            format_func=families.__getitem__,
            default="denied",
            required=True,
        )
        family = families[chosen or "denied"]
        rows = _reasons(told, chosen or "denied")
        st.subheader(_reasons_title(rows, family), anchor=False)
        st.caption(w("reasons_caption", family=family))
        if rows["value"].isna().all():
            empty(w("reasons_empty", family=family))
            return
        chart(
            reasons_heat(rows),
            w("summary_reasons", family=family, first=view.first_year, last=view.year),
            w("years_source"),
            pd.DataFrame(
                {
                    w("column_year"): rows["year"],
                    w("column_reason"): rows["reason_label"],
                    w("column_value"): rows["value"],
                    w("column_status"): rows["status"].map(texts("status")),
                }
            ),
            [facts_of([row]) for row in records(rows)],
            "reasons",
        )


def _reasons(told: Outcomes, family: str) -> pd.DataFrame:
    """The reasons that the year's form asks for, and those with a number in a year shown, over the years."""
    view = told.view
    codes = tuple(current_codebook().matching(f"req.outcome.{family}.*"))
    rows = frame(
        "trend", agency=view.agency, indicators=codes, first_year=view.first_year, last_year=view.year
    )
    wanted = set(told.form["indicator"]) | set(rows[rows["fact_id"].notna()]["indicator"])
    rows = rows[rows["indicator"].isin(wanted)]
    return rows.assign(
        reason_label=rows["name_zh"].str.replace(r"^\d+\.", "", regex=True),
        reason_order=rows["indicator"].map({code: place for place, code in enumerate(codes)}),
    )


def _reasons_title(rows: pd.DataFrame, family: str) -> str:
    """How many cases in all; none only where every reason that is asked for says 0."""
    if rows["value"].isna().all():
        return w("reasons_title_none", family=family)
    if total := rows["value"].sum():
        return w("reasons_title", family=family, total=number(total))
    open_cells = rows["value"].isna() & ~rows["status"].isin(["not_asked", "no_report"])
    return w("reasons_title_zero_told" if open_cells.any() else "reasons_title_zero", family=family)
