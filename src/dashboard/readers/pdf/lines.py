"""Characters -> lines of text, with what their geometry tells: extent, size, words, gaps.

Words are pdfplumber's; where a blank stands depends on the size of the characters.
"""

import re
from typing import NamedTuple

from pdfplumber.utils.text import extract_words

from dashboard.readers.pdf.marks import Mark

#: Two words are on one line when they share at least this part of the lower one's height.
_SHARED = 0.5
#: The piece of a line that is never broken: brackets, a number or Latin word, closing marks.
_UNBROKEN = re.compile(r"[（(《“‘「]*(?:[!-~]+|.)[，。、；：？！）)》”’」]*", re.DOTALL)
_MARKER_LENGTH = 6
#: A gap of this part of a character is a blank. pdfplumber's 3 points would join two numbers in small print.
_BLANK = 0.15


class Word(NamedTuple):
    """A run of characters without a blank."""

    text: str
    x0: float
    x1: float


class Line(NamedTuple):
    """A line of text on a page.

    `unbroken` is how wide its first piece is that could not be broken; `starts` are where its first
    characters begin.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    words: tuple[Word, ...]
    unbroken: float
    starts: tuple[float, ...]


def lines_of(characters: list[Mark]) -> list[Line]:
    """Put characters into lines, from the top; a word set sideways is a line of its own."""
    rows: list[list[Mark]] = []
    top = bottom = 0.0
    words = extract_words(characters, return_chars=True, x_tolerance_ratio=_BLANK) if characters else []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"], word["x0"])):
        shared = min(bottom, word["bottom"]) - max(top, word["top"])
        height = min(bottom - top, word["bottom"] - word["top"])
        if rows and word["upright"] and rows[-1][-1]["upright"] and shared >= height * _SHARED:
            rows[-1].append(word)
            top, bottom = min(top, word["top"]), max(bottom, word["bottom"])
        else:
            rows.append([word])
            top, bottom = word["top"], word["bottom"]
    return [_line(sorted(row, key=lambda word: word["x0"])) for row in rows]


def _line(row: list[Mark]) -> Line:
    characters = [character for word in row for character in word["chars"]]
    sizes = sorted(character["size"] for character in characters)
    first = row[0]["chars"]
    piece = _UNBROKEN.match(row[0]["text"])
    length = min(piece.end(), len(first)) if piece else len(first)
    return Line(
        " ".join(word["text"] for word in row),
        row[0]["x0"],
        max(word["x1"] for word in row),
        min(word["top"] for word in row),
        max(word["bottom"] for word in row),
        sizes[len(sizes) // 2],
        tuple(Word(word["text"], word["x0"], word["x1"]) for word in row),
        first[length - 1]["x1"] - first[0]["x0"],
        tuple(character["x0"] for character in characters[:_MARKER_LENGTH]),
    )
