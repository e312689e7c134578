"""Questions to the published database: one SQL file each, one typed function each, as DataFrames.

The first comment of the SQL file states the grain. Values come as nullable floats for charts and
tables; a missing value is NaN or None, never 0, and `status` says why. Breaks are respected here:
nothing is compared across one. A module a subject; this file lists the questions.
"""

from dashboard.queries.changes import changes
from dashboard.queries.district import (
    agency_checks,
    district_agencies,
    district_cell,
    district_sum,
    not_reported,
)
from dashboard.queries.interpretations import interpretations
from dashboard.queries.ledgers import ledger, stock_ledger
from dashboard.queries.metrics import harmonised_outcomes, metric, metric_breaks, metrics
from dashboard.queries.peers import band_of, peer_band, peer_rates, peers
from dashboard.queries.reports import (
    agencies,
    completeness,
    corrections,
    evidence,
    finding_cells,
    findings,
    form_cells,
    newest_year,
    report_texts,
    reports,
    section_texts,
    statements,
    version,
)
from dashboard.queries.requests import outcome_flow, outcomes, reasons
from dashboard.queries.trends import breaks, explain, growth, trend, trends

__all__ = [
    "agencies",
    "agency_checks",
    "band_of",
    "breaks",
    "changes",
    "completeness",
    "corrections",
    "district_agencies",
    "district_cell",
    "district_sum",
    "evidence",
    "explain",
    "finding_cells",
    "findings",
    "form_cells",
    "growth",
    "harmonised_outcomes",
    "interpretations",
    "ledger",
    "metric",
    "metric_breaks",
    "metrics",
    "newest_year",
    "not_reported",
    "outcome_flow",
    "outcomes",
    "peer_band",
    "peer_rates",
    "peers",
    "reasons",
    "report_texts",
    "reports",
    "section_texts",
    "statements",
    "stock_ledger",
    "trend",
    "trends",
    "version",
]
