"""Page furniture: page numbers, and headers and footers that stand at one place on most pages.

They are not the report's text. Only lines near the top or bottom edge of a page can be furniture.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.readers.pdf.lines import Line
from dashboard.readers.pdf.marks import Box

#: The part of a page's height, at either edge, where furniture stands (official margins are 12 %).
_EDGE = 0.12
#: Furniture repeats on this part of the pages (left and right pages may differ) and on two at least.
_MOST_PAGES = 0.4
_LEAST_PAGES = 2
_SAME_PLACE = 6.0
#: Furniture stands so many characters clear of the text, and has no more lines.
_CLEAR = 0.8
_MOST_LINES = 3
_NUMBER = r"[\d零〇一二三四五六七八九十百]{1,5}"
_DRESSED_NUMBER = re.compile(
    r"[-—–－―~～·•]+\d{1,4}[-—–－―~～·•]+"
    rf"|第{_NUMBER}页(?:[,，/／（(]?共{_NUMBER}页[）)]?)?"
    rf"|共{_NUMBER}页[,，/／]?第{_NUMBER}页"
    r"|page\d{1,4}(?:(?:of|/)\d{1,4})?"
    r"|(?:https?|file):\S+?\d{1,4}/\d{1,4}",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"(\d{1,4})(?:[/／]\d{1,4})?")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]")


class _Place(NamedTuple):
    """A line near an edge: its page, whether the edge is the top, how far from it."""

    page: int
    is_top: bool
    distance: float
    line: Line


def without_furniture(pages: Sequence[tuple[Box, list[Line]]]) -> list[list[Line]]:
    """Leave furniture out of the lines of each page; `pages` are their visible parts and their lines."""
    places = [place for number, (box, lines) in enumerate(pages) for place in _near_edges(number, box, lines)]
    repeated = {(place.page, place.line) for place in _repeated(places, len(pages))}
    usual = _usual_shifts(places)
    kept = []
    for page, (_, lines) in enumerate(pages):
        furniture = {
            place.line
            for place in places
            if place.page == page
            and ((page, place.line) in repeated or _is_number(_bare(place.line), page, usual))
        }
        first, last = _outermost(lines, furniture), len(lines) - _outermost(lines[::-1], furniture)
        kept.append(lines[first:last])
    return kept


def _outermost(lines: Sequence[Line], furniture: set[Line]) -> int:
    """How many lines from an edge on are furniture that stands clear of the text."""
    count = 0
    for line, following in zip(lines[:_MOST_LINES], [*lines[1:], None], strict=False):
        if line not in furniture:
            break
        count += 1
        if following is None or following in furniture:
            continue
        gap = max(following.top - line.bottom, line.top - following.bottom)
        if gap < _CLEAR * line.size:
            return 0
    return count


def _near_edges(page: int, box: Box, lines: Sequence[Line]) -> Iterator[_Place]:
    edge = (box.bottom - box.top) * _EDGE
    for line in lines:
        if line.bottom <= box.top + edge:
            yield _Place(page, True, line.top - box.top, line)
        elif line.top >= box.bottom - edge:
            yield _Place(page, False, box.bottom - line.bottom, line)


def _repeated(places: Sequence[_Place], pages: int) -> Iterator[_Place]:
    """The lines that stand at one place on most pages, but for the digits in them."""
    alike: dict[tuple[bool, str], list[_Place]] = defaultdict(list)
    for place in places:
        text = _DIGITS.sub("#", _bare(place.line))
        if _WORD.search(text):
            alike[place.is_top, text].append(place)
    least = max(_LEAST_PAGES, pages * _MOST_PAGES)
    for group in alike.values():
        for place in group:
            near = {other.page for other in group if abs(other.distance - place.distance) <= _SAME_PLACE}
            if len(near) >= least:
                yield place


def _usual_shifts(places: Sequence[_Place]) -> set[int]:
    """By how much plain page numbers differ from the count of pages from 0."""
    shifts = Counter(
        int(number[1]) - place.page
        for place in places
        if (number := _PLAIN_NUMBER.fullmatch(_bare(place.line)))
    )
    return {1} | {shift for shift, count in shifts.items() if count >= _LEAST_PAGES}


def _bare(line: Line) -> str:
    return "".join(line.text.split())


def _is_number(text: str, page: int, usual: set[int]) -> bool:
    """Whether a line is a page number: dressed as one, or counting as the pages do."""
    if _DRESSED_NUMBER.fullmatch(text):
        return True
    number = _PLAIN_NUMBER.fullmatch(text)
    return number is not None and int(number[1]) - page in usual
