"""Blank cells of lined-up text: which columns the figures of a short row stand in.

A column is where its head stands and where the figures of full rows do; a figure is in a column when both
begin or end at one place, else when it touches that column and no other. Columns are believed only where
every row below a header fits them: gaps that line up nothing would move figures. A Chinese character is
two columns wide in most text and one in that of some PDF tools: where nothing lines up to the letter and
both measures give an answer, they have to agree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise
from unicodedata import east_asian_width

from dashboard.codebook import Codebook, FormBlock
from dashboard.extract.headings import matched_in_order
from dashboard.extract.labels import bare
from dashboard.extract.spaced_lines import Line, Span
from dashboard.extract.standing import standing
from dashboard.extract.vocabulary import Words, block_words, spellings
from dashboard.model import Cell

#: Programs that take text out of a PDF set this between pages; they count a Chinese character as one place.
_PAGE_BREAK = "\f"
#: Columns are believed when at least so many figures stand in them.
_LEAST_FIGURES = 4
#: Full rows that show where columns are, where no header does.
_LEAST_ROWS = 2

Measure = Callable[[str], int]


Where = Callable[[Cell, int], Span]


@dataclass(slots=True, eq=False)
class _Columns:
    """The heads of a block's columns, () where the text tells none whole, and the rows below."""

    block: FormBlock
    heads: tuple[Span, ...] = ()
    rows: list[Line] = field(default_factory=list)


def fill(lines: list[Line], text: str, book: Codebook, words: Words) -> None:
    """Put blank cells where a lined-up row has gaps for them."""
    wide, narrow = (cache(partial(_span, text=text, measure=measure)) for measure in (display_width, len))
    measures = [narrow] if _PAGE_BREAK in text else [wide, narrow]
    exact, count = _filled(lines, measures[0], text, book, words, near=False)
    exact = exact if count >= _LEAST_FIGURES else {}
    below = [_stood_below(lines, where, text, book, words) for where in measures]
    answers = [_filled(lines, where, text, book, words, near=True) for where in measures]
    is_shown = any(below) and not all(below)
    near = [answer for (answer, _), found in zip(answers, below, strict=True) if found or not is_shown]
    if max(count for _, count in answers) < _LEAST_FIGURES:
        near = []
    for line in lines:
        start = line.block.start
        told = [answer[start] for answer in (exact, *below) if start in answer]
        told = told or [answer[start] for answer in near if start in answer]
        is_known = is_named(line, words) or not line.labels or start in exact
        if is_known and told and all(figures == told[0] for figures in told):
            line.figures = told[0]


def display_width(text: str) -> int:
    """The columns a text takes where Chinese characters are two wide."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def is_named(line: Line, words: Words) -> bool:
    """Whether the last label of a line is a row's."""
    return bool(line.labels) and bare(line.labels[-1].text) in words.shapes


def _filled(
    lines: list[Line], where: Where, text: str, book: Codebook, words: Words, *, near: bool
) -> tuple[dict[int, list[Cell]], int]:
    """The figures of each row whose table fits its columns, by where its line begins, and how many they are."""
    found: dict[int, list[Cell]] = {}
    figures = 0
    for columns in _columns(lines, where, text, book, words):
        placed = [_placed(line, columns, where, words, near=near) for line in columns.rows]
        if any(row is None for row in placed):
            continue
        for line, row in zip(columns.rows, placed, strict=True):
            if row:
                found[line.block.start] = row
                figures += len(line.figures) if line.has_gaps else 0
    return found, figures


def _stood_below(
    lines: list[Line], where: Where, text: str, book: Codebook, words: Words
) -> dict[int, list[Cell]]:
    """The figures of each row whose table's figures stand below one another in as many columns as it has."""
    found: dict[int, list[Cell]] = {}
    for columns in _columns(lines, where, text, book, words):
        rows = [line for line in columns.rows if line.labels and (line.has_gaps or not line.figures)]
        widths = {_width(line, columns, where, words) for line in columns.rows if is_named(line, words)}
        if len(widths) == 1 and (width := widths.pop()):
            found |= standing(rows, where, width)
    return found


def _columns(lines: list[Line], where: Where, text: str, book: Codebook, words: Words) -> list[_Columns]:
    """The stretches of rows that share their columns: below one header, on one page."""
    found: list[_Columns] = []
    open_heads: list[tuple[Span, str]] = []
    reached = 0
    first = 0
    for line in lines:
        if not line.is_table or line.is_piece or line.is_broken:
            continue
        if _PAGE_BREAK in text[reached : line.block.start]:
            first = len(found)
        reached = line.block.start
        if not line.figures and not is_named(line, words):
            open_heads += [(where(cell, line.offset), bare(cell.text)) for cell in line.labels]
            continue
        found += _headed(sorted(open_heads), book)
        open_heads = []
        columns = _columns_of(line, found[first:][::-1], words)
        if columns is None and (block := _block_of(line, book, words)):
            columns = _Columns(block)
            found.append(columns)
        if columns is not None:
            columns.rows.append(line)
    return found


def _columns_of(line: Line, latest: list[_Columns], words: Words) -> _Columns | None:
    """The latest columns whose block has the row; of a row of no known label, the latest of all."""
    if not is_named(line, words):
        return latest[0] if latest else None
    word = bare(line.labels[-1].text)
    return next((columns for columns in latest if word in block_words(columns.block)), None)


def _block_of(line: Line, book: Codebook, words: Words) -> FormBlock | None:
    """A block that has the row: its columns are as many in every edition, or the row tells none."""
    if not is_named(line, words) or words.shapes[bare(line.labels[-1].text)][0] is None:
        return None
    word = bare(line.labels[-1].text)
    blocks = (block for edition in book.editions.values() for form in edition.tables for block in form.blocks)
    return next((block for block in blocks if word in block_words(block)), None)


def _headed(heads: list[tuple[Span, str]], book: Codebook) -> list[_Columns]:
    """The blocks of all forms whose columns the lines above name in their order, the fullest last."""
    found: list[_Columns] = []
    blocks = [block for edition in book.editions.values() for form in edition.tables for block in form.blocks]
    for block in blocks if heads else ():
        known = frozenset().union(*map(spellings, block.columns))
        hits = [(span, word) for span, word in heads if word in known]
        if matched_in_order([word for _, word in hits], block.columns) is not None:
            found.append(_Columns(block, tuple(span for span, _ in hits)))
    return sorted(found, key=lambda columns: len(columns.heads))


def _placed(line: Line, columns: _Columns, where: Where, words: Words, *, near: bool) -> list[Cell] | None:
    """The figures of a row in their columns; [] where it is full and tells nothing; None where they fit none."""
    heads = _right_of_label(columns.heads, line, where)
    spans = _spans(line, columns, where, words) if near else list(heads)
    ways = [line.figures] if line.figures == line.parts else [line.figures, line.parts]
    rows = [row for figures in ways if (row := _spread(line, figures, spans, where, near=near))]
    if len(rows) > 1:  # a number with a blank inside is two where only so the row is full
        return rows[-1] if len(line.parts) == len(spans) else []
    if rows:
        return rows[0]
    is_plain = not line.has_gaps or not columns.heads
    return [] if is_plain and len(line.figures) == _width(line, columns, where, words) else None


def _spans(line: Line, columns: _Columns, where: Where, words: Words) -> list[Span]:
    """Where the columns of a row's figures are: their heads, widened by the figures of full rows."""
    heads = _right_of_label(columns.heads, line, where)
    width = _width(line, columns, where, words)
    full = [
        [where(cell, row.offset) for cell in figures]
        for row in columns.rows
        for figures in (row.parts if len(row.parts) == width else row.figures,)
        if row.has_gaps and len(figures) == width
    ]
    seen = [[*map(_around, zip(*full, strict=True))]] if len(full) >= _LEAST_ROWS else []
    both = [[*map(_around, zip(heads, *full, strict=True))]] if heads else []
    apart = (spans for spans in (*both, *seen) if _are_apart(spans))
    return next(apart, list(heads))


def _width(line: Line, columns: _Columns, where: Where, words: Words) -> int | None:
    if columns.heads:
        return len(_right_of_label(columns.heads, line, where))
    return words.shapes[bare(line.labels[-1].text)][0] if is_named(line, words) else None


def _around(spans: tuple[Span, ...]) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _are_apart(spans: list[Span]) -> bool:
    return all(one[1] <= other[0] for one, other in pairwise(spans))


def _right_of_label(heads: tuple[Span, ...], line: Line, where: Where) -> tuple[Span, ...]:
    """The columns that hold figures: a number of the row may be printed before its label."""
    start = where(line.labels[-1], line.offset)[0] if line.labels else -1
    return tuple(span for span in heads if span[0] > start)


def _spread(
    line: Line, figures: list[Cell], spans: list[Span], where: Where, *, near: bool
) -> list[Cell] | None:
    """The figures in their columns, blanks between; None where one stands in none, or in two."""
    if not spans:
        return None
    places: list[int] = []
    for cell in figures:
        start, end = where(cell, line.offset)
        fits = [place for place, span in enumerate(spans) if start == span[0] or end == span[1]]
        if near and len(fits) != 1:
            fits = [place for place, span in enumerate(spans) if start < span[1] and span[0] < end]
        if len(fits) != 1 or (places and fits[0] <= places[-1]):
            return None
        places += fits
    at = dict(zip(places, figures, strict=True))
    last = figures[-1].end if figures else line.block.end
    return [at.get(place, Cell("", last, last)) for place in range(len(spans))]


def _span(cell: Cell, line_start: int, text: str, measure: Measure) -> Span:
    """Where a cell begins and ends on its line."""
    start = measure(text[line_start : cell.start])
    return start, start + measure(text[cell.start : cell.end])
