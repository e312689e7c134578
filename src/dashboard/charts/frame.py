"""The shared canvas: a figure of fixed height whose vertical unit is the pixel, counted from the top.

Horizontal positions are data (a year, a column), so a figure widens with its card; vertical ones are
pixels, so lanes, labels and gaps stay as designed. Text keeps to the theme's font.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

import plotly.graph_objects as go

from dashboard.charts.colours import CONTEXT, DECORATION, TEXT, TRANSPARENT, slot
from dashboard.charts.fitting import NARROWEST

SIZE = 12
SMALL = 11
TINY = 10
MUTED = 0.72

#: For st.plotly_chart(figure, config=CONFIG): nothing to click but the marks.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}


class TextStyle(TypedDict, total=False):
    """How a text is written; `shift` moves it sideways by pixels."""

    size: float
    colour: str
    muted: bool
    bold: bool
    anchor: str
    shift: float


@dataclass
class Canvas:
    """What is drawn so far. `left` and `right` are margins in pixels, for labels."""

    height: float
    x_range: tuple[float, float]
    left: float = 0
    right: float = 0
    traces: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    labels: dict[bool, list[tuple[float, float, str, float, str]]] = field(default_factory=dict)
    shapes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def narrowest_unit(self) -> float:
        """Pixels of one horizontal unit at the narrowest width."""
        return (NARROWEST - self.left - self.right) / (self.x_range[1] - self.x_range[0])

    def text(self, x: float | None, y: float, text: str, **style: Unpack[TextStyle]) -> None:
        """Write at a point; without x at the left edge of the figure (`anchor` right: at its right edge)."""
        text = f"<b>{text}</b>" if style.get("bold") else text
        size, colour = style.get("size", SIZE), style.get("colour", TEXT)
        muted, anchor, shift = style.get("muted", False), style.get("anchor", "center"), style.get("shift", 0)
        if x is not None and anchor == "center" and not shift:
            self.labels.setdefault(muted, []).append((x, y, text, size, colour))
            return
        note: dict[str, Any] = {
            "y": y,
            "text": text,
            "showarrow": False,
            "xanchor": anchor,
            "yanchor": "middle",
            "align": anchor,
            "borderpad": 0,
            "font": {"size": size, "color": colour},
            "opacity": MUTED if muted else 1,
        }
        if x is None:
            at_right = anchor == "right"
            to_edge = self.right if at_right else -self.left
            note |= {"xref": "paper", "x": int(at_right), "xshift": shift + to_edge}
        else:
            note |= {"x": x, "xshift": shift}
        self.texts.append(note)

    def rule(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        dotted: bool = False,
        across: bool = False,
    ) -> None:
        """Draw a straight line; `across` counts x in shares of the plot's width."""
        self.shapes.append(
            {
                "type": "line",
                "layer": "below",
                "xref": "paper" if across else "x",
                "x0": x[0],
                "x1": x[1],
                "y0": y[0],
                "y1": y[1],
                "line": {
                    "color": slot(CONTEXT if dotted else DECORATION),
                    "width": 1,
                    "dash": "dot" if dotted else "solid",
                },
                "opacity": MUTED if dotted else 1,
            }
        )

    def block(self, x: tuple[float, float], y: tuple[float, float], colour: str) -> None:
        """Fill a rectangle behind the marks."""
        self.shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "x0": x[0],
                "x1": x[1],
                "y0": y[0],
                "y1": y[1],
                "fillcolor": colour,
                "line": {"width": 0},
            }
        )

    def dot(
        self, x: float, y: float, shift: tuple[float, float], radius: float, colour: str, *, hollow: bool
    ) -> None:
        """Draw one dot some pixels beside a point, at every width of the figure."""
        self.shapes.append(
            {
                "type": "circle",
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": x,
                "yanchor": y,
                "x0": shift[0] - radius,
                "x1": shift[0] + radius,
                "y0": shift[1] - radius,
                "y1": shift[1] + radius,
                "fillcolor": TRANSPARENT if hollow else colour,
                "line": {"color": colour, "width": 1.5 if hollow else 0},
            }
        )

    def crosses(self, places: Sequence[tuple[float, float, str]]) -> None:
        """Mark (x, y, hover text) where a number is wanting with a ×, as one trace."""
        if places:
            self.traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "cliponaxis": False,
                    "x": [x for x, _, _ in places],
                    "y": [y for _, y, _ in places],
                    "marker": {
                        "symbol": "x-thin",
                        "size": 7,
                        "opacity": 0.65,
                        "line": {"width": 1.4, "color": TEXT},
                    },
                    **hovering([hover for _, _, hover in places]),
                }
            )

    def cells(
        self,
        places: Sequence[tuple[float, float, str]],
        width: float,
        height: float,
        marker: dict[str, Any],
    ) -> None:
        """Draw equal upright cells (middle, top edge, hover text) as one trace."""
        if places:
            self.traces.append(
                {
                    "type": "bar",
                    "x": [x for x, _, _ in places],
                    "y": [height] * len(places),
                    "base": [top for _, top, _ in places],
                    "width": width,
                    "marker": marker,
                    **hovering([hover for _, _, hover in places]),
                }
            )

    def _label_traces(self) -> list[dict[str, Any]]:
        """Centred texts as one trace of plain and one of muted ones: far cheaper than annotations."""
        return [
            {
                "type": "scatter",
                "mode": "text",
                "hoverinfo": "skip",
                "cliponaxis": False,
                "opacity": MUTED if muted else 1,
                "x": [x for x, *_ in places],
                "y": [y for _, y, *_ in places],
                "text": [text for _, _, text, *_ in places],
                "textfont": {"size": [size for *_, size, _ in places], "color": [at[-1] for at in places]},
            }
            for muted, places in self.labels.items()
        ]

    def figure(self) -> go.Figure:
        """The finished figure: transparent, without grid, legend, axes or zoom."""
        axis = {
            "visible": False,
            "fixedrange": True,
            "automargin": False,
            "showgrid": False,
            "zeroline": False,
        }
        return go.Figure(
            data=[*self.traces, *self._label_traces()],
            layout={
                "template": "none",
                "height": self.height,
                "showlegend": False,
                "dragmode": False,
                "paper_bgcolor": TRANSPARENT,
                "plot_bgcolor": TRANSPARENT,
                "barmode": "overlay",
                "margin": {"l": self.left, "r": self.right, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
                "font": {"size": SIZE, "color": TEXT},
                "hovermode": "closest",
                "uniformtext": {"mode": "hide", "minsize": SMALL},
                "xaxis": axis | {"range": list(self.x_range)},
                "yaxis": axis | {"range": [self.height, 0]},
                "annotations": self.texts,
                "shapes": self.shapes,
            },
        )


def hovering(hover: Sequence[str] | None) -> dict[str, Any]:
    """The trace's part that says what appears under the pointer."""
    if hover is None:
        return {"hoverinfo": "skip"}
    return {"hovertext": list(hover), "hovertemplate": "%{hovertext}<extra></extra>"}


def empty_figure(height: float = 40) -> go.Figure:
    """A figure with nothing in it: the page says why it is empty."""
    return Canvas(height, (0, 1)).figure()
