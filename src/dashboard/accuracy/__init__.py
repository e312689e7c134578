"""How well documents are read: the figures that `dashboard accuracy` measures and the quality page shows.

Owns the records of a measurement and their files, `data/accuracy.csv` (cells of tables) and
`data/accuracy_prose.csv` (counts in sentences); measuring is accuracy/measure.py and accuracy/prose.py.
"""

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from dashboard.paths import PROJECT

FILE: Final = PROJECT / "data" / "accuracy.csv"
PROSE_FILE: Final = PROJECT / "data" / "accuracy_prose.csv"
#: The rows of a corpus that are of no one family: the small families together, and all of them.
REST, ALL = "rest", "all"
#: Columns of both files that are no counts.
_NAMES: Final = 3
_FAMILIES: Final = {REST: "其他", ALL: "合计"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One row: the documents of a corpus on one edition of the form, in one format.

    `cells`: cells of the form that the documents print, blank ones included; `right`: read with the value
    and status printed; `unread`: called unreadable or not found, and said so; `silent`: a value that the
    document does not give there, a blank read as 0 or a 0 as blank. `flaws`: faults placed on purpose that
    one report can be tested by; `found`: those reported, at their cell; `alarms`: errors reported where
    there is no fault.
    """

    corpus: str
    edition: str
    format: str
    documents: int = 0
    cells: int = 0
    right: int = 0
    unread: int = 0
    silent: int = 0
    flaws: int = 0
    found: int = 0
    alarms: int = 0


@dataclass(frozen=True, slots=True)
class MeasuredProse:
    """One row: the texts of a corpus, and the counts in them that are of one family of indicators (or REST, ALL).

    `facts`: labelled; `read`: read as facts; `right`: read as labelled. `approximate`: labelled approximate and
    read; `marked`: of these, read as approximate. `traps`: texts without any count that an indicator asks for;
    `taken`: traps of which something was read (both only in the row for ALL).
    """

    corpus: str
    family: str
    name_zh: str
    texts: int = 0
    facts: int = 0
    read: int = 0
    right: int = 0
    approximate: int = 0
    marked: int = 0
    traps: int = 0
    taken: int = 0

    @property
    def name(self) -> str:
        """The family as a person says it."""
        return _FAMILIES.get(self.family, self.name_zh)

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of what is told that was read; 1 where nothing is told."""
        return self.right / self.facts if self.facts else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


_Row = TypeVar("_Row", Measured, MeasuredProse)


def written(rows: Iterable[Measured], path: Path = FILE) -> None:
    """Write the measurement of cells, one row an edition and format of a corpus."""
    _write(rows, Measured, path)


def written_prose(rows: Iterable[MeasuredProse], path: Path = PROSE_FILE) -> None:
    """Write the measurement of sentences, one row a family of a corpus."""
    _write(rows, MeasuredProse, path)


def published(path: Path = FILE) -> list[Measured]:
    """The measurement of cells as last written; [] where there is none."""
    return _stored(path, Measured)


def published_prose(path: Path = PROSE_FILE) -> list[MeasuredProse]:
    """The measurement of sentences as last written; [] where there is none."""
    return _stored(path, MeasuredProse)


def cell_line(row: Measured) -> str:
    """A row of cells as the command prints it."""
    return (
        f"{row.corpus} {row.edition} 年表式 {row.format}：{row.documents} 份，{row.cells} 格，"
        f"读对 {row.right}，未读出 {row.unread}，误读 {row.silent}；"
        f"预设差错 {row.flaws}，查出 {row.found}，误报 {row.alarms}"
    )


def prose_line(row: MeasuredProse) -> str:
    """A row of sentences as the command prints it."""
    said = (
        f"{row.corpus} {row.name}：{row.facts} 条，读出 {row.read}，读对 {row.right}；"
        f"精确率 {row.precision:.3f}，召回率 {row.recall:.3f}，F1 {row.f1:.3f}"
    )
    if row.approximate:
        said += f"；约数 {row.approximate}，标为约数 {row.marked}"
    return said + (f"；陷阱 {row.traps}，误取 {row.taken}" if row.traps else "")


def _write(rows: Iterable[_Row], kind: type[_Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(kind)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def _stored(path: Path, kind: type[_Row]) -> list[_Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [kind(**_values(row)) for row in csv.DictReader(file)]


def _values(row: dict[str, str]) -> dict[str, Any]:
    """The columns of a row as the record has them: three names, then counts."""
    names = list(row)[:_NAMES]
    return {name: text if name in names else int(text) for name, text in row.items()}
