"""The ruled lines of a PDF's page -> the cells they enclose.

pdfplumber's steps, with two things of our own: sides left open are closed, and a page with more lines
than any form is refused before its crossings are counted.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils.clustering import make_cluster_dict
from pdfplumber.utils.geometry import filter_edges

from dashboard.errors import Refused
from dashboard.readers.pdf.marks import Mark, edge

#: Lines this near to one another are one line; shorter ones are none (pdfplumber's own tolerances).
NEAR = 3
#: Lines and crossings to look at: the largest form on one page has some 200 lines and 2,000 crossings.
_MOST_LINES = 3_000
_MOST_CROSSINGS = 6_000
#: No cell is narrower or lower: lines that stand out less beyond the last one they meet are not open.
_LEAST_CELL = 8


class _Bar(NamedTuple):
    """A line by its distance from the left (or top) and its extent along the page (or across it)."""

    place: float
    start: float
    end: float


def cells_of(edges: Iterable[Mark]) -> list[list[tuple[float, float, float, float]]]:
    """Give the cells (left, top, right, bottom) of each table, from the top; a lone box is no table.

    Raises Refused when there are more lines than any form has.
    """
    merged = _merged(filter_edges(edges, min_length=1))
    merged = _merged([*merged, *_closing(merged)])
    crossings = edges_to_intersections(merged, NEAR, NEAR)
    if len(crossings) > _MOST_CROSSINGS:
        raise _too_many()
    return cells_to_tables(intersections_to_cells(crossings))


def _merged(edges: list[Mark]) -> list[Mark]:
    merged = filter_edges(merge_edges(edges, NEAR, NEAR, NEAR, NEAR), min_length=NEAR)
    if len(merged) > _MOST_LINES:
        raise _too_many()
    return merged


def _too_many() -> Refused:
    return Refused("文件某页的线条过多，辨认不出表格；请提供 Word、网页，或去掉图形后再试")


def _closing(edges: list[Mark]) -> Iterator[Mark]:
    """The sides of tables drawn without some: no outer sides at all, or none where a page breaks them."""
    down = [_Bar(mark["x0"], mark["top"], mark["bottom"]) for mark in edges if mark["orientation"] == "v"]
    across = [_Bar(mark["top"], mark["x0"], mark["x1"]) for mark in edges if mark["orientation"] == "h"]
    for top, left, right in _open_ends(down, across):
        yield from edge(left, top, right, top)
    for left, top, bottom in _open_ends(across, down):
        yield from edge(left, top, left, bottom)


def _open_ends(bars: list[_Bar], rungs: list[_Bar]) -> Iterator[_Bar]:
    """Where neighbouring bars that a rung joins end side by side, both well beyond the last rung."""
    for is_start in (True, False):
        ends = {bar: bar.start if is_start else bar.end for bar in bars}
        clusters = make_cluster_dict(ends.values(), NEAR)
        by_cluster = sorted(ends, key=lambda bar: (clusters[ends[bar]], bar))
        for _, together in groupby(by_cluster, key=lambda bar: clusters[ends[bar]]):
            for one, other in pairwise(together):
                end = (ends[one] + ends[other]) / 2
                if _is_open(one, other, end, rungs) and not any(
                    _crosses(bar, one, other, end) for bar in bars
                ):
                    yield _Bar(end, one.place, other.place)


def _is_open(one: _Bar, other: _Bar, end: float, rungs: list[_Bar]) -> bool:
    """Whether rungs join two bars, none of them near the bars' end."""
    low, high = max(one.start, other.start) - NEAR, min(one.end, other.end) + NEAR
    distances = [
        abs(rung.place - end)
        for rung in rungs
        if low <= rung.place <= high and rung.start - NEAR <= one.place and other.place <= rung.end + NEAR
    ]
    return bool(distances) and min(distances) > _LEAST_CELL


def _crosses(bar: _Bar, one: _Bar, other: _Bar, end: float) -> bool:
    """Whether a bar between two others goes on where they end."""
    return one.place < bar.place < other.place and bar.start + NEAR < end < bar.end - NEAR
