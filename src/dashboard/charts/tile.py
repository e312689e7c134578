"""The five dots under a tile's number, as SVG: an image, because Streamlit's own chart cannot show a gap."""

from xml.sax.saxutils import escape

import pandas as pd

from dashboard.charts.colours import SPARK_AXIS, SPARK_MARK
from dashboard.charts.records import Row, is_hollow, rows_of

YEARS_SHOWN = 5
_FOOT = 18  # the year labels, clear of a × or a dot on the axis
_SIDE = 17  # Streamlit rounds the corners of images: a label must not reach into them
_HEAD = 6


def sparkline_svg(points: pd.DataFrame, *, width: int = 200, height: int = 48) -> str:
    """Draw the last five years of one figure. Nothing to draw gives an SVG with no marks.

    In: a row a year: year:int, value:float|None, status:str, segment:int (same number = comparable).
    Out: filled dot = reported; hollow = derived, approximate or another definition than the last
    year's; × on the axis = no number. Lines join neighbouring years of one segment only.
    """
    by_year = {int(row["year"]): row for row in rows_of(points)}
    if not by_year:
        return _svg(width, height, [])
    last = max(by_year)
    years = range(last - YEARS_SHOWN + 1, last + 1)
    shown = [by_year.get(year, {"year": year, "value": None}) for year in years]
    base = height - _FOOT
    step = (width - 2 * _SIDE) / (YEARS_SHOWN - 1)
    top = max((row["value"] for row in shown if row["value"] is not None), default=0) or 1
    places = [
        (_SIDE + number * step, base if row["value"] is None else base - row["value"] / top * (base - _HEAD))
        for number, row in enumerate(shown)
    ]
    body = [f'<path d="M{_SIDE - 8} {base}H{width - _SIDE + 8}" stroke="{SPARK_AXIS}" stroke-opacity=".5"/>']
    body += _lines(shown, places)
    body += [_mark(row, place, shown[-1]) for row, place in zip(shown, places, strict=True)]
    body += [_label(_SIDE, height, years[0]), _label(width - _SIDE, height, years[-1])]
    return _svg(width, height, body)


def _lines(shown: list[Row], places: list[tuple[float, float]]) -> list[str]:
    pieces = []
    for number in range(1, len(shown)):
        before, after = shown[number - 1], shown[number]
        if before["value"] is None or after["value"] is None or before.get("segment") != after.get("segment"):
            continue
        (x0, y0), (x1, y1) = places[number - 1], places[number]
        pieces.append(
            f'<path class="line" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{SPARK_MARK}" stroke-width="2"/>',
        )
    return pieces


def _mark(row: Row, place: tuple[float, float], last: Row) -> str:
    x, y = place
    if row["value"] is None:
        arms = f"M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6"
        return f'<path class="missing" d="{arms}" stroke="{SPARK_AXIS}" stroke-width="1.5"/>'
    radius = 4 if row is last else 3.2
    if is_hollow(row) or row.get("segment") != last.get("segment"):
        clear = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="none"'
        return f'{clear} class="hollow" stroke="{SPARK_MARK}" stroke-width="1.6"/>'
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{SPARK_MARK}"/>'


def _label(x: float, height: int, year: int) -> str:
    return (
        f'<text x="{x}" y="{height - 2}" text-anchor="middle" fill="{SPARK_AXIS}" font-size="12" '
        f'font-family="sans-serif">{escape(str(year))}</text>'
    )


def _svg(width: int, height: int, body: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'{head} fill="none">{"".join(body)}</svg>'
