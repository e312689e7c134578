"""Synthetic facts in the published schema: as many as wanted, the same ones every time.

Places, zeros, blanks and sizes are drawn by a hash from the proportions of the original reports in the
shipped database. DuckDB makes them where they are stored, in pieces: nothing is held in memory.
"""

from pathlib import Path

import duckdb

from dashboard.paths import DataFolder
from dashboard.store import published, publishing

#: Tables that are the same in every database of the codebook.
DIMENSIONS = (
    "indicator",
    "applicant_group",
    "item",
    "edition",
    "edition_cell",
    "unasked",
    "prose_indicator",
    "series_break",
    "sum_part",
    "addition",
    "rule_cell",
    "metric",
    "metric_input",
    "metric_term",
    "metric_break",
)
#: What is made at once: the facts of so many agencies, the derived totals of so many documents, and so
#: many facts sorted by indicator, about 3 GB.
AGENCIES, DOCUMENTS, SORTED = 1_000, 500_000, 20_000_000


def write(folder: DataFolder, shipped: DataFolder, facts: int) -> int:
    """Publish about so many facts in `folder`, in the proportions of the database of `shipped`; how many it became."""
    with publishing(folder) as connection:
        connection.execute("set memory_limit = '8GB'")
        connection.execute(f"attach '{published(shipped)}' as shipped (read_only)")
        _dimensions(connection, facts)
        _facts(connection)
        _sorted_by_indicator(connection)
        _run(connection, "findings")
        _derived(connection)
        connection.execute("detach shipped")
        return int(_one(connection, "select count(*) from fact"))


def _dimensions(connection: duckdb.DuckDBPyConnection, facts: int) -> None:
    _run(connection, "template")
    for table in DIMENSIONS:
        connection.execute(f"insert into {table} select * from shipped.{table}")  # noqa: S608 - own names
    agencies = max(2, round(facts / float(_one(connection, _text("facts_an_agency")))))
    _run(connection, "agencies", agencies=agencies)
    _run(connection, "documents")


def _facts(connection: duckdb.DuckDBPyConnection) -> None:
    places = _one(connection, "select max(place) from template")
    agencies = _one(connection, "select max(agency_id) from agency")
    for first in range(1, agencies + 1, AGENCIES):
        _run(connection, "facts", first=first, last=first + AGENCIES - 1, places=places)


def _sorted_by_indicator(connection: duckdb.DuckDBPyConnection) -> None:
    counted = connection.execute(
        "select indicator_id, count(*) from fact_by_agency group by 1 order by 1"
    ).fetchall()
    first, held = counted[0][0], 0
    for indicator, facts in counted:
        held += facts
        if held >= SORTED or indicator == counted[-1][0]:
            _run(connection, "sorted", first=first, last=indicator)
            first, held = indicator + 1, 0


def _derived(connection: duckdb.DuckDBPyConnection) -> None:
    documents = _one(connection, "select max(document_id) from document")
    for first in range(1, documents + 1, DOCUMENTS):
        _run(connection, "derived", first=first, last=first + DOCUMENTS - 1)


def _run(connection: duckdb.DuckDBPyConnection, name: str, **values: int) -> None:
    for statement in duckdb.extract_statements(_text(name)):
        wanted = {key: value for key, value in values.items() if f"${key}" in statement.query}
        connection.execute(statement, wanted or None)


def _text(name: str) -> str:
    return Path(__file__).with_name(f"{name}.sql").read_text("utf-8")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return connection.execute(query).fetchall()[0][0]
