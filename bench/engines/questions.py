"""What the pages ask: each question, which engines are asked it in the same words, and what makes an answer equal.

Three questions go over many agencies; the others are those of one agency's page. Names are those of
the methods by which every engine answers.
"""

from dataclasses import dataclass

from dashboard.store import Store
from dashboard.text import texts

FIRST_YEAR, LAST_YEAR = 2008, 2025
#: Quartiles are told from so many peers on (peer_band.sql).
LEAST_PEERS = 5
QUARTILES = {"p25": 0.25, "median": 0.5, "p75": 0.75}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the columns its rows are compared by, and the one that says whether a row tells something.

    A row tells nothing where that column is missing, or 0 where it counts (`is_count`).
    """

    name: str
    columns: tuple[str, ...]
    told: str
    of_one_agency: bool
    is_count: bool = False


QUESTIONS = (
    Question("trend", ("indicator", "year", "value", "base_value"), "value", True),
    Question("form_cells", ("indicator", "group", "value", "previous_value"), "value", True),
    Question("outcomes", ("year", "group", "outcome", "value"), "value", True),
    Question("completeness", ("indicator", "year", "cells", "numbers"), "cells", True, is_count=True),
    Question("findings", ("finding_id", "cells"), "finding_id", True),
    Question("peers", ("indicator", "value", "numbers", "p25", "median", "p75"), "value", False),
    Question("district", ("indicator", "group", "value", "numbers"), "numbers", False, is_count=True),
    Question("carried", ("year", "agencies", "differing"), "agencies", False),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom and of when the questions are: an agency in the middle, its district, its peers."""

    agency: str
    agency_id: int
    region: str
    function: str
    level: str
    year: int = 2023
    indicators: tuple[str, ...] = tuple(texts("page.overview.tiles"))


def asked_of(store: Store) -> Asked:
    """The questions' values for a synthetic database: its middle agency."""
    row = store.cursor().execute(
        "select name, agency_id, region, function, level from agency"
        " where agency_id = (select (max(agency_id) + 1) // 2 from agency)"
    )
    return Asked(*row.fetchall()[0])
