"""Figures that stand below one another -> their columns, where the text has no head that lines up with them.

Each program that lays a page out as text sets the figures of a column to the same place: to the left, to
the middle or to the right. Where the places fall into as many heaps as the table has columns, each heap
narrow and far from the next, and none made by a single figure, a heap is a column. That no column makes
two heaps (and another, all blank, none) is shown by rows that have figures in both.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from dashboard.extract.spaced_lines import Line, Span
from dashboard.model import Cell

#: Twice the place at which a figure stands, by the side that its column lines up.
_SIDES: Final[tuple[Callable[[Span], int], ...]] = (
    lambda span: 2 * span[0],
    lambda span: span[0] + span[1],
    lambda span: 2 * span[1],
)
#: A heap is so far from the next (doubled, as the places), and so many times as far as the widest is wide.
_CLEAR, _TIMES = 7, 1.5
#: A column is shown by so many figures.
_LEAST = 2


def standing(rows: Sequence[Line], where: Callable[[Cell, int], Span], width: int) -> dict[int, list[Cell]]:
    """Return the figures of each row in the table's `width` columns, blanks between, by where its line begins.

    Empty where the figures show other columns, or two sides show different ones.
    """
    spans = {line.block.start: [where(cell, line.offset) for cell in line.figures] for line in rows}
    ways = [way for side in _SIDES if (way := _placed(rows, spans, side, width))]
    return ways[0] if ways and all(way == ways[0] for way in ways) else {}


def _placed(
    rows: Sequence[Line], spans: Mapping[int, list[Span]], side: Callable[[Span], int], width: int
) -> dict[int, list[Cell]]:
    heaps = list(_heaps(sorted(side(span) for row in spans.values() for span in row)))
    if len(heaps) != width or min(map(len, heaps)) < _LEAST:
        return {}
    nearest = min((other[0] - one[-1] for one, other in pairwise(heaps)), default=_CLEAR)
    if max(heap[-1] - heap[0] for heap in heaps) * _TIMES > nearest:
        return {}
    column = {place: number for number, heap in enumerate(heaps) for place in heap}
    found: dict[int, list[Cell]] = {}
    beside: set[int] = set()
    for line in rows:
        places = [column[side(span)] for span in spans[line.block.start]]
        if any(one >= other for one, other in pairwise(places)):
            return {}
        beside |= {place for place in places if place + 1 in places}
        at = dict(zip(places, line.figures, strict=True))
        end = line.figures[-1].end if line.figures else line.block.end
        found[line.block.start] = [at.get(number, Cell("", end, end)) for number in range(width)]
    return found if len(beside) == width - 1 else {}


def _heaps(places: Sequence[int]) -> Iterator[list[int]]:
    heap: list[int] = []
    for place in places:
        if heap and place - heap[-1] >= _CLEAR:
            yield heap
            heap = []
        heap.append(place)
    if heap:
        yield heap
