"""Figures whose label is torn over the lines around them, or stands on the line above, get it back.

Text taken out of a PDF has a long label in pieces, its figures between them or below. Where several lines of
figures are left without any label, the lines are in another order than the rows: then no figures on a line
of their own are anybody's.
"""

import re
from collections.abc import Iterator, Sequence

from dashboard.extract.labels import bare, normal
from dashboard.extract.spaced_lines import Line
from dashboard.extract.vocabulary import Words
from dashboard.model import Cell
from dashboard.numbers import fold

#: How many pieces of a torn label may stand above its figures, and below them.
_MOST_ABOVE, _MOST_BELOW = 3, 2
_VERTICAL = 2
#: So many lines of figures without a label are a table whose lines are out of order.
_LEAST_HOMELESS = 2
_DIGITS = re.compile(r"[\d,.]*\d[\d,.]*")


def mend(lines: list[Line], text: str, words: Words) -> bool:
    """Give figures their torn label; its pieces are no lines of their own. Whether the lines are in order.

    Where they are not, figures that stood on a line of their own are taken from it again.
    """
    mended = []
    for place, line in enumerate(lines):
        if not line.figures or _is_label(line, words):
            continue
        label, pieces = _label(lines, place, words)
        if label is None:
            continue
        if not line.labels:
            mended.append(line)
        line.labels = [*line.labels[:-1], label]
        line.is_table = True
        for piece in pieces:
            piece.is_piece = True
    is_in_order = sum(_is_homeless(line, words) for line in lines) < _LEAST_HOMELESS
    for line in mended if not is_in_order else ():
        line.figures = line.parts = []
    _drop_broken(lines, text, words)
    return is_in_order


def _drop_broken(lines: list[Line], text: str, words: Words) -> None:
    """Take their figures from the rows beside figures that are nobody's: these may be the rest of their numbers.

    A narrow column breaks its numbers over lines. A number alone at the end of a page is the page's.
    """
    known = "\n".join([*words.rows, *words.columns, *words.titles])
    for place, line in enumerate(lines):
        if line.is_piece or not _is_stray(line, known, words) or _is_page_number(line, text):
            continue
        for way in (lines[:place][::-1], lines[place + 1 :]):
            beside = next((other for other in way if not other.is_piece), None)
            if beside is not None and (beside.figures or beside.is_broken or _is_label(beside, words)):
                beside.is_broken = line.is_broken = True
    for line in lines:
        if line.is_broken:
            if _is_stray(line, known, words):  # a row of its own, that no row of the form takes: that is said
                line.labels, line.is_table = [_whole(line)], True
            line.figures = line.parts = []


def _is_stray(line: Line, known: str, words: Words) -> bool:
    """Whether a line ends in figures, or parts of some, and has no label but parts of other words."""
    if _is_label(line, words) or len(line.figures) in words.unlabelled:
        return False
    stretches = fold(line.block.text).split()
    figures = [_DIGITS.fullmatch(stretch) is not None for stretch in stretches]
    return figures[-1] and all(
        is_figure or normal(stretch) in known for stretch, is_figure in zip(stretches, figures, strict=True)
    )


def _is_label(line: Line, words: Words) -> bool:
    return bool(line.labels) and bare(line.labels[-1].text) in words.shapes


def _is_page_number(line: Line, text: str) -> bool:
    after = text[line.block.end :].lstrip(" \t\r\n")
    return len(line.block.text.split()) == 1 and (not after or after.startswith("\f"))


def drop_torn_heads(lines: list[Line], words: Words) -> None:
    """Lines next to a header that hold nothing but pieces of its words are pieces of it ("自然" above "人")."""
    heads = frozenset(word for word in words.columns | words.titles if word)
    for run in (lines, lines[::-1]):
        is_beside = False
        for line in run:
            is_head = line.is_table and not line.figures and not line.is_piece
            if not is_head and is_beside and _is_of_heads(line, heads):
                line.is_piece = True
            is_beside = (is_head and _names_head(line, words)) or (is_beside and line.is_piece)


def _names_head(line: Line, words: Words) -> bool:
    return any(bare(cell.text) in words.columns for cell in line.labels)


def _is_of_heads(line: Line, heads: frozenset[str]) -> bool:
    """Whether every stretch of a line without figures is a part of a head, shorter than it."""
    stretches = [normal(stretch) for stretch in line.block.text.split()]
    return not line.figures and all(any(stretch in head for head in heads) for stretch in stretches)


def _is_homeless(line: Line, words: Words) -> bool:
    """Whether figures have no label, and are not as many as a row without one has."""
    is_alone = bool(line.figures) and not line.labels and not line.has_gaps
    return is_alone and len(line.figures) not in words.unlabelled


def _label(lines: list[Line], place: int, words: Words) -> tuple[Cell | None, list[Line]]:
    """The label of the most pieces that is one of a form's (a short form may be a label too), and its lines."""
    own = lines[place].labels[-1:]
    best: list[Cell] = []
    taken: list[Line] = []
    for upper, lower in _ways(lines, place, words):
        for of_line in (_whole, _last):
            pieces = [*map(of_line, upper), *own, *map(of_line, lower)]
            if len(pieces) > len(best) and bare("".join(piece.text for piece in pieces)) in words.shapes:
                best, taken = pieces, [*upper, *lower]
    if not best:
        return None, []
    return Cell("\n".join(piece.text for piece in best), best[0].start, best[0].end), taken


def _whole(line: Line) -> Cell:
    return Cell(*line.block)


def _last(line: Line) -> Cell:
    """The last stretch of a line: the name of a group may stand before a row's."""
    text = line.block.text.split()[-1]
    return Cell(text, line.block.end - len(text), line.block.end)


def _torn(lines: Sequence[Line], most: int, least: int, words: Words) -> list[Line]:
    """The nearest lines of at least so many characters that may be pieces of a label; a group's name is none."""
    found: list[Line] = []
    for line in lines:
        if line.figures or line.is_piece or len(found) == most:
            break
        word = bare(line.block.text)
        is_group = word in words.rows and word not in words.shapes
        if not is_group and (len(word) > least or word in words.columns):
            found.append(line)
    return found


def _ways(lines: list[Line], place: int, words: Words) -> Iterator[tuple[list[Line], list[Line]]]:
    """The lines above and below that may hold the label of a line's figures, the nearest and fewest first.

    Letters of a vertical label may stand between the pieces, or be a piece: both are tried. Figures on a
    line of their own are never above their whole label.
    """
    least_above = 0 if lines[place].labels else 1
    for least in (0, _VERTICAL):
        above = _torn(lines[:place][::-1], _MOST_ABOVE, least, words)[::-1]
        below = _torn(lines[place + 1 :], _MOST_BELOW, least, words)
        for upper in range(least_above, len(above) + 1):
            for lower in range(len(below) + 1):
                if upper or lower:
                    yield above[len(above) - upper :], below[:lower]
