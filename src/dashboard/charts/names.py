"""Names of the segments of a bar, under the bar: moved apart so that none runs into another."""

from collections.abc import Sequence

from dashboard.charts.fitting import safe, spread, text_width
from dashboard.charts.frame import SMALL, Canvas


def names_below(canvas: Canvas, names: Sequence[tuple[Sequence[str], float]]) -> None:
    """Put names (a head in markup, then plain lines) under points of a bar, moved apart where needed.

    Adds their height to the canvas.
    """
    if not names:
        return
    unit = canvas.narrowest_unit
    widths = [name_width(lines) for lines, _ in names]
    end = canvas.x_range[1] * unit + min(
        canvas.right, widths[-1] / 2
    )  # Plotly drops a text centred past the axis
    places = spread([x * unit for _, x in names], widths, -canvas.left / 2, end)
    for (lines, _), x, width in zip(names, places, widths, strict=True):
        text = "<br>".join([lines[0], *(safe(line) for line in lines[1:])])
        y = canvas.height + 7 * len(lines) + 1
        if canvas.right == 0 and x + width / 2 >= end:
            # Pushed against the edge: stays under its segment at every width when it ends where that does.
            canvas.text(canvas.x_range[1], y, text, size=SMALL, anchor="right")
        else:
            canvas.text(max(x / unit, canvas.x_range[0]), y, text, size=SMALL)
    canvas.height += 14 * max(len(lines) for lines, _ in names) + 6


def stand_under(canvas: Canvas, names: Sequence[tuple[Sequence[str], float]], sizes: Sequence[float]) -> bool:
    """Whether every name, moved apart, still stands under its own segment of the given size."""
    unit = canvas.narrowest_unit
    widths = [name_width(lines) for lines, _ in names]
    places = spread([x * unit for _, x in names], widths, -canvas.left / 2, canvas.x_range[1] * unit)
    return all(
        abs(place - x * unit) <= size * unit / 2
        for place, (_, x), size in zip(places, names, sizes, strict=True)
    )


def name_width(lines: Sequence[str]) -> float:
    """Pixels that one name of `names_below` takes, with the space around it."""
    return max(text_width(line, SMALL) for line in lines[1:]) + 6
