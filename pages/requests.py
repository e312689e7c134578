"""依申请公开: what was asked and how did it end? Flow, outcomes, reasons, ledger, reviews, the form."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.matrix import request_matrix
from dashboard.charts.requests import outcomes_by_year, reasons_heat
from dashboard.codebook import FormTable
from dashboard.formats import number, percent, quantity, years
from dashboard.text import texts, words
from dashboard.ui.form import cells_of, form_grid, has_year_before

#: Small counts are things, not rates: below FEW no rate, below SMALL a note beside it.
FEW, SMALL = 10, 30
CASE_TOTALS = ("review.total", "lit.direct.total", "lit.after_review.total")
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
        badge = w("few_badge") if count is not None else texts("missing")[given["status"].iloc[0]]
        ui.plain_tile(w("tile_disclosed"), quantity(count, "件"), f":gray-badge[{badge}]", facts, "disclosed")
        return
    label = w("tile_rate", count=number(count), total=number(completed))
    badge = w("small_badge") if completed < SMALL else w("rate_badge")
    ui.plain_tile(label, percent(count, completed), f":gray-badge[{badge}]", facts, "disclosed")


def matrix_card() -> None:
    """Applicant type by outcome for the year: the form's own shape."""
    if not form.empty and not form["group"].notna().any():
        key = "matrix_ungrouped" if form["fact_id"].notna().any() else "matrix_sheetless"
        with ui.card(w(f"{key}_title", year=view.year)):
            ui.empty(w(key, year=view.year))
        return
    cells = outcomes[outcomes["year"] == view.year].assign(
        outcome_label=lambda rows: rows["outcome"].map(texts("outcome"))
    )
    cells.loc[cells["group"] == "total", "group_label"] = words("outcome.total")
    sums = cells[(cells["group"] == "total") & cells["value"].notna()]
    if sums.empty:
        matrix_without_numbers()
        return
    with ui.card(matrix_title(sums), w("matrix_caption", year=view.year)):
        if sums["value"].sum() == 0:
            ui.empty(w("matrix_zero", year=view.year))
            return
        told = cells[cells["value"].notna() | (cells["group"] == "total")]
        ui.chart(
            request_matrix(pd.concat([cells, group_totals(cells)], ignore_index=True)),
            w("summary_matrix", year=view.year, listed=outcome_words(sums)),
            w("matrix_source", year=view.year),
            outcome_table(told),
            [list(map(int, facts)) for facts in told["fact_ids"]],
            "matrix",
        )
        st.caption(w("matrix_blank"))


def matrix_without_numbers() -> None:
    """What stands in the matrix's place where no outcome has a number: nothing was asked, or it is not known."""
    title, message = w("matrix_unknown", year=view.year), w("matrix_empty", year=view.year)
    if figures["req.new"]["value"] == 0:
        title, message = w("matrix_none", year=view.year), answer(figures, None)
    with ui.card(title):
        ui.empty(message)
        ui.source_button(ui.facts_of([figures["req.new"]]), "matrix-none")


def matrix_title(sums: pd.DataFrame) -> str:
    """The year's total and its most frequent outcome, or its only one."""
    most = sums.loc[sums["value"].idxmax()]
    only = (sums["value"] > 0).sum() <= 1
    return w(
        "matrix_one" if only else "matrix_title",
        year=view.year,
        total=number(closed.get(view.year, sums["value"].sum())),
        outcome=most["outcome_label"],
        count=number(most["value"]),
    )


def group_totals(cells: pd.DataFrame) -> pd.DataFrame:
    """The printed total of each applicant group, or the sum of its rows, as cells of the matrix's last column."""
    totals = form[form["indicator"] == "req.outcome.total"]
    printed = totals.assign(value=totals["value"].fillna(totals["derived_value"]))
    named = cells.drop_duplicates("group").set_index("group")
    return pd.DataFrame(
        {
            "group": row["group"],
            "group_label": named.loc[row["group"], "group_label"],
            "group_order": named.loc[row["group"], "group_order"],
            "outcome": "total",
            "outcome_label": words("outcome.total"),
            "outcome_order": 9,
            "value": row["value"],
            "status": row["status"] or "not_entered",
        }
        for row in ui.records(printed)
    )


def outcome_words(sums: pd.DataFrame) -> str:
    """予以公开 12 件，部分公开 4 件, for a screen reader."""
    return "，".join(f"{row['outcome_label']} {number(row['value'])} 件" for row in ui.records(sums))


def outcome_table(rows: pd.DataFrame) -> pd.DataFrame:
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


def printed_totals(told: Iterable[int]) -> pd.DataFrame:
    """The totals of these years as rows of a chart of outcomes, where they are known."""
    label, place = words("outcome.total"), 9
    rows = [
        {
            "year": year,
            "outcome": "total",
            "outcome_label": label,
            "outcome_order": place,
            "value": closed[year],
        }
        for year in told
        if year in closed
    ]
    return pd.DataFrame(rows).assign(status="reported")


def years_card() -> None:
    """Outcomes of every year as stacked counts."""
    rows = outcomes[outcomes["group"] == "total"].assign(
        outcome_label=lambda told: told["outcome"].map(texts("outcome")),
        reason_label=lambda told: told["status"].map(texts("status")),
    )
    told = rows[rows["value"].notna()]
    sums = told.groupby("year")["value"].sum()
    missing = [year for year in view.years if year not in view.report_years]
    untold = [year for year in view.years if year in view.report_years and year not in sums.index]
    title = w("years_title_none")
    if len(sums):
        key = "years_title" if len(sums) > 1 else "years_title_one"
        last = sums.index[-1]
        title = w(key, count=len(sums), year=last, total=number(closed.get(last, sums.iloc[-1])))
    notes = [w("years_missing", years=years(missing))] if missing else []
    notes += [w("years_untold", years=years(untold))] if untold else []
    note = "；".join(notes) or w("years_complete")
    with ui.card(title, w("years_caption", missing=note)):
        listed = "，".join(f"{year} 年 {number(value)} 件" for year, value in sums.items())
        ui.chart(
            outcomes_by_year(pd.concat([rows, printed_totals(sums.index)], ignore_index=True)),
            w("summary_years", listed=listed or words("missing.no_report")),
            w("years_source"),
            outcome_table(rows),
            [list(map(int, facts)) for facts in rows["fact_ids"]],
            "years",
        )


def asked_reasons(family: str) -> tuple[str, ...]:
    """The reasons that the year's form asks for, and those with a number in a year shown; none that only others ask."""
    codes = tuple(ui.current_codebook().matching(f"req.outcome.{family}.*"))
    rows = trend_of(codes)
    wanted = set(form["indicator"]) | set(rows[rows["fact_id"].notna()]["indicator"])
    return tuple(code for code in codes if code in wanted)


def reasons_title(rows: pd.DataFrame, family: str) -> str:
    """How many cases in all; none only where every reason that is asked for says 0."""
    if rows["value"].isna().all():
        return w("reasons_title_none", family=family)
    if total := rows["value"].sum():
        return w("reasons_title", family=family, total=number(total))
    open_cells = rows["value"].isna() & ~rows["status"].isin(["not_asked", "no_report"])
    return w("reasons_title_zero_told" if open_cells.any() else "reasons_title_zero", family=family)


def reasons_card() -> None:
    """Reasons for what was not disclosed, by year."""
    families = texts("page.requests.families")
    with st.container(border=True, height="stretch"):
        chosen = st.segmented_control(
            w("reasons_pick"),
            list(families),
            format_func=families.__getitem__,
            default="denied",
            required=True,
        )
        family = families[chosen or "denied"]
        codes = asked_reasons(chosen or "denied")
        rows = trend_of(codes)
        rows = rows.assign(
            reason_label=rows["name_zh"].str.replace(r"^\d+\.", "", regex=True),
            reason_order=rows["indicator"].map({code: place for place, code in enumerate(codes)}),
        )
        st.subheader(reasons_title(rows, family), anchor=False)
        st.caption(w("reasons_caption", family=family))
        if rows["value"].isna().all():
            ui.empty(w("reasons_empty", family=family))
            return
        ui.chart(
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
            [ui.facts_of([row]) for row in ui.records(rows)],
            "reasons",
        )


def trend_of(codes: tuple[str, ...]) -> pd.DataFrame:
    """The trend of indicators over the years shown, in the total column."""
    return ui.frame(
        "trend", agency=view.agency, indicators=codes, first_year=view.first_year, last_year=view.year
    )


def check(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> tuple[str, float]:
    """This year's 上年结转 against last year's 结转下年度: a verdict in words, and by how much it is off."""
    opening = row["req.carried_in"]["value"]
    closing = before["req.carried_out"]["value"] if before else None
    if not known(opening) or not known(closing):
        missing = before is None or before["req.carried_out"]["status"] == "no_report"
        return w("check_first" if missing else "check_open"), 0
    off = abs(opening - closing)
    return (w("check_off", count=quantity(off, "件")) if off else w("check_ok")), off


def ledger_card() -> None:
    """Carried in, new, done, carried out; each year against the one before."""
    by_year = {
        year: {row["indicator"]: row for row in ui.records(ledger[ledger["year"] == year])}
        for year in sorted(ledger["year"].unique())
    }
    checks = {year: check(row, by_year.get(year - 1)) for year, row in by_year.items() if year in view.years}
    off = {year: count for year, (_, count) in checks.items() if count}
    sure = any(told == w("check_ok") for told, _ in checks.values())
    title = w("ledger_title_ok" if sure else "ledger_title_open")
    if off:
        title = w("ledger_title_off", year=max(off), count=quantity(off[max(off)], "件"))
    shown = {year: by_year[year] for year in checks}
    columns = ("column_in", "column_new", "column_done", "column_out")
    table = pd.DataFrame(
        {w("column_year"): [str(year) for year in shown]}
        | {
            w(name): [row[code]["value"] for row in shown.values()]
            for name, code in zip(columns, LEDGER, strict=True)
        }
        | {w("column_check"): [told for told, _ in checks.values()]}
    )
    notes = [w("note", year=year, note=told) for year, row in shown.items() if (told := note(row))]
    with ui.card(title, w("ledger_caption")):
        ui.plain_table(table, [w(name) for name in columns])
        if notes:
            st.caption("；".join(notes) + "。")
        st.caption(words("source.line", source=w("ledger_source")))
        ui.twin(table, [ui.facts_of(row.values()) for row in shown.values()], "ledger")


def note(row: Mapping[str, Mapping[str, Any]]) -> str:
    """What has to be said of a year in the ledger."""
    done, new = row["req.outcome.total"], row["req.new"]
    if new["status"] == "no_report":
        return words("missing.no_report")
    if done["status"] == "derived":
        return w("note_derived", value=number(done["value"]))
    return w("note_prose") if new["status"] == "nil" and new["source"] == "narrative" else ""


def form_tables() -> dict[str, FormTable]:
    """The tables of the form that the year's report is on, by their ids."""
    return {table.id: table for table in ui.current_codebook().editions[view.report["edition"]].tables}


def sheet_card(table: FormTable) -> None:
    """A table of another form than today's, as it stands."""
    with ui.card(w("sheet_title", year=view.year, name=table.name_zh), w("sheet_caption", year=view.year)):
        if not form_grid(form, table, f"table-{table.id}"):
            ui.empty(w("sheet_empty", year=view.year, name=table.name_zh))


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
    disclosed = None if given["value"].isna().all() else float(given["value"].sum())
    disclosed_facts = [int(fact) for facts in given["fact_ids"] for fact in facts]

    ui.heading(w("question"), answer(figures, disclosed), view)
    with st.grid(4, min_column_width=150, gap="xsmall"):
        for label, code in (("tile_new", "req.new"), ("tile_done", "req.outcome.total")):
            ui.tile(w(label), ledger[ledger["indicator"] == code], code)
        disclosed_tile(figures["req.outcome.total"], disclosed, disclosed_facts)
        ui.tile(w("tile_out"), ledger[ledger["indicator"] == "req.carried_out"], "req.carried_out")
    left, right = st.columns(2, gap="xsmall")
    with left:
        matrix_card()
    with right:
        years_card()
    ledger_card()
    reasons_card()
    if form.empty:
        ui.empty(w("form_none", year=view.year))
    elif "4" in form_tables():
        review_card()
        form_card()
    else:
        for sheet in form_tables().values():
            sheet_card(sheet)
