"""Will the words fit? Widths of text at the narrowest width a chart is shown at.

A figure is built once and shown at any width. Text keeps its pixels while distances grow with the
card, so what does not collide at NARROWEST never collides.
"""

import unicodedata
from collections.abc import Sequence
from html import escape

NARROWEST = 292  # a card's inside on a phone of 360 px is 294


def text_width(text: str, size: float = 12) -> float:
    """Pixels a line needs in a CJK font: a full em a wide character, .58 em any other."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.58 for sign in text)
    return ems * size


def wrapped(text: str, room: float, size: float = 12) -> list[str]:
    """Break a label into lines no wider than `room`, as even as they can be."""
    total = text_width(text, size)
    if total <= room or len(text) <= 1:
        return [text]
    lines_wanted = -(-int(total) // max(int(room), int(size)))
    target = max(total / lines_wanted, size)
    lines: list[str] = []
    line = ""
    for sign in text:
        grown = text_width(line + sign, size)
        even = grown > target + size * 0.3 and len(lines) < lines_wanted - 1
        if line and (grown > room or even):
            lines.append(line)
            line = sign
        else:
            line += sign
    return [*lines, line]


def flowed(parts: Sequence[str], room: float, size: float = 12, gap: str = "　") -> list[list[int]]:
    """Put parts one after the other into lines: for each line the positions of its parts."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for position, part in enumerate(parts):
        width = text_width(part + gap, size)
        if lines[-1] and used + width > room + text_width(gap, size):
            lines.append([])
            used = 0.0
        lines[-1].append(position)
        used += width
    return lines


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move centres apart, as little as possible, so that things of those sizes do not overlap."""
    order = sorted(range(len(wanted)), key=lambda position: wanted[position])
    placed = list(wanted)
    edge = low
    for position in order:
        placed[position] = max(wanted[position], edge + sizes[position] / 2)
        edge = placed[position] + sizes[position] / 2
    edge = high
    for position in reversed(order):
        placed[position] = min(placed[position], edge - sizes[position] / 2)
        edge = placed[position] - sizes[position] / 2
    return placed


def rows_without_overlap(spans: Sequence[tuple[float, float]]) -> list[int]:
    """The row each span goes to, the first being 0, so that none covers another in its row."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = end
        rows.append(row)
    return rows


def label_span(position: float, label: str, unit: float, size: float = 11) -> tuple[float, float]:
    """Pixels a label takes at the narrowest width when centred on the line before a year's position."""
    middle, half = position * unit, text_width(label, size) / 2 + 4
    return (middle - half, middle + half)


def safe(text: object) -> str:
    """A label from a document, made harmless in Plotly's markup."""
    return escape(str(text), quote=False)
