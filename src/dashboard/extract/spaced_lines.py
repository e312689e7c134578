"""Lines of text as the rows of a table: their labels, and the figures at their end.

Blanks part cells, wide ones always; a word of the form may have blanks inside ("总 计"), a number too
("1 6"): where wide gaps stand beside, such a number is kept whole and in its parts, until the width of
its row tells which of both it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.extract.labels import bare
from dashboard.extract.vocabulary import Words
from dashboard.model import Cell, Paragraph
from dashboard.numbers import cell_quantity, is_money

_GAP = re.compile(r"[ \t\u00a0\u3000]{2,}|\t")
_TOKEN = re.compile(r"\S+")
_MARK = re.compile(r"\d{1,2}[.．、]")
#: A word of the form may have blanks inside, so many pieces at the most.
_MOST_TOKENS = 4

Span = tuple[int, int]


@dataclass(slots=True)
class Line:
    """A line of text cut into labels and the figures at its end.

    `parts` are the figures with every blank parting two; `offset` is where the line begins in the text;
    `is_table`: it is known to be a row; `is_piece`: it belongs to another line; `is_broken`: its figures
    may be the parts of numbers.
    """

    block: Paragraph
    labels: list[Cell]
    figures: list[Cell]
    parts: list[Cell]
    offset: int
    has_gaps: bool
    is_table: bool = False
    is_piece: bool = field(default=False)
    is_broken: bool = field(default=False)


def cut(block: Paragraph, text: str, words: Words) -> Line:
    """The cells of a line: known labels, other text, and the figures behind them."""
    labels: list[Cell] = []
    figures: list[Cell] = []
    start = block.start
    gaps = [found.span() for found in _GAP.finditer(text, block.start, block.end)]
    for left, right in (*gaps, (block.end, block.end)):
        whole = Cell(text[start:left], start, left)
        is_one = bool(gaps) and _is_figure(whole.text)
        for cell in [whole] if is_one else _pieces(text, start, left, words):
            is_unit = bool(figures) and bare(cell.text) in words.units
            if is_unit or cell_quantity(cell.text).status != "unreadable":
                figures.append(cell)
            else:
                labels += [*figures, cell]
                figures = []
        start = right
    if len(labels) > 1 and _MARK.fullmatch(labels[-2].text):  # "3." far before "其他"
        mark = labels.pop(-2)
        labels[-1] = Cell(text[mark.start : labels[-1].end], mark.start, labels[-1].end)
    if labels and bare(labels[-1].text) in words.units:  # the column of units stands before the figures
        figures = [labels.pop(), *figures]
    parts = [part for cell in figures for part in _split(cell, text)]
    line_start = text.rfind("\n", 0, block.start) + 1
    return Line(block, labels, figures, parts, line_start, bool(gaps))


def _is_figure(text: str) -> bool:
    """Whether a stretch is one figure; no number begins with a nought and a blank."""
    return cell_quantity(text).status not in ("unreadable", "blank") and not text.startswith("0 ")


def _split(cell: Cell, text: str) -> list[Cell]:
    """The parts of a figure with blanks inside, if each is a figure of its own."""
    spans = _tokens(text, cell.start, cell.end)
    parts = [Cell(text[slice(*span)], *span) for span in spans]
    return parts if all(cell_quantity(part.text).status != "unreadable" for part in parts) else [cell]


def _tokens(text: str, start: int, end: int) -> list[Span]:
    """Where the stretches without a blank are; so are an amount and its unit of money, "约" and its number."""
    spans: list[Span] = []
    for found in _TOKEN.finditer(text, start, end):
        whole = (spans[-1][0], found.end()) if spans else found.span()
        follows = spans and is_money(found[0]) and cell_quantity(text[slice(*spans[-1])]).value is not None
        if follows or (spans and cell_quantity(text[slice(*whole)]).status == "approximate"):
            spans[-1] = whole
        else:
            spans.append(found.span())
    return spans


def _pieces(text: str, start: int, end: int, words: Words) -> Iterator[Cell]:
    """A stretch without wide gaps: one label, several known ones, or a label and figures."""
    if start == end:
        return
    if bare(text[start:end]) in words:
        yield Cell(text[start:end], start, end)
        return
    tokens = _tokens(text, start, end)
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
