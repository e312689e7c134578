"""依申请公开: what was asked and how did it end? Flow, outcomes, reasons, ledger, reviews, the form."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.codebook import FormTable
from dashboard.formats import number, percent, quantity
from dashboard.text import texts, words
from dashboard.ui.flow import flow_card
from dashboard.ui.form import cells_of, form_grid, has_year_before
from dashboard.ui.ledger import requests_ledger, stocks_ledger
from dashboard.ui.outcomes import Outcomes, matrix_card, reasons_card, years_card
from dashboard.ui.rates import metrics_of, rates_table
from dashboard.ui.shares import shares_card

#: Small counts are things, not rates: below FEW no rate, below SMALL a note beside it.
FEW, SMALL = 10, 30
CASE_TOTALS = ("review.total", "lit.direct.total", "lit.after_review.total")
#: The rates that stand open; the others are behind the fold.
RATES = (
    "completion",
    "carry_over",
    "disclosure",
    "disclosure_of_decisions",
    "denied",
    "unable",
    "not_processed",
    "on_time",
    "natural_persons",
    "review_corrected",
    "review_upheld",
    "suits_corrected",
)
CASES = ("review.", "lit.")
LEDGER = ("req.carried_in", "req.new", "req.outcome.total", "req.carried_out")


def w(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.requests.{key}", **values)


def known(value: Any) -> bool:  # noqa: ANN401 - a cell of a DataFrame
    """Whether a cell holds a number."""
    return value is not None and not pd.isna(value)


def answer(figures: Mapping[str, Mapping[str, Any]], disclosed: float | None) -> str:
    """The year's requests in a sentence: how many, how many done, how many disclosed."""
    new, done = figures["req.new"], figures["req.outcome.total"]
    if not known(new["value"]):
        return w("unknown", year=view.year)
    if new["value"] == 0:
        return w("none_said" if new["status"] == "nil" else "none_printed", year=view.year)
    completed = done["value"] if known(done["value"]) else None
    said = {"done": w("done", done=quantity(completed, "件")) if completed is not None else ""}
    said["disclosed"] = w("disclosed", count=quantity(disclosed, "件")) if disclosed is not None else ""
    said["guard"] = w("few") if (completed or 0) < FEW else ""
    if completed and disclosed is not None and completed >= FEW:
        said["guard"] = w("rate", rate=percent(disclosed, completed))
    return w("some", year=view.year, new=quantity(new["value"], "件"), **said)


def disclosed_tile(done: Mapping[str, Any], count: float | None, facts: list[int]) -> None:
    """公开率 where there are enough cases, else the plain count."""
    completed = done["value"] if known(done["value"]) else None
    if completed is None or count is None or completed < FEW:
        badge = w("few_badge") if count is not None else texts("missing")[untold["status"].iloc[0]]
        ui.plain_tile(w("tile_disclosed"), quantity(count, "件"), f":gray-badge[{badge}]", facts, "disclosed")
        return
    label = w("tile_rate", count=number(count), total=number(completed))
    note = f":gray-badge[{w('small_badge')}]" if completed < SMALL else f":small[{w('rate_badge')}]"
    ui.plain_tile(label, percent(count, completed), note, facts, "disclosed")


def rates_card() -> None:
    """Rates of requests, reviews and lawsuits, each with its counts and the name of its denominator."""
    with ui.card(w("rates_title", year=view.year), w("rates_caption")):
        rates_table(metrics_of(view, "requests", "review"), RATES, "requests")


def form_tables() -> dict[str, FormTable]:
    """The tables of the form that the year's report is on, by their ids."""
    return {table.id: table for table in ui.current_codebook().editions[view.report["edition"]].tables}


def sheet_card(table: FormTable) -> None:
    """A table of another form than today's, as it stands."""
    with ui.card(w("sheet_title", year=view.year, name=table.name_zh), w("sheet_caption", year=view.year)):
        if not form_grid(form, table, f"table-{table.id}"):
            held = "full" if view.report["is_complete"] else "excerpt"
            ui.empty(w(f"sheet_empty_{held}", year=view.year, name=table.name_zh))


def review_card() -> None:
    """Table 4 as it stands: reviews and lawsuits by result."""
    cells = cells_of(form)
    totals = [cells[code, None]["value"] for code in CASE_TOTALS]
    title = w("review_title_open", year=view.year)
    if all(known(value) for value in totals):
        title = w("review_title", review=quantity(totals[0], "件"), suits=quantity(sum(totals[1:]), "件"))
        title = title if any(totals) else w("review_title_none", year=view.year)
    with ui.card(title, w("review_caption", year=view.year)):
        if not form_grid(form, form_tables()["4"], "table-4"):
            ui.empty(w("review_empty", year=view.year))


def form_card() -> None:
    """Table 3 itself, the year before in brackets."""
    before = has_year_before(form, "req.new")
    title = w("form_title_both" if before else "form_title", year=view.year, before=view.year - 1)
    note_before = w("form_before_present" if before else "form_before_missing", before=view.year - 1)
    with ui.card(title, w("form_caption", year=view.year, before_note=note_before)):
        if not form_grid(form, form_tables()["3"], "table-3"):
            ui.empty(w("form_empty", year=view.year))


with ui.page("requests") as view:
    if view.report is None:
        ui.heading(w("question"), w("no_report", year=view.year), view)
        st.stop()
    ledger = ui.frame(
        "trend", agency=view.agency, indicators=LEDGER, first_year=view.first_year - 1, last_year=view.year
    )
    outcomes = ui.frame("outcomes", agency=view.agency, first_year=view.first_year, last_year=view.year)
    form = ui.frame("form_cells", agency=view.agency, year=view.year)
    totals = ledger[(ledger["indicator"] == "req.outcome.total") & ledger["value"].notna()]
    closed = dict(zip(totals["year"], totals["value"], strict=True))
    figures = {row["indicator"]: row for row in ui.records(ledger[ledger["year"] == view.year])}
    given = outcomes[
        (outcomes["year"] == view.year)
        & (outcomes["group"] == "total")
        & outcomes["outcome"].isin(["granted", "partial"])
    ]
    untold = given[given["value"].isna()]
    # A blank beside a number adds nothing; what was not read or is not in the report may be any number.
    is_told = len(untold) < len(given) and (untold["status"] == "blank").all()
    disclosed = float(given["value"].sum()) if is_told else None
    disclosed_facts = [int(fact) for facts in given["fact_ids"] for fact in facts]

    ui.heading(w("question"), answer(figures, disclosed), view)
    with st.grid(4, min_column_width=150, gap="xsmall"):
        for label, code in (("tile_new", "req.new"), ("tile_done", "req.outcome.total")):
            ui.tile(w(label), ledger[ledger["indicator"] == code], code)
        disclosed_tile(figures["req.outcome.total"], disclosed, disclosed_facts)
        ui.tile(w("tile_out"), ledger[ledger["indicator"] == "req.carried_out"], "req.carried_out")
    told = Outcomes(view, form, outcomes, closed)
    left, right = st.columns(2, gap="xsmall")
    with left:
        matrix_card(told, answer(figures, None) if figures["req.new"]["value"] == 0 else None)
    with right:
        years_card(told)
    flow_card(view)
    requests_ledger(view)
    shares_card(view)
    rates_card()
    reasons_card(told)
    if form.empty:
        ui.empty(w("form_none", year=view.year))
    elif "4" in form_tables():
        review_card()
        stocks_ledger(view, CASES)
        form_card()
    else:
        for sheet in form_tables().values():
            sheet_card(sheet)
