"""Text in which a bar ends each cell and no line each row -> rows again, by the labels of the forms.

Programs that turn a page into text write a cell a line and a bar behind it; what lies below a merged cell
is left out, or made up for with bars at the row's end. As no blank cell vanishes, the cells behind a label
are its row's, if the rows come out as wide as the form has them: all of them exactly so, or all of them
with the same number of cells, those made up included.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dashboard.extract.flattened_rows import Rows, is_figure, labels_of, numbered_in_columns, rows_by_label
from dashboard.extract.labels import bare
from dashboard.extract.vocabulary import Words
from dashboard.model import Cell

BAR = re.compile("[|｜│┃║]")
_PART = re.compile("[^\n|｜│┃║]+|[|｜│┃║]")
_BLANKS = " \t\u00a0\u3000\ufeff"
#: A label may be broken over this many lines.
_MOST_LINES = 3
_LEAST_FITTING = 0.9

Row = tuple[Cell, ...]


def cells_between_bars(text: str, region: tuple[int, int], words: Words) -> Iterator[Cell]:
    """Yield the cells of a stretch of text: one before each bar, the lines of a label as one, others each as one."""
    lines: list[Cell] = []
    for found in _PART.finditer(text, *region):
        part = found.group()
        if BAR.fullmatch(part):
            yield from _joined(lines, words) if lines else [Cell("", found.start(), found.start())]
            lines = []
        elif trimmed := part.strip(_BLANKS):
            start = found.start() + part.index(trimmed)
            lines.append(Cell(trimmed, start, start + len(trimmed)))


def _joined(lines: Sequence[Cell], words: Words) -> Iterator[Cell]:
    place = 0
    while place < len(lines):
        ends = range(min(_MOST_LINES, len(lines) - place), 0, -1)
        wholes = (("\n".join(line.text for line in lines[place : place + count]), count) for count in ends)
        text, count = next(
            ((text, count) for text, count in wholes if bare(text) in words), (lines[place].text, 1)
        )
        yield Cell(text, lines[place].start, lines[place + count - 1].end)
        place += count


def rows_between_bars(cells: Iterable[Cell], words: Words) -> Rows:
    """Return the rows that the cells make, with figures only where they have the widths that the forms have."""
    rows = list(rows_by_label(list(cells), words))
    ends = _ends(rows, words)
    found: list[Row] = []
    header: Row = ()
    for is_named, run in groupby(zip(rows, ends, strict=True), key=lambda pair: pair[1] > 0):
        block = list(run)
        if is_named:
            found += _named(header, block, words)
        for row, _ in () if is_named else block:
            is_known = any(bare(cell.text) in words for cell in row)
            found.append(labels_of(row, words) if is_known else _unlabelled(row, header, words))
            header = row
    return tuple(numbered_in_columns(row) for row in found if row)


def _named(header: Row, block: Sequence[tuple[Row, int]], words: Words) -> Iterator[Row]:
    usual = _usual_count(header, block)
    for number, (row, end) in enumerate(block, start=1):
        yield _own(row, end, usual, is_last=number == len(block)) or labels_of(row, words)


def _ends(rows: Sequence[Row], words: Words) -> list[int]:
    """How many cells each row has, its label included; 0 for a row that has no label or no known width.

    Where the editions differ, a row is as wide as the latest header says; a misprinted label's row is as wide
    as the row above.
    """
    found: list[int] = []
    headed = above = 0
    for row in rows:
        texts = [bare(cell.text) for cell in row]
        heads = [text for text in texts if text in words.columns]
        places = [place for place, text in enumerate(texts) if text in words.shapes]
        width = 0
        if places:
            width = words.shapes[texts[places[-1]]][0] or headed
        elif heads:
            headed = len(heads) - 1
        elif not words.rows.union(words.titles).intersection(texts) and not is_figure(texts[0]):
            width, places = above, [0]
        found.append(places[-1] + 1 + width if places and width else 0)
        above = width
    return found


def _usual_count(header: Row, block: Sequence[tuple[Row, int]]) -> int | None:
    """How many cells the rows have, those made up included; 0 where none are made up, None where rows differ."""
    exact = sum(len(row) == end for row, end in block)
    if exact >= len(block) * _LEAST_FITTING:
        return 0
    counts = Counter(len(row) for row, _ in block[:-1])  # behind the last, the bar before the next row lacks
    counts[len(header)] += 1
    count = max(counts, key=lambda count: (counts[count], count))
    return count if counts[count] >= (counts.total() - 1) * _LEAST_FITTING else None


def _own(row: Row, end: int, usual: int | None, *, is_last: bool) -> Row:
    """A row without the cells made up; () where it is not as wide as the others."""
    is_whole = len(row) == (usual or end) or (is_last and len(row) == (usual or 0) - 1)
    fits = usual is not None and is_whole and len(row) >= end and not any(cell.text for cell in row[end:])
    return row[:end] if fits else ()


def _unlabelled(row: Row, header: Row, words: Words) -> Row:
    """The figures below a header; what was made up for the header's merged cells stands before them."""
    for width in words.unlabelled:
        spare, count = len(row) - width, len(header) + len(row)
        is_whole = spare == 0 or (spare > 0 and (count % width == 0 or (count + 1) % (width + 1) == 0))
        if is_whole and not any(cell.text for cell in row[:spare]):
            return row[spare:]
    return ()
