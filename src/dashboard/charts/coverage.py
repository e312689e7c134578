"""Which years are in the library: the ribbon of the overview."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.colours import BACKGROUND, DATA, DECORATION, slot
from dashboard.charts.fitting import NARROWEST, rows_without_overlap, safe, text_width
from dashboard.charts.frame import SMALL, Canvas, TextStyle, empty_figure
from dashboard.charts.records import Row, rows_of, runs, year_label
from dashboard.text import words

_LANE = 24
_ROW = 16
_ROOM_OF_TWO_DIGITS = 14  # at 11 px


def coverage_ribbon(reports: pd.DataFrame, editions: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw a cell a year: filled = whole report, hollow = excerpt, dash = not in the library.

    In: reports, a row a year: year:int, state:"full"|"excerpt"|"missing" (a year between the first
    and the last that has no row is missing); editions: first_year:int, label:str, a dotted line each.
    """
    states = {int(row["year"]): str(row["state"]) for row in rows_of(reports)}
    if not states:
        return empty_figure()
    years = range(min(states), max(states) + 1)
    marks = [row for row in rows_of(editions) if years[0] < row["first_year"] <= years[-1]]
    unit = NARROWEST / len(years)
    spans = [_span(row, years, unit) for row in sorted(marks, key=lambda row: row["first_year"])]
    levels = rows_without_overlap([(start, end) for start, end, _, _ in spans])
    lane = _ROW * (max(levels, default=-1) + 1) + _ROW + 2
    canvas = Canvas(lane + _LANE + 24, (years[0] - 0.5, years[-1] + 0.5))
    for (_, _, row, anchor), level in zip(spans, levels, strict=True):
        x = row["first_year"] - 0.5
        canvas.rule((x, x), (level * _ROW + 3, lane + _LANE + 4), dotted=True)
        style = TextStyle(size=SMALL, muted=True, anchor=anchor, shift=4 if anchor == "left" else -4)
        canvas.text(x, level * _ROW + 9, safe(row["label"]), **style)
    _cells(canvas, years, states, lane, language)
    _state_words(canvas, years, states, [row["first_year"] for row in marks], lane, language)
    _year_labels(canvas, years, states, lane + _LANE + 14)
    return canvas.figure()


def _year_labels(canvas: Canvas, years: range, states: dict[int, str], y: float) -> None:
    unit = canvas.narrowest_unit
    step = 1 if unit >= _ROOM_OF_TWO_DIGITS else 2
    for year in years[::step]:
        known = states.get(year, "missing") != "missing"
        canvas.text(year, y, year_label(year, unit * step), size=SMALL, bold=known, muted=not known)


def _span(row: Row, years: range, unit: float) -> tuple[float, float, Row, str]:
    """Where an edition's label lies at the narrowest width, and to which side of its line."""
    at = (row["first_year"] - years[0]) * unit
    width = text_width(str(row["label"]), SMALL) + 8
    return (at, at + width, row, "left") if at + width <= NARROWEST else (at - width, at, row, "right")


def _cells(canvas: Canvas, years: range, states: dict[int, str], lane: int, language: str) -> None:
    looks: dict[str, tuple[float, float, float, Row]] = {
        "full": (0, _LANE, 0.84, {"color": slot(DATA)}),
        "excerpt": (1, _LANE - 2, 0.78, {"color": BACKGROUND, "line": {"color": slot(DATA), "width": 2}}),
        "missing": (_LANE / 2 - 1, 2, 0.42, {"color": slot(DECORATION)}),
    }
    for state, (offset, height, width, marker) in looks.items():
        word = words(f"chart.state.{state}", language)
        places = [
            (year, lane + offset, f"{year} {word}") for year in years if states.get(year, "missing") == state
        ]
        canvas.cells(places, width, height, marker)


def _state_words(
    canvas: Canvas,
    years: range,
    states: dict[int, str],
    editions: list[int],
    lane: int,
    language: str,
) -> None:
    """Name each run of years at its start, or past an edition's line in it, where the word fits even on a phone."""
    for state in ("full", "excerpt", "missing"):
        word = words(f"chart.state.{state}", language)
        wide = (text_width(word, SMALL) + 5) / canvas.narrowest_unit
        for first, last in runs(year for year in years if states.get(year, "missing") == state):
            cuts = [year for year in sorted(editions) if first < year <= last]
            ends = [*cuts, last + 1]
            start = next((at for at, end in zip([first, *cuts], ends, strict=True) if at + wide <= end), None)
            if start is not None:
                canvas.text(start - 0.5, lane - 9, word, size=SMALL, muted=True, anchor="left", shift=4)
