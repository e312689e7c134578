"""What was published for people in need: months, years and shares of the categories."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.colours import BACKGROUND, CONTEXT, DATA, TRANSPARENT, slot
from dashboard.charts.fitting import NARROWEST, flowed, safe, wrapped
from dashboard.charts.frame import SMALL, Canvas, empty_figure, hovering
from dashboard.charts.lanes import Lane, draw_lanes
from dashboard.charts.names import name_width, names_below, stand_under
from dashboard.charts.panels import categories_by_year
from dashboard.charts.records import (
    Row,
    is_hollow,
    number_of,
    ordered,
    rows_of,
    word_for,
)
from dashboard.text import words

__all__ = ["categories_by_year", "category_months", "share_bar"]

MONTHS = 12


def category_months(categories: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw a lane of twelve months a category; n items fill at most n, more fill the lane.

    In: a row a category: category_label, category_order, value:float|None, status,
    verdict:"short"|"undecided"|"met"|"not_applicable"|"ceased", verdict_label. Vanished categories
    stay, with verdict "ceased". A monthly rhythm is internal advice, hence never red.
    """
    rows = rows_of(categories, language)
    by_label = {row["category_label"]: row for row in rows}
    return draw_lanes(
        [
            _month_lane(by_label[label], language)
            for label in ordered(rows, "category_label", "category_order")
        ],
        height=18,
    )


def _month_lane(row: Row, language: str) -> Lane:
    verdict = str(row["verdict"])
    value = row["value"]
    filled = min(int(value), MONTHS) if value is not None and verdict != "ceased" else 0
    figure = "" if value is None else f"{number_of(row)} {words('chart.unit_post', language)}"
    label = str(row.get("verdict_label") or (words("chart.ceased", language) if verdict == "ceased" else ""))
    short = verdict == "short" and value is not None
    return Lane(
        name=str(row["category_label"]),
        figure=figure,
        sign=words(f"chart.sign.{verdict}", language),
        verdict=label,
        sign_slot=None,
        cells=MONTHS,
        filled=filled,
        look="hatched" if verdict == "undecided" else "hollow" if is_hollow(row) else "solid",
        slot=CONTEXT if verdict == "not_applicable" else DATA,
        on_empty=words("chart.empty_months", language, count=MONTHS - filled)
        if short and filled < MONTHS
        else "",
        on_lane=word_for(row, otherwise="not_stated") if value is None and verdict != "ceased" else "",
        hover=f"{safe(row['category_label'])} {figure}",
    )


def share_bar(parts: pd.DataFrame, language: str = "zh", *, unit: str | None = None) -> go.Figure:
    """Draw one bar of the year's items by category, what is not welfare (财政) apart, grey and hatched.

    In: a row a category in its fixed order: category_label, value:float|None, is_fiscal:bool; optional
    status. Every part is named below the bar; parts without a number are named there with the reason.
    """
    rows = rows_of(parts, language)
    counted = sorted((row for row in rows if row["value"]), key=lambda row: bool(row.get("is_fiscal")))
    if not counted:
        return empty_figure()
    unit = words("chart.unit_post", language) if unit is None else unit
    total = sum(row["value"] for row in counted)
    fiscal = [row for row in counted if row.get("is_fiscal")]
    gap = total * 0.02 if fiscal and len(fiscal) < len(counted) else 0
    canvas = Canvas(36, (0, total + gap))
    own = counted[: len(counted) - len(fiscal)]
    middles = _parts(canvas, own, 0, {"color": slot(DATA), "line": {"color": BACKGROUND, "width": 2}})
    hatch = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": slot(CONTEXT), "bgcolor": TRANSPARENT}
    middles += _parts(
        canvas,
        fiscal,
        sum(row["value"] for row in own) + gap,
        {"color": TRANSPARENT, "line": {"color": slot(CONTEXT), "width": 1}, "pattern": hatch},
    )
    names = [
        ([f"<b>{number_of(row)}</b>", *wrapped(str(row["category_label"]), 38, SMALL)], middle)
        for row, middle in zip(counted, middles, strict=True)
    ]
    unnamed = [row for row in rows if not row["value"]]
    if sum(name_width(lines) for lines, _ in names) <= NARROWEST and stand_under(
        canvas, names, [row["value"] for row in counted]
    ):
        names_below(canvas, names)
    else:
        unnamed = counted + unnamed
    _listed(canvas, unnamed, unit)
    return canvas.figure()


def _parts(canvas: Canvas, group: list[Row], start: float, marker: Row) -> list[float]:
    """Add one trace of neighbouring segments; returns their middles."""
    starts = []
    for row in group:
        starts.append(start)
        start += row["value"]
    if group:
        canvas.traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [16] * len(group),
                "width": 28,
                "base": starts,
                "x": [row["value"] for row in group],
                "marker": marker,
                **hovering([f"{safe(row['category_label'])} {number_of(row)}" for row in group]),
            }
        )
    return [at + row["value"] / 2 for at, row in zip(starts, group, strict=True)]


def _listed(canvas: Canvas, rows: list[Row], unit: str) -> None:
    """Name parts in running lines: those without a number, or all when they are too many to stand below."""
    said = [
        f"{row['category_label']} "
        + (
            word_for(row, otherwise="not_stated")
            if row["value"] is None
            else formats.quantity(row["value"], unit)
        )
        for row in rows
    ]
    for line in flowed(said, NARROWEST) if said else []:
        canvas.text(
            None, canvas.height + 9, safe("　".join(said[at] for at in line)), anchor="left", muted=True
        )
        canvas.height += 18
