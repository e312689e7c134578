"""Lines of a PDF -> paragraphs, by geometry: what the margin broke is joined again, over pages too."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.readers.pdf.columns import columned, is_parted
from dashboard.readers.pdf.lines import Line
from dashboard.readers.pdf.marks import Box

# Distances in characters of the line's size:
#: a line that ends this near to the margin reaches it (closing marks may stand half outside or be narrow);
_REACH = 1.5
#: a line that begins so much further right begins a paragraph;
_INDENT = 0.8
#: text of the page begins this near to the left margin (a title or a signature further in);
_DEEPEST_INDENT = 5.0
#: no longer piece is thought to have been moved to the next line whole.
_LONGEST_PIECE = 12.0
_SLACK = 0.5
#: a wider step between lines than this part of the usual one begins a paragraph;
_WIDE_STEP = 1.35
_USUAL_STEP = 2.0
_LARGEST_STEP = 3.0
_SAME_SIZE = 0.12
_ALIGNED = 0.25
#: Lines that must end alike to show a margin, in a text of some lines and of few.
_SHOWING = ((6, 2), (3, 1), (0, 0))
_LEAST_FRAME = 3
_END = re.compile(r"[。！？：][”’」』）)]*$")
#: The mark of a list's point; symbol fonts have their bullets in the private range.
_MARKER = re.compile(r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]|[•●○■□◆▪·–\ue000-\uf8ff-])")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a frame begin and end, and how far apart lines of a size are."""

    left: float
    right: float
    steps: dict[int, float]


@dataclass(slots=True)
class ProseLine:
    """A line with its frame's margins; `laid_out` is its text when it is the row of an unruled table."""

    line: Line
    margins: Margins
    laid_out: str | None = None


@dataclass(slots=True)
class ProseParagraph:
    """A paragraph that grows by lines; it stands where its first line does."""

    first: ProseLine
    last: ProseLine = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.first
        self.text = self.first.laid_out or self.first.line.text

    @property
    def indent(self) -> int:
        """How many blanks stand before the row of an unruled table."""
        laid_out = self.first.laid_out or ""
        return len(laid_out) - len(laid_out.lstrip())

    def takes(self, following: ProseLine, *, same_page: bool) -> bool:
        """Add a line if it continues the paragraph; say whether it did."""
        is_ended = _END.search(self.text) is not None and not self._is_within(following.line)
        if is_ended or not _continues(self.last, following, same_page=same_page):
            return False
        room = self.last.margins.right - self.last.line.x1
        reached = room <= self.last.line.size * _REACH
        self.text += _between(self.text[-1], following.line.text[0], reached=reached) + following.line.text
        self.last = following
        return True

    def _is_within(self, line: Line) -> bool:
        """Whether a line is surely no new paragraph: this one's first line is indented and it is not."""
        first = self.first.line
        return first.x0 - line.x0 > first.size * _INDENT and _MARKER.match(line.text) is None


def margins_of(pages: Iterable[Sequence[Line]]) -> Margins:
    """The margins that the lines of some pages, or of a frame, show together."""
    steps: dict[int, list[float]] = defaultdict(list)
    lines: list[Line] = []
    for page in pages:
        lines += [line for line in page if not is_parted(line)]
        for line, following in pairwise(page):
            step = following.top - line.top
            if line.size < step < line.size * _LARGEST_STEP:
                steps[round(line.size)].append(step)
    size = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    return Margins(
        -_margin([-line.x0 for line in lines], size),
        _margin([line.x1 for line in lines], size),
        {size: sorted(values)[len(values) // 4] for size, values in steps.items()},
    )


def prose(lines: Sequence[Line], frames: Iterable[Box], page: Margins) -> list[ProseLine]:
    """The lines of a page with its margins, or those of the frame around them if it is narrower."""
    rows = columned(lines)
    found = {line: ProseLine(line, page, rows.get(line)) for line in lines}
    for frame in frames:
        held = [line for line in lines if frame.top <= (line.top + line.bottom) / 2 < frame.bottom]
        own = margins_of([held])
        if len(held) >= _LEAST_FRAME and page.right - own.right > held[0].size * _REACH:
            for line in held:
                found[line].margins = own
    return list(found.values())


def _margin(ends: list[float], size: float) -> float:
    """The outermost place near which some lines end together; 0 without lines."""
    showing = next(lines for least, lines in _SHOWING if len(ends) >= least)
    ordered = sorted(ends, reverse=True)
    for end, other in zip(ordered, ordered[showing:], strict=False):
        if end - other <= size * _REACH:
            return end
    return ordered[0] if ordered else 0.0


def _continues(one: ProseLine, other: ProseLine, *, same_page: bool) -> bool:
    line, following, size = one.line, other.line, one.line.size
    if one.laid_out or other.laid_out:
        return False
    if abs(size - following.size) > size * _SAME_SIZE:
        return False
    if same_page:
        usual = one.margins.steps.get(round(size), size * _USUAL_STEP)
        if not 0 < following.top - line.top <= usual * _WIDE_STEP:
            return False
    piece = 0.0 if _MARKER.match(following.text) else min(following.unbroken, size * _LONGEST_PIECE)
    if one.margins.right - line.x1 > max(size * _REACH, piece + size * _SLACK):
        return False
    deepest = one.margins.left + size * _DEEPEST_INDENT
    if max(line.x0, following.x0) > deepest:
        return False
    return following.x0 <= line.x0 + size * _INDENT or _hangs(line, following)


def _hangs(line: Line, following: Line) -> bool:
    """Whether a line stands below the text behind a list marker, as the second line of a list's point."""
    return _MARKER.match(line.text) is not None and any(
        abs(start - following.x0) <= line.size * _ALIGNED for start in line.starts[1:]
    )


def _between(before: str, after: str, *, reached: bool) -> str:
    """What parts two joined lines: a blank between Latin words, or numbers the margin did not break."""
    if before.isdigit() and after.isdigit():
        return "" if reached else " "
    both_latin = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return " " if both_latin else ""
