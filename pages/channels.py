"""渠道活跃度: which channels are alive? Accounts against two weeks, columns, media, platforms."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.charts.channels import SMALLEST_BASE, cadence_strip, concentration_bar
from dashboard.charts.lines import SERIES_AT_MOST, series_lines
from dashboard.formats import number, percent, quantity, years
from dashboard.gaps.judges import cadence
from dashboard.text import texts, words

Row = dict[str, Any]
THEMES = ("channel", "media", "platform", "site")
ENOUGH = 30
NAMED_AT_MOST = 3
#: Verdicts in the order a title counts them, and the colour of their badge.
VERDICTS = {
    "met": "green",
    "undecided": "orange",
    "short": "orange",
    "not_applicable": "gray",
    "no_figure": "gray",
}


def said(key: str, **values: object) -> str:
    """A text of this page."""
    return words(f"page.channels.{key}", **values)


def known(row: Row) -> bool:
    """Whether the row has a number."""
    return bool(row["value"] == row["value"])


def printed(row: Row) -> str:
    """The number with its unit as printed, the report's own word, or the word for why there is none."""
    if known(row):
        unit = row["unit"] if isinstance(row["unit"], str) else row["unit_zh"]
        return ("≈ " if row["status"] == "approximate" else "") + quantity(row["value"], unit)
    worded = row["status"] == "unquantified" and isinstance(row["raw"], str) and row["raw"]
    return str(row["raw"]) if worded else texts("status")[row["status"]]


def label(row: Row) -> str:
    """The item a row tells of, or its indicator's name without what all names here end in."""
    if isinstance(row["item"], str):
        return str(row["item"])
    return str(row["name_zh"]).removesuffix("发布数").removesuffix("公开信息数")


def part(accept: Callable[[str], bool]) -> pd.DataFrame:
    """The rows of the indicators that a part of the page is about."""
    return series[series["indicator"].map(accept)]


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """What the newest year with a number tells; no rows where no year has any."""
    told = rows[rows["fact_id"].notna()]
    return told[told["year"] == told[told["value"].notna()]["year"].max()]


def by_year(rows: pd.DataFrame, listed: Iterable[int]) -> tuple[pd.DataFrame, list[list[int]]]:
    """A line a series and a column a year, in words where there is no number; the facts of each line."""
    lines: dict[str, list[Row]] = {}
    for row in ui.records(rows):
        lines.setdefault(label(row), []).append(row)
    lines = {name: told for name, told in lines.items() if ui.facts_of(told)}
    cells = [
        {said("column_name"): name}
        | {said("column_value", year=row["year"]): printed(row) for row in told if row["year"] in listed}
        for name, told in lines.items()
    ]
    return pd.DataFrame(cells), [ui.facts_of(told) for told in lines.values()]


def stale(year: int) -> None:
    """Say that a card shows an earlier year than the one chosen, and why."""
    if year != view.year:
        st.caption(said("stale", year=view.year, why=why, last=year))


def judged(told: pd.DataFrame) -> list[Row]:
    """The accounts of a year, most posts first, each with the verdict of the two-week rule."""
    platforms = texts("page.channels.account_platforms")
    several = told["indicator"].nunique() > 1
    rows = []
    for row in sorted(ui.records(told), key=lambda row: (not known(row), -row["value"] if known(row) else 0)):
        verdict, least = cadence(row["value"], rule["days"], row["year"])
        if row["year"] < rule["first_year"]:
            verdict = "not_applicable"
        if not known(row):
            verdict = "no_figure"
        platform = platforms[row["indicator"]]
        name = row["item"] if isinstance(row["item"], str) else platform
        item = f"{name}（{platform}）" if several else name
        gap = round((366 if row["year"] % 4 == 0 else 365) / row["value"], 1) if row["value"] > 0 else None
        rows.append(row | {"item": item, "verdict": verdict, "expected": least, "gap": gap})
    return rows


def counted_accounts(rows: list[Row]) -> str:
    """3 个公众号; on several platforms each with its count."""
    platforms = texts("page.channels.account_platforms")
    counts = pd.Series([platforms[row["indicator"]] for row in rows]).value_counts(sort=False)
    return said("joint").join(
        said("account_count", count=count, platform=name) for name, count in counts.items()
    )


def cadence_card(rows: list[Row]) -> None:
    """Every account as fortnights, and what each verdict means."""
    year, least = rows[0]["year"], rows[0]["expected"]
    verdicts = texts("page.channels.verdict")
    groups = {verdict: [row for row in rows if row["verdict"] == verdict] for verdict in VERDICTS}
    title = said(
        "cadence_title",
        year=year,
        listed=counted_accounts(rows),
        verdicts="，".join(
            said("cadence_count", count=len(group), verdict=verdicts[verdict])
            for verdict, group in groups.items()
            if group
        ),
    )
    if len(rows) == 1:
        one = {"item": rows[0]["item"], "posts": f" {printed(rows[0])}", "verdict": verdicts[rows[0]["verdict"]]}
        title = said("cadence_title_one", year=year, **one)
    with ui.card(title, said("cadence_caption", year=year, least=least) + unlisted(rows)):
        stale(year)
        signs = {"no_figure": "not_applicable"}
        lanes = [
            row
            | {
                "posts": row["value"],
                "verdict": signs.get(row["verdict"], row["verdict"]),
                "verdict_label": verdicts[row["verdict"]],
                "must_fix": rule["severity"] == "red",
            }
            for row in rows
        ]
        ui.chart(
            cadence_strip(pd.DataFrame(lanes)),
            said("cadence_alt", year=year, listed=described(rows)),
            said("cadence_source", year=year, basis=rule["basis"]),
            pd.DataFrame(
                {
                    said("column_item"): [row["item"] for row in rows],
                    said("column_posts"): [row["value"] for row in rows],
                    said("column_gap"): [row["gap"] for row in rows],
                    said("column_verdict"): [verdicts[row["verdict"]] for row in rows],
                }
            ),
            [ui.facts_of([row]) for row in rows],
            "cadence",
        )
        meanings(groups, least)
