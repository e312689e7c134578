"""An agency among those like it: a lane an indicator, the middle half of the peers as a grey band."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.colours import BACKGROUND, CONTEXT, DATA, DECORATION, slot
from dashboard.charts.fitting import NARROWEST, rows_without_overlap, safe, text_width
from dashboard.charts.frame import SIZE, SMALL, Canvas, empty_figure, hovering
from dashboard.charts.records import Row, is_hollow, number_of, rows_of, word_for
from dashboard.text import words

#: Under ten cases a peer is drawn hollow (VISUAL.md, principle 2).
FEW = 10
_NAME = 18
_OWN = 20
_DOT = 9
_GAP = 18
_EDGE = 8
_OWN_DOT = 11


def peer_bands(bands: pd.DataFrame, peers: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Draw a lane an indicator, each on a scale of its own from 0: band, median, peers, our own dot.

    In: bands, a row an indicator that has quartiles: indicator, label:str, unit:str, p25, median, p75
    (queries.peer_band); peers, a row an indicator and agency: indicator, agency, is_own, value, status,
    is_comparable, n (queries.peers). Peers without a comparable number are not drawn: say so beside it.
    """
    lanes = rows_of(bands, language)
    if not lanes:
        return empty_figure()
    told = rows_of(peers, language)
    drawing = _Drawing(language)
    for lane in lanes:
        rows = [row for row in told if row["indicator"] == lane["indicator"]]
        others = [
            row for row in rows if not row["is_own"] and row["is_comparable"] and row["value"] is not None
        ]
        drawing.lane(lane, next((row for row in rows if row["is_own"]), None), others)
    return drawing.figure()


class _Drawing:
    """The lanes drawn so far, from the top down."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.canvas = Canvas(0, (0, 1), left=_EDGE, right=_EDGE)
        self.top = 0.0
        self.medians: list[tuple[float, float, float]] = []
        self.dots: list[tuple[float, float, Row, str]] = []
        self.own: list[tuple[float, float, Row, str]] = []

    def lane(self, lane: Row, own: Row | None, others: Sequence[Row]) -> None:
        """One indicator: its name and quartiles, our own dot in a row of its own, the peers below it."""
        largest = max((row["value"] for row in [*others, own] if row and row["value"]), default=1) or 1
        self._head(lane)
        ordered = sorted(others, key=lambda row: row["value"])
        unit = self.canvas.narrowest_unit
        spans = [
            (row["value"] / largest * unit - _DOT / 2, row["value"] / largest * unit + _DOT / 2)
            for row in ordered
        ]
        levels = rows_without_overlap(spans)
        first = self.top + _OWN + _DOT
        bottom = first + _DOT * (max(levels, default=0) + 1)
        low, middle, high = (lane[name] / largest for name in ("p25", "median", "p75"))
        self.canvas.block((low, high), (self.top, bottom), slot(DECORATION))
        self.canvas.rule((0, 1), (bottom, bottom))
        self.medians.append((middle, first - _DOT, bottom))
        for row, level in zip(ordered, levels, strict=True):
            self.dots.append((row["value"] / largest, first + _DOT * level, row, self._hover(row, lane)))
        self._own(lane, own, largest)
        self.top = bottom + _GAP

    def _head(self, lane: Row) -> None:
        name = str(lane["label"])
        low, middle, high = (formats.number(lane[key]) for key in ("p25", "median", "p75"))
        said = words(
            "chart.middle_half",
            self.language,
            low=low,
            high=high,
            median=formats.with_unit(middle, lane["unit"]),
        )
        self.canvas.text(None, self.top + _NAME / 2, safe(name), bold=True, anchor="left")
        if text_width(name, SIZE * 1.05) + text_width(said, SMALL) + 10 > NARROWEST:
            self.top += _NAME
        anchor = "right" if text_width(name + said) + 10 <= NARROWEST else "left"
        self.canvas.text(None, self.top + _NAME / 2, safe(said), size=SMALL, muted=True, anchor=anchor)
        self.top += _NAME + 4

    def _own(self, lane: Row, own: Row | None, largest: float) -> None:
        y = self.top + _OWN / 2 + 1
        if own is None or own["value"] is None:
            why = word_for(own or {}, otherwise="not_stated")
            self.canvas.text(
                0, y, words("chart.own_none", self.language, why=why), size=SMALL, anchor="left", muted=True
            )
            return
        x = own["value"] / largest
        self.own.append((x, y, own, self._hover(own, lane)))
        label = words("chart.own", self.language, value=formats.with_unit(number_of(own), lane["unit"]))
        at_left = x * self.canvas.narrowest_unit + text_width(label) + 12 <= self.canvas.narrowest_unit
        style = ("left", _OWN_DOT) if at_left else ("right", -_OWN_DOT)
        self.canvas.text(x, y, safe(label), bold=True, anchor=style[0], shift=style[1])

    def _hover(self, row: Row, lane: Row) -> str:
        few = words("chart.few", self.language) if _is_small(row) else ""
        return f"{safe(row['agency'])} {safe(formats.with_unit(number_of(row), lane['unit']))}{few}"

    def figure(self) -> go.Figure:
        self.canvas.height = self.top - _GAP + 4
        self.canvas.traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [x for at, _, _ in self.medians for x in (at, at, None)],
                "y": [y for _, top, bottom in self.medians for y in (top, bottom, None)],
                "line": {"color": slot(CONTEXT), "width": 2},
                "hoverinfo": "skip",
            }
        )
        self._marks(self.dots, CONTEXT, _DOT - 1)
        self._marks(self.own, DATA, _OWN_DOT)
        return self.canvas.figure()

    def _marks(self, places: Sequence[tuple[float, float, Row, str]], colour: int, size: int) -> None:
        """One trace of dots; hollow where the number rests on few cases, or is derived or approximate."""
        hollow = [_is_small(row) or is_hollow(row) for _, _, row, _ in places]
        self.canvas.traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "cliponaxis": False,
                "x": [x for x, *_ in places],
                "y": [y for _, y, *_ in places],
                "marker": {
                    "size": size,
                    "opacity": 1,
                    "color": [BACKGROUND if empty else slot(colour) for empty in hollow],
                    "line": {"width": 1.5, "color": slot(colour)},
                },
                **hovering([hover for *_, hover in places]),
            }
        )


def _is_small(row: Row) -> bool:
    return row.get("n") is not None and row["n"] < FEW
