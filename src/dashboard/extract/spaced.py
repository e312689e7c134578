"""Tables that are lines of text with blanks between their cells -> rows, by the labels of the forms.

Two shapes: columns lined up by wide gaps (a blank cell is a gap, told by where the figures of full rows
or the heads of the columns stand), and text copied from a PDF, one blank between figures, whose long
labels are torn: their figures stand between the pieces. A row short of figures that no gap explains is
left short: the table's reader calls it unreadable.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from rapidfuzz import fuzz, process

from dashboard.codebook import Codebook, FormBlock
from dashboard.extract.headings import matched_in_order
from dashboard.extract.labels import bare
from dashboard.extract.vocabulary import Words, block_words, spellings, words_of
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

_GAP = re.compile(r"[ \t\u00a0\u3000]{2,}|\t")
_TOKEN = re.compile(r"\S+")
_LEAST_ROWS = 3
#: Columns are believed when at least so many figures stand in them.
_LEAST_FIGURES = 4
#: How many pieces of a torn label may stand above its figures, and below them.
_MOST_ABOVE, _MOST_BELOW = 3, 2
_VERTICAL = 2
#: A word of the form may have blanks inside ("总 计"), so many pieces at the most.
_MOST_TOKENS = 4
#: A line is a row when its label is at least so alike (of 100) to one of the forms, and so long.
_ALIKE, _SHORTEST_MISPRINT = 80, 4


Span = tuple[int, int]


@dataclass(slots=True)
class _Line:
    """A line of text cut into labels and the figures at its end; `is_table` once it is known to be a row."""

    block: Paragraph
    labels: list[Cell]
    figures: list[Cell]
    offset: int
    has_gaps: bool
    is_table: bool = False
    is_piece: bool = field(default=False)


def with_spaced_tables(document: Document, book: Codebook) -> Document:
    """Return the document with its spaced tables laid out as tables, the same document where it has none."""
    words = words_of(book)
    lines = [_cut(block, document.text, words) for block in document.paragraphs]
    for line in lines:
        line.is_table = bool(line.labels or line.figures) and _is_row(line, words)
    rows = [line for line in lines if line.figures and line.labels and _is_named(line, words)]
    if len(rows) < _LEAST_ROWS:
        return document
    _mend(lines, words)
    _fill(lines, document.text, book, words)
    by_start = {line.block.start: line for line in lines}
    return Document(document.text, tuple(_blocks(document, by_start)), document.pages)


def _blocks(document: Document, lines: dict[int, _Line]) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for block in document.blocks:
        line = lines.get(block.start) if isinstance(block, Paragraph) else None
        if line is not None and line.is_piece:
            continue
        if line is not None and line.is_table:
            cells = [*line.labels, *line.figures]
            rows.append(tuple(cell._replace(column=place) for place, cell in enumerate(cells)))
            continue
        if rows:
            yield Table(tuple(rows))
            rows = []
        yield block
    if rows:
        yield Table(tuple(rows))


def _cut(block: Paragraph, text: str, words: Words) -> _Line:
    """The cells of a line: known labels, other text, and the figures behind them."""
    labels: list[Cell] = []
    figures: list[Cell] = []
    start = block.start
    gaps = [found.span() for found in _GAP.finditer(text, block.start, block.end)]
    for left, right in (*gaps, (block.end, block.end)):
        whole = Cell(text[start:left], start, left)
        is_one = bool(gaps) and cell_quantity(whole.text).status not in ("unreadable", "blank")
        for cell in [whole] if is_one else _pieces(text, start, left, words):
            is_unit = bool(figures) and bare(cell.text) in words.units
            if is_unit or cell_quantity(cell.text).status != "unreadable":
                figures.append(cell)
            else:
                labels += [*figures, cell]
                figures = []
        start = right
    if labels and bare(labels[-1].text) in words.units:  # the column of units stands before the figures
        figures = [labels.pop(), *figures]
    line_start = text.rfind("\n", 0, block.start) + 1
    return _Line(block, labels, figures, line_start, bool(gaps))


def _pieces(text: str, start: int, end: int, words: Words) -> Iterator[Cell]:
    """A stretch without wide gaps: one label, several known ones, or a label and figures."""
    if start == end:
        return
    if bare(text[start:end]) in words:
        yield Cell(text[start:end], start, end)
        return
    tokens = [found.span() for found in _TOKEN.finditer(text, start, end)]
    split = len(tokens)
    while split and cell_quantity(text[slice(*tokens[split - 1])]).status != "unreadable":
        split -= 1
    head = tokens[:split]
    unit = head.pop() if len(head) > 1 and bare(text[slice(*head[-1])]) in words.units else None
    known = _known_run(text, head, words)
    if known:
        yield from known
    elif head and bare(text[slice(*head[-1])]) in words.rows:
        before = (head[0][0], head[-2][1])
        yield Cell(text[slice(*before)], *before)
        yield Cell(text[slice(*head[-1])], *head[-1])
    elif head:
        yield Cell(text[head[0][0] : head[-1][1]], head[0][0], head[-1][1])
    rest = [unit, *tokens[split:]] if unit else tokens[split:]
    yield from (Cell(text[slice(*token)], *token) for token in rest)


def _known_run(text: str, tokens: list[Span], words: Words) -> list[Cell]:
    """The tokens as words of the form, a word with blanks inside as one; [] unless all of them are."""
    cells: list[Cell] = []
    place = 0
    while place < len(tokens):
        ends = range(min(len(tokens), place + _MOST_TOKENS), place, -1)
        spans = ((tokens[place][0], tokens[end - 1][1]) for end in ends)
        span = next((span for span in spans if bare(text[slice(*span)]) in words), None)
        if span is None:
            return []
        cells.append(Cell(text[slice(*span)], *span))
        place += sum(token[0] < span[1] for token in tokens[place:])
    return cells


def _is_row(line: _Line, words: Words) -> bool:
    known = [bare(cell.text) in words for cell in line.labels]
    if not line.figures:
        return all(known)
    return not line.labels or any(known) or _is_misprint(line.labels[-1].text, words)


def _is_named(line: _Line, words: Words) -> bool:
    return bare(line.labels[-1].text) in words.shapes


def _is_misprint(label: str, words: Words) -> bool:
    """Whether a label is so like a row's that its line is one; which row it is, is decided later."""
    word = bare(label)
    alike = process.extractOne(word, words.shapes.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return len(word) >= _SHORTEST_MISPRINT and alike is not None


def _mend(lines: list[_Line], words: Words) -> None:
    """Give figures whose label is torn, or on the line above, their label; its pieces are no lines of their own."""
    for place, line in enumerate(lines):
        if not line.figures or (line.labels and bare(line.labels[-1].text) in words.shapes):
            continue
        whole: tuple[list[Cell], list[_Line]] = ([], [])
        for upper, lower in _ways(lines, place, words):
            pieces = [*_texts(upper), *line.labels[-1:], *_texts(lower)]
            label = bare("".join(piece.text for piece in pieces))
            if label in words.shapes and len(pieces) > len(whole[0]):  # a short form may be a label too
                whole = (pieces, [*upper, *lower])
        if whole[0]:
            label = "\n".join(piece.text for piece in whole[0])
            line.labels = [*line.labels[:-1], Cell(label, whole[0][0].start, whole[0][0].end)]
            line.is_table = True
            for piece in whole[1]:
                piece.is_piece = True


def _torn(lines: Sequence[_Line], most: int, least: int, words: Words) -> list[_Line]:
    """The nearest lines of at least so many characters that may be pieces of a label; a group's name is none."""
    found: list[_Line] = []
    for line in lines:
        if line.figures or line.is_piece or len(found) == most:
            break
        word = bare(line.block.text)
        is_group = word in words.rows and word not in words.shapes
        if not is_group and (len(word) > least or word in words.columns):
            found.append(line)
    return found


def _texts(lines: list[_Line]) -> list[Cell]:
    return [Cell(*line.block) for line in lines]


def _ways(lines: list[_Line], place: int, words: Words) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """The lines above and below that may hold the label of a line's figures, the nearest and fewest first.

    Letters of a vertical label may stand between the pieces, or be a piece: both are tried.
    """
    for least in (0, _VERTICAL):
        above = _torn(lines[:place][::-1], _MOST_ABOVE, least, words)[::-1]
        below = _torn(lines[place + 1 :], _MOST_BELOW, least, words)
        for upper in range(len(above) + 1):
            for lower in range(len(below) + 1):
                if upper or lower:
                    yield above[len(above) - upper :], below[:lower]


@dataclass(slots=True, eq=False)
class _Columns:
    """Where the columns of a block stand, as its header says, and the rows below that lack figures."""

    block: FormBlock
    spans: list[Span]
    short: list[tuple[_Line, list[Cell]]] = field(default_factory=list)
    figures: int = 0
    is_lined_up: bool = True


def _fill(lines: list[_Line], text: str, book: Codebook, words: Words) -> None:
    """Put blank cells where a lined-up row has gaps for them.

    Columns are believed only where every figure below a header stands in one of them: gaps that line up
    nothing would move figures.
    """
    headed: list[_Columns] = []
    open_heads: list[tuple[Cell, int]] = []
    for line in lines:
        if not line.is_table:
            continue
        if not line.figures and not _is_blank_row(line, words):
            open_heads += [(cell, line.offset) for cell in line.labels]
            continue
        headed = _headed(open_heads, text, book) + headed
        open_heads = []
        columns = _columns_of(line, headed, words)
        if columns is not None:
            _place(line, columns, text)
    believed = [columns for columns in headed if columns.is_lined_up]
    if sum(columns.figures for columns in believed) >= _LEAST_FIGURES:
        for columns in believed:
            for line, figures in columns.short:
                line.figures = figures


def _place(line: _Line, columns: _Columns, text: str) -> None:
    """Note whose columns the figures of a row are; a full row without gaps tells nothing of columns."""
    spans = _right_of_label(columns.spans, line, text)
    placed = _spread(line, spans, text)
    if placed is not None:
        columns.figures += len(line.figures)
        columns.short.append((line, placed))
    elif line.has_gaps or len(line.figures) != len(spans):
        columns.is_lined_up = False


def _right_of_label(spans: list[Span], line: _Line, text: str) -> list[Span]:
    """The columns that hold figures: a number of the row may be printed before its label."""
    start = _span(line.labels[-1], line.offset, text)[0] if line.labels else -1
    return [span for span in spans if span[0] > start]


def _columns_of(line: _Line, headed: list[_Columns], words: Words) -> _Columns | None:
    """The columns of the latest header whose block has the row; of a row of no known label, of the latest."""
    if not line.labels or not _is_named(line, words):
        return headed[0] if headed else None
    word = bare(line.labels[-1].text)
    return next((found for found in headed if word in block_words(found.block)), None)


def _is_blank_row(line: _Line, words: Words) -> bool:
    """Whether a line is the label of a row, and no figure stands with it."""
    return bool(line.labels) and _is_named(line, words)


def _spread(line: _Line, columns: list[Span], text: str) -> list[Cell] | None:
    """The figures in their columns, blanks between; None where one begins or ends with no column."""
    places: list[int] = []
    for cell in line.figures:
        start, end = _span(cell, line.offset, text)
        fits = [place for place, column in enumerate(columns) if start == column[0] or end == column[1]]
        if len(fits) != 1 or (places and fits[0] <= places[-1]):
            return None
        places += fits
    at = dict(zip(places, line.figures, strict=True))
    last = line.figures[-1].end if line.figures else line.block.end
    return [at.get(place, Cell("", last, last)) for place in range(len(columns))]


def _headed(heads: list[tuple[Cell, int]], text: str, book: Codebook) -> list[_Columns]:
    """The blocks of all forms whose columns the lines above name in their order, the fullest first."""
    found: list[_Columns] = []
    named = sorted((_span(cell, offset, text), bare(cell.text)) for cell, offset in heads)
    blocks = [block for edition in book.editions.values() for form in edition.tables for block in form.blocks]
    for block in blocks if named else ():
        known = frozenset().union(*map(spellings, block.columns))
        hits = [(span, word) for span, word in named if word in known]
        if matched_in_order([word for _, word in hits], block.columns) is not None:
            found.append(_Columns(block, [span for span, _ in hits]))
    return sorted(found, key=lambda columns: -len(columns.spans))


def _span(cell: Cell, line_start: int, text: str) -> tuple[int, int]:
    """Where a cell begins and ends on its line, a Chinese character two columns wide."""
    start = _display_width(text[line_start : cell.start])
    return start, start + _display_width(text[cell.start : cell.end])


def _display_width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
