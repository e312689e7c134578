"""Questions to the published database: one SQL file each, one typed function each, as DataFrames.

The first comment of the SQL file states the grain. Values come as nullable floats for charts and
tables; a missing value is NaN or None, never 0, and `status` says why. Breaks are respected here:
nothing is compared across one.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.store import Store, sql


def _ask(store: Store, name: str, **values: Any) -> pd.DataFrame:  # noqa: ANN401 - SQL values
    return store.cursor().execute(sql(name), values or None).df()


def agencies(store: Store) -> pd.DataFrame:
    """Agencies with reports: name, code, level, type, function, region, kind, reports, first_year, last_year."""
    return _ask(store, "agencies")


def reports(store: Store, agency: str) -> pd.DataFrame:
    """Reports of an agency, one row each: document_id, year, edition, kind, is_complete, speaks, address, …"""
    return _ask(store, "reports", agency=agency)


def trend(
    store: Store,
    agency: str,
    indicators: Sequence[str],
    first_year: int,
    last_year: int,
    group: str | None = None,
) -> pd.DataFrame:
    """Every year of a range for indicators of an agency, and how each compares with the year before.

    Returns one row an indicator, item and year: value, status, segment, fact_id, raw, unit, and
    state (up, down, flat, new, ceased, no_base, not_comparable, not_reported) with base_value,
    change and percent. The percentage is given on a base of at least 10 only (metrics, time
    comparison). Years without a figure are rows whose status says why. `group` is the applicant
    group for indicators of table 3, total unless named.
    """
    return _ask(
        store,
        "trend",
        agency=agency,
        indicators=list(indicators),
        first_year=first_year,
        last_year=last_year,
        group=group,
    )


def breaks(store: Store, agency: str, indicators: Sequence[str]) -> pd.DataFrame:
    """Breaks in the series: indicator, last_year, first_year, label_zh, reason_zh."""
    return _ask(store, "breaks", agency=agency, indicators=list(indicators))


def form_cells(store: Store, agency: str, year: int) -> pd.DataFrame:
    """The form's cells as the report fills them, with the year before: indicator, group, value, status, …"""
    return _ask(store, "form_cells", agency=agency, year=year)


def outcomes(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Outcome groups by year and applicant group: year, group, outcome, value, status, fact_ids."""
    return _ask(store, "outcomes", agency=agency, first_year=first_year, last_year=last_year)


def findings(store: Store, agency: str, year: int | None = None) -> pd.DataFrame:
    """Findings of the checks, errors first: year, rule, severity, message, cells, fact_ids."""
    return _ask(store, "findings", agency=agency, year=year)


def completeness(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """What each indicator has in each year: cells, numbers, blanks, unquantified, has_report."""
    return _ask(store, "completeness", agency=agency, first_year=first_year, last_year=last_year)


def evidence(store: Store, fact_ids: Sequence[int]) -> pd.DataFrame:
    """What was printed for each fact, and where: raw, quote, locator (JSON), file, address, …"""
    return _ask(store, "evidence", fact_ids=[int(fact_id) for fact_id in fact_ids])


def statements(store: Store, agency: str) -> pd.DataFrame:
    """Problems named and promises made, by year: fact_id, year, indicator, topic, raw."""
    return _ask(store, "statements", agency=agency)


def section_texts(store: Store, agency: str, year: int) -> dict[str, str]:
    """The report's text by section; empty where the report was entered as figures."""
    found = _ask(store, "section_text", agency=agency, year=year)
    return dict(zip(found["section"], found["text"], strict=True))


def version(store: Store) -> dict[str, str]:
    """Versions the database was built from: package, codebook, data, and the newest receipt date."""
    found = _ask(store, "version")
    return dict(zip(found["name"], found["value"], strict=True))
