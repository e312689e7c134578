"""The marks on a page of a PDF: characters and straight lines, as pdfplumber's functions take them.

A mark is a dict; distances are points from the page's top left corner.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTRect

from dashboard.readers.pdf.drawing import UNMAPPED

Mark: TypeAlias = dict[str, Any]

#: How far from straight a character may lean, and a line may slant.
_STRAIGHT = 0.1
_LEVEL = 0.5
_SAME_PLACE = 1.0
#: Areas no thicker than this are lines whatever their colour.
_THICKEST_LINE = 3.0
_INKS = 4
_FAINT = 0.02

#: Characters some programs write for the ordinary ones of the same shape (行 as the radical ⾏).
_ORDINARY = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
} | str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


class Box(NamedTuple):
    """A part of a page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.x1 - self.x0) * max(0.0, self.bottom - self.top)

    def holds(self, mark: Mark) -> bool:
        """Whether the middle of a mark lies in this part."""
        return bool(
            self.x0 <= (mark["x0"] + mark["x1"]) / 2 < self.x1
            and self.top <= (mark["top"] + mark["bottom"]) / 2 < self.bottom
        )


def turns_of(character: LTChar) -> int:
    """By how many quarters a page must be turned clockwise for a character to stand upright."""
    across, up = character.matrix[:2]
    if abs(across) >= abs(up):
        return 0 if across >= 0 else 2
    return 1 if up > 0 else 3


def is_straight(character: LTChar) -> bool:
    """Whether a character stands upright or lies on a side: a watermark leans."""
    smaller, larger = sorted(map(abs, character.matrix[:2]))
    return smaller <= larger * _STRAIGHT


def box_of(item: LTComponent, height: float) -> Box:
    """The place of an item on a page of this height; pdfminer measures from the bottom."""
    return Box(item.x0, height - item.y1, item.x1, height - item.y0)


def character_of(item: LTChar, height: float) -> Mark:
    """A character as pdfplumber's functions take it."""
    x0, top, x1, bottom = box_of(item, height)
    return {
        "text": _readable(item.get_text()),
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "doctop": top,
        "size": item.size,
        "upright": item.upright,
    }


@lru_cache(maxsize=10_000)
def _readable(text: str) -> str:
    """What a font says its character is, in ordinary letters and without control characters."""
    return "".join(
        UNMAPPED if unicodedata.category(letter) == "Cs" else letter
        for letter in text.translate(_ORDINARY)
        if letter.isspace() or unicodedata.category(letter) != "Cc"
    )


def once(characters: Iterable[Mark]) -> Iterator[Mark]:
    """Leave out a character printed again at its own place, as programs do that have no bold font."""
    seen: dict[tuple[str, int, int], list[Mark]] = {}
    for character in characters:
        text, x0, top = character["text"], character["x0"], character["top"]
        column, row = int(x0), int(top)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in seen.get((text, x, y), ())
        )
        if not any(
            abs(other["x0"] - x0) <= _SAME_PLACE and abs(other["top"] - top) <= _SAME_PLACE for other in near
        ):
            seen.setdefault((text, column, row), []).append(character)
            yield character


def edges_of(paths: Iterable[LTCurve], height: float) -> Iterator[Mark]:
    """The straight sides of drawn lines and areas, as far as they are seen.

    White areas on white paper, which programs lay under pasted text piece by piece, rule nothing; on an
    area of another colour they are the cells of a table whose lines are what is left between them.
    """
    grounds: list[Box] = []
    for path in paths:
        box = box_of(path, height)
        if min(path.width, path.height) > _THICKEST_LINE and path.fill and not path.stroke:
            if not _is_white(path.non_stroking_color):
                grounds.append(box)
            elif not any(ground.area > box.area and ground.holds(box._asdict()) for ground in grounds):
                continue
        points = [*path.pts, path.pts[0]] if isinstance(path, LTRect) else path.pts
        for (x0, y0), (x1, y1) in pairwise(points):
            yield from edge(min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))


def _is_white(colour: object) -> bool:
    """Whether a colour, given as shades of grey, of light or of ink, is that of paper."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    numbers = [float(part) for part in parts if isinstance(part, (int, float))]
    if not numbers or len(numbers) < len(parts):
        return False
    return max(numbers) < _FAINT if len(numbers) == _INKS else min(numbers) > 1 - _FAINT


def edge(x0: float, top: float, x1: float, bottom: float) -> Iterator[Mark]:
    """The straight line between two corners as pdfplumber's functions take it; none for a slanting one."""
    width, height = x1 - x0, bottom - top
    if min(width, height) <= _LEVEL:
        yield {
            "object_type": "line",
            "orientation": "v" if width < height else "h",
            "x0": x0,
            "top": top,
            "x1": x1,
            "bottom": bottom,
            "doctop": top,
            "width": width,
            "height": height,
        }
