"""The words that the forms print: titles, column heads, row labels, of one form table or of all editions.

All bare (labels.py). Computed once for a codebook.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.codebook import Codebook, FormBlock, FormLabel, FormTable
from dashboard.extract.labels import bare, normal


@dataclass(frozen=True, slots=True)
class Words:
    """`rows` holds the names of groups too; `shapes` are a row's values and the depth of its label.

    `groups` are the rows that hold no figures of their own.
    `units` are those that a column of units may print, `unlabelled` the widths of rows without a label.
    """

    titles: frozenset[str]
    columns: frozenset[str]
    rows: frozenset[str]
    shapes: Mapping[str, tuple[int | None, int]]
    groups: frozenset[str]
    units: frozenset[str]
    unlabelled: frozenset[int]

    def __contains__(self, word: str) -> bool:
        return word in self.titles or word in self.columns or word in self.rows


@cache
def spellings(label: FormLabel) -> frozenset[str]:
    """The ways a row or column names itself."""
    own = (label.path[-1],) if label.path else ()
    return frozenset(bare(text) for text in (*own, *label.aliases))


@cache
def column_words(block: FormBlock) -> frozenset[str]:
    """Every word that a header of the block may hold."""
    paths = frozenset(bare(part) for column in block.columns for part in column.path)
    return paths.union(*(spellings(column) for column in block.columns))


@cache
def leaf_words(block: FormBlock) -> frozenset[str]:
    """The ways the columns of a block name themselves, groups of columns left out."""
    return frozenset().union(*map(spellings, block.columns))


@cache
def block_words(block: FormBlock) -> frozenset[str]:
    """The ways the rows of a block name themselves."""
    return frozenset().union(*map(spellings, block.rows))


@cache
def group_words(form: FormTable) -> frozenset[str]:
    """The names of groups of rows, those that stand on a row of their own included."""
    groups = {bare(part) for block in form.blocks for line in block.rows for part in line.path[:-1]}
    alone = {
        word for block in form.blocks for line in block.rows if not line.code for word in spellings(line)
    }
    return frozenset(groups | alone)


@cache
def row_words(form: FormTable) -> frozenset[str]:
    """Every way the rows of a form name themselves, and their groups."""
    return group_words(form).union(*(spellings(line) for block in form.blocks for line in block.rows))


@cache
def heading_words(form: FormTable) -> frozenset[str]:
    """Every word that a row without figures may hold: titles, column heads, what stands beside them."""
    titles = frozenset(normal(block.title) for block in form.blocks if block.title)
    return (titles | _bare(form.headings)).union(*map(column_words, form.blocks))


@cache
def form_words(form: FormTable) -> frozenset[str]:
    """Every word of the form."""
    return heading_words(form) | row_words(form)


@cache
def words_of(book: Codebook) -> Words:
    """The words of all editions together."""
    forms = [table for edition in book.editions.values() for table in edition.tables]
    columns = frozenset().union(*(heading_words(form) for form in forms))
    titles = frozenset(normal(block.title) for form in forms for block in form.blocks if block.title)
    rows = frozenset().union(*map(row_words, forms)) - {""}
    units = frozenset(bare(indicator.unit_zh) for indicator in book.indicators.values() if indicator.unit_zh)
    blocks = [block for form in forms for block in form.blocks]
    unlabelled = frozenset(
        len(block.columns) for block in blocks if not all(line.path for line in block.rows)
    )
    groups = frozenset().union(
        *(spellings(line) for block in blocks for line in block.rows if block.heads_group(line))
    )
    return Words(titles, columns - titles, rows, _shapes(forms), groups, units, unlabelled)


def _shapes(forms: Iterable[FormTable]) -> dict[str, tuple[int | None, int]]:
    shapes: dict[str, tuple[int | None, int]] = {}
    for form in forms:
        for block in form.blocks:
            count = sum(not column.optional for column in block.columns)
            for line in block.rows:
                for word in spellings(line):
                    width, _ = shapes.get(word, (count, 0))
                    shapes[word] = (width if width == count else None, len(line.path))
    return shapes


def _bare(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(bare, texts))
