"""A form as plain text, in the shapes in which published tables are saved or pasted as text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final
from unicodedata import east_asian_width

from dashboard.forms.grids import Grid, GridCell
from dashboard.forms.layout import Layout, Text
from dashboard.forms.outline import Line

#: Labels longer than this are torn over two lines when copied from a PDF.
_LONGEST_IN_PDF: Final = 14
_GAP: Final = 2
_CELL_A_LINE: Final = ("lines", "lines_without_tabs", "lines_apart")


def written(blocks: Iterable[Line | Grid], layout: Layout) -> bytes:
    """The blocks as text in the layout's shape, encoding and line ends.

    pdf_copy is for tables with every cell filled: a blank cell vanishes there, as it does in real copies.
    """
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            lines += _table(block, layout)
        elif block.style == "heading":
            lines += ["", block.text]
        else:
            lines.append(block.text)
    text = "\n".join([*lines, ""])
    return text.replace("\n", layout.line_end).encode(layout.encoding)


def _table(grid: Grid, layout: Layout) -> Iterator[str]:
    """The lines of a table, an empty one at its end."""
    yield from _pipes(grid, layout) if layout.text == "pipes" else _SHAPES[layout.text](grid)
    if layout.text not in _CELL_A_LINE:  # there every row ends so
        yield ""


def _lines(grid: Grid) -> Iterator[str]:
    """A tab and a cell a line, what a cell covers below it as an empty one; an empty line ends the row."""
    for row in grid.rows():
        for cell, begins in row:
            yield f"\t{cell.text if begins else ''}"
        yield ""


def _lines_without_tabs(grid: Grid) -> Iterator[str]:
    for line in _lines(grid):
        yield "\n".join(part.strip() for part in line.split("\n"))


def _lines_apart(grid: Grid) -> Iterator[str]:
    """A cell a line, an empty line behind each; what lies below a merged cell is left out."""
    for row in grid.rows():
        for cell, begins in row:
            if begins:
                yield _flat(cell).strip()
                yield ""


def _bars_behind(grid: Grid) -> Iterator[str]:
    """A cell a line with a bar behind it; a row is filled up with bars to the width of the table."""
    for row in grid.rows():
        begun = [_flat(cell).strip() for cell, begins in row if begins]
        yield from (f"{text} |".strip() for text in begun)
        if len(begun) < grid.width:
            yield "|" * (grid.width - len(begun))


def _bars_before(grid: Grid) -> Iterator[str]:
    """As `_bars_behind` with the bar that opens each row on a line of its own, and the rest behind the last cell."""
    for row in grid.rows():
        begun = [_flat(cell).strip() for cell, begins in row if begins]
        yield "|"
        yield from (f"{text} |".strip() for text in begun[:-1])
        yield f"{begun[-1]} | {'|' * (grid.width - len(begun))}".strip() if begun else "|"


def _bar_lines(grid: Grid) -> Iterator[str]:
    """A cell a line, or several, and a bar on the next; what lies below a merged cell is left out."""
    for row in grid.rows():
        for cell, begins in row:
            if begins:
                yield from (part for part in cell.text.strip().split("\n") if part)
                yield "|"


def _pipes(grid: Grid, layout: Layout) -> Iterator[str]:
    for number, row in enumerate(grid.rows()):
        texts = [""] * grid.width
        for cell, begins in row:
            texts[cell.column] = _flat(cell) if begins else ""
        yield _piped(texts, layout)
        if number == 0 and layout.pipe_rule:
            yield _piped(["---"] * grid.width, layout)


def _piped(texts: list[str], layout: Layout) -> str:
    line = " | ".join(texts)
    return f"| {line} |" if layout.pipe_ends else line


def _tabs(grid: Grid) -> Iterator[str]:
    """A row a line, as a table copied from Word: cells beside each other merged are one."""
    for row in grid.rows():
        yield "\t".join(_flat(cell) if begins else "" for cell, begins in row)


def _spaced(grid: Grid) -> Iterator[str]:
    """Columns aligned by display width; a blank cell is a gap."""
    starts = _column_starts(grid)
    for row in grid.rows():
        line = ""
        for cell, begins in row:
            if begins and cell.text.strip():
                line += " " * (starts[cell.column] - display_width(line)) + _flat(cell)
        yield line


def _column_starts(grid: Grid) -> list[int]:
    """Where each column begins, so that every cell fits with a gap after it."""
    starts = [0] * (grid.width + 1)
    for column in range(1, grid.width + 1):
        ends = (
            starts[cell.column] + display_width(_flat(cell)) + _GAP
            for cell in grid.cells
            if cell.column + cell.width == column
        )
        starts[column] = max(ends, default=starts[column - 1] + _GAP)
        starts[column] = max(starts[column], starts[column - 1] + _GAP)
    return starts


def _pdf_copy(grid: Grid) -> Iterator[str]:
    """A row a line with single blanks; a long label is torn and its values stand between the halves.

    A label down several rows stands on a line of its own at their middle, where it is printed.
    """
    for number, row in enumerate(grid.rows()):
        for cell, begins in row:
            is_group = cell.height > 1 and number >= grid.header
            if (begins and cell.height > 1 and not is_group) or (
                is_group and number == cell.row + cell.height // 2
            ):
                yield _flat(cell)
        texts = [cell for cell, _ in row if cell.height == 1]
        labels = " ".join(_flat(cell) for cell in texts if cell.is_head)
        values = " ".join(_flat(cell) for cell in texts if not cell.is_head)
        if values and len(labels) > _LONGEST_IN_PDF:
            half = max(_LONGEST_IN_PDF, len(labels) // 2)
            yield from (labels[:half], values, labels[half:])
        else:
            yield f"{labels} {values}".strip()


def _flat(cell: GridCell) -> str:
    """A cell's text on one line."""
    return cell.text.replace("\n", "")


def display_width(text: str) -> int:
    """How many half-width places the text takes."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


_SHAPES: Final[Mapping[Text, Callable[[Grid], Iterator[str]]]] = {
    "lines": _lines,
    "lines_without_tabs": _lines_without_tabs,
    "lines_apart": _lines_apart,
    "bars_behind": _bars_behind,
    "bars_before": _bars_before,
    "bar_lines": _bar_lines,
    "tabs": _tabs,
    "spaced": _spaced,
    "pdf_copy": _pdf_copy,
}
