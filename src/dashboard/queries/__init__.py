"""Questions to the published database: one SQL file each, one typed function each, as DataFrames.

The first comment of the SQL file states the grain. Values come as nullable floats for charts and
tables; a missing value is NaN or None, never 0, and `status` says why. Breaks are respected here:
nothing is compared across one. A module a subject; this file lists the questions.
"""

from dashboard.queries.interpretations import interpretations
from dashboard.queries.reports import (
    agencies,
    completeness,
    evidence,
    findings,
    form_cells,
    report_texts,
    reports,
    section_texts,
    statements,
    version,
)
from dashboard.queries.requests import outcomes
from dashboard.queries.trends import breaks, trend

__all__ = [
    "agencies",
    "breaks",
    "completeness",
    "evidence",
    "findings",
    "form_cells",
    "interpretations",
    "outcomes",
    "report_texts",
    "reports",
    "section_texts",
    "statements",
    "trend",
    "version",
]
