"""What the agencies of a district have together: who has not reported, what the checks found, the sums.

A district is the `region` of agencies.csv. A sum never hides what is not in it.
"""

import pandas as pd

from dashboard.queries.asking import ask, ask_over
from dashboard.store import Store


def district_agencies(store: Store, region: str) -> pd.DataFrame:
    """Agencies the codebook lists for a district, one row each: agency, agency_code, level, type, …"""
    return ask(store, "district_agencies", region=region)


def not_reported(store: Store, region: str, year: int) -> pd.DataFrame:
    """Agencies of a district without a whole report of the year in the database.

    Returns one row an agency: agency, agency_code, function, state (no_report, excerpt), file and
    address of the excerpt, years (a list) that it does have a report for. That a report is not
    in the database does not say that it was not published.
    """
    return ask(store, "not_reported", region=region, year=year)


def agency_checks(store: Store, region: str, year: int) -> pd.DataFrame:
    """What the checks found in the reports of a district: one row an agency and family of checks.

    agency, agency_code, family (A, B, N, R, T2, T3, T4), state (the worst of error,
    warning and info; met, not_tested, no_report), and how many errors, warnings and notes.
    """
    return ask(store, "agency_checks", region=region, year=year)


def district_sum(store: Store, region: str, year: int) -> pd.DataFrame:
    """The tables of a district: each cell of the form in force is the sum of what its agencies print.

    Returns one row a cell (indicator, group) in the order of the form: value (in unit_zh; missing where
    no agency has a number), agencies, numbers, and by reason how many have none: blank, dash,
    unquantified, unreadable, not_asked, not_comparable, not_entered, not_stated, no_report; with
    numbers they add up to agencies. Blank totals count as blank, whatever follows from their parts. The
    report of a government is not added: where it says that it speaks for the departments, rule Y-05 holds it
    against their sum.
    """
    return ask_over(
        store, "district_sum", "district_cells", region=region, year=year, indicator=None, group=None
    )


def district_cell(
    store: Store, region: str, year: int, indicator: str, group: str | None = None
) -> pd.DataFrame:
    """The parts of one cell of `district_sum`: one row an agency.

    agency, agency_code, edition_name, value, status, derived_value (what a blank total follows to),
    fact_id, raw. No rows where the form in force has no such cell or no agency fills an optional one.
    """
    return ask(store, "district_cells", region=region, year=year, indicator=indicator, group=group)
