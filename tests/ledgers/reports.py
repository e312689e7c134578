"""Reports of several years as lines of a figures file, and what is found between them."""

from functools import partial

from dashboard import queries
from dashboard.rows import records

from .. import small_databases
from ..small_databases import AGENCY

#: A line of what a table says.
line = partial(small_databases.line, source="table")
IN_FORCE, ISSUED, REPEALED = (f"proactive.normdocs.{word}" for word in ("in_force", "issued", "repealed"))
#: Rules that need two reports; what else a small database has is the other tests' business.
RULES = ("T2-03", "T2-04", "T2-08", "T2-10", "T2-14", "T3-05", "T3-06", "T3-12", "T4-04", "T4-05", "Y-")


def found(store, agency=AGENCY):
    return [
        (row["year"], row["rule"], row["severity"], row["message"])
        for row in records(queries.findings(store, agency))
        if row["rule"].startswith(RULES)
    ]


def carried(year, **cells):
    """Lines of one report's requests, in the column of all applicants."""
    return [line(year, f"req.{name}", value, group="total") for name, value in cells.items()]


def documents(year, stem="proactive.normdocs", **cells):
    return [line(year, f"{stem}.{name}", value) for name, value in cells.items()]


def stocks(store, year, stock):
    rows = records(queries.stock_ledger(store, AGENCY, year, year))
    return [(row["year"], row) for row in rows if row["stock"] == stock]


def ledger_row(store, year, group="total"):
    rows = records(queries.ledger(store, AGENCY, year, year))
    return next(row for row in rows if row["group"] == group)
