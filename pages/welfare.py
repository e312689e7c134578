"""福利救助公开: what was published for people in need? By category, by month and year, 财政 apart."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import ui
from dashboard.charts.channels import SMALLEST_BASE
from dashboard.charts.lines import series_lines
from dashboard.charts.welfare import categories_by_year, category_months, share_bar
from dashboard.formats import NO_NUMBER, percent, quantity, years
from dashboard.text import texts, words

Row = dict[str, Any]
TOTALS = ("welfare", "welfare.only", "finance.budget")
UNIT = "条"
MOST_NAMED = 3


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.welfare.{key}", **values)


def trend(codes: tuple[str, ...]) -> pd.DataFrame:
    """These indicators from the first report or the first year shown to the chosen year."""
    first = min(view.first_year, *view.report_years)
    return ui.frame("trend", agency=view.agency, indicators=codes, first_year=first, last_year=view.year)


def figures(year: int) -> list[float | None]:
    """The total as printed, the part that is welfare, and 财政; None for what is not told."""
    numbers = totals[(totals["year"] == year) & totals["value"].notna()]
    told = dict(zip(numbers["indicator"], numbers["value"], strict=True))
    return [told.get(code) for code in TOTALS]


def holds_finance(year: int) -> bool:
    """Whether the printed total includes 财政: total − 财政 = welfare alone."""
    total, only, fiscal = figures(year)
    return bool(total and only and fiscal) and total - fiscal == only


def category_rows() -> pd.DataFrame:
    """Categories told in any year, in the codebook's order, as charts want them.

    Where a category stands elsewhere that year, reason_label says so: 低保低边 split up, or put together.
    """
    indicators = ui.current_codebook().indicators
    wholes = {code: indicators[code].parent for code in indicators if indicators[code].additive == "yes"}
    wholes = {code: whole for code, whole in wholes.items() if str(whole).split(".")[0] == "welfare"}
    rows = trend(tuple(wholes))
    told = rows[rows["fact_id"].notna()]
    has = set(zip(told["indicator"], told["year"], strict=True))
    split = {(wholes[code], year) for code, year in has}
    reasons = []
    for cell in zip(rows["indicator"], rows["year"], strict=True):
        elsewhere = said("joined") if (wholes[cell[0]], cell[1]) in has else None
        reasons.append(None if cell in has else said("split") if cell in split else elsewhere)
    names = rows["name_zh"].str.replace("（.*）$", "", regex=True)
    order = rows["indicator"].map(list(wholes).index)
    rows = rows.assign(category_label=names, category_order=order, reason_label=reasons)
    return rows[rows["indicator"].isin(told["indicator"])]


def judged(year: int | None) -> list[Row]:
    """A year's categories with the verdict on a monthly rhythm: met or undecided, never short (G18)."""
    judgements = []
    for row in ui.records(categories[(categories["year"] == year) & categories["reason_label"].isna()]):
        if pd.isna(row["value"]):
            verdict = "no_figure" if ui.facts_of([row]) else "absent"
        elif row["year"] < rule["first_year"]:
            verdict = "not_applicable"
        elif row["state"] == "ceased":
            verdict = "ceased"
        else:
            verdict = "met" if row["value"] >= rule["expected"] else "undecided"
        sign = "not_applicable" if verdict in ("no_figure", "absent") else verdict
        label = texts("page.welfare.verdict")[verdict]
        judgements.append(row | {"kind": verdict, "verdict": sign, "verdict_label": label})
    return judgements


def cell(row: Row) -> str:
    """A number with its unit, or the word for why there is none."""
    shown = ui.value_words(row)
    reason = row.get("reason_label") or texts("status")[row["status"]]
    return reason if shown == NO_NUMBER else shown


def show(figure: go.Figure, listed: list[Row], source: str, key: str, **more: list[Any]) -> None:
    """A chart of rows, one mark each, with their numbers, states and sources as its table."""
    cells = {
        "category": [row["category_label"] for row in listed],
        "year": [row["year"] for row in listed],
        "value": [row["value"] for row in listed],
        "status": [texts("status")[row["status"]] for row in listed],
    }
    table = pd.DataFrame({said(f"column_{name}"): values for name, values in (cells | more).items()})
    alt = "，".join(f"{row['year']} 年{row['category_label']} {cell(row)}" for row in listed)
    ui.chart(figure, f"{alt}。", source, table, [ui.facts_of([row]) for row in listed], key)


def finding() -> str:
    """How many categories have how much: 写明条数的 5 类，均不少于 12 条（平均每月 1 条）."""
    counted = [row["value"] for row in judgements if pd.notna(row["value"])]
    enough = sum(value >= rule["expected"] for value in counted)
    told = {"count": len(counted), "enough": enough, "few": len(counted) - enough, "least": rule["expected"]}
    told["unwritten"] = sum(row["kind"] == "no_figure" for row in judgements)
    if not counted:
        return said("none_counted", **told)
    key = "all_enough" if enough == len(counted) else "some_enough" if enough else "none_enough"
    return said(key, **told) + (said("unwritten", **told) if told["unwritten"] else "")


def months_card() -> None:
    """A lane of twelve months for each category of the year; only words where no category has a number."""
    numbers = any(pd.notna(row["value"]) for row in judgements)
    caption = said("months_caption", least=rule["expected"]) if numbers else said("months_none")
    with ui.card(said("title", year=year, finding=finding()), caption):
        if year != view.year and view.report is not None:
            st.caption(said("stale", year=view.year, why=why, last=year))
        if numbers:
            verdicts = [row["verdict_label"] for row in judgements]
            source = said("source_basis", years=year, basis=rule["basis"])
            show(category_months(pd.DataFrame(judgements)), judgements, source, "months", verdict=verdicts)
            return
        for status, group in pd.DataFrame(judgements).groupby("status", sort=False):
            names = "、".join(group["category_label"])
            st.markdown(f":gray-badge[{texts('status')[str(status)]}] {names}")
        ui.source_button(ui.facts_of(judgements), "months")


def share_card() -> None:
    """What the year's items are about, 财政 apart: only where the total holds it."""
    total, only, fiscal = figures(year)
    counted = [row for row in judgements if pd.notna(row["value"])]
    top = max(counted, key=lambda row: row["value"])
    told = {"total": total, "only": only, "fiscal": fiscal, "value": top["value"]}
    told = {name: quantity(value, UNIT) for name, value in told.items()}
    told |= {"year": str(year), "top": top["category_label"], "share": percent(top["value"], only)}
    finance = totals[(totals["year"] == year) & (totals["indicator"] == "finance.budget")]
    parts = pd.DataFrame([*counted, *ui.records(finance)])
    parts["is_fiscal"] = parts["indicator"] == "finance.budget"
    title = "share_title" if only >= SMALLEST_BASE else "share_title_few"
    with ui.card(said(title, **told), said("share_caption", **told)):
        few = only < SMALLEST_BASE
        rows = ui.records(parts)
        shares = [NO_NUMBER if few or row["is_fiscal"] else percent(row["value"], only) for row in rows]
        show(share_bar(parts), rows, said("source", years=year), "share", share=shares)


def breaks_of(shown: pd.DataFrame) -> pd.DataFrame:
    """Breaks of the indicators shown that lie between their first and last number."""
    numbers = shown[shown["value"].notna()]["year"]
    found = ui.frame("breaks", agency=view.agency, indicators=tuple(shown["indicator"].unique()))
    found = found[(found["first_year"] > numbers.min()) & (found["first_year"] <= numbers.max())]
    found = found.drop_duplicates(["first_year", "reason_zh"])
    return found.assign(year=found["first_year"], label=found["label_zh"])


def years_card() -> None:
    """Every category over the years, vanished ones kept, with a word where there is no number."""
    shown = categories[categories["year"].isin(view.years)]
    counts = shown[shown["fact_id"].notna()].groupby("year")["indicator"].nunique()
    if len(counts) <= 1:
        return
    broken = breaks_of(shown)
    ends = [*counts.items()][:: max(len(counts) - 1, 1)] if len(counts) > MOST_NAMED else counts.items()
    listed = "，".join(said("years_count", year=told, count=count) for told, count in ends)
    caption = said("years_caption") + "".join(said("reason", reason=reason) for reason in broken["reason_zh"])
    with ui.card(said("years_title", listed=listed), caption):
        lines, facts = [], []
        for name, rows in shown.groupby("name_zh", sort=False):
            cells = {said("column_at", year=row["year"]): cell(row) for row in ui.records(rows)}
            lines.append({said("column_category"): name} | cells)
            facts.append(ui.facts_of(ui.records(rows)))
        figure = categories_by_year(shown, broken.drop_duplicates("year"))
        alt = "；".join("，".join(f"{head} {text}" for head, text in line.items()) for line in lines)
        source = said("source", years=years(list(counts.index)))
        ui.chart(figure, alt, source, pd.DataFrame(lines), facts, "years")


def totals_card() -> None:
    """The printed totals, their breaks, and sums that do not add up: shown as printed, flagged."""
    shown = totals[totals["year"].isin(view.years)]
    drawn = shown[shown["indicator"] == "welfare"]
    now = ui.records(drawn[drawn["value"].notna()])
    flagged = ui.records(findings[findings["year"].isin(view.years)])
    if len(now) <= 1 and not flagged:
        return
    told = {"year": now[-1]["year"], "value": ui.value_words(now[-1]), "state": ui.state_words(now[-1])}
    with ui.card(said("totals_title", **told), said("totals_caption")):
        broken = breaks_of(drawn)
        source = said("source", years=years([row["year"] for row in now]))
        show(series_lines(drawn, broken, height=140), ui.records(shown), source, "totals")
        for reason in broken["reason_zh"]:
            st.markdown(f":small[{said('break', reason=reason)}]")
        for found in flagged:
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(
                    f":small[{said('flag', year=found['year'], message=found['message'])}]", width="stretch"
                )
                ui.source_button(ui.fact_ids(found["fact_ids"]), f"sum-{found['finding_id']}")


def answer() -> str:
    """How much the year's report has, and in how many categories; or why nothing can be said."""
    if view.report is None:
        return said("no_report" if year else "no_report_ever", year=view.year, last=year)
    total, only, fiscal = figures(view.year)
    told = {"total": quantity(total, UNIT), "only": quantity(only, UNIT), "fiscal": quantity(fiscal, UNIT)}
    kind = "inside" if holds_finance(view.year) else "welfare" if only == total else "total"
    clauses = [said(f"answer_{kind}", **told)] if total is not None else []
    clauses += [said("answer_flag")] if (findings["year"] == view.year).any() else []
    clauses += [finding()] if year == view.year else []
    return said("answer", year=view.year, told="；".join(clauses or [said("answer_none", why=why)]))


with ui.page("welfare") as view:
    rule = next(rule for rule in ui.gap_rules() if rule["kind"] == "own_cycle")
    held = "full" if view.report is not None and view.report["is_complete"] else "excerpt"
    why = said(f"why_{held}")
    names = texts("page.welfare.totals")
    totals, categories = trend(TOTALS).assign(series_order=0, reason_label=None), category_rows()
    totals["category_label"] = totals["series"] = totals["indicator"].map(names)
    findings = ui.frame("findings", agency=view.agency)
    findings = findings[findings["rule"] == "N-01"]
    told_years = categories[categories["fact_id"].notna()]["year"]
    year = None if told_years.empty else int(told_years.max())
    judgements = judged(year)
    ui.heading(said("question"), answer(), view)
    if figures(view.year)[0] is not None:
        recent = totals[totals["year"] >= min(view.first_year, view.year - 1)]
        with st.grid(3, min_column_width=150, gap="xsmall"):
            for code, label in names.items():
                ui.tile(label, recent[recent["indicator"] == code], f"tile-{code}")
        st.caption(words("tile.legend"))
    if judgements:
        months_card()
        if holds_finance(year) and not (findings["year"] == year).any():
            share_card()
        years_card()
    if totals[totals["indicator"] == "welfare"]["value"].notna().any():
        totals_card()
    elif not judgements and view.report is not None:
        ui.empty(said(f"empty_{held}", year=view.year))
