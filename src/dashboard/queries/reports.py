"""What is in the database: agencies, their reports, what each prints and where, and what the checks found."""

from collections.abc import Sequence

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.store import Store


def agencies(store: Store) -> pd.DataFrame:
    """Agencies with reports: name, code, level, type, function, region, kind, reports, first_year, last_year."""
    return ask(store, "agencies")


def newest_year(store: Store, agency: str) -> int:
    """The newest year that the agency or another of its kind and district has a report of; 0 for none.

    Agencies without a district have their own reports alone.
    """
    found = agencies(store)
    own = found[found["name"] == agency]
    if own.empty:
        return 0
    beside = found[(found["kind"] == own.iloc[0]["kind"]) & (found["region"] == own.iloc[0]["region"])]
    return int(max(own["last_year"].max(), beside["last_year"].max() if len(beside) else 0))


def reports(store: Store, agency: str) -> pd.DataFrame:
    """Reports of an agency, one row each: document_id, year, edition, kind, is_complete, speaks, address, …"""
    return ask(store, "reports", agency=agency)


def form_cells(store: Store, agency: str, year: int) -> pd.DataFrame:
    """The form's cells as the report fills them, with the year before: indicator, group, value, status, …"""
    return ask(store, "form_cells", agency=agency, year=year)


def findings(store: Store, agency: str, year: int | None = None) -> pd.DataFrame:
    """Findings of the checks, errors first: finding_id, year, rule, severity, message, cells, fact_ids."""
    return ask(store, "findings", agency=agency, year=year)


def finding_cells(store: Store, agency: str) -> pd.DataFrame:
    """The cells that each finding names, one row a finding and cell: finding_id, agency, year, indicator, group, item."""
    return ask(store, "finding_cells", agency=agency)


def completeness(store: Store, agency: str, first_year: int, last_year: int) -> pd.DataFrame:
    """What each indicator has in each year: cells, numbers, blanks, unquantified, has_report."""
    return ask(store, "completeness", agency=agency, first_year=first_year, last_year=last_year)


def corrections(store: Store, agency: str) -> pd.DataFrame:
    """Figures corrected after publication, one row a cell: year, indicator, group, item, was, value, reason, by, on, …

    `was` is what the report says (missing where it is blank), `value` what a corrected store answers; fact_id
    is where it was said.
    """
    return ask(store, "corrections", agency=agency)


def evidence(store: Store, fact_ids: Sequence[int]) -> pd.DataFrame:
    """What was printed for each fact, and where: raw, quote, locator (JSON), file, address, …"""
    return ask(store, "evidence", fact_ids=[int(fact_id) for fact_id in fact_ids])


def statements(store: Store, agency: str) -> pd.DataFrame:
    """Problems named and promises made, by year: fact_id, year, indicator, topic, raw."""
    return ask(store, "statements", agency=agency)


def section_texts(store: Store, agency: str, year: int) -> dict[str, str]:
    """The report's text by section; empty where the report was entered as figures."""
    found = ask(store, "section_text", agency=agency, year=year)
    return dict(zip(found["section"], found["text"], strict=True))


def report_texts(store: Store, agency: str, year: int) -> dict[str, str]:
    """The report's text by section, "" what stands before the first; empty for figures."""
    found = ask(store, "report_text", agency=agency, year=year)
    return dict(zip(found["section"], found["text"], strict=True))


def version(store: Store) -> dict[str, str]:
    """Versions the database was built from: package, codebook, data, and the newest receipt date."""
    found = ask(store, "version")
    return dict(zip(found["name"], found["value"], strict=True))
