"""Lanes of cells that n posts fill at most n of: the drawing behind the cadence strip and the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from dashboard.charts.colours import ADVICE, CONTEXT, DATA, FAINT, TRANSPARENT, slot
from dashboard.charts.fitting import NARROWEST, safe, text_width, wrapped
from dashboard.charts.frame import MUTED, SIZE, SMALL, Canvas, empty_figure

_NAME = 18
_GAP = 14


@dataclass(frozen=True)
class Lane:
    """One lane: what stands above it at both ends, and how many of its cells are filled.

    `on_empty` is written on the empty cells when it fits there, else below them; `on_lane` is
    written at the lane's start, for a lane without a number.
    """

    name: str
    figure: str
    sign: str
    verdict: str
    sign_slot: int | None
    cells: int
    filled: int
    look: Literal["solid", "hatched", "hollow"] = "solid"
    slot: int = DATA
    on_empty: str = ""
    on_lane: str = ""
    hover: str = ""

    @property
    def said(self) -> str:
        """Sign and verdict; a full-width sign brings its own space."""
        return f"{self.sign} {self.verdict}".replace("？ ", "？").strip()

    @property
    def right_width(self) -> float:
        """Pixels that figure and verdict take."""
        return text_width(f"{self.figure}　{self.said}", SIZE) + 4

    @property
    def right_markup(self) -> str:
        """Figure and verdict as they are written."""
        said = safe(self.said)
        if self.sign_slot:
            # Amber is too pale for small text: it colours the sign alone.
            coloured = safe(self.sign) if self.sign_slot == ADVICE else said
            said = said.replace(coloured, f'<span style="color:{slot(self.sign_slot)}">{coloured}</span>', 1)
        return f"<b>{safe(self.figure)}</b>　{said}" if self.figure else said

    @property
    def name_lines(self) -> list[str]:
        """The name, leaving room for the right end unless even half the width is too little."""
        room = NARROWEST - self.right_width - 10
        if text_width(self.name, SIZE * 1.05) <= room:
            return [self.name]
        return wrapped(self.name, max(room, NARROWEST * 0.5), SIZE * 1.05)

    @property
    def right_below(self) -> bool:
        """The verdict goes to a line of its own when it would run into the name."""
        widest = max(text_width(line, SIZE * 1.05) for line in self.name_lines)
        return widest + self.right_width + 10 > NARROWEST

    @property
    def note_below(self) -> bool:
        """The note does not fit on the empty cells."""
        room = NARROWEST * (self.cells - self.filled) / self.cells
        return bool(self.on_empty) and text_width(self.on_empty, SMALL) + 6 > room


def draw_lanes(lanes: Sequence[Lane], height: int = 24) -> go.Figure:
    """Draw the lanes one below the other; at most one trace a look of cell, whatever their number."""
    if not lanes:
        return empty_figure()
    canvas = Canvas(0, (0, 1))
    top = 0.0
    tops = []
    for lane in lanes:
        head = _NAME * (len(lane.name_lines) + lane.right_below)
        tops.append(top + head)
        _write(canvas, lane, top, head, height)
        top += head + height + (_NAME - 4 if lane.note_below else 0) + _GAP
    canvas.height = top - _GAP + 4
    _fill(canvas, lanes, tops, height)
    return canvas.figure()


def _write(canvas: Canvas, lane: Lane, top: float, head: float, height: float) -> None:
    for number, line in enumerate(lane.name_lines):
        canvas.text(None, top + _NAME * (number + 0.4), safe(line), bold=True, anchor="left")
    canvas.text(None, top + head - _NAME * 0.6, lane.right_markup, anchor="right")
    middle = top + head + height / 2
    if lane.on_lane:
        canvas.text(None, middle, safe(lane.on_lane), size=SMALL, anchor="left", shift=8, muted=True)
    if lane.note_below:
        canvas.text(None, top + head + height + 9, lane.on_empty, size=SMALL, anchor="right", muted=True)
    elif lane.on_empty:
        canvas.text((lane.filled / lane.cells + 1) / 2, middle, lane.on_empty, size=SMALL)


def _fill(canvas: Canvas, lanes: Sequence[Lane], tops: Sequence[float], height: float) -> None:
    """Group the cells by look, then by width, so that each becomes one trace."""
    groups: dict[tuple[str, int, int], list[tuple[float, float, str]]] = {}
    for lane, top in zip(lanes, tops, strict=True):
        for cell in range(lane.cells):
            look = "empty" if cell >= lane.filled else lane.look
            key = (look, 0 if look == "empty" else lane.slot, lane.cells)
            groups.setdefault(key, []).append(((cell + 0.5) / lane.cells, top, lane.hover))
    for (kind, colour, cells), places in groups.items():
        canvas.cells(places, 0.86 / cells, height, _marker(kind, colour))


def _marker(look: str, colour: int) -> dict[str, Any]:
    if look == "empty":
        return {"color": FAINT, "line": {"width": 0}}
    if look == "solid":
        return {"color": slot(colour), "line": {"width": 0}, "opacity": MUTED if colour == CONTEXT else 1}
    outline = {
        "color": TRANSPARENT,
        "line": {"color": slot(colour), "width": 1 if look == "hatched" else 1.5},
    }
    if look == "hollow":
        return outline
    return outline | {
        "pattern": {
            "shape": "/",
            "size": 5,
            "solidity": 0.35,
            "fgcolor": slot(colour),
            "bgcolor": TRANSPARENT,
        },
    }
