"""Plain text -> Document: the flattened form in which published reports are often saved.

A cell is a line that starts with a tab (or several, on a line with tabs inside); a line without a
tab right below a label continues it ("本年新" / "制作数量"); an empty line ends the row, and any other
text ends the table. Text without tabs gives paragraphs only: whether its lines are a flattened
table is for extract/flattened.py, which knows the form's labels.
"""

import re
from collections.abc import Iterator

from dashboard.decoding import decode
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_TRIMMED = re.compile(r"[\s\u00a0\u3000\ufeff]*(.*?)[\s\u00a0\u3000\ufeff]*", re.DOTALL)


def read(data: bytes) -> Document:
    """Decode (UTF-8, UTF-16 with its mark, GB18030) and split into paragraphs and tables.

    Raises Refused for bytes that are text in none of these.
    """
    decoded = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    return Document(decoded, tuple(_blocks(decoded)))


def _blocks(text: str) -> Iterator[Block]:
    rows: list[list[Cell]] = []
    row_open = False
    for found in _LINE.finditer(text):
        line, start = found.group().rstrip("\n"), found.start()
        if line.startswith("\t"):
            if not row_open:
                rows.append([])
            rows[-1] += _cells(line, start)
            row_open = True
        elif not line.strip():
            row_open = False
        elif row_open and _is_label(rows[-1][-1]):
            rows[-1][-1] = _span(text, rows[-1][-1].start, found.end())
        else:
            if rows:
                yield Table(tuple(map(tuple, rows)))
                rows, row_open = [], False
            cell = _span(text, start, found.end())
            yield Paragraph(cell.text, cell.start, cell.end)
    if rows:
        yield Table(tuple(map(tuple, rows)))


def _cells(line: str, start: int) -> Iterator[Cell]:
    position = start + 1
    for part in line[1:].split("\t"):
        cell = _span(part, 0, len(part))
        yield Cell(cell.text, position + cell.start, position + cell.end)
        position += len(part) + 1


def _span(text: str, start: int, end: int) -> Cell:
    """The trimmed text between two positions, with the positions of what is left."""
    found = _TRIMMED.fullmatch(text, start, end)
    if found is None:  # the pattern matches every string; this satisfies the type checker
        raise AssertionError(text[start:end])
    return Cell(found.group(1), found.start(1), found.end(1))


def _is_label(cell: Cell) -> bool:
    return cell_quantity(cell.text).status == "unreadable"
