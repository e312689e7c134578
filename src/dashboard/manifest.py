"""documents.csv: which original belongs to which agency and year, as received.

Columns: agency, year, file (below documents/), address, sha256, received (a date). Newest last.
Agency and year may be empty: such an original is kept, and built once somebody says them.
"""

import csv
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.paths import DataFolder


@dataclass(frozen=True, slots=True)
class Received:
    """One original in the data folder."""

    agency: str | None
    year: int | None
    file: str
    address: str
    sha256: str
    received: str


def received(folder: DataFolder) -> list[Received]:
    """All originals on the manifest, in order of receipt; [] where there is none."""
    if not folder.manifest.is_file():
        return []
    with folder.manifest.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [
            Received(
                row["agency"] or None,
                int(row["year"]) if row["year"] else None,
                row["file"],
                row["address"],
                row["sha256"],
                row["received"],
            )
            for row in rows
        ]
    except (TypeError, ValueError, KeyError) as fault:
        raise DashboardError(f"{folder.manifest.name} 的内容不合格式：{fault}；请核对表头和年度") from fault


def add(folder: DataFolder, entry: Received, instead_of: Received | None = None) -> None:
    """Append an original, or put it in another's place; written whole, so a crash leaves the old file."""
    entries = [listed for listed in received(folder) if listed != instead_of] + [entry]
    folder.documents.mkdir(parents=True, exist_ok=True)
    fresh = Path(f"{folder.manifest}.new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Received)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(listed) for listed in entries)
    fresh.replace(folder.manifest)
