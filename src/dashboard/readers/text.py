"""Plain text -> Document: the shapes in which published tables are saved or pasted as text.

- A cell a line: a cell is a line that starts with a tab; a line without one right below a label goes
  on with it ("本年新" / "制作数量"); an empty line ends the row (the flattened form of many sites).
- A row a line: cells parted by tabs, as Word and Excel give a copied table; a cell in quotation marks
  may run over several lines.
- Pipes: `| a | b |` and box-drawing lines; the rules between rows are no text, and where there is one
  between any two rows, the lines between them are one row.
- A cell a line with a bar behind it or before it, as programs write that turn a page into text: which
  cells are a row only the form's labels tell, so these lines are paragraphs, without their bars.

Other text gives paragraphs only: whether its lines are a table is for extract/layout.py, which knows
the form's labels.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from dashboard.decoding import decode
from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BLANKS = " \t\n\r\x0b\x0c\u00a0\u3000\ufeff"
_TAB_CELL = re.compile(r'"(?P<quoted>[^"\t]*)"(?=[\t\n]|$)|(?P<plain>[^\t\n]*)')
_BARS = "|｜│┃║"
_BAR = re.compile(f"[{_BARS}]")
#: What parts lines and cells, and how many of them a text may have: reports have a few thousand.
_PARTING, _MOST_PARTS = f"\n\t{_BARS}", 50_000
#: How Markdown marks bold print and a heading.
_BOLD = re.compile(r"\*\*([^*\s](?:[^*]*[^*\s])?)\*\*")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")
_RULE = re.compile(r"[ \t|｜+:=\-─━═│┃║┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬\n]*")
#: Fewer lines with pipes than this in a row are prose ("首页 | 打印").
_LEAST_PIPED = 2
#: Bars end cells, not rows, where so many lines have text on one side of theirs, and so many times more.
_LEAST_ENDS, _MORE_ENDS = 20, 4
#: So many rules between rows part every row from the next; fewer only part the header from the rest.
_LEAST_RULES = 2

Span = tuple[int, int]


def read(data: bytes, limits: Limits = SHIPPED) -> Document:  # noqa: ARG001 - the size is checked before
    """Decode (UTF-8, UTF-16 with its mark, GB18030) and split into paragraphs and tables.

    Raises Refused for bytes that are text in none of these, and for more lines and cells than any report has.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if sum(map(text.count, _PARTING)) > _MOST_PARTS:
        raise Refused(f"文本的行和单元格超过 {_MOST_PARTS:,} 个，不像年度报告；请确认选对了文件")
    return Document(text, tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    lines = [found.span() for found in _LINE.finditer(text)]
    rows = _rows_by_line if _is_row_a_line(text, lines) else _rows_by_cell
    if _BAR.search(text) is None:
        yield from rows(text, lines)
        return
    if _is_cell_a_bar(text, lines):
        for start, end in lines:
            yield from _without_bars(text, start, end)
        return
    for drawn, run in groupby(lines, lambda line: _is_drawn(text, line)):
        spans = list(run)
        if drawn and sum(_BAR.search(text, *span) is not None for span in spans) >= _LEAST_PIPED:
            yield from _piped(text, spans)
        else:
            yield from rows(text, spans)


def _is_cell_a_bar(text: str, lines: list[Span]) -> bool:
    """Whether bars stand behind cells of a line each rather than between the cells of a line."""
    ends = inner = 0
    for start, end in lines:
        if _BAR.search(text, start, end) is not None:
            filled = [bool(part.strip(_BLANKS)) for part in _BAR.split(text[start:end])]
            is_end = sum(filled) <= 1 and (filled[0] or not any(filled[:-1]))
            ends, inner = ends + is_end, inner + (not is_end)
    return ends >= _LEAST_ENDS and ends > inner * _MORE_ENDS


def _without_bars(text: str, start: int, end: int) -> Iterator[Paragraph]:
    for part in re.finditer(f"[^{_BARS}]+", text[start:end]):
        if part.group().strip(_BLANKS):
            yield _paragraph(text, start + part.start(), start + part.end())


def _is_drawn(text: str, line: Span) -> bool:
    return _BAR.search(text, *line) is not None or (
        bool(text[slice(*line)].strip(_BLANKS)) and _RULE.fullmatch(text, *line) is not None
    )


def _is_row_a_line(text: str, lines: list[Span]) -> bool:
    """Whether tabs part the cells of a row rather than open a line of their own."""
    inner = opening = 0
    for start, end in lines:
        if text.find("\t", start, end) >= 0:
            inside = text.find("\t", start + 1, end) >= 0
            inner += inside
            opening += not inside and text[start] == "\t"
    return inner > opening


def _rows_by_cell(text: str, lines: list[Span]) -> Iterator[Block]:
    rows: list[list[Cell]] = []
    row_open = False
    for start, end in lines:
        if text[start] == "\t":
            if not row_open:
                rows.append([])
            rows[-1] += _tabbed(text, start + 1, end, len(rows[-1]))
            row_open = True
        elif not text[start:end].strip(_BLANKS):
            row_open = False
        elif row_open and _is_label(rows[-1][-1]):
            last = rows[-1][-1]
            rows[-1][-1] = _cell(text, last.start, end, last.column)
        else:
            yield from _table(rows)
            rows, row_open = [], False
            yield _paragraph(text, start, end)
    yield from _table(rows)


def _rows_by_line(text: str, lines: list[Span]) -> Iterator[Block]:
    rows: list[list[Cell]] = []
    reached = lines[0][0] if lines else 0
    for start, end in lines:
        if start < reached:  # a cell in quotation marks has run on to here
            continue
        cells = list(_copied(text, start))
        reached = max(end, cells[-1].end)
        if len(cells) > 1:
            rows.append([_cell(text, cell.start, cell.end, cell.column) for cell in cells])
        elif cells[0].text:
            yield from _table(rows)
            rows = []
            yield _paragraph(text, start, end)
    yield from _table(rows)


def _copied(text: str, start: int) -> Iterator[Cell]:
    """The cells of a copied row from `start` to the end of its line; a quoted one may hold line breaks."""
    column = 0
    while found := _TAB_CELL.match(text, start):
        name = "plain" if found["quoted"] is None else "quoted"
        yield Cell(found[name].strip(_BLANKS), *found.span(name), column)
        start, column = found.end() + 1, column + 1
        if found.end() >= len(text) or text[found.end()] == "\n":
            return


def _piped(text: str, lines: list[Span]) -> Iterator[Block]:
    drawn = [(span, _RULE.fullmatch(text, *span) is not None) for span in lines]
    inner = sum(
        between and not before and not after
        for (_, before), (_, between), (_, after) in zip(drawn, drawn[1:], drawn[2:], strict=False)
    )
    printed = [text[slice(*span)].strip(_BLANKS) for span, rule in drawn if not rule]
    closed = (all(_BAR.match(line) for line in printed), all(_BAR.match(line[-1]) for line in printed))
    rows: list[list[Cell]] = []
    between = False
    for span, rule in drawn:
        if rule:
            between = False
            continue
        cells = list(_bounded(text, *span, closed=closed))
        if between and inner >= _LEAST_RULES and len(cells) == len(rows[-1]):
            rows[-1] = [_joined(*pair) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        between = True
    yield from _table(rows)


def _bounded(text: str, start: int, end: int, *, closed: tuple[bool, bool]) -> Iterator[Cell]:
    """The cells between the bars of a line; `closed`: every line has one on the left, on the right."""
    bars = [found.start() for found in _BAR.finditer(text, start, end)]
    on_the_left, on_the_right = closed
    edges = [*([] if on_the_left else [start - 1]), *bars, *([] if on_the_right else [end])]
    for column, (left, right) in enumerate(pairwise(edges)):
        yield _cell(text, left + 1, right, column)


def _joined(above: Cell, below: Cell) -> Cell:
    if not above.text or not below.text:
        return below if below.text else above
    return Cell(f"{above.text}\n{below.text}", above.start, below.end, above.column)


def _table(rows: Iterable[list[Cell]]) -> Iterator[Table]:
    filled = tuple(map(tuple, rows))
    if filled:
        yield Table(filled)


def _tabbed(text: str, start: int, end: int, column: int) -> Iterator[Cell]:
    for part in text[start:end].rstrip("\n").split("\t"):
        yield _cell(text, start, start + len(part), column)
        start, column = start + len(part) + 1, column + 1


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    heading = _HEADING_MARK.match(text, start, end)
    return Paragraph(*_cell(text, heading.end() if heading else start, end, 0)[:3])


def _cell(text: str, start: int, end: int, column: int) -> Cell:
    """The trimmed text between two positions, with the positions of what is left."""
    raw = text[start:end]
    trimmed = raw.strip(_BLANKS)
    left = start + len(raw) - len(raw.lstrip(_BLANKS)) if trimmed else start
    if bold := _BOLD.fullmatch(trimmed):
        trimmed, left = bold[1], left + bold.start(1)
    return Cell(trimmed, left, left + len(trimmed), column)


def _is_label(cell: Cell) -> bool:
    return cell_quantity(cell.text).status == "unreadable"
