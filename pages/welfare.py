"""福利救助公开: what was published for people in need? By category, by month and year, 财政 apart."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.lines import series_lines
from dashboard.charts.welfare import categories_by_year, category_months, share_bar
from dashboard.formats import NO_NUMBER, number, percent, quantity, years
from dashboard.text import texts, words

Row = dict[str, Any]
TOTALS = ("welfare", "welfare.only", "finance.budget")
SMALLEST_BASE = 10


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.welfare.{key}", **values)


def of(codes: tuple[str, ...], *years_wanted: int) -> pd.DataFrame:
    """The rows of some indicators, of some years or of all."""
    found = rows[rows["indicator"].isin(codes)]
    return found[found["year"].isin(years_wanted)] if years_wanted else found


def figure(code: str, year: int) -> float | None:
    """A number of a year, or None."""
    found = of((code,), year)["value"].dropna()
    return None if found.empty else float(found.iloc[0])


def known_categories() -> tuple[str, ...]:
    """The categories that any year to the chosen one tells of, in the codebook's fixed order."""
    told = set(rows[rows["fact_id"].notna()]["indicator"])
    listed = ui.current_codebook().indicators.items()
    return tuple(
        code
        for code, found in listed
        if code in told and found.additive == "yes" and str(found.parent).split(".")[0] == "welfare"
    )


def with_reasons(table: pd.DataFrame) -> pd.DataFrame:
    """Categories with the columns charts want, and why a number stands elsewhere: split up or put together."""
    told = set(zip(*(rows[rows["fact_id"].notna()][name] for name in ("indicator", "year")), strict=True))
    reasons = []
    for row in ui.records(table):
        whole, parts = indicators[row["indicator"]].parent, children.get(row["indicator"], ())
        split, joined = (
            any((code, row["year"]) in told for code in group)
            for group in (parts, (whole,) if whole in codes else ())
        )
        here = (row["indicator"], row["year"]) in told
        reasons.append(None if here else said("split") if split else said("joined") if joined else None)
    return table.assign(
        category_label=table["name_zh"],
        category_order=table["indicator"].map(codes.index),
        reason_label=reasons,
    )


def judged(table: pd.DataFrame) -> list[Row]:
    """A year's categories with the verdict on a monthly rhythm: met or undecided, never short (G18)."""
    judgements = []
    for row in ui.records(with_reasons(table)):
        if row["reason_label"] is not None:
            continue
        verdict = "met" if row["value"] >= rule["expected"] else "undecided"
        if row["value"] != row["value"]:
            verdict = "no_figure" if ui.facts_of([row]) else "absent"
        elif row["year"] < rule["first_year"]:
            verdict = "not_applicable"
        elif row["state"] == "ceased":
            verdict = "ceased"
        judgements.append(row | {"kind": verdict, "verdict_label": texts("page.welfare.verdict")[verdict]})
    return judgements


def cell(row: Row) -> str:
    """A number with its unit, or the word for why there is none."""
    shown = ui.value_words(row)
    return row.get("reason_label") or texts("status")[row["status"]] if shown == NO_NUMBER else shown


def finding(year: int, judgements: list[Row]) -> str:
    """How many categories have how much: 写明条数的 5 类，均不少于 12 条（平均每月 1 条）."""
    kinds = [row["kind"] for row in judgements]
    counted = [row for row in judgements if row["value"] == row["value"]]
    enough = sum(row["value"] >= rule["expected"] for row in counted)
    told = {"year": year, "count": len(counted), "enough": enough, "few": len(counted) - enough}
    told |= {"least": rule["expected"], "unwritten": kinds.count("no_figure")}
    if not counted:
        return said("none_counted", **told)
    key = "all_enough" if enough == len(counted) else "some_enough" if enough else "none_enough"
    return said(key, **told) + (said("unwritten", **told) if told["unwritten"] else "")


def months_card(year: int, judgements: list[Row]) -> None:
    """A lane of twelve months for each category of the year."""
    drawn = {"no_figure": "not_applicable", "absent": "not_applicable"}
    lanes = pd.DataFrame([row | {"verdict": drawn.get(row["kind"], row["kind"])} for row in judgements])
    with ui.card(said("title", year=year, finding=finding(year, judgements)), said("months_caption", **rule)):
        stale(year)
        table = pd.DataFrame(
            {
                said("column_category"): [row["name_zh"] for row in judgements],
                said("column_value"): [row["value"] for row in judgements],
                said("column_status"): [texts("status")[row["status"]] for row in judgements],
                said("column_verdict"): [row["verdict_label"] for row in judgements],
            }
        )
        listed = "，".join(f"{row['name_zh']} {cell(row)}" for row in judgements)
        source = said("source_basis", years=year, basis=rule["basis"])
        facts = [ui.facts_of([row]) for row in judgements]
        ui.chart(
            category_months(lanes), said("alt", year=year, listed=listed), source, table, facts, "months"
        )


def stale(year: int) -> None:
    """Say that a card shows an earlier year than the one chosen, unless the heading has said it."""
    if year != view.year and view.report is not None:
        st.caption(said("stale", year=view.year, why=why, last=year))


def is_inside(year: int) -> bool:
    """Whether the printed total of the year includes 财政: welfare − finance = welfare.only."""
    total, only, fiscal = (figure(code, year) for code in TOTALS)
    return None not in (total, only, fiscal) and bool(fiscal) and total - fiscal == only


def share_card(year: int, judgements: list[Row]) -> None:
    """What the year's items are about, 财政 apart."""
    total, only, fiscal = (figure(code, year) for code in TOTALS)
    counted = [row for row in judgements if row["value"] == row["value"]]
    top = max(counted, key=lambda row: row["value"])
    told = {"year": year, "top": top["name_zh"], "count": quantity(top["value"], "条")}
    told |= {"only": number(only), "total": number(total), "fiscal": number(fiscal)}
    share = percent(top["value"], only)
    title = (
        said("share_title", share=share, **told) if only >= SMALLEST_BASE else said("share_title_few", **told)
    )
    parts = pd.DataFrame([*counted, *ui.records(of(TOTALS[2:], year))])
    parts = parts.assign(
        is_fiscal=parts["indicator"] == TOTALS[2], category_label=parts["name_zh"].str.removesuffix("信息数")
    )
    with ui.card(title, said("share_caption", **told)):
        listed = [
            percent(row["value"], only) if not row["is_fiscal"] else NO_NUMBER for row in ui.records(parts)
        ]
        table = pd.DataFrame(
            {
                said("column_category"): parts["category_label"],
                said("column_value"): parts["value"],
                said("column_share"): listed if only >= SMALLEST_BASE else NO_NUMBER,
            }
        )
        alt = "，".join(f"{row['category_label']} {cell(row)}" for row in ui.records(parts))
        facts = [ui.facts_of([row]) for row in ui.records(parts)]
        ui.chart(
            share_bar(parts),
            said("alt", year=year, listed=alt),
            said("source", years=year),
            table,
            facts,
            "share",
        )
