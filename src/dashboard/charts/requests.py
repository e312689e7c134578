"""What was asked and how it ended: outcomes and reasons by year; the matrix is in matrix.py."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.colours import BACKGROUND, SEQUENTIAL, TEXT, ink_on, outcome_slot, slot
from dashboard.charts.fitting import NARROWEST, safe, text_width, wrapped
from dashboard.charts.frame import SIZE, SMALL, TINY, Canvas, empty_figure
from dashboard.charts.matrix import TOTAL, request_matrix
from dashboard.charts.names import names_below
from dashboard.charts.records import Row, is_hollow, number_of, ordered, rows_of, word_for, year_label

__all__ = ["outcomes_by_year", "reasons_heat", "request_matrix"]

_BAR = 22
_STEP = 34
#: A bar of one case must not fill the card: the axis never ends before ten.
_SHORTEST_AXIS = 10
#: Upper bound of each bin and its shade, the same in every agency: 1, 2, 3-4, 5-9, 10 and over.
_BINS = ((1, 1), (2, 3), (4, 4), (9, 7), (float("inf"), 9))
_FIRST_DARK_SHADE = 7
_CELL = 26
_NARROWEST_CELL = 22


def outcomes_by_year(cells: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw a stacked bar of counts a year, oldest first, the total at its end, names below the last.

    In: a row an outcome and year: year:int, outcome, outcome_label, outcome_order,
    value:float|None, status, reason_label (why a year has no number). Rows of outcome "total" are
    optional: the printed total, shown instead of the sum. Years in between without rows are missing.
    """
    rows = rows_of(cells, language)
    if not rows:
        return empty_figure()
    years = range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1)
    parts = [row for row in rows if row["outcome"] != TOTAL]
    sums = {year: sum(row["value"] or 0 for row in parts if row["year"] == year) for year in years}
    printed = {row["year"]: row for row in rows if row["outcome"] == TOTAL and row["value"] is not None}
    known = {row["year"] for row in rows if row["value"] is not None}
    longest = max(_SHORTEST_AXIS, *sums.values())
    right = text_width(formats.number(longest), SIZE + 1) + 12
    canvas = Canvas(_STEP * len(years) + 8, (0, longest), left=40, right=right)
    for number, year in enumerate(years):
        y = _STEP * (number + 0.5)
        canvas.text(None, y, str(year), anchor="left", muted=year not in known)
        if year in known:
            total = formats.number(printed[year]["value"] if year in printed else sums[year])
            canvas.text(min(sums[year], longest), y, total, bold=True, anchor="left", shift=6)
        else:
            reason = next((row for row in rows if row["year"] == year), {})
            canvas.text(0, y, f"— {safe(word_for(reason))}", anchor="left", muted=True)
    _stack(canvas, parts, list(years))
    return canvas.figure()


def _stack(canvas: Canvas, parts: list[Row], years: list[int]) -> None:
    """Add a trace an outcome, and the names as the last bar with any case has them."""
    named = max((row["year"] for row in parts if row["value"]), default=years[-1])
    starts = dict.fromkeys(years, 0.0)
    marks: list[tuple[list[str], float]] = []
    for position, outcome in enumerate(ordered(parts, "outcome", "outcome_order")):
        rows = [row for row in parts if row["outcome"] == outcome and row["value"]]
        if not rows:
            continue
        colour = outcome_slot(outcome, position)
        canvas.traces.append(_segments(rows, years, starts, colour))
        before = starts[named]
        for row in rows:
            starts[row["year"]] += row["value"]
        mark = f'<span style="color:{slot(colour)}">■</span>'
        marks.append(
            ([mark, *wrapped(str(rows[0]["outcome_label"]), 28, SMALL)], (before + starts[named]) / 2)
        )
    names_below(canvas, marks)


def _segments(rows: list[Row], years: list[int], starts: dict[int, float], colour: int) -> dict[str, object]:
    hollow = [is_hollow(row) for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "width": _BAR,
        "y": [_STEP * (years.index(row["year"]) + 0.5) for row in rows],
        "x": [row["value"] for row in rows],
        "base": [starts[row["year"]] for row in rows],
        "text": [number_of(row) for row in rows],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "inside",
        "textfont": {"size": SIZE, "color": [TEXT if empty else ink_on(colour) for empty in hollow]},
        "marker": {
            "color": [BACKGROUND if empty else slot(colour) for empty in hollow],
            "line": {"color": [slot(colour) if empty else BACKGROUND for empty in hollow], "width": 1.5},
        },
        "hovertext": [f"{row['year']} {safe(row['outcome_label'])} {number_of(row)}" for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def reasons_heat(cells: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw a table of reasons by year, shaded in five fixed bins; 0 pale, — missing, 空白 as a word.

    In: a row a reason and year: year:int, reason_label:str, reason_order:int, value:float|None,
    status. Years in between without rows are missing.
    """
    rows = rows_of(cells, language)
    if not rows:
        return empty_figure()
    years = list(range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1))
    reasons = ordered(rows, "reason_label", "reason_order")
    table = {(row["reason_label"], row["year"]): row for row in rows}
    left = min(max(text_width(reason) for reason in reasons), 124) + 10
    above = (NARROWEST - left) / len(years) < _NARROWEST_CELL
    step = _CELL + 3 + (24 if above else 0)
    canvas = Canvas(24 + step * len(reasons), (-0.5, len(years) - 0.5), left=0 if above else left)
    for number, year in enumerate(years):
        canvas.text(number, 10, year_label(year, canvas.narrowest_unit), size=SMALL, muted=True)
    middles = [24 + step * (number + 1) - (_CELL + 3) / 2 for number in range(len(reasons))]
    for reason, y in zip(reasons, middles, strict=True):
        lines = [reason] if above else wrapped(reason, 124)
        canvas.text(
            None,
            y - 23 if above else y,
            "<br>".join(safe(line) for line in lines),
            anchor="left",
            size=SIZE if len(lines) == 1 else SMALL,
        )
    _heat(canvas, table, years, reasons, middles)
    return canvas.figure()


def _heat(
    canvas: Canvas,
    table: dict[tuple[str, int], Row],
    years: list[int],
    reasons: list[str],
    middles: list[float],
) -> None:
    """Write the cells and shade those with cases, a trace a bin."""
    shaded: dict[int, list[tuple[float, float, str]]] = {}
    for reason, y in zip(reasons, middles, strict=True):
        for number, year in enumerate(years):
            row = table.get((reason, year), {"value": None})
            if not row["value"]:
                text = "0" if row["value"] == 0 else word_for(row, short=True)
                canvas.text(number, y, text, size=SMALL if len(text) == 1 else TINY, muted=True)
                continue
            shade = next(shade for bound, shade in _BINS if row["value"] <= bound)
            hover = f"{year} {safe(reason)} {number_of(row)}"
            shaded.setdefault(shade, []).append((number, y - _CELL / 2, hover))
            colour = BACKGROUND if shade >= _FIRST_DARK_SHADE else TEXT
            canvas.text(number, y, number_of(row), bold=True, colour=colour)
    for shade, places in sorted(shaded.items()):
        canvas.cells(places, 0.92, _CELL, {"color": SEQUENTIAL[shade], "line": {"width": 0}})
