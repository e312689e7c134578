"""Reading the corpora whose truth is known, and counting what came out right, unread and wrong.

Two corpora: the example county (data/documents with expected.csv, expected_reports.csv and flaws.csv) and
the gold reports of the tests, where the tests are. The truth is what the documents print, faults included.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from dashboard.accuracy import Measured
from dashboard.codebook import Codebook
from dashboard.errors import DashboardError
from dashboard.model import Reading
from dashboard.paths import PROJECT
from dashboard.reading import read_bytes

COUNTY, GOLD = "示例县", "标注样本"
COUNTY_FILES = PROJECT / "data" / "documents"
GOLD_FILES = PROJECT / "tests" / "data"

Cell = tuple[str, str | None]
Printed = tuple[Decimal | None, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """A document of a corpus: what its table cells print, and the faults that its report alone shows.

    `cells` has the cells that are not blank; a status of "absent" is a cell that the document lacks.
    """

    corpus: str
    path: Path
    edition: str
    format: str
    cells: Mapping[Cell, Printed]
    flaws: tuple[tuple[str, Cell], ...] = ()


def corpora(book: Codebook) -> list[Truth]:
    """Every document whose truth is written down, the example county first."""
    return [*_county(), *_gold(book)]


def measure(truths: list[Truth], book: Codebook) -> list[Measured]:
    """Read every document and count, one row a corpus, edition and format."""
    rows: dict[tuple[str, str, str], Measured] = {}
    for truth in truths:
        key = (truth.corpus, truth.edition, truth.format)
        rows[key] = _added(rows.get(key, Measured(*key)), compared(truth, book))
    return [rows[key] for key in sorted(rows, key=lambda key: (key[0] != COUNTY, *key))]


def compared(truth: Truth, book: Codebook) -> Measured:
    """One document against its truth; one that is refused has every cell unread."""
    reading = reading_of(truth.path, book)
    counts = {"right": 0, "unread": 0, "silent": 0}
    got = {
        (fact.indicator, fact.group): (fact.value, fact.status)
        for fact in reading.facts
        if fact.source == "table"
    }
    wanted = _expected(truth, book)
    for cell in wanted.keys() | got.keys():
        verdict = _verdict(wanted.get(cell, (None, "absent")), got.get(cell))
        if verdict:
            counts[verdict] += 1
    named = [
        (finding.rule, {(cell.indicator, cell.group) for cell in finding.cells}, finding.severity)
        for finding in reading.findings
    ]
    faults = [any(_is_said(flaw, rule, cells) for rule, cells, _ in named) for flaw in truth.flaws]
    alarms = sum(
        severity == "error" and not any(_is_said(flaw, rule, cells) for flaw in truth.flaws)
        for rule, cells, severity in named
    )
    return Measured(
        truth.corpus,
        truth.edition,
        truth.format,
        documents=1,
        cells=sum(counts.values()),
        **counts,
        flaws=len(faults),
        found=sum(faults),
        alarms=alarms,
    )


def _is_said(flaw: tuple[str, Cell], rule: str, cells: set[Cell]) -> bool:
    """Whether a finding of this rule, naming these cells, is of the fault; some name no cell (a lost row)."""
    return flaw[0] == rule and (not flaw[1][0] or not cells or flaw[1] in cells)


def _verdict(wanted: Printed, got: Printed | None) -> str:
    """right, unread or silent; "" for a cell that is in neither the document nor the form's must."""
    if got is None:
        return "" if wanted[1] in ("absent", "unreadable") else "unread"
    if got == wanted or (wanted[1] == "absent" and got[1] in ("blank", "unreadable")):
        return "right"
    return "unread" if got[1] == "unreadable" else "silent"


def _expected(truth: Truth, book: Codebook) -> dict[Cell, Printed]:
    """What every cell of the form should read as: blank where nothing is listed."""
    if truth.edition not in book.editions:
        return dict(truth.cells)
    blank: Printed = (None, "blank")
    return dict.fromkeys(book.editions[truth.edition].required_cells, blank) | dict(truth.cells)


def _added(one: Measured, other: Measured) -> Measured:
    names = ("documents", "cells", "right", "unread", "silent", "flaws", "found", "alarms")
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in names})


def _county() -> Iterator[Truth]:
    cells: dict[str, dict[Cell, Printed]] = defaultdict(dict)
    for row in rows_of(COUNTY_FILES / "expected.csv"):
        cells[row["file"]][row["indicator"], row["group"] or None] = _printed(row)
    flaws: dict[str, list[tuple[str, Cell]]] = defaultdict(list)
    for row in rows_of(COUNTY_FILES / "flaws.csv"):
        if row["scope"] == "report":
            flaws[row["file"]].append((row["rule"], (row["indicator"], row["group"] or None)))
    for row in rows_of(COUNTY_FILES / "expected_reports.csv"):
        name = row["file"]
        path = COUNTY_FILES / name
        yield Truth(COUNTY, path, row["edition"], row["format"], cells[name], tuple(flaws[name]))


def _gold(book: Codebook) -> Iterator[Truth]:
    for path in sorted(GOLD_FILES.glob("*.expected.csv")):
        document = path.with_name(path.name.removesuffix(".expected.csv") + ".txt")
        rows = [row for row in rows_of(path) if row["source"] == "table"]
        cells = {(row["indicator"], row["group"] or None): _printed(row) for row in rows}
        edition = next(edition.id for edition in book.editions.values() if cells.keys() <= edition.cells)
        yield Truth(GOLD, document, edition, document.suffix[1:], cells)


@cache
def reading_of(path: Path, book: Codebook) -> Reading:
    """What is read of a document, checked; nothing of one that is refused. Each is read once."""
    try:
        return read_bytes(path.read_bytes(), book)[0].reading
    except DashboardError:
        return Reading(None, None, None, ())


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a list of a corpus; none where there is no such file."""
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _printed(row: Mapping[str, str]) -> Printed:
    return (Decimal(row["value"]) if row["value"] else None, row["status"])
