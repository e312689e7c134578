"""Small multiples of yearly bars, one a category. Import categories_by_year from welfare.py."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.colours import BACKGROUND, DATA, slot
from dashboard.charts.fitting import NARROWEST, label_span, rows_without_overlap, safe, wrapped
from dashboard.charts.frame import SMALL, Canvas, empty_figure, hovering
from dashboard.charts.records import Row, is_hollow, number_of, ordered, rows_of, word_for, year_label

_BARS = 46
_PANEL = 110
#: Two columns of six years leave a year 24 px on a phone.
_YEARS_IN_TWO_COLUMNS = 6


@dataclass(frozen=True)
class _Grid:
    """Small multiples in one plot: panel p lies in column p % columns, row p // columns.

    `head` is the height of the break labels, which stand under the names of the first row.
    """

    years: list[int]
    columns: int
    head: int

    def x(self, panel: int, year: float) -> float:
        return (panel % self.columns) * (len(self.years) + 0.7) + year - self.years[0]

    def base(self, panel: int) -> float:
        return self.head + (panel // self.columns) * _PANEL + _PANEL - 28

    def name(self, panel: int) -> float:
        """Where a panel's name stands: above its bars and, in the first row, above the break labels."""
        return self.base(panel) - _BARS - 29 - (self.head if panel < self.columns else 0)

    @property
    def width(self) -> float:
        return self.columns * len(self.years) + 0.7 * (self.columns - 1)


def categories_by_year(
    cells: pd.DataFrame,
    breaks: pd.DataFrame | None = None,
    language: str = "zh",
) -> go.Figure:
    """Draw a small panel of yearly bars a category, all on one scale, in slot 1.

    In: a row a category and year: category_label, category_order, year:int, value:float|None,
    status, reason_label; breaks: year:int, label:str, a dotted line before that year. × = no number.
    """
    rows = rows_of(cells, language)
    if not rows:
        return empty_figure()
    years = list(range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1))
    labels = ordered(rows, "category_label", "category_order")
    columns = 2 if len(years) <= _YEARS_IN_TWO_COLUMNS and len(labels) > 1 else 1
    marks = (
        [row for row in rows_of(breaks) if years[0] < row["year"] <= years[-1]] if breaks is not None else []
    )
    width = _Grid(years, columns, 0).width
    spans = [label_span(row["year"] - years[0], str(row["label"]), NARROWEST / width) for row in marks]
    levels = rows_without_overlap(spans)
    grid = _Grid(years, columns, 16 * (max(levels, default=-1) + 1))
    canvas = Canvas(grid.base(len(labels) - 1) + 24, (-0.5, width - 0.5))
    for panel, label in enumerate(labels):
        _panel_frame(canvas, grid, panel, str(label))
        for row, level, (start, _) in zip(marks, levels, spans, strict=True):
            _panel_break(canvas, grid, panel, row, level, at_edge=start < 0)
    _year_bars(canvas, grid, labels, {(row["category_label"], row["year"]): row for row in rows})
    return canvas.figure()


def _panel_frame(canvas: Canvas, grid: _Grid, panel: int, label: str) -> None:
    base, unit = grid.base(panel), canvas.narrowest_unit
    left, right = grid.x(panel, grid.years[0]) - 0.5, grid.x(panel, grid.years[-1]) + 0.5
    name = wrapped(label, len(grid.years) * unit - 4)[0]
    name = name if name == label else f"{name[:-1]}…"
    canvas.text(left, grid.name(panel), safe(name), bold=True, anchor="left", shift=2)
    canvas.rule((left, right), (base, base))
    ends = {grid.years[0], grid.years[-1]}
    for year in grid.years if unit >= 15 else sorted(ends):  # noqa: PLR2004 two digits at 11 px
        canvas.text(grid.x(panel, year), base + 11, year_label(year, unit), size=SMALL, muted=True)


def _panel_break(canvas: Canvas, grid: _Grid, panel: int, row: Row, level: int, *, at_edge: bool) -> None:
    x, base = grid.x(panel, row["year"] - 0.5), grid.base(panel)
    top = base - _BARS - 19
    if panel < grid.columns:
        top -= grid.head - 16 * (level + 1)
        anchor, shift = ("left", -24) if at_edge else ("center", 0)
        canvas.text(x, top - 8, safe(row["label"]), size=SMALL, muted=True, anchor=anchor, shift=shift)
    canvas.rule((x, x), (top, base), dotted=True)


def _year_bars(canvas: Canvas, grid: _Grid, labels: list[str], table: dict[tuple[str, int], Row]) -> None:
    largest = max((row["value"] or 0 for row in table.values()), default=0) or 1
    bars: list[tuple[float, float, float, Row]] = []
    crosses: list[tuple[float, float, str]] = []
    for panel, label in enumerate(labels):
        for year in grid.years:
            row = table.get((label, year), {"value": None})
            x, base = grid.x(panel, year), grid.base(panel)
            if row["value"] is None:
                crosses.append((x, base, f"{year} {safe(label)} {safe(word_for(row))}"))
                continue
            tall = row["value"] / largest * _BARS
            bars.append((x, base, max(tall, 2) if row["value"] else 0, row))
            canvas.text(x, base - tall - 9, formats.number(row["value"]), size=SMALL)
    canvas.traces.append(_bars(bars))
    canvas.crosses(crosses)


def _bars(bars: list[tuple[float, float, float, Row]]) -> Row:
    """All bars (middle, base, height, row) as one trace; derived and approximate ones hollow."""
    hollow = [is_hollow(row) for *_, row in bars]
    return {
        "type": "bar",
        "x": [x for x, *_ in bars],
        "width": 0.62,
        "base": [base for _, base, *_ in bars],
        "y": [-tall for _, _, tall, _ in bars],
        "marker": {
            "color": [BACKGROUND if empty else slot(DATA) for empty in hollow],
            "line": {"color": slot(DATA), "width": [1.5 if empty else 0 for empty in hollow]},
        },
        **hovering([f"{row['year']} {safe(row['category_label'])} {number_of(row)}" for *_, row in bars]),
    }
