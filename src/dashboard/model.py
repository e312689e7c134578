"""The records that travel through the product, from a document's characters to a page.

Owns the shapes and nothing else: no parsing, no storage. A `Document` is what a reader gives (text
with coordinates, uninterpreted); a `Reading` is what extraction makes of it (facts and findings).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its trimmed text and where those characters stand in `Document.text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading outside any table."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as the document lays them out; rows may differ in length (merged cells)."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript with coordinates: every block's text is `text[start:end]`, trimmed."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The blocks outside any table, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


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
