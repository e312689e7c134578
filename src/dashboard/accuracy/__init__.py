"""How well documents are read: the figures that `dashboard accuracy` measures and the quality page shows.

Owns the record of a measurement and its file, `data/accuracy.csv`; measuring is accuracy/measure.py.
"""

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from dashboard.paths import PROJECT

FILE = PROJECT / "data" / "accuracy.csv"


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


def written(rows: Iterable[Measured], path: Path = FILE) -> None:
    """Write the measurement, one row an edition and format of a corpus."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Measured)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def published(path: Path = FILE) -> list[Measured]:
    """The measurement as last written; [] where there is none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [_measured(row) for row in csv.DictReader(file)]


def _measured(row: dict[str, str]) -> Measured:
    counts = {field.name: int(row[field.name]) for field in fields(Measured)[3:]}
    return Measured(row["corpus"], row["edition"], row["format"], **counts)
