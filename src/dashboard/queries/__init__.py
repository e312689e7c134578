"""Questions to the published database: one SQL file each, one typed function each, as DataFrames.

The first comment of the SQL file states the grain. Values come as nullable floats for charts and
tables; a missing value is NaN or None, never 0, and `status` says why. Breaks are respected here:
nothing is compared across one. A module a subject; this file lists the questions.
"""

from dashboard.queries.district import (
    agency_checks,
    district_agencies,
    district_cell,
    district_sum,
    not_reported,
)
from dashboard.queries.peers import band_of, peer_band, peers
from dashboard.queries.reports import (
    agencies,
    completeness,
    evidence,
    findings,
    form_cells,
    reports,
    section_texts,
    statements,
    version,
)
from dashboard.queries.requests import outcomes
from dashboard.queries.trends import breaks, trend

__all__ = [
    "agencies",
    "agency_checks",
    "band_of",
    "breaks",
    "completeness",
    "district_agencies",
    "district_cell",
    "district_sum",
    "evidence",
    "findings",
    "form_cells",
    "not_reported",
    "outcomes",
    "peer_band",
    "peers",
    "reports",
    "section_texts",
    "statements",
    "trend",
    "version",
]
