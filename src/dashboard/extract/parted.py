"""A table whose groups of columns are printed one below the other -> the form's one row.

Where a page is narrow, or a program has taken the merged header apart, the table of reviews and lawsuits is
one small table for each of its groups, or a row for each: the same heads, and the group's name above the
figures or before them. Only where every group is named once do they make up the form's row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.codebook import Codebook, FormBlock
from dashboard.extract.labels import bare, normal
from dashboard.model import Block, Cell, Document, Paragraph, Table
from dashboard.numbers import cell_quantity

Row = tuple[Cell, ...]
#: The name of a group, its heads and its figures.
_Part = tuple[str, Row, Row]


def with_whole_tables(document: Document, book: Codebook) -> Document:
    """Return the document with parts of a form's one-row table put together, the same where there are none."""
    for groups, leaves in _shapes(book):
        parts = list(_parts(document, groups, leaves))
        named = [name for _, found in parts for name, _, _ in found]
        if sorted(named) == sorted(groups):
            by_name = {name: (heads, figures) for _, found in parts for name, heads, figures in found}
            rows = tuple(
                tuple(
                    cell._replace(column=place, width=1, height=1)
                    for place, cell in enumerate(cell for name in groups for cell in by_name[name][kind])
                )
                for kind in (0, 1)
            )
            return _with_table(document, [table for table, _ in parts], Table(rows))
    return document


def _shapes(book: Codebook) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The groups of columns of each block of one unlabelled row, in order, and the heads that each has."""
    for edition in book.editions.values():
        for form in edition.tables:
            for block in form.blocks:
                if not any(line.path for line in block.rows):
                    yield from _shape(block)


def _shape(block: FormBlock) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    heads: dict[str, list[str]] = {}
    for column in block.columns:
        if len(column.path) > 1:
            heads.setdefault(bare(column.path[-2]), []).append(bare(column.path[-1]))
    leaves = set(map(tuple, heads.values()))
    if len(heads) > 1 and len(leaves) == 1:
        yield tuple(heads), leaves.pop()


def _parts(
    document: Document, groups: Sequence[str], leaves: Sequence[str]
) -> Iterator[tuple[Table, list[_Part]]]:
    """The tables that hold nothing but groups, and the groups that each holds."""
    name: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            name = _named(block.text, groups)
        elif isinstance(block, Table):
            found = _parts_of(block, name, groups, leaves)
            name = None
            if found:
                yield block, found


def _parts_of(
    table: Table, name: str | None, groups: Sequence[str], leaves: Sequence[str]
) -> list[_Part] | None:
    """The groups of a table; None where a row of it is anything else."""
    heads: Row = ()
    found: list[_Part] = []
    for row in table.rows:
        texts = [cell for cell in row if cell.text]
        if [bare(cell.text) for cell in texts][-len(leaves) :] == list(leaves):
            heads = tuple(texts[-len(leaves) :])
            continue
        figures = row[-len(leaves) :]
        labels = [cell for cell in row[: -len(leaves)] if cell.text] if heads else texts
        own = _named("".join(cell.text for cell in labels), groups) if labels else name
        if heads and own and len(figures) == len(leaves) and all(map(_is_figure, figures)):
            found.append((own, heads, figures))
        elif own and len(texts) == 1:
            name = own
        elif texts:
            return None
    return found


def _named(text: str, groups: Sequence[str]) -> str | None:
    """The one group that a text names."""
    plain = normal(text)
    named = [group for group in groups if group in plain]
    return named[0] if len(named) == 1 else None


def _is_figure(cell: Cell) -> bool:
    return cell_quantity(cell.text).status != "unreadable"


def _with_table(document: Document, parts: Sequence[Table], whole: Table) -> Document:
    blocks: list[Block] = []
    for block in document.blocks:
        if not any(block is part for part in parts):
            blocks.append(block)
        elif block is parts[0]:
            blocks.append(whole)
    return replace(document, blocks=tuple(blocks))
