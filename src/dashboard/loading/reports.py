"""Reports on their way into the database: where each came from, which speaks for its year, what is corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.corrections import Correction
from dashboard.model import Reading


@dataclass(frozen=True, slots=True)
class Report:
    """One report on its way into the database, with where it came from."""

    reading: Reading
    kind: str
    address: str
    file: str
    sha256: str
    received: str
    sections: Mapping[str, str]
    published: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrections of all reports, and the readings they change as they are then, by the report's place."""

    corrections: Sequence[Correction] = ()
    readings: Mapping[int, Reading] = field(default_factory=dict)


def speaking_places(reports: list[Report]) -> set[int]:
    """The place of the report that stands for each agency and year: originals first, then the newest."""
    best: dict[tuple[str | None, int | None], tuple[tuple[bool, str, int], int]] = {}
    for place, report in enumerate(reports):
        key = (report.reading.agency, report.reading.year)
        rank = (report.kind == "original", report.received, place)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, place)
    return {place for _, place in best.values()}
