"""Word (.docx) -> Document: paragraphs and tables of the main text, as a reader of the page sees them.

What is not shown is taken out first (word_cleaning.py); headers, footers, notes and comments are not read.
A merged cell is one cell with its width and height in the table's grid. A table within a cell belongs to
that cell's text, unless it is a grid of its own: then it stands alone after the outer table, and an outer
table that is little more than a frame around grids or around prose is read as the blocks in its cells.
"""

from typing import Any

from dashboard.errors import Refused
from dashboard.limits import SHIPPED, Limits
from dashboard.model import Document
from dashboard.readers.frames import MOST_LABEL, may_be_frame, without_empty_rows
from dashboard.readers.package import Package
from dashboard.readers.transcript import Placed, Transcript
from dashboard.readers.word_cleaning import CELL, CHARACTERS, PARAGRAPH, ROW, TABLE, W, clean
from dashboard.readers.word_pictures import PICTURE

_VALUE = f"{W}val"
_SHOWN_AS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SYMBOL = f"{W}sym"
_SPAN, _DOWN, _ACROSS, _BEFORE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}gridBefore"
_IN_TABLE = (ROW, CELL, PARAGRAPH, PICTURE, _SPAN, _DOWN, _ACROSS, _BEFORE, *CHARACTERS)
#: The range of characters of a symbol font, where a text font has its first 256.
_SYMBOLS = range(0xF020, 0xF100)
#: Word's own bound on the columns of a table.
_MOST_COLUMNS = 63

Element = Any  # lxml has no types


def read(data: bytes, limits: Limits = SHIPPED) -> Document:
    """Transcribe a .docx file. Raises Refused when it is damaged, encrypted or unreasonably large."""
    return transcribe(Package(data, limits))


def transcribe(package: Package) -> Document:
    """Transcribe the opened package of a .docx file. Raises as `read`."""
    name = package.main or "word/document.xml"
    if name not in package.names:
        raise Refused("Word 文件已损坏，没有正文；请在 Word 中打开并另存为 .docx 后再试")
    root = package.root(name)
    clean(root, package, name)
    transcript = Transcript()
    for body in root.iterchildren(f"{W}body"):
        _settle_nested(body)
        _blocks(body, transcript)
    return transcript.document()


def _blocks(parent: Element, transcript: Transcript) -> None:
    for block in parent.iterchildren(PARAGRAPH, TABLE, PICTURE):
        if block.tag == PARAGRAPH:
            transcript.paragraph(_text(block))
        elif block.tag == PICTURE:
            transcript.picture()
        else:
            transcript.table(_rows(block))
            for _ in block.iter(PICTURE):
                transcript.picture()


def _text(paragraph: Element) -> str:
    return "".join([element.text or _character(element) for element in paragraph.iter(*CHARACTERS)])


def _character(element: Element) -> str:
    """What an element without text shows as."""
    return _symbol(element) if element.tag == _SYMBOL else _SHOWN_AS.get(element.tag, "")


def _symbol(element: Element) -> str:
    """A character named by its code: where a text font is asked for the codes of a symbol font, its own."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
        shown = chr(code)
    except (ValueError, OverflowError):
        return ""
    font = (element.get(f"{W}font") or "").casefold()
    if code in _SYMBOLS and not font.startswith(("symbol", "wingdings", "webdings")):
        return chr(code - _SYMBOLS.start + ord(" "))
    return shown if shown.isprintable() or code in _SYMBOLS else ""


class _Row:
    """The cells of a row as they are read, from left to right."""

    def __init__(self) -> None:
        self.cells: list[_Cell] = []
        self.before = 0


class _Cell:
    """A cell as it is read: the lines of its text, its width, whether it goes on from above or from the left."""

    __slots__ = ("across", "down", "lines", "width")

    def __init__(self) -> None:
        self.lines: list[list[str]] = []
        self.width = 1
        self.down: str | None = None
        self.across: str | None = None


def _read_rows(table: Element) -> list[_Row]:
    """The rows of a table in one pass over its elements, merged cells still as written."""
    rows: list[_Row] = []
    cell = _Cell()
    line: list[str] = []
    for element in table.iter(*_IN_TABLE):
        tag = element.tag
        if tag == ROW:
            rows.append(_Row())
        elif tag == CELL:
            cell = _Cell()
            rows[-1].cells.append(cell)
        elif tag == PARAGRAPH:
            line = []
            cell.lines.append(line)
        elif tag == _SPAN:
            cell.width = max(_count(element), 1)
        elif tag == _DOWN:
            cell.down = element.get(_VALUE) or "continue"
        elif tag == _ACROSS:
            cell.across = element.get(_VALUE) or "continue"
        elif tag == _BEFORE:
            rows[-1].before = _count(element)
        elif tag != PICTURE:
            line.append(element.text or _character(element))
    return rows


def _count(element: Element) -> int:
    """A number of columns; a damaged one counts as none."""
    value = element.get(_VALUE, "")
    return min(int(value[:9]), _MOST_COLUMNS) if value.isdecimal() else 0


def _rows(table: Element) -> list[list[Placed]]:
    """The rows of a table with the cells that begin in them; the sizes of merged cells are counted."""
    rows: list[list[list[Any]]] = []
    above: dict[int, list[Any]] = {}  # by the column where it stands: text, column, width, height
    for row in _read_rows(table):
        column = row.before
        begun: list[list[Any]] = []
        here: dict[int, list[Any]] = {}
        for cell in row.cells:
            if cell.down == "continue" and column in above:
                here[column] = above[column]
                here[column][3] += column == here[column][1]  # counted once, however wide
            elif cell.across == "continue" and begun and begun[-1][1] + begun[-1][2] == column:
                here[column] = begun[-1]
                begun[-1][2] += cell.width
            else:
                text = "\n".join(filter(None, ("".join(line).strip() for line in cell.lines)))
                here[column] = [text, column, cell.width, 1]
                begun.append(here[column])
            column += cell.width
        rows.append(begun)
        above = here
    return without_empty_rows([[Placed(*cell) for cell in row] for row in rows])


def _settle_nested(body: Element) -> None:
    """Leave no table within a table: each becomes text of its cell, a table of its own, or its own blocks."""
    tables = list(body.iter(TABLE))
    any_nested = any(table.getparent().tag == CELL for table in tables)
    for table in reversed(tables):  # what is inside comes before what is around it
        grids = _nested_grids(table) if any_nested else []
        inside = sum(1 for inner in grids for _ in inner.iter(CELL))
        own = sum(1 for _ in table.iter(CELL)) - inside if grids else 0
        if _is_frame(table) or (grids and inside >= own):
            _dissolve(table)
        else:
            for inner in reversed(grids):
                table.addnext(inner)


def _nested_grids(table: Element) -> list[Element]:
    """The tables in the cells of a table that are grids of their own; others dissolve into their cell."""
    nested = [inner for cell in table.iter(CELL) for inner in cell.iterchildren(TABLE)]
    grids = [inner for inner in nested if _is_grid(inner)]
    for inner in nested:
        if inner not in grids:
            _dissolve(inner)
    return grids


def _is_grid(table: Element) -> bool:
    """Whether a table has several rows, and several cells in one of them."""
    rows = [sum(1 for _ in row.iterchildren(CELL)) for row in table.iterchildren(ROW)]
    return len(rows) > 1 and max(rows) > 1


def _is_frame(table: Element) -> bool:
    """Whether a table only frames prose."""
    rows = [list(row.iterchildren(CELL)) for row in table.iterchildren(ROW)]
    if not may_be_frame(list(map(len, rows))):
        return False
    return any(len(_text(cell)) > MOST_LABEL for cells in rows for cell in cells)


def _dissolve(table: Element) -> None:
    """Put the blocks of a table's cells in its place."""
    parent, place = table.getparent(), table.getparent().index(table)
    blocks = [
        block
        for row in table.iterchildren(ROW)
        for cell in row.iterchildren(CELL)
        for block in cell.iterchildren(PARAGRAPH, TABLE, PICTURE)
    ]
    parent[place : place + 1] = blocks
