"""The records that travel through the product, from a document's characters to a page.

Owns the shapes and nothing else: no parsing, no storage. A `Document` is what a reader gives (text
with coordinates, uninterpreted); a `Reading` is what extraction makes of it (facts and findings).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Status = Literal["reported", "blank", "dash", "nil", "approximate", "unquantified", "unreadable", "derived"]
Severity = Literal["error", "warning", "info"]
Source = Literal["table", "narrative"]
Kind = Literal["original", "figures"]

STATUSES: tuple[Status, ...] = (
    "reported",
    "blank",
    "dash",
    "nil",
    "approximate",
    "unquantified",
    "unreadable",
    "derived",
)
#: Statuses whose fact carries a number. nil is a stated zero; blank and dash are not numbers.
STATUSES_WITH_VALUE: frozenset[str] = frozenset({"reported", "nil", "approximate", "derived"})


class Cell(NamedTuple):
    """One cell of a table: its trimmed text, where those characters stand, its place in the grid.

    `column` is the grid column it begins in (0 is the first), `width` and `height` how many columns
    and rows it covers. Where the document tells no grid, `column` is its place in the row. The text of
    a label may be joined from two places (a page break); `start` and `end` are then those of the first.
    """

    text: str
    start: int
    end: int
    column: int = 0
    width: int = 1
    height: int = 1


class Paragraph(NamedTuple):
    """One paragraph or heading outside any table."""

    text: str
    start: int
    end: int


class Picture(NamedTuple):
    """A place where the document shows a picture: what is in it is not read."""

    start: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the cells that begin in them; what a merged cell covers has no cell of its own.

    `has_grid`: the columns of the cells are those of the document's own grid, merged cells included.
    """

    rows: tuple[tuple[Cell, ...], ...]
    has_grid: bool = False

    @property
    def width(self) -> int:
        """How many grid columns the table has."""
        return max((row[-1].column + row[-1].width for row in self.rows if row), default=0)


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript with coordinates: every block's text is `text[start:end]`, trimmed.

    `pages` are the positions in `text` where the pages of a PDF or the sheets of a workbook begin;
    () where a document has no fixed pages.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The blocks outside any table, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def page(self, position: int) -> int | None:
        """The page (or sheet) that holds a position of the text, from 1; None without pages."""
        return bisect_right(self.pages, position) or None


@dataclass(frozen=True, slots=True)
class Fact:
    """One place where a document says a number (or pointedly says none).

    `value` is in the unit of indicators.csv; `raw` and `unit` are as printed. `locator` leads back
    to the characters: `start` and `end` in the document's text, `quote` the row or sentence around
    them, and for a table cell its table, row, column and labels.
    """

    indicator: str
    group: str | None
    item: str | None
    value: Decimal | None
    status: Status
    raw: str
    unit: str | None
    source: Source
    locator: Mapping[str, Any] = field(hash=False)

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What the fact is about, without where it was said."""
        return (self.indicator, self.group, self.item)


@dataclass(frozen=True, slots=True)
class CellReference:
    """A cell or statement a finding is about: its key, its value and how sure it is."""

    indicator: str
    group: str | None = None
    item: str | None = None
    value: Decimal | None = None
    status: str = "reported"

    @classmethod
    def of(cls, fact: "Fact") -> "CellReference":
        """The figure of a fact as a finding names it."""
        return cls(fact.indicator, fact.group, fact.item, fact.value, fact.status)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at, under the id of the rule that found it."""

    rule: str
    severity: Severity
    message: str
    cells: tuple[CellReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says: who, when, on which form, its facts and its findings."""

    agency: str | None
    year: int | None
    edition: str | None
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = ()
