"""Which channels are alive: cadence of accounts and how much comes from one of them."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.colours import ADVICE, ALERT, BACKGROUND, CONTEXT, CONTEXT_PALE, DATA, slot
from dashboard.charts.fitting import NARROWEST, flowed, safe
from dashboard.charts.frame import SIZE, Canvas, empty_figure
from dashboard.charts.lanes import Lane, draw_lanes
from dashboard.charts.records import Row, rows_of, word_for
from dashboard.text import words

FORTNIGHTS = 26
#: Below ten cases only counts are shown, no shares (VISUAL.md, principle 2).
SMALLEST_BASE = 10


def cadence_strip(accounts: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw a lane of fortnights an account; n posts fill at most n, the rest must have stayed empty.

    In: a row an account: item:str, posts:int|None, verdict:"short"|"undecided"|"met"|"not_applicable",
    verdict_label:str, expected:int (26). Optional: must_fix:bool (False = advice only, amber, not red),
    status:str (why posts is missing).
    """
    return draw_lanes([_account_lane(row, language) for row in rows_of(accounts, language)])


def _account_lane(row: Row, language: str) -> Lane:
    cells = int(row.get("expected") or FORTNIGHTS)
    verdict = str(row["verdict"])
    posts = row.get("posts")
    filled = min(int(posts), cells) if posts is not None else 0
    short = verdict == "short"
    alert = ALERT if row.get("must_fix") is not False else ADVICE
    empty = cells - filled if posts is not None and short else 0
    unit = str(row.get("unit") or words("chart.unit_post", language))
    figure = "" if posts is None else formats.quantity(int(posts), unit)
    return Lane(
        name=str(row["item"]),
        figure=figure,
        sign=words(f"chart.sign.{verdict}", language),
        verdict=str(row.get("verdict_label") or ""),
        sign_slot=alert if short else None,
        cells=cells,
        filled=filled,
        look="hatched" if verdict == "undecided" else "solid",
        slot=alert if short else CONTEXT if verdict == "not_applicable" else DATA,
        on_empty=words("chart.empty_fortnights", language, count=empty) if empty else "",
        on_lane=word_for(row, otherwise="not_stated") if posts is None else "",
        hover=f"{safe(row['item'])} {figure}",
    )


def concentration_bar(shares: pd.DataFrame, language: str = "zh", *, unit: str | None = None) -> go.Figure:
    """Draw one bar of all accounts, the largest named above it, the others below it in their order.

    In: a row an account: item:str, value:float|None; optional status:str. Accounts without a number
    are named, with the reason, and take no part of the bar.
    """
    rows = rows_of(shares, language)
    counted = sorted((row for row in rows if row["value"]), key=lambda row: -row["value"])
    if not counted:
        return empty_figure()
    unit = words("chart.unit_post", language) if unit is None else unit
    total = sum(row["value"] for row in counted)
    others = counted[1:] + [row for row in rows if not row["value"]]
    names = [f"■ {row['item']} {_figure(row, unit)}" for row in others]
    lines = flowed(names, NARROWEST)
    canvas = Canvas(50 + 18 * len(lines) * bool(others), (0, total))
    share = f"（{formats.percent(counted[0]['value'], total)}）" if total >= SMALLEST_BASE else ""
    canvas.text(
        None, 8, f"{safe(counted[0]['item'])} {_figure(counted[0], unit)}{share}", bold=True, anchor="left"
    )
    _bar(canvas, counted, unit)
    for number, line in enumerate(lines):
        parts = [_coloured(names[position], others[position], position) for position in line]
        canvas.text(None, 56 + 18 * number, "　".join(parts), size=SIZE, anchor="left")
    return canvas.figure()


def _bar(canvas: Canvas, counted: list[Row], unit: str) -> None:
    start = 0.0
    middles, widths, hover = [], [], []
    for row in counted:
        middles.append(start + row["value"] / 2)
        widths.append(row["value"])
        hover.append(f"{safe(row['item'])} {_figure(row, unit)}")
        start += row["value"]
    colours = [slot(DATA), *(slot(_grey(position)) for position in range(len(counted) - 1))]
    canvas.traces.append(
        {
            "type": "bar",
            "x": middles,
            "width": widths,
            "base": [20] * len(counted),
            "y": [22] * len(counted),
            "marker": {"color": colours, "line": {"color": BACKGROUND, "width": 2}},
            "hovertext": hover,
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )


def _grey(position: int) -> int:
    return (CONTEXT, CONTEXT_PALE)[position % 2]


def _figure(row: Row, unit: str) -> str:
    return (
        word_for(row, otherwise="not_stated")
        if row["value"] is None
        else formats.quantity(row["value"], unit)
    )


def _coloured(text: str, row: Row, position: int) -> str:
    if not row["value"]:
        return safe(text.removeprefix("■ "))
    return f'<span style="color:{slot(_grey(position))}">■</span>{safe(text.removeprefix("■"))}'
