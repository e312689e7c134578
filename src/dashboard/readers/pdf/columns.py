"""Tables without ruled lines: lines of text whose wide gaps part columns, kept apart by blanks.

A Chinese character is two columns wide and a digit one, as where text is set in one width: so the
figures of a column stand below one another, as they are printed.
"""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from dashboard.readers.pdf.lines import Line

#: Gaps wider than this many characters part columns.
_WIDE_GAP = 1.5
_FIGURE = re.compile(r"[-+－—–⸺/]+|无|[-+－]?\d[\d,，.．]*\s*[%％]?\s*[^\W\d]{0,3}")
_LETTER = re.compile(r"[^\W\d]")
_LEAST_FIGURES = 2
_LEAST_GAP = 2


class _Segment(NamedTuple):
    """What stands in one column of a line."""

    text: str
    x0: float


def columned(lines: Sequence[Line]) -> dict[Line, str]:
    """The lines that are rows of a table without ruled lines, each with its text laid out in columns.

    Such are lines one after the other that wide gaps part, or that are a figure, if one of them begins with a
    label and ends in a figure, or has two figures or more behind it. All rows of a page are measured from its
    edge and by one size, so that a column is at one place in each.
    """
    segments = {line: _segments(line) for line in lines}
    found: list[Line] = []
    for is_parted, run in groupby(lines, lambda line: len(segments[line]) > 1 or _is_figure(line.text)):
        rows = list(run)
        if is_parted and any(_is_row(segments[line]) for line in rows):
            found += rows
    sizes = sorted(line.size for line in found)
    return {line: _laid_out(segments[line], sizes[len(sizes) // 2] / 2) for line in found}


def is_parted(line: Line) -> bool:
    """Whether a wide gap parts a line."""
    return len(_segments(line)) > 1


def _segments(line: Line) -> list[_Segment]:
    segments = [_Segment(line.words[0].text, line.words[0].x0)]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 > line.size * _WIDE_GAP:
            segments.append(_Segment(word.text, word.x0))
        else:
            segments[-1] = _Segment(f"{segments[-1].text} {word.text}", segments[-1].x0)
    return segments


def _is_row(segments: Sequence[_Segment]) -> bool:
    figures = [_is_figure(segment.text) for segment in segments]
    is_named = not figures[0] and _LETTER.search(segments[0].text) is not None
    return sum(figures[1:]) >= _LEAST_FIGURES or (figures[-1] and is_named)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _laid_out(segments: Sequence[_Segment], unit: float) -> str:
    text = ""
    for segment in segments:
        column = round(segment.x0 / unit)
        text += " " * max(_LEAST_GAP if text else 0, column - _width(text)) + segment.text
    return text


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
