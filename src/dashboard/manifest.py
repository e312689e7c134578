"""documents.csv: which original belongs to which agency and year, as received.

Columns: agency, year, file (below documents/), address, sha256, received (a date), published (a date, empty
or absent where nobody has said it). Newest last.
Agency and year may be empty: such an original is kept, and built once somebody says them.
"""

import csv
from dataclasses import dataclass
from datetime import date

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
    published: str = ""


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
                _day(row.get("published") or ""),
            )
            for row in rows
        ]
    except (TypeError, ValueError, KeyError) as fault:
        raise DashboardError(
            f"{folder.manifest.name} 的内容不合格式：{fault}；请核对表头、年度和日期"
        ) from fault


def _day(told: str) -> str:
    """An ISO date or "". Raises ValueError for anything else."""
    return date.fromisoformat(told).isoformat() if told else ""
