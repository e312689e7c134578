"""A few series over the years: lines that stop where the data stop or change their meaning."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.colours import FAINT, slot
from dashboard.charts.fitting import (
    NARROWEST,
    label_span,
    rows_without_overlap,
    safe,
    text_width,
    wrapped,
)
from dashboard.charts.frame import SIZE, SMALL, Canvas, empty_figure
from dashboard.charts.line_labels import (
    NAME_ROOM,
    SLOTS,
    Plot,
    end_gap,
    write_crosses,
    write_ends,
    write_values,
)
from dashboard.charts.records import (
    ABSENT_STATUSES,
    Row,
    is_hollow,
    number_of,
    ordered,
    rows_of,
    runs,
    word_for,
    year_label,
)
from dashboard.text import words

SYMBOLS = ("circle", "diamond", "square", "triangle-up")
SERIES_AT_MOST = 4
_ROW = 16


def series_lines(
    points: pd.DataFrame,
    breaks: pd.DataFrame | None = None,
    language: str = "zh",
    *,
    height: int = 200,
) -> go.Figure:
    """Draw up to four series from zero; a line joins neighbouring years of one segment only.

    In: a row a series and year: series:str (its name), series_order, year:int, value:float|None,
    status, segment:int (same number = comparable), reason_label; optional raw:str (the printed word
    where status is unquantified). breaks: year:int, label:str; the break lies before that year.
    Out: hollow = derived, approximate or another definition than the series' last; × on the axis = no
    number; a faint band with the word where no series has a report. `height` is the plot's own.
    """
    rows = rows_of(points, language)
    names = ordered(rows, "series", "series_order")[:SERIES_AT_MOST]
    if not names:
        return empty_figure()
    years = list(range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1))
    series = [{int(row["year"]): row for row in rows if row["series"] == name} for name in names]
    marks = (
        [row for row in rows_of(breaks) if years[0] < row["year"] <= years[-1]] if breaks is not None else []
    )
    right = _right_margin(names, series, years[-1])
    unit = (NARROWEST - right) / len(years)
    levels = rows_without_overlap(
        [label_span(row["year"] - years[0], str(row["label"]), unit) for row in marks]
    )
    top = _ROW * (max(levels, default=-1) + 1)
    canvas = Canvas(top + height + 24, (years[0] - 0.5, years[-1] + 0.5), right=right)
    largest = max((row["value"] or 0 for row in rows), default=0) or 1
    plot = Plot(canvas, years, top + 22, top + height, largest)
    _bands(plot, series, language)
    _breaks(plot, marks, levels)
    _axis(plot)
    for position, (name, by_year) in enumerate(zip(names, series, strict=True)):
        canvas.traces.append(_trace(plot, str(name), by_year, position))
    write_values(plot, series)
    write_crosses(plot, series)
    write_ends(plot, names, series)
    return canvas.figure()


def _right_margin(names: list[str], series: list[dict[int, Row]], last: int) -> float:
    ends = [by_year[last] for by_year in series if last in by_year]
    numbers = max((text_width(number_of(row), SIZE) for row in ends), default=0)
    widest = max(text_width(line) for name in names for line in wrapped(str(name), NAME_ROOM))
    return numbers + widest + end_gap(series, last) + 6


def _axis(plot: Plot) -> None:
    plot.canvas.rule((plot.years[0] - 0.5, plot.years[-1] + 0.5), (plot.base, plot.base))
    step = 1 if plot.unit >= 15 else 2  # noqa: PLR2004 two digits at 11 px
    for year in plot.years[::-1][::step]:
        plot.canvas.text(year, plot.base + 13, year_label(year, plot.unit * step), size=SMALL, muted=True)


def _breaks(plot: Plot, marks: list[Row], levels: list[int]) -> None:
    for row, level in zip(marks, levels, strict=True):
        x = row["year"] - 0.5
        start, _ = label_span(row["year"] - plot.years[0], str(row["label"]), plot.unit)
        anchor, shift = ("center", 0) if start >= 0 else ("left", 3)
        plot.canvas.rule((x, x), (level * _ROW + 15, plot.base), dotted=True)
        plot.canvas.text(
            x, level * _ROW + 8, safe(row["label"]), size=SMALL, muted=True, anchor=anchor, shift=shift
        )


def _bands(plot: Plot, series: list[dict[int, Row]], language: str) -> None:
    """Shade the years of which no series has a report, with the word for why."""
    absent = {year: _why_absent([by_year.get(year) for by_year in series]) for year in plot.years}
    for reason in sorted({why for why in absent.values() if why}):
        for first, last in runs(year for year in plot.years if absent[year] == reason):
            plot.canvas.block((first - 0.5, last + 0.5), (plot.top - 4, plot.base), FAINT)
            inside = first > plot.years[0] and last < plot.years[-1]
            said = [reason, words("chart.no_line", language)] if inside else [reason]
            room = (last - first + 1) * plot.unit
            if max(text_width(line, SMALL) for line in said) > room:
                said = list(reason) if room >= 9 else []  # noqa: PLR2004 one sign below the other
            if said:
                plot.canvas.text(
                    (first + last) / 2,
                    (plot.top + plot.base) / 2,
                    "<br>".join(map(safe, said)),
                    size=min(SMALL, max(room, 10)),
                    muted=True,
                )


def _why_absent(rows: list[Row | None]) -> str:
    """The one word for a year that no series covers; "" when any of them does."""
    said = [row or {"value": None, "status": "no_report"} for row in rows]
    if any(row["value"] is not None or row.get("status") not in ABSENT_STATUSES for row in said):
        return ""
    return word_for(next((row for row in rows if row), said[0]))


def _trace(plot: Plot, name: str, by_year: dict[int, Row], position: int) -> dict[str, object]:
    """One series as one trace; a None between two years keeps the line from joining them."""
    known = [by_year[year] for year in sorted(by_year) if by_year[year]["value"] is not None]
    x: list[float | None] = []
    y: list[float | None] = []
    symbols, hover = [], []
    for number, row in enumerate(known):
        before = known[number - 1] if number else None
        if before and (row["year"] != before["year"] + 1 or row.get("segment") != before.get("segment")):
            x.append(row["year"] - 0.5)
            y.append(None)
            symbols.append(SYMBOLS[position])
            hover.append("")
        other = row.get("segment") != known[-1].get("segment")
        x.append(row["year"])
        y.append(plot.y(row["value"]))
        symbols.append(SYMBOLS[position] + ("-open" if other or is_hollow(row) else ""))
        hover.append(f"{row['year']} {safe(name)} {number_of(row)}")
    colour = slot(SLOTS[position])
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": y,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": colour, "width": 1.8 if plot.crowded else 2.5},
        "marker": {
            "color": colour,
            "size": 6 if plot.crowded else 9,
            "symbol": symbols,
            "opacity": 1,
            "line": {"width": 1.6, "color": colour},
        },
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
